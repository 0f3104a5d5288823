/**
 * Finding records by time (ListOffsets): the first one at or after a timestamp, and the one with
 * the largest. The time index says where to begin; the batch that decides is opened, because the
 * answer is a record, not a batch (KIP-79).
 */
import type { BatchCursor } from '../records/batch.ts'
import { readRecords } from '../records/record.ts'
import type { Segment } from './segment.ts'
import type { TimestampOffset } from './types.ts'

/** What opening one compressed batch may cost. */
const OPENED_BYTES_MAX = 128 * 1024 * 1024

/** The offsets that may be answered: `from` inclusive, `upTo` exclusive. */
export interface OffsetRange {
  readonly from: number
  readonly upTo: number
}

/** The first record of `timestampMs` or later in the range, in the order of offsets. */
export function findByTimestamp(
  segments: readonly Segment[],
  timestampMs: number,
  range: OffsetRange,
): TimestampOffset | null {
  for (const segment of withinRange(segments, range)) {
    if (segment.largestTimestamp().timestampMs < timestampMs) continue
    const from = segment.positionBefore(timestampMs)
    const found = firstInWalk(segment, from, range, (batch) =>
      batch.maxTimestampMs < timestampMs
        ? null
        : pickRecord(batch, range, (record) => record.timestampMs >= timestampMs),
    )
    if (found) return found
  }
  return null
}

/** The first of the records with the largest timestamp in the range. */
export function findLargestTimestamp(
  segments: readonly Segment[],
  range: OffsetRange,
): TimestampOffset | null {
  let best: { segment: Segment; timestampMs: number; offset: number } | null = null
  for (const segment of withinRange(segments, range)) {
    const largest = segment.largestTimestamp()
    if (largest.timestampMs >= 0 && largest.timestampMs > (best?.timestampMs ?? -1))
      best = { segment, ...largest }
  }
  if (best === null) return null
  const { segment, offset, timestampMs } = best
  if (offset < range.upTo) {
    const located = segment.locate(offset)
    const from = located.type === 'found' ? located.bytePosition : 0
    const found = firstInWalk(segment, from, range, (batch) =>
      pickRecord(batch, range, (record) => record.timestampMs === timestampMs),
    )
    if (found && found.offset <= offset) return found
  }
  return walkForLargest(segments, range)
}

/** When the quick answer lies outside the range: every header in it. */
function walkForLargest(segments: readonly Segment[], range: OffsetRange): TimestampOffset | null {
  let best: TimestampOffset | null = null
  for (const segment of withinRange(segments, range))
    firstInWalk(segment, 0, range, (batch) => {
      if (batch.maxTimestampMs <= (best?.timestampMs ?? -1)) return null
      for (const record of recordsOf(batch))
        if (inRange(record.offset, range) && record.timestampMs > (best?.timestampMs ?? -1))
          best = { ...record, leaderEpoch: batch.partitionLeaderEpoch }
      return null
    })
  return best
}

function withinRange(segments: readonly Segment[], range: OffsetRange): readonly Segment[] {
  return segments.filter((segment, index) => {
    const end = segments[index + 1]?.baseOffset ?? Infinity
    return segment.sizeBytes > 0 && end > range.from && segment.baseOffset < range.upTo
  })
}

/** Walks whole batches from `from` on until `look` finds something. */
function firstInWalk(
  segment: Segment,
  from: number,
  range: OffsetRange,
  look: (batch: BatchCursor) => TimestampOffset | null,
): TimestampOffset | null {
  let found: TimestampOffset | null = null
  segment.scan({ from, whole: true }, (batch) => {
    if (batch.baseOffset >= range.upTo) return 'stop'
    if (batch.lastOffset >= range.from) found = look(batch)
    return found ? 'stop' : 'go-on'
  })
  return found
}

function pickRecord(
  batch: BatchCursor,
  range: OffsetRange,
  wanted: (record: RecordTime) => boolean,
): TimestampOffset | null {
  for (const record of recordsOf(batch))
    if (inRange(record.offset, range) && wanted(record))
      return { ...record, leaderEpoch: batch.partitionLeaderEpoch }
  return null
}

interface RecordTime {
  readonly offset: number
  readonly timestampMs: number
}

/**
 * The records' offsets and times. A batch that cannot be opened (its codec says it is beyond all
 * bounds, or it is garbage under a good CRC) counts as one record at its first offset, so that a
 * consumer sent there reads a little too much rather than too little.
 */
function recordsOf(batch: BatchCursor): readonly RecordTime[] {
  const first = { offset: batch.baseOffset, timestampMs: batch.maxTimestampMs }
  if (batch.timestampType === 'LogAppendTime') {
    const { baseOffset, lastOffset, maxTimestampMs } = batch
    return Array.from(
      { length: Math.min(lastOffset - baseOffset + 1, batch.recordCount) },
      (_, i) => ({
        offset: baseOffset + i,
        timestampMs: maxTimestampMs,
      }),
    )
  }
  const records: RecordTime[] = []
  try {
    for (const { offset, timestampMs } of readRecords(batch, { maxBytes: OPENED_BYTES_MAX }))
      records.push({ offset, timestampMs })
  } catch {
    return [first]
  }
  return records
}

function inRange(offset: number, range: OffsetRange): boolean {
  return offset >= range.from && offset < range.upTo
}
