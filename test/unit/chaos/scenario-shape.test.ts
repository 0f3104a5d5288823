// Goal: a scenario of somebody's own is taken, or refused with everything that is wrong with it.
// Method: the suite itself, the example in the documentation, and scenarios with one flaw each.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Scenario } from '../../../src/chaos/api.ts'
import { scenarioFrom } from '../../../src/chaos/run/scenario-shape.ts'
import { loadScenario, SHORT_SUITE, suiteNames } from '../../../src/cli/chaos/scenarios.ts'

const FINE = { name: 'mine', claim: 'nothing is lost', seconds: 5, faults: [] }

test('one that says the least is a scenario', () => {
  expect(scenarioFrom(FINE, 'mine.js')).toBe(FINE)
})

test.each([
  [{ ...FINE, seconds: undefined }, 'seconds is missing: a whole number from 1 to 604800'],
  [{ ...FINE, name: 'My Scenario' }, 'name: expected lower-case letters, digits and dashes'],
  [{ ...FINE, clam: 'x' }, 'clam is no property of a scenario; did you mean claim?'],
  [{ ...FINE, faults: 'kill' }, 'faults: expected a list of steps, or a function'],
  [{ ...FINE, workloads: ['que'] }, 'workloads: expected a list of workloads: queue, idempotent'],
  [{ ...FINE, workloads: [{ workload: 'queue', acks: 0 }] }, 'workloads: expected acks of -1 or 1'],
  [{ ...FINE, workloads: [{ workload: 'queue', clients: ['java'] }] }, 'clients among lograft'],
  [{ ...FINE, workloads: [{ workload: 'queue', rate: -1 }] }, 'a rate of more than 0'],
  [
    { ...FINE, workloads: [{ workload: 'queue', client: ['kcat'] }] },
    'of a workload, and no client',
  ],
  [{ ...FINE, topics: { orders: { partition: 3 } } }, 'of orders, and no partition'],
  [{ ...FINE, topics: { orders: 'x' } }, 'topics: expected topics by name'],
  [{ ...FINE, config: { a: {} } }, "config: expected properties by Kafka's names"],
  [{ ...FINE, mustFind: ['lost-write'] }, 'mustFind is for a negative control'],
  [undefined, 'its default export is no scenario'],
])('%# %j', (value, message) => {
  expect(() => scenarioFrom(value, 'mine.js')).toThrow(`mine.js: `)
  expect(() => scenarioFrom(value, 'mine.js')).toThrow(message)
})

test('all that is wrong is told at once', () => {
  expect(() => scenarioFrom({ name: '', seconds: 0, faults: [] }, 'mine.js')).toThrow(
    /claim is missing.*\n {2}name: expected.*\n {2}seconds: expected/,
  )
})

test('a name that there is not is answered by the nearest', async () => {
  await expect(loadScenario('kill-leeder')).rejects.toThrow('did you mean kill-leader?')
  await expect(loadScenario('./none.js')).rejects.toThrow('there is no such file')
})

test('the suite has files that the short one names, and each says its own name', () => {
  const folder = new URL('../../../chaos/scenarios/', import.meta.url)
  expect(readdirSync(folder).length).toBe(suiteNames().length)
  for (const name of SHORT_SUITE) expect(suiteNames()).toContain(name)
  for (const name of suiteNames()) {
    const text = readFileSync(new URL(`${name}.js`, folder), 'utf8')
    expect(text).toMatch(/^\/\/ @ts-check\n\/\/ /)
    expect(text).toContain(`name: '${name satisfies Scenario['name']}'`)
  }
})
