/**
 * F8: whatever the database of a node says of a partition is the fold of what is committed, up to
 * the offset that it says; looked at after every event in which it has changed, in the middle of a
 * life and between two of them.
 */
import type { TopicId } from '../../../../src/base/ids.ts'
import type { KeyRange, StoreEntry } from '../../../../src/coordinator/view/ports.ts'
import {
  decodePosition,
  EMPTYING,
  entryPrefix,
  keysBeginning,
  positionKey,
  recordKeyOf,
} from '../../../../src/coordinator/view/view-format.ts'
import type { CommittedLog } from '../committed-log.ts'
import { isSameValue } from '../records.ts'

export interface WatchedStore {
  readonly version: number
  readonly hasGap: boolean
  get(key: Uint8Array): Uint8Array | undefined
  between(range: KeyRange): readonly StoreEntry[]
}

/** The view of one partition on one node. */
export class ViewWatch {
  readonly #who: string
  readonly #committed: CommittedLog
  readonly #name: { readonly topicId: TopicId; readonly partition: number }
  #version = -1
  /** The fold of what is committed, up to where it was asked for last. */
  #fold = new Map<string, Uint8Array>()
  #folded = 0
  #compactedBelow = 0
  /** Null: nothing is said of it. */
  appliedOffset: number | null = null

  constructor(who: string, committed: CommittedLog, topicId: TopicId, partition: number) {
    this.#who = who
    this.#committed = committed
    this.#name = { topicId, partition }
  }

  check(store: WatchedStore): void {
    const { compactedBelow } = this.#committed
    if (store.version === this.#version && compactedBelow === this.#compactedBelow) return
    this.#version = store.version
    this.#compactedBelow = compactedBelow
    if (store.hasGap) return
    const key = positionKey(this.#name)
    const value = store.get(key)
    const position = value === undefined ? null : decodePosition(key, value)
    this.#committed.check(value === undefined || position !== null, 'F8-position', () => {
      return `${this.#who}: its position is not to be read`
    })
    const isSaid = position !== null && position.appliedOffset !== EMPTYING
    this.appliedOffset = isSaid ? position.appliedOffset : null
    if (isSaid) this.#isFold(position.appliedOffset, store)
  }

  #isFold(appliedOffset: number, store: WatchedStore): void {
    const committed = this.#committed
    committed.check(appliedOffset <= committed.end, 'F8-ahead', () => {
      return `${this.#who} has applied up to ${appliedOffset}; committed is ${committed.end}`
    })
    const wanted = this.#foldUpTo(appliedOffset)
    const missing = new Set(wanted.keys())
    for (const [key, value] of store.between(keysBeginning(entryPrefix(this.#name)))) {
      const name = Buffer.from(recordKeyOf(key)).toString('latin1')
      this.#isSame(name, value, wanted.get(name) ?? null, appliedOffset)
      missing.delete(name)
    }
    for (const name of missing) this.#isSame(name, null, wanted.get(name) ?? null, appliedOffset)
  }

  #foldUpTo(offset: number): ReadonlyMap<string, Uint8Array> {
    if (offset < this.#folded) {
      this.#fold = new Map()
      this.#folded = 0
    }
    for (const { key, value } of this.#committed.between(this.#folded, offset))
      if (value === null) this.#fold.delete(key)
      else this.#fold.set(key, value)
    this.#folded = offset
    return this.#fold
  }

  /** Of what was compacted away before it was folded only what came later is known. */
  #isSame(
    name: string,
    has: Uint8Array | null,
    wanted: Uint8Array | null,
    appliedOffset: number,
  ): void {
    if (isSameValue(has, wanted)) return
    const committed = this.#committed
    const later = committed.firstFrom(name, appliedOffset)
    const mayMiss = later !== undefined && later.offset < committed.compactedBelow
    committed.check(mayMiss, 'F8-fold', () => {
      const state = `${has === null ? 'nothing' : 'something else'} at ${appliedOffset}`
      return `${this.#who} has ${state} for ${JSON.stringify(name)}; the log says ${wanted === null ? 'nothing' : 'otherwise'}`
    })
  }
}
