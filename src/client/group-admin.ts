/**
 * What an administrator asks about groups, each of its own coordinator. What is refused is thrown
 * as a BrokerError.
 */
import type { IncomingResponse } from '../wire/api.ts'
import { offsetCommit } from '../wire/apis/08-offset-commit.ts'
import { offsetFetch } from '../wire/apis/09-offset-fetch.ts'
import { describeGroups } from '../wire/apis/15-describe-groups.ts'
import { listGroups } from '../wire/apis/16-list-groups.ts'
import { deleteGroups } from '../wire/apis/42-delete-groups.ts'
import { offsetDelete } from '../wire/apis/47-offset-delete.ts'
import { errors } from '../wire/errors.ts'
import type { Cluster } from './cluster.ts'
import { Coordinator } from './coordinator.ts'
import { refuseUnlessNone } from './errors.ts'
import { retrying } from './retry.ts'

export interface ListedGroup {
  readonly groupId: string
  readonly protocolType: string
  /** Empty where the broker does not tell (before Kafka 2.6). */
  readonly state: string
  /** The broker that coordinates it. */
  readonly coordinator: number
}

export type DescribedGroup = IncomingResponse<typeof describeGroups>['groups'][number] & {
  readonly coordinator: number
}

/** Offsets by partition, by topic. */
export type GroupOffsets = ReadonlyMap<string, ReadonlyMap<number, number>>

/** What a group keeps beside the offset of a partition; null: nothing. */
export type CommitNote = (topic: string, partition: number) => string | null

export interface CommittedOffset {
  readonly offset: number
  /** What the group noted beside it. */
  readonly metadata: string
}

/** From here on all offsets of a group can be asked for; up to here one group at a time. */
const FETCH_VERSIONS = [2, 7] as const

/** Groups in one request: their members tell much of themselves. */
const DESCRIBED_AT_ONCE = 100

/** Offsets in one request: with a long name of a group and a topic, some 600 kB of records. */
const COMMITTED_AT_ONCE = 1_000

/** Whoever commits offsets without being in the group. */
const NO_MEMBER = { generationIdOrMemberEpoch: -1, memberId: '' }

/** What the first partition that is refused, or none, was answered. */
export const firstCommitError = (answer: {
  readonly topics: readonly { readonly partitions: readonly { readonly errorCode: number }[] }[]
}): number =>
  answer.topics
    .flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode))
    .find((code) => code !== errors.NONE) ?? errors.NONE

/** `timeoutMs`: how long a call is tried. */
export class GroupAdmin {
  readonly #cluster: Cluster
  readonly #timeoutMs: number

  constructor(cluster: Cluster, { timeoutMs }: { readonly timeoutMs: number }) {
    this.#cluster = cluster
    this.#timeoutMs = timeoutMs
  }

  /** The groups of all brokers; those in one of the states, when any are named. */
  async list(states: readonly string[] = []): Promise<readonly ListedGroup[]> {
    const { brokers } = await this.#cluster.metadata([])
    const groups: ListedGroup[] = []
    for (const { nodeId } of brokers) groups.push(...(await this.listOf(nodeId, states)))
    return groups
  }

  /** Those that one broker coordinates. */
  async listOf(nodeId: number, states: readonly string[] = []): Promise<readonly ListedGroup[]> {
    const wanted = new Set(states.map((state) => state.toLowerCase()))
    const { groups } = await retrying(
      async () => {
        const answer = await this.#cluster.call(nodeId, listGroups, { statesFilter: states })
        refuseUnlessNone(answer.errorCode, `groups of broker ${nodeId}`)
        return answer
      },
      { ...this.#cluster.retries, timeoutMs: this.#timeoutMs },
    )
    return groups.flatMap(({ groupId, protocolType, groupState: state }) =>
      wanted.size === 0 || wanted.has(state.toLowerCase())
        ? [{ groupId, protocolType, state, coordinator: nodeId }]
        : [],
    )
  }

  /** A group as its coordinator knows it: `Dead` when it does not. */
  async describe(groupId: string): Promise<DescribedGroup> {
    const coordinator = new Coordinator(this.#cluster, groupId)
    const { groups } = await coordinator.ask(
      describeGroups,
      { groups: [groupId] },
      (answer) => answer.groups[0]?.errorCode ?? errors.UNKNOWN_SERVER_ERROR,
      { timeoutMs: this.#timeoutMs },
    )
    const group = groups[0]
    refuseUnlessNone(group?.errorCode ?? errors.UNKNOWN_SERVER_ERROR, `group ${groupId}`)
    return { ...(group as (typeof groups)[number]), coordinator: await coordinator.nodeId() }
  }

  /** Those that were listed, many at a time; one whose coordinator has moved by itself. */
  async describeListed(listed: readonly ListedGroup[]): Promise<readonly DescribedGroup[]> {
    const described: DescribedGroup[] = []
    for (const coordinator of new Set(listed.map((one) => one.coordinator))) {
      const ids = listed.filter((one) => one.coordinator === coordinator).map((one) => one.groupId)
      for (let from = 0; from < ids.length; from += DESCRIBED_AT_ONCE) {
        const asked = { groups: ids.slice(from, from + DESCRIBED_AT_ONCE) }
        const { groups } = await this.#cluster.call(coordinator, describeGroups, asked)
        for (const group of groups)
          described.push(
            group.errorCode === errors.NONE
              ? { ...group, coordinator }
              : await this.describe(group.groupId),
          )
      }
    }
    return described
  }

  /** All that a group has committed. */
  async offsets(groupId: string): Promise<GroupOffsets> {
    const committed = await this.committed(groupId)
    return new Map(
      Array.from(committed, ([topic, partitions]) => [
        topic,
        new Map(Array.from(partitions, ([partition, { offset }]) => [partition, offset])),
      ]),
    )
  }

  /** The same, with what was committed beside each offset. */
  async committed(
    groupId: string,
  ): Promise<ReadonlyMap<string, ReadonlyMap<number, CommittedOffset>>> {
    const { errorCode, topics } = await new Coordinator(this.#cluster, groupId).ask(
      offsetFetch,
      { groupId, topics: null },
      (answer) => answer.errorCode,
      { timeoutMs: this.#timeoutMs, versions: FETCH_VERSIONS },
    )
    refuseUnlessNone(errorCode, `offsets of group ${groupId}`)
    return new Map(topics.map(({ name, partitions }) => [name, committedIn(partitions)]))
  }

  /**
   * Commits for a group without being in it; refused while it has members. Thousands of partitions
   * are committed in parts, one after the other.
   */
  async commit(groupId: string, offsets: GroupOffsets): Promise<void> {
    const coordinator = new Coordinator(this.#cluster, groupId)
    for (const part of inParts(offsets)) {
      const answer = await coordinator.ask(
        offsetCommit,
        { groupId, ...NO_MEMBER, topics: committedTopics(part) },
        firstCommitError,
        { timeoutMs: this.#timeoutMs },
      )
      refuseUnlessNone(firstCommitError(answer), `offsets of group ${groupId}`)
    }
  }

  /**
   * Committed offsets go; GROUP_SUBSCRIBED_TO_TOPIC. Of those that are refused the first is told.
   */
  async deleteOffsets(
    groupId: string,
    partitions: ReadonlyMap<string, readonly number[]>,
  ): Promise<void> {
    const topics = Array.from(partitions, ([name, indexes]) => ({
      name,
      partitions: indexes.map((partitionIndex) => ({ partitionIndex })),
    }))
    const answer = await new Coordinator(this.#cluster, groupId).ask(
      offsetDelete,
      { groupId, topics },
      ({ errorCode }) => errorCode,
      { timeoutMs: this.#timeoutMs },
    )
    refuseUnlessNone(answer.errorCode, `group ${groupId}`)
    refuseUnlessNone(firstCommitError(answer), `offsets of group ${groupId}`)
  }

  async delete(groupId: string): Promise<void> {
    const codeOf = (answer: IncomingResponse<typeof deleteGroups>) =>
      answer.results[0]?.errorCode ?? errors.UNKNOWN_SERVER_ERROR
    const answer = await new Coordinator(this.#cluster, groupId).ask(
      deleteGroups,
      { groupsNames: [groupId] },
      codeOf,
      { timeoutMs: this.#timeoutMs, once: true },
    )
    refuseUnlessNone(codeOf(answer), `group ${groupId}`)
  }
}

/** By partition, without those that have none. */
function committedIn(
  partitions: IncomingResponse<typeof offsetFetch>['topics'][number]['partitions'],
): ReadonlyMap<number, CommittedOffset> {
  return new Map(
    partitions.flatMap(({ partitionIndex, committedOffset: offset, metadata }) =>
      offset < 0 ? [] : [[partitionIndex, { offset, metadata: metadata ?? '' }] as const],
    ),
  )
}

/** The same offsets, a bounded number of them at a time: what one commit stores is bounded, too. */
export function* inParts(offsets: GroupOffsets, size = COMMITTED_AT_ONCE): Generator<GroupOffsets> {
  let part = new Map<string, Map<number, number>>()
  let count = 0
  for (const [topic, partitions] of offsets)
    for (const [partition, offset] of partitions) {
      const ofTopic = part.get(topic) ?? new Map<number, number>()
      part.set(topic, ofTopic.set(partition, offset))
      count += 1
      if (count < size) continue
      yield part
      part = new Map()
      count = 0
    }
  if (count > 0) yield part
}

/** Offsets as OffsetCommit takes them. */
export function committedTopics(offsets: GroupOffsets, note: CommitNote = () => null) {
  return [...offsets].map(([name, partitions]) => ({
    name,
    partitions: [...partitions].map(([partitionIndex, committedOffset]) => ({
      ...{ partitionIndex, committedOffset, committedMetadata: note(name, partitionIndex) },
    })),
  }))
}
