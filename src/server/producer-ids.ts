/**
 * This broker's supply of producer ids: blocks that the controller hands out, each id used once and
 * never again, also not after a restart (the rest of a block is lost, which is cheap).
 */
import type { ProducerIdBlock } from '../controller/requests.ts'

export class ProducerIds {
  readonly #allocate: () => Promise<ProducerIdBlock>
  #next = 0
  #left = 0
  /** One allocation at a time, shared by all who wait. */
  #allocation: Promise<void> | null = null

  constructor(allocate: () => Promise<ProducerIdBlock>) {
    this.#allocate = allocate
  }

  /** Rejects when the controller gives no block. */
  async next(): Promise<number> {
    while (this.#left === 0) {
      this.#allocation ??= this.#refill()
      await this.#allocation
    }
    this.#left -= 1
    return this.#next++
  }

  async #refill(): Promise<void> {
    try {
      const { firstProducerId, count } = await this.#allocate()
      this.#next = firstProducerId
      this.#left = count
    } finally {
      this.#allocation = null
    }
  }
}
