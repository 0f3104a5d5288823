/**
 * The hashes of entries that were written lately, so that whoever replaces one need not read it
 * from the database first. What is in here is in the database, exactly so; what is not may be
 * there all the same. Bounded: views share the room, and each makes way for itself.
 */
import type { EntryHash } from './digest.ts'

/** Entries of all views together; each takes about 150 bytes. */
const ENTRIES_MAX = 50_000
/** Of its entries, what a view forgets at once where there is no room. */
const FORGOTTEN_PART = 1 / 32

/** Room that is left for the views of a node. */
export class HashRoom {
  #left: number

  constructor(entries = ENTRIES_MAX) {
    this.#left = entries
  }

  /** Whether there was room for one more. */
  take(): boolean {
    if (this.#left === 0) return false
    this.#left -= 1
    return true
  }

  giveBack(entries: number): void {
    this.#left += entries
  }
}

export class KnownHashes {
  readonly #room: HashRoom
  /** By the key as text, the one that was written longest ago first. */
  readonly #hashes = new Map<string, EntryHash | null>()

  constructor(room: HashRoom) {
    this.#room = room
  }

  /** Null: there is no such entry. Undefined: nobody knows. */
  get(key: string): EntryHash | null | undefined {
    return this.#hashes.get(key)
  }

  /** The entry was written, or (null) removed. */
  set(key: string, hash: EntryHash | null): void {
    if (!this.#hashes.delete(key) && !this.#room.take() && !this.#forgetOldest()) return
    this.#hashes.set(key, hash)
  }

  /** A part of them: a Map has to step over all that left its front, each time anew. */
  #forgetOldest(): boolean {
    let left = Math.ceil(this.#hashes.size * FORGOTTEN_PART)
    if (left === 0) return false
    this.#room.giveBack(left)
    for (const key of this.#hashes.keys()) {
      this.#hashes.delete(key)
      left -= 1
      if (left === 0) break
    }
    return this.#room.take()
  }

  /** Nobody knows anything any more. */
  clear(): void {
    this.#room.giveBack(this.#hashes.size)
    this.#hashes.clear()
  }
}
