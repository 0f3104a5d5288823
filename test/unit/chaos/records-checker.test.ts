// Goal: the checker of records flags every anomaly it names, and nothing else; what Kafka allows is
// counted and not judged.
// Method: histories made by hand, each with one thing wrong, beside clean ones that look alike.
import { describe, expect, test } from 'vitest'
import { check } from '../../../src/chaos/checkers/checker.ts'
import { RecordsChecker } from '../../../src/chaos/checkers/records.ts'
import type { HistoryEvent } from '../../../src/chaos/history/events.ts'
import { idOf, valueOf } from '../../../src/chaos/history/values.ts'
import { final, kindsIn, poll, position, refused, run, send, unanswered } from './made-history.ts'

const kinds = (...events: readonly HistoryEvent[]) =>
  kindsIn(new RecordsChecker(), [run(), ...events])
const allowed = (...events: readonly HistoryEvent[]) =>
  check(new RecordsChecker(), [run(), ...events]).allowed.map(({ kind, count }) => [kind, count])

const three = [send(1), send(2), send(3)]

describe('what was acknowledged', () => {
  test('is there, where it was said, for whoever reads', () => {
    expect(kinds(...three, final([1, 2, 3]), final([1, 2, 3], { reader: 'kcat' }))).toEqual([])
    expect(kinds(...three, poll([1, 2]), final([1, 2, 3]))).toEqual([])
    // Whatever order events come in, and in however many pieces a partition is told.
    expect(kinds(final([1, 2]), final([3], { first: 2, logStartOffset: 0 }), ...three)).toEqual([])
  })

  test('lost-write: nobody finds it', () => {
    expect(kinds(...three, final([1, 2]))).toEqual(['lost-write'])
    expect(kinds(...three, final([]))).toEqual(['lost-write'])
    const { anomalies, counts } = check(new RecordsChecker(), [run(), ...three, final([])])
    expect(counts).toEqual({ 'lost-write': 3 })
    expect(anomalies[0]).toMatchObject({ topic: 't', partition: 0, fromMs: 10, toMs: 15 })
    expect(anomalies[0]?.evidence).toEqual([
      expect.objectContaining({ type: 'send', id: 'p:1', offset: 0 }),
      expect.objectContaining({ type: 'final', reader: 'lograft', records: 0 }),
    ])
  })

  test('is not lost, and not unseen, for one who did not come to the end', () => {
    const unread = { type: 'unread', reader: 'kcat', topic: 't', partition: 0 } as const
    expect(kinds(...three, final([1, 2, 3]), final([1], { reader: 'kcat' }))).toEqual(['unseen'])
    expect(kinds(...three, final([1, 2, 3]), final([1], { reader: 'kcat' }), unread)).toEqual([])
    expect(kinds(...three, final([1], { reader: 'kcat' }), unread)).toEqual([])
  })

  test('lost-write: below a log start that nobody may move', () => {
    expect(kinds(...three, final([3], { first: 2 }))).toEqual(['lost-write'])
    const kept = three.map((event) => ({ ...event, workload: 'retention' as const }))
    expect(kinds(...kept, final([3], { first: 2 }))).toEqual([])
    expect(allowed(...kept, final([3], { first: 2 }))).toEqual([['deleted-by-retention', 2]])
    expect(kinds(...kept, final([2], { first: 1 }))).toEqual(['lost-write'])
  })

  test('acknowledged by one replica alone, and gone with it (acks=1)', () => {
    const overwritten = [...three, send(4, { offset: 2 })]
    expect(kinds(...overwritten, poll([1, 2, 3]), final([1, 2, 4]))).toEqual([
      'inconsistent-offset',
      'lost-write',
      'shared-offset',
    ])
  })

  test('moved-write: elsewhere', () => {
    const moved = [send(1, { offset: 1 }), send(2, { offset: 0 })]
    expect(kinds(...moved, final([1, 2]))).toEqual(['moved-write'])
    const two = run({ topics: { t: { partitions: 2, replicationFactor: 3, compacted: false } } })
    const other = [final([]), final([1], { partition: 1 })]
    expect(kindsIn(new RecordsChecker(), [two, send(1), ...other])).toEqual(['moved-write'])
  })

  test('of a client that does not tell where, is believed to be kept', () => {
    const untold = send(1, { partition: null, offset: null })
    expect(kinds(untold, final([1]))).toEqual([])
    expect(kinds(untold, final([]))).toEqual(['lost-write'])
    const two = run({ topics: { t: { partitions: 2, replicationFactor: 3, compacted: false } } })
    expect(kindsIn(new RecordsChecker(), [two, untold, final([])])).toEqual([])
  })

  test('shared-offset: two at one', () => {
    const shared = [send(1), send(2, { offset: 0 })]
    expect(kinds(...shared, final([1, 2]))).toEqual(['moved-write', 'shared-offset'])
  })

  test('unseen: one of the readers of everything was not given it', () => {
    const short = final([1, 2], { reader: 'kcat' })
    expect(kinds(...three, final([1, 2, 3]), short)).toEqual(['unseen'])
    const later = final([2, 3], { reader: 'kcat', first: 1 })
    const kept = three.map((event) => ({ ...event, workload: 'retention' as const }))
    expect(kinds(...kept, final([1, 2, 3]), later)).toEqual([])
  })
})

describe('what is there', () => {
  test('unknown outcomes may be there or not, but once', () => {
    const unknown = [send(1), send(2, unanswered)]
    expect(kinds(...unknown, final([1]))).toEqual([])
    expect(kinds(...unknown, final([1, 2]))).toEqual([])
    expect(allowed(...unknown, final([1, 2]))).toEqual([['unknown-but-there', 1]])
    expect(kinds(...unknown, final([1, 2, 2]))).toEqual(['duplicate'])
  })

  test('refused-but-there: refused for certain', () => {
    expect(kinds(send(1), send(2, refused), final([1]))).toEqual([])
    expect(kinds(send(1), send(2, refused), final([1, 2]))).toEqual(['refused-but-there'])
  })

  test('duplicate: twice, of a producer that sends duplicates away', () => {
    expect(kinds(...three, final([1, 2, 3, 2]))).toEqual(['duplicate'])
    const careless = three.map((event) => ({ ...event, idempotent: false }))
    expect(kinds(...careless, final([1, 2, 3, 2]))).toEqual([])
    expect(allowed(...careless, final([1, 2, 3, 2]))).toEqual([
      ['duplicate-without-idempotence', 1],
    ])
  })

  test('reordering: in another order than it was sent in', () => {
    const swapped = [send(1, { offset: 1 }), send(2, { offset: 0 })]
    expect(kinds(...swapped, final([2, 1]))).toEqual(['reordering'])
    const careless = swapped.map((event) => ({ ...event, idempotent: false }))
    expect(kinds(...careless, final([2, 1]))).toEqual([])
    const others = [send(1, { offset: 1 }), send(2, { offset: 0, producer: 'q' })]
    expect(kinds(...others, final(['q:2', 1]))).toEqual([])
  })

  test('out-of-nowhere: bytes that nobody sent', () => {
    expect(kinds(send(1), final([1, null]))).toEqual(['out-of-nowhere'])
    expect(kinds(send(1), final([1, 'p:9']))).toEqual(['out-of-nowhere'])
    expect(kinds(send(1), final([1, 'nonsense']))).toEqual(['out-of-nowhere'])
    const value = valueOf({ producer: 'p', number: 7 })
    expect(idOf(value)).toEqual({ producer: 'p', number: 7 })
    expect(idOf(`${value}.`)).toBeNull()
  })

  test('inconsistent-offset: for two readers, or for one at two times', () => {
    expect(kinds(...three, poll([1, 3]), final([1, 2, 3]))).toEqual(['inconsistent-offset'])
    const other = final([1, 3, 3], { reader: 'kcat' })
    expect(kinds(...three, final([1, 2, 3]), other)).toContain('inconsistent-offset')
  })

  test('read-before-commit: what a consumer was given is gone', () => {
    const unknown = [send(1), send(2, unanswered)]
    expect(kinds(...unknown, poll([1, 2]), final([1]))).toEqual(['read-before-commit'])
    const kept = three.map((event) => ({ ...event, workload: 'retention' as const }))
    expect(kinds(...kept, poll([1, 2, 3]), final([3], { first: 2 }))).toEqual([])
  })

  test('what nobody read in the end is not judged', () => {
    expect(kinds(...three, poll([1, 2]))).toEqual([])
  })
})

describe('what consumers were given', () => {
  const four = [...three, send(4)]
  const end = final([1, 2, 3, 4])

  test('in order, poll by poll', () => {
    expect(kinds(...four, poll([1, 2]), poll([3, 4], { first: 2 }), end)).toEqual([])
  })

  test('poll-skip and nonmonotonic-poll: between two polls', () => {
    expect(kinds(...four, poll([1]), poll([3], { first: 2 }), end)).toEqual(['poll-skip'])
    expect(kinds(...four, poll([1, 2]), poll([2], { first: 1 }), end)).toEqual([
      'nonmonotonic-poll',
    ])
    const other = poll([3], { first: 2, process: 'kafkajs/2' })
    expect(kinds(...four, poll([1]), other, end)).toEqual([])
  })

  test('where a consumer goes by its own will, it continues there', () => {
    const back = [poll([1, 2]), position('seek', 0)]
    expect(kinds(...four, ...back, poll([1, 2]), end)).toEqual([])
    expect(kinds(...four, ...back, poll([2], { first: 1 }), end)).toEqual(['poll-skip'])
    const ahead = [poll([1]), position('seek', 2)]
    expect(kinds(...four, ...ahead, poll([3], { first: 2 }), end)).toEqual([])
    expect(kinds(...four, ...ahead, poll([2], { first: 1 }), end)).toEqual(['nonmonotonic-poll'])
    expect(kinds(...four, poll([1]), position('seek', null), poll([4], { first: 3 }), end)).toEqual(
      [],
    )
  })

  test('after a rebalance those that subscribe may skip and go back, those that assign may not', () => {
    const mode = 'subscribe'
    const skipping = [
      poll([1], { mode }),
      position('assigned', null),
      poll([3], { mode, first: 2 }),
    ]
    expect(kinds(...four, ...skipping, end)).toEqual([])
    expect(allowed(...four, ...skipping, end)).toEqual([['poll-skip-after-rebalance', 1]])
    const back = [poll([1, 2], { mode }), position('revoked', null), poll([1], { mode })]
    expect(allowed(...four, ...back, end)).toEqual([['nonmonotonic-poll-after-rebalance', 1]])
    const same = [poll([1], { mode }), poll([3], { mode, first: 2 })]
    expect(kinds(...four, ...same, end)).toEqual(['poll-skip'])
  })

  test('int-poll-skip and int-nonmonotonic-poll: within one poll', () => {
    const skipping = poll([1, 3], { offsets: [0, 2] })
    expect(kinds(...four, skipping, end)).toEqual(['int-poll-skip'])
    const back = poll([1, 2, 1], { offsets: [0, 1, 0] })
    expect(kinds(...four, back, end)).toEqual(['int-nonmonotonic-poll'])
  })

  test('a jump over what is not there, or over what was deleted, is none', () => {
    const jumping = poll([1, 3], { offsets: [0, 2] })
    const holey = final([1, 3], { offsets: [0, 2] })
    expect(kinds(send(1), send(3), jumping, holey)).toEqual([])
    const kept = four.map((event) => ({ ...event, workload: 'retention' as const }))
    const deleted = [...kept, jumping, final([3, 4], { first: 2 })]
    expect(kinds(...deleted)).toEqual([])
    expect(allowed(...deleted)).toContainEqual(['poll-skip-of-deleted', 1])
  })
})

test('two producers of one name make a history that proves nothing', () => {
  const { unknowns } = check(new RecordsChecker(), [run(), send(1), send(1), final([1])])
  expect(unknowns).toEqual([expect.stringContaining('p:1')])
})
