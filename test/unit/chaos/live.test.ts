// Goal: what is shown of a run while it lasts is what its events say. Method: events told with a
// clock of the test's own, and the lines that are drawn of it.
import { describe, expect, test } from 'vitest'
import type { HistoryEvent, SendEvent } from '../../../src/chaos/history/events.ts'
import { Live } from '../../../src/chaos/run/live.ts'
import { drawnLines, newsLine } from '../../../src/cli/chaos/screen.ts'

function send(partition: number, doneMs: number, outcome: SendEvent['outcome'] = 'ok'): SendEvent {
  return {
    ...{ type: 'send', process: 'p', workload: 'idempotent', client: 'lograft', producer: 'a' },
    ...{ number: 1, topic: 'orders', partition, dueMs: doneMs - 5, sentMs: doneMs - 4, doneMs },
    ...{ outcome, offset: 1, idempotent: true },
  }
}

const killed: HistoryEvent = {
  ...{ type: 'fault', id: 3, atMs: 8_000, nodes: [2], text: 'kill -9 of 2' },
  step: { fault: 'kill', on: 'broker(2)', atMs: 3_000 },
}

describe('a run while it lasts', () => {
  let nowMs = 0
  const at = (ms: number) => (nowMs = ms)
  const begun = () => {
    const live = new Live('kill-leader', 60_000)
    live.begin(() => nowMs)
    live.take({ type: 'phase', phase: 'faults', atMs: 5_000 })
    return live
  }

  test('partitions that take nothing, the longest first', () => {
    const live = begun()
    live.take(send(0, 7_000))
    live.take(send(1, 7_900))
    live.take(send(2, 9_500))
    // Not acknowledged: nothing was taken.
    live.take(send(0, 9_900, 'unknown'))
    at(10_000)
    expect(live.look().gaps).toEqual([
      { partition: 'orders-0', sinceMs: 7_000 },
      { partition: 'orders-1', sinceMs: 7_900 },
    ])
    live.take({ type: 'phase', phase: 'read', atMs: 10_000 })
    expect(live.look().gaps).toEqual([])
  })

  test('at the first look rates are since the load is on', () => {
    const live = new Live('kill-leader', 60_000)
    live.begin(() => nowMs)
    live.take({ type: 'phase', phase: 'load', atMs: 6_000 })
    for (let count = 0; count < 100; count += 1) live.take(send(0, 7_000))
    at(8_000)
    expect(live.look().rates).toEqual({ ok: 50, fail: 0, unknown: 0 })
  })

  test('rates of the last seconds, and since the last look of one who looks seldom', () => {
    const live = begun()
    at(10_000)
    live.look()
    for (let count = 0; count < 500; count += 1) live.take(send(0, 10_000))
    at(20_000)
    expect(live.look().rates).toEqual({ ok: 50, fail: 0, unknown: 0 })
    at(21_000)
    live.take(send(0, 21_000, 'fail'))
    expect(live.look().rates).toEqual({ ok: 0, fail: 1, unknown: 0 })
  })

  test('faults until they are taken back, and the time that is left', () => {
    const live = begun()
    live.take(killed)
    at(12_500)
    const glimpse = live.look()
    expect(glimpse.leftMs).toBe(52_500)
    expect(drawnLines(glimpse, 100)).toEqual([
      'kill-leader  0:13  faults are made, 53 s left',
      '  records     0/s acknowledged, 0/s refused, 0/s unknown, 0 in all',
      '  faults      kill -9 of 2 (4.5 s)',
      '  no records  everywhere some',
    ])
    expect(drawnLines(glimpse, 30).every((line) => line.length < 30)).toBe(true)
    live.take({ type: 'healed', id: 3, atMs: 13_000, error: null })
    expect(live.look().faults).toEqual([])
  })
})

test('news of a run are lines; records are not', () => {
  expect(newsLine(killed)).toBe('[0:08] fault 3: kill -9 of 2')
  expect(newsLine({ type: 'healed', id: 3, atMs: 9_000, error: 'node 2 does not start' })).toBe(
    '[0:09] fault 3 could not be taken back: node 2 does not start',
  )
  expect(newsLine(send(0, 1))).toBeNull()
})
