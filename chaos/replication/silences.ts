/**
 * For how long partitions were silent while something was done to the cluster: the longest time
 * between two acknowledgements in a row, the producer's own pause included. Pure arithmetic.
 */
import type { Ack, Gap } from './outages.ts'

/** From when to when, and what for. */
export interface Passage {
  readonly victim: number
  readonly atMs: number
  readonly wasController: boolean
}

export class Silences {
  readonly #passage: Passage
  readonly #wanted: ReadonlySet<number>
  readonly #longest = new Map<number, number>()
  readonly #last = new Map<number, number>()

  constructor(passage: Passage, partitions: readonly number[]) {
    this.#passage = passage
    this.#wanted = new Set(partitions)
    for (const partition of partitions) this.#last.set(partition, passage.atMs)
  }

  /** To be told every acknowledgement, in the order in which they come. */
  acked({ partition, ackedMs }: Pick<Ack, 'partition' | 'ackedMs'>): void {
    const lastMs = this.#last.get(partition)
    if (lastMs === undefined) return
    const longestMs = this.#longest.get(partition) ?? 0
    this.#longest.set(partition, Math.max(longestMs, ackedMs - lastMs))
    this.#last.set(partition, ackedMs)
  }

  /** Those that were silent all the time. */
  get missing(): readonly number[] {
    return [...this.#wanted].filter((partition) => !this.#longest.has(partition))
  }

  get gaps(): readonly Omit<Gap, 'fault'>[] {
    const { victim, atMs, wasController } = this.#passage
    return [...this.#longest].map(([partition, gapMs]) => ({
      ...{ victim, atMs, wasController, partition, gapMs },
    }))
  }
}
