/**
 * The values of one moment, name by name: given by those who know them, read by those who export
 * them. A name that is not in the table, or has other labels, does not compile.
 */
import type { Durations } from '../base/durations.ts'
import type { LabelValues, MetricName } from './table.ts'

export interface Sample {
  /** In the order of the table's labels. */
  readonly labels: readonly string[]
  readonly value: number | Durations
}

/** Of a histogram its durations, of everything else a number. */
export type Put = <Name extends MetricName>(
  name: Name,
  value: number | Durations,
  ...labels: LabelValues<Name>
) => void

/** Puts in what it knows now. */
export type Collector = (put: Put) => void | Promise<void>

export type Collected = ReadonlyMap<MetricName, readonly Sample[]>

/** Asks all of them, one after the other. */
export async function collect(collectors: readonly Collector[]): Promise<Collected> {
  const collected = new Map<MetricName, Sample[]>()
  const put: Put = (name, value, ...labels) => {
    const sample = { labels, value }
    const samples = collected.get(name)
    if (samples) samples.push(sample)
    else collected.set(name, [sample])
  }
  for (const collector of collectors) await collector(put)
  return collected
}
