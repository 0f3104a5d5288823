/** Asks a leader where its log of a partition begins and ends, as a replica (ListOffsets). */
import type { NodeId } from '../base/ids.ts'
import { BrokerError } from '../client/errors.ts'
import type { Connection } from '../client/connection.ts'
import { listOffsets } from '../wire/apis/02-list-offsets.ts'
import { errors } from '../wire/errors.ts'
import type { LeaderRange } from './follower-answer.ts'
import { EARLIEST, LATEST } from './partition-requests.ts'

const VERSION = 6

export interface AskedPartition {
  readonly topic: string
  readonly index: number
  readonly leaderEpoch: number
}

/** Rejects with LograftError, also when the leader refuses. */
export async function leaderRange(
  connection: Connection,
  partition: AskedPartition,
  { self, timeoutMs }: { readonly self: NodeId; readonly timeoutMs: number },
): Promise<LeaderRange> {
  const offsetAt = async (timestamp: number) => {
    const { topic: name, index: partitionIndex, leaderEpoch: currentLeaderEpoch } = partition
    const topics = [{ name, partitions: [{ partitionIndex, currentLeaderEpoch, timestamp }] }]
    const request = { replicaId: self, topics }
    const response = await connection.request(listOffsets, VERSION, request, { timeoutMs })
    const { errorCode, offset } = response.topics[0]?.partitions[0] ?? {
      errorCode: errors.UNKNOWN_TOPIC_OR_PARTITION,
      offset: -1,
    }
    if (errorCode !== errors.NONE) throw new BrokerError(errorCode, "the ends of a leader's log")
    return offset
  }
  const [start, end] = await Promise.all([offsetAt(EARLIEST), offsetAt(LATEST)])
  return { start, end }
}
