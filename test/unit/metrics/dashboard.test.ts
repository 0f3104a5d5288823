// Goal: the Grafana dashboard asks for nothing that nodes do not tell: it breaks aloud when a
// metric or a label is renamed, here and not on somebody's wall.
// Method: every query of deploy/grafana/lograft.json, its names and labels beside the table.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { metric, metricNames, type MetricName } from '../../../src/metrics/table.ts'

interface Panel {
  readonly id: number
  readonly type: string
  readonly title: string
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[]
}

interface Dashboard {
  readonly panels: readonly Panel[]
  readonly templating: { readonly list: readonly { readonly definition?: string }[] }
}

const path = new URL('../../../deploy/grafana/lograft.json', import.meta.url)
const dashboard = JSON.parse(readFileSync(path, 'utf8')) as Dashboard
const panels = dashboard.panels.filter(({ type }) => type !== 'row')
const queries = panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr, legendFormat }) => [title, expr, legendFormat] as const),
)

/** What Prometheus itself says of whom it asks. */
const OF_PROMETHEUS = ['job', 'instance', 'le']

/** The metrics in a query, by their names in the table. */
function metricsIn(query: string): readonly MetricName[] {
  const names = query.match(/\b(lograft|process|nodejs)_\w+/g) ?? []
  return names.map((name) => {
    const family = name.replace(/_(bucket|sum|count)$/, '')
    const known = metricNames.find((each) => {
      return each === name || (each === family && metric(each).type === 'histogram')
    })
    if (known === undefined) throw new Error(`${name} is not in the table`)
    return known
  })
}

/** Labels in selectors and in \`by (…)\`, and in legends. */
function labelsIn(query: string, legend: string): readonly string[] {
  const selected = [...query.matchAll(/([a-z_]+)\s*(?:=~|!=|!~|=)\s*"/g)].map(([, name]) => name)
  const grouped = [...query.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list]) => list?.split(', '))
  const shown = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name)
  return [...selected, ...grouped, ...shown].filter((name) => name !== undefined)
}

test.each(queries)('%s: %s', (_, query, legend) => {
  const asked = metricsIn(query)
  expect(asked.length).toBeGreaterThan(0)
  const labels = [...OF_PROMETHEUS, ...asked.flatMap((name) => metric(name).labels)]
  for (const label of labelsIn(query, legend)) expect(labels).toContain(label)
  for (const name of asked)
    if (metric(name).type === 'counter')
      expect(query, `${name} only rises`).toMatch(/\b(rate|increase)\(/)
})

test('its variables ask for what there is', () => {
  const definitions = dashboard.templating.list.flatMap(({ definition = '' }) => definition)
  for (const definition of definitions.filter((text) => text !== ''))
    expect(metricsIn(definition)).toEqual(['lograft_build_info'])
})

test('every panel has a place of its own and something to show', () => {
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length)
  for (const { title, targets = [] } of panels) expect(targets, title).not.toEqual([])
})
