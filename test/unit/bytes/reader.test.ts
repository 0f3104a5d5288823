/**
 * Goal: a reader returns what was written, borrows rather than copies, and never reads past its
 * end. Method: one value of each kind, then every kind at every distance from the end.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MalformedBytes } from '../../../src/bytes/malformed.ts'
import { Reader } from '../../../src/bytes/reader.ts'
import { Writer } from '../../../src/bytes/writer.ts'

describe('Reader', () => {
  it('reads each kind back', () => {
    const writer = new Writer(1)
    writer.int8(-2)
    writer.int16(-300)
    writer.uint16(65_535)
    writer.int32(-70_000)
    writer.uint32(4_294_967_295)
    writer.int64(-(2 ** 40))
    writer.float64(0.1)
    writer.uvarint(300)
    writer.varint(-300)
    writer.varlong(-(2 ** 40))
    writer.utf8('ä€𐍈')
    writer.bytes(Uint8Array.of(1, 2, 3))
    const reader = new Reader(writer.finish())
    expect([
      reader.int8(),
      reader.int16(),
      reader.uint16(),
      reader.int32(),
      reader.uint32(),
      reader.int64(),
      reader.float64(),
      reader.uvarint(),
      reader.varint(),
      reader.varlong(),
      reader.utf8(9),
    ]).toEqual([
      -2,
      -300,
      65_535,
      -70_000,
      4_294_967_295,
      -(2 ** 40),
      0.1,
      300,
      -300,
      -(2 ** 40),
      'ä€𐍈',
    ])
    reader.skip(1)
    expect(reader.bytes(2)).toEqual(Uint8Array.of(2, 3))
    expect(reader.remaining).toBe(0)
  })

  it('borrows from its source, also where that is a part of something larger', () => {
    const whole = Uint8Array.of(9, 9, 0, 7, 1, 2, 9)
    const reader = new Reader(whole.subarray(2, 6))
    expect(reader.int16()).toBe(7)
    const borrowed = reader.bytes(2)
    whole[4] = 5
    expect(borrowed).toEqual(Uint8Array.of(5, 2))
  })

  it.each([
    ['int8', 1],
    ['uint8', 1],
    ['int16', 2],
    ['uint16', 2],
    ['int32', 4],
    ['uint32', 4],
    ['int64', 8],
    ['saturatingInt64', 8],
    ['float64', 8],
  ] as const)('%s wants %i bytes, though the source goes on behind its end', (kind, size) => {
    for (let left = 0; left < size; left += 1) {
      const reader = new Reader(new Uint8Array(32), 3, 3 + left)
      expect(() => reader[kind]()).toThrow(MalformedBytes)
      expect(reader.offset).toBe(3)
    }
    const reader = new Reader(new Uint8Array(32), 3, 3 + size)
    expect(reader[kind]()).toBe(0)
    expect(reader.remaining).toBe(0)
  })

  it.each([-1, 5, 2 ** 31, 2 ** 40])('a length of %d with 4 bytes left is malformed', (count) => {
    for (const read of ['bytes', 'skip', 'utf8'] as const)
      expect(() => new Reader(new Uint8Array(4))[read](count)).toThrow(MalformedBytes)
  })

  it('text comes back exactly, a byte order mark included, or is not UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bytes = new TextEncoder().encode(`\ufeff${text}`)
        expect(new Reader(bytes).utf8(bytes.byteLength)).toBe(`\ufeff${text}`)
      }),
    )
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 8 }), (bytes) => {
        const lossy = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
        const valid = Buffer.from(lossy).equals(bytes)
        const read = () => new Reader(bytes).utf8(bytes.byteLength)
        if (valid) expect(read()).toBe(lossy)
        else expect(read).toThrow(MalformedBytes)
      }),
    )
  })
})
