/**
 * 64-bit integers as `number`. Offsets, timestamps and producer ids never come near 2^53, so a
 * number is exact for all of them; what is beyond is refused where bytes enter (see
 * `Reader.int64`). `DataView` in two words is an order of magnitude faster than BigInt reads
 * (docs/adr/0002).
 */
const TWO_POW_32 = 0x1_0000_0000

/**
 * Reads a big-endian int64. Beyond ±(2^53 − 1) the result is rounded and not a safe integer, so
 * `Number.isSafeInteger` tells whether it may be used.
 */
export function readInt64(view: DataView, at: number): number {
  return view.getInt32(at) * TWO_POW_32 + view.getUint32(at + 4)
}

/** Writes a safe integer as a big-endian int64. */
export function writeInt64(view: DataView, at: number, value: number): void {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe 64-bit integer: ${value}`)
  view.setInt32(at, Math.floor(value / TWO_POW_32))
  view.setUint32(at + 4, value >>> 0)
}
