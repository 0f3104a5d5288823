/**
 * Which segments may go: always a prefix, never one that reaches beyond the high watermark (D5).
 * The log does the deleting.
 */
import { DiskError } from '../base/disk.ts'
import type { Logger } from '../base/log.ts'
import type { LogConfig } from './types.ts'

/** A segment, as retention sees it. */
export interface RetainedSegment {
  readonly baseOffset: number
  readonly sizeBytes: number
  /** When its youngest record is from, milliseconds since 1970. Read only when it is needed. */
  youngestMs(): number
}

export interface RetentionState {
  readonly log: {
    readonly logStartOffset: number
    readonly highWatermark: number
    readonly logEndOffset: number
  }
  readonly nowMs: number
}

type RetentionConfig = Pick<LogConfig, 'cleanup.policy' | 'retention.ms' | 'retention.bytes'>

export interface Expired {
  /** How many segments from the front may go, and why the last of them may. */
  readonly count: number
  readonly reason: 'log start' | 'size' | 'time' | null
}

export function expiredSegments(
  segments: readonly RetainedSegment[],
  { log, nowMs }: RetentionState,
  config: RetentionConfig,
): Expired {
  let excessBytes = -config['retention.bytes']
  for (const { sizeBytes } of segments) excessBytes += sizeBytes
  let count = 0
  let reason: Expired['reason'] = null
  for (const segment of segments) {
    const next = segments[count + 1]
    const endOffset = next?.baseOffset ?? log.logEndOffset
    if (endOffset > log.highWatermark || (!next && segment.sizeBytes === 0)) break
    const isBelowStart = endOffset <= log.logStartOffset
    // The active segment goes for its age or the size of all, not because its records were deleted:
    // an idle log would be rolled for ever.
    if (isBelowStart && !next) break
    const why = isBelowStart ? 'log start' : expiry(segment, { excessBytes, nowMs }, config)
    if (why === null) break
    reason = why
    count += 1
    excessBytes -= segment.sizeBytes
  }
  return { count, reason }
}

/** None when the disk does not say how old they are: another time, then. */
export function expiredIfReadable(
  segments: readonly RetainedSegment[],
  {
    log,
    nowMs,
  }: RetentionState & {
    readonly log: { readonly directory: string; readonly config: RetentionConfig }
  },
  logger: Logger,
): Expired {
  try {
    return expiredSegments(segments, { log, nowMs }, log.config)
  } catch (thrown) {
    if (!(thrown instanceof DiskError)) throw thrown
    logger.warn({ directory: log.directory, err: thrown }, 'retention put off')
    return { count: 0, reason: null }
  }
}

function expiry(
  segment: RetainedSegment,
  { excessBytes, nowMs }: { excessBytes: number; nowMs: number },
  config: RetentionConfig,
): Expired['reason'] {
  if (!config['cleanup.policy'].includes('delete')) return null
  if (Number.isFinite(excessBytes) && excessBytes - segment.sizeBytes >= 0) return 'size'
  if (nowMs - segment.youngestMs() > config['retention.ms']) return 'time'
  return null
}
