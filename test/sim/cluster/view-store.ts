/**
 * The database of views on a simulated machine. What a life has written the next one finds; a power
 * cut takes the last writes that nobody has synced, now and then another one among them. Each life
 * has it open for itself, answers come when a draw says so, and what is written is there when its
 * answer is due: nothing but the seed decides what happens when.
 */
import type { KeyRange, StoreEntry, ViewStore } from '../../../src/coordinator/view/ports.ts'
import type { Process } from '../system/process.ts'

type Entries = Map<string, StoreEntry>
type Operation = (entries: Entries) => void

/** Of power cuts that leave more than one write behind, so many lose one before the last. */
const GAPS = 0.15
/** Copies that are kept for whoever restores an old one. */
const COPIES_MAX = 6

export class MachineStore {
  #entries: Entries = new Map()
  #durable: Entries = new Map()
  #unsynced: Operation[][] = []
  #copies: Entries[] = []
  /** Rises with every change. */
  version = 0
  /** A write is missing in the midst of others, and nobody has taken what is left for sound yet. */
  hasGap = false

  get(key: Uint8Array): Uint8Array | undefined {
    return this.#entries.get(nameOf(key))?.[1]
  }

  /** In the order of their keys. */
  between({ gte, lt }: KeyRange): StoreEntry[] {
    const [from, to] = [nameOf(gte), nameOf(lt)]
    const names = [...this.#entries.keys()].filter((name) => name >= from && name < to)
    return names.sort().map((name) => this.#entries.get(name) as StoreEntry)
  }

  write(operations: Operation[], sync: boolean): void {
    this.version += 1
    this.hasGap = false
    for (const operation of operations) operation(this.#entries)
    this.#unsynced.push(operations)
    if (!sync) return
    this.#unsynced = []
    this.#durable = new Map(this.#entries)
    this.#copies = [...this.#copies, this.#durable].slice(-COPIES_MAX)
  }

  powerCut(luck: () => number): void {
    const writes = this.#unsynced.slice(0, Math.floor(luck() * (this.#unsynced.length + 1)))
    const hasGap = writes.length > 1 && luck() < GAPS
    if (hasGap) writes.splice(Math.floor(luck() * writes.length), 1)
    const left = new Map(this.#durable)
    for (const operations of writes) for (const operation of operations) operation(left)
    this.#become(left)
    this.hasGap = hasGap
  }

  /** As it once was. False when there is no copy. */
  restoreCopy(luck: number): boolean {
    const copy = this.#copies[Math.floor(luck * this.#copies.length)]
    if (copy !== undefined) this.#become(new Map(copy))
    return copy !== undefined
  }

  clear(): void {
    this.#become(new Map())
  }

  #become(entries: Entries): void {
    this.version += 1
    this.hasGap = false
    this.#entries = entries
    this.#durable = new Map(entries)
    this.#unsynced = []
  }
}

export interface OpenStoreOptions {
  readonly process: Process
  /** Until an answer, on average; 0: in the same turn. */
  readonly answerUs: number
}

/** The database as one life has it open. */
export class OpenStore implements ViewStore {
  readonly #store: MachineStore
  readonly #of: OpenStoreOptions

  constructor(store: MachineStore, of: OpenStoreOptions) {
    this.#store = store
    this.#of = of
  }

  getMany(keys: Uint8Array[]): Promise<(Uint8Array | undefined)[]> {
    const found = keys.map((key) => this.#store.get(key))
    return this.#answer(() => found)
  }

  batch() {
    const operations: Operation[] = []
    return {
      put: (key: Uint8Array, value: Uint8Array) =>
        operations.push((entries) => entries.set(nameOf(key), [key, value])),
      del: (key: Uint8Array) => operations.push((entries) => entries.delete(nameOf(key))),
      write: ({ sync }: { readonly sync: boolean }) =>
        this.#answer(() => this.#store.write(operations, sync)),
    }
  }

  iterator(range: KeyRange) {
    const found = this.#store.between(range)
    return {
      nextv: (count: number) => this.#answer(() => found.splice(0, count)),
      close: () => Promise.resolve(),
    }
  }

  #answer<T>(work: () => T): Promise<T> {
    const { process, answerUs } = this.#of
    if (answerUs === 0) return Promise.resolve(work())
    return new Promise((resolve) => {
      process.later(1 + process.exponential(7, answerUs), () => resolve(work()))
    })
  }
}

const nameOf = (key: Uint8Array) => Buffer.from(key).toString('latin1')
