/**
 * Prometheus' text format, version 0.0.4, of the values of one moment: families in the order of the
 * table, those without a value left out. Pure.
 */
import { Durations, STEPS_SECONDS } from '../base/durations.ts'
import type { Collected, Sample } from './collection.ts'
import { metric, metricNames } from './table.ts'

/** Family by family, so that whoever has other things to do can do them in between. */
export function* familiesOf(collected: Collected): Generator<string, void> {
  for (const name of metricNames) {
    const samples = collected.get(name)
    if (samples === undefined) continue
    const { help, type, labels } = metric(name)
    const lines = [`# HELP ${name} ${escapedHelp(help)}`, `# TYPE ${name} ${type}`]
    for (const sample of samples) lines.push(...linesOf(name, labels, sample))
    yield `${lines.join('\n')}\n`
  }
}

function linesOf(name: string, labels: readonly string[], sample: Sample): readonly string[] {
  const pairs = labels.map((label, index) => `${label}="${escaped(sample.labels[index] ?? '')}"`)
  const { value } = sample
  if (!(value instanceof Durations)) return [`${name}${braced(pairs)} ${numberOf(value)}`]
  let count = 0
  const steps = STEPS_SECONDS.map((seconds, index) => {
    count += value.counts[index] as number
    return `${name}_bucket${braced([...pairs, `le="${seconds}"`])} ${count}`
  })
  return [
    ...steps,
    `${name}_bucket${braced([...pairs, 'le="+Inf"'])} ${value.count}`,
    `${name}_sum${braced(pairs)} ${numberOf(value.sumMs / 1_000)}`,
    `${name}_count${braced(pairs)} ${value.count}`,
  ]
}

const braced = (pairs: readonly string[]) => (pairs.length === 0 ? '' : `{${pairs.join(',')}}`)

function numberOf(value: number): string {
  if (Number.isFinite(value)) return String(value)
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '"': '\\"' }

const escaped = (text: string) => text.replace(/[\\\n"]/g, (found) => ESCAPES[found] as string)

const escapedHelp = (text: string) => text.replace(/[\\\n]/g, (found) => ESCAPES[found] as string)
