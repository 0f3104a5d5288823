// Goal: requests of one connection take effect and are answered in the order they came (S21), and
// acks=0 is answered with silence.
// Method: a real node, a real socket, many requests sent before the first answer is read. The
// client itself fails when a response comes out of order.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBatch } from '../../src/records/builder.ts'
import { apiVersions } from '../../src/wire/apis/18-api-versions.ts'
import { produce } from '../../src/wire/apis/00-produce.ts'
import { fetch } from '../../src/wire/apis/01-fetch.ts'
import { metadata } from '../../src/wire/apis/03-metadata.ts'
import {
  bytesOf,
  createTopic,
  fetchBody,
  fetchPartition,
  newProducerId,
  only,
  produceBatch,
  produceBody,
  readPartition,
  text,
} from '../support/calls.ts'
import { LocalNode } from '../support/local-node.ts'
import { within } from '../support/within.ts'

let node: LocalNode
beforeAll(async () => {
  node = await LocalNode.start()
  const client = await node.connect()
  await createTopic(client, 'ordered', { partitions: 2 })
})
afterAll(() => node[Symbol.asyncDispose]())

const asksVersions = { clientSoftwareName: 'test', clientSoftwareVersion: '1' }
const batchOf = (...values: string[]) =>
  buildBatch({ records: values.map((value) => ({ value: bytesOf(value) })) })

describe('pipelined requests', () => {
  test('a hundred mixed requests are answered in order', async () => {
    const client = await node.connect()
    const asksMetadata = {
      topics: null,
      allowAutoTopicCreation: false,
      includeClusterAuthorizedOperations: false,
      includeTopicAuthorizedOperations: false,
    }
    const answers: Promise<unknown>[] = []
    for (let round = 0; round < 25; round += 1) {
      const batch = batchOf(`mixed ${round}`)
      answers.push(
        client.request(produce, 9, produceBody({ topic: 'ordered', partition: 1, batch })),
        client.request(apiVersions, 3, asksVersions),
        client.request(fetch, 12, fetchBody({ topic: 'ordered', partition: 1, offset: 0 })),
        client.request(metadata, 9, asksMetadata),
      )
    }
    await Promise.all(answers)
    const values = await readPartition(client, { topic: 'ordered', partition: 1 })
    expect(values.map((record) => text(record.value))).toEqual(
      Array.from({ length: 25 }, (_, round) => `mixed ${round}`),
    )
  })

  test('a fetch sees the produce in front of it', async () => {
    await createTopic(await node.connect(), 'produce-then-fetch')
    const client = await node.connect()
    const batch = batchOf('before the fetch')
    const [, fetched] = await Promise.all([
      produceBatch(client, { topic: 'produce-then-fetch', batch, acks: 1 }),
      fetchPartition(client, { topic: 'produce-then-fetch', offset: 0 }),
    ])
    expect(fetched.highWatermark).toBe(1)
    expect(fetched.bytes.byteLength).toBe(batch.byteLength)
  })

  test('five pipelined batches of one idempotent producer append in sequence', async () => {
    const client = await node.connect()
    await createTopic(client, 'idempotent-pipeline')
    const producer = await newProducerId(client)
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        produceBatch(client, {
          topic: 'idempotent-pipeline',
          batch: buildBatch({
            ...producer,
            baseSequence: index * 2,
            codec: index % 2 === 0 ? 'none' : 'gzip',
            records: [{ value: bytesOf(`${index}a`) }, { value: bytesOf(`${index}b`) }],
          }),
        }),
      ),
    )
    expect(answers.map(({ errorCode, baseOffset }) => [errorCode, baseOffset])).toEqual(
      [0, 2, 4, 6, 8].map((offset) => [0, offset]),
    )
  })

  test('auto-creation does not let the second produce overtake the first', async () => {
    const client = await node.connect()
    const topic = 'created-on-the-way'
    const [, ...produced] = await Promise.all([
      client.request(metadata, 9, {
        topics: [{ name: topic }],
        allowAutoTopicCreation: true,
        includeClusterAuthorizedOperations: false,
        includeTopicAuthorizedOperations: false,
      }),
      ...['first', 'second', 'third'].map((value) =>
        produceBatch(client, { topic, batch: batchOf(value) }),
      ),
    ])
    expect(produced.map(({ errorCode, baseOffset }) => [errorCode, baseOffset])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
    ])
  })

  test('a parked fetch blocks those behind it, and only on its own connection', async () => {
    const [client, other] = [await node.connect(), await node.connect()]
    await createTopic(other, 'parked')
    const parked = fetchPartition(client, {
      topic: 'parked',
      offset: 0,
      minBytes: 1,
      maxWaitMs: 0x7fff_ffff,
    })
    const behind = client.request(apiVersions, 3, asksVersions)
    await other.request(apiVersions, 3, asksVersions)
    expect(client.framesReceived).toBe(0)
    await produceBatch(other, { topic: 'parked', batch: batchOf('wakes it') })
    expect((await parked).highWatermark).toBe(1)
    expect((await behind).errorCode).toBe(0)
  })
})

describe('acks=0', () => {
  test('is silent: the next answer belongs to the next request', async () => {
    const client = await node.connect()
    await createTopic(client, 'silent')
    const before = client.framesReceived
    for (const value of ['one', 'two', 'three']) {
      client.notify(produce, 9, produceBody({ topic: 'silent', batch: batchOf(value), acks: 0 }))
    }
    const fetched = await fetchPartition(client, { topic: 'silent', offset: 0 })
    expect(client.framesReceived).toBe(before + 1)
    expect(fetched.highWatermark).toBe(3)
  })

  test.each([
    ['an unknown topic', { topic: 'no-such-topic', batch: batchOf('lost') }],
    ['an unknown partition', { topic: 'ordered', partition: 99, batch: batchOf('lost') }],
    ['a batch with a wrong CRC', { topic: 'ordered', batch: withWrongCrc(batchOf('lost')) }],
  ])('closes the connection when it fails: %s', async (_, production) => {
    const client = await node.connect()
    client.notify(produce, 9, produceBody({ ...production, acks: 0 }))
    await within(10_000, 'the connection to be closed', client.closed)
    expect(client.framesReceived).toBe(0)
    // Nobody else notices.
    const other = await node.connect()
    expect((await other.request(apiVersions, 3, asksVersions)).errorCode).toBe(0)
  })

  test('what was appended before a failure stays', async () => {
    const client = await node.connect()
    await createTopic(client, 'silent-then-failed')
    const good = produceBody({ topic: 'silent-then-failed', batch: batchOf('kept'), acks: 0 })
    const bad = produceBody({ topic: 'no-such-topic', batch: batchOf('lost'), acks: 0 })
    client.notify(produce, 9, good)
    client.notify(produce, 9, bad)
    await within(10_000, 'the connection to be closed', client.closed)
    const records = await readPartition(await node.connect(), { topic: 'silent-then-failed' })
    expect(text(only(records).value)).toBe('kept')
  })
})

function withWrongCrc(batch: Uint8Array): Uint8Array {
  const damaged = batch.slice()
  damaged[17] = (damaged[17] as number) ^ 0xff
  return damaged
}
