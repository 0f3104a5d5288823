/**
 * Where partitions begin and end, and which offset belongs to a time: ListOffsets, asked of each
 * leader, again while leaders move.
 */
import type { IncomingResponse } from '../wire/api.ts'
import { listOffsets } from '../wire/apis/02-list-offsets.ts'
import { errors } from '../wire/errors.ts'
import type { Cluster } from './cluster.ts'
import { BrokerError } from './errors.ts'
import { retrying } from './retry.ts'

/**
 * Instead of a timestamp: the offset of the next record, that of the first one kept, and that of
 * the record with the greatest timestamp.
 */
export const LATEST = -1
export const EARLIEST = -2
export const MAX_TIMESTAMP = -3

export interface OffsetQuery {
  readonly topic: string
  readonly partitions: readonly number[]
  /** Milliseconds since 1970: the first record that is not older; or one of the above. */
  readonly timestamp: number
  /** With it `LATEST` is the last stable offset. */
  readonly committed?: boolean
  readonly timeoutMs: number
}

/** Offsets by partition; −1 where no record is that young. Throws BrokerError, ClientError. */
export async function findOffsets(
  cluster: Cluster,
  query: OffsetQuery,
): Promise<ReadonlyMap<number, number>> {
  const { topic, timeoutMs } = query
  const found = new Map<number, number>()
  const { retries } = cluster
  await retrying(
    async () => {
      const missing = query.partitions.filter((partition) => !found.has(partition))
      for (const [leader, partitions] of await byLeader(cluster, topic, missing))
        await ask(cluster, leader, { ...query, partitions }, found)
    },
    {
      ...{ ...retries, timeoutMs },
      onRetry(error) {
        cluster.forget(topic)
        retries.onRetry(error)
      },
    },
  )
  return found
}

async function ask(
  cluster: Cluster,
  leader: number,
  { topic, partitions, timestamp, committed = false }: OffsetQuery,
  found: Map<number, number>,
): Promise<void> {
  const { topics } = await cluster.call(leader, listOffsets, {
    replicaId: -1,
    isolationLevel: committed ? 1 : 0,
    topics: [
      {
        name: topic,
        partitions: partitions.map((partitionIndex) => ({ partitionIndex, timestamp })),
      },
    ],
  })
  for (const answer of topics[0]?.partitions ?? []) note(topic, answer, found)
}

function note(
  topic: string,
  answer: IncomingResponse<typeof listOffsets>['topics'][number]['partitions'][number],
  found: Map<number, number>,
): void {
  const { partitionIndex, errorCode, offset } = answer
  if (errorCode !== errors.NONE)
    throw new BrokerError(errorCode, `offsets of partition ${partitionIndex} of ${topic}`)
  found.set(partitionIndex, offset)
}

/** The partitions of a topic by the node that leads them. Throws as `Cluster.leaderOf`. */
export async function byLeader(
  cluster: Cluster,
  topic: string,
  partitions: readonly number[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const groups = new Map<number, number[]>()
  for (const partition of partitions) {
    const leader = await cluster.leaderOf(topic, partition)
    const group = groups.get(leader)
    if (group) group.push(partition)
    else groups.set(leader, [partition])
  }
  return groups
}
