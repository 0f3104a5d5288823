/**
 * A big-endian cursor that grows by doubling. `finish()` hands over the bytes written; the writer
 * must not be used afterwards, because the result is a view of its buffer, not a copy.
 */
import { writeInt64 } from './int64.ts'
import { zigzag32 } from './varint.ts'

const utf8 = new TextEncoder()

export class Writer {
  #bytes: Uint8Array
  #view: DataView
  /** Bytes written so far, and the position of the next write. */
  offset = 0

  constructor(initialBytes = 256) {
    this.#bytes = new Uint8Array(initialBytes)
    this.#view = new DataView(this.#bytes.buffer)
  }

  /** Makes room for `count` bytes and returns where they begin. */
  #grow(count: number): number {
    const at = this.offset
    const wanted = at + count
    if (wanted > this.#bytes.byteLength) {
      const grown = new Uint8Array(Math.max(wanted, this.#bytes.byteLength * 2))
      grown.set(this.#bytes.subarray(0, at))
      this.#bytes = grown
      this.#view = new DataView(grown.buffer)
    }
    this.offset = wanted
    return at
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

  /** Copies the UTF-8 of `text` in, without a length. */
  utf8(text: string): void {
    this.bytes(utf8.encode(text))
  }

  /** Overwrites four bytes written earlier: for lengths known only afterwards. */
  patchInt32(at: number, value: number): void {
    this.#view.setInt32(at, value)
  }

  /** The bytes written. The writer is spent. */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.offset)
  }
}
