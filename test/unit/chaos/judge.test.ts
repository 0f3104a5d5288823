// Goal: a verdict is valid only when everything could be looked at and nothing was wrong; figures
// are what they say; a drawn history of a cluster that keeps its word is valid, and with one thing
// changed it is not. Method: whole histories made by hand; histories drawn from a model of logs,
// producers and consumers, and single changes of them, each with the kind of anomaly that it is.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ANOMALIES } from '../../../src/chaos/checkers/anomalies.ts'
import { percentilesOf } from '../../../src/chaos/checkers/figures.ts'
import {
  OWN_BROKERS,
  type HistoryEvent,
  type SendEvent,
} from '../../../src/chaos/history/events.ts'
import {
  asked,
  commit,
  committed,
  final,
  judged,
  phase,
  poll,
  refused,
  replica,
  run,
  send,
  unanswered,
  whole,
} from './made-history.ts'
import { drawnRuns, type DrawnRun } from './drawn-runs.ts'

const good = [send(1), send(2), final([1, 2])]
const fault = (id: number, atMs: number, text = 'kill -9 of 1'): HistoryEvent => ({
  ...{ type: 'fault', id, atMs, step: { fault: 'kill', on: 'random', atMs }, nodes: [1], text },
})
const healed = (id: number, atMs: number, error: string | null = null): HistoryEvent => ({
  ...{ type: 'healed', id, atMs, error },
})

describe('the verdict', () => {
  test('is valid when all is there and nothing is wrong', () => {
    const findings = judged(whole(fault(1, 10), ...good, healed(1, 20)))
    expect(findings).toMatchObject({ verdict: 'valid', anomalies: [], counts: {}, unknowns: [] })
    expect(findings.records).toEqual({ ok: 2, fail: 0, unknown: 0 })
  })

  test('is invalid when a single thing is wrong, whatever else is not known', () => {
    const lost = whole(...good, send(3))
    expect(judged(lost)).toMatchObject({ verdict: 'invalid', counts: { 'lost-write': 1 } })
    expect(judged(lost.slice(0, -1)).verdict).toBe('invalid')
    const found = { type: 'found', atMs: 5, kind: 'invalid', anomaly: 'not-back' } as const
    const told = judged(whole(...good, { ...found, sentence: 'node 2 did not come back' }))
    expect(told).toMatchObject({ verdict: 'invalid', counts: { 'not-back': 1 } })
  })

  test.each<[string, readonly HistoryEvent[]]>([
    ['nothing was asked', whole(final([]))],
    ['nothing was acknowledged', whole(send(1, refused), send(2, unanswered), final([]))],
    ['a partition was not read', whole(send(1))],
    ['a client was never acknowledged', whole(...good, send(3, { ...refused, client: 'kcat' }))],
    ['a fault was not taken back', whole(fault(1, 10), ...good)],
    ['a fault could not be', whole(fault(1, 10), ...good, healed(1, 20, 'no'))],
    ['the run did not end', whole(...good).slice(0, -1)],
    ['the run is not known', whole(...good).slice(1)],
    ['nobody asked what is committed', whole(...good, commit(1))],
    [
      'a workload left nothing behind',
      [run({ workloads: ['idempotent', 'metadata'] }), ...whole(...good).slice(1)],
    ],
    ['no replica was looked at', [run({ target: OWN_BROKERS }), ...whole(...good).slice(1)]],
    ['it ended before the first fault', [run({ steps: 3 }), ...whole(...good).slice(1)]],
    [
      'all faults were skipped',
      whole(...good, { type: 'skipped', atMs: 1, what: 'starve-cpu', why: 'no taskset' }),
    ],
    [
      'all faults failed when they were made',
      whole(...good, fault(1, 90), healed(1, 91), {
        ...{ type: 'skipped', atMs: 91, what: 'starve-cpu', why: 'no taskset', id: 1 },
      }),
    ],
    [
      'a reader did not come to the end',
      whole(...good, { type: 'unread', reader: 'kcat', topic: 't', partition: 0 }),
    ],
    [
      'the run says so',
      whole(...good, { type: 'found', atMs: 1, kind: 'unknown', anomaly: 'x', sentence: 'y' }),
    ],
  ])('is unknown when %s', (_, events) => {
    const { verdict, unknowns } = judged(events)
    expect(unknowns).toHaveLength(1)
    expect(verdict).toBe('unknown')
  })

  test('of a run that has all of it', () => {
    const topics = { t: { partitions: 1, replicationFactor: 2, compacted: false } }
    const events = [
      run({ target: OWN_BROKERS, topics, workloads: ['idempotent', 'metadata', 'groups'] }),
      ...whole(...good, poll([1, 2]), commit(1), committed(1, 90)).slice(1),
      ...[asked('set', 'a', 10), asked('get', 'a', 20), replica(1, 2), replica(2, 2)],
    ]
    expect(judged(events)).toMatchObject({ verdict: 'valid', unknowns: [], counts: {} })
  })
})

describe('gaps', () => {
  const at = (number: number, dueMs: number, doneMs: number, changes: Partial<SendEvent> = {}) =>
    send(number, { dueMs, sentMs: dueMs, doneMs, ...changes })
  const gapsOf = (...events: readonly HistoryEvent[]) =>
    judged(whole(...events)).gaps.map(({ fromMs, toMs, faultId }) => [fromMs, toMs, faultId])

  test('are times without an acknowledgement while records were due', () => {
    const sends = [at(1, 0, 5), at(2, 10, 15), at(3, 20, 400), at(4, 30, 401), at(5, 500, 505)]
    expect(gapsOf(...sends, final([1, 2, 3, 4, 5]))).toEqual([[20, 400, null]])
  })

  test('are none while nothing is due', () => {
    expect(gapsOf(at(1, 0, 5), at(2, 900, 905), final([1, 2]))).toEqual([])
  })

  test('belong to the fault that had begun, or that began in them', () => {
    const sends = [at(1, 0, 5), at(2, 10, 15), at(3, 20, 400), at(4, 410, 415), at(5, 420, 900)]
    const faults = [fault(7, 12), healed(7, 30), fault(8, 700), healed(8, 710)]
    expect(gapsOf(...sends, ...faults, final([1, 2, 3, 4, 5]))).toEqual([
      [20, 400, 7],
      [420, 900, 8],
    ])
    const { unavailability } = judged(whole(...sends, ...faults, final([1, 2, 3, 4, 5])))
    expect(unavailability).toMatchObject({ count: 2, max: 480 })
  })

  test('last until the load ends, or what is due was given up', () => {
    expect(gapsOf(at(1, 0, 5), send(2, { ...unanswered, dueMs: 10 }), final([1]))).toEqual([
      [10, 1_001, null],
    ])
    const givenUp = at(2, 10, 300, { ...refused })
    expect(gapsOf(at(1, 0, 5), givenUp, final([1]))).toEqual([[10, 300, null]])
  })

  test('are none where somebody else is answered: one client may look for a leader for long', () => {
    const other = { process: 'kafkajs/2', producer: 'q' }
    const waits = [at(1, 0, 5), at(2, 10, 300)]
    const others = [50, 130, 210, 290].map((doneMs, index) =>
      at(index + 1, doneMs - 5, doneMs, { ...other, offset: 2 + index }),
    )
    const all = final([1, 2, 'q:1', 'q:2', 'q:3', 'q:4'])
    expect(gapsOf(...waits, ...others, all)).toEqual([])
    expect(gapsOf(...waits, ...others.slice(0, 2), all)).toEqual([[130, 300, null]])
  })
})

describe('figures', () => {
  test('latencies count from when a record was due', () => {
    const late = send(1, { dueMs: 0, sentMs: 900, doneMs: 1_000 })
    const { latencies, seconds } = judged(
      whole(late, send(2, { ...refused, doneMs: 2_500 }), final([1])),
    )
    expect(latencies['kafkajs']).toMatchObject({ count: 1, p50: 1_000, max: 1_000 })
    expect(seconds.map(({ ok, fail, unknown }) => [ok, fail, unknown])).toEqual([
      [0, 0, 0],
      [1, 0, 0],
      [0, 1, 0],
    ])
    expect(seconds[1]?.latency).toMatchObject({ p50: 1_000 })
    expect(seconds[2]?.latency).toBeNull()
  })

  test('percentiles are those of all values, to three digits', () => {
    const { count, p50, p99, p999, max } = percentilesOf(
      Array.from({ length: 1_000 }, (_, ms) => ms),
    )
    expect(count).toBe(1_000)
    for (const [found, wanted] of [
      [p50, 500],
      [p99, 990],
      [p999, 999],
      [max, 999],
    ] as const)
      expect(Math.abs(found - wanted)).toBeLessThan(wanted / 200)
    expect(percentilesOf([])).toEqual({ count: 0, p50: 0, p99: 0, p999: 0, max: 0 })
  })
})

describe('a drawn history', () => {
  test('of a cluster that keeps its word is valid', () => {
    fc.assert(
      fc.property(drawnRuns, ({ events }) => {
        const { verdict, anomalies, unknowns } = judged(events)
        expect({ verdict, anomalies, unknowns }).toEqual({
          ...{ verdict: 'valid', anomalies: [], unknowns: [] },
        })
      }),
    )
  })

  const anyone = fc.nat()
  test.each<
    [keyof typeof ANOMALIES, (run: DrawnRun, which: number) => readonly HistoryEvent[] | null]
  >(changes())('with one change is found to be invalid: %s', (kind, change) => {
    fc.assert(
      fc.property(drawnRuns, anyone, (drawn, which) => {
        const events = change(drawn, which)
        fc.pre(events !== null)
        const { verdict, counts } = judged(events)
        expect(verdict).toBe('invalid')
        expect(Object.keys(counts)).toContain(kind)
      }),
      { numRuns: 30 },
    )
  })
})

/**
 * By the kind that it is: one change of a history that was valid; null: it has nothing to change.
 */
function changes(): [
  keyof typeof ANOMALIES,
  (run: DrawnRun, which: number) => readonly HistoryEvent[] | null,
][] {
  return [
    ['lost-write', (drawn, which) => drawn.without(which, 'ok')],
    ['refused-but-there', (drawn, which) => drawn.toldOf(which, refused)],
    ['duplicate', (drawn, which) => drawn.again(which)],
    ['reordering', (drawn, which) => drawn.swapped(which)],
    ['out-of-nowhere', (drawn, which) => drawn.replacedBy(which, null)],
    ['moved-write', (drawn, which) => drawn.toldElsewhere(which)],
    ['shared-offset', (drawn, which) => drawn.toldTwice(which)],
    ['unseen', (drawn, which) => drawn.notGiven(which)],
    ['inconsistent-offset', (drawn, which) => drawn.polledOther(which)],
    ['read-before-commit', (drawn) => drawn.polledBeyond()],
    ['poll-skip', (drawn, which) => drawn.pollLeftOut(which)],
    ['nonmonotonic-poll', (drawn, which) => drawn.pollAgain(which)],
    ['int-poll-skip', (drawn, which) => drawn.leftOutOfPoll(which)],
    ['gap-in-log', (drawn, which) => drawn.without(which, 'ok')],
    ['unlike-replicas', (drawn, which) => drawn.otherBytes(which)],
  ]
}

test('phases alone are no run', () => {
  expect(judged([phase('start', 0), phase('end', 1)]).verdict).toBe('unknown')
})
