/**
 * Deleting the oldest records of partitions, asked of each leader, again while leaders move:
 * deleting twice up to the same offset is deleting once.
 */
import { deleteRecords as api } from '../wire/apis/21-delete-records.ts'
import { errors } from '../wire/errors.ts'
import type { Cluster } from './cluster.ts'
import { BrokerError } from './errors.ts'
import { byLeader } from './offsets.ts'
import { retrying } from './retry.ts'

/** Where partitions begin afterwards. Throws BrokerError, ClientError. */
export async function deleteRecords(
  cluster: Cluster,
  { topic, before, timeoutMs }: DeleteRecordsOrder,
): Promise<ReadonlyMap<number, number>> {
  const done = new Map<number, number>()
  const { retries } = cluster
  await retrying(
    async () => {
      const missing = [...before.keys()].filter((partition) => !done.has(partition))
      for (const [leader, partitions] of await byLeader(cluster, topic, missing)) {
        const wanted = partitions.map((partitionIndex) => ({
          ...{ partitionIndex, offset: before.get(partitionIndex) ?? 0 },
        }))
        const topics = [{ name: topic, partitions: wanted }]
        const answer = await cluster.call(leader, api, { topics, timeoutMs })
        for (const { partitionIndex, lowWatermark, errorCode } of answer.topics[0]?.partitions ??
          [])
          if (errorCode === errors.NONE) done.set(partitionIndex, lowWatermark)
          else throw new BrokerError(errorCode, `partition ${partitionIndex} of ${topic}`)
      }
    },
    {
      ...{ ...retries, timeoutMs },
      onRetry(error) {
        cluster.forget(topic)
        retries.onRetry(error)
      },
    },
  )
  return done
}

export interface DeleteRecordsOrder {
  readonly topic: string
  /** By partition: the first offset that stays. */
  readonly before: ReadonlyMap<number, number>
  readonly timeoutMs: number
}
