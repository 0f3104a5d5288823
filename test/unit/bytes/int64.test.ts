/**
 * Goal: 64-bit numbers are exact up to 2^53 − 1 and refused, or saturated where asked, beyond it.
 * Method: BigInt as the reference, with every boundary named.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readInt64, writeInt64 } from '../../../src/bytes/int64.ts'
import { MalformedBytes } from '../../../src/bytes/malformed.ts'
import { Reader } from '../../../src/bytes/reader.ts'
import { Writer } from '../../../src/bytes/writer.ts'

const MAX = Number.MAX_SAFE_INTEGER
const EDGES = [0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 32 - 1, 2 ** 32, -(2 ** 32), MAX, -MAX]

const safeInteger = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(...EDGES))

function int64Bytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigInt64(0, value)
  return bytes
}

describe('int64', () => {
  it('is written and read as BigInt would', () => {
    fc.assert(
      fc.property(safeInteger, (value) => {
        const view = new DataView(new ArrayBuffer(8))
        writeInt64(view, 0, value)
        expect(view.getBigInt64(0)).toBe(BigInt(value))
        expect(readInt64(view, 0)).toBe(value)
        expect(new Reader(int64Bytes(BigInt(value))).int64()).toBe(value)
        expect(new Reader(int64Bytes(BigInt(value))).saturatingInt64()).toBe(value)
        const writer = new Writer()
        writer.int64(value)
        expect(writer.finish()).toEqual(int64Bytes(BigInt(value)))
      }),
    )
  })

  it('is malformed beyond 2^53 − 1, or becomes that bound', () => {
    const beyond = fc
      .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
      .filter((value) => value > BigInt(MAX) || value < -BigInt(MAX))
    const named = fc.constantFrom(2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n))
    fc.assert(
      fc.property(fc.oneof(beyond, named), (value) => {
        expect(() => new Reader(int64Bytes(value)).int64()).toThrow(MalformedBytes)
        expect(new Reader(int64Bytes(value)).saturatingInt64()).toBe(value > 0n ? MAX : -MAX)
      }),
    )
  })

  it.each([2 ** 53, -(2 ** 53), 0.5, NaN, Infinity])('%d is not written', (value) => {
    expect(() => new Writer().int64(value)).toThrow(RangeError)
    expect(() => new Writer().varlong(value)).toThrow(RangeError)
  })
})
