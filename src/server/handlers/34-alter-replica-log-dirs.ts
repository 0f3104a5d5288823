/**
 * AlterReplicaLogDirs: there is one directory, so a replica is where it is to be, or the place does
 * not exist. Errors are Kafka's, partition by partition.
 */
import { alterReplicaLogDirs } from '../../wire/apis/34-alter-replica-log-dirs.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import type { Services } from '../handler.ts'
import { handler } from '../handler.ts'

export const handleAlterReplicaLogDirs = handler(alterReplicaLogDirs, ({ dirs }, services) => {
  const byTopic = new Map<string, { partitionIndex: number; errorCode: ErrorCode }[]>()
  for (const { path, topics } of dirs)
    for (const { name, partitions } of topics) {
      const results = byTopic.get(name) ?? []
      byTopic.set(name, results)
      for (const partitionIndex of partitions)
        results.push({ partitionIndex, errorCode: judge(path, name, partitionIndex, services) })
    }
  return { results: [...byTopic].map(([topicName, partitions]) => ({ topicName, partitions })) }
})

function judge(
  path: string,
  topic: string,
  index: number,
  { replicas, logDirectory }: Services,
): ErrorCode {
  if (path !== logDirectory.path) return errors.LOG_DIR_NOT_FOUND
  const partition = replicas.find(topic, index)
  if (typeof partition === 'number') return partition
  return partition.log.offline ? errors.KAFKA_STORAGE_ERROR : errors.NONE
}
