/**
 * Whether a view may go on where it is (SAFETY S17). An old copy of a database has a valid digest;
 * what tells it is the log: an epoch that is another one, or a cleaner that has been further, which
 * may have dropped tombstones that the old copy never saw. Pure.
 */
import type { FoldedLog } from './ports.ts'
import type { ViewPosition } from './view-format.ts'
import { EMPTYING } from './view-format.ts'

/** Why the view must be thrown away, or null. `cleanedOffset` 0: the checkpoint does not say. */
export function whyNotResumed(
  position: ViewPosition,
  log: FoldedLog,
  cleanedOffset: number,
): string | null {
  const { appliedOffset } = position
  if (appliedOffset === EMPTYING) return 'it was thrown away before'
  // Nothing is in it yet.
  if (appliedOffset === 0 && log.logStartOffset === 0) return null
  const parted = whyParted(position, log)
  if (parted !== null) return parted
  // Of the record in front of it nothing is known any more.
  if (appliedOffset <= log.logStartOffset) return 'the log begins behind it'
  if (appliedOffset < cleanedOffset) return 'the log was compacted beyond it'
  if (cleanedOffset === 0 && log.logStartOffset > 0)
    return 'it is not known how far the log was compacted'
  return null
}

/** Why what is in the view is not what is in the log, or null; it may change at any time. */
export function whyParted(
  { appliedOffset, leaderEpoch }: Pick<ViewPosition, 'appliedOffset' | 'leaderEpoch'>,
  log: FoldedLog,
): string | null {
  if (appliedOffset > log.logEndOffset) return 'it is ahead of the log'
  if (appliedOffset < log.logStartOffset) return 'the log begins behind it'
  if (appliedOffset === log.logStartOffset) return null
  return log.epochAt(appliedOffset - 1) === leaderEpoch ? null : 'it is of another leader epoch'
}
