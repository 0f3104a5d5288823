/**
 * Goal: every codec gives back what went in, reads what other programs wrote, stays within its
 * bound, and answers anything else with one of two errors: no other exception, no crash.
 * Method: round trips of sizes around every block boundary; golden files; a bomb for each codec;
 * golden files flipped, cut and overwritten at random, because a native codec that trusts its input
 * would take the process with it.
 */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { CODECS, type Codec } from '../../../../src/records/batch.ts'
import { isCompressionError } from '../../../../src/records/compression/errors.ts'
import { compress, decompress, loadCodec } from '../../../../src/records/compression/index.ts'
import { MAX_BYTES, golden, utf8 } from '../arbitrary.ts'

type Compressed = Exclude<Codec, 'none'>
const COMPRESSED = CODECS.slice(1) as readonly Compressed[]

const corrupt = expect.objectContaining({ code: 'CORRUPT_COMPRESSED_DATA' }) as Error
const tooLarge = expect.objectContaining({ code: 'DECOMPRESSED_TOO_LARGE' }) as Error

/** Bytes that compress neither perfectly nor not at all; the same for the same size. */
function sample(sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes)
  let state = 1
  for (let at = 0; at < sizeBytes; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    bytes[at] = at % 400 < 250 ? (state >>> 24) & 0x1f : at % 7
  }
  return bytes
}

/** Bytes without any pattern that a codec could find; the same for the same size. */
function noise(sizeBytes: number): Uint8Array {
  let state = 1
  return Uint8Array.from({ length: sizeBytes }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state >>> 24
  })
}

beforeAll(() => loadCodec('zstd'))

describe.each(COMPRESSED)('%s', (codec) => {
  it.each([0, 1, 2, 15, 100, 32_767, 32_768, 32_769, 65_535, 65_536, 65_537])(
    'gives back %i bytes',
    (sizeBytes) => {
      const bytes = sample(sizeBytes)
      const compressed = compress(codec, bytes)
      expect(Buffer.compare(decompress(codec, compressed, sizeBytes), bytes)).toBe(0)
      if (sizeBytes > 0)
        expect(() => decompress(codec, compressed, sizeBytes - 1)).toThrow(tooLarge)
    },
  )

  it('gives back what cannot be compressed, and no more than asked for', () => {
    const bytes = noise(200_000)
    const compressed = compress(codec, bytes)
    expect(Buffer.compare(decompress(codec, compressed, 200_000), bytes)).toBe(0)
    for (const maxBytes of [0, 50_000, 199_999])
      expect(() => decompress(codec, compressed, maxBytes)).toThrow(tooLarge)
  })

  it.each([131_071, 131_072, 131_073, 262_144, 1_048_576, 5_000_001])(
    'gives back %i bytes, and no more than asked for',
    (sizeBytes) => {
      const bytes = sample(sizeBytes)
      const compressed = compress(codec, bytes)
      expect(compressed.byteLength).toBeLessThan(sizeBytes)
      expect(Buffer.compare(decompress(codec, compressed, sizeBytes), bytes)).toBe(0)
      expect(() => decompress(codec, compressed, sizeBytes - 1)).toThrow(tooLarge)
    },
  )

  it('gives back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
        const opened = decompress(codec, compress(codec, bytes), bytes.byteLength)
        expect(Buffer.compare(opened, bytes)).toBe(0)
      }),
    )
  })

  it('reads a view in the middle of a larger array', () => {
    const compressed = compress(codec, utf8('in the middle'))
    const around = Buffer.concat([Buffer.alloc(7, 0xff), compressed, Buffer.alloc(9, 0xff)])
    const opened = decompress(codec, around.subarray(7, 7 + compressed.byteLength), MAX_BYTES)
    expect(Buffer.from(opened).toString()).toBe('in the middle')
  })

  it('refuses nothing, a truncation at any place, and plain text', () => {
    const compressed = compress(codec, utf8('some text, some text, and the same text again'))
    for (let size = 0; size < compressed.byteLength; size += 1) {
      // snappy's framing may end behind any block; here that is only behind its header.
      if (codec === 'snappy' && size === 16) continue
      expect(() => decompress(codec, compressed.subarray(0, size), MAX_BYTES)).toThrow(corrupt)
    }
    expect(() => decompress(codec, utf8('plain text'), MAX_BYTES)).toThrow(corrupt)
  })

  it('does not open a bomb', () => {
    const bomb = compress(codec, new Uint8Array(64 * 1024 * 1024))
    expect(bomb.byteLength).toBeLessThan(4 * 1024 * 1024)
    expect(() => decompress(codec, bomb, 1024 * 1024)).toThrow(tooLarge)
  })

  it('ends any damage in one of the two errors, or in other bytes', () => {
    const files = FILES.filter(([, by]) => by === codec).map(([name]) => golden(name))
    const originals = [...files, compress(codec, sample(300)), compress(codec, sample(70_000))]
    const damage = fc.record({
      original: fc.constantFrom(...originals),
      // Headers and block boundaries are where a decoder decides most.
      places: fc.array(fc.oneof(fc.nat(40), fc.nat()), { minLength: 1, maxLength: 4 }),
      values: fc.array(fc.nat(255), { minLength: 4, maxLength: 4 }),
      cut: fc.option(fc.nat(), { freq: 5 }),
    })
    fc.assert(
      fc.property(damage, ({ original, places, values, cut }) => {
        const bytes = Uint8Array.from(original)
        places.forEach((place, index) => (bytes[place % bytes.byteLength] = values[index] ?? 0))
        const end = cut === null ? bytes.byteLength : cut % bytes.byteLength
        try {
          const opened = decompress(codec, bytes.subarray(0, end), 200_000)
          expect(opened.byteLength).toBeLessThanOrEqual(200_000)
        } catch (thrown) {
          if (!isCompressionError(thrown)) throw thrown
        }
      }),
      { numRuns: 3_000 },
    )
  })

  it('ends random bytes in one of the two errors, or in bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        try {
          decompress(codec, bytes, 100_000)
        } catch (thrown) {
          if (!isCompressionError(thrown)) throw thrown
        }
      }),
      { numRuns: 3_000 },
    )
  })
})

const FILES: readonly (readonly [string, Compressed])[] = [
  ['cli-two-members.gz', 'gzip'],
  ['python.snappy', 'snappy'],
  ['python-xerial.snappy', 'snappy'],
  ['cli.lz4', 'lz4'],
  ['python-independent.lz4', 'lz4'],
  ['python-linked-checksums.lz4', 'lz4'],
  ['cli-sized.zst', 'zstd'],
  ['cli-unsized.zst', 'zstd'],
  ['cli-two-frames.zst', 'zstd'],
]

describe('a bomb of 800 MB', () => {
  const PART = new Uint8Array(4 * 1024 * 1024)
  const peakBytes = () => process.resourceUsage().maxRSS * 1024

  const times200 = (bytes: Uint8Array) => Buffer.concat(new Array<Uint8Array>(200).fill(bytes))

  /** The block of a frame of one, 200 times, between the frame's own header and end. */
  function lz4Bomb(): Uint8Array {
    const frame = compress('lz4', PART)
    return Buffer.concat([frame.subarray(0, 7), times200(frame.subarray(7, -4)), frame.slice(-4)])
  }

  it.each([
    ['gzip', () => times200(gzipSync(PART))],
    ['lz4', lz4Bomb],
    ['zstd', () => times200(compress('zstd', PART))],
  ] as const)('takes no more memory than its bound (%s)', (codec, build) => {
    const bomb = build()
    const before = peakBytes()
    expect(() => decompress(codec, bomb, 16 * 1024 * 1024)).toThrow(tooLarge)
    expect(peakBytes() - before).toBeLessThan(128 * 1024 * 1024)
  })
})

describe('what other programs wrote', () => {
  const plain = golden('plain.txt')

  it.each(FILES)('%s', (name, codec) => {
    expect(Buffer.compare(decompress(codec, golden(name), plain.byteLength), plain)).toBe(0)
    expect(() => decompress(codec, golden(name), plain.byteLength - 1)).toThrow(tooLarge)
  })
})

describe('what others have to read', () => {
  it('snappy is framed as snappy-java frames it, in blocks of 32 KiB', () => {
    const framed = compress('snappy', sample(70_000))
    const view = new DataView(framed.buffer, framed.byteOffset)
    expect(Buffer.from(framed.subarray(0, 16)).toString('hex')).toBe(
      '82534e41505059000000000100000001',
    )
    let blocks = 0
    let at = 16
    for (; at < framed.byteLength; at += 4 + view.getInt32(at)) blocks += 1
    expect([blocks, at]).toEqual([3, framed.byteLength])
  })

  it('lz4 is one frame of independent blocks, as Java consumers demand', () => {
    const frame = compress('lz4', sample(70_000))
    expect(Buffer.from(frame.subarray(0, 4)).toString('hex')).toBe('04224d18')
    expect((frame[4] ?? 0) & 0xe0).toBe(0x60)
  })

  it('none is the same bytes', () => {
    const bytes = sample(10)
    expect(compress('none', bytes)).toBe(bytes)
    expect(decompress('none', bytes, 10)).toBe(bytes)
  })
})

describe('lies about sizes', () => {
  it('snappy: a length without the bytes for it', () => {
    // 2^32 − 1 and 1000, each before a block that holds one byte.
    expect(() => decompress('snappy', Uint8Array.of(255, 255, 255, 255, 15, 0, 65), 1e6)).toThrow(
      tooLarge,
    )
    expect(() => decompress('snappy', Uint8Array.of(0xe8, 0x07, 0, 65), 1e6)).toThrow(corrupt)
  })

  it('snappy: framing that points outside', () => {
    const header = [0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]
    for (const block of [[0, 0, 0, 9, 1, 0, 65], [255, 255, 255, 255, 1, 0, 65], [0, 0, 0, 0], [0]])
      expect(() => decompress('snappy', Uint8Array.from([...header, ...block]), 1e6)).toThrow(
        corrupt,
      )
  })

  it('gzip: a bomb behind an honest member', () => {
    const bytes = Buffer.concat([gzipSync('honest'), gzipSync(Buffer.alloc(10_000_000))])
    expect(() => decompress('gzip', bytes, 1_000_000)).toThrow(tooLarge)
  })

  it('lz4: a content size that is not the content', () => {
    const frame = golden('python-linked-checksums.lz4')
    const view = new DataView(frame.buffer)
    view.setUint32(6, 69_999, true)
    expect(() => decompress('lz4', frame, 1e6)).toThrow(corrupt)
    view.setUint32(10, 1, true)
    expect(() => decompress('lz4', frame, 1e6)).toThrow(tooLarge)
  })

  it('lz4: headers that mean nothing, or what we do not do', () => {
    const good = compress('lz4', sample(100))
    const patched = (at: number, value: number) => {
      const bytes = Uint8Array.from(good)
      bytes[at] = value
      return bytes
    }
    for (const bytes of [
      patched(0, 0x02), // the legacy frame
      patched(4, 0xa0), // version 2
      patched(4, 0x61), // with a dictionary
      patched(5, 0x30), // blocks of an unknown size
      Buffer.concat([good, Uint8Array.of(0)]), // bytes behind the frame
    ])
      expect(() => decompress('lz4', bytes, 1e6)).toThrow(corrupt)
  })
})
