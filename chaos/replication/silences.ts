/**
 * For how long partitions were silent while something was done to the cluster: the longest time
 * between two acknowledgements in a row, and the time between the last one of the victim and the
 * first one of another node. The producer's own pause is part of it. Pure arithmetic.
 */
import type { Ack, Gap } from './outages.ts'

export type Silence = Omit<Gap, 'fault'>

type Acknowledged = Pick<Ack, 'partition' | 'ackedMs' | 'node'>

/** From when on, and who is to hand over. */
export interface Passage {
  readonly victim: number
  /** The partitions that it leads. */
  readonly led: readonly number[]
  readonly atMs: number
  readonly wasController: boolean
}

export class Silences {
  readonly #passage: Passage
  readonly #wanted: ReadonlySet<number>
  readonly #longest = new Map<number, number>()
  readonly #handovers = new Map<number, number>()
  readonly #last = new Map<number, { readonly node: number; readonly ackedMs: number }>()

  constructor(passage: Passage, partitions: readonly number[]) {
    this.#passage = passage
    this.#wanted = new Set(partitions)
  }

  /** To be told every acknowledgement, in the order in which they come. */
  acked({ partition, ackedMs, node }: Acknowledged): void {
    if (!this.#wanted.has(partition)) return
    const last = this.#last.get(partition)
    this.#last.set(partition, { node, ackedMs })
    const silentMs = ackedMs - (last?.ackedMs ?? this.#passage.atMs)
    this.#longest.set(partition, Math.max(this.#longest.get(partition) ?? 0, silentMs))
    const { victim, led } = this.#passage
    if (!led.includes(partition) || node === victim || (last !== undefined && last.node !== victim))
      return
    if (!this.#handovers.has(partition)) this.#handovers.set(partition, silentMs)
  }

  /** Those that were silent all the time. */
  get missing(): readonly number[] {
    return [...this.#wanted].filter((partition) => !this.#longest.has(partition))
  }

  /** The longest of each partition. */
  get longest(): readonly Silence[] {
    return this.#told(this.#longest)
  }

  /** From the victim to another node. */
  get handovers(): readonly Silence[] {
    return this.#told(this.#handovers)
  }

  #told(gaps: ReadonlyMap<number, number>): readonly Silence[] {
    const { victim, atMs, wasController } = this.#passage
    return [...gaps].map(([partition, gapMs]) => ({
      ...{ victim, atMs, wasController, partition, gapMs },
    }))
  }
}
