/**
 * Timestamp → offset, sparse: the largest timestamp of the segment so far, and the last offset of
 * the batch that brought it. Entry: timestamp i64 · offset relative to the segment's base i32
 * (Kafka's `.timeindex`). Both ascend strictly. Hints, as in the offset index.
 */
import { readInt64, writeInt64 } from '../bytes/int64.ts'
import { NO_TIMESTAMP } from '../records/batch.ts'
import { EntryFile } from './entry-file.ts'
import type { FilePool } from './file-pool.ts'

const ENTRY_BYTES = 12

export interface TimestampEntry {
  readonly timestampMs: number
  /** The last offset of the batch that has this timestamp as its largest. */
  readonly offset: number
}

export class TimeIndex {
  readonly #entries: EntryFile
  readonly #baseOffset: number
  #lastTimestampMs: number | null = null

  constructor(pool: FilePool, path: string, baseOffset: number) {
    this.#entries = new EntryFile(pool, path, ENTRY_BYTES)
    this.#baseOffset = baseOffset
  }

  get count(): number {
    return this.#entries.count
  }

  get isWhole(): boolean {
    return this.#entries.isWhole
  }

  get path(): string {
    return this.#entries.path
  }

  /** Kafka keeps the last slot for the entry that a roll writes. */
  isFull(indexBytesMax: number): boolean {
    return this.#entries.count >= Math.floor(indexBytesMax / ENTRY_BYTES) - 1
  }

  /** Appends unless the timestamp is not above the last one. */
  maybeAppend(timestampMs: number, offset: number): void {
    this.#lastTimestampMs ??= this.last()?.timestampMs ?? NO_TIMESTAMP
    if (timestampMs <= this.#lastTimestampMs) return
    this.#lastTimestampMs = timestampMs
    this.#entries.push((view, at) => {
      writeInt64(view, at, timestampMs)
      view.setInt32(at + 8, offset - this.#baseOffset)
    })
  }

  at(index: number): TimestampEntry {
    const view = this.#entries.entry(index)
    return { timestampMs: readInt64(view, 0), offset: view.getInt32(8) + this.#baseOffset }
  }

  last(): TimestampEntry | null {
    return this.count === 0 ? null : this.at(this.count - 1)
  }

  /** The last entry with a timestamp strictly below `timestampMs`, or null. */
  before(timestampMs: number): TimestampEntry | null {
    const index = this.#countWhile((view) => readInt64(view, 0) < timestampMs) - 1
    return index < 0 ? null : this.at(index)
  }

  /** Drops the entries of `offset` and above. */
  truncateTo(offset: number): void {
    this.#lastTimestampMs = null
    const relative = offset - this.#baseOffset
    this.#entries.truncate(this.#countWhile((view) => view.getInt32(8) < relative))
  }

  clear(): void {
    this.#lastTimestampMs = null
    this.#entries.truncate(0)
  }

  write(): void {
    this.#entries.write()
  }

  close(): void {
    this.#entries.close()
  }

  abandon(): void {
    this.#entries.abandon()
  }

  #countWhile(holds: (view: DataView) => boolean): number {
    let low = 0
    let high = this.#entries.count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (holds(this.#entries.entry(middle))) low = middle + 1
      else high = middle
    }
    return low
  }
}
