/**
 * The batches appended last, in memory, under one byte budget for all logs of a node; what is
 * oldest goes first. Followers and consumers at the tail are served from here without touching a
 * file (ADR 3). It never holds what the file does not.
 *
 * A log's tail is a chain of slabs without gaps, up to the log end. Small batches are copied
 * together into a slab, so that a thousand of them leave as one chunk and none pins the network
 * buffer it came in; a large batch that is most of its buffer is a slab by itself, not copied.
 * Bytes that were handed out are never written again: after a truncation a new slab begins.
 */
import assert from 'node:assert'
import type { BatchCursor } from '../records/batch.ts'

/** Batches up to this size are copied into a shared slab. */
const COPIED_BYTES_MAX = 16 * 1024
const SLAB_BYTES_MIN = 4 * 1024
const SLAB_BYTES_MAX = 256 * 1024
/** What a slab is taken to cost beside its bytes: bounds the number of slabs, too. */
const SLAB_OVERHEAD_BYTES = 512

class Slab {
  readonly owner: LogTail
  readonly bytes: Uint8Array
  readonly costBytes: number
  used = 0
  /** Of each batch: its byte position, and the offset behind it. Ascending. */
  readonly positions: number[] = []
  readonly nextOffsets: number[] = []
  dead = false

  constructor(owner: LogTail, bytes: Uint8Array) {
    this.owner = owner
    this.bytes = bytes
    this.costBytes = bytes.buffer.byteLength + SLAB_OVERHEAD_BYTES
  }
}

export class TailCache {
  readonly #budgetBytes: number
  #usedBytes = 0
  /** Every living slab, oldest first; dead ones linger until they come to the front. */
  #slabs: Slab[] = []
  #first = 0

  constructor({ budgetBytes }: { budgetBytes: number }) {
    this.#budgetBytes = budgetBytes
  }

  get usedBytes(): number {
    return this.#usedBytes
  }

  /** The tail of one log, empty. */
  tail(): LogTail {
    return new LogTail(this)
  }

  /** For LogTail only. */
  added(slab: Slab): void {
    this.#usedBytes += slab.costBytes
    this.#slabs.push(slab)
    while (this.#usedBytes > this.#budgetBytes && this.#first < this.#slabs.length) {
      const oldest = this.#slabs[this.#first] as Slab
      this.#first += 1
      if (!oldest.dead) oldest.owner.evict(oldest)
    }
    while (this.#slabs[this.#first]?.dead) this.#first += 1
    if (this.#first > 1_024 && this.#first * 2 > this.#slabs.length) {
      this.#slabs = this.#slabs.slice(this.#first)
      this.#first = 0
    }
  }

  /** For LogTail only. */
  removed(slab: Slab): void {
    slab.dead = true
    this.#usedBytes -= slab.costBytes
  }
}

/** What a read found: views into the slabs. */
export interface TailRead {
  readonly chunks: readonly Uint8Array[]
  readonly sizeBytes: number
  readonly nextOffset: number
}

export class LogTail {
  readonly #cache: TailCache
  readonly #slabs: Slab[] = []
  /** The last slab may take more; not so after a truncation. */
  #open = false
  /** The first offset held; where the next batch begins when nothing is held. */
  #firstOffset = 0
  #nextOffset = 0

  constructor(cache: TailCache) {
    this.#cache = cache
  }

  /** Whether a read at `offset` can be answered from here. */
  holds(offset: number): boolean {
    return this.#slabs.length > 0 && offset >= this.#firstOffset && offset < this.#nextOffset
  }

  /**
   * Takes the batches in `bytes`, which follow the last one held. `bytes` may be kept: nobody may
   * write to it. `batch` is a cursor over `bytes`; it is moved.
   */
  append(bytes: Uint8Array, batch: BatchCursor): void {
    batch.at = 0
    const { baseOffset } = batch
    assert(this.#slabs.length === 0 || baseOffset >= this.#nextOffset, 'the tail is in order')
    if (this.#slabs.length === 0) this.#firstOffset = baseOffset
    const isNew =
      bytes.byteLength > COPIED_BYTES_MAX ? this.#takeLarge(bytes) : this.#copySmall(bytes)
    const slab = this.#slabs[this.#slabs.length - 1] as Slab
    for (; batch.at < bytes.byteLength; batch.next()) {
      this.#nextOffset = batch.nextOffset
      slab.positions.push(slab.used + batch.at)
      slab.nextOffsets.push(this.#nextOffset)
    }
    slab.used += bytes.byteLength
    // Last, because making room may evict this very slab.
    if (isNew) this.#cache.added(slab)
  }

  /** Batches from the one that holds `fromOffset` on; undefined when it is not held. */
  read(
    fromOffset: number,
    { upToOffset, maxBytes, atLeastOneBatch }: TailReadLimits,
  ): TailRead | undefined {
    if (!this.holds(fromOffset)) return undefined
    const chunks: Uint8Array[] = []
    let sizeBytes = 0
    let nextOffset = fromOffset
    for (let index = this.#slabOf(fromOffset); index < this.#slabs.length; index += 1) {
      const slab = this.#slabs[index] as Slab
      const first = sizeBytes === 0 ? lowerBound(slab.nextOffsets, fromOffset + 1) : 0
      const start = slab.positions[first] as number
      let end = start
      for (let batch = first; batch < slab.positions.length; batch += 1) {
        const batchEnd = slab.positions[batch + 1] ?? slab.used
        const wanted =
          (slab.nextOffsets[batch] as number) <= upToOffset &&
          (sizeBytes + batchEnd - start <= maxBytes ||
            (atLeastOneBatch && sizeBytes === 0 && batch === first))
        if (!wanted) break
        end = batchEnd
        nextOffset = slab.nextOffsets[batch] as number
      }
      if (end > start) chunks.push(slab.bytes.subarray(start, end))
      sizeBytes += end - start
      if (end < slab.used) break
    }
    return { chunks, sizeBytes, nextOffset }
  }

  /** Forgets every batch that reaches beyond `offset`. */
  truncateTo(offset: number): void {
    this.#open = false
    for (let last = this.#slabs.at(-1); last; last = this.#slabs.at(-1)) {
      while (last.nextOffsets.length > 0 && (last.nextOffsets.at(-1) as number) > offset) {
        last.nextOffsets.pop()
        last.used = last.positions.pop() as number
      }
      this.#nextOffset = last.nextOffsets.at(-1) ?? this.#firstOffset
      if (last.nextOffsets.length > 0) return
      this.#slabs.pop()
      this.#cache.removed(last)
    }
  }

  clear(): void {
    for (const slab of this.#slabs) this.#cache.removed(slab)
    this.#slabs.length = 0
    this.#open = false
  }

  /** For the cache: the oldest slab of all is ours, and goes. */
  evict(slab: Slab): void {
    const oldest = this.#slabs.shift()
    assert(oldest === slab, 'slabs leave in the order in which they came')
    this.#cache.removed(slab)
    if (this.#slabs.length === 0) this.#open = false
    this.#firstOffset = slab.nextOffsets.at(-1) ?? this.#firstOffset
  }

  #takeLarge(bytes: Uint8Array): boolean {
    const pinsMore = bytes.byteLength * 2 < bytes.buffer.byteLength
    this.#slabs.push(new Slab(this, pinsMore ? bytes.slice() : bytes))
    this.#open = false
    return true
  }

  /** Returns whether a new slab was needed. */
  #copySmall(bytes: Uint8Array): boolean {
    const last = this.#slabs.at(-1)
    if (this.#open && last && last.bytes.byteLength - last.used >= bytes.byteLength) {
      last.bytes.set(bytes, last.used)
      return false
    }
    // Slabs grow with the log's traffic: ten thousand quiet logs must not hold 256 KiB each.
    const grown = Math.min((this.#open && last ? last.bytes.byteLength : 0) * 2, SLAB_BYTES_MAX)
    const slab = new Slab(this, new Uint8Array(Math.max(grown, SLAB_BYTES_MIN, bytes.byteLength)))
    slab.bytes.set(bytes)
    this.#slabs.push(slab)
    this.#open = true
    return true
  }

  /** The first slab with a batch that ends behind `offset`. */
  #slabOf(offset: number): number {
    let low = 0
    let high = this.#slabs.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (((this.#slabs[middle] as Slab).nextOffsets.at(-1) as number) > offset) high = middle
      else low = middle + 1
    }
    return low
  }
}

export interface TailReadLimits {
  readonly upToOffset: number
  readonly maxBytes: number
  readonly atLeastOneBatch: boolean
}

/** Index of the first element ≥ `wanted` in an ascending array. */
function lowerBound(ascending: readonly number[], wanted: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] as number) >= wanted) high = middle
    else low = middle + 1
  }
  return low
}
