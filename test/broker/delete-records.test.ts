// Goal: deleted records are gone for everybody at once and for ever, also after a kill right behind
// the answer; nothing else is touched, and what may not be deleted is refused in Kafka's words.
// Method: DeleteRecords over a real socket, judged by reading, by listing offsets, by the files on
// disk, and by a process killed after its answer.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Reader } from '../../src/bytes/reader.ts'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { deleteRecords } from '../../src/wire/apis/21-delete-records.ts'
import {
  FOR_EVER_MS,
  bytesOf,
  createTopic,
  deleteTopic,
  fetchPartition,
  listOffset,
  newProducerId,
  only,
  produceBatch,
  readPartition,
  text,
} from '../support/calls.ts'
import { Client, encodeFrame } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'
import { tempDir } from '../support/temp-dir.ts'
import { within } from '../support/within.ts'

let node: LocalNode
let client: Client
beforeAll(async () => {
  node = await LocalNode.start()
  client = await node.connect()
})
afterAll(() => node[Symbol.asyncDispose]())

const batch = (...values: string[]) =>
  buildBatch({ records: values.map((value, at) => ({ value: bytesOf(value), timestampMs: at })) })

/** A topic of one partition with these batches, one record each. */
async function topicOf(topic: string, values: readonly string[], configs = {}): Promise<void> {
  await createTopic(client, topic, { configs })
  for (const value of values) await produceBatch(client, { topic, batch: batch(value) })
}

async function remove(
  asking: Client,
  topic: string,
  offset: number,
  { version = 2, partition = 0 } = {},
) {
  const response = await asking.request(deleteRecords, version, {
    topics: [{ name: topic, partitions: [{ partitionIndex: partition, offset }] }],
    timeoutMs: 30_000,
  })
  const { errorCode, lowWatermark } = only(only(response.topics).partitions)
  return [errorCode, lowWatermark]
}

const values = async (topic: string, from: number) =>
  (await readPartition(client, { topic, from })).map(({ value }) => text(value))

describe('DeleteRecords', () => {
  test.each([0, 1, 2])('v%i: the log begins later, for every way to ask', async (version) => {
    const topic = `shorter-v${version}`
    await topicOf(topic, ['a', 'b', 'c', 'd'])
    expect(await remove(client, topic, 2, { version })).toEqual([0, 2])
    expect(await values(topic, 2)).toEqual(['c', 'd'])
    expect((await fetchPartition(client, { topic, offset: 1 })).errorCode).toBe(1)
    expect((await fetchPartition(client, { topic, offset: 2 })).logStartOffset).toBe(2)
    expect((await listOffset(client, { topic, timestamp: -2 })).offset).toBe(2)
    expect((await listOffset(client, { topic, timestamp: 0 })).offset).toBe(2)
    expect((await listOffset(client, { topic, timestamp: -3 })).offset).toBe(2)
  })

  test('in the middle of a batch, the batch stays and the offset counts', async () => {
    await createTopic(client, 'middle')
    await produceBatch(client, { topic: 'middle', batch: batch('a', 'b', 'c') })
    expect(await remove(client, 'middle', 1)).toEqual([0, 1])
    expect(await values('middle', 1)).toEqual(['b', 'c'])
    expect((await listOffset(client, { topic: 'middle', timestamp: 0 })).offset).toBe(1)
  })

  test('-1 is the high watermark; what comes next goes on behind it', async () => {
    await topicOf('all', ['a', 'b'])
    expect(await remove(client, 'all', -1)).toEqual([0, 2])
    expect(await values('all', 2)).toEqual([])
    expect((await produceBatch(client, { topic: 'all', batch: batch('c') })).baseOffset).toBe(2)
    expect(await values('all', 2)).toEqual(['c'])
  })

  test('below the log start nothing changes, beyond the high watermark it is refused', async () => {
    await topicOf('bounds', ['a', 'b', 'c'])
    expect(await remove(client, 'bounds', 2)).toEqual([0, 2])
    expect(await remove(client, 'bounds', 1)).toEqual([0, 2])
    for (const offset of [4, -2, Number.MAX_SAFE_INTEGER])
      expect(await remove(client, 'bounds', offset)).toEqual([1, -1])
    expect(await values('bounds', 2)).toEqual(['c'])
  })

  test('the largest offset there is, is out of range like any other', async () => {
    await topicOf('largest', ['a'])
    const correlationId = client.nextCorrelationId()
    const partitions = [{ partitionIndex: 0, offset: 0 }]
    const body = { topics: [{ name: 'largest', partitions }], timeoutMs: 30_000 }
    const frame = encodeFrame(deleteRecords, 0, body, { correlationId })
    // Long.MAX, which no number holds; behind it comes the timeout.
    frame.set([0x7f, ...new Array<number>(7).fill(0xff)], frame.byteLength - 12)
    const reader = new Reader(await client.exchange(frame, correlationId))
    reader.int32()
    const { topics } = deleteRecords.decodeResponse(0, reader)
    expect(only(only(topics).partitions).errorCode).toBe(1)
  })

  test('a partition named twice is cut once, as it was asked last, and answered once', async () => {
    await topicOf('twice', ['a', 'b', 'c'])
    const at = (partitionIndex: number, offset: number) => ({ partitionIndex, offset })
    const { topics } = await client.request(deleteRecords, 2, {
      topics: [
        { name: 'twice', partitions: [at(7, 0), at(0, 3), at(7, 1)] },
        { name: 'nobody', partitions: [at(0, 0)] },
        { name: 'twice', partitions: [at(0, 1)] },
      ],
      timeoutMs: 30_000,
    })
    expect(
      topics.map(({ name, partitions }) => [
        name,
        partitions.map(({ partitionIndex, errorCode }) => [partitionIndex, errorCode]),
      ]),
    ).toEqual([
      [
        'twice',
        [
          [7, 3],
          [0, 0],
        ],
      ],
      ['nobody', [[0, 3]]],
    ])
    expect(await values('twice', 1)).toEqual(['b', 'c'])
  })

  test.each([
    ['compact', 44],
    ['', 44],
    ['compact,delete', 0],
  ])('cleanup.policy=%j: %i', async (policy, errorCode) => {
    const topic = `policy-${policy.replace(',', '-')}`
    await createTopic(client, topic, { configs: { 'cleanup.policy': policy } })
    const keyed = buildBatch({ records: [{ key: bytesOf('k'), value: bytesOf('v') }] })
    await produceBatch(client, { topic, batch: keyed })
    expect((await remove(client, topic, 1))[0]).toBe(errorCode)
  })

  test('strangers are unknown, topics of the cluster its own; the others are served', async () => {
    await topicOf('served', ['a'])
    expect(await remove(client, 'no-such-topic', 0)).toEqual([3, -1])
    expect(await remove(client, '__consumer_offsets', 0)).toEqual([17, -1])
    const at = (partitionIndex: number) => ({ partitionIndex, offset: 1 })
    const { topics } = await client.request(deleteRecords, 2, {
      topics: [
        { name: 'served', partitions: [at(1), at(0), at(-1)] },
        { name: 'nobody', partitions: [at(0)] },
      ],
      timeoutMs: 30_000,
    })
    expect(topics.map(({ partitions }) => partitions.map(({ errorCode }) => errorCode))).toEqual([
      [3, 0, 3],
      [3],
    ])
  })

  test('segments that are wholly below go at once', async () => {
    await topicOf('segments', [], { 'segment.bytes': 100, 'file.delete.delay.ms': 3_600_000 })
    for (let count = 0; count < 6; count += 1)
      await produceBatch(client, { topic: 'segments', batch: batch(`${count}`) })
    expect(await remove(client, 'segments', 4)).toEqual([0, 4])
    const logs = readdirSync(join(node.directory, 'segments-0')).filter((name) =>
      name.endsWith('.log'),
    )
    expect(logs.map((name) => parseInt(name, 10)).toSorted((a, b) => a - b)).toEqual([4, 5])
    expect(await values('segments', 4)).toEqual(['4', '5'])
  })

  test('a producer goes on: its retry is still a duplicate, its next batch in sequence', async () => {
    await createTopic(client, 'idempotent')
    const producer = await newProducerId(client)
    const sequenced = (baseSequence: number) =>
      buildBatch({ ...producer, baseSequence, records: [{ value: bytesOf('x') }] })
    for (const sequence of [0, 1])
      await produceBatch(client, { topic: 'idempotent', batch: sequenced(sequence) })
    expect(await remove(client, 'idempotent', -1)).toEqual([0, 2])
    const again = await produceBatch(client, { topic: 'idempotent', batch: sequenced(1) })
    expect([again.errorCode, again.baseOffset]).toEqual([0, 1])
    const next = await produceBatch(client, { topic: 'idempotent', batch: sequenced(2) })
    expect([next.errorCode, next.baseOffset]).toEqual([0, 2])
  })

  test('a fetch that waits at the end goes on waiting, and gets what comes', async () => {
    await topicOf('waiting', ['a', 'b'])
    const reader = await node.connect()
    const fetched = fetchPartition(reader, {
      topic: 'waiting',
      offset: 2,
      minBytes: 1,
      maxWaitMs: FOR_EVER_MS,
    })
    expect(await remove(client, 'waiting', -1)).toEqual([0, 2])
    await produceBatch(client, { topic: 'waiting', batch: batch('c') })
    const { errorCode, bytes } = await within(10_000, 'the fetch', fetched)
    expect([errorCode, bytes.byteLength > 0]).toEqual([0, true])
  })

  test('a fetch that waits for more than is deleted under it is told at once', async () => {
    await topicOf('undermined', ['a', 'b'])
    const reader = await node.connect()
    const fetched = fetchPartition(reader, {
      topic: 'undermined',
      offset: 1,
      minBytes: 1_000_000,
      maxWaitMs: FOR_EVER_MS,
    })
    expect(await remove(client, 'undermined', -1)).toEqual([0, 2])
    const { errorCode } = await within(10_000, 'the fetch', fetched)
    expect(errorCode).toBe(1)
  })

  test('a topic of the same name begins at 0 again', async () => {
    await topicOf('reborn', ['a', 'b'])
    expect(await remove(client, 'reborn', -1)).toEqual([0, 2])
    await deleteTopic(client, 'reborn')
    await topicOf('reborn', ['c'])
    expect(await values('reborn', 0)).toEqual(['c'])
  })
})

test('what was answered as deleted stays deleted when the process is killed', async () => {
  await using directory = await tempDir()
  const set = { 'log.flush.start.offset.checkpoint.interval.ms': 3_600_000 }
  const first = await ProcessNode.start({ directory: directory.path, set })
  const writer = await Client.connect(first.address)
  await createTopic(writer, 'killed')
  for (const value of ['a', 'b', 'c'])
    await produceBatch(writer, { topic: 'killed', batch: batch(value) })
  expect(await remove(writer, 'killed', 2)).toEqual([0, 2])
  await first.kill()
  await writer.close()

  const second = await ProcessNode.start({ directory: directory.path, set })
  const reader = await Client.connect(second.address)
  try {
    expect((await listOffset(reader, { topic: 'killed', timestamp: -2 })).offset).toBe(2)
    expect((await fetchPartition(reader, { topic: 'killed', offset: 1 })).errorCode).toBe(1)
    const left = await readPartition(reader, { topic: 'killed', from: 2 })
    expect(left.map(({ value }) => text(value))).toEqual(['c'])
  } finally {
    await reader.close()
    await second.kill()
  }
})
