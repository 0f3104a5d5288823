/**
 * How long partitions took no records: from a fault until the first record that was sent after it
 * is acknowledged. Pure arithmetic.
 */
import { percentile } from '../quorum/gaps.ts'
import type { Send } from './history.ts'

/** What was done to the cluster, and to whom. */
export interface FaultNote {
  readonly fault: string
  readonly victim: number
  readonly atMs: number
  /** Partitions that the victim led, and those that it only followed. */
  readonly led: readonly number[]
  readonly followed: readonly number[]
  /** The victim was the active controller, too. */
  readonly wasController: boolean
}

export interface Ack {
  readonly partition: number
  /** When the attempt began that was acknowledged. */
  readonly triedMs: number
  readonly ackedMs: number
}

/** Waits for the first acknowledgement of each of some partitions after a fault. */
export class Outage {
  /** By partition, in ms; resolves when all are over, or with what there is when given up. */
  readonly over: Promise<ReadonlyMap<number, number>>
  readonly #gaps = new Map<number, number>()
  readonly #wanted: ReadonlySet<number>
  readonly #sinceMs: number
  #end: (gaps: ReadonlyMap<number, number>) => void = () => undefined

  constructor(sinceMs: number, partitions: readonly number[]) {
    this.#sinceMs = sinceMs
    this.#wanted = new Set(partitions)
    this.over = new Promise((resolve) => (this.#end = resolve))
  }

  /** To be told every acknowledgement. */
  acked({ partition, triedMs, ackedMs }: Ack): void {
    if (triedMs < this.#sinceMs || !this.#wanted.has(partition)) return
    if (!this.#gaps.has(partition)) this.#gaps.set(partition, ackedMs - this.#sinceMs)
    if (this.#gaps.size === this.#wanted.size) this.#end(this.#gaps)
  }

  /** Those that still wait. */
  get missing(): readonly number[] {
    return [...this.#wanted].filter((partition) => !this.#gaps.has(partition))
  }

  giveUp(): void {
    this.#end(this.#gaps)
  }
}

/** A client's gaps after a fault, by partition: null for what it did not get acknowledged again. */
export function gapsOfClient(
  sends: readonly Send[],
  {
    producer,
    sinceMs,
    partitions,
  }: {
    readonly producer: string
    readonly sinceMs: number
    readonly partitions: readonly number[]
  },
): readonly number[] {
  const first = new Map<number, number>()
  for (const send of sends) {
    const { partition, askedMs, answeredMs } = send
    if (send.producer !== producer || send.outcome !== 'ok') continue
    if (partition === null || answeredMs === null || askedMs < sinceMs) continue
    if (!partitions.includes(partition)) continue
    first.set(partition, Math.min(first.get(partition) ?? Infinity, answeredMs - sinceMs))
  }
  return [...first.values()]
}

/** All gaps, as one line. */
export function printGaps(gaps: readonly number[]): string {
  if (gaps.length === 0) return 'none'
  const at = (rank: number) => (percentile(gaps, rank) ?? Number.NaN).toFixed(0)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms (${gaps.length} times)`
}
