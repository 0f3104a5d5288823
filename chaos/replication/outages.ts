/**
 * How long partitions took no records: from a fault until the first acknowledgement of a request
 * that was sent after it. Pure arithmetic.
 */
import { percentile } from '../quorum/gaps.ts'
import type { FaultName } from './faults.ts'

/** What was done to the cluster, and to whom. */
export interface FaultNote {
  readonly fault: FaultName
  readonly victim: number
  readonly atMs: number
  /** The victim was the active controller, too. */
  readonly wasController: boolean
}

export interface Ack {
  readonly partition: number
  /** When the request was sent that was acknowledged. */
  readonly triedMs: number
  readonly ackedMs: number
  /** Who acknowledged it. */
  readonly node: number
}

/** How long a partition was not there for a client after a fault. */
export interface Gap extends FaultNote {
  readonly partition: number
  readonly gapMs: number
}

/** Waits for the first acknowledgement of each of some partitions after a fault. */
export class Outage {
  /** Resolves when all of them were acknowledged. */
  readonly over: Promise<void>
  readonly #fault: FaultNote
  readonly #gaps = new Map<number, number>()
  readonly #wanted: ReadonlySet<number>
  #end: () => void = () => undefined

  constructor(fault: FaultNote, partitions: readonly number[]) {
    this.#fault = fault
    this.#wanted = new Set(partitions)
    this.over = new Promise((resolve) => (this.#end = resolve))
    if (partitions.length === 0) this.#end()
  }

  /** To be told every acknowledgement. */
  acked({ partition, triedMs, ackedMs }: Ack): void {
    const { atMs } = this.#fault
    if (triedMs < atMs || !this.#wanted.has(partition) || this.#gaps.has(partition)) return
    this.#gaps.set(partition, ackedMs - atMs)
    if (this.#gaps.size === this.#wanted.size) this.#end()
  }

  /** Those that still wait. */
  get missing(): readonly number[] {
    return [...this.#wanted].filter((partition) => !this.#gaps.has(partition))
  }

  /** Those that are over. */
  get gaps(): readonly Gap[] {
    const { fault, victim, atMs, wasController } = this.#fault
    return [...this.#gaps].map(([partition, gapMs]) => ({
      ...{ fault, victim, atMs, wasController, partition, gapMs },
    }))
  }
}

/** All gaps, as one line. */
export function printGaps(gaps: readonly Pick<Gap, 'gapMs'>[]): string {
  if (gaps.length === 0) return 'none'
  const times = gaps.map(({ gapMs }) => gapMs)
  const at = (rank: number) => (percentile(times, rank) ?? Number.NaN).toFixed(0)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms (${gaps.length} times)`
}
