/**
 * The scan of an unclean start: every batch from the recovery point's segment on, CRC and order
 * checked, indexes and epochs made anew. The first bad batch ends the log. Above what was known to
 * be durable it is a torn tail, and is cut off; below, it is damage, and nothing may be cut (S5,
 * S6).
 */
import { unzeroedBytes } from '../bytes/unzeroed.ts'
import { BATCH_HEADER_BYTES, BatchCursor, MAGIC } from '../records/batch.ts'
import { BEGIN_ANEW_FILE, LOG_SUFFIX, offsetFileName } from './file-names.ts'
import { assignScanned } from './epoch-loading.ts'
import type { EpochEntry, LeaderEpochCache } from './leader-epoch-cache.ts'
import type { ScanEnd } from './scan.ts'
import { BatchOrder, headerFault } from './scan.ts'
import type { Segment } from './segment.ts'
import type { RecoveryHook } from './types.ts'
import { LogCorrupt } from './types.ts'

const RESYNC_BUFFER_BYTES = 1024 * 1024
const BASE_OFFSET_BYTES = 8
const MAGIC_AT = 16

export interface BadPlace {
  /** Index of the segment; it is missing altogether when `gap`. */
  readonly segment: number
  readonly bytePosition: number
  /** The offset that was to come there. */
  readonly offset: number
  readonly reason: string
  /** The segment does not continue the one before it, so it is bad as a whole. */
  readonly gap: boolean
}

export interface ScanFindings {
  /** Where the sound batches end. */
  readonly nextOffset: number
  readonly lastEpoch: number
  readonly bad: BadPlace | null
  /** What the batches say was durable (metadata log), 0 otherwise. */
  readonly watermark: number
  readonly sawProducers: boolean
}

export interface ScanScope {
  readonly segments: readonly Segment[]
  /** The segment to begin with. */
  readonly from: number
  readonly epochs: LeaderEpochCache
  /** What the file says of epochs, for holes that compaction left. */
  readonly epochsFromFile: readonly EpochEntry[]
  readonly gapsAllowedBelow: number
  /** What is not fsynced may be torn off the end of a segment, though the next one is there. */
  readonly recoveryPoint: number
  /** A jump of the log start explains a gap in front of it. */
  readonly logStartOffset: number
  readonly recovery?: RecoveryHook | undefined
}

/** Scans, and changes nothing but indexes and `epochs`. */
export function scanForRecovery(scope: ScanScope): ScanFindings {
  const { segments, epochs, recovery, epochsFromFile: fromFile } = scope
  const order = new BatchOrder({
    nextOffset: (segments[scope.from] as Segment).baseOffset,
    leaderEpoch: -1,
    gapsAllowedBelow: scope.gapsAllowedBelow,
  })
  let watermark = recovery?.durableWatermark ?? 0
  let sawProducers = false
  let endBefore = order.nextOffset
  for (let index = scope.from; index < segments.length; index += 1) {
    const segment = segments[index] as Segment
    const gap = gapBefore(segment, order.nextOffset, scope)
    let end: ScanEnd = { bytePosition: 0, bad: gap }
    if (gap === null) {
      order.nextOffset = segment.baseOffset
      segment.clearIndexes()
      end = segment.scan({ from: 0, whole: true }, (batch, bytePosition) => {
        const bad = recovery?.check?.(batch) ?? order.accept(batch)
        if (bad !== null) return { bad }
        segment.reindex(batch, bytePosition)
        const { partitionLeaderEpoch: leaderEpoch, baseOffset } = batch
        assignScanned(epochs, { leaderEpoch, baseOffset }, { endBefore, fromFile })
        endBefore = batch.nextOffset
        watermark = Math.max(watermark, recovery?.watermarkOf(batch) ?? 0)
        sawProducers ||= batch.isIdempotent
        return 'go-on'
      })
    }
    if (end.bad === null) continue
    const bad: BadPlace = {
      segment: index,
      bytePosition: end.bytePosition,
      offset: order.nextOffset,
      reason: end.bad,
      gap: gap !== null,
    }
    if (recovery) watermark = Math.max(watermark, watermarkBehind(scope, bad, recovery))
    return { nextOffset: bad.offset, lastEpoch: order.leaderEpoch, bad, watermark, sawProducers }
  }
  const { nextOffset, leaderEpoch } = order
  return { nextOffset, lastEpoch: leaderEpoch, bad: null, watermark, sawProducers }
}

function gapBefore(segment: Segment, nextOffset: number, scope: ScanScope): string | null {
  const { baseOffset } = segment
  if (baseOffset === nextOffset) return null
  const compacted = Math.min(scope.gapsAllowedBelow, scope.recoveryPoint)
  const allowed = Math.max(compacted, scope.logStartOffset)
  if (baseOffset > nextOffset && baseOffset <= allowed) return null
  return `the segment begins at offset ${baseOffset}, and ${nextOffset} was to come`
}

/** The largest watermark in valid batches behind a bad one: bit rot leaves its neighbours whole. */
function watermarkBehind(scope: ScanScope, bad: BadPlace, recovery: RecoveryHook): number {
  let watermark = 0
  for (let index = bad.segment; index < scope.segments.length; index += 1) {
    const from = index === bad.segment && !bad.gap ? bad.bytePosition + 1 : 0
    forEachValidBatch(scope.segments[index] as Segment, from, (batch) => {
      if ((recovery.check?.(batch) ?? null) !== null) return
      watermark = Math.max(watermark, recovery.watermarkOf(batch) ?? 0)
    })
  }
  return watermark
}

/** Finds batches by their CRC at whatever byte they begin. */
function forEachValidBatch(
  segment: Segment,
  from: number,
  visit: (batch: BatchCursor, bytePosition: number) => void,
): void {
  const file = segment.log.get()
  const buffer = unzeroedBytes(RESYNC_BUFFER_BYTES)
  const window = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength)
  let start = from
  while (segment.sizeBytes - start >= BATCH_HEADER_BYTES) {
    const count = file.readAt(
      buffer.subarray(0, Math.min(buffer.byteLength, segment.sizeBytes - start)),
      start,
    )
    if (count < BATCH_HEADER_BYTES) return
    let next = start + count - BATCH_HEADER_BYTES + 1
    for (let at = 0; at + BATCH_HEADER_BYTES <= count; at += 1) {
      if (window.getInt8(at + MAGIC_AT) !== MAGIC) continue
      const batch = wholeBatchAt(segment, start + at)
      if (batch === null) continue
      visit(batch, start + at)
      next = start + at + batch.sizeBytes
      break
    }
    start = next
  }
}

function wholeBatchAt(segment: Segment, bytePosition: number): BatchCursor | null {
  const file = segment.log.get()
  const left = segment.sizeBytes - bytePosition
  const header = new Uint8Array(BATCH_HEADER_BYTES)
  if (file.readAt(header, bytePosition) < BATCH_HEADER_BYTES) return null
  const { sizeBytes } = new BatchCursor(header)
  if (headerFault(new BatchCursor(header), left) !== null) return null
  const bytes = unzeroedBytes(sizeBytes)
  if (file.readAt(bytes, bytePosition) < sizeBytes) return null
  const batch = new BatchCursor(bytes)
  return batch.crcMatches() ? batch : null
}

/**
 * Whether the bad bytes are the beginning of one batch, as a killed process leaves it: an append is
 * one write, at the end. Whatever else they are, more than that write is gone.
 */
export function isOnePartialBatch(bad: BadPlace, segments: readonly Segment[]): boolean {
  if (bad.gap || bad.segment < segments.length - 1) return false
  const segment = segments[bad.segment] as Segment
  const left = segment.sizeBytes - bad.bytePosition
  const header = new Uint8Array(BATCH_HEADER_BYTES)
  const beginning = header.subarray(0, Math.min(left, BATCH_HEADER_BYTES))
  const count = segment.log.get().readAt(beginning, bad.bytePosition)
  const batch = new BatchCursor(header)
  if (count >= BASE_OFFSET_BYTES && batch.baseOffset < bad.offset) return false
  if (count > MAGIC_AT && batch.magic !== MAGIC) return false
  if (count < BATCH_HEADER_BYTES) return true
  if (headerFault(batch, Infinity) !== null || batch.sizeBytes <= left) return false
  // Or a length that has rotted swallows what is behind it.
  let isAlone = true
  forEachValidBatch(segment, bad.bytePosition + 1, () => (isAlone = false))
  return isAlone
}

/**
 * The refusal of a gap between two segments, the first of them whole to its last byte, where nobody
 * knows how far the log was durable. Perhaps a power cut took the end of the first one, but perhaps
 * a segment between them is missing; taking that for a torn tail would drop durable records.
 */
export function segmentMissing(segments: readonly Segment[], bad: BadPlace): LogCorrupt {
  const before = (segments[bad.segment - 1] as Segment).log.path
  const { path } = (segments[bad.segment] as Segment).log
  const directory = path.slice(0, path.lastIndexOf('/'))
  return new LogCorrupt(
    `${before} ends in front of offset ${bad.offset}, and the next segment is ${path}: what was ` +
      `between them is missing, and no recovery-point checkpoint says whether it had been made ` +
      `durable. Nothing was changed or deleted. Restore the missing segment, or the checkpoint, ` +
      `from a backup; if other replicas have the data, move ${directory} away, put an empty file ` +
      `${BEGIN_ANEW_FILE} into a new directory of that name, and start: it is fetched anew. To give up offset ${bad.offset} and everything behind it, move ${path} and ` +
      `the segments behind it away.`,
    { path, bytePosition: 0, offset: bad.offset },
  )
}

/** The refusal of a log whose first files are gone, without anybody having said they may. */
export function firstSegmentMissing({
  directory,
  baseOffset,
  logStartOffset,
}: {
  readonly directory: string
  readonly baseOffset: number
  readonly logStartOffset: number
}): LogCorrupt {
  const path = `${directory}/${offsetFileName(baseOffset, LOG_SUFFIX)}`
  return new LogCorrupt(
    `${path} is the first segment of its log, which begins at offset ${logStartOffset} by ` +
      `log-start-offset-checkpoint: what is in front of ${baseOffset} is missing, and was ` +
      `not deleted by retention. No batch was changed or deleted. If other replicas have the data, ` +
      `move ${directory} away, put an empty file ${BEGIN_ANEW_FILE} into a new directory of that ` +
      `name, and start: it is fetched anew. If this is the only copy, restore the missing segment ` +
      `from a backup; to give up what was in it, remove log-start-offset-checkpoint.`,
    { path, bytePosition: 0, offset: logStartOffset },
  )
}

/** The refusal: what is damaged, where, and how to come back. */
export function corrupt(
  segment: Segment,
  bad: { readonly bytePosition: number; readonly offset: number; readonly reason: string },
  durableOffset: number,
): LogCorrupt {
  const { path } = segment.log
  const directory = path.slice(0, path.lastIndexOf('/'))
  return new LogCorrupt(
    `${path} is damaged at byte ${bad.bytePosition}, where offset ${bad.offset} was to be found: ` +
      `${bad.reason}. Everything below offset ${durableOffset} had been made durable, so this is ` +
      `no torn tail but a damaged or wrongly restored disk. No batch was changed or deleted. If ` +
      `other replicas have the data, move ${directory} away, put an empty file ${BEGIN_ANEW_FILE} ` +
      `into a new directory of that name, and start: it is fetched anew. ` +
      `If this is the only copy, restore that file from a backup; to give up offset ${bad.offset} ` +
      `and everything behind it, cut the file to ${bad.bytePosition} bytes, remove the segments ` +
      `behind it, and remove the recovery-point checkpoint.`,
    { path, bytePosition: bad.bytePosition, offset: bad.offset },
  )
}
