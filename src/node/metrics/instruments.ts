/**
 * The table of metrics as observable instruments of OpenTelemetry, where the process has registered
 * a meter provider. The API has no observable histogram: of one, its count and its sum are told.
 */
import type { BatchObservableResult, Observable } from '@opentelemetry/api'
import { Durations } from '../../base/durations.ts'
import type { Collected } from '../../metrics/collection.ts'
import { metric, metricNames, type MetricName } from '../../metrics/table.ts'
import { VERSION } from '../../version.ts'

export type MeterApi = Pick<typeof import('@opentelemetry/api'), 'metrics'>

/** Several nodes may be in one process. */
const NODE_ATTRIBUTE = 'lograft.node.id'

const UNITS = { bytes: 'By', seconds: 's' } as const

/** Begins to tell; what it returns ends that. */
export function observe(
  { metrics }: MeterApi,
  { nodeId, collect }: { readonly nodeId: number; readonly collect: () => Promise<Collected> },
): () => void {
  const meter = metrics.getMeter('lograft', VERSION)
  const instruments = new Map<string, Observable>()
  for (const name of metricNames) {
    const { type, help: description, unit } = metric(name)
    const options = { description, ...(unit !== null && { unit: UNITS[unit] }) }
    if (type === 'gauge') instruments.set(name, meter.createObservableGauge(name, options))
    else if (type === 'counter') instruments.set(name, meter.createObservableCounter(name, options))
    else {
      instruments.set(`${name}_sum`, meter.createObservableCounter(`${name}_sum`, options))
      instruments.set(
        `${name}_count`,
        meter.createObservableCounter(`${name}_count`, { description }),
      )
    }
  }
  const tell = async (result: BatchObservableResult) => {
    for (const [name, samples] of await collect())
      for (const { labels, value } of samples) {
        const attributes = { ...attributesOf(name, labels), [NODE_ATTRIBUTE]: nodeId }
        const told = (instrument: string, number: number) =>
          result.observe(instruments.get(instrument) as Observable, number, attributes)
        if (value instanceof Durations) {
          told(`${name}_sum`, value.sumMs / 1_000)
          told(`${name}_count`, value.count)
        } else told(name, value)
      }
  }
  const all = [...instruments.values()]
  meter.addBatchObservableCallback(tell, all)
  return () => meter.removeBatchObservableCallback(tell, all)
}

function attributesOf(name: MetricName, labels: readonly string[]): Record<string, string> {
  return Object.fromEntries(metric(name).labels.map((label, index) => [label, labels[index] ?? '']))
}
