// Goal: kafkajs 2.2, unmodified: its producer at every acks level, and its admin.
// Method: a real node; what the producer wrote is read back with the raw client, since kafkajs
// itself consumes only in groups.
import { AclResourceTypes, CompressionTypes, Kafka, logLevel } from 'kafkajs'
import type { Admin, Producer } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { batchesIn, fetchPartition, readPartition, text } from '../support/calls.ts'
import { LocalNode } from '../support/local-node.ts'

let node: LocalNode
let kafka: Kafka
let admin: Admin
beforeAll(async () => {
  node = await LocalNode.start({ set: { 'num.partitions': 2 } })
  kafka = connectTo(node)
  admin = kafka.admin()
  await admin.connect()
})
afterAll(async () => {
  await admin.disconnect()
  await node[Symbol.asyncDispose]()
})

function connectTo({ address }: LocalNode): Kafka {
  return new Kafka({
    clientId: 'conformance',
    brokers: [`${address.host}:${address.port}`],
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, retries: 5 },
  })
}

async function withProducer<Result>(
  options: Parameters<Kafka['producer']>[0],
  work: (producer: Producer) => Promise<Result>,
): Promise<Result> {
  const producer = kafka.producer(options)
  await producer.connect()
  try {
    return await work(producer)
  } finally {
    await producer.disconnect()
  }
}

/** Values of a partition, as text. */
async function valuesOf(topic: string, partition = 0): Promise<(string | null)[]> {
  const client = await node.connect()
  const records = await readPartition(client, { topic, partition })
  await client.close()
  return records.map((record) => text(record.value))
}

/** The protocol error's name, out of kafkajs' wrappings: a list, or "too many retries". */
function errorType(error: unknown): string {
  const { type, errors, cause } = error as {
    type?: string
    errors?: readonly { type?: string }[]
    cause?: { type?: string }
  }
  return type ?? errors?.[0]?.type ?? cause?.type ?? String(error)
}

describe('producer', () => {
  const messages = [
    { key: 'k1', value: 'one', headers: { trace: 'abc', many: ['x', 'y'] } },
    { key: null, value: 'two' },
    { key: 'k3', value: null },
  ]

  test.each([0, 1, -1])('acks %i', async (acks) => {
    const topic = `acks${acks}`
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] })
    await withProducer({}, async (producer) => {
      for (let round = 0; round < 3; round += 1) {
        const [sent] = await producer.send({ topic, acks, messages })
        if (acks !== 0) expect([sent?.errorCode, sent?.baseOffset]).toEqual([0, `${round * 3}`])
      }
      // A request behind the silent ones on the same connection: they have taken effect.
      if (acks === 0) await producer.send({ topic, acks: 1, messages: [{ value: 'last' }] })
    })
    const expected = Array.from({ length: 3 }, () => ['one', 'two', null]).flat()
    expect(await valuesOf(topic)).toEqual(acks === 0 ? [...expected, 'last'] : expected)
  })

  test('keys and headers', async () => {
    const client = await node.connect()
    const [first, second] = await readPartition(client, { topic: 'acks1' })
    expect([text(first?.key ?? null), second?.key]).toEqual(['k1', null])
    expect(first?.headers.map((header) => [header.key, text(header.value)])).toEqual([
      ['trace', 'abc'],
      ['many', 'x'],
      ['many', 'y'],
    ])
  })

  test('gzip', async () => {
    await admin.createTopics({ topics: [{ topic: 'zipped', numPartitions: 1 }] })
    const values = Array.from({ length: 2000 }, (_, index) => `value ${index}`)
    await withProducer({}, (producer) =>
      producer.send({
        topic: 'zipped',
        compression: CompressionTypes.GZIP,
        messages: values.map((value) => ({ value })),
      }),
    )
    expect(await valuesOf('zipped')).toEqual(values)
    const client = await node.connect()
    const { bytes } = await fetchPartition(client, { topic: 'zipped', offset: 0 })
    expect([...batchesIn(bytes)].map(({ codec }) => codec)).toEqual(['gzip'])
  })

  test('idempotent, over a restart of the node', async () => {
    await admin.createTopics({ topics: [{ topic: 'once', numPartitions: 1 }] })
    const options = { idempotent: true, maxInFlightRequests: 1 }
    await withProducer(options, async (producer) => {
      for (let index = 0; index < 20; index += 1) {
        await producer.send({ topic: 'once', messages: [{ value: `${index}` }] })
      }
    })
    expect(await valuesOf('once')).toEqual(Array.from({ length: 20 }, (_, index) => `${index}`))
  })

  test('creates the topic it produces to', async () => {
    await withProducer({ allowAutoTopicCreation: true }, (producer) =>
      producer.send({ topic: 'made-by-kafkajs', messages: [{ partition: 1, value: 'x' }] }),
    )
    expect(await valuesOf('made-by-kafkajs', 1)).toEqual(['x'])
  })

  test('many topics and partitions in one go', async () => {
    const topics = ['batch-a', 'batch-b']
    await admin.createTopics({ topics: topics.map((topic) => ({ topic, numPartitions: 2 })) })
    await withProducer({}, (producer) =>
      producer.sendBatch({
        topicMessages: topics.map((topic) => ({
          topic,
          messages: [0, 1, 0, 1].map((partition, index) => ({ partition, value: `${index}` })),
        })),
      }),
    )
    for (const topic of topics) {
      expect(await valuesOf(topic, 0)).toEqual(['0', '2'])
      expect(await valuesOf(topic, 1)).toEqual(['1', '3'])
    }
  })
})

describe('admin', () => {
  test('createTopics: with configs, with an assignment, waiting for leaders', async () => {
    const created = await admin.createTopics({
      waitForLeaders: true,
      topics: [
        {
          topic: 'configured',
          numPartitions: 3,
          replicationFactor: 1,
          configEntries: [{ name: 'retention.ms', value: '60000' }],
        },
        {
          topic: 'assigned',
          replicaAssignment: [
            { partition: 0, replicas: [1] },
            { partition: 1, replicas: [1] },
          ],
        },
      ],
    })
    expect(created).toBe(true)
    const { topics } = await admin.fetchTopicMetadata({ topics: ['configured', 'assigned'] })
    // kafkajs asks for topics in a random order.
    const partitionsOf = (name: string) => topics.find((topic) => topic.name === name)?.partitions
    expect(partitionsOf('configured')).toHaveLength(3)
    expect(partitionsOf('assigned')).toHaveLength(2)
    expect(partitionsOf('configured')?.[0]).toMatchObject({ leader: 1, replicas: [1], isr: [1] })
  })

  test('createTopics: an existing one gives false', async () => {
    expect(await admin.createTopics({ topics: [{ topic: 'configured' }] })).toBe(false)
  })

  test('createTopics: validateOnly creates nothing', async () => {
    // Waiting for leaders of topics that do not come to be is not what is meant.
    const onlyValidate = {
      validateOnly: true,
      waitForLeaders: false,
      topics: [{ topic: 'checked' }],
    }
    expect(await admin.createTopics(onlyValidate)).toBe(true)
    expect(await admin.listTopics()).not.toContain('checked')
  })

  test.each([
    ['a bad name', { topic: 'not/a/name' }, 'INVALID_TOPIC_EXCEPTION'],
    ['too many replicas', { topic: 'x', replicationFactor: 3 }, 'INVALID_REPLICATION_FACTOR'],
    ['no partitions', { topic: 'x', numPartitions: 0 }, 'INVALID_PARTITIONS'],
    [
      'a bad config',
      { topic: 'x', configEntries: [{ name: 'retention.ms', value: 'never' }] },
      'INVALID_CONFIG',
    ],
  ])('createTopics: %s', async (_, topic, type) => {
    const refusal = await admin.createTopics({ topics: [topic] }).catch((error: unknown) => error)
    expect(errorType(refusal)).toBe(type)
  })

  test('listTopics', async () => {
    expect(await admin.listTopics()).toEqual(expect.arrayContaining(['configured', 'assigned']))
  })

  test('describeCluster', async () => {
    const { brokers, controller, clusterId } = await admin.describeCluster()
    expect(brokers).toEqual([{ nodeId: 1, host: node.address.host, port: node.address.port }])
    expect(controller).toBe(1)
    expect(clusterId).toMatch(/^[\w-]{22}$/)
  })

  test('fetchTopicOffsets and fetchTopicOffsetsByTimestamp', async () => {
    const topic = 'measured'
    const BEGIN_MS = 1_690_000_000_000
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] })
    await withProducer({}, (producer) =>
      producer.send({
        topic,
        messages: Array.from({ length: 10 }, (_, index) => ({
          value: `${index}`,
          timestamp: `${BEGIN_MS + index * 100}`,
        })),
      }),
    )
    expect(await admin.fetchTopicOffsets(topic)).toEqual([
      { partition: 0, offset: '10', high: '10', low: '0' },
    ])
    const at = async (ms: number) => await admin.fetchTopicOffsetsByTimestamp(topic, BEGIN_MS + ms)
    expect(await at(450)).toEqual([{ partition: 0, offset: '5' }])
    // Nothing that late: kafkajs then asks for the end.
    expect(await at(1000)).toEqual([{ partition: 0, offset: '10' }])
  })

  test('fetchTopicMetadata: of an unknown topic', async () => {
    const refusal = await admin
      .fetchTopicMetadata({ topics: ['no-such-topic'] })
      .catch((error: unknown) => error)
    expect(errorType(refusal)).toBe('UNKNOWN_TOPIC_OR_PARTITION')
  })

  test('deleteTopics: known and unknown', async () => {
    await admin.deleteTopics({ topics: ['assigned', 'configured'] })
    const left = await admin.listTopics()
    expect(left).not.toContain('assigned')
    expect(left).not.toContain('configured')
    const refusal = await admin
      .deleteTopics({ topics: ['no-such-topic'] })
      .catch((error: unknown) => error)
    expect(errorType(refusal)).toBe('UNKNOWN_TOPIC_OR_PARTITION')
  })

  test('what we do not serve is refused before it is sent, not misunderstood', async () => {
    const refusal = await admin
      .describeAcls({
        resourceType: AclResourceTypes.TOPIC,
        resourceName: 'x',
        resourcePatternType: 3,
        operation: 2,
        permissionType: 3,
      })
      .catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(Error)
  })
})
