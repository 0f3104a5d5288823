// Goal: an idempotent producer's batch is written once and at most once, before and after a
// restart: repeats are answered with the first one's offset, gaps and old epochs are refused.
// Method: batches with sequences of our choosing; what is in the log is read back and counted.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBatch } from '../../src/records/builder.ts'
import { initProducerId } from '../../src/wire/apis/22-init-producer-id.ts'
import {
  bytesOf,
  createTopic,
  newProducerId,
  produceBatch,
  readPartition,
  text,
} from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'

let node: LocalNode
let client: Client
beforeAll(async () => {
  node = await LocalNode.start()
  client = await node.connect()
})
afterAll(() => node[Symbol.asyncDispose]())

const OUT_OF_ORDER = 45
const OLD_EPOCH = 47
const NOT_LEADER = 6

/** A producer of one topic that sends whatever sequence it is told to. */
async function producerOf(topic: string) {
  await createTopic(client, topic)
  const { producerId, producerEpoch } = await newProducerId(client)
  return {
    producerId,
    async send(baseSequence: number, { count = 1, epoch = producerEpoch, acks = -1 } = {}) {
      const records = Array.from({ length: count }, (_, index) => ({
        value: bytesOf(`e${epoch} s${baseSequence} ${index}`),
      }))
      const batch = buildBatch({ producerId, producerEpoch: epoch, baseSequence, records })
      const { errorCode, baseOffset } = await produceBatch(client, { topic, batch, acks })
      return [errorCode, baseOffset]
    },
    async values() {
      return (await readPartition(client, { topic })).map((record) => text(record.value))
    },
  }
}

async function restart(): Promise<void> {
  await node.restart()
  client = await node.connect()
}

describe('sequences', () => {
  test('each of the last five batches is recognised, with its own offset', async () => {
    const producer = await producerOf('repeats')
    for (let batch = 0; batch < 7; batch += 1) {
      expect(await producer.send(batch * 3, { count: 3 })).toEqual([0, batch * 3])
    }
    for (const acks of [1, -1]) {
      for (let batch = 2; batch < 7; batch += 1) {
        expect(await producer.send(batch * 3, { count: 3, acks })).toEqual([0, batch * 3])
      }
    }
    expect(await producer.send(3, { count: 3 })).toEqual([OUT_OF_ORDER, -1])
    expect(await producer.values()).toHaveLength(21)
  })

  test('a repeat must be exact: another length is out of order', async () => {
    const producer = await producerOf('inexact')
    await producer.send(0, { count: 3 })
    expect(await producer.send(0, { count: 2 })).toEqual([OUT_OF_ORDER, -1])
    expect(await producer.send(0, { count: 4 })).toEqual([OUT_OF_ORDER, -1])
    expect(await producer.send(0, { count: 3 })).toEqual([0, 0])
  })

  test('a gap is refused, and the right one accepted afterwards', async () => {
    const producer = await producerOf('gap')
    await producer.send(0)
    expect(await producer.send(2)).toEqual([OUT_OF_ORDER, -1])
    expect(await producer.send(1)).toEqual([0, 1])
    expect(await producer.values()).toHaveLength(2)
  })

  test('a producer nobody remembers may begin anywhere', async () => {
    const producer = await producerOf('unremembered')
    expect(await producer.send(500)).toEqual([0, 0])
    expect(await producer.send(501)).toEqual([0, 1])
  })

  test('sequences wrap from 2147483647 to 0', async () => {
    const producer = await producerOf('wrap')
    const last = 0x7fff_ffff
    expect(await producer.send(last - 2, { count: 2 })).toEqual([0, 0])
    expect(await producer.send(last, { count: 3 })).toEqual([0, 2])
    expect(await producer.send(2)).toEqual([0, 5])
    expect(await producer.send(last, { count: 3 })).toEqual([0, 2])
  })

  test('other partitions have sequences of their own', async () => {
    await createTopic(client, 'separate', { partitions: 2 })
    const { producerId, producerEpoch } = await newProducerId(client)
    for (const partition of [0, 1]) {
      const records = [{ value: bytesOf('x') }]
      const batch = buildBatch({ producerId, producerEpoch, baseSequence: 0, records })
      const produced = await produceBatch(client, { topic: 'separate', partition, batch })
      expect([produced.errorCode, produced.baseOffset]).toEqual([0, 0])
    }
  })

  test('a producer id of -1 is not idempotent, whatever else the batch says', async () => {
    await createTopic(client, 'plain')
    for (const offset of [0, 1, 2]) {
      const records = [{ value: bytesOf('same') }]
      // What kafkajs sends: epoch 0 and sequence 0 beside producer id -1.
      const batch = buildBatch({ producerId: -1, producerEpoch: 0, baseSequence: 0, records })
      const produced = await produceBatch(client, { topic: 'plain', batch })
      expect([produced.errorCode, produced.baseOffset]).toEqual([0, offset])
    }
  })
})

describe('epochs', () => {
  test('an older one is fenced; a newer one begins at 0', async () => {
    const producer = await producerOf('producer-epochs')
    await producer.send(0, { epoch: 3 })
    expect(await producer.send(1, { epoch: 2 })).toEqual([OLD_EPOCH, -1])
    expect(await producer.send(1, { epoch: 4 })).toEqual([OUT_OF_ORDER, -1])
    expect(await producer.send(0, { epoch: 4 })).toEqual([0, 1])
    expect(await producer.send(1, { epoch: 3 })).toEqual([OLD_EPOCH, -1])
  })
})

describe('after a restart', () => {
  test('repeats, gaps and old epochs are judged as before', async () => {
    const producer = await producerOf('restarted')
    for (let batch = 0; batch < 6; batch += 1)
      await producer.send(batch * 2, { count: 2, epoch: 1 })
    await restart()
    for (let batch = 1; batch < 6; batch += 1) {
      expect(await producer.send(batch * 2, { count: 2, epoch: 1 })).toEqual([0, batch * 2])
    }
    expect(await producer.send(0, { count: 2, epoch: 1 })).toEqual([OUT_OF_ORDER, -1])
    // What is missing may be on its way back from the leader before (ADR 23).
    for (let count = 0; count < 50; count += 1)
      expect(await producer.send(14, { epoch: 1 })).toEqual([NOT_LEADER, -1])
    expect(await producer.send(14, { epoch: 1 })).toEqual([OUT_OF_ORDER, -1])
    expect(await producer.send(12, { epoch: 0 })).toEqual([OLD_EPOCH, -1])
    expect(await producer.send(12, { epoch: 1 })).toEqual([0, 12])
    await restart()
    expect(await producer.send(12, { epoch: 1 })).toEqual([0, 12])
    expect(await producer.values()).toHaveLength(13)
  })
})

describe('producer ids', () => {
  test.each([0, 1, 2, 3, 4, 5])('are never given twice (InitProducerId v%i)', async (version) => {
    const seen = new Set<number>()
    const ask = async () => {
      const given = await client.request(initProducerId, version, {
        transactionalId: null,
        transactionTimeoutMs: 60_000,
      })
      expect([given.errorCode, given.producerEpoch]).toEqual([0, 0])
      seen.add(given.producerId)
    }
    for (let count = 0; count < 10; count += 1) await ask()
    await restart()
    for (let count = 0; count < 10; count += 1) await ask()
    expect(seen.size).toBe(20)
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0)
  })

  test('asked with id and epoch 0, as @platformatic/kafka does', async () => {
    const given = await client.request(initProducerId, 4, {
      transactionalId: null,
      transactionTimeoutMs: 60_000,
      producerId: 0,
      producerEpoch: 0,
    })
    expect([given.errorCode, given.producerEpoch]).toEqual([0, 0])
  })

  test.each([0, 2, 3, 5])('a transactional id may not be used (v%i)', async (version) => {
    const given = await client.request(initProducerId, version, {
      transactionalId: 'payments',
      transactionTimeoutMs: 60_000,
    })
    expect([given.errorCode, given.producerId]).toEqual([53, -1])
  })
})
