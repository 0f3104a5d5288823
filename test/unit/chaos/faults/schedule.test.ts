// Goal: a seed is a schedule, a schedule can be written down and read again, and what is wrong with
// one is said before anything starts. Method: properties over drawn schedules; one example for each
// mistake.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Scenario } from '../../../../src/chaos/api.ts'
import { drawOf } from '../../../../src/chaos/faults/draw.ts'
import { FAULT_NAMES } from '../../../../src/chaos/faults/parameters.ts'
import {
  checkSteps,
  every,
  formatSchedule,
  parseSchedule,
  stepsOf,
} from '../../../../src/chaos/faults/schedule.ts'
import { parseSelector } from '../../../../src/chaos/faults/selectors.ts'

const scenario: Scenario = {
  name: 'some',
  claim: 'nothing is lost',
  seconds: 60,
  faults: every({
    ms: 5_000,
    of: [
      { fault: 'kill', on: 'leader-of(orders-*)', forMs: 3_000 },
      { fault: 'cut', on: 'minority', direction: 'in', forMs: 9_000 },
      { fault: 'restart', on: 'random' },
    ],
  }),
}

const drawn = fc.record({
  seed: fc.integer(),
  durationMs: fc.integer({ min: 1_000, max: 60_000 }),
})

test('one seed has one schedule, in order and within its time', () => {
  fc.assert(
    fc.property(drawn, (options) => {
      const steps = stepsOf(scenario, options)
      expect(stepsOf(scenario, options)).toEqual(steps)
      expect(steps.length).toBeGreaterThan(0)
      const times = steps.map(({ atMs }) => atMs)
      expect(times).toEqual([...times].sort((one, other) => one - other))
      for (const { atMs, forMs = 0 } of steps)
        expect(atMs + forMs).toBeLessThanOrEqual(options.durationMs)
    }),
  )
})

test('another seed has another schedule', () => {
  const of = (seed: number) => JSON.stringify(stepsOf(scenario, { seed, durationMs: 60_000 }))
  expect(new Set([1, 2, 3, 4, 5].map(of)).size).toBe(5)
})

test('what is drawn for one purpose changes nothing for another', () => {
  const first = drawOf(7, 'step 2')
  const numbers = [first.random(), first.random()]
  const other = drawOf(7, 'step 1')
  for (let count = 0; count < 100; count += 1) other.random()
  const again = drawOf(7, 'step 2')
  expect([again.random(), again.random()]).toEqual(numbers)
})

test('a schedule that is written is read as it was, with one step on a line', () => {
  fc.assert(
    fc.property(drawn, (options) => {
      const steps = stepsOf(scenario, options)
      const written = formatSchedule({ scenario, ...options, steps, hasCheck: true })
      const read = parseSchedule(written)
      expect(read).toMatchObject({ ...options, steps, hasCheck: true })
      expect(read.scenario).toMatchObject({ name: 'some', claim: 'nothing is lost' })
      expect(stepsOf(read.scenario, options)).toEqual(steps)
      expect(written.split('\n').filter((line) => line.includes('"fault"'))).toHaveLength(
        steps.length,
      )
    }),
  )
})

test('a shorter run leaves out what is behind its end; a step behind the scenario is refused', () => {
  const faults = [
    { fault: 'kill', on: 'random', atMs: 50_000 },
    { fault: 'pause', on: 'random', atMs: 1_000 },
  ] as const
  expect(stepsOf({ faults, seconds: 60 }, { seed: 1, durationMs: 10_000 })).toEqual([faults[1]])
  expect(() => stepsOf({ faults, seconds: 60 }, { seed: 1, durationMs: 100 })).toThrow(
    /the first fault is at \d+ ms, and faults end after 100 ms/,
  )
  expect(() => stepsOf({ faults, seconds: 40 }, { seed: 1, durationMs: 40_000 })).toThrow(
    'faults[0]: atMs 50000 is behind the end of the faults, 40000 ms',
  )
})

const mistakes: readonly (readonly [step: unknown, said: string | RegExp])[] = [
  [{ fault: 'kil', on: 'random', atMs: 0 }, 'there is no fault kil; did you mean kill?'],
  [{ on: 'random', atMs: 0 }, 'fault must be one of kill, '],
  [{ fault: 'kill', atMs: 0 }, 'faults[0]: on is missing'],
  [{ fault: 'kill', on: 'random', atMs: 0, delay: 1 }, 'kill takes no delay'],
  [{ fault: 'delay', on: 'random', atMs: 0, delayM: 1 }, 'did you mean delayMs?'],
  [{ fault: 'delay', on: 'random', atMs: 0, delayMs: 0 }, 'delayMs must be a whole number from 1'],
  [
    { fault: 'kill', on: 'leader-of(orders)', atMs: 0 },
    /on: "leader-of\(orders\)" selects no node/,
  ],
  [{ fault: 'cut', on: 'all', from: 'nobody', atMs: 0 }, /from: "nobody" selects no node/],
  [{ fault: 'cut', on: 'all', direction: 'up', atMs: 0 }, 'direction must be one of both, in, out'],
  [{ fault: 'corrupt', on: 'all', probability: 2, atMs: 0 }, 'above 0 and at most 1'],
  [{ fault: 'damage', on: 'all', file: 'x', how: 'flip', atMs: 0 }, 'file must be one of segment'],
  [{ fault: 'kill', on: 'random' }, 'atMs must be a whole number'],
  [{ fault: 'kill', on: 'random', atMs: -1 }, 'atMs must be a whole number'],
  [{ fault: 'kill', on: 'random', atMs: 0, forMs: 0 }, 'forMs must be a whole number'],
]

test.each(mistakes)('%j is refused', (step, said) => {
  expect(() => checkSteps([step], 60_000)).toThrow(said)
})

test('every kind of fault is known by its name', () => {
  for (const fault of FAULT_NAMES)
    expect(() => checkSteps([{ fault, atMs: 0, strange: 1 }], 1)).toThrow(`${fault} takes no`)
})

test('selectors are read, several by +', () => {
  expect(parseSelector('leader-of(a.b-c_1-3) + followers-of(x-*)+broker(12)')).toEqual([
    { role: 'leader-of', topic: 'a.b-c_1', partition: 3 },
    { role: 'followers-of', topic: 'x', partition: null },
    { role: 'broker', id: 12 },
  ])
  expect(parseSelector('coordinator-of(a group)+active-controller')).toEqual([
    { role: 'coordinator-of', group: 'a group' },
    { role: 'active-controller' },
  ])
  for (const wrong of ['', 'leader', 'leader-of()', 'broker(x)', 'random+', 'leader-of(t-)'])
    expect(() => parseSelector(wrong), wrong).toThrow('selects no node; there are leader-of(')
})
