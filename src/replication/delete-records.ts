/**
 * Deleting records from the front of partitions (KIP-107): the log starts move at once, and the
 * answer waits until they are durable, so that what was reported gone does not come back with a
 * crash. (Kafka writes them once a minute.) One write serves whoever asks meanwhile. And it waits
 * until they moved on every replica in service, so that it does not come back with another leader.
 */
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { DiskError } from '../base/disk.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import type { DeletedRecords } from './partition-requests.ts'
import { Partition } from './partition.ts'

export interface DeleteRecordsEntry {
  /** Or why this broker cannot serve it. */
  readonly partition: Partition | ErrorCode
  /** The first offset that stays; -1 for the high watermark. */
  readonly offset: number
}

export interface DeleteRecordsPorts {
  readonly clock: Clock
  /** Makes durable where the logs begin, and removes the segments below. */
  readonly settleLogStarts: (partitions: readonly Partition[]) => Promise<unknown>
}

/** The results, in the order of the entries; REQUEST_TIMED_OUT where durability came too late. */
export async function deleteRecords(
  entries: readonly DeleteRecordsEntry[],
  { timeoutMs }: { readonly timeoutMs: number },
  { clock, settleLogStarts }: DeleteRecordsPorts,
): Promise<readonly DeletedRecords[]> {
  const results = entries.map(({ partition, offset }) =>
    partition instanceof Partition ? partition.deleteRecords(offset) : failed(partition),
  )
  const done = entries.flatMap(({ partition }, at) =>
    partition instanceof Partition && results[at]?.errorCode === errors.NONE ? [partition] : [],
  )
  if (done.length === 0) return results
  const untilMs = clock.monotonicMs() + timeoutMs
  const kept = await bounded(settleLogStarts([...new Set(done)]), { clock, timeoutMs })
  return Promise.all(
    results.map(async (result, at) => {
      const partition = entries[at]?.partition
      if (result.errorCode !== errors.NONE || !(partition instanceof Partition)) return result
      if (kept !== errors.NONE) return failed(kept)
      return everywhere(partition, result.lowWatermark, { clock, untilMs })
    }),
  )
}

/** Until nothing below `offset` is left on any replica in service. */
function everywhere(
  partition: Partition,
  offset: number,
  { clock, untilMs }: { readonly clock: Clock; readonly untilMs: number },
): Promise<DeletedRecords> {
  const outcome = (): DeletedRecords | null => {
    // Whoever leads now says where the log begins.
    if (partition.checkLeader(-1) !== errors.NONE) return failed(errors.NOT_LEADER_OR_FOLLOWER)
    const { lowWatermark } = partition
    return lowWatermark >= offset ? { errorCode: errors.NONE, lowWatermark } : null
  }
  const now = outcome()
  if (now) return Promise.resolve(now)
  return new Promise((resolve) => {
    const settle = (result: DeletedRecords) => {
      timer.cancel()
      stopWatching()
      resolve(result)
    }
    const stopWatching = partition.watch(() => {
      const result = outcome()
      if (result) settle(result)
    })
    const timer = clock.timer(Math.max(0, untilMs - clock.monotonicMs()), () => {
      settle(failed(errors.REQUEST_TIMED_OUT))
    })
  })
}

function failed(errorCode: ErrorCode): DeletedRecords {
  return { errorCode, lowWatermark: -1 }
}

async function bounded(
  keeping: Promise<unknown>,
  { clock, timeoutMs }: { clock: Clock; timeoutMs: number },
): Promise<ErrorCode> {
  const answered = new AbortController()
  const outcome = keeping.then(
    () => errors.NONE,
    (thrown: unknown) => {
      if (thrown instanceof DiskError) return errors.KAFKA_STORAGE_ERROR
      throw thrown
    },
  )
  const tooLate = delay(clock, Math.max(0, timeoutMs), answered.signal).then(
    () => errors.REQUEST_TIMED_OUT,
  )
  try {
    return await Promise.race([outcome, tooLate])
  } finally {
    answered.abort()
  }
}
