// Goal: the checkers of logs, replicas and compacted topics flag every anomaly they name, and
// nothing else. Method: readings and replicas made by hand, each with one thing wrong, beside clean
// ones that look alike.
import { describe, expect, test } from 'vitest'
import { check } from '../../../src/chaos/checkers/checker.ts'
import { CompactedChecker } from '../../../src/chaos/checkers/compacted.ts'
import { ReplicasChecker } from '../../../src/chaos/checkers/replicas.ts'
import { RetentionChecker } from '../../../src/chaos/checkers/retention.ts'
import type { HistoryEvent, SendEvent } from '../../../src/chaos/history/events.ts'
import {
  compacted,
  final,
  kindsIn,
  refused,
  replica,
  run,
  send,
  unanswered,
} from './made-history.ts'

describe('a log from its start to its end', () => {
  const kinds = (...events: readonly HistoryEvent[]) =>
    kindsIn(new RetentionChecker(), [run(), ...events])

  test('is whole, wherever it begins', () => {
    expect(kinds(final([1, 2]), final([2], { first: 1, reader: 'kcat' }), final([]))).toEqual([])
    expect(kinds(final([1]), final([2], { first: 1, logStartOffset: 0 }))).toEqual([])
  })

  test('gap-in-log', () => {
    expect(kinds(final([1, 3], { offsets: [0, 2] }))).toEqual(['gap-in-log'])
    expect(kinds(final([2], { offsets: [1] }))).toEqual(['gap-in-log'])
    expect(kindsIn(new RetentionChecker(), [compacted(), final([2], { offsets: [1] })])).toEqual([])
  })

  test('its beginning may be deleted between the question and the reading', () => {
    const deleting = send(1, { workload: 'retention' })
    expect(kinds(deleting, final([3], { offsets: [2] }))).toEqual([])
    expect(kinds(deleting, final([3, 5], { offsets: [2, 4] }))).toEqual(['gap-in-log'])
  })

  test('below-log-start', () => {
    expect(kinds(final([1, 2], { logStartOffset: 1 }))).toEqual(['below-log-start'])
  })

  test('int-nonmonotonic-poll', () => {
    expect(kinds(final([1, 1], { offsets: [0, 0] }))).toEqual(['int-nonmonotonic-poll'])
  })
})

describe('replicas', () => {
  const found = (...events: readonly HistoryEvent[]) =>
    check(new ReplicasChecker(), [run(), ...events])
  const kinds = (...events: readonly HistoryEvent[]) =>
    kindsIn(new ReplicasChecker(), [run(), ...events])
  const until2 = { highWatermark: 2 }

  test('are one log, however far they go above the high watermark', () => {
    const others = [replica(2, 2), replica(3, 3, { changed: { 2: [2, 2, 0, 70, 9] } })]
    const { counts, unknowns } = found(replica(1, 3, until2), ...others)
    expect([counts, unknowns]).toEqual([{}, []])
  })

  test('unlike-replicas: other bytes, another epoch, another cut', () => {
    const good = [replica(1, 2, until2), replica(2, 2)]
    for (const changed of [
      [1, 1, 0, 70, 9],
      [1, 1, 1, 70, 1],
      [1, 1, 0, 71, 1],
    ] as const)
      expect(kinds(...good, replica(3, 2, { changed: { 1: changed } }))).toEqual([
        'unlike-replicas',
      ])
    const cut = replica(3, 1, { changed: { 0: [0, 1, 0, 140, 5] } })
    expect(kinds(...good, cut)).toEqual(['unlike-replicas'])
    const { anomalies } = found(...good, replica(3, 2, { changed: { 1: [1, 1, 0, 70, 9] } }))
    expect(anomalies[0]?.sentence).toBe(
      't-0: node 1 holds offsets 1 to 1, epoch 0, 70 bytes, crc 1, ' +
        'node 3 offsets 1 to 1, epoch 0, 70 bytes, crc 9',
    )
  })

  test('short-replica: also below what a reader was given', () => {
    const short = [replica(1, 2), replica(2, 2), replica(3, 1)]
    expect(kinds(...short)).toEqual([])
    expect(kinds(...short, replica(1, 2, until2))).toEqual(['short-replica', 'unlike-replicas'])
    expect(kinds(...short, final([1, 2]))).toEqual(['short-replica', 'unlike-replicas'])
  })

  test('disordered-replica: offsets and epochs', () => {
    const gap = replica(1, 3)
    const batches = gap.batches.filter((_, index) => index !== 1)
    expect(kinds({ ...gap, batches })).toEqual(['disordered-replica'])
    const older = replica(1, 2, { changed: { 0: [0, 0, 1, 70, 0] } })
    expect(kinds(older)).toEqual(['disordered-replica'])
  })

  test('may begin elsewhere, by retention', () => {
    const later = replica(2, 3, { logStartOffset: 1, highWatermark: 3 })
    const begins = { ...later, batches: later.batches.slice(1) }
    expect(kinds(replica(1, 3), begins, replica(3, 3))).toEqual([])
  })

  test('of compacted topics are not compared', () => {
    const cleaned = replica(2, 3, { highWatermark: 3, changed: { 1: [1, 1, 0, 60, 7] } })
    const events = [compacted(), replica(1, 3), cleaned, replica(3, 3)]
    expect(kindsIn(new ReplicasChecker(), events)).toEqual([])
    const { unknowns } = found(replica(1, 1), replica(2, 1))
    expect(unknowns).toEqual(['t-0: 2 of 3 replicas were looked at'])
  })
})

describe('a compacted topic', () => {
  const write = (number: number, changes: Partial<SendEvent> = {}) =>
    send(number, { key: 'k', ...changes })
  const tombstone = { tombstone: true }
  /** What is left of key `k`: by offset. */
  const left = (of: Readonly<Record<number, string | null>>) => {
    const offsets = Object.keys(of).map(Number)
    return final([], { offsets, ids: Object.values(of), keys: offsets.map(() => 'k') })
  }
  const kinds = (...events: readonly HistoryEvent[]) =>
    kindsIn(new CompactedChecker(), [compacted(), ...events])

  test('keeps the last value, cleaned or not', () => {
    expect(kinds(write(1), write(2), left({ 1: 'p:2' }))).toEqual([])
    expect(kinds(write(1), write(2), left({ 0: 'p:1', 1: 'p:2' }))).toEqual([])
    expect(kinds(write(1), write(2, tombstone), left({}))).toEqual([])
    expect(kinds(write(1), write(2, tombstone), left({ 1: null }))).toEqual([])
    expect(kinds(write(1, tombstone), write(2), left({ 1: 'p:2' }))).toEqual([])
  })

  test('lost-value', () => {
    expect(kinds(write(1), left({}))).toEqual(['lost-value'])
    expect(kinds(write(1, tombstone), write(2), left({}))).toEqual(['lost-value'])
  })

  test('stale-value: by offsets, by times, by the order of one producer', () => {
    expect(kinds(write(1), write(2), left({ 0: 'p:1' }))).toEqual(['stale-value'])
    const untold = { offset: null }
    const others = [write(1, { ...untold, producer: 'q' }), write(2, untold)]
    expect(kinds(...others, left({ 0: 'q:1' }))).toEqual(['stale-value'])
    const atOnce = [write(1, { ...untold, producer: 'q', doneMs: 99 }), write(2, untold)]
    expect(kinds(...atOnce, left({ 0: 'q:1' }))).toEqual([])
    const own = [write(1, { ...untold, doneMs: 99 }), write(2, untold)]
    expect(kinds(...own, left({ 0: 'p:1' }))).toEqual(['stale-value'])
  })

  test('resurrected: a value is there again that was deleted', () => {
    expect(kinds(write(1), write(2, tombstone), left({ 0: 'p:1' }))).toEqual(['resurrected'])
  })

  test('what was not answered may be the last, or not', () => {
    const open = write(2, unanswered)
    expect(kinds(write(1), open, left({ 0: 'p:1' }))).toEqual([])
    expect(kinds(write(1), open, left({ 1: 'p:2' }))).toEqual([])
    const gone = write(2, { ...unanswered, ...tombstone })
    expect(kinds(write(1), gone, left({}))).toEqual([])
    expect(kinds(write(1), gone, left({ 0: 'p:1' }))).toEqual([])
  })

  test('refused-but-there and out-of-nowhere', () => {
    expect(kinds(write(1), write(2, refused), left({ 1: 'p:2' }))).toEqual(['refused-but-there'])
    expect(kinds(write(1), left({ 0: 'p:1', 5: '?' }))).toEqual(['out-of-nowhere'])
    expect(kinds(write(1), left({ 0: 'p:1', 5: null }))).toEqual(['out-of-nowhere'])
  })

  test('that nobody read by keys proves nothing', () => {
    expect(check(new CompactedChecker(), [compacted(), write(1)]).unknowns).toHaveLength(1)
    const unread = { type: 'unread', reader: 'lograft', topic: 't', partition: 0 } as const
    const events = [compacted(), write(1), left({}), unread]
    expect(check(new CompactedChecker(), events).unknowns).toHaveLength(1)
    expect(kinds(write(1), left({}), unread)).toEqual([])
  })
})
