/**
 * A big-endian cursor over borrowed bytes. It never copies: `bytes()` and `string()` look into the
 * array it was given. Every read past the end, overlong varint or unsafe 64-bit value throws
 * `MalformedBytes`; it never allocates by a length it has not checked against what remains.
 */
import { readInt64 } from './int64.ts'
import { MalformedBytes } from './malformed.ts'
import { unzigzag32 } from './varint.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export class Reader {
  readonly source: Uint8Array
  readonly view: DataView
  /** Position of the next read, in bytes from the start of `source`. */
  offset: number
  readonly end: number
  /**
   * How many more array elements may be decoded from here. Whoever decodes arrays counts it down
   * and refuses to go below zero: small elements weigh far more in memory than as bytes.
   */
  elementsLeft = Infinity

  constructor(source: Uint8Array, offset = 0, end = source.byteLength) {
    this.source = source
    this.view = new DataView(source.buffer, source.byteOffset, source.byteLength)
    this.offset = offset
    this.end = end
  }

  get remaining(): number {
    return this.end - this.offset
  }

  #take(count: number): number {
    const at = this.offset
    if (count < 0 || count > this.end - at)
      throw new MalformedBytes(`${count} bytes wanted, ${this.end - at} left`)
    this.offset = at + count
    return at
  }

  int8(): number {
    return this.view.getInt8(this.#take(1))
  }

  uint8(): number {
    return this.view.getUint8(this.#take(1))
  }

  int16(): number {
    return this.view.getInt16(this.#take(2))
  }

  uint16(): number {
    return this.view.getUint16(this.#take(2))
  }

  int32(): number {
    return this.view.getInt32(this.#take(4))
  }

  uint32(): number {
    return this.view.getUint32(this.#take(4))
  }

  /** A 64-bit integer within ±(2^53 − 1); anything beyond is malformed. */
  int64(): number {
    const value = readInt64(this.view, this.#take(8))
    if (!Number.isSafeInteger(value)) throw new MalformedBytes('64-bit integer beyond 2^53 - 1')
    return value
  }

  /** A 64-bit integer; beyond ±(2^53 − 1) it reads as that bound. */
  saturatingInt64(): number {
    const value = readInt64(this.view, this.#take(8))
    return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value))
  }

  float64(): number {
    return this.view.getFloat64(this.#take(8))
  }

  /** An unsigned varint of at most 32 bits. */
  uvarint(): number {
    let value = 0
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.uint8()
      value |= (byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
    const last = this.uint8()
    if (last > 0x0f) throw new MalformedBytes('varint longer than 32 bits')
    return (value | (last << 28)) >>> 0
  }

  /** A zig-zag varint of at most 32 bits. */
  varint(): number {
    return unzigzag32(this.uvarint())
  }

  /** A zig-zag varlong within ±(2^53 − 1). */
  varlong(): number {
    // Two halves of 28 bits keep the bit operations within int32; the rest is multiplied in.
    let low = 0
    let high = 0
    let scale = 1
    for (let count = 0; ; count += 1) {
      if (count === 10) throw new MalformedBytes('varlong longer than 64 bits')
      const byte = this.uint8()
      if (count < 4) low |= (byte & 0x7f) << (7 * count)
      else {
        high += (byte & 0x7f) * scale
        scale *= 128
      }
      if (byte < 0x80) break
    }
    const half = high * 0x800_0000 + Math.floor(low / 2)
    const value = low & 1 ? -half - 1 : half
    if (!Number.isSafeInteger(value)) throw new MalformedBytes('varlong beyond 2^53 - 1')
    return value
  }

  /** The next `count` bytes, borrowed from the source. */
  bytes(count: number): Uint8Array {
    const at = this.#take(count)
    return this.source.subarray(at, at + count)
  }

  skip(count: number): void {
    this.#take(count)
  }

  /** The next `count` bytes as strict UTF-8. */
  utf8(count: number): string {
    const bytes = this.bytes(count)
    try {
      return utf8.decode(bytes)
    } catch {
      throw new MalformedBytes('a string is not UTF-8')
    }
  }
}
