/**
 * A store in memory, beside a `MemoryDisk`: what one life of a node wrote is there for the next
 * one, and a life that has ended writes nothing any more.
 */
import type { MemoryLevel } from 'memory-level'
import { LograftError } from '../base/errors.ts'

type Level = MemoryLevel<Uint8Array, Uint8Array>
interface Batch {
  put(key: Uint8Array, value: Uint8Array): unknown
  del(key: Uint8Array): unknown
  write(options: { readonly sync: boolean }): Promise<void>
}

interface Iterator {
  nextv(count: number): Promise<[Uint8Array, Uint8Array][]>
  close(): Promise<void>
}

export class MemoryStore {
  readonly #level: Level
  #isClosed = false

  private constructor(level: Level) {
    this.#level = level
  }

  /** One for all lives. */
  static async create(): Promise<Level> {
    const { MemoryLevel } = await import('memory-level')
    const encodings = { keyEncoding: 'view', valueEncoding: 'view', storeEncoding: 'view' } as const
    const level = new MemoryLevel<Uint8Array, Uint8Array>(encodings)
    await level.open()
    return level
  }

  /** The store as one life sees it. */
  static of(level: Level): MemoryStore {
    return new MemoryStore(level)
  }

  getMany(keys: Uint8Array[]): Promise<(Uint8Array | undefined)[]> {
    return this.#living.getMany(keys)
  }

  batch(): Batch {
    return this.#living.batch()
  }

  iterator(range: { readonly gte: Uint8Array; readonly lt: Uint8Array }): Iterator {
    return this.#living.iterator(range)
  }

  close(): Promise<void> {
    this.#isClosed = true
    return Promise.resolve()
  }

  get #living(): Level {
    if (this.#isClosed) throw new LograftError('STORE_FAILED', 'the store is closed')
    return this.#level
  }
}
