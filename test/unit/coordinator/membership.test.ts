/**
 * Goal: members get their assignments, stay by heartbeats, and leave, by themselves or because time
 * is up: SyncGroup, Heartbeat, LeaveGroup and the timers, state by state. Method: a shard on a
 * bench.
 */
import { describe, expect, it } from 'vitest'
import { NEW_MEMBER_TIMEOUT_MS } from '../../../src/coordinator/groups/group-rules.ts'
import { GROUP, GroupBench, REBALANCE_MS, SESSION_MS, bytes } from './group-bench.ts'

/** Two members have joined; the first leads, nobody has synced. */
function assigning() {
  const bench = new GroupBench()
  const [leader, follower] = [bench.enter(), bench.enter()].map(({ memberId }) => memberId)
  bench.pass(6_000)
  expect(bench.state()).toBe('CompletingRebalance')
  return { bench, leader: leader ?? '', follower: follower ?? '' }
}

describe('SyncGroup', () => {
  it('waits for the leader, whose assignment is stored before anybody is told', () => {
    const { bench, leader, follower } = assigning()
    const parked = bench.sync(follower, 1)
    expect(bench.error(parked)).toBe('waits')
    const own = bench.sync(leader, 1, { [leader]: 'one', [follower]: 'two', stranger: 'three' })
    expect([own, parked].map((ticket) => bench.synced(ticket))).toEqual([
      { error: 'NONE', assignment: 'one' },
      { error: 'NONE', assignment: 'two' },
    ])
    expect(bench.shard.stored(GROUP)).toMatchObject({
      awaitingAssignment: false,
      members: [{ assignment: bytes('one') }, { assignment: bytes('two') }],
    })
    expect(bench.state()).toBe('Stable')
  })

  it('tells a follower that comes later, and one that asks again', () => {
    const { bench, leader, follower } = assigning()
    bench.sync(leader, 1, { [follower]: 'two' })
    expect(bench.synced(bench.sync(follower, 1)).assignment).toBe('two')
    expect(bench.synced(bench.sync(follower, 1)).assignment).toBe('two')
    // Whom the leader leaves out has nothing.
    expect(bench.synced(bench.sync(leader, 1, { [leader]: 'late' })).assignment).toBe('')
  })

  it('names the protocol from v5 on', () => {
    const { bench, leader } = assigning()
    const answer = bench.answers.get(bench.sync(leader, 1))
    expect(answer).toMatchObject({ protocolType: 'consumer', protocolName: 'range' })
  })

  it.each([
    ['no group id', { groupId: '' }, 'INVALID_GROUP_ID'],
    ['a group that nobody knows', { groupId: 'x' }, 'UNKNOWN_MEMBER_ID'],
    ['a member that nobody knows', { memberId: 'x' }, 'UNKNOWN_MEMBER_ID'],
    ['an earlier generation', { generationId: 0 }, 'ILLEGAL_GENERATION'],
    ['a generation to come', { generationId: 2 }, 'ILLEGAL_GENERATION'],
    ['another protocol type', { protocolType: 'connect' }, 'INCONSISTENT_GROUP_PROTOCOL'],
    ['another protocol', { protocolName: 'other' }, 'INCONSISTENT_GROUP_PROTOCOL'],
  ])('with %s is refused', (_, body, error) => {
    const { bench, leader } = assigning()
    expect(bench.error(bench.sync(leader, 1, {}, body))).toBe(error)
    expect(bench.state()).toBe('CompletingRebalance')
  })

  it('while members join again: REBALANCE_IN_PROGRESS', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(2)
    bench.enter()
    expect(bench.error(bench.sync(ids[0] ?? '', 1))).toBe('REBALANCE_IN_PROGRESS')
  })

  it('that waits is told when a new rebalance begins', () => {
    const { bench, follower } = assigning()
    const parked = bench.sync(follower, 1)
    bench.enter()
    expect(bench.error(parked)).toBe('REBALANCE_IN_PROGRESS')
  })

  it('that is asked twice: the first is told to come again', () => {
    const { bench, follower } = assigning()
    const [first, second] = [bench.sync(follower, 1), bench.sync(follower, 1)]
    expect([bench.error(first), bench.error(second)]).toEqual(['REBALANCE_IN_PROGRESS', 'waits'])
  })

  it('keeps copies of what the leader lent', () => {
    const { bench, leader } = assigning()
    const assignment = bytes('mine')
    bench.sync(leader, 1, {}, { assignments: [{ memberId: leader, assignment }] })
    assignment.fill(0)
    expect(bench.synced(bench.sync(leader, 1)).assignment).toBe('mine')
  })

  it('is owed by every member that has joined: who does not sync is taken out', () => {
    const { bench, leader, follower } = assigning()
    bench.sync(leader, 1)
    for (let ms = 0; ms < REBALANCE_MS; ms += 5_000) {
      expect(bench.heartbeat(follower, 1)).toBe('NONE')
      expect(bench.heartbeat(leader, 1)).toBe('NONE')
      bench.pass(5_000)
    }
    expect(bench.heartbeat(follower, 1)).toBe('UNKNOWN_MEMBER_ID')
    expect(bench.heartbeat(leader, 1)).toBe('REBALANCE_IN_PROGRESS')
  })

  it('is owed by the leader too, and those who wait for it are told', () => {
    const { bench, leader, follower } = assigning()
    const parked = bench.sync(follower, 1)
    for (let ms = 0; ms < REBALANCE_MS; ms += 5_000) {
      bench.heartbeat(leader, 1)
      bench.pass(5_000)
    }
    expect(bench.error(parked)).toBe('REBALANCE_IN_PROGRESS')
    const again = bench.joined(bench.join({ memberId: follower }))
    expect(again).toMatchObject({ generationId: 2, leader: follower })
  })
})

describe('Heartbeat', () => {
  it('is fine in a stable group, and while the leader assigns', () => {
    const { bench, leader, follower } = assigning()
    expect(bench.heartbeat(follower, 1)).toBe('NONE')
    bench.sync(leader, 1)
    expect(bench.heartbeat(follower, 1)).toBe('NONE')
  })

  it.each([
    ['no group id', { groupId: '' }, 'INVALID_GROUP_ID'],
    ['a group that nobody knows', { groupId: 'x' }, 'UNKNOWN_MEMBER_ID'],
    ['a member that nobody knows', { memberId: 'x' }, 'UNKNOWN_MEMBER_ID'],
    ['an earlier generation', { generationId: 0 }, 'ILLEGAL_GENERATION'],
  ])('with %s is refused', (_, body, error) => {
    const { bench, leader } = assigning()
    expect(bench.heartbeat(leader, 1, body)).toBe(error)
  })

  it('in an empty group knows nobody', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(1)
    bench.pass(SESSION_MS)
    expect(bench.state()).toBe('Empty')
    expect(bench.heartbeat(ids[0] ?? '', 2)).toBe('UNKNOWN_MEMBER_ID')
  })

  it('keeps the member: without it the session ends, and the others rebalance', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(2)
    const [first = '', second = ''] = ids
    bench.pass(SESSION_MS - 1)
    expect(bench.heartbeat(first, 1)).toBe('NONE')
    expect(bench.state()).toBe('Stable')
    bench.pass(1)
    expect(bench.state()).toBe('PreparingRebalance')
    expect(bench.heartbeat(second, 1)).toBe('UNKNOWN_MEMBER_ID')
    expect(bench.heartbeat(first, 1)).toBe('REBALANCE_IN_PROGRESS')
  })

  it('is answered at once, whatever waits to be committed', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(1)
    const outcome = bench.shard.handle(
      {
        api: 'Heartbeat',
        apiVersion: 4,
        body: { groupId: GROUP, generationId: 1, memberId: ids[0] ?? '', groupInstanceId: null },
      },
      bench.nextTicket(),
      bench.nowMs,
    )
    expect(outcome).toMatchObject({ records: [], answers: [] })
    expect(outcome.answersNow).toHaveLength(1)
  })

  it('by the thousand costs the group nothing but time', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(2)
    const records = bench.log.length
    for (let count = 0; count < 5_000; count += 1) bench.heartbeat(ids[count % 2] ?? '', 1)
    expect(bench.log).toHaveLength(records)
    expect(bench.state()).toBe('Stable')
  })
})

describe('a member that waits in a JoinGroup', () => {
  it('cannot send heartbeats, and is kept without', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(2)
    const parked = bench.join({ memberId: ids[0] ?? '' })
    for (let ms = 0; ms < REBALANCE_MS - 5_000; ms += 5_000) {
      bench.pass(5_000)
      bench.heartbeat(ids[1] ?? '', 1)
    }
    expect(bench.error(parked)).toBe('waits')
    bench.pass(5_000)
    expect(bench.error(parked)).toBe('NONE')
  })

  it('for the first time is given up after five minutes', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(1)
    const newcomer = bench.enter({ rebalanceTimeoutMs: 2 * NEW_MEMBER_TIMEOUT_MS })
    for (let ms = 0; ms < NEW_MEMBER_TIMEOUT_MS; ms += 5_000) {
      expect(bench.error(newcomer.ticket)).toBe('waits')
      bench.heartbeat(ids[0] ?? '', 1)
      bench.pass(5_000)
    }
    expect(bench.error(newcomer.ticket)).toBe('UNKNOWN_MEMBER_ID')
  })
})

describe('LeaveGroup', () => {
  it('takes one member out, up to v2 with one error for all', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(2)
    expect(bench.leave({ memberId: ids[0] ?? '' }, 2)).toEqual({ errorCode: 0 })
    expect(bench.leave({ memberId: ids[0] ?? '' }, 2)).toEqual({ errorCode: 25 })
    expect(bench.leave({ memberId: '' }, 2)).toEqual({ errorCode: 25 })
    expect(bench.heartbeat(ids[1] ?? '', 1)).toBe('REBALANCE_IN_PROGRESS')
  })

  it('takes many out from v3 on, with an error for each', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(2)
    const members = [...ids, 'x'].map((memberId) => ({
      memberId,
      groupInstanceId: null,
      reason: null,
    }))
    const answer = bench.leave({ members })
    expect(answer.errorCode).toBe(0)
    expect(answer.members?.map(({ errorCode }) => errorCode)).toEqual([0, 0, 25])
    expect(bench.state()).toBe('Empty')
    expect(bench.shard.stored(GROUP)).toMatchObject({
      generation: 2,
      protocolType: 'consumer',
      protocolName: null,
      leaderId: null,
      members: [],
    })
  })

  it.each([
    ['v2', 2, { errorCode: 25 }],
    ['v3', 3, { errorCode: 0, members: [{ memberId: 'x', groupInstanceId: null, errorCode: 25 }] }],
  ])('of a group that nobody knows, %s', (_, version, expected) => {
    const members = [{ memberId: 'x', groupInstanceId: null, reason: null }]
    expect(new GroupBench().leave({ memberId: 'x', members }, version)).toEqual(expected)
  })

  it('with no group id is refused as a whole', () => {
    expect(new GroupBench().leave({ groupId: '' })).toEqual({ errorCode: 24 })
  })

  it('gives back an id that was not used yet, and nobody waits for it', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(1)
    const pending = bench.joined(bench.join()).memberId
    const again = bench.join({ memberId: ids[0] ?? '' })
    expect(bench.error(again)).toBe('waits')
    bench.leave({ members: [{ memberId: pending, groupInstanceId: null, reason: null }] })
    expect(bench.error(again)).toBe('NONE')
  })

  it('of the leader while it should assign: those who wait are told, another one leads', () => {
    const { bench, leader, follower } = assigning()
    const parked = bench.sync(follower, 1)
    bench.leave({ memberId: leader }, 0)
    expect(bench.error(parked)).toBe('REBALANCE_IN_PROGRESS')
    expect(bench.joined(bench.join({ memberId: follower }))).toMatchObject({
      generationId: 2,
      leader: follower,
    })
  })

  it('of one that waits: its own request is answered', () => {
    const bench = new GroupBench()
    bench.stable(1)
    const newcomer = bench.enter()
    bench.leave({ memberId: newcomer.memberId }, 0)
    expect(bench.error(newcomer.ticket)).toBe('UNKNOWN_MEMBER_ID')
  })

  it('of the last one that is waited for ends the wait', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(2)
    const again = bench.join({ memberId: ids[0] ?? '' })
    bench.leave({ memberId: ids[1] ?? '' }, 0)
    expect(bench.error(again)).toBe('NONE')
  })
})

describe('a generation', () => {
  it('is never given twice, whatever comes between', () => {
    const bench = new GroupBench()
    const seen = [bench.stable(2).generation]
    bench.failOver()
    bench.pass(2 * SESSION_MS)
    for (let round = 0; round < 3; round += 1) {
      const { ticket } = bench.enter()
      bench.pass(6_000)
      seen.push(bench.joined(ticket).generationId)
      // Its coordinator dies before the leader has assigned.
      bench.failOver()
      bench.pass(2 * REBALANCE_MS)
      expect(bench.state()).toBe('Empty')
    }
    expect(seen).toEqual([1, 3, 5, 7])
  })

  it('is the same for a member that syncs after the coordinator has changed', () => {
    const { bench, leader, follower } = assigning()
    bench.failOver()
    expect(bench.state()).toBe('CompletingRebalance')
    const parked = bench.sync(follower, 1)
    bench.sync(leader, 1, { [follower]: 'two' })
    expect(bench.synced(parked)).toEqual({ error: 'NONE', assignment: 'two' })
  })

  it('goes on over a change of coordinator, every session beginning anew', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(2)
    bench.pass(SESSION_MS - 1)
    bench.failOver()
    expect(bench.state()).toBe('Stable')
    bench.pass(SESSION_MS - 1)
    expect(ids.map((id) => bench.heartbeat(id, 1))).toEqual(['NONE', 'NONE'])
    expect(bench.synced(bench.sync(ids[1] ?? '', 1)).assignment).toBe('a1')
  })
})

describe('how a group looks', () => {
  it('shows metadata and assignments while it is stable, and only then', () => {
    const { bench, leader, follower } = assigning()
    expect(bench.shard.describe(GROUP)).toMatchObject({
      groupState: 'CompletingRebalance',
      protocolData: '',
      members: [{ memberMetadata: bytes('') }, { memberAssignment: bytes('') }],
    })
    bench.syncAll([leader, follower], 1)
    expect(bench.shard.describe(GROUP)).toEqual({
      errorCode: 0,
      groupId: GROUP,
      groupState: 'Stable',
      protocolType: 'consumer',
      protocolData: 'range',
      members: [leader, follower].map((memberId, index) => ({
        memberId,
        groupInstanceId: null,
        clientId: 'client',
        clientHost: '/127.0.0.1',
        memberMetadata: bytes('m'),
        memberAssignment: bytes(`a${index}`),
      })),
    })
  })

  it('is Dead, without an error, when nobody knows it', () => {
    expect(new GroupBench().shard.describe('x')).toEqual({
      errorCode: 0,
      groupId: 'x',
      groupState: 'Dead',
      protocolType: '',
      protocolData: '',
      members: [],
    })
  })

  it('is listed by its state, in any case', () => {
    const bench = new GroupBench()
    bench.stable(1)
    bench.commit(1, { groupId: 'simple' })
    const names = (...states: string[]) => bench.shard.list(states).map(({ groupId }) => groupId)
    expect(bench.shard.list([])).toEqual([
      { groupId: GROUP, protocolType: 'consumer', groupState: 'Stable' },
      { groupId: 'simple', protocolType: '', groupState: 'Empty' },
    ])
    expect([names('stable'), names('EMPTY'), names('Dead'), names('Empty', 'Stable')]).toEqual([
      [GROUP],
      ['simple'],
      [],
      [GROUP, 'simple'],
    ])
  })
})
