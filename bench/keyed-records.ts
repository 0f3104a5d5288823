/**
 * A topic to be compacted, and what must be left of it: records of many keys, some of them deleted,
 * all known by their offset alone. Every key is written once, in an order of its own; then keys are
 * written again at random until there are enough records. Pure.
 */
import { buildBatch } from '../src/records/builder.ts'
import type { BatchCursor } from '../src/records/batch.ts'
import { readRecords } from '../src/records/record.ts'

export interface KeyedShape {
  readonly records: number
  readonly keys: number
  /** Of one value. */
  readonly valueBytes: number
}

const RECORDS_PER_BATCH = 100
const OFFSET_BYTES = 8
/** One record in so many is a tombstone. */
const TOMBSTONE_EACH = 100
/** Prime, so that every key comes once. */
const STRIDE = 7_919
const PAYLOAD_BYTES_MAX = 1 << 30

const mixed = (number: number) => {
  const once = Math.imul(number ^ (number >>> 16), 0x85ebca6b)
  return (Math.imul(once ^ (once >>> 13), 0xc2b2ae35) >>> 0) ^ (once >>> 16)
}

function keyAt({ keys }: KeyedShape, offset: number): number {
  return offset < keys ? (offset * STRIDE) % keys : (mixed(offset) >>> 0) % keys
}

const isTombstone = (offset: number) => (mixed(offset + 1) >>> 0) % TOMBSTONE_EACH === 0

const keyBytes = (key: number) => Buffer.from(`key-${key}`)

/** The next records from `from` on, as one batch. */
export function batchFrom(shape: KeyedShape, from: number): Uint8Array {
  const count = Math.min(RECORDS_PER_BATCH, shape.records - from)
  const records = Array.from({ length: count }, (_, index) => {
    const offset = from + index
    const key = keyBytes(keyAt(shape, offset))
    return isTombstone(offset) ? { key, value: null } : { key, value: valueOf(shape, offset) }
  })
  return buildBatch({ records, timestampMs: 1_700_000_000_000 })
}

export const nextBatch = (shape: KeyedShape, from: number) =>
  Math.min(from + RECORDS_PER_BATCH, shape.records)

function valueOf({ valueBytes }: KeyedShape, offset: number): Uint8Array {
  const value = Buffer.alloc(valueBytes, offset % 251)
  value.writeDoubleBE(offset, 0)
  return value
}

/**
 * Looks at what is left, from the first record to the last: everything from `cleanedEnd` on, and
 * below it the last record of each key, tombstones among them, as they were written.
 */
export class LeftOver {
  readonly #shape: KeyedShape
  readonly #cleanedEnd: number
  /** Of each key, the last record below the end of what was cleaned. */
  readonly #last: Float64Array
  #next = 0
  /** How many were seen. */
  records = 0

  constructor(shape: KeyedShape, cleanedEnd: number) {
    this.#shape = shape
    this.#cleanedEnd = cleanedEnd
    this.#last = new Float64Array(shape.keys).fill(-1)
    for (let offset = 0; offset < cleanedEnd; offset += 1) this.#last[keyAt(shape, offset)] = offset
  }

  /** Throws when it is not what must come next. */
  see(batch: BatchCursor): void {
    for (const { offset, key, value } of readRecords(batch, { maxBytes: PAYLOAD_BYTES_MAX })) {
      this.#skipTo(offset)
      const shape = this.#shape
      const wanted = isTombstone(offset) ? null : valueOf(shape, offset)
      if (key === null || Buffer.compare(key, keyBytes(keyAt(shape, offset))) !== 0)
        throw new Error(`record ${offset} has another key`)
      if ((value === null) !== (wanted === null) || (value && wanted && !same(value, wanted)))
        throw new Error(`record ${offset} has another value`)
      this.#next = offset + 1
      this.records += 1
    }
  }

  /** Throws when something is missing. */
  end(): void {
    this.#skipTo(this.#shape.records)
  }

  #skipTo(offset: number): void {
    if (offset < this.#next) throw new Error(`record ${offset} comes again, or too late`)
    for (; this.#next < offset; this.#next += 1)
      if (this.#stays(this.#next)) throw new Error(`record ${this.#next} is missing`)
    const isThere = offset === this.#shape.records || this.#stays(offset)
    if (!isThere) throw new Error(`record ${offset} is there still, and was replaced`)
  }

  #stays(offset: number): boolean {
    return offset >= this.#cleanedEnd || this.#last[keyAt(this.#shape, offset)] === offset
  }
}

function same(value: Uint8Array, wanted: Uint8Array): boolean {
  return value.byteLength >= OFFSET_BYTES && Buffer.compare(value, wanted) === 0
}
