// Goal: the checkers of the chaos of groups flag every anomaly they name, and nothing else.
// Method: histories, fetches and logs made by hand, each with one thing wrong, beside clean ones
// that look alike.
import { describe, expect, test } from 'vitest'
import { assignedPartitions } from '../../../chaos/groups/assignment.ts'
import {
  checkFetches,
  checkLog,
  checkOwners,
  checkProcessed,
  holesIn,
  type GroupAnomaly,
} from '../../../chaos/groups/checker.ts'
import type {
  Assigned,
  Commit,
  Fetched,
  GroupHistory,
  LoggedCommit,
} from '../../../chaos/groups/history.ts'
import { differences, fold } from '../../../chaos/groups/offsets-log.ts'
import { strangeCodes } from '../../../chaos/replication/codes.ts'
import { errors } from '../../../src/wire/errors.ts'

/** The nth commit: asked at 10n, answered at 10n + 5. */
const commit = (number: number, changes: Partial<Commit> = {}): Commit => ({
  ...{ group: 'g', client: 'c', memberId: 'm', generation: 1, node: 1, partition: 0 },
  ...{ offset: number, metadata: `c:${number}`, askedMs: number * 10 },
  ...{ answeredMs: number * 10 + 5, code: errors.NONE },
  ...changes,
})

const fetched = (number: number, askedMs: number, changes: Partial<Fetched> = {}): Fetched => ({
  ...{ by: 'f', group: 'g', partition: 0, offset: number, metadata: `c:${number}` },
  ...{ askedMs, answeredMs: askedMs + 1 },
  ...changes,
})

const nothing = (askedMs: number) => fetched(0, askedMs, { offset: -1, metadata: '' })

const logged = (...numbers: readonly number[]): readonly LoggedCommit[] =>
  numbers.map((number) => ({ group: 'g', partition: 0, offset: number, metadata: `c:${number}` }))

const assigned = (memberId: string, partitions: readonly number[], generation = 1): Assigned => ({
  ...{ group: 'g', memberId, generation, partitions, answeredMs: generation * 100 },
})

const history = (of: Partial<GroupHistory>): GroupHistory => ({
  ...{ commits: [], fetches: [], assigned: [] },
  ...of,
})

const kinds = (anomalies: readonly GroupAnomaly[]) => anomalies.map(({ kind }) => kind)

describe('what a fetch returns', () => {
  const check = (commits: readonly Commit[], ...fetches: readonly Fetched[]) =>
    kinds(checkFetches(history({ commits, fetches })))
  const open = { answeredMs: null, code: null }

  test('is the last that was acknowledged', () => {
    expect(check([commit(1), commit(2)], fetched(2, 30))).toEqual([])
    expect(check([], nothing(5))).toEqual([])
  })

  test('an earlier one, or nothing: lost', () => {
    expect(check([commit(1), commit(2)], fetched(1, 30))).toEqual(['lost commit'])
    expect(check([commit(1)], nothing(30))).toEqual(['lost commit'])
  })

  test('while a commit is under way both are right, and one that ended after the fetch began', () => {
    expect(check([commit(1), commit(2)], fetched(1, 22), fetched(2, 22))).toEqual([])
    const slow = commit(2, { answeredMs: 90 })
    expect(check([slow, commit(3)], fetched(2, 100))).toEqual([])
  })

  test('one that was not answered may be there or not, until another is acknowledged behind it', () => {
    const both = [commit(1), commit(2, open)]
    expect(check(both, fetched(1, 30))).toEqual([])
    expect(check(both, fetched(2, 30))).toEqual([])
    const later = commit(3, { askedMs: 20_000, answeredMs: 20_005 })
    expect(check([...both, later], fetched(2, 20_010))).toEqual(['lost commit'])
  })

  test('what a fetch has told is not taken back', () => {
    const both = [commit(1), commit(2, open)]
    expect(check(both, fetched(2, 30), fetched(1, 40))).toEqual(['lost commit'])
    expect(check(both, fetched(1, 30), fetched(2, 40))).toEqual([])
  })

  test('told NOT_COORDINATOR, it may be there; told ILLEGAL_GENERATION, it may not', () => {
    const told = (code: number) => [commit(1), commit(2, { code })]
    expect(check(told(errors.NOT_COORDINATOR), fetched(2, 30))).toEqual([])
    expect(check(told(errors.ILLEGAL_GENERATION), fetched(2, 30))).toEqual(['refused, but there'])
    expect(check(told(errors.ILLEGAL_GENERATION), fetched(1, 30))).toEqual([])
  })

  test('what nobody has committed, or not yet', () => {
    expect(check([commit(1)], fetched(7, 30))).toEqual(['out of nowhere'])
    expect(check([commit(1), commit(9)], fetched(9, 30))).toEqual(['out of nowhere'])
  })

  test('other groups and partitions are others', () => {
    const others = [commit(2, { group: 'h' }), commit(3, { partition: 1 })]
    expect(check([commit(1), ...others], fetched(1, 90))).toEqual([])
  })
})

describe('the log', () => {
  const check = (commits: readonly Commit[], log: readonly LoggedCommit[]) =>
    kinds(checkLog(commits, log))

  test('has all that was acknowledged, in its order', () => {
    expect(check([commit(1), commit(2), commit(3)], logged(1, 2, 3))).toEqual([])
    expect(check([commit(1), commit(2, { code: null, answeredMs: null })], logged(1))).toEqual([])
  })

  test('without one of them, also if a later one covers it', () => {
    expect(check([commit(1), commit(2), commit(3)], logged(1, 3))).toEqual(['lost commit'])
    expect(check([commit(1)], [])).toEqual(['lost commit'])
  })

  test('in another order than they were answered in', () => {
    expect(check([commit(1), commit(2)], logged(2, 1))).toEqual(['commits out of order'])
    const together = commit(2, { askedMs: 12, answeredMs: 14 })
    expect(check([commit(1), together], logged(2, 1))).toEqual([])
  })

  test('with what was refused, or never asked for', () => {
    const refused = commit(2, { code: errors.UNKNOWN_MEMBER_ID })
    expect(check([commit(1), refused], logged(1, 2))).toEqual(['refused, but there'])
    expect(check([commit(1)], logged(1, 8))).toEqual(['out of nowhere'])
  })

  test('its fold is compared, place by place', () => {
    const folded = fold(logged(1, 2))
    expect(differences('a view', fold(logged(2)), folded)).toEqual([])
    expect(differences('a view', fold(logged(1)), folded)).toEqual([
      'a view: g 0 is 1 (c:1), by the log 2 (c:2)',
    ])
    expect(differences('a view', new Map(), folded)).toHaveLength(1)
  })
})

describe('owners', () => {
  const check = (of: Partial<GroupHistory>) => kinds(checkOwners(history(of)))

  test('one of each partition, who may change from generation to generation', () => {
    const [first, second] = [assigned('m', [0, 1]), assigned('n', [0, 1], 2)]
    const later = commit(30, { memberId: 'n', generation: 2 })
    expect(check({ assigned: [first, second], commits: [commit(11), later] })).toEqual([])
  })

  test('two who were given it, two who commit', () => {
    expect(check({ assigned: [assigned('m', [0, 1]), assigned('n', [1])] })).toEqual(['two owners'])
    const both = [commit(11), commit(12, { memberId: 'n' }), commit(13, { memberId: 'n' })]
    expect(check({ commits: both })).toEqual(['two owners'])
    const refused = [commit(11), commit(12, { memberId: 'n', code: errors.UNKNOWN_MEMBER_ID })]
    expect(check({ commits: refused })).toEqual([])
  })

  test('who commits in a generation after a later one has begun', () => {
    const begun = { assigned: [assigned('n', [0], 2)] }
    expect(check({ ...begun, commits: [commit(30)] })).toEqual(['stale generation'])
    expect(check({ ...begun, commits: [commit(19, { answeredMs: 300 })] })).toEqual([])
    const simple = commit(30, { generation: -1, memberId: '' })
    expect(check({ ...begun, commits: [simple] })).toEqual([])
  })

  test('what a member is given, as its leader encodes it', () => {
    const encoded = [0, 1, 0, 0, 0, 1, 0, 1, 0x74, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 7, 0, 0, 0, 0]
    expect(assignedPartitions(Uint8Array.from(encoded), 't')).toEqual([3, 7])
    expect(assignedPartitions(Uint8Array.from(encoded), 'u')).toEqual([])
    expect(assignedPartitions(new Uint8Array(), 't')).toEqual([])
  })
})

describe('error codes of groups', () => {
  const told = (api: string, code: number) => ({ client: 'kafkajs', api, code, count: 1 })

  test('are those of Kafka, and nobody who beats is told that groups are being loaded', () => {
    const allowed = [
      told('OffsetCommit', errors.COORDINATOR_LOAD_IN_PROGRESS),
      told('OffsetFetch', errors.NOT_COORDINATOR),
      told('JoinGroup', errors.MEMBER_ID_REQUIRED),
      told('SyncGroup', errors.REBALANCE_IN_PROGRESS),
      told('Heartbeat', errors.ILLEGAL_GENERATION),
      told('LeaveGroup', errors.UNKNOWN_MEMBER_ID),
    ]
    expect(strangeCodes(allowed)).toEqual([])
    const strange = [
      told('Heartbeat', errors.COORDINATOR_LOAD_IN_PROGRESS),
      told('OffsetFetch', errors.ILLEGAL_GENERATION),
      told('OffsetCommit', errors.NOT_LEADER_OR_FOLLOWER),
      told('JoinGroup', errors.UNKNOWN_SERVER_ERROR),
    ]
    expect(strangeCodes(strange)).toHaveLength(strange.length)
  })
})

describe('what was processed', () => {
  const row = (first: number, last: number, partition = 0) => ({ partition, first, last })

  test('all of it, some twice', () => {
    const rows = [row(5, 9), row(0, 4), row(3, 6)]
    expect(holesIn(rows, 10)).toEqual([])
    expect(checkProcessed('g', rows, new Map([[0, 10]]))).toEqual([])
    expect(checkProcessed('g', [], new Map([[0, 0]]))).toEqual([])
  })

  test('but for some at the beginning, in the middle, at the end', () => {
    expect(holesIn([row(1, 3), row(6, 7)], 10)).toEqual([
      [0, 0],
      [4, 5],
      [8, 9],
    ])
    const anomalies = checkProcessed('g', [row(0, 3), row(6, 9)], new Map([[0, 10]]))
    expect(anomalies).toEqual([
      { kind: 'unprocessed', sentence: 'g: nobody has processed 4 to 5 of partition 0' },
    ])
  })
})
