// Goal: what passed on the wire between groups and coordinators is told to the checkers as what it
// was, and what these suites look at themselves they see.
// Method: commits, answers, logs and codes made by hand.
import { describe, expect, test } from 'vitest'
import { assignedPartitions } from '../../../chaos/groups/assignment.ts'
import type {
  Assigned,
  Commit,
  Fetched,
  GroupHistory,
  LoggedCommit,
} from '../../../chaos/groups/history.ts'
import { judgeAnswers, judgeLog, judgeProcessed } from '../../../chaos/groups/judging.ts'
import { differences, fold } from '../../../chaos/groups/offsets-log.ts'
import { strangeCodes } from '../../../chaos/replication/codes.ts'
import type { Checked } from '../../../src/chaos/checkers/verdict.ts'
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

const kinds = ({ counts, unknowns }: Checked) => [...Object.keys(counts), ...unknowns]

describe('what passed on the wire', () => {
  const check = (of: Partial<GroupHistory>) => kinds(judgeAnswers('t', history(of)))
  const told = (code: number | null) => [commit(1), commit(2, { code })]

  test('is fine when a fetch is told the last that was acknowledged', () => {
    expect(check({ commits: [commit(1), commit(2)], fetches: [fetched(2, 30)] })).toEqual([])
    const fetches = [fetched(1, 30), fetched(2, 40)]
    expect(check({ commits: told(null), fetches })).toEqual([])
  })

  test('a lost commit, one that was refused, one that was not answered', () => {
    const both = [commit(1), commit(2)]
    expect(check({ commits: both, fetches: [fetched(1, 30)] })).toEqual(['lost-commit'])
    expect(check({ commits: both, fetches: [nothing(30)] })).toEqual(['lost-commit'])
    const fetches = [fetched(2, 30)]
    expect(check({ commits: told(errors.NOT_COORDINATOR), fetches })).toEqual([])
    expect(check({ commits: told(errors.REQUEST_TIMED_OUT), fetches })).toEqual([])
    expect(check({ commits: told(errors.ILLEGAL_GENERATION), fetches })).toEqual([
      'refused-but-there',
    ])
    const later = commit(3, { askedMs: 20_000, answeredMs: 20_005 })
    const open = [commit(1), commit(2, { code: null, answeredMs: null }), later]
    expect(check({ commits: open, fetches: [fetched(2, 20_010)] })).toEqual(['lost-commit'])
  })

  test('two owners, and a generation that is over', () => {
    expect(check({ assigned: [assigned('m', [0, 1]), assigned('n', [1])] })).toEqual(['two-owners'])
    const begun = [assigned('n', [0], 2)]
    expect(check({ assigned: begun, commits: [commit(30)] })).toEqual(['stale-generation'])
    const simple = commit(30, { generation: -1, memberId: '' })
    expect(check({ assigned: begun, commits: [simple] })).toEqual([])
  })

  test('what a member is given, as its leader encodes it', () => {
    const encoded = [0, 1, 0, 0, 0, 1, 0, 1, 0x74, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 7, 0, 0, 0, 0]
    expect(assignedPartitions(Uint8Array.from(encoded), 't')).toEqual([3, 7])
    expect(assignedPartitions(Uint8Array.from(encoded), 'u')).toEqual([])
    expect(assignedPartitions(new Uint8Array(), 't')).toEqual([])
  })
})

describe('the log', () => {
  test('has all that was acknowledged, in its order', () => {
    const three = [commit(1), commit(2), commit(3)]
    expect(kinds(judgeLog('t', three, logged(1, 2, 3)))).toEqual([])
    expect(kinds(judgeLog('t', three, logged(1, 3)))).toEqual(['lost-commit'])
    expect(kinds(judgeLog('t', three, logged(1, 3, 2)))).toEqual(['commits-out-of-order'])
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

test('what was processed is everything, or it is told what not', () => {
  const row = (first: number, last: number) => ({ partition: 0, first, last })
  const check = (processed: readonly ReturnType<typeof row>[]) =>
    judgeProcessed('t', 'g', { processed, ends: new Map([[0, 10]]) })
  expect(kinds(check([row(5, 9), row(0, 4), row(3, 6)]))).toEqual([])
  expect(check([row(0, 3), row(6, 9)]).anomalies[0]?.sentence).toContain('4 to 5 of t-0')
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
