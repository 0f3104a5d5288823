/**
 * What a load came to, also when it had to end early. Plain data: it travels between processes and
 * into JSON.
 */
import { LograftError, asError } from '../../base/errors.ts'
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

/** A load that reads also says how many records it read. */
export interface FetchResult extends LoadResult {
  readonly records: number
}

/** What was written, what was read, or both. */
export interface Loads {
  readonly produced?: LoadResult
  readonly fetched?: FetchResult
}

/** A load that could not go on; what it came to until then counts. */
export class LoadFailed extends LograftError<'LOAD_FAILED'> {
  readonly partial: Loads

  constructor(cause: unknown, partial: Loads) {
    super('LOAD_FAILED', asError(cause).message, { cause })
    this.partial = partial
  }
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
