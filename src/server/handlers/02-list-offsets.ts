/**
 * ListOffsets. v2 isolation · v4 leader epochs (KIP-320) · v5 OFFSET_NOT_AVAILABLE (KIP-207) ·
 * v6 flexible · v7 max timestamp (KIP-734) · v8 earliest local (KIP-405). Nothing found is not an
 * error: offset and timestamp are -1.
 */
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import { listOffsets } from '../../wire/apis/02-list-offsets.ts'
import type { ListedOffset } from '../../replication/partition-requests.ts'
import {
  EARLIEST,
  EARLIEST_LOCAL,
  LATEST,
  MAX_TIMESTAMP,
} from '../../replication/partition-requests.ts'
import { handler } from '../handler.ts'

/** Special timestamps, and the version each came with. */
const SPECIAL_SINCE = new Map([
  [LATEST, 1],
  [EARLIEST, 1],
  [MAX_TIMESTAMP, 7],
  [EARLIEST_LOCAL, 8],
])
const READ_COMMITTED = 1
const OFFSET_NOT_AVAILABLE_SINCE = 5

export const handleListOffsets = handler(listOffsets, (request, { replicas }, { apiVersion }) => {
  const readCommitted = request.isolationLevel === READ_COMMITTED
  const consumers = readCommitted ? 'read-committed' : 'read-uncommitted'
  // A replica asks for the ends of the log.
  const isolation = request.replicaId >= 0 ? 'log-end' : consumers
  const find = (
    topic: string,
    asked: { partitionIndex: number; currentLeaderEpoch: number; timestamp: number },
  ): ListedOffset => {
    const { timestamp, currentLeaderEpoch } = asked
    if (timestamp < 0 && apiVersion < (SPECIAL_SINCE.get(timestamp) ?? Infinity))
      return nothing(errors.UNSUPPORTED_VERSION)
    const partition = replicas.find(topic, asked.partitionIndex)
    if (typeof partition === 'number') return nothing(partition)
    const found = partition.offsetFor(timestamp, { isolation, currentLeaderEpoch })
    const unknownCode =
      found.errorCode === errors.OFFSET_NOT_AVAILABLE && apiVersion < OFFSET_NOT_AVAILABLE_SINCE
    return unknownCode ? nothing(errors.LEADER_NOT_AVAILABLE) : found
  }
  const timesAsked = countPartitions(request.topics)
  return {
    throttleTimeMs: 0,
    topics: request.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map((asked) => {
        const { partitionIndex } = asked
        const isRepeated = (timesAsked.get(name)?.get(partitionIndex) ?? 0) > 1
        const found = isRepeated ? nothing(errors.INVALID_REQUEST) : find(name, asked)
        const { errorCode, offset, timestampMs: timestamp, leaderEpoch } = found
        return { partitionIndex, errorCode, offset, timestamp, leaderEpoch }
      }),
    })),
  }
})

/** How often each partition is asked for, over the whole request: a lookup may open a batch. */
function countPartitions(
  topics: readonly { name: string; partitions: readonly { partitionIndex: number }[] }[],
): ReadonlyMap<string, ReadonlyMap<number, number>> {
  const counts = new Map<string, Map<number, number>>()
  for (const { name, partitions } of topics) {
    const ofTopic = counts.get(name) ?? new Map<number, number>()
    counts.set(name, ofTopic)
    for (const { partitionIndex } of partitions)
      ofTopic.set(partitionIndex, (ofTopic.get(partitionIndex) ?? 0) + 1)
  }
  return counts
}

function nothing(errorCode: ErrorCode): ListedOffset {
  return { errorCode, offset: -1, timestampMs: -1, leaderEpoch: -1 }
}
