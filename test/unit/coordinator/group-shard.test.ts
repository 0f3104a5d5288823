/**
 * Goal: what a shard owes its runtime (SAFETY S16). Requests are judged by the pending state; what
 * could not be appended never was; nobody waits for ever; what is committed and not in the view is
 * found. Method: a shard, and a runtime made by hand whose log refuses.
 */
import { describe, expect, it } from 'vitest'
import { PendingOffsets } from '../../../src/coordinator/groups/pending-offsets.ts'
import { decodeRecord } from '../../../src/coordinator/groups/records.ts'
import { codeForFailedAppend, refusalOf } from '../../../src/coordinator/groups/requests.ts'
import { errors } from '../../../src/wire/errors.ts'
import { committed, GROUP, GroupBench, SESSION_MS } from './group-bench.ts'

/** Asks, and has the log refuse what was decided. */
function refusing(bench: GroupBench, ...requests: readonly Parameters<GroupBench['ask']>[0][]) {
  const tickets = requests.map((request) => {
    const ticket = bench.nextTicket()
    bench.shard.handle(request, ticket, bench.nowMs)
    return ticket
  })
  const answers = bench.shard.refused(errors.NOT_ENOUGH_REPLICAS, bench.nowMs)
  return { tickets, answers: new Map(answers.map(({ ticket, response }) => [ticket, response])) }
}

describe('an append that is refused', () => {
  it('leaves no commit behind, and says so for each partition', () => {
    const bench = new GroupBench()
    const { tickets, answers } = refusing(bench, bench.commitRequest(1), bench.commitRequest(2))
    expect(tickets.map((ticket) => answers.get(ticket))).toEqual(
      [1, 2].map(() => ({
        topics: [{ name: 't', partitions: [{ partitionIndex: 0, errorCode: 15 }] }],
      })),
    )
    expect(bench.shard.groupIds()).toEqual([])
    expect(bench.shard.pendingOffsets(GROUP, [])).toEqual([])
  })

  it('of an assignment: all who would have learned it are told to come again, and may', () => {
    const bench = new GroupBench()
    const [leader, follower] = [bench.enter(), bench.enter()].map(({ memberId }) => memberId)
    bench.pass(6_000)
    const parked = bench.sync(follower ?? '', 1)
    const assigns = {
      api: 'SyncGroup',
      apiVersion: 5,
      body: {
        groupId: GROUP,
        generationId: 1,
        memberId: leader ?? '',
        groupInstanceId: null,
        protocolType: null,
        protocolName: null,
        assignments: [],
      },
    } as const
    const { tickets, answers } = refusing(bench, assigns)
    const refused = { errorCode: 15, assignment: new Uint8Array() }
    expect(new Map(answers)).toEqual(
      new Map([
        [tickets[0], refused],
        [parked, refused],
      ]),
    )
    expect(bench.state()).toBe('CompletingRebalance')
    expect(bench.shard.stored(GROUP)?.awaitingAssignment).toBe(true)
    bench.syncAll([leader ?? '', follower ?? ''], 1)
    expect(bench.state()).toBe('Stable')
  })

  it('of a generation: nobody is told its number, and the members stay', () => {
    const bench = new GroupBench()
    const { ids, generation } = bench.stable(2)
    const first = bench.join({ memberId: ids[0] ?? '' })
    const { tickets, answers } = refusing(bench, bench.joinRequest({ memberId: ids[1] ?? '' }))
    expect([first, ...tickets].map((ticket) => answers.get(ticket))).toMatchObject(
      ids.map((memberId) => ({ errorCode: 15, memberId, members: [] })),
    )
    expect([...answers.values()].every((answer) => !('generationId' in answer))).toBe(true)
    expect(bench.shard.stored(GROUP)?.generation).toBe(generation)
    const again = ids.map((memberId) => bench.join({ memberId }))
    expect(again.map((ticket) => bench.joined(ticket).generationId)).toEqual([2, 2])
  })

  it('of what time did is tried again, not at once and for ever', () => {
    const bench = new GroupBench()
    const { ticket } = bench.enter()
    bench.nowMs += 3_000
    bench.shard.timers(bench.nowMs)
    const answers = bench.shard.refused(errors.MESSAGE_TOO_LARGE, bench.nowMs)
    expect(answers).toMatchObject([{ ticket, response: { errorCode: -1 } }])
    expect(bench.shard.nextTimerMs).toBe(bench.nowMs + 1_000)
    expect(bench.state()).toBe('PreparingRebalance')
    // Its only member asks no more: the group is given up with its session.
    bench.pass(10 * SESSION_MS)
    expect(bench.state()).toBe('Empty')
  })

  it('of a replaced static member leaves the former one in its place', () => {
    const bench = new GroupBench()
    const ticket = bench.join({ groupInstanceId: 'i' })
    bench.pass(3_000)
    const { memberId } = bench.joined(ticket)
    bench.sync(memberId, 1, { [memberId]: 'mine' })
    refusing(bench, bench.joinRequest({ groupInstanceId: 'i' }))
    expect(bench.heartbeat(memberId, 1, { groupInstanceId: 'i' })).toBe('NONE')
    expect(bench.synced(bench.sync(memberId, 1)).assignment).toBe('mine')
  })

  it('touches nothing of what was appended before', () => {
    const bench = new GroupBench()
    const { ids, generation } = bench.stable(1)
    bench.commit(1, { memberId: ids[0] ?? '', generationIdOrMemberEpoch: generation })
    refusing(
      bench,
      bench.commitRequest(2, { memberId: ids[0] ?? '', generationIdOrMemberEpoch: 1 }),
    )
    expect(bench.shard.pendingOffsets(GROUP, [])).toMatchObject([{ committed: { offset: 1 } }])
    expect(bench.state()).toBe('Stable')
  })

  it('of a large group that rebalances when its time has come holds up no other group', () => {
    const bench = new GroupBench()
    const metadata = new Uint8Array(2 * 1024 * 1024)
    for (const [groupId, fields] of Object.entries({ a: {}, b: {}, large: { metadata }, c: {} }))
      bench.join({ groupId, ...fields, version: 3 })
    bench.nowMs += 6_000
    const began: string[][] = []
    for (let round = 0; round < 4; round += 1) {
      const { records } = bench.shard.timers(bench.nowMs)
      const groups = records.map((record) => decodeRecord(record)?.groupId ?? '')
      if (groups.includes('large')) bench.shard.refused(errors.RECORD_LIST_TOO_LARGE, bench.nowMs)
      else bench.shard.appended(0)
      began.push(groups)
    }
    expect(began).toEqual([['a', 'b'], ['large'], ['c'], []])
    // It is tried again, but not at once.
    expect(bench.shard.nextTimerMs).toBe(bench.nowMs + 1_000)
  })

  it.each([
    ['NOT_ENOUGH_REPLICAS', 'OffsetCommit', 'COORDINATOR_NOT_AVAILABLE'],
    ['NOT_ENOUGH_REPLICAS_AFTER_APPEND', 'JoinGroup', 'COORDINATOR_NOT_AVAILABLE'],
    ['REQUEST_TIMED_OUT', 'SyncGroup', 'COORDINATOR_NOT_AVAILABLE'],
    ['UNKNOWN_TOPIC_OR_PARTITION', 'SyncGroup', 'COORDINATOR_NOT_AVAILABLE'],
    ['NOT_LEADER_OR_FOLLOWER', 'SyncGroup', 'NOT_COORDINATOR'],
    ['KAFKA_STORAGE_ERROR', 'OffsetCommit', 'NOT_COORDINATOR'],
    ['MESSAGE_TOO_LARGE', 'SyncGroup', 'UNKNOWN_SERVER_ERROR'],
    ['RECORD_LIST_TOO_LARGE', 'OffsetCommit', 'INVALID_COMMIT_OFFSET_SIZE'],
    ['COORDINATOR_LOAD_IN_PROGRESS', 'JoinGroup', 'COORDINATOR_LOAD_IN_PROGRESS'],
  ] as const)('with %s of a %s is told as %s', (code, api, told) => {
    expect(codeForFailedAppend(errors[code], api)).toBe(errors[told])
  })
})

describe('while groups are loaded', () => {
  const { COORDINATOR_LOAD_IN_PROGRESS, NOT_COORDINATOR, NONE } = errors
  const bench = new GroupBench()
  const beat = {
    ...{ api: 'Heartbeat' as const, apiVersion: 4 },
    body: { groupId: GROUP, generationId: 1, memberId: 'm', groupInstanceId: null },
  }

  it('members that beat are not told', () => {
    expect(refusalOf(beat, COORDINATOR_LOAD_IN_PROGRESS)).toEqual({ errorCode: NONE })
    expect(refusalOf(beat, NOT_COORDINATOR)).toEqual({ errorCode: NOT_COORDINATOR })
  })

  it('members that wait for their assignment join again', () => {
    const sync = {
      ...{ api: 'SyncGroup' as const, apiVersion: 5 },
      body: {
        ...{ ...beat.body, protocolType: 'consumer', protocolName: 'range' },
        assignments: [],
      },
    }
    const code = errors.REBALANCE_IN_PROGRESS
    expect(refusalOf(sync, COORDINATOR_LOAD_IN_PROGRESS)).toMatchObject({ errorCode: code })
  })

  it('others are told', () => {
    expect(refusalOf(bench.joinRequest(), COORDINATOR_LOAD_IN_PROGRESS)).toMatchObject({
      errorCode: COORDINATOR_LOAD_IN_PROGRESS,
    })
  })
})

describe('the end of a shard', () => {
  it('is told to everybody who waits, and to nobody twice', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(2)
    const joins = bench.join({ memberId: ids[0] ?? '' })
    bench.shard.handle(bench.joinRequest({ groupId: 'h', version: 3 }), 1_000, bench.nowMs)
    const answers = bench.shard.end(errors.NOT_COORDINATOR)
    expect(answers.map(({ ticket }) => ticket)).toEqual([joins, 1_000])
    expect(answers).toMatchObject([1, 2].map(() => ({ response: { errorCode: 16 } })))
    expect(bench.shard.end(errors.NOT_COORDINATOR)).toEqual([])
    expect(bench.shard.nextTimerMs).toBe(Infinity)
  })
})

describe('a shard that is loaded', () => {
  it('has the groups that have members or offsets, in the state they were stored in', () => {
    const bench = new GroupBench()
    bench.stable(1)
    bench.commit(1, { groupId: 'simple' })
    bench.failOver()
    expect(bench.shard.list([]).map(({ groupId, groupState }) => [groupId, groupState])).toEqual([
      [GROUP, 'Stable'],
      ['simple', 'Empty'],
    ])
  })

  it('skips records that are not its own', () => {
    const bench = new GroupBench()
    bench.shard.replay({ key: Uint8Array.of(0, 3, 0, 1, 0x67), value: Uint8Array.of(0, 0) })
    expect(bench.shard.groupIds()).toEqual([])
  })
})

describe('offsets that are not in the view yet', () => {
  const where = { groupId: GROUP, topic: 't', partition: 0 }
  const add = (pending: PendingOffsets, offset: number | null) =>
    pending.add(GROUP, 't', 0, offset === null ? null : committed({ offset }))

  it('are committed as far as the high watermark reaches, and no further', () => {
    const pending = new PendingOffsets()
    for (const offset of [1, 2, null, 3]) add(pending, offset)
    pending.appended([10, 11, 12, 13])
    add(pending, 4)
    const below = (logOffset: number) => {
      const found = pending.committedBelow(logOffset, where)
      return found && found.offset
    }
    expect([10, 11, 12, 13, 14, 15].map(below)).toEqual([undefined, 1, 2, null, 3, 3])
    expect(pending.over(GROUP, [])).toMatchObject([{ committed: { offset: 4 } }])
  })

  it('are forgotten once they are in the view, or were refused', () => {
    const pending = new PendingOffsets()
    add(pending, 1)
    add(pending, 2)
    pending.appended([10, 11])
    add(pending, 3)
    pending.refused()
    expect(pending.over(GROUP, [])).toMatchObject([{ committed: { offset: 2 } }])
    pending.applied(11)
    expect([pending.size, pending.committedBelow(11, where)]).toEqual([1, undefined])
    expect(pending.committedBelow(12, where)).toMatchObject({ offset: 2 })
    pending.applied(12)
    expect([pending.size, pending.over(GROUP, [])]).toEqual([0, []])
  })

  it('hide what the view says of the same partition, also where they are deletions', () => {
    const pending = new PendingOffsets()
    const stored = [0, 1].map((partition) => ({ topic: 't', partition, committed: committed({}) }))
    add(pending, null)
    expect(pending.over(GROUP, stored)).toEqual([stored[1]])
    expect(pending.over('other', stored)).toBe(stored)
  })

  it('have the places of their records in the log', () => {
    const bench = new GroupBench()
    bench.stable(1)
    bench.pass(SESSION_MS)
    const first = bench.log.length
    bench.commit(5)
    expect(bench.shard.committedBelow(first, where)).toBeUndefined()
    expect(bench.shard.committedBelow(first + 1, where)).toMatchObject({ offset: 5 })
    bench.shard.applied(first + 1)
    expect(bench.shard.committedBelow(first + 1, where)).toBeUndefined()
  })
})
