// Goal: a topic that grows can be used at once, keeps what it had, and never takes a lost log for a
// new one; what is refused leaves everything as it was.
// Method: CreatePartitions over a real socket, judged by Metadata, by producing, and by a restart
// with a directory gone.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { buildBatch } from '../../src/records/builder.ts'
import { createPartitions } from '../../src/wire/apis/37-create-partitions.ts'
import {
  bytesOf,
  createTopic,
  only,
  produceBatch,
  readPartition,
  topicMetadata,
} from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'

const STORAGE_ERROR = 56

let node: LocalNode
let client: Client
beforeEach(async () => {
  node = await LocalNode.start()
  client = await node.connect()
})
afterEach(() => node[Symbol.asyncDispose]())

const batch = () => buildBatch({ records: [{ value: bytesOf('x') }] })
const produced = async (topic: string, partition: number) => {
  const { errorCode, baseOffset } = await produceBatch(client, { topic, partition, batch: batch() })
  return [errorCode, baseOffset]
}

interface Wanted {
  name: string
  count: number
  assignments?: { brokerIds: number[] }[] | null
}
async function grow(topics: Wanted[], { version = 3, validateOnly = false } = {}) {
  const { results } = await client.request(createPartitions, version, {
    topics: topics.map((topic) => ({ assignments: null, ...topic })),
    timeoutMs: 30_000,
    validateOnly,
  })
  return results
}
const countOf = async (topic: string) => (await topicMetadata(client, topic)).partitions.length

test.each([0, 1, 2, 3])('v%i: the new partition is there at once', async (version) => {
  await createTopic(client, 'grows')
  expect(await produced('grows', 0)).toEqual([0, 0])
  expect(await produced('grows', 1)).toEqual([3, -1])
  expect(only(await grow([{ name: 'grows', count: 3 }], { version }))).toMatchObject({
    name: 'grows',
    errorCode: 0,
    errorMessage: null,
  })
  expect(await countOf('grows')).toBe(3)
  expect([await produced('grows', 2), await produced('grows', 1)]).toEqual([
    [0, 0],
    [0, 0],
  ])
  expect(await produced('grows', 0)).toEqual([0, 1])
  await node.restart()
  client = await node.connect()
  expect(await readPartition(client, { topic: 'grows', partition: 2 })).toHaveLength(1)
})

test('each topic is judged for itself, and only validating changes nothing', async () => {
  await createTopic(client, 'fine')
  await createTopic(client, 'stays', { partitions: 2 })
  const asked = [
    { name: 'fine', count: 2, assignments: [{ brokerIds: [1] }] },
    { name: 'stays', count: 2 },
    { name: 'no-such-topic', count: 2 },
    { name: '__consumer_offsets', count: 2 },
    { name: 'x'.repeat(249), count: 2 },
  ]
  for (const validateOnly of [true, false]) {
    const results = await grow(asked, { validateOnly })
    expect(new Map(results.map(({ name, errorCode }) => [name, errorCode]))).toEqual(
      new Map([
        ['fine', 0],
        ['stays', 37],
        ['no-such-topic', 3],
        ['__consumer_offsets', 17],
        ['x'.repeat(249), 3],
      ]),
    )
    expect(await countOf('fine')).toBe(validateOnly ? 1 : 2)
  }
})

test('a lost log of an old partition stays lost when the topic grows', async () => {
  await createTopic(client, 'lost', { partitions: 2 })
  expect(await produced('lost', 0)).toEqual([0, 0])
  await node.stop()
  rmSync(join(node.directory, 'lost-0'), { recursive: true })
  await node.startAgain()
  client = await node.connect()
  expect(only(await grow([{ name: 'lost', count: 3 }])).errorCode).toBe(0)
  expect(await produced('lost', 0)).toEqual([STORAGE_ERROR, -1])
  expect([await produced('lost', 1), await produced('lost', 2)]).toEqual([
    [0, 0],
    [0, 0],
  ])
  await node.restart()
  client = await node.connect()
  expect(await produced('lost', 0)).toEqual([STORAGE_ERROR, -1])
  expect(await produced('lost', 2)).toEqual([0, 1])
})
