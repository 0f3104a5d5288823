/**
 * One compressed block of a zstd frame: literals, then sequences that weave them together with
 * copies of what was already decoded (RFC 8878 §3.1.1.3). Writes only into the space it is given,
 * and stops as soon as a block claims more than a block may hold.
 */
import { corruptData } from './errors.ts'
import {
  BackwardBits,
  buildFseTable,
  readFseTable,
  readHuffmanTable,
  singleSymbolTable,
  type FseTable,
  type HuffmanTable,
} from './zstd-entropy.ts'

/** No block may regenerate more. */
export const MAX_BLOCK_BYTES = 128 * 1024

/** What a block inherits from the ones before it in its frame. */
export interface FrameState {
  /** The three latest offsets, which sequences refer to by number. */
  readonly offsets: [number, number, number]
  huffman: HuffmanTable | null
  literalLengths: FseTable | null
  matchLengths: FseTable | null
  offsetCodes: FseTable | null
}

export function newFrameState(): FrameState {
  return {
    offsets: [1, 4, 8],
    huffman: null,
    literalLengths: null,
    matchLengths: null,
    offsetCodes: null,
  }
}

/** Where a block's output goes. */
export interface BlockSpace {
  readonly out: Uint8Array
  /** Where the frame's output begins: nothing before it may be referred to. */
  readonly frameStart: number
  /** Where the block's begins. */
  readonly start: number
  /** Where it must have ended. */
  readonly limit: number
  /** Called when it has not; throws. */
  readonly overflow: () => never
}

/** A code stands for `bases[code]` and as much more as its extra bits say. */
interface ValueCodes {
  readonly bases: Uint32Array
  readonly extraBits: Uint8Array
}

/** The codes of the given numbers of extra bits, in a row, after `plain` codes without any. */
function valueCodes(first: number, plain: number, extra: readonly number[]): ValueCodes {
  const extraBits = Uint8Array.from([...new Array<number>(plain).fill(0), ...extra])
  const bases = new Uint32Array(extraBits.length)
  let base = first
  extraBits.forEach((bits, code) => {
    bases[code] = base
    base += 1 << bits
  })
  return { bases, extraBits }
}

const LITERAL_LENGTHS = valueCodes(
  0,
  16,
  [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
)
const MATCH_LENGTHS = valueCodes(
  3,
  32,
  [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
)

/** What the format says of each of the three tables (§3.1.1.3.2.2). */
interface TableKind {
  readonly maxSymbol: number
  readonly maxLog: number
  readonly predefined: FseTable
}

const LITERAL_LENGTH_TABLE: TableKind = {
  maxSymbol: 35,
  maxLog: 9,
  predefined: buildFseTable(
    [
      4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1,
      1, -1, -1, -1, -1,
    ],
    6,
  ),
}
const MATCH_LENGTH_TABLE: TableKind = {
  maxSymbol: 52,
  maxLog: 9,
  predefined: buildFseTable(
    [
      1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
      1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
    ],
    6,
  ),
}
const OFFSET_TABLE: TableKind = {
  maxSymbol: 31,
  maxLog: 8,
  predefined: buildFseTable(
    [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1],
    5,
  ),
}

/** Decodes the block within [at, end) of padded `bytes`; returns where its output ends. */
export function decodeBlock(
  bytes: Uint8Array,
  { at, end }: { at: number; end: number },
  state: FrameState,
  space: BlockSpace,
): number {
  const { literals, next } = readLiterals(bytes, { at, end }, state)
  if (literals.length > space.limit - space.start) space.overflow()
  const sequences = readSequencesHeader(bytes, { at: next, end }, state)
  if (sequences === null) {
    space.out.set(literals, space.start)
    return space.start + literals.length
  }
  return runSequences(bytes, { ...sequences, end }, { literals, state, space })
}

/** The literals section (§3.1.1.3.1): raw, one byte repeated, or Huffman coded. */
function readLiterals(
  bytes: Uint8Array,
  { at, end }: { at: number; end: number },
  state: FrameState,
): { literals: Uint8Array; next: number } {
  if (at >= end) throw corruptData('zstd', 'an empty block')
  const head = bytes[at]!
  const type = head & 0x03
  const sizeFormat = (head >> 2) & 0x03
  if (type >= 2) return readHuffmanLiterals(bytes, { at, end }, state)

  // One size in 5, 12 or 20 bits.
  const headerBytes = [1, 2, 1, 3][sizeFormat]!
  const word = head | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16)
  const size = headerBytes === 1 ? head >> 3 : (word & (2 ** (8 * headerBytes) - 1)) >> 4
  const from = at + headerBytes
  const next = from + (type === 0 ? size : 1)
  if (size > MAX_BLOCK_BYTES || next > end) throw corruptData('zstd', `${size} literals`)
  const literals = type === 0 ? bytes.subarray(from, next) : filled(size, bytes[from]!)
  return { literals, next }
}

function filled(size: number, value: number): Uint8Array {
  return new Uint8Array(size).fill(value)
}

function readHuffmanLiterals(
  bytes: Uint8Array,
  { at, end }: { at: number; end: number },
  state: FrameState,
): { literals: Uint8Array; next: number } {
  const head = bytes[at]!
  const sizeFormat = (head >> 2) & 0x03
  // Two sizes, regenerated and compressed, in 10, 10, 14 or 18 bits each, behind four bits.
  const sizeBits = [10, 10, 14, 18][sizeFormat]!
  const headerBytes = [3, 3, 4, 5][sizeFormat]!
  if (at + headerBytes > end) throw corruptData('zstd', 'literals are cut short')
  let word = 0
  for (let index = headerBytes - 1; index >= 0; index -= 1) word = word * 256 + bytes[at + index]!
  word = Math.floor(word / 16)
  const size = word % 2 ** sizeBits
  const compressedSize = Math.floor(word / 2 ** sizeBits)
  let from = at + headerBytes
  const next = from + compressedSize
  if (size > MAX_BLOCK_BYTES || next > end) throw corruptData('zstd', `${size} literals`)

  if ((head & 0x03) === 2) {
    const read = readHuffmanTable(bytes, { at: from, end: next })
    state.huffman = read.table
    from = read.next
  }
  if (state.huffman === null) throw corruptData('zstd', 'literals without a Huffman table')
  const literals = new Uint8Array(size)
  if (sizeFormat === 0) new BackwardBits(bytes, from, next).huffman(state.huffman, literals)
  else readFourStreams(bytes, { at: from, end: next }, state.huffman, literals)
  return { literals, next }
}

/** Four streams of a quarter each, behind the sizes of the first three. */
function readFourStreams(
  bytes: Uint8Array,
  { at, end }: { at: number; end: number },
  table: HuffmanTable,
  out: Uint8Array,
): void {
  const quarter = (out.length + 3) >> 2
  if (end - at < 6 || quarter * 3 > out.length) throw corruptData('zstd', 'streams are missing')
  let from = at + 6
  for (let stream = 0; stream < 4; stream += 1) {
    const size = bytes[at + 2 * stream]! | (bytes[at + 2 * stream + 1]! << 8)
    const to = stream === 3 ? end : from + size
    if (to > end) throw corruptData('zstd', 'a stream of literals is cut short')
    const part = out.subarray(quarter * stream, stream === 3 ? out.length : quarter * (stream + 1))
    new BackwardBits(bytes, from, to).huffman(table, part)
    from = to
  }
}

/** The sequences' count and tables; null when there are none. */
function readSequencesHeader(
  bytes: Uint8Array,
  { at, end }: { at: number; end: number },
  state: FrameState,
): { at: number; count: number } | null {
  if (at >= end) throw corruptData('zstd', 'sequences are missing')
  const head = bytes[at]!
  if (head === 0) {
    if (at + 1 !== end) throw corruptData('zstd', 'bytes behind a block')
    return null
  }
  let next = at + (head < 128 ? 1 : head < 255 ? 2 : 3)
  const count =
    head < 128
      ? head
      : head < 255
        ? ((head - 128) << 8) | bytes[at + 1]!
        : (bytes[at + 1]! | (bytes[at + 2]! << 8)) + 0x7f00
  if (next >= end) throw corruptData('zstd', 'sequences are cut short')
  const modes = bytes[next]!
  if ((modes & 0x03) !== 0) throw corruptData('zstd', 'reserved bits are set')
  next += 1

  const table = (kind: TableKind, mode: number, previous: FseTable | null): FseTable => {
    if (mode === 0) return kind.predefined
    if (mode === 3) {
      if (previous === null) throw corruptData('zstd', 'there is no table to repeat')
      return previous
    }
    if (mode === 2) {
      const read = readFseTable(bytes, { at: next, end }, kind)
      next = read.next
      return read.table
    }
    const symbol = next < end ? bytes[next]! : 256
    if (symbol > kind.maxSymbol) throw corruptData('zstd', `no such code: ${symbol}`)
    next += 1
    return singleSymbolTable(symbol)
  }
  state.literalLengths = table(LITERAL_LENGTH_TABLE, modes >> 6, state.literalLengths)
  state.offsetCodes = table(OFFSET_TABLE, (modes >> 4) & 0x03, state.offsetCodes)
  state.matchLengths = table(MATCH_LENGTH_TABLE, (modes >> 2) & 0x03, state.matchLengths)
  return { at: next, count }
}

/** Executes the sequences (§3.1.1.4), then appends the literals left; returns the output's end. */
function runSequences(
  bytes: Uint8Array,
  { at, end, count }: { at: number; end: number; count: number },
  { literals, state, space }: { literals: Uint8Array; state: FrameState; space: BlockSpace },
): number {
  const { out, limit, frameStart } = space
  const stream = new BackwardBits(bytes, at, end)
  const lengths = state.literalLengths!
  const offsets = state.offsetCodes!
  const matches = state.matchLengths!
  let lengthState = stream.read(lengths.log)
  let offsetState = stream.read(offsets.log)
  let matchState = stream.read(matches.log)
  let literalAt = 0
  let outAt = space.start

  for (let index = 0; index < count; index += 1) {
    const offsetCode = offsets.symbols[offsetState]!
    const matchCode = matches.symbols[matchState]!
    const lengthCode = lengths.symbols[lengthState]!
    const offsetValue = readOffset(stream, offsetCode)
    const matchLength =
      MATCH_LENGTHS.bases[matchCode]! + stream.read(MATCH_LENGTHS.extraBits[matchCode]!)
    const literalLength =
      LITERAL_LENGTHS.bases[lengthCode]! + stream.read(LITERAL_LENGTHS.extraBits[lengthCode]!)
    if (index + 1 < count) {
      lengthState = lengths.bases[lengthState]! + stream.read(lengths.bits[lengthState]!)
      matchState = matches.bases[matchState]! + stream.read(matches.bits[matchState]!)
      offsetState = offsets.bases[offsetState]! + stream.read(offsets.bits[offsetState]!)
    }

    if (literalLength > literals.length - literalAt) throw corruptData('zstd', 'literals run out')
    if (literalLength + matchLength > limit - outAt) space.overflow()
    // Most runs are of a few bytes, for which a loop is faster than a call.
    for (let copied = 0; copied < literalLength; copied += 1)
      out[outAt + copied] = literals[literalAt + copied]!
    literalAt += literalLength
    outAt += literalLength

    const offset = resolveOffset(state.offsets, offsetValue, literalLength)
    if (offset === 0 || offset > outAt - frameStart)
      throw corruptData('zstd', `a copy from ${offset} bytes back`)
    copyMatch(out, outAt, { offset, length: matchLength })
    outAt += matchLength
  }
  if (stream.left !== 0) throw corruptData('zstd', 'sequences leave bits over')
  if (literals.length - literalAt > limit - outAt) space.overflow()
  out.set(literals.subarray(literalAt), outAt)
  return outAt + literals.length - literalAt
}

/** Up to 31 extra bits, so in two parts and without 32-bit arithmetic. */
function readOffset(stream: BackwardBits, code: number): number {
  if (code <= 24) return (1 << code) + stream.read(code)
  const high = (1 << (code - 16)) + stream.read(code - 16)
  return high * 0x1_0000 + stream.read(16)
}

/** Values 1 … 3 name one of the latest offsets (§3.1.1.5); 0 is what a broken one comes to. */
function resolveOffset(
  latest: [number, number, number],
  value: number,
  literalLength: number,
): number {
  if (value > 3) {
    latest[2] = latest[1]
    latest[1] = latest[0]
    return (latest[0] = value - 3)
  }
  // Without literals in between, the latest offset would extend the copy before: so all move on.
  const which = value - 1 + (literalLength === 0 ? 1 : 0)
  if (which === 0) return latest[0]
  const offset = which === 1 ? latest[1] : which === 2 ? latest[2] : latest[0] - 1
  if (which > 1) latest[2] = latest[1]
  latest[1] = latest[0]
  return (latest[0] = offset)
}

/** Copies forwards, so a copy may repeat what it has just written. */
function copyMatch(
  out: Uint8Array,
  at: number,
  { offset, length }: { offset: number; length: number },
): void {
  const from = at - offset
  if (offset >= length && length > 32) {
    out.copyWithin(at, from, from + length)
    return
  }
  for (let count = 0; count < length; count += 1) out[at + count] = out[from + count]!
}
