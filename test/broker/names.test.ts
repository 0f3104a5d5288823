// Goal: names work up to their bounds and are refused beyond them, wherever a client may say one.
// Method: the longest topic name through its whole life, a restart in the middle; names of one
// character; client ids and topic names as long as the protocol can say.
import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildBatch } from '../../src/records/builder.ts'
import { fetch } from '../../src/wire/apis/01-fetch.ts'
import { createTopics } from '../../src/wire/apis/19-create-topics.ts'
import { describeLogDirs } from '../../src/wire/apis/35-describe-log-dirs.ts'
import { describeTopicPartitions } from '../../src/wire/apis/75-describe-topic-partitions.ts'
import {
  bytesOf,
  createTopic,
  deleteTopic,
  fetchBody,
  fetchPartition,
  only,
  produceBatch,
  readPartition,
  text,
  topicMetadata,
} from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'
import { eventually } from '../support/within.ts'

/** Kafka's bound: a directory is the name and the partition, and is renamed when it is deleted. */
const LONGEST = 'n'.repeat(249)
/** The longest string of the protocol. */
const STRING_MAX = 32_767

let node: LocalNode
let client: Client
beforeAll(async () => {
  node = await LocalNode.start({ set: { 'log.segment.delete.delay.ms': 0 } })
  client = await node.connect()
})
afterAll(() => node[Symbol.asyncDispose]())

const batchOf = (value: string) => buildBatch({ records: [{ value: bytesOf(value) }] })

async function writeAndRead(topic: string, partition = 0): Promise<void> {
  const { errorCode } = await produceBatch(client, { topic, partition, batch: batchOf('kept') })
  expect(errorCode).toBe(0)
  const records = await readPartition(client, { topic, partition })
  expect(records.map(({ value }) => text(value))).toEqual(['kept'])
}

test('the longest name lives a whole life', async () => {
  await createTopic(client, LONGEST, { partitions: 100 })
  await writeAndRead(LONGEST, 99)
  await node.restart()
  client = await node.connect()
  expect(await readPartition(client, { topic: LONGEST, partition: 99 })).toHaveLength(1)
  const described = await client.request(describeTopicPartitions, 0, {
    topics: [{ name: LONGEST }],
    cursor: { topicName: LONGEST, partitionIndex: 99 },
  })
  expect(only(described.topics).partitions).toHaveLength(1)
  const sizes = await client.request(describeLogDirs, 4, {
    topics: [{ topic: LONGEST, partitions: [99] }],
  })
  expect(only(only(sizes.results).topics).name).toBe(LONGEST)
  expect(await deleteTopic(client, LONGEST)).toBe(0)
  await eventually(10_000, 'its directories to be gone', () => {
    return !readdirSync(node.directory).some((entry) => entry.startsWith('nnn'))
  })
})

test.each(['a', '-', '_', '...', '0', '.a', 'A.b_c-D'])('%s is a name', async (name) => {
  await createTopic(client, name)
  await writeAndRead(name)
})

describe('beyond the bounds', () => {
  const beyond = ['n'.repeat(250), 'n'.repeat(STRING_MAX), '', '.', '..', 'a\n', 'a:b', 'ñ']

  test('no topic is created, and nobody is harmed by the asking', async () => {
    const topics = beyond.map((name) => ({ name, numPartitions: 1, replicationFactor: 1 }))
    const created = await client.request(createTopics, 7, {
      topics: topics.map((topic) => ({ ...topic, assignments: [], configs: [] })),
    })
    expect(created.topics.map(({ errorCode }) => errorCode)).toEqual(beyond.map(() => 17))
  })

  test('no such topic is found, described, written or read', async () => {
    for (const name of beyond) {
      expect((await topicMetadata(client, name, { allowAutoTopicCreation: true })).errorCode).toBe(
        17,
      )
      const produced = await produceBatch(client, { topic: name, batch: batchOf('x') })
      expect([3, 17]).toContain(produced.errorCode)
      expect((await fetchPartition(client, { topic: name, offset: 0 })).errorCode).toBe(3)
      const body = { ...fetchBody({ topic: name, offset: 0 }), sessionEpoch: 0 }
      const { sessionId, responses } = await client.request(fetch, 12, body)
      expect([sessionId, only(responses).topic]).toEqual([0, name])
      const cursor = { topicName: name, partitionIndex: 0 }
      const asked = { topics: [{ name }], cursor }
      const described = await client.request(describeTopicPartitions, 0, asked)
      expect(only(described.topics)).toMatchObject({ errorCode: 17, name, partitions: [] })
    }
  })
})

test('a client may call itself whatever it likes', async () => {
  for (const clientId of ['', 'x'.repeat(STRING_MAX), 'ñ\n\u0000"']) {
    const named = await node.connect(clientId)
    expect((await topicMetadata(named, 'a')).errorCode).toBe(0)
  }
})
