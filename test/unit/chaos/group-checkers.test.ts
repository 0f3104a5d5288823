// Goal: the checkers of commits, owners and of what groups processed flag every anomaly they name,
// and nothing else. Method: histories, answers and logs made by hand, each with one thing wrong,
// beside clean ones that look alike.
import { describe, expect, test } from 'vitest'
import { check } from '../../../src/chaos/checkers/checker.ts'
import {
  checkCommitLog,
  CommitsChecker,
  type LoggedCommit,
} from '../../../src/chaos/checkers/commits.ts'
import { OwnersChecker } from '../../../src/chaos/checkers/owners.ts'
import { holesIn, ProcessedChecker } from '../../../src/chaos/checkers/processed.ts'
import type { CommitEvent, HistoryEvent } from '../../../src/chaos/history/events.ts'
import {
  assigned,
  commit,
  committed,
  final,
  kindsIn,
  nothingCommitted,
  processed,
} from './made-history.ts'

const open = { doneMs: null, outcome: 'unknown' } as const

describe('what is told as committed', () => {
  const kinds = (...events: readonly HistoryEvent[]) =>
    kindsIn(new CommitsChecker({ appendedWithinMs: 10_000 }), events)

  test('is the last that was acknowledged', () => {
    expect(kinds(commit(1), commit(2), committed(2, 30))).toEqual([])
    expect(kinds(nothingCommitted(5))).toEqual([])
  })

  test('lost-commit: an earlier one, or nothing', () => {
    expect(kinds(commit(1), commit(2), committed(1, 30))).toEqual(['lost-commit'])
    expect(kinds(commit(1), nothingCommitted(30))).toEqual(['lost-commit'])
  })

  test('while a commit is under way both are right, and one that ended after the question', () => {
    expect(kinds(commit(1), commit(2), committed(1, 22), committed(2, 22))).toEqual([])
    const slow = commit(2, { doneMs: 90 })
    expect(kinds(slow, commit(3), committed(2, 100))).toEqual([])
  })

  test('one that was not answered may be there or not, until its connection is gone', () => {
    const both = [commit(1), commit(2, open)]
    expect(kinds(...both, committed(1, 30))).toEqual([])
    expect(kinds(...both, committed(2, 30))).toEqual([])
    const later = commit(3, { sentMs: 20_000, doneMs: 20_005 })
    expect(kinds(...both, later, committed(2, 20_010))).toEqual(['lost-commit'])
    // A process that is stopped for long goes on where it was.
    expect(kindsIn(new CommitsChecker(), [...both, later, committed(2, 20_010)])).toEqual([])
  })

  test('what was told is not taken back', () => {
    const both = [commit(1), commit(2, open)]
    expect(kinds(...both, committed(2, 30), committed(1, 40))).toEqual(['lost-commit'])
    expect(kinds(...both, committed(1, 30), committed(2, 40))).toEqual([])
  })

  test('refused-but-there and out-of-nowhere', () => {
    const refused = commit(2, { outcome: 'fail', error: 'ILLEGAL_GENERATION' })
    expect(kinds(commit(1), refused, committed(2, 30))).toEqual(['refused-but-there'])
    expect(kinds(commit(1), refused, committed(1, 30))).toEqual([])
    expect(kinds(commit(1), committed(7, 30))).toEqual(['out-of-nowhere'])
    expect(kinds(commit(1), commit(9), committed(9, 30))).toEqual(['out-of-nowhere'])
  })

  test('other groups, topics and partitions are others', () => {
    const others = [
      commit(2, { group: 'h' }),
      commit(3, { partition: 1 }),
      commit(4, { topic: 'u' }),
    ]
    expect(kinds(commit(1), ...others, committed(1, 90))).toEqual([])
  })

  test('when nobody asks in the end it is not known', () => {
    const unknowns = (...events: readonly HistoryEvent[]) =>
      check(new CommitsChecker(), events).unknowns
    expect(unknowns(commit(1), committed(1, 30))).toEqual([])
    expect(unknowns(commit(1), committed(1, 12))).toHaveLength(1)
    expect(unknowns(commit(1, open))).toEqual([])
  })
})

describe('the log of a coordinator', () => {
  const logged = (...numbers: readonly number[]): readonly LoggedCommit[] =>
    numbers.map((number) => {
      return { group: 'g', topic: 't', partition: 0, offset: number, metadata: `c:${number}` }
    })
  const kinds = (commits: readonly CommitEvent[], log: readonly LoggedCommit[]) =>
    Object.keys(checkCommitLog(commits, log).counts)

  test('has all that was acknowledged, in its order', () => {
    expect(kinds([commit(1), commit(2), commit(3)], logged(1, 2, 3))).toEqual([])
    expect(kinds([commit(1), commit(2, open)], logged(1))).toEqual([])
    const atOnce = [commit(1, { doneMs: 90 }), commit(2, { doneMs: 90 })]
    expect(kinds(atOnce, logged(2, 1))).toEqual([])
  })

  test('lost-commit: without one of them, also if a later one covers it', () => {
    expect(kinds([commit(1), commit(2), commit(3)], logged(1, 3))).toEqual(['lost-commit'])
    expect(kinds([commit(1)], [])).toEqual(['lost-commit'])
  })

  test('commits-out-of-order', () => {
    expect(kinds([commit(1), commit(2)], logged(2, 1))).toEqual(['commits-out-of-order'])
  })

  test('refused-but-there and out-of-nowhere', () => {
    const refused = commit(2, { outcome: 'fail' })
    expect(kinds([commit(1), refused], logged(1, 2))).toEqual(['refused-but-there'])
    expect(kinds([commit(1)], logged(1, 9))).toEqual(['out-of-nowhere'])
  })
})

describe('in one generation a partition', () => {
  const kinds = (...events: readonly HistoryEvent[]) => kindsIn(new OwnersChecker(), events)

  test('has one owner, told again or committing', () => {
    expect(kinds(assigned('m', [0]), assigned('n', [1]), assigned('m', [0]))).toEqual([])
    expect(kinds(assigned('m', [0]), assigned('n', [0], 2))).toEqual([])
    expect(kinds(assigned('m', [0]), commit(1))).toEqual([])
  })

  test('two-owners: was given to two, or two have committed in it', () => {
    expect(kinds(assigned('m', [0]), assigned('n', [0]))).toEqual(['two-owners'])
    expect(kinds(assigned('m', [0]), commit(1, { member: 'n' }))).toEqual(['two-owners'])
    expect(kinds(commit(1), commit(2, { member: 'n' }))).toEqual(['two-owners'])
    const refused = commit(1, { member: 'n', outcome: 'fail' })
    expect(kinds(assigned('m', [0]), refused)).toEqual([])
  })

  test('stale-generation: is not committed to by an earlier one', () => {
    const next = assigned('n', [0], 2)
    expect(kinds(commit(19), next)).toEqual([])
    expect(kinds(commit(21), next)).toEqual(['stale-generation'])
    expect(kinds(commit(21, { generation: 2, member: 'n' }), next)).toEqual([])
    expect(kinds(commit(21, { group: 'h' }), next)).toEqual([])
    const nobody = commit(21, { generation: -1, member: '' })
    expect(kinds(nobody, next)).toEqual([])
    const later = commit(1, { generation: 2, member: 'n', partition: 1 })
    expect(kinds(later, commit(2))).toEqual(['stale-generation'])
  })
})

describe('what a group processed', () => {
  const found = (...events: readonly HistoryEvent[]) => check(new ProcessedChecker(), events)
  const nine = final([1, 2, 3, 4, 5, 6, 7, 8, 9])

  test('is everything, more than once or by several', () => {
    const all = found(processed(0, 4), processed(3, 5), processed(6, 8), commit(9), nine)
    expect([all.counts, all.unknowns]).toEqual([{}, []])
  })

  test('unprocessed: below what it has committed', () => {
    const { counts, anomalies } = found(processed(0, 3), processed(6, 8), commit(9), nine)
    expect(counts).toEqual({ unprocessed: 1 })
    expect(anomalies[0]?.sentence).toContain('4 to 5 of t-0')
  })

  test('up to the end, or how far it came is not known', () => {
    const { counts, unknowns } = found(processed(0, 3), commit(4), nine)
    expect(counts).toEqual({})
    expect(unknowns).toEqual(['g was not given time to process 4 to 8 of t-0'])
    const other = final([1], { partition: 1 })
    expect(found(processed(0, 8), commit(9), nine, other).unknowns).toEqual([
      'g was not given time to process 0 of t-1',
    ])
  })

  test('holes are told from the first to the last', () => {
    const rows = [processed(6, 7), processed(0, 3)]
    expect(holesIn(rows, { start: 0, end: 10 })).toEqual([
      [4, 5],
      [8, 9],
    ])
    expect(holesIn([], { start: 0, end: 0 })).toEqual([])
    expect(holesIn(rows, { start: 5, end: 7 })).toEqual([[5, 5]])
  })
})
