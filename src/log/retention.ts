/**
 * Which segments may go: always a prefix, never one that reaches beyond the high watermark (D5).
 * Pure: the log does the deleting.
 */

/** A segment, as retention sees it. */
export interface RetainedSegment {
  /** The offset behind the last one it can hold: where the next segment begins, or the log end. */
  readonly endOffset: number
  readonly sizeBytes: number
  /** When its youngest record is from, milliseconds since 1970. Read only when it is needed. */
  youngestMs(): number
}

export interface RetentionLimits {
  readonly logStartOffset: number
  readonly highWatermark: number
  /** Whether age and size count at all (`cleanup.policy` has `delete`). */
  readonly deletes: boolean
  /** Infinity: no limit. */
  readonly retentionMs: number
  readonly retentionBytes: number
  readonly nowMs: number
}

export type RetentionReason = 'log start' | 'size' | 'time'

/** How many segments from the front may go, and why the last of them may. */
export function expiredSegments(
  segments: readonly RetainedSegment[],
  limits: RetentionLimits,
): { readonly count: number; readonly reason: RetentionReason | null } {
  let excessBytes = -limits.retentionBytes
  for (const { sizeBytes } of segments) excessBytes += sizeBytes
  let count = 0
  let reason: RetentionReason | null = null
  for (const segment of segments) {
    const isLast = count === segments.length - 1
    if (segment.endOffset > limits.highWatermark || (isLast && segment.sizeBytes === 0)) break
    const why = expiry(segment, excessBytes, limits)
    // The active segment goes for its age or the size of all, not because its records were deleted:
    // an idle log would be rolled for ever.
    if (why === null || (isLast && why === 'log start')) break
    reason = why
    count += 1
    excessBytes -= segment.sizeBytes
  }
  return { count, reason }
}

function expiry(
  segment: RetainedSegment,
  excessBytes: number,
  limits: RetentionLimits,
): RetentionReason | null {
  if (segment.endOffset <= limits.logStartOffset) return 'log start'
  if (!limits.deletes) return null
  if (Number.isFinite(excessBytes) && excessBytes - segment.sizeBytes >= 0) return 'size'
  if (limits.nowMs - segment.youngestMs() > limits.retentionMs) return 'time'
  return null
}
