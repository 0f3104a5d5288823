/**
 * Reads along what passes between clients and coordinators, and keeps of it what promises are made
 * of: commits, fetched offsets, assignments. Of heartbeats and joins it keeps who was heard last.
 */
import type { Api } from '../../src/wire/api.ts'
import { offsetCommit } from '../../src/wire/apis/08-offset-commit.ts'
import { offsetFetch } from '../../src/wire/apis/09-offset-fetch.ts'
import { joinGroup } from '../../src/wire/apis/11-join-group.ts'
import { heartbeat } from '../../src/wire/apis/12-heartbeat.ts'
import { leaveGroup } from '../../src/wire/apis/13-leave-group.ts'
import { syncGroup } from '../../src/wire/apis/14-sync-group.ts'
import { errorName, errors } from '../../src/wire/errors.ts'
import { readResponse } from '../../src/wire/message.ts'
import type { Asked, Watch } from '../replication/code-recorder.ts'
import { assignedPartitions } from './assignment.ts'
import type { Assigned, Commit, Fetched, GroupHistory } from './history.ts'

type Answered = (frame: Uint8Array) => void

export interface GroupWireOptions {
  /** Of other topics nothing is kept. */
  readonly topic: string
  readonly nowMs: () => number
  /** Takes a commit for acknowledged as soon as it is asked for: a broken promise. */
  readonly isPlanted: boolean
  readonly onCommit: (commit: Commit) => void
  readonly note: (what: string, details: Readonly<Record<string, unknown>>) => void
}

export class GroupWire implements GroupHistory {
  readonly commits: Commit[] = []
  readonly fetches: Fetched[] = []
  readonly assigned: Assigned[] = []
  /** By client: when it first asked to join. */
  readonly #joinedMs = new Map<string, number>()
  /** By client: when it said that it leaves. */
  readonly #leftMs = new Map<string, number>()
  /** By member: when the last request was sent that a coordinator has answered with all well. */
  readonly #wellMs = new Map<string, number>()
  readonly #options: GroupWireOptions

  constructor(options: GroupWireOptions) {
    this.#options = options
  }

  /** When a client first asked to join, or said that it leaves; null: it has not. */
  movedMs(client: string, how: 'join' | 'leave'): number | null {
    return (how === 'join' ? this.#joinedMs : this.#leftMs).get(client) ?? null
  }

  /** When a member last sent what a coordinator has answered with all well. */
  wellMs(memberId: string): number | null {
    return this.#wellMs.get(memberId) ?? null
  }

  /** For one request; what it returns is for the answer. */
  readonly watch: Watch = (asked) => {
    switch (asked.api.key) {
      case offsetCommit.key:
        return this.#committing(asked)
      case offsetFetch.key:
        return this.#fetching(asked)
      case syncGroup.key:
        return this.#syncing(asked)
      case heartbeat.key:
        return this.#beating(asked)
      case joinGroup.key:
        return this.#joining(asked)
      case leaveGroup.key:
        this.#leftMs.set(asked.client, asked.atMs)
        this.#options.note('leaving', { client: asked.client, node: asked.node })
        return null
      default:
        return null
    }
  }

  #committing({ client, node, version, body, atMs: askedMs }: Asked): Answered {
    const { topic, isPlanted, onCommit, note, nowMs } = this.#options
    const asked = offsetCommit.decodeRequest(version, body)
    const { groupId: group, memberId, generationIdOrMemberEpoch: generation } = asked
    const commits = asked.topics
      .filter(({ name }) => name === topic)
      .flatMap(({ partitions }) =>
        partitions.map((of): Commit => ({
          ...{ group, client, memberId, generation, node, askedMs, answeredMs: null },
          ...{ partition: of.partitionIndex, offset: of.committedOffset },
          ...{ metadata: of.committedMetadata ?? '', code: isPlanted ? errors.NONE : null },
        })),
      )
    this.commits.push(...commits)
    return (frame) => {
      const answeredMs = nowMs()
      const told = answerOf(offsetCommit, version, frame).topics.find(({ name }) => name === topic)
      for (const commit of commits) {
        const of = told?.partitions.find(
          ({ partitionIndex }) => partitionIndex === commit.partition,
        )
        if (!of) continue
        Object.assign(commit, { answeredMs, ...(isPlanted ? {} : { code: of.errorCode }) })
        if (of.errorCode === errors.NONE) this.#well(commit.memberId, askedMs)
        note('commit', { ...commit })
        onCommit(commit)
      }
    }
  }

  #fetching({ client: by, version, body, atMs: askedMs }: Asked): Answered {
    const { topic, nowMs } = this.#options
    const { groupId } = offsetFetch.decodeRequest(version, body)
    return (frame) => {
      const told = answerOf(offsetFetch, version, frame)
      const groups = version < 8 ? [{ ...told, groupId }] : told.groups
      for (const { groupId: group, topics, errorCode } of groups) {
        if (errorCode !== errors.NONE) continue
        const partitions = topics.find(({ name }) => name === topic)?.partitions ?? []
        for (const { partitionIndex: partition, committedOffset: offset, ...of } of partitions)
          if (of.errorCode === errors.NONE)
            this.fetches.push({
              ...{ by, group, partition, offset, metadata: of.metadata ?? '' },
              ...{ askedMs, answeredMs: nowMs() },
            })
      }
    }
  }

  #joining({ client, node, version, body, atMs: askedMs }: Asked): Answered {
    if (!this.#joinedMs.has(client)) this.#joinedMs.set(client, askedMs)
    const { memberId: as } = joinGroup.decodeRequest(version, body)
    return (frame) => {
      const told = answerOf(joinGroup, version, frame)
      const { errorCode, memberId, generationId, leader } = told
      const answer = { code: errorName(errorCode), memberId, generationId, leader }
      this.#options.note('joining', { client, node, as, askedMs, ...answer })
    }
  }

  #syncing({ version, body, atMs }: Asked): Answered {
    const { topic, nowMs, note } = this.#options
    const {
      groupId: group,
      memberId,
      generationId: generation,
    } = syncGroup.decodeRequest(version, body)
    return (frame) => {
      const { errorCode, assignment } = answerOf(syncGroup, version, frame)
      if (errorCode !== errors.NONE) return
      const partitions = assignedPartitions(assignment, topic)
      const assigned = { group, memberId, generation, partitions, answeredMs: nowMs() }
      this.assigned.push(assigned)
      this.#well(memberId, atMs)
      note('assigned', { ...assigned })
    }
  }

  #beating({ version, body, atMs }: Asked): Answered {
    const { memberId } = heartbeat.decodeRequest(version, body)
    return (frame) => {
      if (answerOf(heartbeat, version, frame).errorCode === errors.NONE) this.#well(memberId, atMs)
    }
  }

  #well(memberId: string, askedMs: number): void {
    this.#wellMs.set(memberId, Math.max(askedMs, this.#wellMs.get(memberId) ?? 0))
  }
}

function answerOf<A extends Api>(api: A, version: number, frame: Uint8Array) {
  return readResponse(api, version, frame).response
}
