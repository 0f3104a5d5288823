/**
 * Blocks of producer ids. Only the first id of the next block is state: it only ever rises, so no
 * two brokers are ever given one id (invariant B12).
 */
import assert from 'node:assert'
import type { ProducerIdsRecord } from '../records.ts'

export interface ProducerIdsImage {
  /** First id of the next block to be given away. */
  readonly nextProducerId: number
}

export const EMPTY_PRODUCER_IDS: ProducerIdsImage = { nextProducerId: 0 }

export class ProducerIdsDelta {
  #next: ProducerIdsImage

  constructor(was: ProducerIdsImage) {
    this.#next = was
  }

  replayProducerIds({ nextProducerId }: ProducerIdsRecord): void {
    assert(nextProducerId > this.#next.nextProducerId, 'producer ids are never given away twice')
    this.#next = { nextProducerId }
  }

  /** Makes this the difference to `next`, a state of which the way there is not known. */
  replaceBy(next: ProducerIdsImage): void {
    this.#next = next
  }

  apply(): ProducerIdsImage {
    return this.#next
  }
}
