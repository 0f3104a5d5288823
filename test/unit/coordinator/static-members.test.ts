/**
 * Goal: a static member (KIP-345) that comes back has its place again, without a rebalance where
 * nothing changes, and its former self is fenced everywhere. Method: a shard on a bench.
 */
import { describe, expect, it } from 'vitest'
import type { Joining } from './group-bench.ts'
import { GROUP, GroupBench, REBALANCE_MS, SESSION_MS, bytes } from './group-bench.ts'

/** A stable group of the static members `a`, which leads, and `b`; `a0` and `a1` are assigned. */
function stableGroup(fields: Joining = {}) {
  const bench = new GroupBench()
  const [a, b] = ['a', 'b'].map((groupInstanceId) => bench.join({ ...fields, groupInstanceId }))
  bench.pass(6_000)
  const ids = [a, b].map((ticket) => bench.joined(ticket ?? 0).memberId)
  bench.syncAll(ids, 1)
  const [idA = '', idB = ''] = ids
  return { bench, idA, idB }
}

describe('a static member', () => {
  it('is let in at once, under an id made of its instance', () => {
    const bench = new GroupBench()
    const ticket = bench.join({ groupInstanceId: 'i' })
    expect(bench.error(ticket)).toBe('waits')
    bench.pass(3_000)
    expect(bench.joined(ticket)).toMatchObject({
      errorCode: 0,
      memberId: 'i-uuid1',
      members: [{ memberId: 'i-uuid1', groupInstanceId: 'i' }],
    })
  })

  it('comes back without a rebalance, and its new id is stored before it is told', () => {
    const { bench, idA, idB } = stableGroup()
    const records = bench.log.length
    const back = bench.joined(bench.join({ groupInstanceId: 'b' }))
    expect(bench.state()).toBe('Stable')
    expect(back).toMatchObject({ errorCode: 0, generationId: 1, leader: idA, members: [] })
    expect(back.memberId).not.toBe(idB)
    expect(bench.log).toHaveLength(records + 1)
    expect(bench.shard.stored(GROUP)?.members.map(({ memberId }) => memberId)).toEqual([
      idA,
      back.memberId,
    ])
    const sync = bench.sync(back.memberId, 1, {}, { groupInstanceId: 'b' })
    expect(bench.synced(sync)).toEqual({ error: 'NONE', assignment: 'a1' })
  })

  it('fences its former self on every request', () => {
    const { bench, idB } = stableGroup()
    bench.join({ groupInstanceId: 'b' })
    const former = { groupInstanceId: 'b' }
    expect(bench.error(bench.join({ memberId: idB, ...former }))).toBe('FENCED_INSTANCE_ID')
    expect(bench.error(bench.sync(idB, 1, {}, former))).toBe('FENCED_INSTANCE_ID')
    expect(bench.heartbeat(idB, 1, former)).toBe('FENCED_INSTANCE_ID')
    expect(bench.commit(1, { memberId: idB, generationIdOrMemberEpoch: 1, ...former })).toBe(
      'FENCED_INSTANCE_ID',
    )
    const { members } = bench.leave({ members: [{ memberId: idB, reason: null, ...former }] })
    expect(members?.map(({ errorCode }) => errorCode)).toEqual([82])
    expect(bench.heartbeat(idB, 1)).toBe('UNKNOWN_MEMBER_ID')
    expect(bench.offsets()).toEqual([])
  })

  it.each([
    ['unknown', { groupInstanceId: 'nobody' }],
    ['of another member', { groupInstanceId: 'a' }],
  ])('whose instance is %s is refused', (which, body) => {
    const { bench, idB } = stableGroup()
    const error = which === 'unknown' ? 'UNKNOWN_MEMBER_ID' : 'FENCED_INSTANCE_ID'
    expect(bench.heartbeat(idB, 1, body)).toBe(error)
    expect(bench.error(bench.sync(idB, 1, {}, body))).toBe(error)
    expect(bench.error(bench.join({ memberId: idB, ...body }))).toBe(error)
  })

  it('that led is told the members from v9 on, and that it need not assign', () => {
    const { bench, idB } = stableGroup()
    const back = bench.joined(bench.join({ groupInstanceId: 'a' }))
    expect(back).toMatchObject({ leader: back.memberId, skipAssignment: true, generationId: 1 })
    expect(back.members.map(({ memberId }) => memberId).sort()).toEqual([back.memberId, idB].sort())
    // What it hands in all the same changes nothing.
    const sync = bench.sync(back.memberId, 1, { [back.memberId]: 'other' })
    expect(bench.synced(sync).assignment).toBe('a0')
  })

  it('that led takes itself for a follower before v9: it is told the old id', () => {
    const { bench, idA } = stableGroup()
    const back = bench.joined(bench.join({ groupInstanceId: 'a', version: 8 }))
    expect(back).toMatchObject({ leader: idA, members: [], generationId: 1, errorCode: 0 })
    expect(bench.shard.stored(GROUP)?.leaderId).toBe(back.memberId)
  })

  it('rebalances when it comes back and the group would choose another protocol', () => {
    const { bench } = stableGroup({ names: ['x', 'y'] })
    const ticket = bench.join({ groupInstanceId: 'b', names: ['y'] })
    expect([bench.error(ticket), bench.state()]).toEqual(['waits', 'PreparingRebalance'])
  })

  it('that comes back changed, for the same protocol, waits for no rebalance', () => {
    const { bench } = stableGroup()
    expect(bench.error(bench.join({ groupInstanceId: 'b', metadata: bytes('new') }))).toBe('NONE')
    expect(bench.shard.stored(GROUP)?.members[1]?.subscription).toEqual(bytes('new'))
  })

  it('rebalances when it comes back while the leader assigns', () => {
    const bench = new GroupBench()
    const [a = 0, b = 0] = ['a', 'b'].map((groupInstanceId) => bench.join({ groupInstanceId }))
    bench.pass(6_000)
    const parked = bench.sync(bench.joined(b).memberId, 1)
    const back = bench.join({ groupInstanceId: 'b' })
    expect(bench.error(parked)).toBe('FENCED_INSTANCE_ID')
    expect([bench.error(back), bench.state()]).toEqual(['waits', 'PreparingRebalance'])
    const again = bench.join({ groupInstanceId: 'a', memberId: bench.joined(a).memberId })
    expect(bench.joined(again).members).toHaveLength(2)
  })

  it('that comes back while its former self waits: the old request is fenced', () => {
    const { bench } = stableGroup()
    const newcomer = bench.enter()
    const first = bench.join({ groupInstanceId: 'b' })
    const second = bench.join({ groupInstanceId: 'b' })
    expect([bench.error(first), bench.error(second)]).toEqual(['FENCED_INSTANCE_ID', 'waits'])
    expect(bench.error(newcomer.ticket)).toBe('waits')
  })

  it('stays in the group when a rebalance ends without it, until its session is over', () => {
    const bench = new GroupBench()
    const [a = 0, b = 0] = ['a', 'b'].map((groupInstanceId) =>
      bench.join({ groupInstanceId, sessionTimeoutMs: 10 * REBALANCE_MS }),
    )
    bench.pass(6_000)
    const [idA, idB] = [bench.joined(a).memberId, bench.joined(b).memberId]
    bench.syncAll([idA, idB], 1)
    const lastHeard = bench.nowMs
    const again = bench.join({
      groupInstanceId: 'a',
      memberId: idA,
      sessionTimeoutMs: 20 * REBALANCE_MS,
    })
    bench.pass(REBALANCE_MS)
    expect(bench.joined(again).members.map(({ memberId }) => memberId)).toEqual([idA, idB])
    bench.sync(idA, 2, { [idA]: 'all of it' })
    // Not even the time for syncs takes it out: it was not told of this generation.
    bench.pass(2 * REBALANCE_MS)
    bench.heartbeat(idA, 2)
    expect(bench.shard.describe(GROUP).members).toHaveLength(2)
    bench.pass(lastHeard + 10 * REBALANCE_MS - bench.nowMs)
    expect(bench.state()).toBe('PreparingRebalance')
    expect(bench.shard.describe(GROUP).members).toHaveLength(1)
  })

  it('is removed by its instance alone, as an administrator does', () => {
    const { bench } = stableGroup()
    const gone = bench.leave({
      members: [
        { memberId: '', groupInstanceId: 'b', reason: null },
        { memberId: '', groupInstanceId: 'nobody', reason: null },
        { memberId: '', groupInstanceId: null, reason: null },
      ],
    })
    expect(gone).toEqual({
      errorCode: 0,
      members: [
        { memberId: '', groupInstanceId: 'b', errorCode: 0 },
        { memberId: '', groupInstanceId: 'nobody', errorCode: 25 },
        { memberId: '', groupInstanceId: null, errorCode: 25 },
      ],
    })
    expect(bench.state()).toBe('PreparingRebalance')
  })

  it('that is alone and silent leaves the group empty when its session is over', () => {
    const bench = new GroupBench()
    const ticket = bench.join({ groupInstanceId: 'a' })
    bench.pass(3_000)
    bench.sync(bench.joined(ticket).memberId, 1)
    bench.pass(SESSION_MS)
    expect(bench.state()).toBe('Empty')
    expect(bench.shard.stored(GROUP)).toMatchObject({ generation: 2, members: [] })
  })

  it('keeps its instance when it joins again without naming it', () => {
    const { bench, idA } = stableGroup()
    bench.join({ memberId: idA })
    bench.pass(SESSION_MS)
    expect(bench.shard.stored(GROUP)?.members[0]).toMatchObject({ memberId: idA, instanceId: 'a' })
  })
})
