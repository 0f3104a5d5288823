/**
 * OffsetFetch: what it asks, group by group, and its answer in the shape of each version. Reads
 * only what is committed; that a group is not known is no error, its offsets are -1.
 */
import type { RequestOf, ResponseOf } from '../../wire/api.ts'
import type { offsetFetch } from '../../wire/apis/09-offset-fetch.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import type { CommittedOffset } from './records.ts'
import type { StoredOffset } from './requests.ts'

type FetchRequest = RequestOf<typeof offsetFetch>
type FetchResponse = ResponseOf<typeof offsetFetch>

/** The first version with many groups. */
const GROUPS_SINCE = 8
/** The first version with an error of the group. */
const GROUP_ERROR_SINCE = 2

/** What is asked of one group. */
export interface GroupFetch {
  readonly groupId: string
  /** Null: all that it has. */
  readonly topics:
    readonly { readonly name: string; readonly partitionIndexes: readonly number[] }[] | null
}

/** Each group once, as it is asked about last. */
export function groupFetches(apiVersion: number, request: FetchRequest): readonly GroupFetch[] {
  const { groupId, topics, groups } = request
  if (apiVersion < GROUPS_SINCE) return [{ groupId, topics }]
  return [...new Map(groups.map((asked) => [asked.groupId, asked])).values()]
}

/** The answer of one group. */
export interface FetchedGroup {
  readonly groupId: string
  readonly errorCode: ErrorCode
  readonly topics: NonNullable<FetchResponse['groups']>[number]['topics']
}

/** Finds the partitions that are named. */
export function fetchedOffsets(
  { groupId, topics }: GroupFetch & { readonly topics: NonNullable<GroupFetch['topics']> },
  find: (topic: string, partition: number) => CommittedOffset | null | undefined,
): FetchedGroup {
  return {
    groupId,
    errorCode: errors.NONE,
    topics: topics.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partition) =>
        partitionOf(partition, find(name, partition) ?? null),
      ),
    })),
  }
}

/** Everything that the group has. */
export function allOffsets(groupId: string, stored: Iterable<StoredOffset>): FetchedGroup {
  const topics = new Map<string, ReturnType<typeof partitionOf>[]>()
  for (const { topic, partition, committed } of stored) {
    const partitions = topics.get(topic) ?? []
    partitions.push(partitionOf(partition, committed))
    topics.set(topic, partitions)
  }
  return {
    groupId,
    errorCode: errors.NONE,
    topics: Array.from(topics, ([name, partitions]) => ({ name, partitions })),
  }
}

/** The group as a whole cannot be read: NOT_COORDINATOR and the like. */
export function unreadGroup(
  apiVersion: number,
  { groupId, topics }: GroupFetch,
  errorCode: ErrorCode,
): FetchedGroup {
  // Before there was a place for it, each partition said so.
  const named = apiVersion < GROUP_ERROR_SINCE ? (topics ?? []) : []
  return {
    groupId,
    errorCode,
    topics: named.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partition) => partitionOf(partition, null, errorCode)),
    })),
  }
}

function partitionOf(
  partitionIndex: number,
  committed: CommittedOffset | null,
  errorCode: ErrorCode = errors.NONE,
) {
  return {
    partitionIndex,
    committedOffset: committed?.offset ?? -1,
    committedLeaderEpoch: committed?.leaderEpoch ?? -1,
    metadata: committed?.metadata ?? '',
    errorCode,
  }
}

export function fetchResponse(apiVersion: number, groups: readonly FetchedGroup[]): FetchResponse {
  if (apiVersion >= GROUPS_SINCE) return { groups }
  const [only] = groups
  return { topics: only?.topics ?? [], errorCode: only?.errorCode ?? errors.NONE }
}
