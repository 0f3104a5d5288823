/**
 * Offsets by position or time (proto/lograft/admin/v1/topics.proto). Each partition has an outcome
 * of its own.
 */
import { EARLIEST, LATEST, MAX_TIMESTAMP } from '../../client/offsets.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { errorMessage, errorName, errors } from '../../wire/errors.ts'
import type { Served } from '../handlers.ts'
import { distinct, invalid, someOf } from './fields.ts'
import { topicMethods } from './methods.ts'
import { lookUpOffsets, type FoundOffset, type NamedPartition } from './offset-lookup.ts'
import { partitionKey } from './paging.ts'
import type { AdminNode } from './ports.ts'
import { limitsOf, serveAdmin } from './serving.ts'

const wire = lograft.admin.v1

const PARTITIONS_MAX = 1_000

export function offsetQueries(node: Pick<AdminNode, 'image' | 'brokers'>): readonly Served[] {
  return [
    serveAdmin(topicMethods.listOffsets, async (request, caller) => {
      const partitions = namedPartitions(request.partitions)
      const timestamp = timestampOf(request)
      const found = await lookUpOffsets(node, { partitions, timestamp }, limitsOf(caller))
      return new wire.ListOffsetsReply({
        partitions: partitions.map((name) => ({
          ...name,
          ...outcomeOf(found.get(partitionKey(name.topic, name.partition))),
        })),
      })
    }),
  ]
}

function namedPartitions(
  names: readonly lograft.admin.v1.IPartitionName[],
): readonly NamedPartition[] {
  if (names.length > PARTITIONS_MAX)
    invalid('partitions', `at most ${PARTITIONS_MAX}, not ${names.length}`)
  const partitions = someOf(names, 'partitions').map(({ topic = '', partition = 0 }, index) => {
    if (topic === '') invalid(`partitions[${index}].topic`, 'a topic is named')
    return { topic, partition }
  })
  distinct(partitions, 'partitions', ({ topic, partition }) => `${topic}-${partition}`)
  return partitions
}

function timestampOf(request: lograft.admin.v1.ListOffsetsRequest): number {
  if (request.atTimestampMs !== null) return request.atTimestampMs
  if (request.earliest) return EARLIEST
  if (request.latest) return LATEST
  if (request.maxTimestamp) return MAX_TIMESTAMP
  return invalid('position', 'earliest, latest, at_timestamp_ms or max_timestamp')
}

function outcomeOf(found: FoundOffset | undefined) {
  const { errorCode, offset, timestamp, leaderEpoch } = found ?? {
    ...{ errorCode: errors.LEADER_NOT_AVAILABLE, offset: -1, timestamp: -1, leaderEpoch: -1 },
  }
  if (errorCode !== errors.NONE)
    return { error: errorName(errorCode), errorMessage: errorMessage(errorCode) }
  const unlessNone = (number: number) => (number < 0 ? null : number)
  return {
    offset: unlessNone(offset),
    timestampMs: unlessNone(timestamp),
    leaderEpoch: unlessNone(leaderEpoch),
  }
}
