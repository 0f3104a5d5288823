/**
 * Bringing the leader-epoch cache back at opening. Its file is believed where the batches confirm
 * it; otherwise it is made anew from the batches' headers (invariant C10: the cache repeats them).
 */
import type { Logger } from '../base/log.ts'
import { BATCH_HEADER_BYTES } from '../records/batch.ts'
import type { EpochEntry } from './leader-epoch-cache.ts'
import { LeaderEpochCache } from './leader-epoch-cache.ts'
import type { Segment } from './segment.ts'

interface Scope {
  readonly segments: readonly Segment[]
  /** What the file says; null when it is missing or says nothing. */
  readonly fromFile: readonly EpochEntry[] | null
  /** Only offsets below it are this function's business: a scan deals with the rest. */
  readonly below: number
  readonly logStartOffset: number
  readonly logger: Logger
}

/** The epochs that begin below `below`. */
export function loadEpochsBelow(scope: Scope): LeaderEpochCache {
  const { fromFile, below } = scope
  const firstOffset = Math.max(scope.logStartOffset, scope.segments[0]?.baseOffset ?? 0)
  if (firstOffset >= below) return new LeaderEpochCache()
  const entries = fromFile?.filter(({ startOffset }) => startOffset < below) ?? []
  const [first] = entries
  const covered = first !== undefined && first.startOffset <= firstOffset
  if (
    covered &&
    entries.every((_, index) => isConfirmed(scope.segments, entries, index, firstOffset)) &&
    batchAt(scope.segments, below - 1)?.leaderEpoch === entries.at(-1)?.leaderEpoch
  )
    return new LeaderEpochCache(entries)
  const rebuilt = rebuild(scope.segments, below)
  // Epochs that decrease are a batch's fault, not the file's: then the file tells which one lies.
  const isFileBetter = !rebuilt.consistent && covered
  scope.logger.warn({ entries: fromFile, isFileBetter }, 'leader epochs do not match the batches')
  return isFileBetter ? new LeaderEpochCache(entries) : rebuilt.epochs
}

/**
 * Whether the epoch is that of the batch where it says it begins, and not yet of the one before.
 */
function isConfirmed(
  segments: readonly Segment[],
  entries: readonly EpochEntry[],
  index: number,
  firstOffset: number,
): boolean {
  const { leaderEpoch, startOffset } = entries[index] as EpochEntry
  // An epoch whose first batches are gone is confirmed by the first one that is left.
  const at = batchAt(segments, Math.max(startOffset, firstOffset))
  if (at === null || at.leaderEpoch !== leaderEpoch) return false
  if (index === 0 || startOffset <= firstOffset) return true
  if (at.baseOffset < startOffset) return false
  const before = batchAt(segments, startOffset - 1)
  if (before === null || before.baseOffset >= startOffset) return true
  return before.leaderEpoch === entries[index - 1]?.leaderEpoch
}

/** The first batch that ends at or above `offset`. */
function batchAt(
  segments: readonly Segment[],
  offset: number,
): { readonly baseOffset: number; readonly leaderEpoch: number } | null {
  const from = Math.max(
    0,
    segments.findLastIndex(({ baseOffset }) => baseOffset <= offset),
  )
  for (const segment of segments.slice(from)) {
    const located = segment.locate(offset)
    if (located.type === 'damaged') return null
    if (located.type === 'beyond') continue
    let leaderEpoch = -1
    segment.scan({ from: located.bytePosition, whole: false }, (batch) => {
      leaderEpoch = batch.partitionLeaderEpoch
      return 'stop'
    })
    return { baseOffset: located.baseOffset, leaderEpoch }
  }
  return null
}

function rebuild(
  segments: readonly Segment[],
  below: number,
): { readonly epochs: LeaderEpochCache; readonly consistent: boolean } {
  const epochs = new LeaderEpochCache()
  let consistent = true
  const note = (leaderEpoch: number, baseOffset: number) => {
    if (leaderEpoch < epochs.latestEpoch) consistent = false
    else epochs.assign(leaderEpoch, baseOffset)
  }
  segments.forEach((segment, index) => {
    if (segment.baseOffset >= below) return
    const first = firstEpoch(segment)
    const next = segments[index + 1]
    // Epochs never decrease: when the next segment begins with the same one, this is all of it.
    if (first !== null && next && next.baseOffset < below && firstEpoch(next) === first)
      return note(first, segment.baseOffset)
    segment.scan({ from: 0, whole: false }, (batch) => {
      if (batch.baseOffset >= below) return 'stop'
      note(batch.partitionLeaderEpoch, batch.baseOffset)
      return 'go-on'
    })
  })
  return { epochs, consistent }
}

function firstEpoch(segment: Segment): number | null {
  if (segment.sizeBytes < BATCH_HEADER_BYTES) return null
  let leaderEpoch: number | null = null
  segment.scan({ from: 0, whole: false }, (batch) => {
    leaderEpoch = batch.partitionLeaderEpoch
    return 'stop'
  })
  return leaderEpoch
}
