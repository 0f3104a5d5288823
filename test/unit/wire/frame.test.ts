/**
 * Goal: frames come out as they were sent however the network cut the stream and whenever they are
 * taken, though chunks are only lent and memory is used again; a lying size is refused without
 * memory being spent on it. Method: a property over frames, cuts and pauses, in which all memory
 * that was given back is written over; single cases at the bounds.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MalformedBytes } from '../../../src/bytes/malformed.ts'
import { FrameReader } from '../../../src/wire/frame.ts'
import { ReusedMemory } from '../../../src/bytes/reused-memory.ts'

const MAX_BYTES = 3_000_000

function framed(bodies: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(
    Buffer.concat(
      bodies.flatMap((body) => {
        const size = new Uint8Array(4)
        new DataView(size.buffer).setInt32(0, body.byteLength)
        return [size, body]
      }),
    ),
  )
}

function sizeOnly(size: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setInt32(0, size)
  return bytes
}

const readerOf = (maxBytes: number) =>
  new FrameReader({ maxBytes, memory: new ReusedMemory({ spareBytesMax: 8_000_000 }) })

const POISON = 0xa5

/** Copies of the frames that can be taken; what they lay in is given back and written over. */
function drain(reader: FrameReader, most = Infinity): Uint8Array[] {
  const frames: Uint8Array[] = []
  while (frames.length < most) {
    const frame = reader.next()
    if (frame === null) break
    frames.push(Uint8Array.from(frame))
    reader.done(frame)
    frame.fill(POISON)
  }
  return frames
}

interface Cuts {
  /** Lengths of the pieces, over and over. */
  readonly lengths: readonly number[]
  /** How many frames may be taken of each piece, over and over; the rest has to be kept. */
  readonly takes?: readonly number[]
}

/** Pushes the stream in pieces, all of them through one reused buffer. */
function pushInPieces(reader: FrameReader, stream: Uint8Array, { lengths, takes = [] }: Cuts) {
  const frames: Uint8Array[] = []
  const chunk = new Uint8Array(Math.max(...lengths))
  for (let at = 0, turn = 0; at < stream.byteLength; turn += 1) {
    const length = Math.min(lengths[turn % lengths.length] ?? 1, stream.byteLength - at)
    chunk.set(stream.subarray(at, at + length))
    reader.push(chunk.subarray(0, length))
    frames.push(...drain(reader, takes[turn % takes.length]))
    reader.keep()
    chunk.fill(POISON)
    at += length
  }
  return [...frames, ...drain(reader)]
}

describe('FrameReader', () => {
  it('gives back the frames however the stream was cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat({ max: 3 }), { maxLength: 4 }),
        (bodies, lengths, takes) => {
          const reader = readerOf(MAX_BYTES)
          expect(pushInPieces(reader, framed(bodies), { lengths, takes })).toEqual(bodies)
          expect(reader.bufferedBytes).toBe(0)
        },
      ),
    )
  })

  it('gives back frames larger than what is allocated at once', () => {
    const bodies = [1_048_576, 1_048_577, 3_000_000].map((size) =>
      Uint8Array.from({ length: size }, (_, index) => index % 251),
    )
    const reader = readerOf(MAX_BYTES)
    const cuts = { lengths: [65_536, 1, 999], takes: [0, 1] }
    const frames = pushInPieces(reader, framed(bodies), cuts)
    expect(frames.map((frame, index) => Buffer.compare(frame, bodies[index] ?? frame))).toEqual([
      0, 0, 0,
    ])
  })

  it('copies nothing of a frame that lies in one chunk and is taken at once', () => {
    const reader = readerOf(MAX_BYTES)
    const chunk = framed([new Uint8Array(100), new Uint8Array(50_000)])
    reader.push(chunk)
    expect([reader.next(), reader.next()].map((frame) => frame?.buffer === chunk.buffer)).toEqual([
      true,
      true,
    ])
  })

  it('uses the memory of large frames again, as soon as it is given back', () => {
    const memory = new ReusedMemory({ spareBytesMax: 8_000_000 })
    const reader = new FrameReader({ maxBytes: MAX_BYTES, memory })
    const [first, second] = [0, 1].map(() => {
      const stream = framed([new Uint8Array(100_000)])
      for (const piece of [stream.subarray(0, 60_000), stream.subarray(60_000)]) {
        reader.push(piece)
        if (piece.byteLength === 60_000) expect(reader.next()).toBeNull()
      }
      const frame = reader.next() as Uint8Array
      reader.done(frame)
      // Once is enough: a second time must not make it two.
      reader.done(frame)
      return frame
    })
    expect(second?.buffer).toBe(first?.buffer)
    expect(memory.spareBytes).toBe(131_072)
  })

  it('counts what it holds: sizes, frames not taken, and the beginning of the next', () => {
    const reader = readerOf(MAX_BYTES)
    reader.push(framed([new Uint8Array(10), new Uint8Array(20)]).subarray(0, 30))
    expect(reader.bufferedBytes).toBe(30)
    expect(reader.next()?.byteLength).toBe(10)
    expect(reader.next()).toBeNull()
    expect(reader.bufferedBytes).toBe(16)
    reader.push(new Uint8Array(8))
    expect(reader.next()?.byteLength).toBe(20)
    expect(reader.bufferedBytes).toBe(0)
  })

  it('holds what waits at the price of its bytes, however many frames that are', () => {
    const reader = readerOf(MAX_BYTES)
    const empty = new Uint8Array(1_000_000)
    const used = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
    const before = used()
    reader.push(empty)
    reader.keep()
    expect(used() - before).toBeLessThan(2 * empty.byteLength)
    expect(reader.bufferedBytes).toBe(empty.byteLength)
    expect(drain(reader)).toHaveLength(250_000)
    expect(reader.bufferedBytes).toBe(0)
  })

  it('gathers what waits and came in small pieces, and counts all the memory it takes', () => {
    const reader = readerOf(MAX_BYTES)
    const pieces = 50_000
    for (let count = 0; count < pieces; count += 1) {
      reader.push(new Uint8Array(10))
      reader.keep()
    }
    expect(reader.bufferedBytes).toBeGreaterThanOrEqual(10 * pieces)
    expect(reader.bufferedBytes).toBeLessThan(1.1 * 10 * pieces)
    expect(reader.next()?.buffer.byteLength).toBeLessThanOrEqual(16_384)
    expect(1 + drain(reader).length).toBe((10 * pieces) / 4)
    expect(reader.bufferedBytes).toBe(0)
  })

  it.each([
    ['negative', -1],
    ['one too large', MAX_BYTES + 1],
    ['an HTTP verb', Buffer.from('GET ').readInt32BE()],
    ['a TLS hello', Buffer.from([0x16, 0x03, 0x01, 0x02]).readInt32BE()],
  ])('refuses a size that is %s, after the good frames before it, and for good', (_, size) => {
    const reader = readerOf(MAX_BYTES)
    reader.push(Uint8Array.from([...framed([new Uint8Array(3)]), ...sizeOnly(size)]))
    expect(reader.next()?.byteLength).toBe(3)
    expect(() => reader.next()).toThrow(MalformedBytes)
    reader.push(framed([new Uint8Array(3)]))
    expect(() => reader.next()).toThrow(MalformedBytes)
    expect(reader.bufferedBytes).toBeLessThanOrEqual(4)
  })

  it('takes a frame of exactly the bound', () => {
    const reader = readerOf(8)
    reader.push(framed([new Uint8Array(8)]))
    expect(reader.next()?.byteLength).toBe(8)
  })

  it('spends a mebibyte at most on a claim that nothing follows', () => {
    const before = process.memoryUsage().arrayBuffers
    const readers = Array.from({ length: 20 }, () => {
      const reader = readerOf(0x7fff_ffff)
      reader.push(sizeOnly(0x7fff_ffff))
      return reader
    })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(readers.length * 1.1 * 2 ** 20)
    expect(readers.every((reader) => reader.next() === null)).toBe(true)
  })
})

it.each([
  ['GET / HTTP/1.1\r\n', 'this is HTTP, not the Kafka protocol'],
  ['POST /x HTTP/1.1\r\n', 'this is HTTP, not the Kafka protocol'],
  ['\x16\x03\x01\x02\x00\x01', 'this is TLS; the listener speaks plain text'],
])('what is sent to a Kafka port by mistake is named: %j', (text, reason) => {
  const frames = readerOf(104_857_600)
  frames.push(Buffer.from(text, 'latin1'))
  expect(() => frames.next()).toThrow(reason)
})
