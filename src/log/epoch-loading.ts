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
  const known = new LeaderEpochCache(entries)
  if (
    covered &&
    entries.every((_, index) =>
      isConfirmed(scope.segments, { entries, index, firstOffset, below }),
    ) &&
    isOfEpoch(lastBatchBelow(scope.segments, below), known)
  )
    return known
  const rebuilt = rebuild(scope.segments, below)
  // Epochs that decrease are a batch's fault, not the file's: then the file tells which one lies.
  const isFileBetter = !rebuilt.consistent && covered
  scope.logger.warn({ entries: fromFile, isFileBetter }, 'leader epochs do not match the batches')
  return isFileBetter ? new LeaderEpochCache(entries) : rebuilt.epochs
}

/**
 * Whether the batch where the epoch says it begins is of it, and the one before is not yet. Of what
 * compaction took away only the file tells: the batches around the hole must not contradict it.
 */
function isConfirmed(
  segments: readonly Segment[],
  {
    entries,
    index,
    firstOffset,
    below,
  }: {
    readonly entries: readonly EpochEntry[]
    readonly index: number
    readonly firstOffset: number
    readonly below: number
  },
): boolean {
  const known = new LeaderEpochCache(entries)
  const { startOffset } = entries[index] as EpochEntry
  // An epoch whose first batches are gone is confirmed by the first one that is left.
  const at = batchAt(segments, Math.max(startOffset, firstOffset))
  if (at === 'damaged') return false
  // None is left below, and what is above is not looked at here.
  if (at === null || at.baseOffset >= below) return true
  if (!isOfEpoch(at, known)) return false
  if (index === 0 || startOffset <= firstOffset) return true
  if (at.baseOffset < startOffset) return false
  const before = batchAt(segments, startOffset - 1)
  return before !== 'damaged' && isOfEpoch(before, known)
}

interface BatchPlace {
  readonly baseOffset: number
  readonly leaderEpoch: number
}

/** Whether the file says the same of a batch; nothing contradicts it where there is none. */
function isOfEpoch(batch: BatchPlace | null, known: LeaderEpochCache): boolean {
  return batch === null || known.epochAt(batch.baseOffset) === batch.leaderEpoch
}

/** The last batch that begins below `below`, which is the end of a segment. */
function lastBatchBelow(segments: readonly Segment[], below: number): BatchPlace | null {
  for (const segment of segments.toReversed()) {
    if (segment.baseOffset >= below || segment.sizeBytes === 0) continue
    let last: BatchPlace | null = null
    const from = segment.positionNearEnd(0).bytePosition
    segment.scan({ from, whole: false }, ({ baseOffset, partitionLeaderEpoch }) => {
      if (baseOffset >= below) return 'stop'
      last = { baseOffset, leaderEpoch: partitionLeaderEpoch }
      return 'go-on'
    })
    return last
  }
  return null
}

/** The first batch that ends at or above `offset`; null when there is none. */
function batchAt(segments: readonly Segment[], offset: number): BatchPlace | 'damaged' | null {
  const from = Math.max(
    0,
    segments.findLastIndex(({ baseOffset }) => baseOffset <= offset),
  )
  for (const segment of segments.slice(from)) {
    const located = segment.locate(offset)
    if (located.type === 'damaged') return 'damaged'
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
  let endBefore = Infinity
  // An epoch whose first batches compaction took began at the earliest where the one before ended:
  // who is told that cuts too much and fetches it again; who is told too late keeps what differs.
  const note = (leaderEpoch: number, baseOffset: number) => {
    if (leaderEpoch < epochs.latestEpoch) consistent = false
    else epochs.assign(leaderEpoch, Math.min(baseOffset, endBefore))
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
      endBefore = batch.nextOffset
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

/**
 * Takes note of a scanned batch that may follow a hole: what the file says of the hole counts where
 * it fits in between; else the epoch began at the earliest, where the batch before it ends.
 */
export function assignScanned(
  epochs: LeaderEpochCache,
  batch: { readonly leaderEpoch: number; readonly baseOffset: number },
  { endBefore, fromFile }: { endBefore: number; fromFile: readonly EpochEntry[] },
): void {
  const { leaderEpoch, baseOffset } = batch
  const before = epochs.latestEpoch
  if (baseOffset <= endBefore || leaderEpoch <= before)
    return epochs.assign(leaderEpoch, baseOffset)
  const inHole = fromFile.filter(
    (entry) =>
      entry.startOffset >= endBefore &&
      entry.startOffset <= baseOffset &&
      entry.leaderEpoch > before &&
      entry.leaderEpoch <= leaderEpoch,
  )
  for (const entry of inHole) epochs.assign(entry.leaderEpoch, entry.startOffset)
  epochs.assign(leaderEpoch, inHole.length > 0 ? baseOffset : endBefore)
}
