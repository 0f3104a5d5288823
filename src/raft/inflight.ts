/**
 * Appends to one replica that are not answered yet: a window by count and by bytes, oldest first.
 */
import assert from 'node:assert'

export interface InflightLimits {
  readonly appends: number
  readonly bytes: number
}

export class Inflight {
  readonly #limits: InflightLimits
  #sent: { readonly lastIndex: number; readonly bytes: number }[] = []
  #bytes = 0

  constructor(limits: InflightLimits) {
    assert(limits.appends >= 1 && limits.bytes >= 1, 'a window lets something through')
    this.#limits = limits
  }

  get count(): number {
    return this.#sent.length
  }

  /** One append may exceed the bytes: the limit is on whether another may follow. */
  get isFull(): boolean {
    return this.#sent.length >= this.#limits.appends || this.#bytes >= this.#limits.bytes
  }

  add(lastIndex: number, bytes: number): void {
    assert(!this.isFull, 'a full window takes nothing')
    const previous = this.#sent.at(-1)
    assert(!previous || previous.lastIndex < lastIndex, 'appends in flight go up')
    this.#sent.push({ lastIndex, bytes })
    this.#bytes += bytes
  }

  /** Everything up to `index` has arrived. */
  release(index: number): void {
    let count = 0
    for (const { lastIndex, bytes } of this.#sent) {
      if (lastIndex > index) break
      count += 1
      this.#bytes -= bytes
    }
    this.#sent.splice(0, count)
  }

  clear(): void {
    this.#sent = []
    this.#bytes = 0
  }
}
