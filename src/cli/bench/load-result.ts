/** What a load came to. Plain data: it travels between processes and into JSON. */
import type { Histogram } from './histogram.ts'

export interface LoadResult {
  readonly requests: number
  /** Batches or records' bytes carried, either way; not protocol around them. */
  readonly bytes: number
  /** From the first request to the last answer. */
  readonly seconds: number
  readonly latencyMs: Latency
  /** CPU seconds this process spent meanwhile: near `seconds`, the load was the bottleneck. */
  readonly loadCpuSeconds: number
}

export interface Latency {
  readonly mean: number
  readonly p50: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

export function latencyOf(histogram: Histogram): Latency {
  return {
    mean: histogram.meanMs,
    p50: histogram.percentileMs(0.5),
    p99: histogram.percentileMs(0.99),
    p999: histogram.percentileMs(0.999),
    max: histogram.maxMs,
  }
}

/** Starts counting this process's CPU time; the returned function says how much it was. */
export function cpuMeter(): () => number {
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1e6
  }
}
