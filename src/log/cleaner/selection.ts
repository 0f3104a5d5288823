/**
 * What of a log may be cleaned, whether that is worth it, and which segments become one. Pure.
 *
 * Never the active segment; nothing that is undecided, not committed, not fsynced, or that somebody
 * who folds the log has not applied yet; nothing younger than `min.compaction.lag.ms`.
 */
import type { LogConfig } from '../types.ts'

/** A segment, as the choice sees it. Timestamps are read only when they are needed; -1: none. */
export interface SegmentToClean {
  readonly baseOffset: number
  readonly sizeBytes: number
  firstTimestampMs(): number
  largestTimestamp(): { readonly timestampMs: number }
}

export interface CleaningState {
  readonly logStartOffset: number
  readonly lastStableOffset: number
  readonly flushedOffset: number
  /** Everything below it was cleaned once. */
  readonly cleanedOffset: number
  /** Not beyond here, says whoever folds the log. */
  readonly limit: number
  readonly nowMs: number
}

type CleaningConfig = Pick<
  LogConfig,
  'min.cleanable.dirty.ratio' | 'min.compaction.lag.ms' | 'max.compaction.lag.ms'
>

export interface CleanableRange {
  readonly firstDirty: number
  /** Exclusive; a segment begins there. */
  readonly endOffset: number
  /** Of all that may be cleaned, the part that never was: 0 … 1. */
  readonly dirtyRatio: number
  /** It is dirty enough, or something in it waits for longer than `max.compaction.lag.ms`. */
  readonly isDue: boolean
  readonly isOverdue: boolean
}

/** Null when there is nothing to clean. `segments` ends with the active one. */
export function cleanableRange(
  segments: readonly SegmentToClean[],
  state: CleaningState,
  config: CleaningConfig,
): CleanableRange | null {
  const activeBase = segments.at(-1)?.baseOffset ?? 0
  // Beyond the active segment it is of a log that was longer once.
  const isValid = state.cleanedOffset >= state.logStartOffset && state.cleanedOffset <= activeBase
  const firstDirty = isValid ? state.cleanedOffset : state.logStartOffset
  const bound = Math.min(state.lastStableOffset, state.flushedOffset, state.limit)
  const youngestMs = state.nowMs - config['min.compaction.lag.ms']
  let endOffset = firstDirty
  let cleanBytes = 0
  let dirtyBytes = 0
  let oldestMs = Infinity
  for (const [index, segment] of segments.slice(0, -1).entries()) {
    const end = (segments[index + 1] as SegmentToClean).baseOffset
    if (end > bound) break
    if (end <= firstDirty) {
      cleanBytes += segment.sizeBytes
      continue
    }
    const mustWait = config['min.compaction.lag.ms'] > 0
    if (mustWait && segment.largestTimestamp().timestampMs > youngestMs) break
    dirtyBytes += segment.sizeBytes
    endOffset = end
    const firstMs = segment.firstTimestampMs()
    if (firstMs >= 0) oldestMs = Math.min(oldestMs, firstMs)
  }
  if (dirtyBytes === 0) return null
  const dirtyRatio = dirtyBytes / (cleanBytes + dirtyBytes)
  const isOverdue = state.nowMs - oldestMs > config['max.compaction.lag.ms']
  const isDue = isOverdue || dirtyRatio > config['min.cleanable.dirty.ratio']
  return { firstDirty, endOffset, dirtyRatio, isDue, isOverdue }
}

export function isCompacted(config: Pick<LogConfig, 'cleanup.policy'>): boolean {
  return config['cleanup.policy'].includes('compact')
}

/** A compacted log begins a new segment early enough for `max.compaction.lag.ms` to be kept. */
export function segmentMsOf(
  config: Pick<LogConfig, 'cleanup.policy' | 'segment.ms' | 'max.compaction.lag.ms'>,
): number {
  const segmentMs = config['segment.ms']
  return isCompacted(config) ? Math.min(segmentMs, config['max.compaction.lag.ms']) : segmentMs
}

const INT32_MAX = 0x7fff_ffff

/**
 * Neighbours that fit into one segment together, so that what compaction leaves small does not stay
 * many. `endOffset`: where the last of them ends.
 */
export function groupSegments<Kind extends SegmentToClean>(
  segments: readonly Kind[],
  { segmentBytes, endOffset }: { readonly segmentBytes: number; readonly endOffset: number },
): readonly (readonly Kind[])[] {
  const groups: Kind[][] = []
  let bytes = 0
  for (const [index, segment] of segments.entries()) {
    const group = groups.at(-1)
    const end = segments[index + 1]?.baseOffset ?? endOffset
    const fits =
      group !== undefined &&
      bytes + segment.sizeBytes <= segmentBytes &&
      end - (group[0] as Kind).baseOffset <= INT32_MAX
    if (fits) group.push(segment)
    else groups.push([segment])
    bytes = (fits ? bytes : 0) + segment.sizeBytes
  }
  return groups
}
