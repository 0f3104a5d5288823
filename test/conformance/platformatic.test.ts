// Goal: @platformatic/kafka, unmodified, which speaks flexible versions only: its producer, its
// admin, and its fetches, which name topics by id and open a session each time.
// Method: a real node; what was produced is also read with the raw client. A recorder in between
// knows which versions are sent.
import {
  Admin,
  CompressionAlgorithms,
  compressionsAlgorithms,
  ConfigResourceTypes,
  ConfigSources,
  Consumer,
  type GenericError,
  IncrementalAlterConfigOperationTypes,
  type MessageToProduce,
  Producer,
  type ProducerOptions,
  stringDeserializers,
  stringSerializers,
} from '@platformatic/kafka'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { batchesIn, createTopic, fetchPartition, readPartition, text } from '../support/calls.ts'
import { prepareNode } from '../support/foreign-client.ts'
import { negotiated, startRecordedNode, type RecordedNode } from '../support/recorded-node.ts'
import { useGroupOfOne } from './group-of-one.ts'

type StringMessage = MessageToProduce<string, string, string, string>
type StringProducer = Producer<string, string, string, string>

const BEGIN_MS = 1_700_000_000_000
const TOPIC = ConfigResourceTypes.TOPIC

let recorded: RecordedNode
let admin: Admin
beforeAll(async () => {
  recorded = await startRecordedNode()
  admin = new Admin(options())
})
afterAll(async () => {
  await admin.close()
  await recorded[Symbol.asyncDispose]()
})

/** Retries enough to wait for a node that restarts. */
const options = () => ({
  clientId: 'conformance',
  bootstrapBrokers: [recorded.bootstrap],
  retries: 20,
  retryDelay: 100,
})

async function withProducer<Result>(
  more: Partial<ProducerOptions<string, string, string, string>>,
  work: (producer: StringProducer) => Promise<Result>,
): Promise<Result> {
  const producer = new Producer({ ...options(), serializers: stringSerializers, ...more })
  try {
    return await work(producer)
  } finally {
    await producer.close()
  }
}

async function create(topic: string, settings: Parameters<typeof createTopic>[2] = {}) {
  await createTopic(await recorded.node.connect(), topic, settings)
}

async function readRaw(topic: string, partition = 0) {
  const records = await readPartition(await recorded.node.connect(), { topic, partition })
  return records.map(({ key, value, headers, timestampMs }) => ({
    key: text(key),
    value: text(value),
    headers: headers.map((header) => [header.key, text(header.value)]),
    timestampMs,
  }))
}

/** Whether the broker's refusal, by its name, is somewhere in what the client threw. */
async function refusal(work: Promise<unknown>, name: string): Promise<boolean> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown as GenericError,
  )
  return error !== null && error.findBy('apiId', name) !== null
}

const messagesFor = (topic: string, count: number): StringMessage[] =>
  Array.from({ length: count }, (_, index) => ({
    topic,
    partition: 0,
    key: `key ${index % 5}`,
    value: `value ${index} ✓`,
    headers: { trace: `${index}` },
    timestamp: BigInt(BEGIN_MS + index),
  }))

const written = (messages: readonly StringMessage[]) =>
  messages.map(({ key, value, headers = {}, timestamp }) => ({
    key,
    value,
    headers: Object.entries(headers),
    timestampMs: Number(timestamp),
  }))

describe('producer', () => {
  // zstd needs a Node.js that has it.
  const codecs = Object.values(CompressionAlgorithms).filter(
    (codec) => compressionsAlgorithms[codec].available,
  )

  test.each(codecs)('%s', async (compression) => {
    const topic = `codec-${compression}`
    await create(topic)
    const messages = messagesFor(topic, 1000)
    const { offsets } = await withProducer({}, (producer) =>
      producer.send({ messages, compression }),
    )
    expect(offsets).toEqual([{ topic, partition: 0, offset: 0n }])
    expect(await readRaw(topic)).toEqual(written(messages))
    const raw = await recorded.node.connect()
    const { bytes } = await fetchPartition(raw, { topic, offset: 0 })
    expect([...batchesIn(bytes)].map(({ codec }) => codec)).toEqual([compression])
  })

  test.each([0, 1, -1])('acks %i', async (acks) => {
    const topic = `acks-${acks}`
    await create(topic)
    const messages = messagesFor(topic, 20)
    await withProducer({ acks }, async (producer) => {
      await producer.send({ messages })
      // A request behind a silent one: that has taken effect by then.
      if (acks === 0) await producer.send({ messages: messagesFor(topic, 1), acks: 1 })
    })
    expect((await readRaw(topic)).slice(0, 20)).toEqual(written(messages))
  })

  test('idempotent, over a restart of the node', async () => {
    await create('once')
    const messages = messagesFor('once', 10)
    await withProducer({ idempotent: true }, async (producer) => {
      for (let round = 0; round < 5; round += 1) await producer.send({ messages })
      await recorded.node.restart()
      for (let round = 0; round < 5; round += 1) await producer.send({ messages })
    })
    expect(await readRaw('once')).toEqual(
      Array.from({ length: 10 }, () => written(messages)).flat(),
    )
    const raw = await recorded.node.connect()
    const { bytes } = await fetchPartition(raw, { topic: 'once', offset: 0 })
    const batches = [...batchesIn(bytes)]
    expect(batches.every(({ isIdempotent }) => isIdempotent)).toBe(true)
    expect(new Set(batches.map(({ producerId }) => producerId)).size).toBe(1)
  })

  test('many topics and partitions at once, by keys', async () => {
    const topics = ['spread-a', 'spread-b']
    for (const topic of topics) await create(topic, { partitions: 3 })
    const messages = topics.flatMap((topic) =>
      messagesFor(topic, 300).map(({ partition: _, ...message }) => message),
    )
    await withProducer({}, (producer) => producer.send({ messages }))
    for (const topic of topics) {
      const partitions = await Promise.all([0, 1, 2].map((partition) => readRaw(topic, partition)))
      const keys = partitions.map((records) => new Set(records.map(({ key }) => key)))
      expect(keys.reduce((sum, { size }) => sum + size, 0)).toBe(5)
      expect(partitions.flat().sort((a, b) => a.timestampMs - b.timestampMs)).toEqual(
        written(messages.filter((message) => message.topic === topic)),
      )
    }
  })

  test('creates the topic it produces to', async () => {
    const messages = messagesFor('made-by-platformatic', 1)
    await withProducer({ autocreateTopics: true }, (producer) => producer.send({ messages }))
    expect(await readRaw('made-by-platformatic')).toEqual(written(messages))
  })
})

describe('fetch', () => {
  test('by topic id, from any offset, each time with a new session', async () => {
    await create('fetched')
    const messages = messagesFor('fetched', 300)
    await withProducer({}, async (producer) => {
      for (let from = 0; from < 300; from += 100)
        await producer.send({ messages: messages.slice(from, from + 100), compression: 'lz4' })
    })
    const consumer = new Consumer({
      ...options(),
      groupId: 'none',
      deserializers: stringDeserializers,
      maxWaitTime: 100,
    })
    const { topics } = await consumer.metadata({ topics: ['fetched'] })
    const topicId = topics.get('fetched')?.id ?? ''
    const seen: (string | undefined)[] = []
    const sessions = new Set<number>()
    for (let fetchOffset = 0n; fetchOffset < 300n; fetchOffset = BigInt(seen.length)) {
      const { sessionId, responses } = await consumer.fetch({
        node: 1,
        topics: [
          {
            topicId,
            partitions: [
              {
                partition: 0,
                currentLeaderEpoch: -1,
                fetchOffset,
                lastFetchedEpoch: -1,
                // One batch at a time.
                partitionMaxBytes: 1,
              },
            ],
          },
        ],
      })
      sessions.add(sessionId)
      expect(responses.map((topic) => topic.topicId)).toEqual([topicId])
      const [partition] = responses[0]?.partitions ?? []
      expect(partition).toMatchObject({ errorCode: 0, highWatermark: 300n, logStartOffset: 0n })
      const records = partition?.records?.flatMap((batch) => batch.records) ?? []
      seen.push(...records.map(({ value }) => value?.toString()))
    }
    await consumer.close()
    expect(seen).toEqual(messages.map(({ value }) => value))
    expect(sessions.size).toBe(3)
  })
})

describe('admin', () => {
  test('topics: created with configs and assignments, listed, deleted', async () => {
    const [created] = await admin.createTopics({
      topics: ['made'],
      partitions: 2,
      replicas: 1,
      configs: [{ name: 'retention.ms', value: '60000' }],
    })
    expect(created).toMatchObject({ name: 'made', partitions: 2, replicas: 1 })
    expect(created?.configuration['retention.ms']).toBe('60000')
    const [assigned] = await admin.createTopics({
      topics: ['assigned'],
      partitions: -1,
      replicas: -1,
      assignments: [
        { partition: 0, brokers: [1] },
        { partition: 1, brokers: [1] },
      ],
    })
    expect(assigned).toMatchObject({ name: 'assigned', partitions: 2, replicas: 1 })
    const { topics, brokers } = await admin.metadata({ topics: ['made'] })
    expect(topics.get('made')).toMatchObject({ id: created?.id, partitionsCount: 2 })
    expect(brokers.get(1)).toMatchObject(recorded.recorder.address)
    expect(await admin.listTopics()).toEqual(expect.arrayContaining(['assigned', 'made']))
    await admin.deleteTopics({ topics: ['assigned', 'made'] })
    expect(await admin.listTopics()).not.toContain('made')
  })

  test.each([
    ['an existing one', 'existing', 1, 'TOPIC_ALREADY_EXISTS'],
    ['a bad name', 'not/a/name', 1, 'INVALID_TOPIC_EXCEPTION'],
    ['too many replicas', 'x', 3, 'INVALID_REPLICATION_FACTOR'],
  ])('createTopics: %s', async (_, topic, replicas, name) => {
    const make = () => admin.createTopics({ topics: [topic], partitions: 1, replicas })
    if (topic === 'existing') await make()
    expect(await refusal(make(), name)).toBe(true)
  })

  test('deleteTopics: an unknown one', async () => {
    const work = admin.deleteTopics({ topics: ['unknown'] })
    expect(await refusal(work, 'UNKNOWN_TOPIC_OR_PARTITION')).toBe(true)
  })

  test('createPartitions', async () => {
    await create('growing')
    const count = async () => {
      const { topics } = await admin.metadata({ topics: ['growing'], forceUpdate: true })
      return topics.get('growing')?.partitionsCount
    }
    await admin.createPartitions({ topics: [{ name: 'growing', count: 4 }], validateOnly: true })
    expect(await count()).toBe(1)
    await admin.createPartitions({ topics: [{ name: 'growing', count: 4 }] })
    expect(await count()).toBe(4)
    const fewer = admin.createPartitions({ topics: [{ name: 'growing', count: 2 }] })
    expect(await refusal(fewer, 'INVALID_PARTITIONS')).toBe(true)
  })

  test('listOffsets and deleteRecords', async () => {
    const name = 'measured'
    await create(name)
    await withProducer({}, (producer) => producer.send({ messages: messagesFor(name, 100) }))
    const at = async (timestamp: bigint) => {
      const [topic] = await admin.listOffsets({
        topics: [{ name, partitions: [{ partitionIndex: 0, timestamp }] }],
      })
      return topic?.partitions[0]
    }
    expect(await at(-1n)).toMatchObject({ offset: 100n, timestamp: -1n })
    expect(await at(-2n)).toMatchObject({ offset: 0n })
    expect(await at(BigInt(BEGIN_MS + 40))).toMatchObject({
      offset: 40n,
      timestamp: BigInt(BEGIN_MS + 40),
    })
    const remove = (offset: bigint) =>
      admin.deleteRecords({ topics: [{ name, partitions: [{ partition: 0, offset }] }] })
    expect(await remove(30n)).toEqual([{ name, partitions: [{ partition: 0, lowWatermark: 30n }] }])
    expect(await at(-2n)).toMatchObject({ offset: 30n })
    expect(await refusal(remove(101n), 'OFFSET_OUT_OF_RANGE')).toBe(true)
  })

  test('configurations: described, altered one by one, and replaced', async () => {
    const resourceName = 'configured'
    await create(resourceName, { configs: { 'retention.ms': 60_000 } })
    const described = async () => {
      const [resource] = await admin.describeConfigs({
        resources: [{ resourceType: TOPIC, resourceName }],
        includeSynonyms: true,
        includeDocumentation: true,
      })
      return new Map(resource?.configs.map((config) => [config.name, config]))
    }
    expect((await described()).get('retention.ms')).toMatchObject({
      value: '60000',
      readOnly: false,
      configSource: ConfigSources.TOPIC_CONFIG,
      synonyms: [
        { name: 'retention.ms', value: '60000' },
        { name: 'log.retention.hours', value: '168' },
      ],
    })
    const { SET, DELETE } = IncrementalAlterConfigOperationTypes
    await admin.incrementalAlterConfigs({
      resources: [
        {
          resourceType: TOPIC,
          resourceName,
          configs: [
            { name: 'retention.ms', configOperation: DELETE },
            { name: 'max.message.bytes', configOperation: SET, value: '2000' },
          ],
        },
      ],
    })
    const altered = await described()
    expect(altered.get('retention.ms')?.configSource).not.toBe(ConfigSources.TOPIC_CONFIG)
    expect(altered.get('max.message.bytes')?.value).toBe('2000')
    await admin.alterConfigs({
      resources: [
        {
          resourceType: TOPIC,
          resourceName,
          configs: [{ name: 'retention.bytes', value: '123456' }],
        },
      ],
    })
    const replaced = await described()
    expect(replaced.get('retention.bytes')?.value).toBe('123456')
    expect(replaced.get('max.message.bytes')?.value).not.toBe('2000')
    const wrong = admin.alterConfigs({
      resources: [
        { resourceType: TOPIC, resourceName, configs: [{ name: 'retention', value: '1' }] },
      ],
    })
    expect(await refusal(wrong, 'INVALID_CONFIG')).toBe(true)
  })

  test('describeConfigs: of the broker', async () => {
    const [broker] = await admin.describeConfigs({
      resources: [
        {
          resourceType: ConfigResourceTypes.BROKER,
          resourceName: '1',
          configurationKeys: ['log.dirs'],
        },
      ],
    })
    expect(broker?.configs).toMatchObject([{ name: 'log.dirs', value: recorded.node.directory }])
  })

  test('describeLogDirs', async () => {
    await create('weighed')
    await withProducer({}, (producer) => producer.send({ messages: messagesFor('weighed', 100) }))
    const raw = await recorded.node.connect()
    const { bytes } = await fetchPartition(raw, { topic: 'weighed', offset: 0 })
    const [broker] = await admin.describeLogDirs({ topics: [{ name: 'weighed', partitions: [0] }] })
    expect(broker?.broker).toBe(1)
    expect(broker?.results).toMatchObject([
      {
        logDir: recorded.node.directory,
        topics: [
          {
            name: 'weighed',
            partitions: [
              {
                partitionIndex: 0,
                partitionSize: BigInt(bytes.byteLength),
                offsetLag: 0n,
                isFutureKey: false,
              },
            ],
          },
        ],
      },
    ])
  })

  test('groups: there are none', async () => {
    expect(await admin.listGroups()).toEqual(new Map())
  })
})

test('it uses a group', async () => {
  const { program } = prepareNode('groups/platformatic.ts')
  await useGroupOfOne(program, recorded, { deleteOffsets: true })
})

test('it sent the newest versions that both sides know', () => {
  const known = {
    Produce: 11,
    Fetch: 17,
    ListOffsets: 9,
    Metadata: 12,
    OffsetCommit: 9,
    OffsetFetch: 9,
    FindCoordinator: 6,
    JoinGroup: 9,
    Heartbeat: 4,
    LeaveGroup: 5,
    SyncGroup: 5,
    DescribeGroups: 5,
    ListGroups: 5,
    ApiVersions: 3,
    CreateTopics: 7,
    DeleteTopics: 6,
    DeleteRecords: 2,
    InitProducerId: 5,
    DescribeConfigs: 4,
    AlterConfigs: 2,
    DescribeLogDirs: 4,
    CreatePartitions: 3,
    DeleteGroups: 2,
    IncrementalAlterConfigs: 1,
    OffsetDelete: 0,
  }
  expect(recorded.recorder.newest()).toEqual(negotiated(known))
})
