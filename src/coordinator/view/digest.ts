/**
 * The digest of a set of entries: the sum of their hashes. It does not depend on the order, so it
 * is kept up to date entry by entry, and it is against damage, not against anybody: LevelDB was
 * seen to open without an error and without some of its keys (docs/adr/0006). Two sums of 32 bits.
 * A change within one 32-bit word of one entry always changes both. Pure.
 */
import type { Reader } from '../../bytes/reader.ts'
import type { Writer } from '../../bytes/writer.ts'

/** Two sums of 32 bits. */
export interface EntryHash {
  readonly first: number
  readonly second: number
}

export class Digest {
  #first: number
  #second: number

  constructor(first = 0, second = 0) {
    this.#first = first
    this.#second = second
  }

  static read(reader: Reader): Digest {
    return new Digest(reader.int32(), reader.int32())
  }

  write(writer: Writer): void {
    writer.int32(this.#first)
    writer.int32(this.#second)
  }

  copy(): Digest {
    return new Digest(this.#first, this.#second)
  }

  equals(other: Digest): boolean {
    return this.#first === other.#first && this.#second === other.#second
  }

  add(key: Uint8Array, value: Uint8Array): EntryHash {
    const added = hashOf(key, value)
    this.#first = (this.#first + added.first) | 0
    this.#second = (this.#second + added.second) | 0
    return added
  }

  remove(key: Uint8Array, value: Uint8Array): void {
    this.removeHash(hashOf(key, value))
  }

  /** Of an entry that is in it. */
  removeHash(removed: EntryHash): void {
    this.#first = (this.#first - removed.first) | 0
    this.#second = (this.#second - removed.second) | 0
  }
}

/** The hash that is being made. */
let first = 0
let second = 0

/** What an entry adds to a digest. */
export function hashOf(key: Uint8Array, value: Uint8Array): EntryHash {
  // What is key and what is value matters, too.
  first = key.byteLength ^ 0x3c6ef372
  second = value.byteLength ^ 0x510e527f
  absorb(key)
  absorb(value)
  const before = first
  first = finished(first ^ Math.imul(second, 0x9e3779b1))
  second = finished(second ^ Math.imul(before, 0x85ebca77))
  return { first, second }
}

function absorb(bytes: Uint8Array): void {
  const { byteLength } = bytes
  const whole = byteLength & ~3
  let one = first
  let other = second
  for (let at = 0; at < whole; at += 4) {
    const word =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)
    one = mixed(Math.imul(one ^ word, 0x85ebca6b))
    other = mixed(Math.imul(other ^ word, 0xc2b2ae35))
  }
  let last = byteLength
  for (let at = whole; at < byteLength; at += 1) last = (last << 8) | (bytes[at] as number)
  first = mixed(Math.imul(one ^ last, 0x85ebca6b))
  second = mixed(Math.imul(other ^ last, 0xc2b2ae35))
}

const mixed = (word: number) => word ^ (word >>> 15)

/** The finalizer of MurmurHash3. */
function finished(word: number): number {
  let mix = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35)
  return mix ^ (mix >>> 16)
}
