// Goal: ListOffsets finds ends, starts, timestamps and the maximum timestamp, inside compressed
// batches too; OffsetForLeaderEpoch says where epochs ended, across restarts.
// Method: batches with timestamps of our choosing, looked up record by record.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CODECS } from '../../src/records/batch.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { listOffsets } from '../../src/wire/apis/02-list-offsets.ts'
import { offsetForLeaderEpoch } from '../../src/wire/apis/23-offset-for-leader-epoch.ts'
import { bytesOf, createTopic, fetchPartition, batchesIn } from '../support/calls.ts'
import { listOffset, only, produceBatch } from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'

let node: LocalNode
let client: Client
beforeAll(async () => {
  node = await LocalNode.start()
  client = await node.connect()
})
afterAll(() => node[Symbol.asyncDispose]())

const BEGIN_MS = 1_700_000_000_000
const LATEST = -1
const EARLIEST = -2
const MAX_TIMESTAMP = -3
const EARLIEST_LOCAL = -4

describe.each(CODECS)('timestamps in %s batches', (codec) => {
  const topic = `times-${codec}`
  // The third batch goes back in time, and holds the greatest timestamp in its middle.
  const batches = [
    [0, 10, 20],
    [30, 40, 50],
    [5, 99, 7],
  ]
  beforeAll(async () => {
    await createTopic(client, topic)
    for (const times of batches) {
      const records = times.map((ms) => ({
        value: bytesOf(`at ${ms}`.padEnd(100)),
        timestampMs: BEGIN_MS + ms,
      }))
      expect(
        (await produceBatch(client, { topic, batch: buildBatch({ codec, records }) })).errorCode,
      ).toBe(0)
    }
  })

  test.each([
    [-1000, 0, 0],
    [0, 0, 0],
    [1, 1, 10],
    [20, 2, 20],
    [21, 3, 30],
    [41, 5, 50],
    [51, 7, 99],
    [99, 7, 99],
  ])('the first record at or after %i ms is offset %i', async (ms, offset, timestampMs) => {
    const found = await listOffset(client, { topic, timestamp: BEGIN_MS + ms })
    expect([found.errorCode, found.offset, found.timestamp]).toEqual([
      0,
      offset,
      BEGIN_MS + timestampMs,
    ])
  })

  test('after the last one there is none, and that is no error', async () => {
    const found = await listOffset(client, { topic, timestamp: BEGIN_MS + 100 })
    expect([found.errorCode, found.offset, found.timestamp]).toEqual([0, -1, -1])
  })

  test('the record that has the maximum timestamp, not the end of its batch', async () => {
    const found = await listOffset(client, { topic, timestamp: MAX_TIMESTAMP })
    expect([found.errorCode, found.offset, found.timestamp]).toEqual([0, 7, BEGIN_MS + 99])
  })

  test('ends and starts', async () => {
    const at = async (timestamp: number) => {
      const found = await listOffset(client, { topic, timestamp })
      return [found.errorCode, found.offset, found.timestamp]
    }
    expect(await at(LATEST)).toEqual([0, 9, -1])
    expect(await at(EARLIEST)).toEqual([0, 0, -1])
    expect(await at(EARLIEST_LOCAL)).toEqual([0, 0, -1])
  })

  test('all of that after a restart', async () => {
    await node.restart()
    client = await node.connect()
    expect((await listOffset(client, { topic, timestamp: BEGIN_MS + 41 })).offset).toBe(5)
    expect((await listOffset(client, { topic, timestamp: MAX_TIMESTAMP })).offset).toBe(7)
    expect((await listOffset(client, { topic, timestamp: LATEST })).offset).toBe(9)
  })
})

describe('an empty partition', () => {
  test('begins and ends at 0 and has no timestamps', async () => {
    await createTopic(client, 'nothing')
    const at = async (timestamp: number) =>
      (await listOffset(client, { topic: 'nothing', timestamp })).offset
    expect([await at(LATEST), await at(EARLIEST), await at(MAX_TIMESTAMP), await at(0)]).toEqual([
      0, 0, -1, -1,
    ])
  })
})

describe('LogAppendTime', () => {
  test('the broker says when, and finds by it', async () => {
    const topic = 'append-time'
    const configs = { 'message.timestamp.type': 'LogAppendTime' }
    await createTopic(client, topic, { configs })
    const batch = buildBatch({ records: [{ value: bytesOf('old'), timestampMs: 5 }] })
    const produced = await produceBatch(client, { topic, batch })
    expect(produced.errorCode).toBe(0)
    expect(produced.logAppendTimeMs).toBeGreaterThan(BEGIN_MS)
    const found = await listOffset(client, { topic, timestamp: MAX_TIMESTAMP })
    expect([found.offset, found.timestamp]).toEqual([0, produced.logAppendTimeMs])
  })
})

describe('what ListOffsets refuses', () => {
  test('special timestamps of later versions: error 35 for that partition', async () => {
    await createTopic(client, 'refused')
    const code = async (timestamp: number, version: number) =>
      (await listOffset(client, { topic: 'refused', timestamp }, version)).errorCode
    expect(await code(MAX_TIMESTAMP, 6)).toBe(35)
    expect(await code(MAX_TIMESTAMP, 7)).toBe(0)
    expect(await code(EARLIEST_LOCAL, 7)).toBe(35)
    expect(await code(EARLIEST_LOCAL, 8)).toBe(0)
    expect(await code(-5, 8)).toBe(35)
  })

  test('unknown topics, unknown partitions, epochs of the future', async () => {
    const code = async (asked: Parameters<typeof listOffset>[1]) =>
      (await listOffset(client, asked)).errorCode
    expect(await code({ topic: 'no-such-topic', timestamp: LATEST })).toBe(3)
    expect(await code({ topic: 'refused', partition: 5, timestamp: LATEST })).toBe(3)
    const unknownEpoch = { topic: 'refused', timestamp: LATEST, currentLeaderEpoch: 1000 }
    expect(await code(unknownEpoch)).toBe(75)
  })

  test('a partition that is asked for twice', async () => {
    const partition = { partitionIndex: 0, currentLeaderEpoch: -1, timestamp: LATEST }
    const response = await client.request(listOffsets, 8, {
      replicaId: -1,
      isolationLevel: 0,
      topics: [{ name: 'refused', partitions: [partition, partition] }],
    })
    const codes = response.topics.flatMap(({ partitions }) => partitions.map((p) => p.errorCode))
    expect(new Set(codes)).toEqual(new Set([42]))
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('v%i works', async (version) => {
    const found = await listOffset(client, { topic: 'refused', timestamp: LATEST }, version)
    expect([found.errorCode, found.offset]).toEqual([0, 0])
  })
})

describe('OffsetForLeaderEpoch', () => {
  const endOf = async (leaderEpoch: number, { currentLeaderEpoch = -1, version = 4 } = {}) => {
    const response = await client.request(offsetForLeaderEpoch, version, {
      replicaId: -1,
      topics: [
        { topic: 'epochs', partitions: [{ partition: 0, currentLeaderEpoch, leaderEpoch }] },
      ],
    })
    const { errorCode, leaderEpoch: epoch, endOffset } = only(only(response.topics).partitions)
    return [errorCode, epoch, endOffset]
  }
  const epochsInLog = async () => {
    const { bytes } = await fetchPartition(client, { topic: 'epochs', offset: 0 })
    return [...batchesIn(bytes)].map((batch) => batch.partitionLeaderEpoch)
  }

  test('epochs end where the next one began, and restarts begin new ones (S3)', async () => {
    await createTopic(client, 'epochs')
    const batch = () => buildBatch({ records: [{ value: bytesOf('x') }, { value: bytesOf('y') }] })
    await produceBatch(client, { topic: 'epochs', batch: batch() })
    await node.restart()
    client = await node.connect()
    await produceBatch(client, { topic: 'epochs', batch: batch() })
    await produceBatch(client, { topic: 'epochs', batch: batch() })

    const [first, second, third] = (await epochsInLog()) as [number, number, number]
    expect(second).toBeGreaterThan(first)
    expect(third).toBe(second)
    for (const version of [2, 3, 4]) {
      expect(await endOf(first, { version })).toEqual([0, first, 2])
      expect(await endOf(second, { version })).toEqual([0, second, 6])
    }
  })

  test('an epoch that nobody had is undefined', async () => {
    expect(await endOf(1000)).toEqual([0, -1, -1])
  })

  test('askers with the wrong present epoch are fenced', async () => {
    const present = (await epochsInLog()).at(-1) as number
    expect((await endOf(0, { currentLeaderEpoch: present }))[0]).toBe(0)
    expect((await endOf(0, { currentLeaderEpoch: 0 }))[0]).toBe(74)
    expect((await endOf(0, { currentLeaderEpoch: present + 1 }))[0]).toBe(75)
  })
})
