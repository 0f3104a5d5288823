// Goal: the table of metrics keeps to Prometheus' rules and to its own, and the page in docs/ says
// what the table says.
// Method: every row, by its name; the page is made anew and compared.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { metricsPage } from '../../../src/metrics/describe.ts'
import type { Metric } from '../../../src/metrics/row.ts'
import { metricGroups, metricNames, metrics } from '../../../src/metrics/table.ts'

const rows = Object.entries<Metric>(metrics)

/** Of the process, as every Prometheus client names them. */
const isStandard = (name: string) => /^(process|nodejs)_/.test(name)

test.each(rows)('%s is named after what it is', (name, { type, unit, labels }) => {
  expect(name).toMatch(isStandard(name) ? /^(process|nodejs)_[a-z_]+$/ : /^lograft_[a-z_]+$/)
  expect(name.endsWith('_total'), 'counters end in _total, and nothing else does').toBe(
    type === 'counter',
  )
  if (unit !== null) expect(name.replace(/_total$/, '')).toMatch(new RegExp(`_${unit}$`))
  if (type === 'histogram') expect(unit, 'histograms are of durations').toBe('seconds')
  for (const label of labels) expect(label).toMatch(/^[a-z_]+$/)
  expect(labels, 'the steps of a histogram').not.toContain('le')
  expect(new Set(labels).size).toBe(labels.length)
})

test.each(rows)('%s says what it is', (_, { help }) => {
  expect(help).toMatch(/^[A-Z0-9].*[^.\s]$/)
  expect(help, 'a table in Markdown').not.toMatch(/[|\n]/)
})

test('no metric is in two groups', () => {
  const grouped = metricGroups.flatMap(({ rows: ofGroup }) => Object.keys(ofGroup))
  expect(grouped).toEqual(metricNames)
})

test('docs/METRICS.md is what the table says', () => {
  const path = new URL('../../../docs/METRICS.md', import.meta.url)
  expect(readFileSync(path, 'utf8'), 'run `npm run docs`').toBe(metricsPage())
})
