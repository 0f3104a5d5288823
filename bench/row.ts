/** One line of the result: what was measured, and beside it what it is to be seen against. */
import type { Latency, LoadResult } from '../src/cli/bench/load-result.ts'
import type { Comparison } from './compare.ts'

export interface Row {
  readonly measure: string
  readonly unit: string
  /** Null: could not be measured here; `note` says why. */
  readonly value: number | null
  /** The bare loop's, in the same run. */
  readonly bare?: number
  /** Part of the bare loop's throughput: the median of neighbouring runs. */
  readonly ratio?: number
  /** CPU seconds of the broker, and of the bare loop, for each GB. */
  readonly cpuPerGB?: readonly [lograft: number, bare: number]
  /** Part of the time that the load's own core was busy; near 1, the load was the bottleneck. */
  readonly loadBusy?: number
  /** Lowest and highest of the ratios of neighbouring runs. */
  readonly spread?: readonly [lowest: number, highest: number]
  readonly latencyMs?: Latency
  readonly bareLatencyMs?: Latency
  /** What we want of it. */
  readonly target?: Target
  readonly note?: string
}

export interface Target {
  /** Of `ratio` where there is one, of `value` otherwise. */
  readonly limit: number
  readonly aim: number
  readonly better: 'more' | 'less'
}

/** Whether a row keeps its first target; null: it has none, or was not measured. */
export function keepsTarget({ target, ratio, value }: Row): boolean | null {
  const measured = ratio ?? value
  if (!target || measured === null) return null
  return target.better === 'more' ? measured >= target.limit : measured <= target.limit
}

/** A row of throughput. `rate` is in the unit. */
export function throughputRow(
  measure: string,
  { lograft, bare, ratio, cpuPerGB, spread }: Comparison,
  { unit, rate, target }: { unit: string; rate: (result: LoadResult) => number; target?: Target },
): Row {
  return {
    measure,
    unit,
    value: rate(lograft),
    bare: rate(bare),
    ratio,
    spread,
    ...(cpuPerGB ? { cpuPerGB } : {}),
    loadBusy: lograft.loadCpuSeconds / lograft.seconds,
    latencyMs: lograft.latencyMs,
    bareLatencyMs: bare.latencyMs,
    ...(target ? { target } : {}),
  }
}

export const megabytesPerSecond = ({ bytes, seconds }: LoadResult) => bytes / seconds / 1e6
export const requestsPerSecond = ({ requests, seconds }: LoadResult) => requests / seconds
