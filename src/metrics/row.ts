/**
 * The vocabulary of the table of metrics: what a row says, and what follows from it for whoever
 * gives values. Pure: holds no value itself.
 */

/** Prometheus' types. A histogram's values are counted into the steps of `base/durations.ts`. */
export type MetricType = 'counter' | 'gauge' | 'histogram'

/** In base units, as Prometheus wants them; the name ends in it. Null: a plain count. */
export type MetricUnit = 'bytes' | 'seconds' | null

export interface Metric<Labels extends readonly string[] = readonly string[]> {
  readonly type: MetricType
  readonly unit: MetricUnit
  readonly labels: Labels
  /** One sentence, without a full stop. */
  readonly help: string
  /** Kafka's own name of the same measure, or of the nearest one; null where it has none. */
  readonly kafka: string | null
}

interface Said<Labels extends readonly string[]> {
  readonly labels?: Labels
  readonly kafka?: string
}

function row(type: MetricType, unit: MetricUnit) {
  return <const Labels extends readonly string[] = readonly []>(
    help: string,
    { labels, kafka }: Said<Labels> = {},
  ): Metric<Labels> => ({
    ...{ type, unit, help, kafka: kafka ?? null },
    // Absent labels are what the default of the type parameter says.
    labels: labels ?? ([] as readonly string[] as Labels),
  })
}

export const counter = row('counter', null)
export const bytesCounter = row('counter', 'bytes')
export const secondsCounter = row('counter', 'seconds')
export const gauge = row('gauge', null)
export const bytesGauge = row('gauge', 'bytes')
export const secondsGauge = row('gauge', 'seconds')
export const durations = row('histogram', 'seconds')
