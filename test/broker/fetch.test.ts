// Goal: Fetch waits for events and not for time, gives whole batches within its limits but always
// at least one, names every partition it was asked for, and says when an offset is out of range.
// Method: waits are given limits that no test could outlast, so only the event can end them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBatch } from '../../src/records/builder.ts'
import { apiVersions } from '../../src/wire/apis/18-api-versions.ts'
import { fetch } from '../../src/wire/apis/01-fetch.ts'
import {
  batchesIn,
  createTopic,
  deleteTopic,
  fetchBody,
  fetchPartition,
  FOR_EVER_MS,
  joined,
  only,
  produceBatch,
} from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'
import { within } from '../support/within.ts'

let node: LocalNode
let client: Client
let other: Client
beforeAll(async () => {
  node = await LocalNode.start()
  client = await node.connect()
  other = await node.connect()
})
afterAll(() => node[Symbol.asyncDispose]())

let topics = 0
async function newTopic(partitions = 1): Promise<string> {
  const name = `fetch-${(topics += 1)}`
  await createTopic(other, name, { partitions })
  return name
}

const batchOf = (sizeBytes: number) =>
  buildBatch({ records: [{ value: new Uint8Array(sizeBytes) }] })

async function fill(topic: string, batches: number, sizeBytes: number): Promise<Uint8Array[]> {
  const all = Array.from({ length: batches }, () => batchOf(sizeBytes))
  for (const batch of all) {
    expect((await produceBatch(other, { topic, batch })).errorCode).toBe(0)
  }
  return all
}

/** A round trip on another connection: the broker has had its turn with what came before. */
const turn = () =>
  other.request(apiVersions, 3, { clientSoftwareName: 't', clientSoftwareVersion: '1' })

describe('waiting', () => {
  test('an append ends the wait', async () => {
    const topic = await newTopic()
    const waits = fetchPartition(client, { topic, offset: 0, minBytes: 1, maxWaitMs: FOR_EVER_MS })
    await turn()
    expect(client.pendingCount).toBe(1)
    const batch = batchOf(100)
    await produceBatch(other, { topic, batch })
    const fetched = await within(10_000, 'the fetch to be woken', waits)
    expect(fetched.bytes.byteLength).toBe(batch.byteLength)
    expect(fetched.highWatermark).toBe(1)
  })

  test('min bytes are gathered over several appends and partitions', async () => {
    const topic = await newTopic(2)
    const waits = client.request(fetch, 12, {
      ...fetchBody({ topic, offset: 0, minBytes: 2000, maxWaitMs: FOR_EVER_MS }),
      topics: [{ topic, partitions: [0, 1].map((partition) => fetchOf(partition)) }],
    })
    await produceBatch(other, { topic, partition: 0, batch: batchOf(900) })
    await turn()
    expect(client.pendingCount).toBe(1)
    await produceBatch(other, { topic, partition: 1, batch: batchOf(1200) })
    const response = await within(10_000, 'the fetch to be woken', waits)
    const sizes = only(response.responses).partitions.map(({ records }) => joined(records).length)
    expect(Math.min(...sizes)).toBeGreaterThan(900)
  })

  test('max wait ends it with nothing', async () => {
    const topic = await newTopic()
    const fetched = await fetchPartition(client, { topic, offset: 0, minBytes: 1, maxWaitMs: 30 })
    expect([fetched.errorCode, fetched.bytes.byteLength, fetched.highWatermark]).toEqual([0, 0, 0])
  })

  test('min bytes of 0 never waits', async () => {
    const topic = await newTopic()
    const fetched = await fetchPartition(client, { topic, offset: 0, maxWaitMs: FOR_EVER_MS })
    expect(fetched.bytes.byteLength).toBe(0)
  })

  test('an error on one partition ends it at once', async () => {
    const topic = await newTopic()
    const response = await client.request(fetch, 12, {
      ...fetchBody({ topic, offset: 0, minBytes: 1, maxWaitMs: FOR_EVER_MS }),
      topics: [{ topic, partitions: [fetchOf(0), fetchOf(7)] }],
    })
    const codes = only(response.responses).partitions.map(({ errorCode }) => errorCode)
    expect(codes).toEqual([0, 3])
  })

  test('deleting the topic ends it with an error', async () => {
    const topic = await newTopic()
    const waits = fetchPartition(client, { topic, offset: 0, minBytes: 1, maxWaitMs: FOR_EVER_MS })
    await turn()
    expect(await deleteTopic(other, topic)).toBe(0)
    const fetched = await within(10_000, 'the fetch to be woken', waits)
    expect([3, 6]).toContain(fetched.errorCode)
  })

  test('the connection that waits may go; the node does not care', async () => {
    const topic = await newTopic()
    const leaving = await node.connect()
    const waits = fetchPartition(leaving, { topic, offset: 0, minBytes: 1, maxWaitMs: FOR_EVER_MS })
    waits.catch(() => undefined)
    await turn()
    leaving.reset()
    await produceBatch(other, { topic, batch: batchOf(10) })
    expect((await fetchPartition(client, { topic, offset: 0 })).highWatermark).toBe(1)
  })
})

describe('limits', () => {
  test('only whole batches, as many as fit', async () => {
    const topic = await newTopic()
    const [first] = await fill(topic, 4, 1000)
    const size = (first as Uint8Array).byteLength
    const fetched = await fetchPartition(client, {
      topic,
      offset: 0,
      partitionMaxBytes: size * 3 - 1,
    })
    expect([...batchesIn(fetched.bytes)]).toHaveLength(2)
  })

  test('at least one batch, however small the limits (KIP-74)', async () => {
    const topic = await newTopic()
    await fill(topic, 2, 1000)
    for (const limits of [{ partitionMaxBytes: 1 }, { maxBytes: 1 }, { partitionMaxBytes: 0 }]) {
      const fetched = await fetchPartition(client, { topic, offset: 0, ...limits })
      expect([...batchesIn(fetched.bytes)]).toHaveLength(1)
    }
  })

  test('the exception is for the first partition with data only', async () => {
    const topic = await newTopic(3)
    for (const partition of [1, 2]) {
      await produceBatch(other, { topic, partition, batch: batchOf(1000) })
    }
    const response = await client.request(fetch, 12, {
      ...fetchBody({ topic, offset: 0, maxBytes: 10 }),
      topics: [{ topic, partitions: [0, 1, 2].map((partition) => fetchOf(partition)) }],
    })
    const sizes = only(response.responses).partitions.map(({ records }) => joined(records).length)
    expect(sizes.map((size) => size > 0)).toEqual([false, true, false])
  })

  test('an offset inside a batch gives the batch from its beginning', async () => {
    const topic = await newTopic()
    const records = Array.from({ length: 10 }, () => ({ value: new Uint8Array(20) }))
    await produceBatch(other, { topic, batch: buildBatch({ records, codec: 'lz4' }) })
    const fetched = await fetchPartition(client, { topic, offset: 7 })
    expect([...batchesIn(fetched.bytes)].map((batch) => batch.baseOffset)).toEqual([0])
  })

  test('bytes are those that were produced, but for offset and epoch', async () => {
    const topic = await newTopic()
    const batch = buildBatch({ records: [{ value: new Uint8Array([1, 2, 3]) }], codec: 'gzip' })
    await produceBatch(other, { topic, batch: batchOf(5) })
    await produceBatch(other, { topic, batch })
    const { bytes } = await fetchPartition(client, { topic, offset: 1 })
    expect(Buffer.from(bytes.subarray(16))).toEqual(Buffer.from(batch.subarray(16)))
  })
})

test.each([4, 5, 6, 7, 8, 9, 10, 11, 12])(
  'a full fetch names every partition, with data or not (v%i)',
  async (version) => {
    const topic = await newTopic(4)
    await produceBatch(other, { topic, partition: 2, batch: batchOf(10) })
    const response = await client.request(fetch, version, {
      ...fetchBody({ topic, offset: 0 }),
      topics: [
        { topic, partitions: [3, 2, 0, 1].map((partition) => fetchOf(partition)) },
        { topic: 'no-such-topic', partitions: [fetchOf(0)] },
      ],
    })
    expect(
      response.responses.map(({ topic: name, partitions }) => [
        name,
        partitions.map((p) => [p.partitionIndex, p.errorCode, p.highWatermark]),
      ]),
    ).toEqual([
      [
        topic,
        [
          [3, 0, 0],
          [2, 0, 1],
          [0, 0, 0],
          [1, 0, 0],
        ],
      ],
      ['no-such-topic', [[0, 3, -1]]],
    ])
    expect(response.sessionId ?? 0).toBe(0)
  },
)

describe('what cannot be fetched', () => {
  test('offsets below the start and above the end are out of range', async () => {
    const topic = await newTopic()
    await fill(topic, 3, 10)
    const codes: number[] = []
    for (const offset of [-1, 0, 2, 3, 4, 1_000_000]) {
      codes.push((await fetchPartition(client, { topic, offset })).errorCode)
    }
    expect(codes).toEqual([1, 0, 0, 0, 1, 1])
  })

  test('a leader epoch of the past is fenced, one of the future unknown', async () => {
    const topic = await newTopic()
    await fill(topic, 1, 10)
    const epoch = only([
      ...batchesIn((await fetchPartition(client, { topic, offset: 0 })).bytes),
    ]).partitionLeaderEpoch
    const at = async (currentLeaderEpoch: number) =>
      (await fetchPartition(client, { topic, offset: 0, currentLeaderEpoch })).errorCode
    expect(await at(epoch)).toBe(0)
    expect(await at(epoch + 1)).toBe(75)
  })

  test('an old epoch is fenced after a restart raised it', async () => {
    const topic = await newTopic()
    await fill(topic, 1, 10)
    await node.restart()
    client = await node.connect()
    other = await node.connect()
    const fetched = await fetchPartition(client, { topic, offset: 0, currentLeaderEpoch: 0 })
    expect(fetched.errorCode).toBe(74)
  })

  test('an incremental session that we never gave is not found', async () => {
    const topic = await newTopic()
    const response = await client.request(fetch, 11, {
      ...fetchBody({ topic, offset: 0 }),
      sessionId: 12345,
      sessionEpoch: 3,
    })
    expect([response.errorCode, response.responses]).toEqual([70, []])
  })

  test('zstd is refused to a version that cannot know it', async () => {
    const topic = await newTopic()
    const batch = buildBatch({ records: [{ value: new Uint8Array(10) }], codec: 'zstd' })
    expect((await produceBatch(other, { topic, batch })).errorCode).toBe(0)
    expect((await fetchPartition(client, { topic, offset: 0 }, 9)).errorCode).toBe(76)
    expect((await fetchPartition(client, { topic, offset: 0 }, 10)).errorCode).toBe(0)
  })

  test('a diverging last epoch is answered with where to go back to', async () => {
    const topic = await newTopic()
    await fill(topic, 2, 10)
    const [batch] = [...batchesIn((await fetchPartition(client, { topic, offset: 0 })).bytes)]
    const epoch = batch?.partitionLeaderEpoch ?? -1
    const fetched = await fetchPartition(client, { topic, offset: 2, lastFetchedEpoch: epoch })
    expect([fetched.errorCode, fetched.divergingEpoch?.endOffset ?? -1]).toEqual([0, -1])
  })
})

function fetchOf(partition: number) {
  return {
    partition,
    currentLeaderEpoch: -1,
    fetchOffset: 0,
    lastFetchedEpoch: -1,
    logStartOffset: -1,
    partitionMaxBytes: 1 << 20,
  }
}
