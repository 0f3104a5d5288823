/**
 * Deleting records from the front of partitions (KIP-107): the log starts move at once, and the
 * answer waits until they are durable, so that what was reported gone does not come back with a
 * crash. (Kafka writes them once a minute.) One write serves whoever asks meanwhile.
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
  const kept = await bounded(settleLogStarts([...new Set(done)]), { clock, timeoutMs })
  return results.map((result, at) => {
    if (result.errorCode !== errors.NONE) return result
    if (kept !== errors.NONE) return failed(kept)
    const partition = entries[at]?.partition
    // Whoever leads now says where the log begins.
    const isLed = partition instanceof Partition && partition.checkLeader(-1) === errors.NONE
    return isLed ? result : failed(errors.NOT_LEADER_OR_FOLLOWER)
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
