/**
 * Goal: who may join, what a join is answered and when, and how a generation begins: JoinGroup of
 * the classic protocol, rule by rule. Method: a shard on a bench, requests in, answers and records
 * out. Static members have a test of their own.
 */
import { describe, expect, it } from 'vitest'
import { METADATA_BYTES_MAX } from '../../../src/coordinator/groups/group-rules.ts'
import { GROUP, GroupBench, REBALANCE_MS, SESSION_MS, bytes } from './group-bench.ts'

describe('what is refused', () => {
  it.each([
    ['no group id', { groupId: '' }, 'INVALID_GROUP_ID'],
    ['a session that is too short', { sessionTimeoutMs: 5_999 }, 'INVALID_SESSION_TIMEOUT'],
    ['a session that is too long', { sessionTimeoutMs: 1_800_001 }, 'INVALID_SESSION_TIMEOUT'],
    ['no protocol type', { protocolType: '' }, 'INCONSISTENT_GROUP_PROTOCOL'],
    ['no protocols', { protocols: [] }, 'INCONSISTENT_GROUP_PROTOCOL'],
    ['an id in a group that is not there', { memberId: 'x' }, 'UNKNOWN_MEMBER_ID'],
  ])('%s', (_, fields, error) => {
    const bench = new GroupBench()
    const ticket = bench.join(fields)
    expect(bench.error(ticket)).toBe(error)
    expect(bench.joined(ticket)).toMatchObject({ protocolName: null, leader: '', members: [] })
    expect(bench.state()).toBe('Dead')
    expect(bench.shard.groupIds()).toEqual([])
    expect(bench.log).toEqual([])
  })

  it.each([
    ['another protocol type', { protocolType: 'connect' }],
    ['no protocol in common', { names: ['other'] }],
    ['no protocol', { protocols: [] }],
  ])('%s in a group with members', (_, fields) => {
    const bench = new GroupBench()
    bench.stable(1)
    expect(bench.error(bench.join(fields))).toBe('INCONSISTENT_GROUP_PROTOCOL')
    expect(bench.state()).toBe('Stable')
  })

  it('an id that nobody has', () => {
    const bench = new GroupBench()
    bench.stable(1)
    expect(bench.error(bench.join({ memberId: 'x' }))).toBe('UNKNOWN_MEMBER_ID')
    expect(bench.error(bench.join({ memberId: 'x', groupInstanceId: 'i' }))).toBe(
      'UNKNOWN_MEMBER_ID',
    )
  })

  it('below v7 with an empty protocol name, which cannot be null there', () => {
    const bench = new GroupBench()
    expect(bench.joined(bench.join({ groupId: '', version: 6 })).protocolName).toBe('')
  })
})

describe('a member without an id (KIP-394)', () => {
  it('is given one, and is let in when it comes again with it', () => {
    const bench = new GroupBench()
    const asked = bench.join()
    expect(bench.joined(asked)).toMatchObject({
      errorCode: 79,
      memberId: 'client-uuid1',
      leader: '',
      members: [],
    })
    const { memberId } = bench.joined(asked)
    const ticket = bench.join({ memberId })
    expect(bench.error(ticket)).toBe('waits')
    bench.pass(3_000)
    expect(bench.joined(ticket)).toEqual({
      errorCode: 0,
      generationId: 1,
      protocolType: 'consumer',
      protocolName: 'range',
      leader: memberId,
      memberId,
      members: [{ memberId, groupInstanceId: null, metadata: bytes('m') }],
    })
  })

  it('is asked once: with an id it is never asked again', () => {
    const bench = new GroupBench()
    const { memberId } = bench.enter()
    expect(bench.error(bench.join({ memberId }))).toBe('waits')
  })

  it('of v3 and before is let in at once', () => {
    const bench = new GroupBench()
    const ticket = bench.join({ version: 3 })
    bench.pass(3_000)
    expect(bench.joined(ticket)).toMatchObject({ errorCode: 0, memberId: 'client-uuid1' })
  })

  it('is forgotten if it does not use the id within its session', () => {
    const bench = new GroupBench()
    const { memberId } = bench.joined(bench.join())
    bench.pass(SESSION_MS)
    expect(bench.shard.groupIds()).toEqual([])
    expect(bench.error(bench.join({ memberId }))).toBe('UNKNOWN_MEMBER_ID')
  })

  it('is waited for by the group while it has an id and has not joined', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(1)
    const pending = bench.joined(bench.join()).memberId
    const member = bench.join({ memberId: ids[0] ?? '' })
    expect(bench.error(member)).toBe('waits')
    const newcomer = bench.join({ memberId: pending })
    expect([bench.error(member), bench.error(newcomer)]).toEqual(['NONE', 'NONE'])
  })

  it('that never comes is waited for no longer than its session', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(1)
    bench.join()
    const member = bench.join({ memberId: ids[0] ?? '' })
    bench.pass(SESSION_MS - 1)
    expect(bench.error(member)).toBe('waits')
    bench.pass(1)
    expect(bench.error(member)).toBe('NONE')
  })

  it('whose client has a name of 30 KB gets an id that fits', () => {
    const bench = new GroupBench()
    const request = {
      ...bench.joinRequest(),
      clientId: `${'x'.repeat(1_023)}😀${'y'.repeat(30_000)}`,
    }
    const { memberId } = bench.joined(bench.ask(request))
    expect(memberId).toBe(`${'x'.repeat(1_023)}-${request.uuid}`)
  })

  it('is one of ten thousand at most: those that run out first are forgotten', () => {
    const bench = new GroupBench()
    const first = bench.joined(bench.join({ sessionTimeoutMs: 6_000 })).memberId
    for (let count = 1; count < 10_000; count += 1) bench.join()
    const second = bench.joined(bench.join()).memberId
    expect(bench.error(bench.join({ memberId: first }))).toBe('UNKNOWN_MEMBER_ID')
    expect(bench.error(bench.join({ memberId: second }))).toBe('waits')
  })
})

describe('the first generation', () => {
  it('waits for the initial delay', () => {
    const bench = new GroupBench()
    const { ticket } = bench.enter()
    expect(bench.state()).toBe('PreparingRebalance')
    bench.pass(2_999)
    expect(bench.error(ticket)).toBe('waits')
    bench.pass(1)
    expect(bench.state()).toBe('CompletingRebalance')
  })

  it('waits again while others come, and not beyond the rebalance timeout', () => {
    const bench = new GroupBench({ initialRebalanceDelayMs: 3_000 })
    const { ticket } = bench.enter({ rebalanceTimeoutMs: 10_000 })
    const waited: number[] = []
    for (let ms = 0; bench.error(ticket) === 'waits'; ms += 1_000) {
      waited.push(ms)
      bench.enter({ rebalanceTimeoutMs: 10_000 })
      bench.pass(1_000)
    }
    expect(waited.at(-1)).toBe(9_000)
    expect(bench.joined(ticket).members).toHaveLength(11)
  })

  it('waits once more, not twice, when one came during the first wait', () => {
    const bench = new GroupBench()
    const { ticket } = bench.enter()
    bench.pass(1_000)
    bench.enter()
    bench.pass(4_999)
    expect(bench.error(ticket)).toBe('waits')
    bench.pass(1)
    expect(bench.joined(ticket)).toMatchObject({ errorCode: 0, generationId: 1 })
  })

  it('begins at once when the delay is 0', () => {
    const bench = new GroupBench({ initialRebalanceDelayMs: 0 })
    expect(bench.error(bench.enter().ticket)).toBe('NONE')
  })

  it('is stored before anybody is told, with nothing assigned yet', () => {
    const bench = new GroupBench({ initialRebalanceDelayMs: 0 })
    const { memberId } = bench.joined(bench.join())
    const outcome = bench.shard.handle(bench.joinRequest({ memberId }), 99, bench.nowMs)
    expect(outcome.answers).toHaveLength(1)
    expect(outcome.answersNow).toEqual([])
    expect(outcome.records).toHaveLength(1)
    expect(bench.shard.stored(GROUP)).toMatchObject({
      generation: 1,
      protocolName: 'range',
      leaderId: memberId,
      awaitingAssignment: true,
    })
  })
})

describe('a group that has members', () => {
  it('goes on as soon as all have joined again, and all learn the same', () => {
    const bench = new GroupBench()
    const { ids, generation } = bench.stable(2)
    const newcomer = bench.enter()
    expect(bench.state()).toBe('PreparingRebalance')
    const again = ids.map((memberId) => bench.join({ memberId }))
    const all = [...again, newcomer.ticket].map((ticket) => bench.joined(ticket))
    expect(all.map(({ generationId }) => generationId)).toEqual([2, 2, 2].map(() => generation + 1))
    expect(new Set(all.map(({ leader }) => leader))).toEqual(new Set([ids[0]]))
    expect(all.map(({ members }) => members.length)).toEqual([3, 0, 0])
  })

  it('waits for those who do not come as long as the most patient asks, then goes on', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(2)
    const newcomer = bench.enter({
      rebalanceTimeoutMs: 2 * REBALANCE_MS,
      sessionTimeoutMs: 200_000,
    })
    const again = bench.join({ memberId: ids[1] ?? '' })
    // The first one keeps its session, but does not join again.
    for (let ms = 0; ms < 2 * REBALANCE_MS - 5_000; ms += 5_000) {
      bench.pass(5_000)
      expect(bench.heartbeat(ids[0] ?? '', 1)).toBe('REBALANCE_IN_PROGRESS')
    }
    expect(bench.error(again)).toBe('waits')
    bench.pass(5_000)
    expect(bench.joined(again)).toMatchObject({ errorCode: 0, leader: ids[1] })
    expect(bench.error(newcomer.ticket)).toBe('NONE')
    expect(bench.heartbeat(ids[0] ?? '', 1)).toBe('UNKNOWN_MEMBER_ID')
  })

  it('lets its leader assign anew when it asks', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(2)
    expect(bench.error(bench.join({ memberId: ids[0] ?? '' }))).toBe('waits')
    expect(bench.state()).toBe('PreparingRebalance')
  })

  it('tells a follower that has not changed the generation that is', () => {
    const bench = new GroupBench()
    const { ids, generation } = bench.stable(2)
    const ticket = bench.join({ memberId: ids[1] ?? '' })
    expect(bench.joined(ticket)).toMatchObject({
      errorCode: 0,
      generationId: generation,
      leader: ids[0],
      members: [],
    })
    expect(bench.state()).toBe('Stable')
  })

  it('rebalances when a follower has changed', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(2)
    bench.join({ memberId: ids[1] ?? '', metadata: bytes('other') })
    expect(bench.state()).toBe('PreparingRebalance')
  })

  it('tells everybody the generation again while it is not assigned, its members to the leader', () => {
    const bench = new GroupBench({ initialRebalanceDelayMs: 0 })
    const { memberId } = bench.enter()
    const again = bench.joined(bench.join({ memberId }))
    expect(again).toMatchObject({ errorCode: 0, generationId: 1, leader: memberId })
    expect(again.members).toHaveLength(1)
    expect(bench.state()).toBe('CompletingRebalance')
    bench.join({ memberId, metadata: bytes('other') })
    expect(bench.joined(bench.join({ memberId, metadata: bytes('other') })).generationId).toBe(2)
  })

  it('answers a join that is asked twice: the first is told to come again', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(2)
    const first = bench.join({ memberId: ids[0] ?? '' })
    const second = bench.join({ memberId: ids[0] ?? '' })
    expect([bench.error(first), bench.error(second)]).toEqual(['REBALANCE_IN_PROGRESS', 'waits'])
  })

  it('keeps the session timeout as rebalance timeout of a member that names none', () => {
    const bench = new GroupBench({ initialRebalanceDelayMs: 0 })
    bench.join({ version: 0, rebalanceTimeoutMs: -1 })
    expect(bench.shard.stored(GROUP)?.members[0]?.rebalanceTimeoutMs).toBe(SESSION_MS)
  })
})

describe('the protocol of a generation', () => {
  const elected = (...preferences: readonly (readonly string[])[]) => {
    const bench = new GroupBench()
    const [first] = preferences.map((names) => bench.enter({ names }))
    bench.pass(6_000)
    return bench.joined(first?.ticket ?? 0).protocolName
  }

  it.each([
    [
      'the only one that all support',
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
      'b',
    ],
    [
      'the one most like best',
      [
        ['a', 'b'],
        ['b', 'a'],
        ['b', 'a'],
      ],
      'b',
    ],
    [
      'the first in the alphabet when votes are even',
      [
        ['b', 'a'],
        ['a', 'b'],
      ],
      'a',
    ],
    ['never one that somebody lacks', [['c', 'a'], ['c', 'a'], ['a']], 'a'],
  ])('is %s', (_, preferences, winner) => {
    expect(elected(...preferences)).toBe(winner)
  })

  it('comes with the metadata that each member gave for it', () => {
    const bench = new GroupBench()
    const protocols = ['a', 'b'].map((name) => ({ name, metadata: bytes(`as ${name}`) }))
    const { ticket } = bench.enter({ protocols })
    bench.enter({ names: ['b'] })
    bench.pass(6_000)
    expect(bench.joined(ticket).members[0]?.metadata).toEqual(bytes('as b'))
  })

  it('is told from copies: what a request held may be overwritten after', () => {
    const bench = new GroupBench({ initialRebalanceDelayMs: 0 })
    const lent = bytes('mine')
    const { ticket } = bench.enter({ metadata: lent })
    lent.fill(0)
    expect(bench.joined(ticket).members[0]?.metadata).toEqual(bytes('mine'))
    expect(bench.shard.stored(GROUP)?.members[0]?.subscription).toEqual(bytes('mine'))
  })
})

describe('bounds', () => {
  it('group.max.size: a further member is refused, those in it may join again', () => {
    const bench = new GroupBench({ membersMax: 2 })
    const { ids } = bench.stable(2)
    expect(bench.error(bench.join())).toBe('GROUP_MAX_SIZE_REACHED')
    expect(bench.error(bench.join({ version: 3 }))).toBe('GROUP_MAX_SIZE_REACHED')
    expect(bench.state()).toBe('Stable')
    const again = ids.map((memberId) => bench.join({ memberId, metadata: bytes('new') }))
    expect(again.map((ticket) => bench.error(ticket))).toEqual(['NONE', 'NONE'])
  })

  it('a group that is too large rebalances when it is loaded, and leaves out who comes last', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(3)
    Object.assign(bench.rules, { membersMax: 2 })
    bench.failOver()
    expect(bench.state()).toBe('PreparingRebalance')
    const again = ids.map((memberId) => bench.join({ memberId }))
    expect(again.map((ticket) => bench.error(ticket))).toEqual([
      'NONE',
      'NONE',
      'GROUP_MAX_SIZE_REACHED',
    ])
  })

  it('what members say about themselves is bounded for a group as a whole', () => {
    const bench = new GroupBench({ initialRebalanceDelayMs: 0 })
    const large = new Uint8Array(METADATA_BYTES_MAX - 100)
    expect(bench.error(bench.join({ version: 3, metadata: large }))).toBe('NONE')
    const second = bench.join({ version: 3, metadata: new Uint8Array(200) })
    expect(bench.error(second)).toBe('GROUP_MAX_SIZE_REACHED')
    expect(bench.error(bench.join({ version: 3, metadata: bytes('small') }))).toBe('waits')
  })

  it('ten thousand members join, and the leader learns of them all', () => {
    const bench = new GroupBench()
    const tickets = Array.from({ length: 10_000 }, () => bench.join({ version: 3 }))
    bench.pass(REBALANCE_MS)
    const answers = tickets.map((ticket) => bench.joined(ticket))
    expect(new Set(answers.map(({ generationId }) => generationId))).toEqual(new Set([1]))
    expect(answers.map(({ members }) => members.length).filter((count) => count > 0)).toEqual([
      10_000,
    ])
  })

  it('groups that only a JoinGroup has named are bounded, and go again', () => {
    const bench = new GroupBench()
    for (let count = 0; count < 10_000; count += 1) bench.join({ groupId: `g${count}` })
    expect(bench.error(bench.join({ groupId: 'one more' }))).toBe('COORDINATOR_NOT_AVAILABLE')
    bench.pass(SESSION_MS)
    expect(bench.shard.groupIds()).toEqual([])
    expect(bench.error(bench.join({ groupId: 'one more' }))).toBe('MEMBER_ID_REQUIRED')
  })
})
