/**
 * Which partition a record goes to, as the Java client decides it: by the murmur2 hash of its key,
 * so that every client puts a key in the same place; without a key, into one partition until a
 * batch is full, then into another one by chance (KIP-480). Pure but for the chance it is given.
 */
import type { Random } from '../base/random.ts'

const SEED = 0x9747b28c
const MIX = 0x5bd1e995

/** murmur2 as Kafka computes it, over little-endian words; an int32. */
export function murmur2(bytes: Uint8Array): number {
  const { length } = bytes
  const view = new DataView(bytes.buffer, bytes.byteOffset, length)
  let hash = SEED ^ length
  const wholeWords = length & ~3
  for (let at = 0; at < wholeWords; at += 4) {
    let word = Math.imul(view.getInt32(at, true), MIX)
    word = Math.imul(word ^ (word >>> 24), MIX)
    hash = Math.imul(hash, MIX) ^ word
  }
  const left = length & 3
  if (left > 0) {
    for (let index = left - 1; index >= 0; index -= 1)
      hash ^= view.getUint8(wholeWords + index) << (8 * index)
    hash = Math.imul(hash, MIX)
  }
  hash = Math.imul(hash ^ (hash >>> 13), MIX)
  return hash ^ (hash >>> 15)
}

/** The partition of a key among all `count` of a topic, leaderless ones included. */
export function partitionOfKey(key: Uint8Array, count: number): number {
  return (murmur2(key) & 0x7fff_ffff) % count
}

/** Chooses partitions for the records of one producer. */
export class Partitioner {
  readonly #random: Random
  readonly #count: number
  #sticky: number

  constructor(random: Random, partitionCount: number) {
    this.#random = random
    this.#count = partitionCount
    this.#sticky = this.#any()
  }

  partitionOf(key: Uint8Array | null | undefined): number {
    return key === null || key === undefined ? this.#sticky : partitionOfKey(key, this.#count)
  }

  /** A batch of records without keys is full: the next ones go elsewhere. */
  batchFull(partition: number): void {
    if (partition !== this.#sticky || this.#count === 1) return
    // Any but this one.
    const other = Math.floor(this.#random.next() * (this.#count - 1))
    this.#sticky = other >= partition ? other + 1 : other
  }

  #any(): number {
    return Math.floor(this.#random.next() * this.#count)
  }
}
