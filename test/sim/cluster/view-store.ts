/**
 * A database of views in memory that answers in the same turn of the event loop: nothing but the
 * seed decides what happens when.
 */
import type { KeyRange, ViewStore } from '../../../src/coordinator/view/ports.ts'

export class SimulatedStore implements ViewStore {
  readonly #entries = new Map<string, readonly [key: Uint8Array, value: Uint8Array]>()

  getMany(keys: Uint8Array[]): Promise<(Uint8Array | undefined)[]> {
    return Promise.resolve(keys.map((key) => this.#entries.get(nameOf(key))?.[1]))
  }

  batch() {
    const operations: (() => void)[] = []
    return {
      put: (key: Uint8Array, value: Uint8Array) =>
        operations.push(() => this.#entries.set(nameOf(key), [key, value])),
      del: (key: Uint8Array) => operations.push(() => this.#entries.delete(nameOf(key))),
      write: () => {
        for (const operation of operations) operation()
        return Promise.resolve()
      },
    }
  }

  iterator({ gte, lt }: KeyRange) {
    const found = [...this.#entries.values()]
      .filter(([key]) => Buffer.compare(key, gte) >= 0 && Buffer.compare(key, lt) < 0)
      .sort(([a], [b]) => Buffer.compare(a, b))
    return {
      nextv: (count: number) => Promise.resolve(found.splice(0, count)),
      close: () => Promise.resolve(),
    }
  }
}

const nameOf = (key: Uint8Array) => Buffer.from(key).toString('latin1')
