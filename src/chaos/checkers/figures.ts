/**
 * What was measured, not judged: how long records took from when they were due (so that a client
 * which waits before it sends hides nothing), and what was answered in every second.
 */
import { build, type Histogram } from 'hdr-histogram-js'
import type { RecordStore } from './record-store.ts'
import type { Percentiles, Second } from './verdict.ts'

/** Histograms count whole numbers: hundredths of a millisecond, up to an hour, to three digits. */
const UNITS_PER_MS = 100
const LONGEST_MS = 3_600_000
const DIGITS = 3
/** Longer than any run; what is later in a foreign history is told in its last second. */
const SECONDS_MAX = 200_000

class Latencies {
  readonly #histogram: Histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: LONGEST_MS * UNITS_PER_MS,
    numberOfSignificantValueDigits: DIGITS,
  })

  add(latencyMs: number): void {
    const units = Math.round(Math.min(Math.max(latencyMs, 0), LONGEST_MS) * UNITS_PER_MS)
    this.#histogram.recordValue(units)
  }

  clear(): void {
    this.#histogram.reset()
  }

  get percentiles(): Percentiles {
    const { totalCount: count, maxValue } = this.#histogram
    // It tells the end of a range of values, which may be above the greatest.
    const at = (percentile: number) =>
      Math.min(this.#histogram.getValueAtPercentile(percentile), maxValue) / UNITS_PER_MS
    return { count, p50: at(50), p99: at(99), p999: at(99.9), max: maxValue / UNITS_PER_MS }
  }
}

export function percentilesOf(timesMs: Iterable<number>): Percentiles {
  const latencies = new Latencies()
  for (const timeMs of timesMs) latencies.add(timeMs)
  return latencies.percentiles
}

/** Of acknowledged records, by client. */
export function latenciesIn(store: RecordStore): Readonly<Record<string, Percentiles>> {
  const byClient = new Map<string, Latencies>()
  for (let record = 1; record < store.end; record += 1) {
    if (store.outcome(record) !== 'ok' || Number.isNaN(store.doneMs(record))) continue
    const client = store.client(record)
    const latencies = byClient.get(client) ?? new Latencies()
    byClient.set(client, latencies)
    latencies.add(store.doneMs(record) - store.dueMs(record))
  }
  return Object.fromEntries([...byClient].map(([client, of]) => [client, of.percentiles]))
}

/** Every second from the beginning on, also those in which nothing was answered. */
export function secondsIn(store: RecordStore): readonly Second[] {
  const bySecond = sortedBySecond(store)
  const latencies = new Latencies()
  return bySecond.map((records, atSecond) => {
    const counted = { ok: 0, fail: 0, unknown: 0 }
    latencies.clear()
    for (const record of records) {
      const outcome = store.outcome(record)
      if (outcome === null) continue
      counted[outcome] += 1
      if (outcome === 'ok') latencies.add(store.doneMs(record) - store.dueMs(record))
    }
    return { atSecond, ...counted, latency: counted.ok > 0 ? latencies.percentiles : null }
  })
}

function sortedBySecond(store: RecordStore): readonly Int32Array[] {
  const secondOf = (record: number) => {
    const doneMs = store.doneMs(record)
    const atMs = Number.isNaN(doneMs) ? store.dueMs(record) : doneMs
    return Math.min(Math.max(Math.floor(atMs / 1_000), 0), SECONDS_MAX)
  }
  const sizes: number[] = []
  for (let record = 1; record < store.end; record += 1) {
    if (store.outcome(record) === null) continue
    const second = secondOf(record)
    while (sizes.length <= second) sizes.push(0)
    sizes[second] = (sizes[second] ?? 0) + 1
  }
  const rows = sizes.map((size) => new Int32Array(size))
  const filled = sizes.map(() => 0)
  for (let record = 1; record < store.end; record += 1) {
    if (store.outcome(record) === null) continue
    const second = secondOf(record)
    const at = filled[second] ?? 0
    const row = rows[second]
    if (row) row[at] = record
    filled[second] = at + 1
  }
  return rows
}

export function countsIn(store: RecordStore): { ok: number; fail: number; unknown: number } {
  const counted = { ok: 0, fail: 0, unknown: 0 }
  for (let record = 1; record < store.end; record += 1) {
    const outcome = store.outcome(record)
    if (outcome !== null) counted[outcome] += 1
  }
  return counted
}
