/**
 * Goal: every invariant of groups fires, but for those that need a whole world, which fire on the
 * bug bench (F9, L-groups, F1-serves-early, F8-refolded, F10-forgotten, F8-unsound). Method: a
 * committed log as a test makes it, of real records; each test does one thing that must never be,
 * from a beginning that is in order.
 */
import { beforeEach, describe, expect, test } from 'vitest'
import { asTopicId } from '../../../src/base/ids.ts'
import type { GroupRecord, StoredGroup } from '../../../src/coordinator/groups/records.ts'
import { encodeRecord } from '../../../src/coordinator/groups/records.ts'
import { Digest } from '../../../src/coordinator/view/digest.ts'
import {
  encodePosition,
  entryKey,
  entryPrefix,
  positionKey,
} from '../../../src/coordinator/view/view-format.ts'
import { errors } from '../../../src/wire/errors.ts'
import { MachineStore, OpenStore } from '../cluster/view-store.ts'
import { Violation } from '../invariants/violation.ts'
import type { Process } from '../system/process.ts'
import { CommittedLog } from './committed-log.ts'
import type { Attempt } from './commits.ts'
import { Commits } from './commits.ts'
import { Group, groupRecordOf } from './group.ts'
import { ViewWatch } from './invariants/views.ts'
import { LogWatch, type WatchedLog } from './log-watch.ts'
import { encodeAssignment, encodeSubscription } from './protocol.ts'
import type { SeenRecord } from './records.ts'

const NAME = 'g'
const RETENTION_MS = 1_000

/** What breaks when that is done. */
function broken(act: () => void): string {
  try {
    act()
  } catch (thrown) {
    if (thrown instanceof Violation) return thrown.invariant
    throw thrown
  }
  return 'nothing'
}

let committed: CommittedLog
let commits: Commits
let watch: LogWatch
let group: Group
beforeEach(() => {
  committed = new CommittedLog('p')
  commits = new Commits()
  watch = new LogWatch({ committed, deleteRetentionUs: 500, published: () => {}, hit: () => {} })
  const plan = { name: NAME, assigning: 'eager', size: 2, statics: 0, retentionMs: -1 } as const
  group = new Group({ plan, committed, watch, commits, retentionMs: RETENTION_MS })
})

/** One record more is committed. */
function publish(of: GroupRecord, { leaderEpoch = 0, timestampMs = 0 } = {}): void {
  const { key, value } = encodeRecord(of)
  const record: SeenRecord = {
    ...{ offset: committed.end, leaderEpoch, timestampMs, value },
    key: Buffer.from(key).toString('latin1'),
  }
  const fresh = committed.publish([record], { end: committed.end + 1, now: 0 })
  for (const one of fresh) group.stored.recorded(groupRecordOf(one) as GroupRecord, one)
}

interface Given {
  readonly instanceId?: string
  readonly has?: readonly number[]
}

function stored(
  generation: number,
  members: Readonly<Record<string, Given>>,
  { awaitingAssignment = false, protocolName = 'range', stateSinceMs = 0, leaderEpoch = 0 } = {},
): void {
  const all = Object.entries(members).map(([memberId, { instanceId = null, has }]) => ({
    ...{ memberId, instanceId, clientId: '', clientHost: '', rebalanceTimeoutMs: 1 },
    ...{ sessionTimeoutMs: 1, subscription: encodeSubscription([]) },
    assignment: has === undefined ? new Uint8Array() : encodeAssignment(has),
  }))
  const leaderId = all[0]?.memberId ?? null
  const value: StoredGroup = {
    ...{ protocolType: 'consumer', generation, protocolName, leaderId, stateSinceMs },
    ...{ members: all, awaitingAssignment },
  }
  publish({ type: 'group', groupId: NAME, group: value }, { leaderEpoch })
}

/** A generation of two, who are given what is told. */
function generation(number: number, a: readonly number[] = [0], b: readonly number[] = [1]): void {
  stored(number, { a: {}, b: {} }, { awaitingAssignment: true })
  stored(number, { a: { has: a }, b: { has: b } })
}

function attempt(of: Partial<Attempt> = {}): number {
  const member = { memberId: 'a', generation: 1, instanceId: null, retentionMs: -1 }
  return commits.begin({ group: NAME, partitions: [0], ...member, ...of })
}

function commit(offset: number, partition = 0, at: Parameters<typeof publish>[1] = {}): void {
  const one = { offset, leaderEpoch: -1, metadata: '', commitTimeMs: 0, expireTimeMs: -1 }
  publish({ type: 'offset', groupId: NAME, topic: 't', partition, committed: one }, at)
}

function bury(timestampMs: number): void {
  publish(
    { type: 'offset', groupId: NAME, topic: 't', partition: 0, committed: null },
    { timestampMs },
  )
}

test('nothing breaks where all is in order', () => {
  const { history } = group
  generation(1)
  const place = history.joined(told(1), { isBack: false }) ?? -1
  const of = { generation: place, number: 1, isEager: false }
  const member = { memberId: 'a', instanceId: null }
  history.declares(place, 'a', [0])
  history.synced(of, member, encodeAssignment([0]))
  const offset = attempt()
  commit(offset)
  history.acknowledged(offset, 0, 0)
  history.fetched(0, offset, history.floors())
  history.refused(commits.of(attempt({ generation: 7 })) as Attempt, errors.ILLEGAL_GENERATION, {
    ...group.stored.current,
  })
  stored(2, {}, { stateSinceMs: 10 })
  bury(RETENTION_MS + 10)
  history.fetched(0, -1, history.floors())
})

function told(number: number, { leaderId = 'a', memberId = 'a', protocolName = 'range' } = {}) {
  return { generation: number, memberId, leaderId, protocolName, members: [] }
}

describe('what is stored of a group', () => {
  test('F5: a generation has a number of its own', () => {
    generation(1)
    expect(broken(() => stored(1, { a: {} }, { awaitingAssignment: true }))).toBe('F5-generation')
    expect(broken(() => stored(3, { a: { has: [0] } }))).toBe('F5-generation')
    expect(broken(() => stored(0, {}))).toBe('F5-generation')
  })

  test('F4: a partition has one owner', () => {
    expect(broken(() => generation(1, [0, 1], [1]))).toBe('F4-two-owners')
  })

  test('F6: nobody comes into a generation, or is given something else', () => {
    generation(1)
    const change = (members: Parameters<typeof stored>[1], protocolName = 'range') =>
      broken(() => stored(1, members, { protocolName }))
    expect(change({ a: { has: [0] }, c: { has: [] } })).toBe('F6-members')
    expect(change({ a: { has: [2] }, b: { has: [1] } })).toBe('F6-assignment')
    expect(change({ a: { has: [0] }, b: { has: [1] } }, 'round')).toBe('F6-protocol')
  })

  test('F3: only who may commit has committed, once', () => {
    generation(2)
    const taken = (of: Partial<Attempt>) => broken(() => commit(attempt(of)))
    expect(taken({ generation: 2 })).toBe('nothing')
    expect(taken({ generation: 1 })).toBe('F3-stale-commit')
    expect(taken({ generation: 2, memberId: 'c' })).toBe('F3-stale-commit')
    expect(taken({ generation: -1, memberId: '' })).toBe('F3-stale-commit')
    expect(broken(() => commit(1))).toBe('F3-twice')
    expect(broken(() => commit(99))).toBe('F3-unknown-commit')
    stored(3, { a: {} }, { awaitingAssignment: true })
    expect(taken({ generation: 3 })).toBe('nothing')
    expect(broken(() => stored(3, { a: { has: [0] } }))).toBe('F3-unassigned')
  })

  test('F3: the next coordinator knows of no rebalance that was being prepared', () => {
    stored(1, { a: {} }, { awaitingAssignment: true })
    expect(broken(() => commit(attempt()))).toBe('nothing')
    expect(broken(() => stored(1, { a: { has: [0] } }, { leaderEpoch: 1 }))).toBe('nothing')
  })

  test('F10: offsets go when nobody needs them, and not before', () => {
    generation(1)
    commit(attempt())
    expect(broken(() => bury(RETENTION_MS * 9))).toBe('F10-in-use')
    stored(2, {}, { stateSinceMs: 50 })
    commit(attempt({ generation: -1, memberId: '' }))
    expect(broken(() => bury(RETENTION_MS + 40))).toBe('F10-early')
  })

  test('F10: a group with members is not taken back', () => {
    generation(1)
    const gone = () => publish({ type: 'group', groupId: NAME, group: null })
    expect(broken(gone)).toBe('F10-group-gone')
  })
})

describe('what clients are told', () => {
  test('F2, F1: a commit is committed, by who acknowledges it', () => {
    const { history } = group
    const offset = attempt({ generation: -1, memberId: '' })
    expect(broken(() => history.acknowledged(offset, 0, 0))).toBe('F2-acknowledged-early')
    watch.led(4, '1.1')
    commit(offset, 0, { leaderEpoch: 4 })
    expect(broken(() => history.acknowledged(offset, 0, 1))).toBe('nothing')
    expect(broken(() => history.acknowledged(offset, 0, 2))).toBe('F1-acknowledged-by')
  })

  test('F2: a fetch knows at least what was acknowledged before', () => {
    const { history } = group
    const [one, other] = [0, 0].map(() => attempt({ generation: -1, memberId: '' }))
    commit(one as number)
    commit(other as number)
    const before = history.floors()
    history.acknowledged(other as number, 0, 0)
    expect(broken(() => history.fetched(0, one as number, before))).toBe('nothing')
    expect(broken(() => history.fetched(0, one as number, history.floors()))).toBe('F2-fetched')
    expect(broken(() => history.fetched(0, -1, history.floors()))).toBe('F2-fetched')
    expect(broken(() => history.fetched(0, 77, before))).toBe('F2-fetched')
  })

  test('F3: a refusal is the one that is deserved', () => {
    const { history, stored: checks } = group
    const refused = (of: Partial<Attempt>, code: number) => {
      const sent = commits.of(attempt(of)) as Attempt
      return broken(() => history.refused(sent, code, checks.current))
    }
    // Whose first generation is yet to come is a member that no record tells of.
    expect(refused({ generation: -1 }, errors.ILLEGAL_GENERATION)).toBe('nothing')
    generation(2)
    expect(refused({ generation: 1 }, errors.ILLEGAL_GENERATION)).toBe('nothing')
    expect(refused({ generation: 1 }, errors.NOT_COORDINATOR)).toBe('nothing')
    expect(refused({ generation: 1 }, errors.FENCED_INSTANCE_ID)).toBe('F3-verdict')
    expect(refused({ generation: 2 }, errors.ILLEGAL_GENERATION)).toBe('F3-verdict')
  })

  test('F5, F6: a generation that is stored, with its leader and its members', () => {
    generation(1)
    const { history } = group
    const join = (of: Parameters<typeof told>[1] & { number?: number }) =>
      broken(() => void history.joined(told(of.number ?? 1, of), { isBack: false }))
    expect(join({ number: 2 })).toBe('F5-told-unstored')
    expect(join({ leaderId: 'b' })).toBe('F6-leader')
    expect(join({ protocolName: 'round' })).toBe('F6-leader')
    expect(join({ memberId: 'c' })).toBe('F6-members')
    const members = [{ memberId: 'a', metadata: encodeSubscription([]) }]
    const half = () => void history.joined({ ...told(1), members }, { isBack: false })
    expect(broken(half)).toBe('F6-members')
  })

  test('F4, F6: an assignment that is stored, of what nobody else has', () => {
    generation(1, [0], [1])
    generation(2, [1], [0])
    const { history } = group
    const sync = (memberId: string, has: readonly number[], { number = 1, isEager = true } = {}) =>
      broken(() =>
        history.synced(
          { generation: 0, number, isEager },
          { memberId, instanceId: null },
          encodeAssignment(has),
        ),
      )
    expect(sync('a', [0])).toBe('nothing')
    expect(sync('a', [2])).toBe('F6-assignment')
    // As if the two generations were one.
    expect(sync('b', [0], { number: 2 })).toBe('F4-two-owners')
    history.declares(0, 'a', [1])
    expect(sync('b', [1], { isEager: false })).toBe('F4-not-revoked')
  })
})

describe('a compacted log', () => {
  const record = (offset: number, key: string, value: string | null): SeenRecord => ({
    ...{ offset, key, leaderEpoch: 0, timestampMs: 0 },
    value: value === null ? null : Buffer.from(value),
  })
  const written = [record(0, 'k', 'one'), record(1, 'k', 'two'), record(2, 'x', null)]
  const compare = (found: readonly SeenRecord[], now = 0) =>
    broken(() =>
      committed.compare(found, { from: 0, end: 3 }, { who: 'node 1', now, deleteRetentionUs: 500 }),
    )
  beforeEach(() => {
    committed.publish(written, { end: 3, now: 0 })
  })

  test('D4: the latest of each key, at its place, as it was written', () => {
    expect(compare(written.slice(1))).toBe('nothing')
    expect(compare([record(0, 'k', 'one'), record(2, 'x', null)])).toBe('D4-latest-lost')
    expect(compare([record(1, 'k', 'new'), record(2, 'x', null)])).toBe('D4-changed')
    expect(compare([...written, record(7, 'k', 'two')])).toBe('D4-order')
  })

  test('D4: a tombstone stays long enough', () => {
    expect(compare(written.slice(1, 2), 499)).toBe('D4-tombstone-early')
    expect(compare(written.slice(1, 2), 500)).toBe('nothing')
  })

  test('F1: one process leads in an epoch', () => {
    watch.led(3, '1.1')
    expect(broken(() => watch.led(3, '1.2'))).toBe('F1-one-coordinator')
  })

  test('D4, C3: its end does not go back, and what is committed is there', () => {
    const log: WatchedLog = {
      ...{ logStartOffset: 0, highWatermark: 0, logEndOffset: 9, truncationGeneration: 0 },
      ...{ segmentCount: 1, sizeBytes: 1, cleaning: { cleanedOffset: 0 } },
      read: () => ({ chunks: [], errorCode: errors.NONE }),
    }
    const seen = { node: 0, life: 1, now: 0, course: 'runs' } as const
    const look = (of: Partial<WatchedLog>) =>
      broken(() => watch.look({ log: Object.assign(log, of), leading: null }, seen))
    expect(look({})).toBe('nothing')
    expect(look({ logEndOffset: 8 })).toBe('D4-end')
    expect(look({ highWatermark: 8 })).toBe('C3-committed')
    const unreadable = () => ({ chunks: [], errorCode: errors.KAFKA_STORAGE_ERROR })
    expect(look({ read: unreadable })).toBe('C16-unreadable')
  })
})

describe('a view', () => {
  const name = { topicId: asTopicId('Zk1mJ5vVTqGm3oF8m8nXyg'), partition: 0 }
  const key = positionKey(name)
  let store: MachineStore
  let view: ViewWatch
  beforeEach(() => {
    store = new MachineStore()
    view = new ViewWatch('node 1', committed, name.topicId, 0)
    committed.publish(
      [{ offset: 0, key: 'k', value: Buffer.from('v'), leaderEpoch: 0, timestampMs: 0 }],
      { end: 1, now: 0 },
    )
  })

  function write(appliedOffset: number, entries: Readonly<Record<string, string>>): string {
    const batch = new OpenStore(store, { process: {} as Process, answerUs: 0 }).batch()
    batch.put(key, encodePosition(key, { appliedOffset, leaderEpoch: 0, digest: new Digest() }))
    for (const [at, value] of Object.entries(entries))
      batch.put(entryKey(entryPrefix(name), Buffer.from(at)), Buffer.from(value))
    void batch.write({ sync: false })
    return broken(() => view.check(store))
  }

  test('F8: is the fold of what is committed', () => {
    expect(write(1, { k: 'v' })).toBe('nothing')
    expect(write(1, { k: 'w' })).toBe('F8-fold')
    expect(write(1, { k: 'v', other: 'v' })).toBe('F8-fold')
  })

  test('F8: misses nothing, and is not ahead', () => {
    expect(write(0, {})).toBe('nothing')
    expect(write(1, {})).toBe('F8-fold')
    expect(write(2, { k: 'v' })).toBe('F8-ahead')
  })

  test('F8: says how far it is', () => {
    const batch = new OpenStore(store, { process: {} as Process, answerUs: 0 }).batch()
    batch.put(key, new Uint8Array(25))
    void batch.write({ sync: false })
    expect(broken(() => view.check(store))).toBe('F8-position')
  })
})
