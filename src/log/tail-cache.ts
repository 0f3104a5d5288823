/**
 * The batches appended last, in memory, under one byte budget for all logs of a node; what is
 * oldest goes first. Followers and consumers at the tail are served from here without touching a
 * file (ADR 3). It never holds what the file does not.
 *
 * A log's tail is a chain of slabs without gaps, up to the log end. Batches are copied together
 * into a slab, so that a thousand of them leave as one chunk and none keeps the network buffer it
 * came in. Bytes that were handed out are never written again: after a truncation a new slab is
 * begun, and a slab is used a second time only when every part of it that was handed out has been
 * given back. (Copying is cheaper than fresh memory for every batch: ADR 11.)
 */
import assert from 'node:assert'
import { lend } from '../bytes/loan.ts'
import { unzeroedBytes } from '../bytes/unzeroed.ts'
import type { BatchCursor } from '../records/batch.ts'

const SLAB_BYTES_MIN = 4 * 1024
/** One batch of the default `max.message.bytes` fits, and so do ten of 100 KB. */
const SLAB_BYTES_MAX = 1_088 * 1024
/** Slabs of the largest size that are kept for the appends to come. */
const SPARE_SLABS_MAX = 2
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
  /** Parts that readers were given and have not given back, and may hold for who knows how long. */
  lentCount = 0
  /** Its neighbours among all living slabs of a node. */
  older: Slab | null = null
  newer: Slab | null = null

  constructor(owner: LogTail, bytes: Uint8Array) {
    this.owner = owner
    this.bytes = bytes
    this.costBytes = bytes.buffer.byteLength + SLAB_OVERHEAD_BYTES
  }
}

export class TailCache {
  readonly #budgetBytes: number
  #usedBytes = 0
  /** The ends of the chain of living slabs. Of dead ones nothing is kept: each has a mebibyte. */
  #oldest: Slab | null = null
  #newest: Slab | null = null
  readonly #spare: Uint8Array[] = []
  /** Reads that were answered from here, and reads that were not: of a file, or of nothing. */
  hits = 0
  misses = 0

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
    slab.older = this.#newest
    if (this.#newest === null) this.#oldest = slab
    else this.#newest.newer = slab
    this.#newest = slab
    while (this.#usedBytes > this.#budgetBytes && this.#oldest !== null)
      this.#oldest.owner.evict(this.#oldest)
  }

  /** For LogTail only: memory for a slab, holding anything. */
  memory(sizeBytes: number): Uint8Array {
    const spare = sizeBytes === SLAB_BYTES_MAX ? this.#spare.pop() : undefined
    return spare ?? unzeroedBytes(sizeBytes)
  }

  /** For LogTail only. */
  removed(slab: Slab): void {
    slab.dead = true
    this.#usedBytes -= slab.costBytes
    const { older, newer } = slab
    if (older === null) this.#oldest = newer
    else older.newer = newer
    if (newer === null) this.#newest = older
    else newer.older = older
    slab.older = null
    slab.newer = null
    this.#keep(slab)
  }

  /** A reader needs its part of `slab` no more. */
  returned(slab: Slab): void {
    slab.lentCount -= 1
    if (slab.dead) this.#keep(slab)
  }

  /** Keeps a dead slab's memory for the next one, if nobody can be looking at it. */
  #keep({ bytes, lentCount }: Slab): void {
    if (lentCount > 0 || bytes.byteLength !== SLAB_BYTES_MAX) return
    if (this.#spare.length < SPARE_SLABS_MAX) this.#spare.push(bytes)
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
   * Copies the batches in `bytes`, which follow the last one held. `batch` is a cursor over them;
   * it is moved.
   */
  append(bytes: Uint8Array, batch: BatchCursor): void {
    batch.at = 0
    const { baseOffset } = batch
    assert(this.#slabs.length === 0 || baseOffset >= this.#nextOffset, 'the tail is in order')
    if (this.#slabs.length === 0) this.#firstOffset = baseOffset
    const isNew = this.#copy(bytes)
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
    if (!this.holds(fromOffset)) {
      this.#cache.misses += 1
      return undefined
    }
    this.#cache.hits += 1
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
      if (end > start) {
        slab.lentCount += 1
        chunks.push(lend(slab.bytes.subarray(start, end), () => this.#cache.returned(slab)))
      }
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

  /** Forgets every batch in front of `offset`, where one begins: the file has others there now. */
  forgetBelow(offset: number): void {
    for (const slab of this.#slabs) {
      if ((slab.nextOffsets.at(-1) as number) > offset) break
      this.#cache.removed(slab)
    }
    while (this.#slabs[0]?.dead) this.#slabs.shift()
    if (this.#slabs.length === 0) this.#open = false
    this.#firstOffset = Math.max(this.#firstOffset, Math.min(offset, this.#nextOffset))
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

  /** Returns whether a new slab was needed. */
  #copy(bytes: Uint8Array): boolean {
    const last = this.#slabs.at(-1)
    if (this.#open && last && last.bytes.byteLength - last.used >= bytes.byteLength) {
      last.bytes.set(bytes, last.used)
      return false
    }
    // Slabs grow with the log's traffic: ten thousand quiet logs must not hold a mebibyte each.
    const grown = Math.min((this.#open && last ? last.bytes.byteLength : 0) * 2, SLAB_BYTES_MAX)
    const memory = this.#cache.memory(Math.max(grown, SLAB_BYTES_MIN, bytes.byteLength))
    memory.set(bytes)
    this.#slabs.push(new Slab(this, memory))
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
