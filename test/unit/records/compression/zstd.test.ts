/**
 * Goal: our own zstd decoder agrees with the reference library on everything that can be written,
 * and pays for nothing that is merely claimed.
 * Method: the reference library writes frames at levels that use every feature of the format, from
 * data of several textures; frames put together by hand lie in each field. (During development
 * the decoder also agreed with the reference library on 400,000 frames damaged at random.)
 */
import { compress as compressAtLevel } from '@bokuweb/zstd-wasm'
import { beforeAll, describe, expect, it } from 'vitest'
import { decompressZstd, loadZstd } from '../../../../src/records/compression/zstd.ts'

const corrupt = expect.objectContaining({ code: 'CORRUPT_COMPRESSED_DATA' }) as Error
const tooLarge = expect.objectContaining({ code: 'DECOMPRESSED_TOO_LARGE' }) as Error

beforeAll(() => loadZstd())

/** A small generator, so that every run sees the same bytes. */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

const TEXTURES: Record<string, (sizeBytes: number) => Uint8Array> = {
  noise(sizeBytes) {
    const next = generator(1)
    return Uint8Array.from({ length: sizeBytes }, () => next(256))
  },
  'one byte': (sizeBytes) => new Uint8Array(sizeBytes).fill(7),
  words(sizeBytes) {
    const next = generator(2)
    const words = Array.from({ length: 60 }, () => 'abcdefghij'.slice(next(10)).repeat(1 + next(3)))
    const bytes = Buffer.alloc(sizeBytes)
    for (let at = 0; at < sizeBytes;) at += bytes.write(`${words[next(1 + next(60))] ?? ''} `, at)
    return bytes
  },
  'skewed symbols'(sizeBytes) {
    const next = generator(3)
    return Uint8Array.from({ length: sizeBytes }, () => next(1 + next(1 + next(40))))
  },
  /** Copies from a few distances in turn, so that the latest offsets are named all the time. */
  'a few distances'(sizeBytes) {
    const next = generator(5)
    const bytes = Uint8Array.from({ length: sizeBytes }, () => next(256))
    for (let at = 4_000; at < sizeBytes; at += 20 + next(4)) {
      const from = at - ([1_000, 1_517, 2_311, 3_001][next(4)] ?? 1_000)
      bytes.copyWithin(at, from, from + 16)
    }
    return bytes
  },
  'long repeats'(sizeBytes) {
    const next = generator(4)
    const period = Uint8Array.from({ length: 3_000 }, () => next(256))
    return Uint8Array.from({ length: sizeBytes }, (_, at) => period[at % 3_000] ?? 0)
  },
}

describe('frames of the reference library', () => {
  const sizes = [1, 31, 255, 256, 1_000, 65_791, 131_072, 300_000]
  it.each(Object.keys(TEXTURES))('%s', (texture) => {
    for (const sizeBytes of sizes) {
      const bytes = TEXTURES[texture]?.(sizeBytes) ?? new Uint8Array(0)
      for (const level of [-5, 1, 3, 9, 19]) {
        const frame = compressAtLevel(Buffer.from(bytes), level)
        const opened = decompressZstd(frame, sizeBytes)
        expect(Buffer.compare(opened, bytes), `${sizeBytes} bytes at level ${level}`).toBe(0)
      }
    }
  })
})

describe('frames put together by hand', () => {
  const MAGIC = [0x28, 0xb5, 0x2f, 0xfd]
  /** No content size, a window of 2 MiB. */
  const UNSIZED = [...MAGIC, 0x00, 0x58]
  type Kind = 0 | 1 | 2 | 3
  const RAW = 0
  const REPEAT = 1
  const COMPRESSED = 2

  function block(kind: Kind, size: number, content: readonly number[], isLast = true): number[] {
    const header = (isLast ? 1 : 0) | (kind << 1) | (size << 3)
    return [header & 0xff, (header >> 8) & 0xff, header >> 16, ...content]
  }
  const compressed = (...content: number[]) => block(COMPRESSED, content.length, content)
  const open = (bytes: readonly number[], maxBytes = 1_000_000) =>
    decompressZstd(Uint8Array.from(bytes), maxBytes)

  it('reads raw and repeated blocks', () => {
    const frame = [...UNSIZED, ...block(RAW, 2, [65, 66], false), ...block(REPEAT, 3, [67])]
    expect(Buffer.from(open(frame)).toString()).toBe('ABCCC')
    expect(() => open(frame, 4)).toThrow(tooLarge)
  })

  it('reads literals without sequences', () => {
    expect(Buffer.from(open([...UNSIZED, ...compressed(0x18, 65, 66, 67, 0)])).toString()).toBe(
      'ABC',
    )
    expect(Buffer.from(open([...UNSIZED, ...compressed(0x19, 65, 0)])).toString()).toBe('AAA')
  })

  it('reads Huffman literals, and takes all their bits', () => {
    // Symbols 0 and 1 in one bit each; the stream holds 0, 1, 1 behind its end mark.
    const literals = (size: number) => [0x02 | (size << 4), 0xc0, 0x00, 128, 0x10, 0b1011, 0]
    expect([...open([...UNSIZED, ...compressed(...literals(3))])]).toEqual([0, 1, 1])
    for (const size of [2, 4])
      expect(() => open([...UNSIZED, ...compressed(...literals(size))])).toThrow(corrupt)
  })

  it('computes nothing for sequences that nobody wrote', () => {
    // 43,690 sequences of 131,074 bytes each, in 25 bytes: three tables of a single state, and a
    // stream that holds no bits at all.
    const count = [255, (43_690 - 0x7f00) & 0xff, (43_690 - 0x7f00) >> 8]
    const sequences = [0x00, ...count, 0b0101_0100, 35, 0, 52, 1]
    expect(() => open([...UNSIZED, ...compressed(...sequences)])).toThrow(corrupt)
  })

  it('stops a block whose sequences cost no bits, at what a block may hold', () => {
    // 98,047 times one literal (all the same, so written once) and a copy of the 34 bytes before.
    const count = 0x7f00 + 0xffff
    const literals = [0x0d | ((count & 0x0f) << 4), (count >> 4) & 0xff, count >> 12, 65]
    const sequences = [...literals, 255, 0xff, 0xff, 0b0101_0100, 1, 0, 31, 1]
    const frame = [...UNSIZED, ...compressed(...sequences)]
    expect(() => open(frame)).toThrow(corrupt)
    expect(() => open(frame, 1_000)).toThrow(tooLarge)
  })

  it('opens no bomb of repeated blocks', () => {
    const many = Array.from({ length: 10_000 }, () => block(REPEAT, 131_072, [0], false)).flat()
    expect(() => open([...UNSIZED, ...many, ...block(RAW, 0, [])])).toThrow(tooLarge)
  })

  it('allocates nothing for a content size alone', () => {
    const promised = [...MAGIC, 0xe0, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0]
    expect(() => open([...promised, ...block(RAW, 1, [65])])).toThrow(tooLarge)
    expect(() => open([...promised, ...block(RAW, 1, [65])], 2 ** 52)).toThrow(corrupt)
  })

  it.each([
    ['nothing at all', []],
    ['a skippable frame alone', [0x50, 0x2a, 0x4d, 0x18, 1, 0, 0, 0, 9]],
    ['a skippable frame cut short', [0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9]],
    ['another magic', [0x28, 0xb5, 0x2f, 0xfc, 0, 0x58, ...block(RAW, 0, [])]],
    ['no header', MAGIC],
    ['no block', UNSIZED],
    ['no last block', [...UNSIZED, ...block(RAW, 1, [65], false)]],
    ['a reserved header bit', [...MAGIC, 0x08, 0x58, ...block(RAW, 0, [])]],
    ['a dictionary', [...MAGIC, 0x01, 0x58, 7, ...block(RAW, 0, [])]],
    ['a missing checksum', [...MAGIC, 0x04, 0x58, ...block(RAW, 0, [])]],
    ['a block of the reserved type', [...UNSIZED, ...block(3, 1, [65])]],
    ['a raw block cut short', [...UNSIZED, ...block(RAW, 2, [65])]],
    ['a block larger than any', [...UNSIZED, ...block(REPEAT, 131_073, [65])]],
    ['a block larger than the window', [...MAGIC, 0x00, 0x00, ...block(REPEAT, 1_025, [65])]],
    ['less than the content size', [...MAGIC, 0x20, 2, ...block(RAW, 1, [65])]],
    ['more than the content size', [...MAGIC, 0x20, 1, ...block(RAW, 2, [65, 66])]],
    ['bytes behind the frame', [...UNSIZED, ...block(RAW, 0, []), 0]],
    ['an empty compressed block', [...UNSIZED, ...compressed()]],
    ['literals beyond the block', [...UNSIZED, ...compressed(0x28, 65, 66, 0)]],
    ['no sequences section', [...UNSIZED, ...compressed(0x08, 65)]],
    ['bytes behind the sequences', [...UNSIZED, ...compressed(0x08, 65, 0, 0)]],
    ['reserved sequence bits', [...UNSIZED, ...compressed(0x08, 65, 1, 1, 1)]],
    ['a table to repeat that is not there', [...UNSIZED, ...compressed(0x08, 65, 1, 0xfc, 1)]],
    ['a code that does not exist', [...UNSIZED, ...compressed(0x08, 65, 1, 0x54, 36, 0, 0, 1)]],
    ['a Huffman tree to repeat', [...UNSIZED, ...compressed(0x13, 0x40, 0, 1, 0)]],
    ['a stream without an end mark', [...UNSIZED, ...compressed(0x08, 65, 1, 0x54, 1, 0, 0, 0)]],
    ['bits left over', [...UNSIZED, ...compressed(0x08, 65, 1, 0x54, 1, 2, 0, 8)]],
    ['a copy from before the frame', [...UNSIZED, ...compressed(0x08, 65, 1, 0x54, 1, 2, 0, 7)]],
  ] as const)('refuses %s', (_what, bytes) => {
    expect(() => open(bytes)).toThrow(corrupt)
  })
})
