// Goal: docs/CHAOS.md says what the code says: every fault with what it takes and needs, every
// anomaly, everything that is allowed; and its example is a scenario. Method: its tables made
// again; the example loaded as a user's file is, and its steps drawn.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  allowedTable,
  anomaliesTable,
  between,
  faultsTable,
  resultsTable,
  withTable,
} from '../../../chaos/page.ts'
import type { Scenario } from '../../../src/chaos/api.ts'
import { FAULT_NAMES, parametersOf } from '../../../src/chaos/faults/parameters.ts'
import { checkSteps } from '../../../src/chaos/faults/schedule.ts'
import { resultsOf } from '../../../src/chaos/report/results.ts'
import { scenarioFrom } from '../../../src/chaos/run/scenario-shape.ts'
import { storyOf, validFindings } from '../../support/chaos-story.ts'

const page = readFileSync(new URL('../../../docs/CHAOS.md', import.meta.url), 'utf8')

test.each([
  ['faults', faultsTable],
  ['anomalies', anomaliesTable],
  ['allowed', allowedTable],
] as const)('its table of %s is the code’s: npm run chaos -- --tables', (mark, table) => {
  expect(between(page, mark)).toBe(table())
})

test('each fault is told with everything it takes', () => {
  const rows = new Map(
    [...faultsTable().matchAll(/^\| `([\w-]+)` \| [^|]* \| ([^|]*) \|/gm)].map(
      ([, name = '', takes = '']) => [name, takes.split(', ').filter((one) => one !== '')],
    ),
  )
  for (const name of FAULT_NAMES) {
    const known = Object.keys(parametersOf(name)).filter((key) => key !== 'on')
    expect([...(rows.get(name) ?? [])].sort(), name).toEqual(known.sort())
  }
})

test('its example is a scenario, and its steps can be made', async () => {
  const code = /```js\n([\s\S]*?)```/.exec(between(page, 'example') ?? '')?.[1] ?? ''
  // `scenario` gives back what it is given; the import is tried by a run of it.
  const alone = code.replace(/^import .*$/m, 'const scenario = (of) => of')
  const folder = fileURLToPath(
    new URL(`../../../chaos-report/example-${process.pid}`, import.meta.url),
  )
  mkdirSync(folder, { recursive: true })
  try {
    const path = join(folder, 'slow-follower.js')
    writeFileSync(path, alone)
    const module = (await import(path)) as { default: Scenario }
    const { faults, seconds, name } = scenarioFrom(module.default, path)
    expect(name).toBe('slow-follower')
    expect(checkSteps(faults, seconds * 1_000)).toHaveLength(3)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('the table of results has a row for each run, with its longest gap', () => {
  const results = resultsOf(storyOf(validFindings))
  const table = resultsTable([{ ...results, workloads: { queue: ['kafkajs', 'lograft'] } }])
  expect(table.split('\n')[2]).toBe(
    '| `kill-leader` | kill × 1, pause × 1 | queue (kafkajs, lograft) | 54,210 | valid | 7.5 s |',
  )
  expect(between(withTable(page, 'results', table), 'results')).toBe(table)
})
