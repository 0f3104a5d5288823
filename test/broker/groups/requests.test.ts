// Goal: the group APIs over the wire, in all their versions: what a commit acknowledges a fetch
// returns; what is wrong gets Kafka's error; who is gone is not waited for; what is deleted is
// forgotten. Method: one node, requests by hand.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBatch } from '../../../src/records/builder.ts'
import { offsetCommit } from '../../../src/wire/apis/08-offset-commit.ts'
import { offsetFetch } from '../../../src/wire/apis/09-offset-fetch.ts'
import { findCoordinator } from '../../../src/wire/apis/10-find-coordinator.ts'
import { joinGroup } from '../../../src/wire/apis/11-join-group.ts'
import { heartbeat } from '../../../src/wire/apis/12-heartbeat.ts'
import { leaveGroup } from '../../../src/wire/apis/13-leave-group.ts'
import { syncGroup } from '../../../src/wire/apis/14-sync-group.ts'
import { describeGroups } from '../../../src/wire/apis/15-describe-groups.ts'
import { listGroups } from '../../../src/wire/apis/16-list-groups.ts'
import { deleteTopics } from '../../../src/wire/apis/20-delete-topics.ts'
import { deleteGroups } from '../../../src/wire/apis/42-delete-groups.ts'
import { offsetDelete } from '../../../src/wire/apis/47-offset-delete.ts'
import { errorName, errors } from '../../../src/wire/errors.ts'
import { bytesOf, createTopic, only, produceBatch, topicMetadata } from '../../support/calls.ts'
import type { Client } from '../../support/client.ts'
import { LocalNode } from '../../support/local-node.ts'
import { eventually } from '../../support/within.ts'

const TOPIC = 'orders'
const WAIT_MS = 30_000

let node: LocalNode
let client: Client
beforeAll(async () => {
  node = await LocalNode.start({
    set: { 'offsets.topic.num.partitions': 3, 'group.initial.rebalance.delay.ms': 0 },
  })
  client = await node.connect('raw')
  await createTopic(client, TOPIC, { partitions: 2 })
  await found('any')
})
afterAll(() => node[Symbol.asyncDispose]())

/** Asks until the coordinator of the group serves. */
function found(groupId: string) {
  return eventually(WAIT_MS, `a coordinator of ${groupId}`, async () => {
    const told = await client.request(findCoordinator, 3, { key: groupId, keyType: 0 })
    if (told.errorCode !== errors.NONE) return false
    const { errorCode } = await client.request(heartbeat, 4, { ...NOBODY, groupId })
    return errorCode === errors.UNKNOWN_MEMBER_ID && told
  })
}

const NOBODY = { generationId: 1, memberId: 'nobody', groupInstanceId: null }

function commitOf(groupId: string, offset: number, { topic = TOPIC, partitions = [0, 1] } = {}) {
  return {
    groupId,
    topics: [
      {
        name: topic,
        partitions: partitions.map((partitionIndex) => ({
          ...{ partitionIndex, committedOffset: offset + partitionIndex },
          committedMetadata: `at ${offset}`,
        })),
      },
    ],
  }
}

/** The codes of all partitions, by name. */
async function commit(...[groupId, offset, more]: Parameters<typeof commitOf>) {
  const { topics } = await client.request(offsetCommit, 8, commitOf(groupId, offset, more))
  return topics.flatMap(({ partitions }) => partitions.map((one) => errorName(one.errorCode)))
}

/** What is committed, by partition. */
async function offsetsOf(groupId: string, version = 8) {
  const topics = version < 2 ? [{ name: TOPIC, partitionIndexes: [0, 1] }] : null
  const told = await client.request(offsetFetch, version, {
    groupId,
    topics,
    groups: [{ groupId, topics }],
    requireStable: version >= 7,
  })
  const fetched = version < 8 ? told : only(told.groups)
  expect(fetched.errorCode).toBe(errors.NONE)
  return fetched.topics
    .flatMap(({ name, partitions }) => partitions.map((one) => ({ name, ...one })))
    .sort((a, b) => a.partitionIndex - b.partitionIndex)
    .map(({ name, partitionIndex, committedOffset, metadata }) => {
      return `${name}-${partitionIndex} ${committedOffset} ${metadata}`
    })
}

const joining = (groupId: string, memberId = '') => ({
  ...{ groupId, memberId, groupInstanceId: null, protocolType: 'consumer' },
  ...{ sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 10_000 },
  protocols: [{ name: 'range', metadata: bytesOf('whatever') }],
})

/** A member in the first generation of its group. */
async function join(groupId: string, by = client) {
  await found(groupId)
  const { memberId } = await by.request(joinGroup, 9, joining(groupId))
  const joined = await by.request(joinGroup, 9, joining(groupId, memberId))
  expect(errorName(joined.errorCode)).toBe('NONE')
  const { generationId } = joined
  const synced = await by.request(syncGroup, 5, {
    ...{ groupId, generationId, memberId, groupInstanceId: null },
    ...{ protocolType: 'consumer', protocolName: 'range' },
    assignments: [{ memberId, assignment: bytesOf('all of it') }],
  })
  expect(errorName(synced.errorCode)).toBe('NONE')
  return { groupId, generationId, memberId, groupInstanceId: null }
}

describe('FindCoordinator', () => {
  test.each([0, 1, 2, 3, 4, 5])('v%i', async (version) => {
    const asked = { key: 'one', keyType: 0, coordinatorKeys: ['one', 'two'] }
    const told = await client.request(findCoordinator, version, asked)
    const all = version < 4 ? [told] : told.coordinators
    expect(all).toHaveLength(version < 4 ? 1 : 2)
    for (const { errorCode, nodeId, host, port } of all)
      expect({ errorCode, nodeId, host, port }).toEqual({
        errorCode: 0,
        nodeId: 1,
        ...node.address,
      })
  })

  test('there are no coordinators of transactions', async () => {
    const told = await client.request(findCoordinator, 3, { key: 'txn', keyType: 1 })
    expect(errorName(told.errorCode)).toBe('TRANSACTIONAL_ID_AUTHORIZATION_FAILED')
  })

  test('the offsets topic is internal, and takes no records of clients', async () => {
    const { isInternal, partitions } = await topicMetadata(client, '__consumer_offsets')
    expect([isInternal, partitions.length]).toEqual([true, 3])
    const batch = buildBatch({ records: [{ key: bytesOf('k'), value: bytesOf('v') }] })
    const produced = await produceBatch(client, { topic: '__consumer_offsets', batch })
    expect(errorName(produced.errorCode)).toBe('INVALID_TOPIC_EXCEPTION')
  })
})

describe('offsets', () => {
  test.each([2, 3, 4, 5, 6, 7, 8])('committed with v%i', async (version) => {
    const groupId = `committed-${version}`
    await found(groupId)
    const { topics } = await client.request(offsetCommit, version, commitOf(groupId, version))
    expect(only(topics).partitions.map(({ errorCode }) => errorCode)).toEqual([0, 0])
    expect(await offsetsOf(groupId)).toEqual([
      `${TOPIC}-0 ${version} at ${version}`,
      `${TOPIC}-1 ${version + 1} at ${version}`,
    ])
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('fetched with v%i', async (version) => {
    await found('fetched')
    expect(await commit('fetched', 70)).toEqual(['NONE', 'NONE'])
    expect(await offsetsOf('fetched', version)).toEqual([
      `${TOPIC}-0 70 at 70`,
      `${TOPIC}-1 71 at 70`,
    ])
  })

  test('each acknowledged commit is what the next fetch returns', async () => {
    await found('next')
    for (let offset = 0; offset < 50; offset += 1) {
      expect(await commit('next', offset, { partitions: [0] })).toEqual(['NONE'])
      const groups = [{ groupId: 'next', topics: [{ name: TOPIC, partitionIndexes: [0] }] }]
      const fetched = only((await client.request(offsetFetch, 8, { groups })).groups)
      expect(only(only(fetched.topics).partitions).committedOffset).toBe(offset)
    }
  })

  test('survive a restart', async () => {
    await found('restarted')
    await commit('restarted', 5)
    const { port } = node.address
    await node.restart({ listeners: `PLAINTEXT://127.0.0.1:${port}` })
    client = await node.connect('raw')
    await found('restarted')
    expect(await offsetsOf('restarted')).toEqual([`${TOPIC}-0 5 at 5`, `${TOPIC}-1 6 at 5`])
  })

  test('of topics that nobody knows are refused, the others are committed', async () => {
    await found('partly')
    const known = commitOf('partly', 3).topics
    const unknown = commitOf('partly', 3, { topic: 'nowhere', partitions: [0] }).topics
    const asked = { groupId: 'partly', topics: [...unknown, ...known] }
    const { topics } = await client.request(offsetCommit, 8, asked)
    const codes = Object.fromEntries(
      topics.map(({ name, partitions }) => [name, partitions.map((one) => one.errorCode)]),
    )
    expect(codes).toEqual({ nowhere: [errors.UNKNOWN_TOPIC_OR_PARTITION], [TOPIC]: [0, 0] })
  })

  test('of a group that nobody knows are none', async () => {
    await found('unheard-of')
    expect(await offsetsOf('unheard-of')).toEqual([])
    expect(await offsetsOf('unheard-of', 1)).toEqual([`${TOPIC}-0 -1 `, `${TOPIC}-1 -1 `])
  })

  test('go with their topic', async () => {
    await found('forgetful')
    await createTopic(client, 'passing')
    await commit('forgetful', 9)
    await commit('forgetful', 4, { topic: 'passing', partitions: [0] })
    expect(await offsetsOf('forgetful')).toHaveLength(3)
    await client.request(deleteTopics, 5, { topicNames: ['passing'], timeoutMs: 10_000 })
    await eventually(WAIT_MS, 'the offsets of a deleted topic to go', async () => {
      return (await offsetsOf('forgetful')).every((text) => !text.startsWith('passing'))
    })
    expect(await offsetsOf('forgetful')).toHaveLength(2)
  })

  test('are deleted by request, but not those that are read', async () => {
    await found('deleting')
    await commit('deleting', 1)
    const topics = [
      { name: TOPIC, partitions: [{ partitionIndex: 0 }] },
      { name: 'nowhere', partitions: [{ partitionIndex: 0 }] },
    ]
    const told = await client.request(offsetDelete, 0, { groupId: 'deleting', topics })
    const codes = told.topics.map(({ name, partitions }) => [name, only(partitions).errorCode])
    expect([told.errorCode, Object.fromEntries(codes)]).toEqual([0, { [TOPIC]: 0, nowhere: 3 }])
    expect(await offsetsOf('deleting')).toEqual([`${TOPIC}-1 2 at 1`])
  })
})

describe('members', () => {
  test('commit in their generation, and nobody else does', async () => {
    const member = await join('owned')
    const { memberId, generationId } = member
    const inGeneration = async (generationIdOrMemberEpoch: number, id = memberId) => {
      const asked = { ...commitOf('owned', 8), generationIdOrMemberEpoch, memberId: id }
      const { topics } = await client.request(offsetCommit, 8, asked)
      return only(topics).partitions.map((one) => errorName(one.errorCode))[0]
    }
    expect(await inGeneration(generationId)).toBe('NONE')
    expect(await inGeneration(generationId - 1)).toBe('ILLEGAL_GENERATION')
    expect(await inGeneration(generationId, 'stranger')).toBe('UNKNOWN_MEMBER_ID')
    expect(await commit('owned', 9)).toEqual(['UNKNOWN_MEMBER_ID', 'UNKNOWN_MEMBER_ID'])
    expect(await offsetsOf('owned')).toEqual([`${TOPIC}-0 8 at 8`, `${TOPIC}-1 9 at 8`])
  })

  test('are told, listed, and let go', async () => {
    const member = await join('shown')
    const asked = { groups: ['shown', 'unheard-of'], includeAuthorizedOperations: true }
    const { groups } = await client.request(describeGroups, 5, asked)
    const [shown, unknown] = groups
    expect(shown).toMatchObject({
      ...{ errorCode: 0, groupState: 'Stable', protocolType: 'consumer', protocolData: 'range' },
      members: [{ memberId: member.memberId, clientId: 'raw', clientHost: '/127.0.0.1' }],
    })
    expect(unknown).toMatchObject({ errorCode: 0, groupState: 'Dead', members: [] })
    const listed = await client.request(listGroups, 4, { statesFilter: ['stable'] })
    expect(listed.groups.map(({ groupId }) => groupId)).toContain('shown')
    const groupsNames = ['shown', 'unheard-of', '']
    const refused = await client.request(deleteGroups, 2, { groupsNames })
    expect(refused.results.map(({ errorCode }) => errorName(errorCode))).toEqual([
      ...['NON_EMPTY_GROUP', 'GROUP_ID_NOT_FOUND', 'INVALID_GROUP_ID'],
    ])

    const leaving = { groupId: 'shown', members: [{ ...member, reason: 'done' }] }
    expect((await client.request(leaveGroup, 5, leaving)).errorCode).toBe(0)
    expect((await client.request(heartbeat, 4, member)).errorCode).toBe(errors.UNKNOWN_MEMBER_ID)
    await commit('shown', 3)
    const deleted = await client.request(deleteGroups, 2, { groupsNames: ['shown'] })
    expect(only(deleted.results).errorCode).toBe(0)
    expect(await offsetsOf('shown')).toEqual([])
  })

  test('outlive a restart of their coordinator', async () => {
    const member = await join('lasting')
    const { port } = node.address
    await node.restart({ listeners: `PLAINTEXT://127.0.0.1:${port}` })
    client = await node.connect('raw')
    await found('lasting')
    expect((await client.request(heartbeat, 4, member)).errorCode).toBe(0)
  })

  test('that wait and are gone hold up nobody', async () => {
    const first = await join('left-alone')
    const gone = await node.connect('gone')
    const { memberId } = await gone.request(joinGroup, 9, joining('left-alone'))
    // It waits for the first one to join again, and does not live to see it.
    const parked = gone.request(joinGroup, 9, joining('left-alone', memberId)).catch(() => null)
    await eventually(WAIT_MS, 'a rebalance', async () => {
      const { errorCode } = await client.request(heartbeat, 4, first)
      return errorCode === errors.REBALANCE_IN_PROGRESS
    })
    await gone.close()
    await parked
    const again = await client.request(joinGroup, 9, joining('left-alone', first.memberId))
    expect([errorName(again.errorCode), again.generationId]).toEqual(['NONE', 2])
  })
})
