/**
 * Offset → byte position, sparse: an entry for the last offset of about one batch in every
 * `index.interval.bytes`. Entry: offset relative to the segment's base i32 · byte position i32
 * (Kafka's `.index`). An entry is a hint: `segment.ts` looks at the batch before it believes one.
 */
import type { FilePool } from './file-pool.ts'
import { EntryFile } from './entry-file.ts'

const ENTRY_BYTES = 8

export interface OffsetPosition {
  /** The last offset of the batch at `bytePosition`. */
  readonly offset: number
  readonly bytePosition: number
}

export class OffsetIndex {
  readonly #entries: EntryFile
  readonly #baseOffset: number

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

  isFull(indexBytesMax: number): boolean {
    return this.#entries.count >= Math.floor(indexBytesMax / ENTRY_BYTES)
  }

  /** Offsets and positions ascend; the offset is within int32 of the base. */
  append(offset: number, bytePosition: number): void {
    this.#entries.push((view, at) => {
      view.setInt32(at, offset - this.#baseOffset)
      view.setInt32(at + 4, bytePosition)
    })
  }

  at(index: number): OffsetPosition {
    const view = this.#entries.entry(index)
    return { offset: view.getInt32(0) + this.#baseOffset, bytePosition: view.getInt32(4) }
  }

  last(): OffsetPosition | null {
    return this.count === 0 ? null : this.at(this.count - 1)
  }

  /** The last entry whose offset is at most `offset`, or null. */
  floor(offset: number): OffsetPosition | null {
    const index = this.#countWhile((view) => view.getInt32(0) + this.#baseOffset <= offset) - 1
    return index < 0 ? null : this.at(index)
  }

  /** The last entry whose position is at most `bytePosition`, or null. */
  floorByPosition(bytePosition: number): OffsetPosition | null {
    const index = this.#countWhile((view) => view.getInt32(4) <= bytePosition) - 1
    return index < 0 ? null : this.at(index)
  }

  /** Drops the entries of batches that begin at `sizeBytes` or behind: the file now ends there. */
  truncateToPosition(sizeBytes: number): void {
    this.#entries.truncate(this.#countWhile((view) => view.getInt32(4) < sizeBytes))
  }

  clear(): void {
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

  /** How many entries from the first on satisfy `holds`, which is true for a prefix of them. */
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
