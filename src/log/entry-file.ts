/**
 * A file of entries of one fixed size: what an index is on disk. Kafka maps it into memory; we read
 * entries one by one (the page cache makes that a microsecond) and gather new ones, so that an
 * index costs no memory while nobody looks anything up. Everything in it can be rebuilt, so
 * nothing here is fsynced and a full disk merely makes an index sparser.
 */
import assert from 'node:assert'
import { isTransient } from '../base/disk.ts'
import type { FilePool, PooledFile } from './file-pool.ts'

/** Entries gathered before they are written; the buffer grows to this. */
const PENDING_MAX = 512
const PENDING_MIN = 16

/** Never written to: it has no room. */
const NOTHING = new DataView(new ArrayBuffer(0))

export class EntryFile {
  readonly path: string
  readonly #pool: FilePool
  readonly #file: PooledFile
  readonly #entryBytes: number
  /** Null before the first entry is read: most logs have no index that anybody looks into. */
  #scratch: DataView | null = null
  /** Entries in the file; -1 until somebody asks. */
  #written = -1
  #pending = NOTHING
  #pendingCount = 0

  constructor(pool: FilePool, path: string, entryBytes: number) {
    this.path = path
    this.#pool = pool
    this.#file = pool.file(path, 'create')
    this.#entryBytes = entryBytes
  }

  get count(): number {
    return this.#load() + this.#pendingCount
  }

  /** Whether the file is there and is a whole number of entries. */
  get isWhole(): boolean {
    const sizeBytes = this.#pool.disk.sizeBytes(this.path)
    return sizeBytes !== null && sizeBytes % this.#entryBytes === 0
  }

  /** Entry `index`, borrowed until the next call. */
  entry(index: number): DataView {
    const written = this.#load()
    assert(index >= 0 && index < written + this.#pendingCount, 'an entry is read within bounds')
    this.#scratch ??= new DataView(new ArrayBuffer(this.#entryBytes))
    const bytes = new Uint8Array(this.#scratch.buffer)
    if (index >= written) {
      const at = (index - written) * this.#entryBytes
      for (let byte = 0; byte < this.#entryBytes; byte += 1)
        bytes[byte] = this.#pending.getUint8(at + byte)
      return this.#scratch
    }
    const count = this.#file.get().readAt(bytes, index * this.#entryBytes)
    // Somebody else cut the file; zeros fail every check and the index is rebuilt.
    if (count < this.#entryBytes) bytes.fill(0)
    return this.#scratch
  }

  /** Room for one more entry, to be filled in at byte 0 … of `view` from `at` on. */
  push(fill: (view: DataView, at: number) => void): void {
    this.#load()
    if (this.#pendingCount === PENDING_MAX) this.write()
    if ((this.#pendingCount + 1) * this.#entryBytes > this.#pending.byteLength) this.#grow()
    fill(this.#pending, this.#pendingCount * this.#entryBytes)
    this.#pendingCount += 1
  }

  /** Writes what is gathered. A full disk drops it (a sparse index is a correct one). */
  write(): void {
    if (this.#pendingCount === 0) return
    const bytes = new Uint8Array(this.#pending.buffer, 0, this.#pendingCount * this.#entryBytes)
    try {
      const written = this.#file.get().writeAt([bytes], this.#written * this.#entryBytes)
      this.#written += Math.floor(written / this.#entryBytes)
    } catch (thrown) {
      if (!isTransient(thrown)) throw thrown
    }
    this.#pendingCount = 0
  }

  /** Keeps the first `count` entries. */
  truncate(count: number): void {
    const written = this.#load()
    if (count >= written) {
      this.#pendingCount = Math.min(this.#pendingCount, count - written)
      return
    }
    this.#pendingCount = 0
    this.#written = count
    this.#file.get().truncate(count * this.#entryBytes)
  }

  /** Writes what is gathered, cuts what a torn write left, and closes the file. */
  close(): void {
    if (this.#written < 0) return
    this.write()
    this.#pending = NOTHING
    if (this.#pool.disk.sizeBytes(this.path) !== this.#written * this.#entryBytes) this.#cutTorn()
    this.#file.close()
  }

  /** Left as it is, it would be found out at the next start, and rebuilt. */
  #cutTorn(): void {
    try {
      this.#file.get().truncate(this.#written * this.#entryBytes)
    } catch (thrown) {
      if (!isTransient(thrown)) throw thrown
    }
  }

  /** Closes the file as it is: it is about to be renamed or removed. */
  abandon(): void {
    this.#pendingCount = 0
    this.#file.close()
  }

  #load(): number {
    if (this.#written < 0)
      this.#written = Math.floor((this.#pool.disk.sizeBytes(this.path) ?? 0) / this.#entryBytes)
    return this.#written
  }

  #grow(): void {
    const entries = Math.min(PENDING_MAX, Math.max(PENDING_MIN, this.#pendingCount * 2))
    const grown = new Uint8Array(entries * this.#entryBytes)
    grown.set(new Uint8Array(this.#pending.buffer))
    this.#pending = new DataView(grown.buffer)
  }
}
