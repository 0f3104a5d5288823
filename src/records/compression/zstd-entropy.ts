/**
 * zstd's two entropy codes, decoding side: finite state entropy tables and Huffman tables, and the
 * bit stream that both are read from, which runs backwards (RFC 8878 §4).
 *
 * Every table and every step is checked: hostile bytes end in CORRUPT_COMPRESSED_DATA, never in a
 * read or a write outside of what was given, nor in work that the bytes have not paid for.
 */
import { corruptData } from './errors.ts'

/** Bytes that must follow the last one that is ever read: bits are fetched four bytes at a time. */
export const PADDING_BYTES = 4

/** Reads bits from the end of a byte range towards its beginning; the last 1 bit marks the end. */
export class BackwardBits {
  readonly #bytes: Uint8Array
  readonly #floor: number
  /** Unread bits end here, counted from the beginning of `bytes`. */
  #at: number

  /** The range [start, end) of `bytes`, with `PADDING_BYTES` behind it. */
  constructor(bytes: Uint8Array, start: number, end: number) {
    const last = end > start ? bytes[end - 1]! : 0
    if (last === 0) throw corruptData('zstd', 'a bit stream has no end mark')
    this.#bytes = bytes
    this.#floor = start * 8
    this.#at = (end - 1) * 8 + highestBit(last)
  }

  /** Unread bits; negative after reading zeros that were not there (see `readPadded`). */
  get left(): number {
    return this.#at - this.#floor
  }

  /** The next `count` (0 … 25) bits. */
  read(count: number): number {
    const at = (this.#at -= count)
    if (at < this.#floor) throw corruptData('zstd', 'a bit stream ends too early')
    return this.#fetch(at, count)
  }

  /** As `read`, but as if zeros preceded the stream: Huffman weights end that way. */
  readPadded(count: number): number {
    const at = (this.#at -= count)
    const missing = this.#floor - at
    if (missing <= 0) return this.#fetch(at, count)
    return missing >= count ? 0 : this.#fetch(this.#floor, count - missing) << missing
  }

  /** Decodes a whole stream of `out.length` symbols, which must use up all its bits. */
  huffman(table: HuffmanTable, out: Uint8Array): void {
    const { maxBits, symbols, lengths } = table
    const floor = this.#floor
    let at = this.#at
    for (let index = 0; index < out.length; index += 1) {
      const left = at - floor
      // The last codes are shorter than the table's index: zeros stand for the bits not there.
      const code =
        left >= maxBits
          ? this.#fetch(at - maxBits, maxBits)
          : this.#fetch(floor, left) << (maxBits - left)
      out[index] = symbols[code]!
      at -= lengths[code]!
      if (at < floor) throw corruptData('zstd', 'literals end too early')
    }
    if (at !== floor) throw corruptData('zstd', 'literals leave bits over')
    this.#at = at
  }

  #fetch(at: number, count: number): number {
    const bytes = this.#bytes
    const index = at >> 3
    const word =
      bytes[index]! |
      (bytes[index + 1]! << 8) |
      (bytes[index + 2]! << 16) |
      (bytes[index + 3]! << 24)
    return (word >>> (at & 7)) & ((1 << count) - 1)
  }
}

/** A finite state entropy table: what each state says, and how it leads to the next one. */
export interface FseTable {
  readonly log: number
  readonly symbols: Uint8Array
  readonly bits: Uint8Array
  readonly bases: Uint16Array
}

/** The table that always says `symbol`. */
export function singleSymbolTable(symbol: number): FseTable {
  return {
    log: 0,
    symbols: Uint8Array.of(symbol),
    bits: Uint8Array.of(0),
    bases: Uint16Array.of(0),
  }
}

/** The table of a distribution over 2^log states; −1 stands for "less than one" (§4.1.1). */
export function buildFseTable(counts: ArrayLike<number>, log: number): FseTable {
  const size = 1 << log
  const symbols = new Uint8Array(size)
  const bits = new Uint8Array(size)
  const bases = new Uint16Array(size)
  const next = new Uint16Array(counts.length)

  let high = size
  for (let symbol = 0; symbol < counts.length; symbol += 1) {
    const count = counts[symbol]!
    next[symbol] = Math.abs(count)
    if (count === -1) symbols[(high -= 1)] = symbol
  }
  // The others are strewn over the rest, in steps that visit every state once.
  const step = (size >> 1) + (size >> 3) + 3
  let state = 0
  for (let symbol = 0; symbol < counts.length; symbol += 1) {
    for (let count = counts[symbol]!; count > 0; count -= 1) {
      symbols[state] = symbol
      do state = (state + step) & (size - 1)
      while (state >= high)
    }
  }
  for (let at = 0; at < size; at += 1) {
    const from = next[symbols[at]!]!
    next[symbols[at]!] = from + 1
    bits[at] = log - highestBit(from)
    bases[at] = (from << bits[at]!) - size
  }
  return { log, symbols, bits, bases }
}

/**
 * Reads a distribution within [at, end) and builds its table (§4.1.1); `next`: what is behind it.
 */
export function readFseTable(
  bytes: Uint8Array,
  range: { at: number; end: number },
  limits: { maxSymbol: number; maxLog: number },
): { table: FseTable; next: number } {
  const { at, end } = range
  if (at >= end) throw corruptData('zstd', 'a table is missing')
  const log = (bytes[at]! & 0x0f) + 5
  if (log > limits.maxLog) throw corruptData('zstd', `a table of 2^${log} states`)
  const counts: number[] = []
  let bit = at * 8 + 4
  let remaining = 1 << log
  const peek = (count: number) => {
    const index = bit >> 3
    const word = bytes[index]! | (bytes[index + 1]! << 8) | (bytes[index + 2]! << 16)
    return (word >>> (bit & 7)) & ((1 << count) - 1)
  }
  while (remaining > 0 && counts.length <= limits.maxSymbol) {
    if (bit >= end * 8) throw corruptData('zstd', 'a table is cut short')
    // A value below remaining + 2: the small ones are written in one bit less.
    const width = highestBit(remaining + 1) + 1
    const value = peek(width)
    const low = value & ((1 << (width - 1)) - 1)
    const threshold = (1 << width) - 2 - remaining
    const isShort = low < threshold
    const coded = isShort ? low : value === low ? value : value - threshold
    bit += isShort ? width - 1 : width
    const count = coded - 1
    counts.push(count)
    remaining -= Math.abs(count)
    for (let repeat = count === 0 ? 3 : 0; repeat === 3;) {
      repeat = peek(2)
      bit += 2
      for (let zeros = 0; zeros < repeat; zeros += 1) counts.push(0)
      if (counts.length > limits.maxSymbol + 1) throw corruptData('zstd', 'too many symbols')
    }
  }
  const next = (bit + 7) >> 3
  if (remaining !== 0 || next > end) throw corruptData('zstd', 'a table does not add up')
  return { table: buildFseTable(counts, log), next }
}

/** A Huffman code: the next `maxBits` bits lead to a symbol and to how many of them it took. */
export interface HuffmanTable {
  readonly maxBits: number
  readonly symbols: Uint8Array
  readonly lengths: Uint8Array
}

const MAX_HUFFMAN_BITS = 11

/** Reads a Huffman table's description within [at, end) (§4.2.1). */
export function readHuffmanTable(
  bytes: Uint8Array,
  { at, end }: { at: number; end: number },
): { table: HuffmanTable; next: number } {
  if (at >= end) throw corruptData('zstd', 'a Huffman table is missing')
  const head = bytes[at]!
  const isDirect = head >= 128
  const next = at + 1 + (isDirect ? (head - 126) >> 1 : head)
  if (next > end) throw corruptData('zstd', 'a Huffman table is cut short')
  const weights = isDirect
    ? Array.from({ length: head - 127 }, (_, index) => {
        const pair = bytes[at + 1 + (index >> 1)]!
        return index % 2 === 0 ? pair >> 4 : pair & 0x0f
      })
    : readFseWeights(bytes, { at: at + 1, end: next })
  return { table: buildHuffmanTable(weights), next }
}

/** Weights that are themselves coded, by two states that take turns (§4.2.1.2). */
function readFseWeights(bytes: Uint8Array, range: { at: number; end: number }): number[] {
  const { table, next } = readFseTable(bytes, range, { maxSymbol: 255, maxLog: 6 })
  const stream = new BackwardBits(bytes, next, range.end)
  const weights: number[] = []
  const states = [stream.read(table.log), stream.read(table.log)]
  for (let turn = 0; ; turn = 1 - turn) {
    const state = states[turn]!
    weights.push(table.symbols[state]!)
    states[turn] = table.bases[state]! + stream.readPadded(table.bits[state]!)
    if (weights.length > 254) throw corruptData('zstd', 'too many Huffman weights')
    // Out of bits: the other state still holds the last symbol.
    if (stream.left < 0) {
      weights.push(table.symbols[states[1 - turn]!]!)
      return weights
    }
  }
}

/** The last weight is not written: it is what makes the sum a power of two. */
function buildHuffmanTable(weights: number[]): HuffmanTable {
  let sum = 0
  for (const weight of weights) sum += weight === 0 ? 0 : 1 << (weight - 1)
  const maxBits = highestBit(sum) + 1
  if (sum === 0 || maxBits > MAX_HUFFMAN_BITS)
    throw corruptData('zstd', `Huffman codes of ${maxBits} bits`)
  const rest = (1 << maxBits) - sum
  if ((rest & (rest - 1)) !== 0) throw corruptData('zstd', 'Huffman weights do not add up')
  weights.push(highestBit(rest) + 1)

  const symbols = new Uint8Array(1 << maxBits)
  const lengths = new Uint8Array(1 << maxBits)
  let at = 0
  for (let weight = 1; weight <= maxBits; weight += 1) {
    for (let symbol = 0; symbol < weights.length; symbol += 1) {
      if (weights[symbol] !== weight) continue
      const end = at + (1 << (weight - 1))
      symbols.fill(symbol, at, end)
      lengths.fill(maxBits + 1 - weight, at, end)
      at = end
    }
  }
  return { maxBits, symbols, lengths }
}

/** Position of the highest 1 bit; −1 for 0. */
function highestBit(value: number): number {
  return 31 - Math.clz32(value)
}
