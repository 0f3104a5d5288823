/** B12, E10: a producer id is given once, for ever. */
import { check } from '../../invariants/violation.ts'

export class ProducerIds {
  readonly #given = new Set<number>()

  given(id: number): void {
    check(!this.#given.has(id), 'B12-producer-id', () => `producer id ${id} was given twice`)
    this.#given.add(id)
  }
}
