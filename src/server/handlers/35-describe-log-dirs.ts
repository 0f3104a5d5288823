/**
 * DescribeLogDirs: the sizes of this broker's own replicas. v2 flexible · v3 an error for all of it
 * · v4 the sizes of the volume (KIP-827).
 *
 * There is one directory. When it cannot be used it is answered with KAFKA_STORAGE_ERROR and
 * nothing in it. A partition that is asked for and not here is left out, as in Kafka.
 */
import { DiskError } from '../../base/disk.ts'
import type { Partition } from '../../replication/partition.ts'
import type { RequestOf, ResponseOf } from '../../wire/api.ts'
import { describeLogDirs } from '../../wire/apis/35-describe-log-dirs.ts'
import { errors } from '../../wire/errors.ts'
import type { Services } from '../handler.ts'
import { handler } from '../handler.ts'

/** Kafka's "not known": it has not heard of its leader yet. */
const UNKNOWN_LAG = -1

type Directory = ResponseOf<typeof describeLogDirs>['results'][number]

export const handleDescribeLogDirs = handler(describeLogDirs, ({ topics }, services) => ({
  errorCode: errors.NONE,
  results: [describe(wantedOf(topics), services)],
}))

function describe(
  isWanted: (partition: Partition) => boolean,
  { replicas, nodeId, logDirectory: { path, volume } }: Services,
): Directory {
  const unusable = { errorCode: errors.KAFKA_STORAGE_ERROR, logDir: path, topics: [] }
  const byTopic = new Map<string, Directory['topics'][number]['partitions'][number][]>()
  for (const partition of replicas.partitions()) {
    const { topic, index, log } = partition
    // A write that failed takes all logs of the directory with it.
    if (log.offline) return unusable
    if (!isWanted(partition)) continue
    const siblings = byTopic.get(topic) ?? []
    byTopic.set(topic, siblings)
    siblings.push({
      partitionIndex: index,
      partitionSize: log.sizeBytes,
      offsetLag: lagOf(partition, nodeId),
      isFutureKey: false,
    })
  }
  const topics = [...byTopic].map(([name, partitions]) => ({ name, partitions }))
  try {
    return { errorCode: errors.NONE, logDir: path, topics, ...volume() }
  } catch (thrown) {
    if (!(thrown instanceof DiskError)) throw thrown
    return unusable
  }
}

/** Behind what the leader has committed, as it was told last. */
function lagOf({ leader, log, toldHighWatermark }: Partition, nodeId: number): number {
  if (leader === nodeId) return 0
  return toldHighWatermark < 0 ? UNKNOWN_LAG : Math.max(0, toldHighWatermark - log.logEndOffset)
}

function wantedOf(topics: RequestOf<typeof describeLogDirs>['topics']) {
  if (topics === null) return () => true
  const wanted = new Map<string, Set<number>>()
  for (const { topic, partitions } of topics) {
    const indexes = wanted.get(topic) ?? new Set<number>()
    wanted.set(topic, indexes)
    for (const index of partitions) indexes.add(index)
  }
  return ({ topic, index }: Partition) => wanted.get(topic)?.has(index) ?? false
}
