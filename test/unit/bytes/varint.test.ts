/**
 * Goal: varints of all kinds are what Kafka writes, their sizes are known beforehand, and overlong
 * or endless ones are refused.
 * Method: a BigInt implementation of base 128 and zig-zag as the reference.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MalformedBytes } from '../../../src/bytes/malformed.ts'
import { Reader } from '../../../src/bytes/reader.ts'
import {
  unzigzag32,
  uvarintBytes,
  varintBytes,
  varlongBytes,
  zigzag32,
} from '../../../src/bytes/varint.ts'
import { Writer } from '../../../src/bytes/writer.ts'

const MAX = Number.MAX_SAFE_INTEGER

function base128(value: bigint): Uint8Array {
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  return Uint8Array.from([...bytes, Number(rest)])
}

const zigzag = (value: bigint) => (value >= 0n ? value * 2n : -value * 2n - 1n)

function written(write: (writer: Writer) => void): Uint8Array {
  const writer = new Writer(1)
  write(writer)
  return Uint8Array.from(writer.finish())
}

/** Numbers of every size in bits, and both neighbours of every power of two. */
function integers(bits: number, signed: boolean): fc.Arbitrary<number> {
  const edges = Array.from({ length: bits }, (_, bit) => 2 ** bit).flatMap((power) => [
    power - 1,
    power,
  ])
  const max = 2 ** bits - 1
  const any = fc.oneof(fc.constantFrom(...edges, max), fc.maxSafeInteger())
  const positive = any.map((value) => Math.abs(value)).filter((value) => value <= max)
  return signed ? fc.tuple(positive, fc.boolean()).map(([n, minus]) => (minus ? -n : n)) : positive
}

describe('varints', () => {
  it('unsigned, 32 bits', () => {
    fc.assert(
      fc.property(fc.oneof(integers(32, false), fc.nat()), (value) => {
        const bytes = base128(BigInt(value))
        expect(written((writer) => writer.uvarint(value))).toEqual(bytes)
        expect(new Reader(bytes).uvarint()).toBe(value)
        expect(uvarintBytes(value)).toBe(bytes.byteLength)
      }),
    )
  })

  it('zig-zag, 32 bits', () => {
    const lowest = fc.constant(-(2 ** 31))
    fc.assert(
      fc.property(fc.oneof(integers(31, true), fc.integer(), lowest), (value) => {
        const bytes = base128(zigzag(BigInt(value)))
        expect(written((writer) => writer.varint(value))).toEqual(bytes)
        expect(new Reader(bytes).varint()).toBe(value | 0)
        expect(varintBytes(value)).toBe(bytes.byteLength)
        expect(unzigzag32(zigzag32(value))).toBe(value | 0)
      }),
    )
  })

  it('zig-zag, up to 2^53 − 1', () => {
    fc.assert(
      fc.property(fc.oneof(integers(53, true), fc.maxSafeInteger()), (value) => {
        const bytes = base128(zigzag(BigInt(value)))
        expect(written((writer) => writer.varlong(value))).toEqual(bytes)
        expect(new Reader(bytes).varlong() + 0).toBe(value + 0)
        expect(varlongBytes(value)).toBe(bytes.byteLength)
      }),
    )
  })

  it('a varlong beyond 2^53 − 1 is malformed', () => {
    const beyond = fc
      .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
      .filter((value) => value > BigInt(MAX) || value < -BigInt(MAX))
    const named = fc.constantFrom(2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n))
    fc.assert(
      fc.property(fc.oneof(beyond, named), (value) => {
        expect(() => new Reader(base128(zigzag(value))).varlong()).toThrow(MalformedBytes)
      }),
    )
  })

  it.each([
    ['a uvarint of 33 bits', [0xff, 0xff, 0xff, 0xff, 0x10]],
    ['a uvarint of six bytes', [0x80, 0x80, 0x80, 0x80, 0x80, 0x00]],
    ['a uvarint that does not end', [0x80, 0x80]],
    ['no byte at all', []],
  ])('%s is malformed', (_, bytes) => {
    expect(() => new Reader(Uint8Array.from(bytes)).uvarint()).toThrow(MalformedBytes)
    expect(() => new Reader(Uint8Array.from(bytes)).varint()).toThrow(MalformedBytes)
  })

  it('a varlong of eleven bytes, or without an end, is malformed', () => {
    const eleven = new Uint8Array(11).fill(0x80)
    expect(() => new Reader(eleven).varlong()).toThrow(MalformedBytes)
    expect(() => new Reader(eleven.subarray(0, 4)).varlong()).toThrow(MalformedBytes)
  })
})
