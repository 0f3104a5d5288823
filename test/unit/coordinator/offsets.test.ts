/**
 * Goal: who may commit, what is kept, and what goes: OffsetCommit, OffsetFetch, OffsetDelete,
 * DeleteGroups, the sweep and the deletion of topics. Method: a shard on a bench; what the view of
 * a runtime would say is folded from the log, or given.
 */
import { describe, expect, it } from 'vitest'
import { decodeRecord } from '../../../src/coordinator/groups/records.ts'
import {
  allOffsets,
  fetchedOffsets,
  fetchResponse,
  groupFetches,
  unreadGroup,
} from '../../../src/coordinator/groups/offset-fetch.ts'
import type { StoredOffset } from '../../../src/coordinator/groups/requests.ts'
import { errorName } from '../../../src/wire/errors.ts'
import { at, committed, GROUP, GroupBench, RULES, SESSION_MS, subscription } from './group-bench.ts'

describe('OffsetCommit', () => {
  it('without a member makes a group that only has offsets', () => {
    const bench = new GroupBench()
    expect(bench.commit(7)).toBe('NONE')
    expect(bench.offsets()).toEqual([
      { topic: 't', partition: 0, committed: committed({ offset: 7, commitTimeMs: 1_000_000 }) },
    ])
    expect(bench.shard.describe(GROUP)).toMatchObject({ groupState: 'Empty', protocolType: '' })
  })

  it('is allowed to the empty group id, for consumers of old', () => {
    expect(new GroupBench().commit(7, { groupId: '' })).toBe('NONE')
  })

  const withGeneration = (generationIdOrMemberEpoch: number) => ({ generationIdOrMemberEpoch })

  it('with a generation in a group that nobody knows is refused, from v9 on in other words', () => {
    const bench = new GroupBench()
    expect(bench.commit(7, withGeneration(1))).toBe('ILLEGAL_GENERATION')
    expect(bench.commit(7, { ...withGeneration(1), version: 9 })).toBe('GROUP_ID_NOT_FOUND')
    expect(bench.shard.groupIds()).toEqual([])
  })

  it('of a member in its generation is taken, and counts as a heartbeat', () => {
    const bench = new GroupBench()
    const { ids, generation } = bench.stable(1)
    const member = { memberId: ids[0] ?? '', ...withGeneration(generation) }
    for (let round = 1; round <= 5; round += 1) {
      bench.pass(SESSION_MS - 1)
      expect(bench.commit(round, member)).toBe('NONE')
    }
    expect(bench.state()).toBe('Stable')
    expect(bench.offsets()[0]?.committed.offset).toBe(5)
  })

  it.each([
    ['a member that nobody knows', { memberId: 'x', generationIdOrMemberEpoch: 1 }, 25],
    ['an earlier generation', { generationIdOrMemberEpoch: 0 }, 22],
    ['no generation', { generationIdOrMemberEpoch: -1 }, 22],
    ['nobody, while there are members', { memberId: '', generationIdOrMemberEpoch: -1 }, 25],
    ['an instance that nobody has', { groupInstanceId: 'i', generationIdOrMemberEpoch: 1 }, 25],
  ])('of %s is refused, for every partition', (_, body, code) => {
    const bench = new GroupBench()
    const { ids } = bench.stable(1)
    const topics = [
      { name: 't', partitions: [at(0, 1), at(1, 1)] },
      { name: 'u', partitions: [at(0, 1)] },
    ]
    const ticket = bench.ask(bench.commitRequest(1, { memberId: ids[0] ?? '', topics, ...body }))
    expect(bench.answers.get(ticket)).toEqual({
      topics: [
        { name: 't', partitions: [0, 1].map((n) => ({ partitionIndex: n, errorCode: code })) },
        { name: 'u', partitions: [{ partitionIndex: 0, errorCode: code }] },
      ],
    })
    expect(bench.offsets()).toEqual([])
  })

  it('is taken while members join again, and not while the leader assigns', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(2)
    const [first = '', second = ''] = ids
    bench.join({ memberId: first })
    expect(bench.state()).toBe('PreparingRebalance')
    expect(bench.commit(1, { memberId: second, ...withGeneration(1) })).toBe('NONE')
    bench.join({ memberId: second })
    expect(bench.state()).toBe('CompletingRebalance')
    expect(bench.commit(2, { memberId: second, ...withGeneration(1) })).toBe('ILLEGAL_GENERATION')
    expect(bench.commit(2, { memberId: second, ...withGeneration(2) })).toBe(
      'REBALANCE_IN_PROGRESS',
    )
  })

  it('of a former member of an empty group is refused, of no member is taken', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(1)
    bench.pass(SESSION_MS)
    expect(bench.commit(1, { memberId: ids[0] ?? '', ...withGeneration(1) })).toBe(
      'UNKNOWN_MEMBER_ID',
    )
    expect(bench.commit(1)).toBe('NONE')
  })

  it('keeps leader epochs, and what the client writes beside, up to a bound', () => {
    const bench = new GroupBench()
    const [fits, tooMuch] = ['x'.repeat(4_096), 'x'.repeat(4_097)]
    const partitions = [
      { ...at(0, 1, fits), committedLeaderEpoch: 5 },
      at(1, 1, tooMuch),
      { ...at(2, 1), committedMetadata: null },
    ]
    const ticket = bench.ask(bench.commitRequest(1, { topics: [{ name: 't', partitions }] }))
    expect(bench.answers.get(ticket)).toMatchObject({
      topics: [{ partitions: [{ errorCode: 0 }, { errorCode: 12 }, { errorCode: 0 }] }],
    })
    expect(bench.offsets().map(({ partition, committed: kept }) => [partition, kept])).toEqual([
      [0, committed({ leaderEpoch: 5, metadata: fits, commitTimeMs: bench.nowMs })],
      [2, committed({ commitTimeMs: bench.nowMs })],
    ])
  })

  it('of one partition twice: the last holds, and it alone is stored', () => {
    const bench = new GroupBench()
    bench.commit(0, { topics: [{ name: 't', partitions: [at(0, 1), at(1, 5), at(0, 2)] }] })
    expect(bench.offsets().map(({ committed: { offset } }) => offset)).toEqual([2, 5])
    expect(bench.log).toHaveLength(2)
  })

  it.each([
    ['more partitions', { name: 't'.repeat(50), count: 10_000, metadata: '' }],
    ['more metadata', { name: 't', count: 1_000, metadata: 'm'.repeat(1_000) }],
  ])('with %s than fit into a batch of Kafka is refused', (_, { name, count, metadata }) => {
    const bench = new GroupBench()
    const partitions = Array.from({ length: count }, (_, index) => at(index, 1, metadata))
    const commit = (length: number) =>
      bench.commit(0, { topics: [{ name, partitions: partitions.slice(0, length) }] })
    expect(commit(count)).toBe('INVALID_COMMIT_OFFSET_SIZE')
    expect([bench.log, bench.shard.groupIds()]).toEqual([[], []])
    expect(commit(0.9 * count)).toBe('NONE')
    expect(bench.offsets()).toHaveLength(0.9 * count)
  })

  it('with a retention of its own expires by it, however long that is', () => {
    const bench = new GroupBench()
    bench.commit(1, { version: 4, retentionTimeMs: 500 })
    expect(bench.offsets()[0]?.committed.expireTimeMs).toBe(bench.nowMs + 500)
    bench.commit(1, { version: 4, retentionTimeMs: Number.MAX_SAFE_INTEGER })
    expect(bench.offsets()[0]?.committed.expireTimeMs).toBe(Number.MAX_SAFE_INTEGER)
  })

  it('that commits nothing leaves no group behind', () => {
    const bench = new GroupBench()
    bench.commit(1, { topics: [] })
    bench.commit(1, { topics: [{ name: 't', partitions: [at(0, 1, 'x'.repeat(5_000))] }] })
    expect(bench.shard.groupIds()).toEqual([])
  })
})

describe('OffsetFetch', () => {
  const request = {
    groupId: GROUP,
    topics: [{ name: 't', partitionIndexes: [0, 1] }],
    groups: [{ groupId: 'h', topics: null }],
    requireStable: false,
  }

  it('asks for one group, from v8 on for many', () => {
    expect(groupFetches(7, request)).toEqual([{ groupId: GROUP, topics: request.topics }])
    expect(groupFetches(8, request)).toEqual(request.groups)
  })

  const here = committed({ offset: 9, leaderEpoch: 2, metadata: 'm' })
  const topics = [
    {
      name: 't',
      partitions: [
        {
          partitionIndex: 0,
          committedOffset: 9,
          committedLeaderEpoch: 2,
          metadata: 'm',
          errorCode: 0,
        },
        {
          partitionIndex: 1,
          committedOffset: -1,
          committedLeaderEpoch: -1,
          metadata: '',
          errorCode: 0,
        },
      ],
    },
  ]

  it('of what was never committed is -1, and no error', () => {
    const find = (_: string, partition: number) => (partition === 0 ? here : undefined)
    const fetched = fetchedOffsets({ groupId: GROUP, topics: request.topics }, find)
    expect(fetched).toEqual({ groupId: GROUP, errorCode: 0, topics })
    expect(fetchResponse(7, [fetched])).toEqual({ topics, errorCode: 0 })
    expect(fetchResponse(8, [fetched])).toEqual({ groups: [fetched] })
  })

  it('of everything is grouped by topic', () => {
    const stored = (topic: string, partition: number) => ({ topic, partition, committed: here })
    const all = allOffsets(GROUP, [stored('t', 0), stored('u', 0), stored('t', 1)])
    expect(all.topics.map(({ name, partitions }) => [name, partitions.length])).toEqual([
      ['t', 2],
      ['u', 1],
    ])
    expect(allOffsets(GROUP, []).topics).toEqual([])
  })

  it('that is refused says so for the group, in v1 for each partition', () => {
    const fetch = { groupId: GROUP, topics: request.topics }
    expect(fetchResponse(7, [unreadGroup(7, fetch, 16)])).toEqual({ topics: [], errorCode: 16 })
    const answer = fetchResponse(1, [unreadGroup(1, fetch, 16)])
    expect(answer.topics?.[0]?.partitions.map(({ errorCode }) => errorCode)).toEqual([16, 16])
  })
})

describe('the sweep', () => {
  const DAY_MS = 24 * 3_600_000
  const RETENTION_MS = RULES.offsetsRetentionMs

  const sweep = (bench: GroupBench, offsets: readonly StoredOffset[] = bench.offsets()) =>
    bench.ask({ api: 'ExpireOffsets', groupId: GROUP, offsets })

  it('takes offsets of a group without members after the retention, and the group with them', () => {
    const bench = new GroupBench()
    bench.commit(1)
    bench.pass(RETENTION_MS - 1)
    sweep(bench)
    expect(bench.offsets()).toHaveLength(1)
    bench.pass(1)
    sweep(bench)
    expect(bench.offsets()).toEqual([])
    expect(bench.state()).toBe('Dead')
  })

  it('counts from when the last member left, and buries the group last of all', () => {
    const bench = new GroupBench()
    const { ids } = bench.stable(1)
    bench.commit(1, { memberId: ids[0] ?? '', generationIdOrMemberEpoch: 1 })
    for (let day = 0; day < 10 * DAY_MS; day += SESSION_MS * 1_000) {
      bench.nowMs += SESSION_MS * 1_000
      bench.heartbeat(ids[0] ?? '', 1)
    }
    bench.pass(SESSION_MS)
    expect(bench.state()).toBe('Empty')
    bench.pass(RETENTION_MS - 1)
    sweep(bench)
    expect(bench.offsets()).toHaveLength(1)
    bench.failOver()
    bench.pass(1)
    sweep(bench)
    expect(bench.offsets()).toEqual([])
    expect(bench.log.slice(-2).map(decodeRecord.bind(null))).toEqual([
      { type: 'offset', groupId: GROUP, topic: 't', partition: 0, committed: null },
      { type: 'group', groupId: GROUP, group: null },
    ])
    bench.failOver()
    expect(bench.state()).toBe('Dead')
  })

  it('spares what was committed after the last member left', () => {
    const bench = new GroupBench()
    bench.stable(1)
    bench.pass(SESSION_MS)
    bench.pass(RETENTION_MS)
    bench.commit(1)
    sweep(bench)
    expect(bench.offsets()).toHaveLength(1)
  })

  it('takes from a group at work what is old and nobody subscribes to', () => {
    const bench = new GroupBench()
    const { ticket, memberId } = bench.enter({ metadata: subscription('read', 'read too') })
    bench.pass(3_000)
    bench.sync(memberId, bench.joined(ticket).generationId)
    const old = (topic: string) => ({ topic, partition: 0, committed: committed({}) })
    const fresh = { topic: 'u', partition: 0, committed: committed({ commitTimeMs: bench.nowMs }) }
    bench.nowMs += RETENTION_MS - 1_000_000
    sweep(bench, [old('read'), old('given up'), fresh])
    expect(bench.log.slice(-1).map(decodeRecord.bind(null))).toMatchObject([{ topic: 'given up' }])
    expect(bench.state()).toBe('Stable')
  })

  it.each([
    ['is not made of consumers', { protocolType: 'connect', metadata: subscription('x') }],
    ['cannot be understood', {}],
  ])('takes nothing from a group at work that %s', (_, fields) => {
    const bench = new GroupBench()
    const { ticket, memberId } = bench.enter(fields)
    bench.pass(3_000)
    bench.sync(memberId, bench.joined(ticket).generationId)
    const records = bench.log.length
    bench.nowMs += 2 * RETENTION_MS
    sweep(bench, [{ topic: 'u', partition: 0, committed: committed({}) }])
    expect(bench.log).toHaveLength(records)
  })

  it('takes what has a time of its own at that time', () => {
    const bench = new GroupBench()
    bench.commit(1, { version: 4, retentionTimeMs: 500 })
    bench.pass(499)
    sweep(bench)
    expect(bench.offsets()).toHaveLength(1)
    bench.pass(1)
    sweep(bench)
    expect(bench.offsets()).toEqual([])
  })

  it('does not bury a commit that the view does not show yet', () => {
    const bench = new GroupBench()
    bench.commit(1)
    const view = bench.offsets()
    bench.shard.applied(bench.log.length)
    bench.pass(RETENTION_MS)
    bench.commit(2)
    sweep(bench, view)
    expect(bench.offsets()[0]?.committed.offset).toBe(2)
    expect(bench.state()).toBe('Empty')
  })

  it('takes away a group that has neither members nor offsets, unless somebody is about to come', () => {
    const bench = new GroupBench()
    bench.stable(1)
    bench.pass(SESSION_MS)
    const { memberId } = bench.joined(bench.join())
    sweep(bench)
    expect(bench.error(bench.join({ memberId }))).toBe('waits')
    bench.leave({ memberId }, 0)
    bench.pass(6_000)
    expect(bench.state()).toBe('Empty')
    sweep(bench)
    expect(bench.state()).toBe('Dead')
  })

  it('of a group that nobody knows does nothing', () => {
    const bench = new GroupBench()
    expect(bench.error(sweep(bench))).toBe('NONE')
    expect(bench.log).toEqual([])
  })
})

describe('OffsetDelete', () => {
  const remove = (bench: GroupBench, ...topics: readonly string[]) => {
    const ticket = bench.ask({
      api: 'OffsetDelete',
      body: {
        groupId: GROUP,
        topics: topics.map((name) => ({ name, partitions: [{ partitionIndex: 0 }] })),
      },
      offsets: bench.offsets(),
    })
    const answer = bench.answers.get(ticket) as {
      errorCode: number
      topics: readonly { partitions: readonly { errorCode: number }[] }[]
    }
    const codes = answer.topics.map(({ partitions }) => errorName(partitions[0]?.errorCode ?? 0))
    return [errorName(answer.errorCode), ...codes]
  }

  it('of a group that nobody knows is refused', () => {
    expect(remove(new GroupBench(), 't')).toEqual(['GROUP_ID_NOT_FOUND'])
  })

  it('of a group without members takes what is there; what is not is no error', () => {
    const bench = new GroupBench()
    bench.commit(1)
    expect(remove(bench, 'u', 't')).toEqual(['NONE', 'NONE', 'NONE'])
    expect(bench.offsets()).toEqual([])
    expect(bench.log).toHaveLength(2)
  })

  it('spares topics that consumers subscribe to', () => {
    const bench = new GroupBench()
    bench.commit(1)
    bench.commit(1, { topics: [{ name: 'u', partitions: [at(0, 1)] }] })
    bench.enter({ metadata: subscription('t') })
    // Before the first generation nobody knows what they read.
    expect(remove(bench, 'u')).toEqual(['NONE', 'GROUP_SUBSCRIBED_TO_TOPIC'])
    bench.pass(3_000)
    expect(remove(bench, 't', 'u')).toEqual(['NONE', 'GROUP_SUBSCRIBED_TO_TOPIC', 'NONE'])
    expect(bench.offsets().map(({ topic }) => topic)).toEqual(['t'])
  })

  it('of a group at work that is not made of consumers is refused', () => {
    const bench = new GroupBench()
    bench.enter({ protocolType: 'connect' })
    expect(remove(bench, 't')).toEqual(['NON_EMPTY_GROUP'])
  })
})

describe('DeleteGroups', () => {
  const remove = (bench: GroupBench, offsets = bench.offsets()) =>
    bench.error(bench.ask({ api: 'DeleteGroup', groupId: GROUP, offsets }))

  it('takes a group without members and all its offsets, those of the last moment too', () => {
    const bench = new GroupBench()
    bench.commit(1)
    const view = bench.offsets()
    bench.commit(1, { topics: [{ name: 'u', partitions: [at(0, 1)] }] })
    expect(remove(bench, view)).toBe('NONE')
    expect(bench.offsets()).toEqual([])
    expect(remove(bench)).toBe('GROUP_ID_NOT_FOUND')
    bench.failOver()
    expect(bench.state()).toBe('Dead')
  })

  it('refuses a group with members', () => {
    const bench = new GroupBench()
    bench.stable(1)
    expect(remove(bench)).toBe('NON_EMPTY_GROUP')
  })

  it('takes what is stored of the group', () => {
    const bench = new GroupBench()
    bench.stable(1)
    bench.pass(SESSION_MS)
    expect(remove(bench)).toBe('NONE')
    expect(bench.log.slice(-1).map(decodeRecord.bind(null))).toEqual([
      { type: 'group', groupId: GROUP, group: null },
    ])
  })
})

describe('the deletion of topics', () => {
  it('takes their offsets, and groups that had no others', () => {
    const bench = new GroupBench()
    bench.commit(1)
    bench.commit(1, { topics: [{ name: 'u', partitions: [at(0, 1)] }] })
    let deletedAtMs = bench.nowMs - 1
    const forget = (...topics: readonly string[]) =>
      bench.ask({
        api: 'ForgetTopics',
        groupId: GROUP,
        topics: new Set(topics),
        deletedAtMs,
        offsets: bench.offsets(),
      })
    forget('t', 'x')
    expect(bench.offsets()).toHaveLength(2)
    deletedAtMs = bench.nowMs
    forget('t', 'x')
    expect(bench.offsets().map(({ topic }) => topic)).toEqual(['u'])
    expect(bench.state()).toBe('Empty')
    forget('u')
    expect([bench.offsets(), bench.state()]).toEqual([[], 'Dead'])
  })
})
