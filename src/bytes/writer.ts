/**
 * A big-endian cursor that grows by doubling. What is large and immutable (record batches) can be
 * put in by reference: the output is then a list of pieces, ready for one vectored write, and those
 * bytes are never copied. After `finish()` or `finishChunks()` the writer must not be used: the
 * results are views of its memory, which small ones share: never look at `result.buffer` as a
 * whole.
 */
import { writeInt64 } from './int64.ts'
import { giveBack } from './loan.ts'
import { zigzag32 } from './varint.ts'

const utf8 = new TextEncoder()

/** Up to this length a loop over the characters beats a call into the encoder. */
const SHORT_TEXT = 48

/** Below this many bytes a copy costs less than one more piece in a vectored write. */
export const REFERENCE_BYTES_MIN = 1024

interface Splice {
  /** Where in the writer's own bytes the referenced ones come in. */
  readonly ownOffset: number
  readonly bytes: Uint8Array
}

/**
 * Small writers begin in a shared piece of memory: an array of their own costs about a microsecond,
 * more than encoding a small response does.
 */
const SLAB_BYTES = 8 * 1024
const SLAB_SHARE_MAX = 1024
let slab = new Uint8Array(SLAB_BYTES)
let slabView = new DataView(slab.buffer)
let slabUsed = 0

export class Writer {
  #bytes: Uint8Array
  #view: DataView
  /** The writer's own bytes are `#bytes` from `#start` to `#at`, and may grow up to `#limit`. */
  #start: number
  #at: number
  #limit: number
  #referencedBytes = 0
  #splices: Splice[] | null = null

  /** Begins with memory of that size, or in `memory`, which it leaves when that does not do. */
  constructor(memory: number | Uint8Array = 256) {
    const initialBytes = typeof memory === 'number' ? memory : memory.byteLength
    if (typeof memory !== 'number') {
      this.#bytes = memory
      this.#view = new DataView(memory.buffer, memory.byteOffset, initialBytes)
      this.#start = 0
    } else if (initialBytes <= SLAB_SHARE_MAX) {
      if (slabUsed + initialBytes > SLAB_BYTES) {
        slab = new Uint8Array(SLAB_BYTES)
        slabView = new DataView(slab.buffer)
        slabUsed = 0
      }
      this.#bytes = slab
      this.#view = slabView
      this.#start = slabUsed
      slabUsed += initialBytes
    } else {
      this.#bytes = new Uint8Array(initialBytes)
      this.#view = new DataView(this.#bytes.buffer)
      this.#start = 0
    }
    this.#at = this.#start
    this.#limit = this.#start + initialBytes
  }

  /** Bytes of output so far, referenced ones included, and the position of the next write. */
  get offset(): number {
    return this.#at - this.#start + this.#referencedBytes
  }

  /** Makes room for `count` own bytes and returns where they begin in `#bytes`. */
  #grow(count: number): number {
    if (count > this.#limit - this.#at) this.#reserve(count)
    const at = this.#at
    this.#at = at + count
    return at
  }

  /** Moves to an array of its own with room for `count` more bytes. */
  #reserve(count: number): void {
    const own = this.#at - this.#start
    const grown = new Uint8Array(Math.max(own + count, (this.#limit - this.#start) * 2))
    grown.set(this.#bytes.subarray(this.#start, this.#at))
    this.#bytes = grown
    this.#view = new DataView(grown.buffer)
    this.#start = 0
    this.#at = own
    this.#limit = grown.byteLength
  }

  int8(value: number): void {
    const at = this.#grow(1)
    this.#view.setInt8(at, value)
  }

  int16(value: number): void {
    const at = this.#grow(2)
    this.#view.setInt16(at, value)
  }

  uint16(value: number): void {
    const at = this.#grow(2)
    this.#view.setUint16(at, value)
  }

  int32(value: number): void {
    const at = this.#grow(4)
    this.#view.setInt32(at, value)
  }

  uint32(value: number): void {
    const at = this.#grow(4)
    this.#view.setUint32(at, value)
  }

  int64(value: number): void {
    const at = this.#grow(8)
    writeInt64(this.#view, at, value)
  }

  float64(value: number): void {
    const at = this.#grow(8)
    this.#view.setFloat64(at, value)
  }

  /** An unsigned varint of 0 … 2^32 − 1. */
  uvarint(value: number): void {
    let rest = value >>> 0
    while (rest >= 0x80) {
      this.int8((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    this.int8(rest)
  }

  /** A zig-zag varint of an int32. */
  varint(value: number): void {
    this.uvarint(zigzag32(value))
  }

  /** A zig-zag varlong of a safe integer. */
  varlong(value: number): void {
    if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe 64-bit integer: ${value}`)
    // The zig-zag of a 53-bit number has 54 bits, so it is kept as (half, lowest bit).
    const negative = value < 0
    let half = negative ? -value - 1 : value
    let group = (half % 64) * 2 + (negative ? 1 : 0)
    half = Math.floor(half / 64)
    while (half > 0) {
      this.int8(group | 0x80)
      group = half % 128
      half = Math.floor(half / 128)
    }
    this.int8(group)
  }

  /** Copies `bytes` in. */
  bytes(bytes: Uint8Array): void {
    const at = this.#grow(bytes.byteLength)
    this.#bytes.set(bytes, at)
  }

  /**
   * Puts `bytes` in without copying them (small ones are copied all the same). The caller leaves
   * them unchanged until the output has been sent.
   */
  reference(bytes: Uint8Array): void {
    if (bytes.byteLength < REFERENCE_BYTES_MIN) {
      this.bytes(bytes)
      giveBack(bytes)
      return
    }
    this.#splices ??= []
    this.#splices.push({ ownOffset: this.#at - this.#start, bytes })
    this.#referencedBytes += bytes.byteLength
  }

  /** Copies the UTF-8 of `text` in, without a length. A lone surrogate becomes U+FFFD. */
  utf8(text: string): void {
    const { length } = text
    if (length <= SHORT_TEXT) {
      const at = this.#grow(length)
      let index = 0
      for (; index < length; index += 1) {
        const code = text.charCodeAt(index)
        if (code >= 0x80) break
        this.#bytes[at + index] = code
      }
      if (index === length) return
      this.#at = at
    }
    // No character of UTF-16 takes more than three bytes.
    const at = this.#grow(length * 3)
    this.#at = at + utf8.encodeInto(text, this.#bytes.subarray(at, this.#at)).written
  }

  /**
   * Overwrites four bytes written earlier with an int32: for lengths known only afterwards. `at` is
   * what `offset` was when they were written.
   */
  patchInt32(at: number, value: number): void {
    let own = at
    if (this.#splices !== null) {
      let referenced = 0
      for (const { ownOffset, bytes } of this.#splices) {
        if (ownOffset + referenced >= at) break
        referenced += bytes.byteLength
      }
      own -= referenced
    }
    this.#view.setInt32(this.#start + own, value)
  }

  /** The output as one array; copied together if anything was put in by reference. */
  finish(): Uint8Array {
    if (this.#splices === null) {
      this.#giveBack()
      return this.#bytes.subarray(this.#start, this.#at)
    }
    const whole = new Uint8Array(this.offset)
    let at = 0
    for (const chunk of this.finishChunks()) {
      whole.set(chunk, at)
      at += chunk.byteLength
    }
    return whole
  }

  /** The output in pieces, in order, none of them empty; referenced bytes are the caller's own. */
  finishChunks(): Uint8Array[] {
    this.#giveBack()
    const chunks: Uint8Array[] = []
    let from = this.#start
    for (const { ownOffset, bytes } of this.#splices ?? []) {
      const to = this.#start + ownOffset
      if (to > from) chunks.push(this.#bytes.subarray(from, to))
      chunks.push(bytes)
      from = to
    }
    if (this.#at > from) chunks.push(this.#bytes.subarray(from, this.#at))
    return chunks
  }

  /** Lets the next writer have what this one, the latest in the slab, did not need of its share. */
  #giveBack(): void {
    if (this.#bytes === slab && slabUsed === this.#limit) slabUsed = this.#limit = this.#at
  }
}

/** Bytes that `Writer.utf8` takes for `text`. */
export function utf8Bytes(text: string): number {
  const { length } = text
  if (length > SHORT_TEXT) return Buffer.byteLength(text)
  for (let index = 0; index < length; index += 1)
    if (text.charCodeAt(index) >= 0x80) return Buffer.byteLength(text)
  return length
}
