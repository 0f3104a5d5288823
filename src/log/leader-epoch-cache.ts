/**
 * Where each leader epoch began: (epoch, start offset), both strictly ascending. What followers and
 * consumers are told when they ask how far an epoch went (KIP-101, KIP-279, KIP-320). It repeats
 * what the batches say, plus the present epoch when it has no batch yet, so it can be rebuilt. Its
 * file has no checksum and is believed only as far as batches confirm it (`epoch-loading.ts`).
 */
import { LograftError } from '../base/errors.ts'
import type { EpochEndOffset } from './types.ts'

export interface EpochEntry {
  readonly leaderEpoch: number
  readonly startOffset: number
}

export class LeaderEpochCache {
  #entries: EpochEntry[]
  constructor(entries: readonly EpochEntry[] = []) {
    this.#entries = [...entries]
  }

  get entries(): readonly EpochEntry[] {
    return this.#entries
  }

  /** Without one that has no batch yet: all that the next start will believe. */
  withBatches(logEndOffset: number): readonly EpochEntry[] {
    return this.#entries.filter(({ startOffset }) => startOffset < logEndOffset)
  }

  /** The newest epoch, -1 when none is known. */
  get latestEpoch(): number {
    return this.#entries.at(-1)?.leaderEpoch ?? -1
  }

  /** `leaderEpoch` begins at `startOffset`. Later entries that contradict this are dropped. */
  assign(leaderEpoch: number, startOffset: number): void {
    const latest = this.#entries.at(-1)
    if (latest && latest.leaderEpoch === leaderEpoch && latest.startOffset <= startOffset) return
    for (let last = this.#entries.at(-1); last; last = this.#entries.at(-1)) {
      if (last.leaderEpoch < leaderEpoch && last.startOffset < startOffset) break
      this.#entries.pop()
    }
    this.#entries.push({ leaderEpoch, startOffset })
  }

  /** The epoch of the record at `offset`; null below the first entry. */
  epochAt(offset: number): number | null {
    // The tail is what is asked for most, and its epoch is the last one.
    const last = this.#entries.at(-1)
    if (last && offset >= last.startOffset) return last.leaderEpoch
    const entry = this.#entries.findLast(({ startOffset }) => startOffset <= offset)
    return entry ? entry.leaderEpoch : null
  }

  /**
   * The largest epoch not above `leaderEpoch`, and where it ends. The latest one ends at the log
   * end; one above it is undefined (-1); one below the first ends where the first begins.
   */
  endOffsetFor(leaderEpoch: number, logEndOffset: number): EpochEndOffset {
    const latest = this.#entries.at(-1)
    if (!latest || leaderEpoch > latest.leaderEpoch) return { leaderEpoch: -1, endOffset: -1 }
    if (leaderEpoch === latest.leaderEpoch) return { leaderEpoch, endOffset: logEndOffset }
    const higher = this.#entries.findIndex((entry) => entry.leaderEpoch > leaderEpoch)
    const floor = this.#entries[higher - 1]
    const endOffset = this.#entries[higher]?.startOffset ?? logEndOffset
    return { leaderEpoch: floor?.leaderEpoch ?? leaderEpoch, endOffset }
  }

  /** The log now ends at `logEndOffset`: epochs that begin there or later are gone. */
  truncateFromEnd(logEndOffset: number): void {
    while ((this.#entries.at(-1)?.startOffset ?? -1) >= logEndOffset) {
      this.#entries.pop()
    }
  }

  /** The log now begins at `logStartOffset`: the epoch of that offset begins there too. */
  truncateFromStart(logStartOffset: number): void {
    const floor = this.#entries.findLastIndex(({ startOffset }) => startOffset <= logStartOffset)
    const entry = this.#entries[floor]
    if (!entry || (floor === 0 && entry.startOffset === logStartOffset)) return
    this.#entries.splice(0, floor + 1, {
      leaderEpoch: entry.leaderEpoch,
      startOffset: logStartOffset,
    })
  }

  clear(): void {
    if (this.#entries.length === 0) return
    this.#entries = []
  }
}

export function sameEpochs(some: readonly EpochEntry[], others: readonly EpochEntry[]): boolean {
  const isSame = ({ leaderEpoch, startOffset }: EpochEntry, index: number) =>
    leaderEpoch === others[index]?.leaderEpoch && startOffset === others[index].startOffset
  return some.length === others.length && some.every(isSame)
}

/** Batches are here of a later epoch than the metadata has given out. */
export function epochBeyondMetadata(
  directory: string,
  { latestEpoch, assigned }: { readonly latestEpoch: number; readonly assigned: number },
): LograftError {
  return new LograftError(
    'EPOCH_BEYOND_METADATA',
    `${directory} holds batches of leader epoch ${latestEpoch}, and the metadata is only at ` +
      `epoch ${assigned} of this partition: the log is damaged, or of another cluster, or the ` +
      `metadata was restored from an older copy. Nothing was changed, and nothing is appended. ` +
      `If other replicas have the data, stop, move the directory away and start again.`,
  )
}
