// Goal: ten thousand topics can be created, listed, described, read in one session, written and
// found again after a restart, in bounded memory, and nobody else waits long meanwhile.
// Method: a node that is a process of its own, measured from outside; a client with a topic of its
// own that writes and reads all the while, whose every answer is checked.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { fetch } from '../../src/wire/apis/01-fetch.ts'
import { metadata } from '../../src/wire/apis/03-metadata.ts'
import { createTopics } from '../../src/wire/apis/19-create-topics.ts'
import { describeLogDirs } from '../../src/wire/apis/35-describe-log-dirs.ts'
import { describeTopicPartitions } from '../../src/wire/apis/75-describe-topic-partitions.ts'
import { bytesOf, createTopic, only, produceBatch, readPartition } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { residentBytes } from '../support/resident-bytes.ts'

const TOPICS = 10_000
const PER_REQUEST = 500
const MIB = 1 << 20
/** Of resident memory, for ten thousand partitions with their logs: about 26 KiB each. */
const GROWTH_MAX_MIB = 400

const nameOf = (index: number) => `topic-${String(index).padStart(5, '0')}`
const ALL = Array.from({ length: TOPICS }, (_, index) => nameOf(index))

let directory: TempDir
let node: ProcessNode
let client: Client
beforeAll(async () => {
  directory = await tempDir()
  await start()
  await createTopic(client, 'neighbour')
})
afterAll(async () => {
  await node.kill()
  await directory[Symbol.asyncDispose]()
})

async function start(): Promise<void> {
  node = await ProcessNode.start({ directory: directory.path, deadlineMs: 120_000 })
  client = await Client.connect(node.address)
}

const batchOf = (text: string) => buildBatch({ records: [{ value: bytesOf(text) }] })

/** Writes and reads a topic of its own until told to stop; how often it did. */
class Neighbour {
  #isWanted = true
  readonly #work: Promise<number>

  constructor() {
    this.#work = this.#run()
  }

  stop(): Promise<number> {
    this.#isWanted = false
    return this.#work
  }

  async #run(): Promise<number> {
    await using own = await Client.connect(node.address)
    let rounds = 0
    for (; this.#isWanted; rounds += 1) {
      const produced = await produceBatch(own, { topic: 'neighbour', batch: batchOf('n') })
      expect(produced.errorCode).toBe(0)
      const { baseOffset } = produced
      expect(await readPartition(own, { topic: 'neighbour', from: baseOffset })).toHaveLength(1)
    }
    return rounds
  }
}

function expectBounded(before: number | null, maxMib = GROWTH_MAX_MIB): void {
  const after = residentBytes(node.pid)
  if (before === null || after === null) return
  console.log(
    `resident memory: ${Math.round(before / MIB)} MiB, then ${Math.round(after / MIB)} MiB`,
  )
  expect((after - before) / MIB).toBeLessThan(maxMib)
}

test('created', async () => {
  const before = residentBytes(node.pid)
  const neighbour = new Neighbour()
  for (let from = 0; from < TOPICS; from += PER_REQUEST) {
    const topics = ALL.slice(from, from + PER_REQUEST).map((name) => ({
      name,
      numPartitions: 1,
      replicationFactor: 1,
      assignments: [],
      configs: [],
    }))
    const created = await client.request(createTopics, 5, { topics, timeoutMs: 60_000 })
    expect(created.topics.filter(({ errorCode }) => errorCode !== 0)).toEqual([])
  }
  // One that never had a turn would have been disturbed for as long as all of it took.
  expect(await neighbour.stop()).toBeGreaterThan(TOPICS / PER_REQUEST)
  expectBounded(before)
})

test('listed, and described page by page', async () => {
  const before = residentBytes(node.pid)
  const neighbour = new Neighbour()
  const listed = await client.request(metadata, 12, { topics: null })
  expect(new Set(listed.topics.map(({ name }) => name))).toEqual(new Set([...ALL, 'neighbour']))
  expect(listed.topics.every(({ partitions }) => partitions.length === 1)).toBe(true)

  const described: (string | null)[] = []
  let cursor: { topicName: string; partitionIndex: number } | null = null
  do {
    const page: Awaited<ReturnType<typeof describePage>> = await describePage(cursor)
    expect(page.topics.length).toBeLessThanOrEqual(2000)
    described.push(...page.topics.map(({ name }) => name))
    cursor = page.nextCursor
  } while (cursor)
  expect(described).toEqual(['neighbour', ...ALL])

  const { results } = await client.request(describeLogDirs, 4, { topics: null })
  expect(only(results).topics).toHaveLength(TOPICS + 1)
  expect(await neighbour.stop()).toBeGreaterThan(0)
  expectBounded(before)
})

function describePage(cursor: { topicName: string; partitionIndex: number } | null) {
  return client.request(describeTopicPartitions, 0, { topics: [], cursor })
}

interface Wish {
  readonly topic: string
  readonly fetchOffset: number
}

test('read in one session', async () => {
  const before = residentBytes(node.pid)
  const ask = (session: readonly [id: number, epoch: number], wishes: readonly Wish[]) =>
    client.request(fetch, 12, {
      maxWaitMs: 10_000,
      minBytes: session[1] > 0 ? 1 : 0,
      sessionId: session[0],
      sessionEpoch: session[1],
      topics: wishes.map(({ topic, fetchOffset }) => ({
        topic,
        partitions: [{ partition: 0, fetchOffset, partitionMaxBytes: MIB }],
      })),
    })
  const full = await ask(
    [0, 0],
    ALL.map((topic) => ({ topic, fetchOffset: 0 })),
  )
  expect([full.sessionId > 0, full.responses.length]).toEqual([true, TOPICS])
  await using writer = await Client.connect(node.address)
  let read: readonly Wish[] = []
  for (let epoch = 1; epoch <= 20; epoch += 1) {
    const topic = nameOf(epoch * 17)
    const waits = ask([full.sessionId, epoch], read)
    await produceBatch(writer, { topic, batch: batchOf('s') })
    expect((await waits).responses.map((response) => response.topic)).toEqual([topic])
    read = [{ topic, fetchOffset: 1 }]
  }
  expectBounded(before, 100)
})

test('there after a restart, as they were', async () => {
  await client.close()
  expect((await node.stop(120_000)).code).toBe(0)
  await start()
  const before = residentBytes(node.pid)
  const listed = await client.request(metadata, 12, { topics: null })
  expect(listed.topics).toHaveLength(TOPICS + 1)
  expect(listed.topics.every(({ errorCode }) => errorCode === 0)).toBe(true)
  for (const index of [0, 17, 340, TOPICS - 1])
    expect(await readPartition(client, { topic: nameOf(index) })).toHaveLength(
      index > 0 && index <= 340 && index % 17 === 0 ? 1 : 0,
    )
  const produced = await produceBatch(client, { topic: nameOf(TOPICS - 1), batch: batchOf('x') })
  expect([produced.errorCode, produced.baseOffset]).toEqual([0, 0])
  expectBounded(before)
})
