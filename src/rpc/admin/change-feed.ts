/**
 * The newest entries of the metadata log, as they were committed, for those who watch it: every
 * node holds some, whether it has the log or not. It keeps the image before the first of them, so
 * whoever goes on from any of them can be told what the next one does.
 */
import { applyEntries } from '../../metadata/delta.ts'
import type { MetadataImage } from '../../metadata/image.ts'
import { EMPTY_IMAGE } from '../../metadata/image.ts'
import type { CommittedEntry } from '../../metadata/records.ts'
import type { QuorumListener } from '../../quorum/ports.ts'

/** Records that are held at most, but for a single entry; then the older half goes. */
export const HELD_RECORDS_MAX = 50_000

export class ChangeFeed implements QuorumListener {
  /** Before the first entry that is held. */
  #base: MetadataImage = EMPTY_IMAGE
  #held: CommittedEntry[] = []
  #heldRecords = 0
  readonly #subscribers: (() => void)[] = []

  /** Of the newest entry; -1 when there is none. */
  get endOffset(): number {
    return this.#held.at(-1)?.offset ?? this.#base.metadataOffset
  }

  /** `changed` is called after every commitment, from within the quorum's turn. */
  subscribe(changed: () => void): void {
    this.#subscribers.push(changed)
  }

  /** The state after the entry at `offset`; null when that is not held, or not yet committed. */
  imageAt(offset: number): MetadataImage | null {
    if (offset < this.#base.metadataOffset || offset > this.endOffset) return null
    return applyEntries(this.#base, this.#held.slice(0, this.#after(offset)))
  }

  /** The next entry behind `offset`, which must be held; null when there is none yet. */
  next(offset: number): CommittedEntry | null {
    return this.#held[this.#after(offset)] ?? null
  }

  /** Whether what is behind `offset` can still be told. */
  holds(offset: number): boolean {
    return offset >= this.#base.metadataOffset && offset <= this.endOffset
  }

  // --- as a listener of the quorum

  onSnapshot(image: MetadataImage): void {
    this.#base = image
    this.#held = []
    this.#heldRecords = 0
    this.#changed()
  }

  onCommitted(entries: readonly CommittedEntry[]): void {
    for (const entry of entries) {
      this.#held.push(entry)
      this.#heldRecords += entry.records.length + 1
    }
    if (this.#heldRecords > HELD_RECORDS_MAX) this.#forget()
    this.#changed()
  }

  /** The older half, so that it is not done with every entry. */
  #forget(): void {
    let count = 0
    while (this.#heldRecords > HELD_RECORDS_MAX / 2 && count < this.#held.length - 1) {
      this.#heldRecords -= (this.#held[count]?.records.length ?? 0) + 1
      count += 1
    }
    this.#base = applyEntries(this.#base, this.#held.slice(0, count))
    this.#held = this.#held.slice(count)
  }

  /**
   * Index of the first entry behind `offset`: offsets rise, without gaps but perhaps not from 0.
   */
  #after(offset: number): number {
    let low = 0
    let high = this.#held.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#held[middle] as CommittedEntry).offset <= offset) low = middle + 1
      else high = middle
    }
    return low
  }

  #changed(): void {
    for (const changed of this.#subscribers) changed()
  }
}
