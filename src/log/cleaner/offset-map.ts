/**
 * The latest offset of each key, in memory of a fixed size: 24 bytes a key, whatever its length.
 * Open addressing over the key's hash; the key itself is not kept (`key-hash.ts` says why that may
 * be). It is built from the part of a log that was not cleaned yet, and asked about all of it.
 * Pure.
 */
import { KeyHash } from './key-hash.ts'

/** Bytes that one slot takes. */
export const SLOT_BYTES = 24
/** Beyond it looking up takes too long (Kafka's `log.cleaner.io.buffer.load.factor`). */
const LOAD_FACTOR = 0.9

export class OffsetMap {
  readonly #hash: KeyHash
  readonly #hashes: Int32Array
  /** The offset and one more: 0 is an empty slot. */
  readonly #offsets: Float64Array
  readonly #slots: number
  /** Keys that it takes. */
  readonly capacity: number
  #size = 0

  /** Room for `keys`, as far as `budgetBytes` goes. */
  constructor({
    keys,
    budgetBytes,
    secret,
  }: {
    readonly keys: number
    readonly budgetBytes: number
    readonly secret: Uint8Array
  }) {
    const affordable = Math.floor(budgetBytes / SLOT_BYTES)
    this.#slots = Math.max(2, Math.min(affordable, Math.ceil(keys / LOAD_FACTOR) + 1))
    this.capacity = Math.floor(this.#slots * LOAD_FACTOR)
    this.#hash = new KeyHash(secret)
    this.#hashes = new Int32Array(this.#slots * 4)
    this.#offsets = new Float64Array(this.#slots)
  }

  /** Keys in it. */
  get size(): number {
    return this.#size
  }

  /** Keys that it takes still. */
  get room(): number {
    return this.capacity - this.#size
  }

  /** The key's latest offset is `offset`, which is above all that were put before. */
  put(key: Uint8Array, offset: number): void {
    const slot = this.#slotOf(key)
    if (this.#offsets[slot] === 0) {
      if (this.#size === this.capacity) throw new RangeError('the offset map is full')
      this.#hashes.set(this.#hash.words, slot * 4)
      this.#size += 1
    }
    this.#offsets[slot] = offset + 1
  }

  /** The key's latest offset, -1 when it was never put. */
  get(key: Uint8Array): number {
    return (this.#offsets[this.#slotOf(key)] as number) - 1
  }

  /** Where the key is, or would be. There is always an empty slot. */
  #slotOf(key: Uint8Array): number {
    this.#hash.of(key)
    const { words } = this.#hash
    let slot = ((words[0] as number) >>> 0) % this.#slots
    while (this.#offsets[slot] !== 0 && !this.#holds(slot, words))
      slot = slot + 1 === this.#slots ? 0 : slot + 1
    return slot
  }

  #holds(slot: number, words: Int32Array): boolean {
    const at = slot * 4
    return (
      this.#hashes[at] === words[0] &&
      this.#hashes[at + 1] === words[1] &&
      this.#hashes[at + 2] === words[2] &&
      this.#hashes[at + 3] === words[3]
    )
  }
}
