// Goal: what a report shows is what the history says, and what is in it cannot break out of it.
// Method: the parts of a page on a run made by hand; scales and rows by their numbers.
import { describe, expect, test } from 'vitest'
import { logScale, timesUntil, LEFT, RIGHT, roundedUp } from '../../../src/chaos/report/axes.ts'
import { faultRows } from '../../../src/chaos/report/fault-rows.ts'
import { judgedOf } from '../../../src/chaos/report/judged.ts'
import { tag } from '../../../src/chaos/report/markup.ts'
import { pageOf } from '../../../src/chaos/report/page.ts'
import { linePath } from '../../../src/chaos/report/panels.ts'
import { percentile } from '../../../src/chaos/report/percentile.ts'
import { junitOf, readResults, resultsOf } from '../../../src/chaos/report/results.ts'
import { drawable } from '../../../src/chaos/report/series.ts'
import { clockTime, duration } from '../../../src/chaos/report/words.ts'
import {
  invalidFindings,
  killedLeaderEvents,
  storyOf,
  validFindings,
} from '../../support/chaos-story.ts'

test('text in a page is text', () => {
  const { markup } = tag('p', { title: 'a "b"', hidden: false }, '<b> & ', tag('i', {}, 'x'))
  expect(markup).toBe('<p title="a &quot;b&quot;">&lt;b&gt; &amp; <i>x</i></p>')
  const page = pageOf(storyOf(invalidFindings), ['again'])
  expect(page).not.toContain('<script>alert')
  // Of the three elements that may hold one: figures, and what reads them.
  expect(page.match(/<script/g)).toHaveLength(2)
})

test('a page asks for nothing', () => {
  const page = pageOf(storyOf(validFindings), ['again'])
  expect(page).not.toMatch(/(src|href)="(?!#)|url\(|@import/)
  expect(page).toContain("default-src 'none'")
})

describe('a verdict, for people', () => {
  const caught = { ...invalidFindings, unknowns: [] }

  test.each([
    [{ expect: 'valid' }, validFindings, 'Valid', true],
    [{ expect: 'valid' }, caught, 'Invalid', false],
    [{ expect: 'valid' }, { ...validFindings, verdict: 'unknown' }, 'Unknown', false],
    [{ expect: 'invalid', mustFind: ['lost-write'] }, caught, 'Caught', true],
    [{ expect: 'invalid', mustFind: ['reordering'] }, caught, 'Not caught', false],
    [{ expect: 'invalid' }, validFindings, 'Not caught', false],
    [{ expect: 'invalid' }, { ...validFindings, verdict: 'unknown' }, 'Not caught', false],
  ] as const)('%# %j', (run, findings, word, isPassed) => {
    expect(judgedOf(run, findings)).toMatchObject({ word, isPassed })
  })

  test('of what was not decided, the first thing is said', () => {
    const unknowns = ['node 1 did not start\n    at somewhere', 'nothing was asked']
    const findings = { ...validFindings, verdict: 'unknown', unknowns } as const
    const said = 'not decided: node 1 did not start (and 1 more thing)'
    expect(judgedOf({ expect: 'valid' }, findings).because).toBe(said)
    expect(judgedOf({ expect: 'invalid' }, findings).because).toBe(`no anomaly was found; ${said}`)
  })
})

describe('results', () => {
  test('are read as they were written, and nothing else is', () => {
    const results = resultsOf(storyOf(validFindings))
    expect(readResults(JSON.stringify(results))).toEqual(results)
    expect(results).toMatchObject({ passed: true, faults: { kill: 1, pause: 1 }, seed: 4711 })
    for (const text of ['', '{', 'null', '{"format":99}']) expect(readResults(text)).toBeNull()
  })

  test('are tests to whoever reads JUnit: unknown is an error, invalid a failure', () => {
    const of = (findings: typeof validFindings) => resultsOf(storyOf(findings))
    const unknown = of({ ...validFindings, verdict: 'unknown', unknowns: ['a < b'] })
    const xml = junitOf([of(validFindings), of(invalidFindings), unknown])
    expect(xml).toContain('tests="3" failures="1" errors="1"')
    expect(xml).toContain('unknown: a &lt; b')
    expect(xml).toContain('lost-write: orders-0: kafkajs/1:812')
    expect(xml).toContain('skipped: client librdkafka')
  })
})

describe('the story', () => {
  test('faults end where they were taken back, and at the end when they were not', () => {
    const { faults, endMs } = storyOf(validFindings)
    expect(faults.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [20_000, 30_000],
      [40_000, 44_000],
    ])
    const events = storyEventsWithoutHealing()
    expect(storyOf(validFindings, events).faults.at(-1)?.toMs).toBe(endMs)
  })

  test('a new epoch of the same leader is no new reign', () => {
    const { lanes } = storyOf(validFindings)
    expect(lanes.map(({ partition, reigns }) => [partition, reigns.length])).toEqual([
      [0, 2],
      [1, 1],
      [2, 1],
    ])
  })

  test('seconds in which nothing was answered are there, empty', () => {
    const seconds = validFindings.seconds.filter(({ atSecond }) => atSecond !== 21)
    const { series } = storyOf({ ...validFindings, seconds })
    expect(series.moments).toHaveLength(60)
    expect(series.moments[21]).toMatchObject({ atMs: 21_000, ok: 0, p50: null })
  })
})

function storyEventsWithoutHealing() {
  return killedLeaderEvents.filter(({ type }) => type !== 'healed')
}

describe('the picture', () => {
  const times = timesUntil(60_000)

  test('time runs from left to right, and stays inside', () => {
    expect([0, 60_000, 90_000, -5].map(times.x)).toEqual([LEFT, RIGHT, RIGHT, LEFT])
  })

  test('each line is ten times the one below', () => {
    const { y, decades } = logScale(7_514, { top: 0, bottom: 400 })
    expect(decades).toEqual([1, 10, 100, 1_000, 10_000])
    expect([0.2, 1, 10, 10_000].map(y)).toEqual([400, 400, 300, 0])
    expect([0, 7, 12, 950, 1_000].map(roundedUp)).toEqual([1, 10, 20, 1_000, 1_000])
  })

  test('a line is broken where nothing is known', () => {
    const path = linePath([
      [0, 1],
      [1, 2],
      [2, null],
      [3, 4],
    ])
    expect(path).toBe('M0.0 1.0L1.0 2.0M3.0 4.0')
  })

  test('faults that overlap stand in rows of their own, and no more than there is room for', () => {
    const band = (id: number, fromMs: number, toMs: number) => ({
      ...{ id, fault: 'kill', text: `kill -9 of ${id}`, nodes: [id], fromMs, toMs, error: null },
    })
    const apart = faultRows([band(1, 0, 5_000), band(2, 30_000, 35_000)], times, 0)
    const together = faultRows([band(1, 0, 5_000), band(2, 1_000, 6_000)], times, 0)
    expect([apart.height, together.height]).toEqual([20, 40])
    const crowd = Array.from({ length: 400 }, (_, id) => band(id, id * 150, id * 150 + 9_000))
    expect(faultRows(crowd, times, 0).height).toBe(120)
  })

  test('a peak is not averaged away', () => {
    const moments = Array.from({ length: 4_000 }, (_, second) => ({
      ...{ atMs: second * 1_000, ok: 1, fail: 0, unknown: 0, p50: 1 },
      ...{ p99: 2, max: second === 1_234 ? 9_000 : 3 },
    }))
    const { moments: few, everyMs } = drawable({ everyMs: 1_000, moments })
    expect(few.length).toBeLessThanOrEqual(900)
    expect(few.reduce((sum, { ok }) => sum + ok, 0)).toBe(4_000)
    expect(Math.max(...few.map(({ max }) => max ?? 0))).toBe(9_000)
    expect(few.length * everyMs).toBeGreaterThanOrEqual(4_000_000)
  })
})

test('numbers, for people', () => {
  expect([0, 0.4, 38.4, 999, 1_240, 9_960, 61_000, 120_000].map(duration)).toEqual([
    ...['0 ms', '< 1 ms', '38 ms', '999 ms', '1.2 s', '10 s', '1 min 1 s', '2 min'],
  ])
  expect([0, 7_400, 750_000].map(clockTime)).toEqual(['0:00', '0:07', '12:30'])
  expect([0.5, 0.99, 1].map((share) => percentile([1, 2, 3, 4], share))).toEqual([2, 4, 4])
  expect(percentile([], 0.5)).toBe(0)
})
