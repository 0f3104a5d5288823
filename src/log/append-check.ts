/**
 * What bytes must be before a log takes them. A client's batch was validated by `records/validate`;
 * here only its frame is looked at. Replicated batches come over the network with their offsets:
 * CRC, order of offsets and epochs are checked before a byte is written (invariant C16).
 */
import type { BatchCursor } from '../records/batch.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import { BatchOrder, headerFault } from './scan.ts'

/** Whether the array holds whole batches, at least one, and nothing else. Resets the cursor. */
export function isWholeBatches(batch: BatchCursor): boolean {
  const { byteLength } = batch.bytes
  for (batch.at = 0; batch.at < byteLength; batch.next())
    if (!batch.isWhole || headerFault(batch, byteLength - batch.at) !== null) return false
  batch.at = 0
  return byteLength > 0
}

/** Null when the batches may follow; else the error. `isWholeBatches` must hold. */
export function checkReplicated(
  batch: BatchCursor,
  log: {
    readonly logEndOffset: number
    readonly lastEpoch: number
    /** What the leader may have written at the most, -1 for anything (KAFKA-18723). */
    readonly mostEpoch: number
    readonly mayBeginBefore: boolean
  },
): ErrorCode | null {
  const { byteLength } = batch.bytes
  const { baseOffset, lastOffset } = batch
  const beginsBefore = baseOffset < log.logEndOffset
  if (beginsBefore && !(log.mayBeginBefore && lastOffset >= log.logEndOffset))
    return errors.OFFSET_OUT_OF_RANGE
  const order = new BatchOrder({
    nextOffset: baseOffset,
    leaderEpoch: log.lastEpoch,
    gapsAllowedBelow: Infinity,
  })
  for (batch.at = 0; batch.at < byteLength; batch.next()) {
    if (!batch.crcMatches() || order.accept(batch) !== null) return errors.CORRUPT_MESSAGE
    // It came from another log than the one that was asked for.
    if (log.mostEpoch >= 0 && batch.partitionLeaderEpoch > log.mostEpoch)
      return errors.CORRUPT_MESSAGE
  }
  return null
}

/**
 * Where the last gap in front of one of these batches ends; null without any. Resets the cursor.
 */
export function lastGapEnd(batch: BatchCursor, logEndOffset: number): number | null {
  let nextOffset = logEndOffset
  let gapEnd: number | null = null
  for (batch.at = 0; batch.at < batch.bytes.byteLength; batch.next()) {
    if (batch.baseOffset > nextOffset) gapEnd = batch.baseOffset
    nextOffset = batch.nextOffset
  }
  batch.at = 0
  return gapEnd
}
