/**
 * How long a cluster could not do what it was asked: from a fault until the first creation that was
 * asked for after it, through a node that was not hurt, is acknowledged; and the longest silence of
 * a while in which it was changed. Pure arithmetic and one promise.
 */
import type { TopicOperation } from './history.ts'

export class Gap {
  /** In ms; resolves when the gap is over, with null when nobody waits for that any more. */
  readonly over: Promise<number | null>
  readonly #faultMs: number
  readonly #isHealthy: (node: number) => boolean
  #end: (gapMs: number | null) => void = () => undefined

  constructor(faultMs: number, isHealthy: (node: number) => boolean) {
    this.#faultMs = faultMs
    this.#isHealthy = isHealthy
    this.over = new Promise((resolve) => (this.#end = resolve))
  }

  /** To be told every acknowledged creation. */
  created({ node, askedMs, answeredMs }: TopicOperation): void {
    if (answeredMs === null || askedMs < this.#faultMs || !this.#isHealthy(node)) return
    this.#end(answeredMs - this.#faultMs)
  }

  abandon(): void {
    this.#end(null)
  }
}

/** The longest time within these bounds in which no creation was acknowledged. */
export function longestSilence(
  operations: readonly TopicOperation[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): number {
  const times = operations
    .filter(({ kind, outcome }) => kind === 'create' && outcome === 'ok')
    .map(({ answeredMs }) => answeredMs ?? fromMs)
    .filter((ms) => ms > fromMs && ms < toMs)
    .sort((a, b) => a - b)
  const starts = [fromMs, ...times]
  return Math.max(...[...times, toMs].map((ms, index) => ms - (starts[index] ?? fromMs)))
}

/** The smallest value that `rank` (0 … 1) of all do not exceed; null for none. */
export function percentile(values: readonly number[], rank: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)] ?? null
}
