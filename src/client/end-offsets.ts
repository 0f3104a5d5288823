/**
 * Where very many partitions end, in few requests: one for each leader, for all its partitions. A
 * look, not a promise: nothing is tried again, and what a leader does not tell is left out.
 */
import { groupBy } from '../base/group-by.ts'
import { listOffsets } from '../wire/apis/02-list-offsets.ts'
import { errors } from '../wire/errors.ts'
import type { Cluster } from './cluster.ts'
import { BrokerError, ClientError } from './errors.ts'
import { LATEST } from './offsets.ts'

export interface LedPartition {
  readonly topic: string
  readonly partition: number
  readonly leader: number
}

/** Of one request: some 100 kB. */
const PARTITIONS_AT_ONCE = 5_000

/** Offsets by partition, by topic. */
export async function endOffsets(
  cluster: Cluster,
  partitions: readonly LedPartition[],
): Promise<ReadonlyMap<string, ReadonlyMap<number, number>>> {
  const ends = new Map<string, Map<number, number>>()
  const leaders = groupBy(partitions, ({ leader }) => leader)
  await Promise.all(
    [...leaders].map(async ([leader, led]) => {
      for (let from = 0; from < led.length; from += PARTITIONS_AT_ONCE)
        await ask(cluster, leader, led.slice(from, from + PARTITIONS_AT_ONCE), ends)
    }),
  )
  return ends
}

async function ask(
  cluster: Cluster,
  leader: number,
  led: readonly LedPartition[],
  ends: Map<string, Map<number, number>>,
): Promise<void> {
  const topics = [...groupBy(led, ({ topic }) => topic)].map(([name, some]) => ({
    name,
    partitions: some.map(({ partition }) => ({ partitionIndex: partition, timestamp: LATEST })),
  }))
  try {
    const answer = await cluster.call(leader, listOffsets, { replicaId: -1, topics })
    for (const { name, partitions } of answer.topics) {
      const known = ends.get(name) ?? new Map<number, number>()
      ends.set(name, known)
      for (const { partitionIndex, errorCode, offset } of partitions)
        if (errorCode === errors.NONE) known.set(partitionIndex, offset)
    }
  } catch (thrown) {
    if (!(thrown instanceof ClientError || thrown instanceof BrokerError)) throw thrown
  }
}
