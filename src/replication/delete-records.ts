/**
 * Deleting records from the front of partitions (KIP-107): the log starts move at once, and the
 * answer waits until they are durable here, so that what was reported gone does not come back with
 * a crash, and until every replica in service has let go of the records as well, so that it does
 * not come back with another leader. (Kafka writes log starts once a minute.) One write serves
 * whoever asks meanwhile.
 */
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { DiskError } from '../base/disk.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import type { DeletedRecords } from './partition-requests.ts'
import { Partition } from './partition.ts'
import { UP_TO_HIGH_WATERMARK } from './partition-requests.ts'

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

/** The results, in the order of the entries; REQUEST_TIMED_OUT where that comes too late. */
export async function deleteRecords(
  entries: readonly DeleteRecordsEntry[],
  { timeoutMs }: { readonly timeoutMs: number },
  { clock, settleLogStarts }: DeleteRecordsPorts,
): Promise<readonly DeletedRecords[]> {
  const beganMs = clock.monotonicMs()
  const leftMs = () => Math.max(0, timeoutMs - (clock.monotonicMs() - beganMs))
  const results = entries.map(({ partition, offset }) =>
    partition instanceof Partition ? partition.deleteRecords(offset) : failed(partition),
  )
  /** From where on all replicas in service shall have records. */
  const wanted = new Map<Partition, number>()
  for (const [at, { partition, offset }] of entries.entries()) {
    const result = results[at]
    if (!(partition instanceof Partition) || result?.errorCode !== errors.NONE) continue
    wanted.set(partition, offset === UP_TO_HIGH_WATERMARK ? result.lowWatermark : offset)
  }
  if (wanted.size === 0) return results
  const kept = await bounded(settleLogStarts([...wanted.keys()]), { clock, timeoutMs: leftMs() })
  if (kept === errors.NONE) await goneEverywhere(wanted, { clock, timeoutMs: leftMs() })
  return results.map((result, at) => {
    const partition = entries[at]?.partition
    if (result.errorCode !== errors.NONE || !(partition instanceof Partition)) return result
    if (kept !== errors.NONE) return failed(kept)
    // Whoever leads now says where the log begins.
    if (!isLed(partition)) return failed(errors.NOT_LEADER_OR_FOLLOWER)
    const { lowWatermark } = partition
    const isGone = lowWatermark >= (wanted.get(partition) ?? Infinity)
    return isGone ? { ...result, lowWatermark } : failed(errors.REQUEST_TIMED_OUT)
  })
}

const isLed = (partition: Partition) => partition.checkLeader(-1) === errors.NONE

/** Resolves when no replica in service has more, this one does not lead, or the time is up. */
function goneEverywhere(
  wanted: ReadonlyMap<Partition, number>,
  { clock, timeoutMs }: { readonly clock: Clock; readonly timeoutMs: number },
): Promise<void> {
  const isOpen = (partition: Partition) =>
    isLed(partition) && partition.lowWatermark < (wanted.get(partition) ?? 0)
  const open = new Set([...wanted.keys()].filter(isOpen))
  if (open.size === 0) return Promise.resolve()
  return new Promise((resolve) => {
    const end = () => {
      timer.cancel()
      for (const stop of stopWatching) stop()
      resolve()
    }
    const look = (partition: Partition) => {
      if (!isOpen(partition)) open.delete(partition)
      if (open.size === 0) end()
    }
    const timer = clock.timer(timeoutMs, end)
    const stopWatching = [...open].map((partition) => partition.watch(() => look(partition)))
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
