// Goal: whatever a client sends about groups gets Kafka's error, or ends its own connection, and
// other groups do not notice. Method: one node, requests by hand; a group beside, whose member
// must stay in and whose commits must stay what they are.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Writer } from '../../../src/bytes/writer.ts'
import { offsetCommit } from '../../../src/wire/apis/08-offset-commit.ts'
import { offsetFetch } from '../../../src/wire/apis/09-offset-fetch.ts'
import { findCoordinator } from '../../../src/wire/apis/10-find-coordinator.ts'
import { joinGroup } from '../../../src/wire/apis/11-join-group.ts'
import { heartbeat } from '../../../src/wire/apis/12-heartbeat.ts'
import { leaveGroup } from '../../../src/wire/apis/13-leave-group.ts'
import { syncGroup } from '../../../src/wire/apis/14-sync-group.ts'
import { describeGroups } from '../../../src/wire/apis/15-describe-groups.ts'
import { createTopics } from '../../../src/wire/apis/19-create-topics.ts'
import { deleteTopics } from '../../../src/wire/apis/20-delete-topics.ts'
import { deleteRecords } from '../../../src/wire/apis/21-delete-records.ts'
import { createPartitions } from '../../../src/wire/apis/37-create-partitions.ts'
import { deleteGroups } from '../../../src/wire/apis/42-delete-groups.ts'
import { errorName, errors } from '../../../src/wire/errors.ts'
import { bytesOf, createTopic, only, topicMetadata } from '../../support/calls.ts'
import type { Client } from '../../support/client.ts'
import { LocalNode } from '../../support/local-node.ts'
import { eventually, within } from '../../support/within.ts'

const TOPIC = 'orders'
const WAIT_MS = 30_000
const OFFSETS = '__consumer_offsets'
const SHORT_MS = 300

interface Member {
  readonly groupId: string
  readonly generationId: number
  readonly memberId: string
  readonly groupInstanceId: string | null
}

let node: LocalNode
let client: Client
let beside: Member
beforeAll(async () => {
  node = await LocalNode.start({
    set: {
      'offsets.topic.num.partitions': 1,
      'group.initial.rebalance.delay.ms': 0,
      'group.min.session.timeout.ms': 100,
    },
  })
  client = await node.connect('raw')
  await createTopic(client, TOPIC, { partitions: 2 })
  await eventually(WAIT_MS, 'a coordinator', async () => {
    await client.request(findCoordinator, 3, { key: 'any', keyType: 0 })
    const asked = { groupId: 'any', generationId: 1, memberId: 'x' }
    const { errorCode } = await client.request(heartbeat, 4, asked)
    return errorCode === errors.UNKNOWN_MEMBER_ID
  })
  beside = await join('beside')
  expect(await commit(beside, 7)).toBe('NONE')
})
afterAll(() => node[Symbol.asyncDispose]())

afterEach(async () => {
  expect(await beat(beside)).toBe('NONE')
  expect(await committed('beside')).toBe(7)
  expect(await commit(beside, 7)).toBe('NONE')
})

interface Wish {
  readonly memberId?: string
  readonly instanceId?: string
  readonly rebalanceTimeoutMs?: number
}

const joining = (
  groupId: string,
  { memberId = '', instanceId, rebalanceTimeoutMs = 60_000 }: Wish = {},
) => ({
  ...{ groupId, memberId, groupInstanceId: instanceId ?? null },
  ...{ protocolType: 'consumer', sessionTimeoutMs: 60_000, rebalanceTimeoutMs },
  protocols: [{ name: 'range', metadata: bytesOf('whatever') }],
})

/** The only member of its group, which has assigned itself everything. */
async function join(groupId: string, wish: Wish = {}, by = client): Promise<Member> {
  const first = await by.request(joinGroup, 9, joining(groupId, wish))
  const joined =
    first.errorCode === errors.MEMBER_ID_REQUIRED
      ? await by.request(joinGroup, 9, joining(groupId, { ...wish, memberId: first.memberId }))
      : first
  expect(errorName(joined.errorCode)).toBe('NONE')
  const { generationId, memberId } = joined
  const member = { groupId, generationId, memberId, groupInstanceId: wish.instanceId ?? null }
  expect(await sync(member, by)).toBe('NONE')
  return member
}

async function sync(member: Member, by = client) {
  const { memberId } = member
  const assignments = [{ memberId, assignment: bytesOf('all of it') }]
  const named = { protocolType: 'consumer', protocolName: 'range' }
  return errorName((await by.request(syncGroup, 5, { ...member, ...named, assignments })).errorCode)
}

const beat = async (member: Member) =>
  errorName((await client.request(heartbeat, 4, member)).errorCode)

async function commit(
  { groupId, generationId: generationIdOrMemberEpoch, memberId, groupInstanceId }: Member,
  committedOffset: number,
  committedMetadata = '',
) {
  const partitions = [{ partitionIndex: 0, committedOffset, committedMetadata }]
  const { topics } = await client.request(offsetCommit, 8, {
    ...{ groupId, generationIdOrMemberEpoch, memberId, groupInstanceId },
    topics: [{ name: TOPIC, partitions }],
  })
  return errorName(only(only(topics).partitions).errorCode)
}

async function committed(groupId: string) {
  const groups = [{ groupId, topics: [{ name: TOPIC, partitionIndexes: [0] }] }]
  const told = await client.request(offsetFetch, 8, { groups })
  return only(only(only(told.groups).topics).partitions).committedOffset
}

const stateOf = async (groupId: string) =>
  only((await client.request(describeGroups, 5, { groups: [groupId] })).groups)

test('commits of the wrong generation, of strangers and of nobody', async () => {
  const member = await join('generations')
  const { generationId } = member
  for (const wrong of [generationId - 1, generationId + 1])
    expect(await commit({ ...member, generationId: wrong }, 5)).toBe('ILLEGAL_GENERATION')
  expect(await commit({ ...member, memberId: 'stranger' }, 5)).toBe('UNKNOWN_MEMBER_ID')
  expect(await commit({ ...member, memberId: '', generationId: -1 }, 5)).toBe('UNKNOWN_MEMBER_ID')
  expect(await committed('generations')).toBe(-1)
})

test('strangers are told so by every request', async () => {
  await join('closed')
  const stranger = { groupId: 'closed', generationId: 1, memberId: 'x', groupInstanceId: null }
  expect(await beat(stranger)).toBe('UNKNOWN_MEMBER_ID')
  expect(await sync(stranger)).toBe('UNKNOWN_MEMBER_ID')
  const asked = joining('closed', { memberId: 'x' })
  const { errorCode } = await client.request(joinGroup, 9, asked)
  expect(errorName(errorCode)).toBe('UNKNOWN_MEMBER_ID')
  const left = await client.request(leaveGroup, 5, { groupId: 'closed', members: [stranger] })
  expect(errorName(only(left.members).errorCode)).toBe('UNKNOWN_MEMBER_ID')
  expect((await stateOf('closed')).groupState).toBe('Stable')
})

test('a static member whose name another one has taken is fenced, by every request', async () => {
  const first = await join('static', { instanceId: 'one' })
  // Nobody waits: it takes the place as it is.
  const second = await client.request(joinGroup, 9, joining('static', { instanceId: 'one' }))
  expect([errorName(second.errorCode), second.generationId]).toEqual(['NONE', first.generationId])
  expect(await beat(first)).toBe('FENCED_INSTANCE_ID')
  expect(await sync(first)).toBe('FENCED_INSTANCE_ID')
  expect(await commit(first, 5)).toBe('FENCED_INSTANCE_ID')
  const { memberId } = first
  const again = joining('static', { memberId, instanceId: 'one' })
  const rejoined = await client.request(joinGroup, 9, again)
  expect(errorName(rejoined.errorCode)).toBe('FENCED_INSTANCE_ID')
  const left = await client.request(leaveGroup, 5, { groupId: 'static', members: [first] })
  expect(errorName(only(left.members).errorCode)).toBe('FENCED_INSTANCE_ID')
  const { members } = await stateOf('static')
  expect(members.map((one) => one.memberId)).toEqual([second.memberId])
})

test('metadata beside an offset: as long as it may be, and longer', async () => {
  const member = await join('wordy')
  expect(await commit(member, 1, 'x'.repeat(4_096))).toBe('NONE')
  expect(await commit(member, 2, 'x'.repeat(4_097))).toBe('OFFSET_METADATA_TOO_LARGE')
  expect(await committed('wordy')).toBe(1)
})

describe('long names of groups', () => {
  const nobody = { generationId: -1, memberId: '', groupInstanceId: null }

  test('32,767 bytes are a name like any other', async () => {
    const groupId = 'g'.repeat(32_767)
    expect(await commit({ groupId, ...nobody }, 5)).toBe('NONE')
    expect(await committed(groupId)).toBe(5)
    const member = await join(groupId)
    expect(await commit(member, 6)).toBe('NONE')
    expect((await stateOf(groupId)).groupState).toBe('Stable')
    const { members } = await client.request(leaveGroup, 5, { groupId, members: [member] })
    expect(only(members).errorCode).toBe(0)
    const deleted = await client.request(deleteGroups, 2, { groupsNames: [groupId] })
    expect(only(deleted.results).errorCode).toBe(0)
  })

  // What cannot be a name is refused by the encoder here, too: written by hand.
  test.each([
    ['OffsetCommit', offsetCommit.key, 8, []],
    ['OffsetFetch', offsetFetch.key, 7, []],
    ['FindCoordinator', findCoordinator.key, 3, []],
    ['FindCoordinator of many', findCoordinator.key, 4, [0, 2]],
    ['JoinGroup', joinGroup.key, 9, []],
    ['Heartbeat', heartbeat.key, 4, []],
    ['LeaveGroup', leaveGroup.key, 5, []],
    ['SyncGroup', syncGroup.key, 5, []],
    ['DescribeGroups', describeGroups.key, 5, [2]],
    ['DeleteGroups', deleteGroups.key, 2, [2]],
  ])('40 KB in %s are none: the connection ends', async (_, key, version, before) => {
    const other = await node.connect('long')
    other.write(frameOf(key, version, before))
    await within(WAIT_MS, 'the end of the connection', other.closed)
  })
})

/** A flexible request in which, behind a few bytes, a text of 40 KB stands where a name belongs. */
function frameOf(key: number, version: number, before: readonly number[]): Uint8Array {
  const writer = new Writer()
  writer.int32(0)
  writer.int16(key)
  writer.int16(version)
  writer.int32(1)
  writer.int16(-1)
  writer.uvarint(0)
  writer.bytes(Uint8Array.from(before))
  writer.uvarint(40_001)
  writer.bytes(bytesOf('g'.repeat(40_000)))
  writer.bytes(new Uint8Array(64))
  writer.patchInt32(0, writer.offset - 4)
  return writer.finish()
}

test('ten thousand members, asked for at once', async () => {
  const askers = await Promise.all(Array.from({ length: 10 }, () => node.connect('crowd')))
  const answers = await Promise.all(
    askers.flatMap((by) =>
      Array.from({ length: 1_000 }, () => by.request(joinGroup, 9, joining('crowd'))),
    ),
  )
  const names = answers.map(({ errorCode }) => errorName(errorCode))
  expect(new Set(names)).toEqual(new Set(['MEMBER_ID_REQUIRED']))
  expect(new Set(answers.map(({ memberId }) => memberId)).size).toBe(10_000)
  // Ids that were given away are no members; those who use theirs are let in.
  expect((await stateOf('crowd')).members).toEqual([])
  await Promise.all(askers.map((by) => by.close()))
})

test('a member that joins and never syncs is not waited for', async () => {
  const soon = { rebalanceTimeoutMs: SHORT_MS }
  const silent = await node.connect('silent')
  const { memberId } = await silent.request(joinGroup, 9, joining('half', soon))
  const led = await silent.request(joinGroup, 9, joining('half', { ...soon, memberId }))
  expect([errorName(led.errorCode), led.leader]).toEqual(['NONE', memberId])
  // It leads, and says nothing. Another one comes, and has the group to itself soon.
  const other = await node.connect('other')
  const member = await join('half', soon, other)
  expect(await beat(member)).toBe('NONE')
  const { members, groupState } = await stateOf('half')
  expect([groupState, members.map((one) => one.memberId)]).toEqual(['Stable', [member.memberId]])
})

test('a storm of heartbeats', async () => {
  const member = await join('stormy')
  const wrong = { ...member, memberId: 'x' }
  const storm = await Promise.all(Array.from({ length: 4 }, () => node.connect('storm')))
  const beats = storm.map(async (by) => {
    const answers = Array.from({ length: 5_000 }, (_, index) =>
      by.request(heartbeat, 4, index % 2 === 0 ? member : wrong),
    )
    return (await Promise.all(answers)).map(({ errorCode }) => errorCode)
  })
  // In the middle of it, somebody else is served.
  expect(await commit(beside, 7)).toBe('NONE')
  const expected = Array.from({ length: 5_000 }, (_, index) =>
    index % 2 === 0 ? errors.NONE : errors.UNKNOWN_MEMBER_ID,
  )
  for (const codes of await Promise.all(beats)) expect(codes).toEqual(expected)
  await Promise.all(storm.map((by) => by.close()))
})

describe('the topic of the offsets', () => {
  test('is not deleted, by name or by id', async () => {
    const { topicId } = await topicMetadata(client, OFFSETS, { version: 12 })
    const topics = [{ name: OFFSETS }, { name: null, topicId }, { name: 'unheard-of' }]
    const { responses } = await client.request(deleteTopics, 6, { topics, timeoutMs: WAIT_MS })
    const codes = responses.map(({ name, topicId: id, errorCode }) => [
      name ?? id,
      errorName(errorCode),
    ])
    expect(Object.fromEntries(codes)).toEqual({
      [OFFSETS]: 'INVALID_TOPIC_EXCEPTION',
      [topicId]: 'INVALID_TOPIC_EXCEPTION',
      'unheard-of': 'UNKNOWN_TOPIC_OR_PARTITION',
    })
    const reason = responses.find(({ name }) => name === OFFSETS)?.errorMessage
    expect(reason).toContain("the cluster's own")
    const old = { topicNames: [OFFSETS], timeoutMs: WAIT_MS }
    const byName = await client.request(deleteTopics, 1, old)
    expect(errorName(only(byName.responses).errorCode)).toBe('INVALID_TOPIC_EXCEPTION')
  })

  test('is not created, enlarged or cut by clients', async () => {
    const created = await client.request(createTopics, 7, {
      topics: [{ name: OFFSETS, numPartitions: 1, replicationFactor: 1, configs: [] }],
      timeoutMs: WAIT_MS,
    })
    expect(errorName(only(created.topics).errorCode)).toBe('INVALID_TOPIC_EXCEPTION')
    const grown = await client.request(createPartitions, 3, {
      topics: [{ name: OFFSETS, count: 9, assignments: null }],
      ...{ timeoutMs: WAIT_MS, validateOnly: false },
    })
    expect(errorName(only(grown.results).errorCode)).toBe('INVALID_TOPIC_EXCEPTION')
    const cut = await client.request(deleteRecords, 2, {
      topics: [{ name: OFFSETS, partitions: [{ partitionIndex: 0, offset: -1 }] }],
      timeoutMs: WAIT_MS,
    })
    expect(errorName(only(only(cut.topics).partitions).errorCode)).toBe('INVALID_TOPIC_EXCEPTION')
    expect((await topicMetadata(client, OFFSETS)).partitions).toHaveLength(1)
  })
})
