/**
 * Takes the entries of one view out of the database, piece by piece. With every piece it is written
 * that nothing of the view counts any more, and the digest of the rest: a crash at any point leaves
 * a sound database and a view that is not resumed.
 */
import { Digest } from './digest.ts'
import type { StoreOperation, ViewStore } from './ports.ts'
import type { ViewName } from './view-format.ts'
import {
  EMPTYING,
  decodePosition,
  encodePosition,
  entryPrefix,
  keysBeginning,
  positionKey,
  recordKeyOf,
} from './view-format.ts'

const ENTRIES_AT_ONCE = 1_000

export class Emptying {
  readonly #store: ViewStore
  readonly #positionKey: Uint8Array
  readonly #lt: Uint8Array
  /** What was taken out is not looked at again: LevelDB would step over all its tombstones. */
  #gte: Uint8Array
  #digest: Digest | null = null

  constructor(store: ViewStore, name: ViewName) {
    this.#store = store
    this.#positionKey = positionKey(name)
    const { gte, lt } = keysBeginning(entryPrefix(name))
    this.#gte = gte
    this.#lt = lt
  }

  /**
   * What to write next; null when nothing is left but, perhaps, the position. To be asked again
   * only when that is written, and nobody else writes to the view.
   */
  async step(): Promise<StoreOperation[] | null> {
    this.#digest ??= await this.#storedDigest()
    const iterator = this.#store.iterator({ gte: this.#gte, lt: this.#lt })
    try {
      const entries = await iterator.nextv(ENTRIES_AT_ONCE)
      const last = entries.at(-1)
      if (last === undefined) return null
      const operations: StoreOperation[] = []
      for (const [key, value] of entries) {
        this.#digest.remove(recordKeyOf(key), value)
        operations.push({ type: 'del', key })
      }
      this.#gte = last[0]
      operations.push({ type: 'put', key: this.#positionKey, value: this.#position(this.#digest) })
      return operations
    } finally {
      await iterator.close()
    }
  }

  /** Without a position there are no entries. */
  async #storedDigest(): Promise<Digest> {
    const [value] = await this.#store.getMany([this.#positionKey])
    const position = value && decodePosition(this.#positionKey, value)
    return position ? position.digest : new Digest()
  }

  #position(digest: Digest): Uint8Array {
    const position = { appliedOffset: EMPTYING, leaderEpoch: -1, digest }
    return encodePosition(this.#positionKey, position)
  }
}
