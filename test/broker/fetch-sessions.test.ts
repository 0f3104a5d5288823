// Goal: fetch sessions (KIP-227) and topic ids (KIP-516) over a real socket, answer for answer as
// Kafka gives them: full, incremental, ended, mistaken; while topics go and come.
// Method: a client that keeps a session by hand; waits that only an event can end.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildBatch } from '../../src/records/builder.ts'
import { apiVersions } from '../../src/wire/apis/18-api-versions.ts'
import { fetch } from '../../src/wire/apis/01-fetch.ts'
import {
  createTopic,
  deleteTopic,
  FOR_EVER_MS,
  only,
  produceBatch,
  topicMetadata,
} from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'
import { within } from '../support/within.ts'

const UNKNOWN_ID = 'qqqqqqqqqqqqqqqqqqqqqg'

let node: LocalNode
let client: Client
let other: Client
let topic: string
let topics = 0
beforeAll(async () => {
  node = await LocalNode.start()
  client = await node.connect()
  other = await node.connect()
})
afterAll(() => node[Symbol.asyncDispose]())
beforeEach(async () => {
  topic = `sessions-${(topics += 1)}`
  await createTopic(other, topic, { partitions: 3 })
})

const append = (partition: number, name = topic) =>
  produceBatch(other, {
    topic: name,
    partition,
    batch: buildBatch({ records: [{ value: new Uint8Array(100) }] }),
  })

/** A round trip on another connection: the broker has had its turn with what came before. */
const turn = () =>
  other.request(apiVersions, 3, { clientSoftwareName: 't', clientSoftwareVersion: '1' })

interface Asked {
  readonly partition: number
  readonly fetchOffset?: number
  readonly currentLeaderEpoch?: number
}

/** Topics by name, as the versions up to 12 have them; by id from 13 on. */
interface Asking {
  readonly session?: readonly [id: number, epoch: number]
  readonly want?: readonly Asked[]
  readonly forget?: readonly number[]
  readonly named?: { readonly topic?: string; readonly topicId?: string }
  readonly maxWaitMs?: number
  readonly minBytes?: number
  readonly maxBytes?: number
  readonly version?: number
  readonly on?: Client
  readonly replicaId?: number
}

async function ask({
  session: [sessionId, sessionEpoch] = [0, -1],
  want = [],
  forget = [],
  named = { topic },
  maxWaitMs = 0,
  minBytes = 1,
  maxBytes = 1 << 20,
  version = 12,
  on = client,
  replicaId = -1,
}: Asking) {
  const { responses, ...head } = await on.request(fetch, version, {
    ...(version < 15 ? { replicaId } : { replicaState: { replicaId, replicaEpoch: -1 } }),
    maxWaitMs,
    minBytes,
    maxBytes,
    isolationLevel: 0,
    sessionId,
    sessionEpoch,
    topics: want.length === 0 ? [] : [{ ...named, partitions: want.map(wished) }],
    forgottenTopicsData: forget.length === 0 ? [] : [{ ...named, partitions: forget }],
    rackId: '',
  })
  return {
    ...head,
    topics: responses,
    partitions: responses.flatMap(({ partitions }) =>
      partitions.map(({ partitionIndex, errorCode, highWatermark, records }) => [
        partitionIndex,
        errorCode,
        highWatermark,
        records.length > 0,
      ]),
    ),
  }
}

function wished({ partition, fetchOffset = 0, currentLeaderEpoch = -1 }: Asked) {
  return {
    partition,
    currentLeaderEpoch,
    fetchOffset,
    lastFetchedEpoch: -1,
    logStartOffset: -1,
    partitionMaxBytes: 1 << 20,
  }
}

const ALL = [{ partition: 0 }, { partition: 1 }, { partition: 2 }]

/** A new session over all three partitions; its id. */
async function begin(asking: Asking = {}): Promise<number> {
  const { sessionId, errorCode } = await ask({ session: [0, 0], want: ALL, ...asking })
  expect([errorCode, sessionId > 0]).toEqual([0, true])
  return sessionId
}

describe('a session', () => {
  test.each([7, 8, 9, 10, 11, 12])('v%i: full once, then news only', async (version) => {
    const first = await ask({ session: [0, 0], want: ALL, version })
    expect(first.partitions).toEqual([0, 1, 2].map((partition) => [partition, 0, 0, false]))
    const { sessionId } = first
    expect(sessionId).toBeGreaterThan(0)

    expect(await ask({ session: [sessionId, 1], version })).toMatchObject({
      errorCode: 0,
      sessionId,
      topics: [],
    })
    await append(1)
    const news = await ask({ session: [sessionId, 2], version })
    expect(news.partitions).toEqual([[1, 0, 1, true]])
    const want = [{ partition: 1, fetchOffset: 1 }]
    expect((await ask({ session: [sessionId, 3], want, version })).partitions).toEqual([])
  })

  test('takes in partitions and forgets them', async () => {
    const id = await begin({ want: [{ partition: 0 }] })
    const grown = await ask({ session: [id, 1], want: [{ partition: 2 }] })
    expect(grown.partitions).toEqual([[2, 0, 0, false]])
    await ask({ session: [id, 2], forget: [0] })
    await append(0)
    await append(2)
    expect((await ask({ session: [id, 3] })).partitions).toEqual([[2, 0, 1, true]])
  })

  test('is over when nothing is left in it', async () => {
    const id = await begin({ want: [{ partition: 0 }] })
    expect(await ask({ session: [id, 1], forget: [0] })).toMatchObject({
      errorCode: 0,
      sessionId: 0,
    })
    expect((await ask({ session: [id, 2] })).errorCode).toBe(70)
  })

  test('is woken by a partition that no request named again', async () => {
    const id = await begin()
    await ask({ session: [id, 1] })
    const waits = ask({ session: [id, 2], maxWaitMs: FOR_EVER_MS })
    await turn()
    expect(client.pendingCount).toBe(1)
    await append(2)
    const { partitions } = await within(10_000, 'the fetch to be woken', waits)
    expect(partitions).toEqual([[2, 0, 1, true]])
  })

  test('may be used from any connection', async () => {
    const id = await begin()
    await append(0)
    const third = await node.connect()
    expect((await ask({ session: [id, 1], on: third })).partitions).toEqual([[0, 0, 1, true]])
    await client.close()
    client = await node.connect()
    expect((await ask({ session: [id, 2] })).errorCode).toBe(0)
  })

  test('shares its bytes fairly', async () => {
    const id = await begin()
    for (const partition of [0, 1, 2]) await append(partition)
    const served: unknown[] = []
    for (let epoch = 1; epoch <= 4; epoch += 1) {
      const { partitions } = await ask({ session: [id, epoch], maxBytes: 1 })
      served.push(...partitions.filter(([, , , some]) => some).map(([index]) => index))
    }
    expect(served).toEqual([0, 1, 2, 0])
  })
})

describe('a mistake', () => {
  test('an unknown session: 70, and nothing else', async () => {
    const refused = await ask({ session: [12345, 3], want: ALL })
    expect(refused).toMatchObject({ errorCode: 70, sessionId: 0, topics: [] })
    expect((await ask({ session: [0, 3], want: ALL })).errorCode).toBe(70)
  })

  test('another epoch: 71, and the session goes on', async () => {
    const id = await begin()
    for (const epoch of [2, -2, 0x7fff_ffff])
      expect(await ask({ session: [id, epoch] })).toMatchObject({ errorCode: 71, topics: [] })
    expect((await ask({ session: [id, 1] })).errorCode).toBe(0)
    expect((await ask({ session: [id, 1] })).errorCode).toBe(71)
  })

  test('ids in a session of names, and the other way round: 106', async () => {
    const { topicId } = await topicMetadata(other, topic, { version: 12 })
    const byName = await begin()
    const byId = await begin({ named: { topicId }, version: 13 })
    expect((await ask({ session: [byName, 1], version: 13 })).errorCode).toBe(106)
    expect((await ask({ session: [byId, 1], version: 12 })).errorCode).toBe(106)
    expect((await ask({ session: [byId, 1], version: 13 })).errorCode).toBe(0)
  })

  test('a partition that is not there is told of each time, and creates nothing', async () => {
    const id = await begin({ want: [{ partition: 0 }, { partition: 7 }] })
    for (const epoch of [1, 2])
      expect((await ask({ session: [id, epoch], maxWaitMs: FOR_EVER_MS })).partitions).toEqual([
        [7, 3, -1, false],
      ])
  })
})

describe('an end', () => {
  test('by (x, -1), which is answered in full and without a session', async () => {
    const id = await begin()
    const last = await ask({ session: [id, -1], want: ALL })
    expect([last.sessionId, last.partitions.length]).toEqual([0, 3])
    expect((await ask({ session: [id, 1] })).errorCode).toBe(70)
  })

  test('by (x, 0), which begins another', async () => {
    const id = await begin()
    const next = await ask({ session: [id, 0], want: ALL })
    expect([next.sessionId > 0, next.sessionId === id]).toEqual([true, false])
    expect((await ask({ session: [id, 1] })).errorCode).toBe(70)
    expect((await ask({ session: [next.sessionId, 1] })).errorCode).toBe(0)
  })

  test('of a session that waits: told at once', async () => {
    const id = await begin()
    await ask({ session: [id, 1] })
    const waits = ask({ session: [id, 2], maxWaitMs: FOR_EVER_MS })
    await turn()
    await ask({ session: [id, -1], want: ALL, on: other })
    expect((await within(10_000, 'the end', waits)).errorCode).toBe(70)
  })

  test('of a wait, when the session goes on from elsewhere', async () => {
    const id = await begin()
    await ask({ session: [id, 1] })
    const waits = ask({ session: [id, 2], maxWaitMs: FOR_EVER_MS })
    await turn()
    const next = await ask({ session: [id, 3], on: other })
    expect(next.errorCode).toBe(0)
    expect(await within(10_000, 'the end', waits)).toMatchObject({ errorCode: 71, topics: [] })
    await append(0)
    expect((await ask({ session: [id, 4] })).partitions).toEqual([[0, 0, 1, true]])
  })
})

describe('while topics go and come', () => {
  test('a wait ends when its topic goes, and goes on with the next of its name', async () => {
    const id = await begin()
    await ask({ session: [id, 1] })
    const waits = ask({ session: [id, 2], maxWaitMs: FOR_EVER_MS })
    await turn()
    expect(await deleteTopic(other, topic)).toBe(0)
    const ended = await within(10_000, 'the end', waits)
    expect(ended.partitions.length).toBeGreaterThan(0)
    for (const [, errorCode] of ended.partitions) expect([3, 6]).toContain(errorCode)
    const gone = await ask({ session: [id, 3] })
    expect(gone.partitions).toEqual([0, 1, 2].map((partition) => [partition, 3, -1, false]))

    await createTopic(other, topic, { partitions: 3 })
    await append(1)
    const { partitions } = await ask({ session: [id, 4] })
    expect(partitions.map(([index, ...rest]) => [index, rest]).sort()).toEqual([
      [0, [0, 0, false]],
      [1, [0, 1, true]],
      [2, [0, 0, false]],
    ])
  })

  test('an id never means the next topic of the name', async () => {
    const { topicId } = await topicMetadata(other, topic, { version: 12 })
    const named = { topicId }
    const id = await begin({ named, version: 13 })
    await ask({ session: [id, 1], version: 13 })
    await deleteTopic(other, topic)
    await createTopic(other, topic, { partitions: 3 })
    await append(0)
    for (const epoch of [2, 3]) {
      const { partitions } = await ask({ session: [id, epoch], version: 13 })
      expect(partitions).toEqual([0, 1, 2].map((partition) => [partition, 100, -1, false]))
    }
    const sessionless = await ask({ named, want: [{ partition: 0 }], version: 13 })
    expect(sessionless.partitions).toEqual([[0, 100, -1, false]])
  })

  test('a restart forgets sessions', async () => {
    const id = await begin()
    await node.restart()
    client = await node.connect()
    other = await node.connect()
    expect((await ask({ session: [id, 1] })).errorCode).toBe(70)
  })
})

describe('topic ids', () => {
  test.each([13, 14, 15, 16])('v%i reads by id, and answers with it', async (version) => {
    await append(0)
    const { topicId } = await topicMetadata(other, topic, { version: 12 })
    const answer = await ask({ named: { topicId }, want: ALL, version })
    expect(answer.partitions).toEqual([
      [0, 0, 1, true],
      [1, 0, 0, false],
      [2, 0, 0, false],
    ])
    expect(only(answer.topics).topicId).toBe(topicId)
  })

  test('an unknown id: 100, each partition, at once', async () => {
    const answer = await ask({
      named: { topicId: UNKNOWN_ID },
      want: [{ partition: 0 }, { partition: 1 }],
      version: 16,
      maxWaitMs: FOR_EVER_MS,
    })
    expect(answer.partitions).toEqual([
      [0, 100, -1, false],
      [1, 100, -1, false],
    ])
    expect(only(answer.topics).topicId).toBe(UNKNOWN_ID)
  })

  test('a known id without such a partition: 3', async () => {
    const { topicId } = await topicMetadata(other, topic, { version: 12 })
    const answer = await ask({ named: { topicId }, want: [{ partition: 9 }], version: 13 })
    expect(answer.partitions).toEqual([[9, 3, -1, false]])
  })
})

describe('who leads', () => {
  const leaderOf = (answer: Awaited<ReturnType<typeof ask>>) => [
    only(only(answer.topics).partitions).currentLeader.leaderId,
    answer.nodeEndpoints.map(({ nodeId, host, port }) => [nodeId, host, port]),
  ]

  test.each([12, 15, 16])('a broker that is none is refused (v%i)', async (version) => {
    const { topicId } = await topicMetadata(other, topic, { version: 12 })
    const answer = await ask({
      named: version < 13 ? { topic } : { topicId },
      want: [{ partition: 0 }],
      version,
      replicaId: 5,
      maxWaitMs: FOR_EVER_MS,
    })
    expect(answer.partitions).toEqual([[0, 6, -1, false]])
    const { host, port } = node.address
    expect(leaderOf(answer)).toEqual(version < 16 ? [-1, []] : [1, [[1, host, port]]])
  })

  test('an epoch that has passed is answered with the present one (v16)', async () => {
    await node.restart()
    client = await node.connect()
    other = await node.connect()
    const { topicId } = await topicMetadata(other, topic, { version: 12 })
    const want = [{ partition: 0, currentLeaderEpoch: 0 }]
    const answer = await ask({ named: { topicId }, want, version: 16 })
    expect(answer.partitions).toEqual([[0, 74, -1, false]])
    const { currentLeader } = only(only(answer.topics).partitions)
    expect([currentLeader.leaderId, currentLeader.leaderEpoch > 0]).toEqual([1, true])
    const unmoved = await ask({ named: { topicId }, want: [{ partition: 0 }], version: 16 })
    expect(leaderOf(unmoved)).toEqual([-1, []])
  })
})

describe('a name that no topic can have', () => {
  const named = { topic: 'n'.repeat(250) }
  const want = [{ partition: 0 }]

  test('is answered with its error, in full each time, and never kept', async () => {
    for (let count = 0; count < 2; count += 1) {
      const answer = await ask({ session: [0, 0], want, named })
      expect(answer).toMatchObject({ errorCode: 0, sessionId: 0, partitions: [[0, 3, -1, false]] })
    }
  })

  test('ends the session that should take it in', async () => {
    const id = await begin()
    expect((await ask({ session: [id, 1], want, named })).errorCode).toBe(70)
    expect((await ask({ session: [id, 2] })).errorCode).toBe(70)
  })
})

test('beyond the slots a fetch is full and has no session', async () => {
  await node.restart({ 'max.incremental.fetch.session.cache.slots': 2 })
  client = await node.connect()
  other = await node.connect()
  const ids = [await begin(), await begin()]
  const third = await ask({ session: [0, 0], want: ALL })
  expect([third.errorCode, third.sessionId, third.partitions.length]).toEqual([0, 0, 3])
  for (const id of ids) expect((await ask({ session: [id, 1] })).errorCode).toBe(0)
  await ask({ session: [ids[0] ?? 0, -1] })
  await begin()
})
