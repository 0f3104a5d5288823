/** What a load came to, for people. Pure. */
import type { LoadResult } from './load-result.ts'

export interface NamedResult extends LoadResult {
  readonly what: string
  readonly records: number
}

/** Two lines: how much and how fast; how long requests took. */
export function describeLoad(result: NamedResult): string {
  const { what, records, bytes, seconds, requests, latencyMs, loadCpuSeconds } = result
  const head = what.padEnd(9)
  const indent = ' '.repeat(head.length)
  const throughput =
    `${head}${grouped(records)} records, ${megabytes(bytes)} MB in ${seconds.toFixed(1)} s: ` +
    `${grouped(Math.round(records / seconds))} records/s, ${megabytes(bytes / seconds)} MB/s\n`
  const { mean, p50, p99, p999, max } = latencyMs
  const latency =
    `${indent}${grouped(requests)} request${requests === 1 ? '' : 's'}, latency in ms: mean ${shown(mean)}, ` +
    `p50 ${shown(p50)}, p99 ${shown(p99)}, p99.9 ${shown(p999)}, max ${shown(max)}\n`
  const busy = loadCpuSeconds / seconds
  const warning =
    busy > 0.9 ? `${indent}this load was busy all the time: the broker may be faster\n` : ''
  // With acks=0 nothing is answered, so there is no latency.
  return throughput + (mean === 0 ? '' : latency) + warning
}

/** `1234567` → `1,234,567`. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)
const shown = (milliseconds: number) => milliseconds.toFixed(milliseconds < 10 ? 3 : 1)
