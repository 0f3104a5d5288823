// Goal: topics come to be, are described and go as Kafka says, in every version; names and numbers
// outside the rules are refused wherever a topic can come to be.
// Method: Metadata, CreateTopics and DeleteTopics over a real socket, judged by later requests.
import { existsSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBatch } from '../../src/records/builder.ts'
import { metadata } from '../../src/wire/apis/03-metadata.ts'
import { createTopics } from '../../src/wire/apis/19-create-topics.ts'
import { deleteTopics } from '../../src/wire/apis/20-delete-topics.ts'
import {
  bytesOf,
  createTopic,
  deleteTopic,
  fetchPartition,
  only,
  produceBatch,
  readPartition,
  topicMetadata,
} from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'
import { eventually } from '../support/within.ts'

const ZERO_UUID = 'AAAAAAAAAAAAAAAAAAAAAA'
const BAD_NAMES = ['.', '..', 'a/b', 'a b', 'ä', 'x'.repeat(250), 'a\u0000b', '../etc']

let node: LocalNode
let client: Client
beforeAll(async () => {
  node = await LocalNode.start({ set: { 'num.partitions': 3, 'log.segment.delete.delay.ms': 0 } })
  client = await node.connect()
})
afterAll(() => node[Symbol.asyncDispose]())

interface Wanted {
  name: string
  numPartitions?: number
  replicationFactor?: number
  assignments?: { partitionIndex: number; brokerIds: number[] }[]
  configs?: { name: string; value: string | null }[]
}
async function create(topics: Wanted[], { version = 7, validateOnly = false } = {}) {
  const response = await client.request(createTopics, version, {
    topics: topics.map((topic) => ({
      numPartitions: 1,
      replicationFactor: 1,
      assignments: [],
      configs: [],
      ...topic,
    })),
    timeoutMs: 30_000,
    validateOnly,
  })
  return response.topics
}
const codeOf = async (topic: Wanted) => only(await create([topic])).errorCode

describe('Metadata', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])(
    'v%i describes a topic',
    async (version) => {
      const name = 'described'
      await create([{ name, numPartitions: 2 }])
      const response = await client.request(metadata, version, {
        topics: [{ name }],
        allowAutoTopicCreation: false,
        includeClusterAuthorizedOperations: false,
        includeTopicAuthorizedOperations: false,
      })
      const broker = only(response.brokers)
      expect([broker.host, broker.port]).toEqual([node.address.host, node.address.port])
      if (version >= 1) expect(response.controllerId).toBe(broker.nodeId)
      if (version >= 2) expect(response.clusterId).toMatch(/^[\w-]{22}$/)
      const topic = only(response.topics)
      expect([topic.errorCode, topic.name, topic.isInternal]).toEqual([0, name, false])
      if (version >= 10) expect(topic.topicId).not.toBe(ZERO_UUID)
      expect(topic.partitions.map((p) => [p.errorCode, p.partitionIndex, p.leaderId])).toEqual([
        [0, 0, broker.nodeId],
        [0, 1, broker.nodeId],
      ])
      for (const { replicaNodes, isrNodes, offlineReplicas } of topic.partitions) {
        expect([replicaNodes, isrNodes, offlineReplicas]).toEqual([
          [broker.nodeId],
          [broker.nodeId],
          [],
        ])
      }
    },
  )

  test('null asks for all topics, an empty list for none; v0 has no null', async () => {
    await create([{ name: 'one-of-all' }])
    const ask = async (topics: { name: string }[] | null, version: number) => {
      const response = await client.request(metadata, version, {
        topics,
        allowAutoTopicCreation: false,
        includeClusterAuthorizedOperations: false,
        includeTopicAuthorizedOperations: false,
      })
      return response.topics.map(({ name }) => name)
    }
    for (const version of [1, 8, 12]) {
      expect(await ask(null, version)).toContain('one-of-all')
      expect(await ask([], version)).toEqual([])
    }
    expect(await ask([], 0)).toContain('one-of-all')
  })

  test('by id: known and unknown', async () => {
    const { topicId } = only(await create([{ name: 'by-id' }]))
    const ask = async (id: string, name: string | null = null) =>
      only(
        (
          await client.request(metadata, 12, {
            topics: [{ topicId: id, name }],
            allowAutoTopicCreation: false,
            includeTopicAuthorizedOperations: false,
          })
        ).topics,
      )
    expect(await ask(topicId)).toMatchObject({ errorCode: 0, name: 'by-id', topicId })
    const unknown = 'qqqqqqqqqqqqqqqqqqqqqg'
    expect(await ask(unknown)).toMatchObject({ errorCode: 100, name: null, topicId: unknown })
    // The Java client leaves the name empty rather than null: the id decides.
    for (const name of ['', 'no-such-topic'])
      expect(await ask(topicId, name)).toMatchObject({ errorCode: 0, name: 'by-id', topicId })
    expect(await ask(unknown, '')).toMatchObject({ errorCode: 100, name: null, topicId: unknown })
  })

  test('an unknown topic is unknown, an illegal name illegal', async () => {
    expect((await topicMetadata(client, 'no-such-topic')).errorCode).toBe(3)
    for (const name of BAD_NAMES) {
      expect((await topicMetadata(client, name)).errorCode).toBe(17)
    }
  })
})

describe('auto-creation', () => {
  test('makes the topic when the request and the broker allow it', async () => {
    await expect(auto('auto-made')).resolves.toBe(0)
    const { partitions } = await topicMetadata(client, 'auto-made')
    expect(partitions).toHaveLength(3)
    expect((await topicMetadata(client, 'auto-not-asked')).errorCode).toBe(3)
  })

  test.each([0, 1, 2, 3])('v%i asks for it by saying nothing', async (version) => {
    await eventually(10_000, 'the topic', async () => {
      const topic = await topicMetadata(client, `auto-v${version}`, { version })
      return topic.errorCode === 0
    })
  })

  test('never makes a topic of an illegal name', async () => {
    for (const name of BAD_NAMES) {
      const topic = await topicMetadata(client, name, { allowAutoTopicCreation: true })
      expect(topic.errorCode).toBe(17)
    }
  })

  test('is refused when the broker says so', async () => {
    await node.restart({ 'auto.create.topics.enable': false })
    client = await node.connect()
    const topic = await topicMetadata(client, 'auto-forbidden', { allowAutoTopicCreation: true })
    expect(topic.errorCode).toBe(3)
    expect((await topicMetadata(client, 'auto-forbidden')).errorCode).toBe(3)
    await node.restart()
    client = await node.connect()
  })

  async function auto(name: string): Promise<number> {
    return eventually(10_000, name, async () => {
      const topic = await topicMetadata(client, name, { allowAutoTopicCreation: true })
      return topic.errorCode === 0 ? 0 : null
    }).then(() => 0)
  }
})

describe('CreateTopics', () => {
  test.each([2, 3, 4, 5, 6, 7])('v%i creates; the topic can be used at once', async (version) => {
    const name = `created-v${version}`
    const topic = only(await create([{ name, numPartitions: 2 }], { version }))
    expect([topic.errorCode, topic.errorMessage]).toEqual([0, null])
    if (version >= 5) expect([topic.numPartitions, topic.replicationFactor]).toEqual([2, 1])
    if (version >= 7) expect(topic.topicId).not.toBe(ZERO_UUID)
    const batch = buildBatch({ records: [{ value: bytesOf('at once') }] })
    expect((await produceBatch(client, { topic: name, partition: 1, batch })).errorCode).toBe(0)
  })

  test('-1 asks for the defaults (v4)', async () => {
    const topic = only(
      await create([{ name: 'defaults', numPartitions: -1, replicationFactor: -1 }]),
    )
    expect([topic.errorCode, topic.numPartitions, topic.replicationFactor]).toEqual([0, 3, 1])
  })

  test('a manual assignment decides; partitions are not asked for then', async () => {
    const assigned = {
      name: 'assigned',
      numPartitions: -1,
      replicationFactor: -1,
      assignments: [0, 1].map((partitionIndex) => ({ partitionIndex, brokerIds: [1] })),
    }
    expect(await codeOf(assigned)).toBe(0)
    expect((await topicMetadata(client, 'assigned')).partitions).toHaveLength(2)
  })

  test('validateOnly changes nothing', async () => {
    const topic = only(await create([{ name: 'only-validated' }], { validateOnly: true }))
    expect(topic.errorCode).toBe(0)
    expect((await topicMetadata(client, 'only-validated')).errorCode).toBe(3)
  })

  test.each<[string, Wanted, number]>([
    ['no partitions', { name: 'bad', numPartitions: 0 }, 37],
    ['negative partitions', { name: 'bad', numPartitions: -2 }, 37],
    ['replication factor 0', { name: 'bad', replicationFactor: 0 }, 38],
    ['more replicas than brokers', { name: 'bad', replicationFactor: 2 }, 38],
    [
      'an assignment to a stranger',
      {
        name: 'bad',
        numPartitions: -1,
        replicationFactor: -1,
        assignments: [{ partitionIndex: 0, brokerIds: [99] }],
      },
      39,
    ],
    [
      'an assignment with a gap',
      {
        name: 'bad',
        numPartitions: -1,
        replicationFactor: -1,
        assignments: [{ partitionIndex: 1, brokerIds: [1] }],
      },
      39,
    ],
    [
      'an assignment and a partition count',
      { name: 'bad', assignments: [{ partitionIndex: 0, brokerIds: [1] }] },
      42,
    ],
    ['an unknown config', { name: 'bad', configs: [{ name: 'no.such', value: '1' }] }, 40],
    ['a bad value', { name: 'bad', configs: [{ name: 'retention.ms', value: 'soon' }] }, 40],
  ])('refuses %s', async (_, topic, errorCode) => {
    expect(await codeOf(topic)).toBe(errorCode)
    expect((await topicMetadata(client, 'bad')).errorCode).toBe(3)
  })

  test('refuses illegal names and existing ones, and creates the others', async () => {
    const names = [...BAD_NAMES, '', 'mixed-good', 'described']
    await create([{ name: 'described' }])
    const topics = await create(names.map((name) => ({ name })))
    const codes = new Map(topics.map(({ name, errorCode }) => [name, errorCode]))
    expect(names.map((name) => codes.get(name))).toEqual([...BAD_NAMES.map(() => 17), 17, 0, 36])
  })

  test('refuses a name that collides with another when dots become underscores', async () => {
    expect(await codeOf({ name: 'a.b_c' })).toBe(0)
    expect(await codeOf({ name: 'a_b.c' })).toBe(17)
  })

  test('refuses a name that is asked for twice', async () => {
    const topics = await create([{ name: 'twin' }, { name: 'twin' }])
    expect(new Set(topics.map(({ errorCode }) => errorCode))).toEqual(new Set([42]))
  })

  test('a number of partitions that no node could bear is refused, quickly', async () => {
    const topic = only(await create([{ name: 'enormous', numPartitions: 0x7fff_ffff }]))
    expect([37, 44]).toContain(topic.errorCode)
    expect((await topicMetadata(client, 'enormous')).errorCode).toBe(3)
  })
})

describe('DeleteTopics', () => {
  test.each([1, 2, 3, 4, 5])('v%i deletes by name, data and all', async (version) => {
    const name = `deleted-v${version}`
    await createTopic(client, name)
    const batch = buildBatch({ records: [{ value: bytesOf('gone') }] })
    await produceBatch(client, { topic: name, batch })
    const response = await client.request(deleteTopics, version, {
      topicNames: [name],
      timeoutMs: 30_000,
    })
    expect(only(response.responses)).toMatchObject({ name, errorCode: 0 })
    expect((await topicMetadata(client, name)).errorCode).toBe(3)
    expect((await fetchPartition(client, { topic: name, offset: 0 })).errorCode).toBe(3)
    await eventually(10_000, 'the directory to be gone', () => {
      return !readdirSync(node.directory).some((entry) => entry.startsWith(name))
    })
  })

  test('v6 deletes by name and by id', async () => {
    const [named, withId] = await create([{ name: 'v6-name' }, { name: 'v6-id' }])
    const response = await client.request(deleteTopics, 6, {
      topics: [{ name: 'v6-name' }, { name: null, topicId: withId?.topicId ?? '' }],
      timeoutMs: 30_000,
    })
    expect(named?.errorCode).toBe(0)
    expect(response.responses.map(({ errorCode }) => errorCode)).toEqual([0, 0])
    expect((await topicMetadata(client, 'v6-id')).errorCode).toBe(3)
  })

  test('unknown names and ids', async () => {
    expect(await deleteTopic(client, 'no-such-topic')).toBe(3)
    const response = await client.request(deleteTopics, 6, {
      topics: [{ name: null, topicId: 'qqqqqqqqqqqqqqqqqqqqqg' }],
      timeoutMs: 30_000,
    })
    expect(only(response.responses).errorCode).toBe(100)
  })

  test('a topic made again under the name is another one, and empty', async () => {
    const first = only(await create([{ name: 'phoenix' }]))
    const batch = buildBatch({ records: [{ value: bytesOf('old life') }] })
    await produceBatch(client, { topic: 'phoenix', batch })
    expect(await deleteTopic(client, 'phoenix')).toBe(0)
    const second = only(await create([{ name: 'phoenix' }]))
    expect(second.topicId).not.toBe(first.topicId)
    expect(await readPartition(client, { topic: 'phoenix' })).toEqual([])
  })
})

test('topics, their ids and their data are there after a restart', async () => {
  const before = only(await create([{ name: 'survivor', numPartitions: 2 }]))
  const batch = buildBatch({ records: [{ value: bytesOf('kept') }] })
  await produceBatch(client, { topic: 'survivor', partition: 1, batch })
  await create([{ name: 'deleted-before-restart' }])
  await deleteTopic(client, 'deleted-before-restart')
  await node.restart()
  client = await node.connect()
  const after = await topicMetadata(client, 'survivor', { version: 12 })
  expect(after.topicId).toBe(before.topicId)
  expect(await readPartition(client, { topic: 'survivor', partition: 1 })).toHaveLength(1)
  expect((await topicMetadata(client, 'deleted-before-restart')).errorCode).toBe(3)
  expect(existsSync(`${node.directory}/survivor-1`)).toBe(true)
})

describe("topics of the cluster's own", () => {
  test.each(['__consumer_offsets', '__transaction_state'])(
    '%s is not for clients',
    async (name) => {
      const topics = [{ name, numPartitions: 1, replicationFactor: 1 }]
      const created = await client.request(createTopics, 7, { topics })
      expect(created.topics.map(({ errorCode }) => errorCode)).toEqual([17])
      const used = await client.request(metadata, 12, { topics: [{ name }] })
      expect(used.topics.map(({ errorCode }) => errorCode)).toEqual([17])
    },
  )
})
