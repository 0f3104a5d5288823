/** Where a reader's log parted from the one it reads (KIP-101, KIP-279, KIP-595). Pure. */
import type { EpochEndOffset } from '../log/types.ts'

/** What a reader says of its log: its end, and the epoch of its last record, -1 for none. */
export interface ReaderEnd {
  readonly lastFetchedEpoch: number
  readonly fetchOffset: number
}

/**
 * The largest epoch up to the reader's that is known here, and where it ends here, if the reader's
 * log goes on differently; null when it does not. 'unknown': its epoch comes from nowhere.
 */
export function divergenceOf(
  log: { endOffsetForEpoch(epoch: number): EpochEndOffset },
  { lastFetchedEpoch, fetchOffset }: ReaderEnd,
): EpochEndOffset | 'unknown' | null {
  if (lastFetchedEpoch < 0) return null
  const end = log.endOffsetForEpoch(lastFetchedEpoch)
  if (end.endOffset < 0) return 'unknown'
  return end.leaderEpoch < lastFetchedEpoch || end.endOffset < fetchOffset ? end : null
}
