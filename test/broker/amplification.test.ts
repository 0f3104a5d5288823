// Goal: a small request cannot ask for a large amount of work or memory by saying one thing often;
// and what waits holds nothing.
// Method: requests that repeat a partition many times, judged by the answer and by what others see.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBatch } from '../../src/records/builder.ts'
import { fetch } from '../../src/wire/apis/01-fetch.ts'
import { listOffsets } from '../../src/wire/apis/02-list-offsets.ts'
import { metadata } from '../../src/wire/apis/03-metadata.ts'
import { offsetCommit } from '../../src/wire/apis/08-offset-commit.ts'
import { offsetFetch } from '../../src/wire/apis/09-offset-fetch.ts'
import { findCoordinator } from '../../src/wire/apis/10-find-coordinator.ts'
import { describeGroups } from '../../src/wire/apis/15-describe-groups.ts'
import { createTopics } from '../../src/wire/apis/19-create-topics.ts'
import { deleteTopics } from '../../src/wire/apis/20-delete-topics.ts'
import { deleteRecords } from '../../src/wire/apis/21-delete-records.ts'
import { describeConfigs } from '../../src/wire/apis/32-describe-configs.ts'
import { describeLogDirs } from '../../src/wire/apis/35-describe-log-dirs.ts'
import { createPartitions } from '../../src/wire/apis/37-create-partitions.ts'
import { deleteGroups } from '../../src/wire/apis/42-delete-groups.ts'
import { incrementalAlterConfigs } from '../../src/wire/apis/44-incremental-alter-configs.ts'
import { describeTopicPartitions } from '../../src/wire/apis/75-describe-topic-partitions.ts'
import {
  bytesOf,
  createTopic,
  FOR_EVER_MS,
  only,
  produceBatch,
  topicMetadata,
} from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'
import { eventually, within } from '../support/within.ts'

const MANY = 20_000
const WAIT_MS = 30_000
/** Partitions described in one answer. */
const PAGE = 60

let node: LocalNode
let client: Client
beforeAll(async () => {
  node = await LocalNode.start({ set: { 'max.request.partition.size.limit': PAGE } })
  client = await node.connect()
  await createTopic(client, 'wide', { partitions: 50 })
  await createTopic(client, 'parked')
})
afterAll(() => node[Symbol.asyncDispose]())

function batchOf(text: string): Uint8Array {
  return buildBatch({ records: [{ value: bytesOf(text) }] })
}

describe('Metadata', () => {
  test('describes a topic once, however often it is named', async () => {
    const topics = Array.from({ length: MANY }, () => ({ name: 'wide' }))
    const response = await client.request(metadata, 12, { topics })
    expect(response.topics.map(({ name, partitions }) => [name, partitions.length])).toEqual([
      ['wide', 50],
    ])
  })

  test('describes it once by id too', async () => {
    const { topicId } = await topicMetadata(client, 'wide')
    const topics = Array.from({ length: MANY }, () => ({ name: null, topicId }))
    const response = await client.request(metadata, 12, { topics })
    expect(response.topics).toHaveLength(1)
  })
})

describe('DescribeTopicPartitions', () => {
  const ask = (names: readonly string[], responsePartitionLimit: number) =>
    client.request(describeTopicPartitions, 0, {
      topics: names.map((name) => ({ name })),
      responsePartitionLimit,
      cursor: null,
    })

  test('describes a topic once, however often it is named', async () => {
    const { topics } = await ask(
      Array.from({ length: MANY }, () => 'wide'),
      2000,
    )
    expect(topics.map(({ name, partitions }) => [name, partitions.length])).toEqual([['wide', 50]])
  })

  test('a request for all that there is, and more, gets one page', async () => {
    await createTopic(client, 'wider', { partitions: PAGE + 5 })
    const { topics, nextCursor } = await ask(['wider'], 0x7fff_ffff)
    expect(only(topics).partitions).toHaveLength(PAGE)
    expect(nextCursor).toMatchObject({ topicName: 'wider', partitionIndex: PAGE })
  })

  test('a name that is not there costs no more than it took to ask', async () => {
    const names = Array.from({ length: MANY }, (_, index) => `unknown-${index}`)
    const { topics } = await ask(names, 1)
    expect(topics).toHaveLength(MANY)
    expect(new Set(topics.map(({ errorCode }) => errorCode))).toEqual(new Set([3]))
  })
})

describe('groups', () => {
  const GROUP = 'many'
  const OFFSETS = 1_000

  beforeAll(async () => {
    await client.request(findCoordinator, 4, { keyType: 0, coordinatorKeys: [GROUP] })
    const partitions = Array.from({ length: OFFSETS }, (_, partitionIndex) => ({
      ...{ partitionIndex, committedOffset: 1, committedLeaderEpoch: -1, committedMetadata: '' },
    }))
    const commit = { groupId: GROUP, topics: [{ name: 'wide', partitions }] }
    // The coordinator may have to load.
    await eventually(WAIT_MS, 'a coordinator', async () => {
      const { topics } = await client.request(offsetCommit, 8, commit)
      return only(topics).partitions.every(({ errorCode }) => errorCode === 0)
    })
  })

  test('all offsets of a group are told once, however often it is named', async () => {
    const groups = Array.from({ length: MANY }, () => ({ groupId: GROUP, topics: null }))
    const response = await client.request(offsetFetch, 8, { groups })
    expect(only(only(response.groups).topics).partitions).toHaveLength(OFFSETS)
  })

  test('a group is described once, however often it is named', async () => {
    const groups = Array.from({ length: MANY }, () => GROUP)
    const response = await client.request(describeGroups, 5, { groups })
    expect(response.groups.map(({ groupState }) => groupState)).toEqual(['Empty'])
  })

  test('groups that nobody knows are read a few at a time', async () => {
    const names = Array.from({ length: MANY }, (_, index) => `unknown-${index}`)
    const groups = names.map((groupId) => ({ groupId, topics: null }))
    const response = await client.request(offsetFetch, 8, { groups })
    expect(response.groups.map(({ groupId }) => groupId)).toEqual(names)
    const { results } = await client.request(deleteGroups, 2, { groupsNames: names })
    expect(new Set(results.map(({ errorCode }) => errorCode))).toEqual(new Set([69]))
  })
})

describe('DescribeLogDirs', () => {
  test('describes a partition once, however often it is asked for', async () => {
    const topics = Array.from({ length: MANY }, () => ({ topic: 'wide', partitions: [7, 7] }))
    const { results } = await client.request(describeLogDirs, 4, { topics })
    expect(only(only(results).topics).partitions).toHaveLength(1)
  })
})

describe('ListOffsets', () => {
  test('refuses a partition asked for twice, also in two entries of its topic', async () => {
    const partitions = [{ partitionIndex: 0, currentLeaderEpoch: -1, timestamp: 0 }]
    const topics = Array.from({ length: MANY }, () => ({ name: 'wide', partitions }))
    const response = await client.request(listOffsets, 8, { replicaId: -1, topics })
    const codes = response.topics.flatMap((topic) => topic.partitions.map((p) => p.errorCode))
    expect(new Set(codes)).toEqual(new Set([42]))
    expect(codes).toHaveLength(MANY)
  })
})

describe('configurations', () => {
  const resource = (resourceName: string, resourceType = 2) => ({ resourceType, resourceName })
  const describeAll = (resources: readonly ReturnType<typeof resource>[]) =>
    client.request(describeConfigs, 4, {
      resources: resources.map((one) => ({ ...one, configurationKeys: null })),
      includeSynonyms: true,
      includeDocumentation: true,
    })
  const setting = { name: 'flush.ms', configOperation: 0, value: '1' }

  test('a resource is described once, however often it is named', async () => {
    const { results } = await describeAll([
      ...Array.from({ length: MANY }, () => resource('wide')),
      ...Array.from({ length: MANY }, () => resource('1', 4)),
    ])
    expect(results.map(({ resourceName, errorCode }) => [resourceName, errorCode])).toEqual([
      ['wide', 0],
      ['1', 0],
    ])
  })

  test('a resource is changed once, and not at all when it is named often', async () => {
    const { responses } = await client.request(incrementalAlterConfigs, 1, {
      resources: Array.from({ length: MANY }, () => ({ ...resource('wide'), configs: [setting] })),
      validateOnly: false,
    })
    expect([responses.length, new Set(responses.map(({ errorCode }) => errorCode))]).toEqual([
      MANY,
      new Set([42]),
    ])
  })

  test('thousands of strangers are refused one by one', async () => {
    const names = Array.from({ length: MANY }, (_, at) => `${at}`.padStart(249, 'x'))
    const { responses } = await client.request(incrementalAlterConfigs, 1, {
      resources: names.map((name) => ({
        ...resource(name),
        configs: [{ ...setting, name: 'y'.repeat(99) }],
      })),
      validateOnly: false,
    })
    expect(new Set(responses.map(({ errorCode }) => errorCode))).toEqual(new Set([3]))
    expect(responses.every(({ errorMessage }) => (errorMessage ?? '').length < 500)).toBe(true)
    const { results } = await describeAll(names.map((name) => resource(name)))
    expect(new Set(results.map(({ errorCode }) => errorCode))).toEqual(new Set([3]))
  })

  test.each([0, 1])('v%i: names and values of 32 KB are answered', async (version) => {
    const long = 'x'.repeat(0x7fff)
    const { responses } = await client.request(incrementalAlterConfigs, version, {
      resources: [
        { ...resource('wide'), configs: [{ ...setting, value: long }] },
        { ...resource('parked'), configs: [{ ...setting, name: long }] },
        { ...resource(long), configs: [setting] },
        { ...resource(long, 4), configs: [setting] },
      ],
      validateOnly: false,
    })
    expect(responses.map(({ errorCode }) => errorCode)).toEqual([40, 40, 3, 42])
    const { results } = await describeAll([resource(long), resource(long, 4)])
    expect(results.map(({ errorCode }) => errorCode)).toEqual([17, 42])
  })
})

describe('topics', () => {
  const long = 'x'.repeat(0x7fff)

  test('names and values of 32 KB are refused in every way to say so', async () => {
    const configs = [{ name: 'flush.ms', value: long }]
    const topic = { numPartitions: 1, replicationFactor: 1, assignments: [], configs }
    const created = await client.request(createTopics, 4, {
      topics: [
        { ...topic, name: 'long-value' },
        { ...topic, name: long },
      ],
      timeoutMs: 30_000,
      validateOnly: false,
    })
    expect(created.topics.map(({ errorCode }) => errorCode)).toEqual([40, 17])
    const grown = await client.request(createPartitions, 1, {
      topics: [{ name: long, count: 2, assignments: null }],
      timeoutMs: 30_000,
      validateOnly: false,
    })
    expect(grown.results.map(({ errorCode }) => errorCode)).toEqual([3])
    const deleted = await client.request(deleteTopics, 6, {
      topics: [{ name: long }],
      timeoutMs: 30_000,
    })
    expect(deleted.responses.map(({ errorCode }) => errorCode)).toEqual([3])
    const shorter = await client.request(deleteRecords, 1, {
      topics: [{ name: long, partitions: [{ partitionIndex: 0, offset: 0 }] }],
      timeoutMs: 30_000,
    })
    expect(only(only(shorter.topics).partitions).errorCode).toBe(3)
  })

  test('a partition is shortened as often as it is named, with one write for all', async () => {
    await produceBatch(client, { topic: 'wide', batch: batchOf('gone') })
    const partitions = [{ partitionIndex: 0, offset: 1 }]
    const { topics } = await client.request(deleteRecords, 2, {
      topics: Array.from({ length: MANY }, () => ({ name: 'wide', partitions })),
      timeoutMs: 30_000,
    })
    const answers = topics.flatMap((one) => one.partitions)
    expect(
      new Set(answers.map(({ errorCode, lowWatermark }) => `${errorCode} ${lowWatermark}`)),
    ).toEqual(new Set(['0 1']))
  })

  test('a topic that is named often to grow is refused once', async () => {
    const { results } = await client.request(createPartitions, 3, {
      topics: Array.from({ length: MANY }, () => ({ name: 'wide', count: 60, assignments: null })),
      timeoutMs: 30_000,
      validateOnly: false,
    })
    expect(results.map(({ name, errorCode }) => [name, errorCode])).toEqual([['wide', 42]])
  })
})

describe('Fetch', () => {
  const asked = (fetchOffset: number) => ({
    partition: 0,
    currentLeaderEpoch: -1,
    fetchOffset,
    lastFetchedEpoch: -1,
    logStartOffset: -1,
    partitionMaxBytes: 1_000_000,
  })
  const request = (minBytes: number, partitions: ReturnType<typeof asked>[]) => ({
    replicaId: -1,
    maxWaitMs: FOR_EVER_MS,
    minBytes,
    maxBytes: 10_000_000,
    isolationLevel: 0,
    sessionId: 0,
    sessionEpoch: -1,
    topics: [{ topic: 'parked', partitions }],
    forgottenTopicsData: [],
    rackId: '',
  })

  test('answers a partition once, as it was asked for last', async () => {
    await produceBatch(client, { topic: 'parked', batch: batchOf('first'), acks: 1 })
    const partitions = [...Array.from({ length: MANY }, () => asked(1)), asked(0)]
    const response = await client.request(fetch, 12, request(1, partitions))
    const { partitions: answered } = only(response.responses)
    expect(answered).toHaveLength(1)
    expect(answered[0]?.records.length).toBeGreaterThan(0)
  })

  test('a session holds a partition once, however often it is asked for', async () => {
    const many = Array.from({ length: MANY }, () => asked(0))
    const inSession = (sessionId: number, sessionEpoch: number, forget: number[]) =>
      client.request(fetch, 12, {
        ...request(0, many),
        sessionId,
        sessionEpoch,
        forgottenTopicsData: [{ topic: 'parked', partitions: forget }],
      })
    const { sessionId } = await inSession(0, 0, [])
    const next = await inSession(sessionId, 1, [])
    expect(only(next.responses).partitions).toHaveLength(1)
    // Forgotten once is forgotten, and what nobody had wanted is no mistake.
    const last = await inSession(sessionId, 2, [1, 2, ...many.map(() => 0)])
    expect([last.errorCode, last.sessionId, last.responses]).toEqual([0, 0, []])
  })

  test('counts what comes while it waits, each byte once, and gives all of it', async () => {
    const reader = await node.connect()
    const batch = batchOf('x'.repeat(100))
    // Half a batch less than five of them: four are not enough, five are.
    const enough = Math.floor(batch.byteLength * 4.5)
    const waiting = reader.request(fetch, 12, request(enough, [asked(1)]))
    let answered = false
    void waiting.then(() => (answered = true))
    for (let sent = 1; sent <= 4; sent += 1) {
      await produceBatch(client, { topic: 'parked', batch: batchOf('x'.repeat(100)), acks: 1 })
      // A request of its own on the same node: whatever the append woke has run by its answer.
      await topicMetadata(client, 'parked')
      expect(answered).toBe(false)
    }
    await produceBatch(client, { topic: 'parked', batch: batchOf('x'.repeat(100)), acks: 1 })
    const { responses } = await within(10_000, 'the parked fetch', waiting)
    const sizes = only(only(responses).partitions).records.map(({ byteLength }) => byteLength)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(batch.byteLength * 5)
    await reader.close()
  })
})
