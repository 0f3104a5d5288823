// Goal: kafkajs 2.2, unmodified: its producer, at every acks level and with all it can do.
// Method: a real node; what the producer wrote is read back with the raw client, since kafkajs
// itself consumes only in groups. A recorder in between knows which versions it sends.
import { CompressionTypes, Partitioners } from 'kafkajs'
import type { Admin, ICustomPartitioner, Kafka } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { batchesIn, fetchPartition, readPartition, text } from '../support/calls.ts'
import { connectKafkajs, refusal, withProducer } from '../support/kafkajs.ts'
import { negotiated, startRecordedNode, type RecordedNode } from '../support/recorded-node.ts'

const BEGIN_MS = 1_690_000_000_000

let recorded: RecordedNode
let kafka: Kafka
let admin: Admin
beforeAll(async () => {
  recorded = await startRecordedNode({ 'num.partitions': 2 })
  kafka = connectKafkajs(recorded.bootstrap)
  admin = kafka.admin()
  await admin.connect()
})
afterAll(async () => {
  await admin.disconnect()
  await recorded[Symbol.asyncDispose]()
})

/** Values of a partition, as text. */
async function valuesOf(topic: string, partition = 0): Promise<(string | null)[]> {
  const client = await recorded.node.connect()
  const records = await readPartition(client, { topic, partition })
  return records.map((record) => text(record.value))
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
    await withProducer(kafka, {}, async (producer) => {
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
    const client = await recorded.node.connect()
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
    await withProducer(kafka, {}, (producer) =>
      producer.send({
        topic: 'zipped',
        compression: CompressionTypes.GZIP,
        messages: values.map((value) => ({ value })),
      }),
    )
    expect(await valuesOf('zipped')).toEqual(values)
    const client = await recorded.node.connect()
    const { bytes } = await fetchPartition(client, { topic: 'zipped', offset: 0 })
    expect([...batchesIn(bytes)].map(({ codec }) => codec)).toEqual(['gzip'])
  })

  test('idempotent, over a restart of the node', async () => {
    await admin.createTopics({ topics: [{ topic: 'once', numPartitions: 1 }] })
    const options = { idempotent: true, maxInFlightRequests: 1 }
    await withProducer(kafka, options, async (producer) => {
      for (let index = 0; index < 20; index += 1) {
        if (index === 10) await recorded.node.restart()
        await producer.send({ topic: 'once', messages: [{ value: `${index}` }] })
      }
    })
    expect(await valuesOf('once')).toEqual(Array.from({ length: 20 }, (_, index) => `${index}`))
  })

  test('creates the topic it produces to', async () => {
    await withProducer(kafka, { allowAutoTopicCreation: true }, (producer) =>
      producer.send({ topic: 'made-by-kafkajs', messages: [{ partition: 1, value: 'x' }] }),
    )
    expect(await valuesOf('made-by-kafkajs', 1)).toEqual(['x'])
  })

  test('many topics and partitions in one go', async () => {
    const topics = ['batch-a', 'batch-b']
    await admin.createTopics({ topics: topics.map((topic) => ({ topic, numPartitions: 2 })) })
    await withProducer(kafka, {}, (producer) =>
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

  test('timestamps, and a partitioner of our own', async () => {
    await admin.createTopics({ topics: [{ topic: 'placed', numPartitions: 3 }] })
    const createPartitioner: ICustomPartitioner =
      () =>
      ({ message, partitionMetadata }) =>
        Number(message.value) % partitionMetadata.length
    await withProducer(kafka, { createPartitioner }, (producer) =>
      producer.send({
        topic: 'placed',
        messages: Array.from({ length: 9 }, (_, index) => ({
          value: `${index}`,
          timestamp: `${BEGIN_MS + index}`,
        })),
      }),
    )
    const client = await recorded.node.connect()
    for (const partition of [0, 1, 2]) {
      const records = await readPartition(client, { topic: 'placed', partition })
      expect(records.map(({ value, timestampMs }) => [text(value), timestampMs])).toEqual(
        [0, 3, 6].map((from) => [`${from + partition}`, BEGIN_MS + from + partition]),
      )
    }
  })

  test('by key: each on one partition, in order, as in Java', async () => {
    await admin.createTopics({ topics: [{ topic: 'keyed', numPartitions: 3 }] })
    const messages = Array.from({ length: 60 }, (_, index) => ({
      key: `key ${index % 6}`,
      value: `${index}`,
    }))
    const options = { createPartitioner: Partitioners.DefaultPartitioner }
    await withProducer(kafka, options, (producer) => producer.send({ topic: 'keyed', messages }))
    const client = await recorded.node.connect()
    const all = await Promise.all(
      [0, 1, 2].map((partition) => readPartition(client, { topic: 'keyed', partition })),
    )
    const keys = all.map((records) => new Set(records.map(({ key }) => text(key))))
    expect(keys.reduce((sum, { size }) => sum + size, 0)).toBe(6)
    for (const records of all) {
      const numbers = records.map(({ value }) => Number(text(value)))
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
    }
    expect(all.flat()).toHaveLength(60)
  })

  test('what is too large is refused by name', async () => {
    const configEntries = [{ name: 'max.message.bytes', value: '1000' }]
    await admin.createTopics({ topics: [{ topic: 'narrow', configEntries }] })
    const messages = [{ value: 'x'.repeat(5000) }]
    const refused = withProducer(kafka, {}, (producer) =>
      producer.send({ topic: 'narrow', messages }),
    )
    expect(await refusal(refused)).toBe('MESSAGE_TOO_LARGE')
  })
})

test('it sent the newest versions that both sides know', () => {
  expect(recorded.recorder.newest()).toEqual(
    negotiated({ Produce: 7, Metadata: 6, ApiVersions: 2, CreateTopics: 3, InitProducerId: 1 }),
  )
})
