/**
 * Goal: replicas become their leader's copy whatever happened in between, and a leader takes a
 * follower's word only where it counts.
 * Method: a cluster of three real brokers on real files in this process; logs are compared byte for
 * byte. For what a well-behaved follower never says, a raw client plays one that is down.
 */
import assert from 'node:assert'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cluster } from '../../src/embed/api.ts'
import { startCluster } from '../../src/index.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { fetch as fetchApi } from '../../src/wire/apis/01-fetch.ts'
import { deleteRecords } from '../../src/wire/apis/21-delete-records.ts'
import { errors } from '../../src/wire/errors.ts'
import { listOffset, only, produceBatch, readPartition, topicMetadata } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'

const batchOf = (...sizes: readonly number[]) =>
  buildBatch({
    records: sizes.map((size) => ({ value: new Uint8Array(size), timestampMs: 1_000 })),
  })

describe('a cluster of three', () => {
  let directory: TempDir
  let cluster: Cluster

  beforeAll(async () => {
    directory = await tempDir()
    cluster = await startCluster({ directory: directory.path })
  })

  afterAll(async () => {
    await cluster.stop()
    await directory[Symbol.asyncDispose]()
  })

  async function produce(topic: string, acks: number, batch = batchOf(10), to?: number) {
    const leader = to === undefined ? await cluster.leaderOf(topic, 0) : cluster.broker(to)
    await using client = await Client.connect(leader)
    return await produceBatch(client, { topic, batch, acks })
  }

  const logOf = (broker: number, topic: string) =>
    readFileSync(join(directory.path, String(broker), `${topic}-0`, `${'0'.repeat(20)}.log`))

  async function expectCopies(topic: string): Promise<void> {
    await cluster.caughtUp(topic)
    // Acknowledged by all who are in sync.
    expect((await produce(topic, -1)).errorCode).toBe(errors.NONE)
    const logs = [1, 2, 3].map((id) => logOf(id, topic).toString('hex'))
    expect(logs[1] === logs[0] && logs[2] === logs[0]).toBe(true)
  }

  test('a replica that was away catches up', async () => {
    await cluster.createTopic('away', { config: { 'min.insync.replicas': 2 } })
    const leader = await cluster.leaderOf('away', 0)
    const follower = cluster.broker((leader.id % 3) + 1)
    await produce('away', -1)
    await follower.kill()
    for (let count = 0; count < 12; count += 1)
      expect((await produce('away', -1, batchOf(500_000, 400_000))).errorCode).toBe(errors.NONE)
    await follower.restart()
    await expectCopies('away')
  })

  test('what only an old leader has goes when it comes back', async () => {
    await cluster.createTopic('parted')
    await produce('parted', -1)
    const old = await cluster.leaderOf('parted', 0)
    const others = cluster.brokers.filter(({ id }) => id !== old.id)
    await Promise.all(others.map((broker) => broker.kill()))
    // Nobody is left who could tell it that it follows nobody any more.
    const lonely = await produce('parted', 1, batchOf(10, 10, 10), old.id)
    expect(lonely.errorCode).toBe(errors.NONE)
    await old.kill()
    await Promise.all(others.map((broker) => broker.restart()))
    await cluster.isr('parted', 0, 2)
    expect((await produce('parted', -1)).errorCode).toBe(errors.NONE)
    await old.restart()
    await expectCopies('parted')
    await using client = await Client.connect(await cluster.leaderOf('parted', 0))
    expect(await readPartition(client, { topic: 'parted' })).toHaveLength(3)
  })

  test('what was reported deleted does not come back with another leader', async () => {
    await cluster.createTopic('deleted')
    for (let count = 0; count < 5; count += 1) await produce('deleted', -1)
    const leader = await cluster.leaderOf('deleted', 0)
    await using client = await Client.connect(leader)
    const topics = [{ name: 'deleted', partitions: [{ partitionIndex: 0, offset: 3 }] }]
    const { topics: answers } = await client.request(deleteRecords, 2, {
      ...{ topics, timeoutMs: 30_000 },
    })
    expect(only(only(answers).partitions)).toMatchObject({ errorCode: 0, lowWatermark: 3 })
    await leader.kill()
    await using next = await Client.connect(await cluster.leaderOf('deleted', 0))
    expect((await listOffset(next, { topic: 'deleted', timestamp: -2 })).offset).toBe(3)
    await leader.restart()
    await expectCopies('deleted')
  })

  test('one broker after the other is restarted', async () => {
    await cluster.createTopic('known')
    for (let count = 0; count < 5; count += 1) await produce('known', -1)
    for (const broker of cluster.brokers) {
      await broker.stop()
      await broker.restart()
      await cluster.caughtUp('known')
    }
    await expectCopies('known')
  })
})

test('a follower that nothing reaches leaves the ISR, and is back when the link is whole', async () => {
  await using cluster = await startCluster({
    links: true,
    topics: { cut: 1 },
    config: { 'replica.lag.time.max.ms': 1_000, 'replica.fetch.wait.max.ms': 200 },
  })
  const [leader, controller] = [await cluster.leaderOf('cut', 0), await cluster.controller()]
  const follower = cluster.brokers.find(({ id }) => id !== leader.id && id !== controller.id)
  assert(follower)
  await using client = await Client.connect(leader)
  cluster.cut(leader, follower)
  const { errorCode } = await produceBatch(client, { topic: 'cut', batch: batchOf(10) })
  expect(errorCode).toBe(errors.NONE)
  expect(await cluster.isr('cut', 0, 2)).not.toContain(follower.id)
  await cluster.heal()
  await cluster.caughtUp('cut')
})

describe('a raw client that plays a follower', () => {
  const topic = 'played'
  let cluster: Cluster
  let client: Client
  let topicId: string
  let leaderEpoch: number
  /** Who does not run, and is played. */
  let played: number

  beforeAll(async () => {
    cluster = await startCluster({ config: { 'min.insync.replicas': 1 } })
    await cluster.createTopic(topic)
    const first = await cluster.leaderOf(topic, 0)
    played = first.id
    await first.kill()
    await cluster.isr(topic, 0, 2)
    client = await Client.connect(await cluster.leaderOf(topic, 0))
    assert.equal((await produceBatch(client, { topic, batch: batchOf(10, 10) })).errorCode, 0)
    const described = await topicMetadata(client, topic, { version: 12 })
    topicId = described.topicId
    leaderEpoch = only(described.partitions).leaderEpoch
  })

  afterAll(async () => {
    await client.close()
    await cluster.stop()
  })

  interface Asked {
    readonly offset: number
    readonly lastEpoch?: number
    readonly epoch?: number
    readonly replicaId?: number
    readonly brokerEpoch?: number
    readonly waitMs?: number
    readonly session?: { readonly id: number; readonly epoch: number }
    readonly knownWatermark?: number
  }

  function ask({ offset, lastEpoch = -1, epoch = leaderEpoch, ...over }: Asked) {
    const { replicaId = played, brokerEpoch = -1, waitMs = 0, knownWatermark = -1 } = over
    const { session = { id: 0, epoch: -1 } } = over
    return client.request(fetchApi, 15, {
      ...{ replicaState: { replicaId, replicaEpoch: brokerEpoch }, maxWaitMs: waitMs },
      ...{ minBytes: 1, maxBytes: 1 << 20, isolationLevel: 0, rackId: '' },
      ...{ sessionId: session.id, sessionEpoch: session.epoch, forgottenTopicsData: [] },
      topics: [
        {
          topicId,
          partitions: [
            {
              ...{ partition: 0, currentLeaderEpoch: epoch, fetchOffset: offset },
              ...{ lastFetchedEpoch: lastEpoch, logStartOffset: 0, partitionMaxBytes: 1 << 20 },
              highWatermark: knownWatermark,
            },
          ],
        },
      ],
    })
  }

  const one = async (asked: Asked) => {
    const { errorCode, responses } = await ask(asked)
    expect(errorCode).toBe(errors.NONE)
    return only(only(responses).partitions)
  }

  test('gets records up to the end', async () => {
    const { errorCode, records, highWatermark } = await one({ offset: 0 })
    expect([errorCode, records.length > 0, highWatermark]).toEqual([errors.NONE, true, 2])
  })

  test('is fenced by its leader epoch, or waited for', async () => {
    expect((await one({ offset: 0, epoch: leaderEpoch - 1 })).errorCode).toBe(
      errors.FENCED_LEADER_EPOCH,
    )
    expect((await one({ offset: 0, epoch: leaderEpoch + 1 })).errorCode).toBe(
      errors.UNKNOWN_LEADER_EPOCH,
    )
  })

  test('is told where its log parted, before anything of the range', async () => {
    const parted = { epoch: leaderEpoch, endOffset: 2 }
    const { errorCode, divergingEpoch, records } = await one({
      ...{ offset: 1_000, lastEpoch: leaderEpoch },
    })
    expect([errorCode, divergingEpoch, records]).toEqual([errors.NONE, parted, []])
  })

  test('from beyond the end is out of range', async () => {
    expect((await one({ offset: 3 })).errorCode).toBe(errors.OFFSET_OUT_OF_RANGE)
  })

  test('with an epoch that nobody gave out is out of range', async () => {
    const { errorCode } = await one({ offset: 2, lastEpoch: leaderEpoch + 7 })
    expect(errorCode).toBe(errors.OFFSET_OUT_OF_RANGE)
  })

  test('that is no replica may not know it yet', async () => {
    expect((await one({ offset: 0, replicaId: 77 })).errorCode).toBe(errors.UNKNOWN_LEADER_EPOCH)
    expect((await one({ offset: 0, replicaId: 77, epoch: -1 })).errorCode).toBe(
      errors.NOT_LEADER_OR_FOLLOWER,
    )
  })

  test('of an earlier process is refused', async () => {
    await one({ offset: 0, brokerEpoch: 1_000_000 })
    const { errorCode } = await one({ offset: 0, brokerEpoch: 999_999 })
    expect(errorCode).toBe(errors.NOT_LEADER_OR_FOLLOWER)
  })

  test('keeps a session, and ends its wait by saying more', async () => {
    const first = await ask({ offset: 2, session: { id: 0, epoch: 0 }, knownWatermark: 2 })
    expect(first.sessionId).toBeGreaterThan(0)
    const session = { id: first.sessionId, epoch: 1 }
    const second = ask({ offset: 2, session, waitMs: 0x7fff_ffff, knownWatermark: 2 })
    const third = ask({ offset: 2 })
    expect((await second).responses).toEqual([])
    expect(only((await third).responses).partitions).toHaveLength(1)
  })

  test('is woken by a high watermark beyond the one it knows', async () => {
    const waiting = ask({ offset: 2, waitMs: 0x7fff_ffff, knownWatermark: 2 })
    await using producer = await Client.connect(await cluster.leaderOf(topic, 0))
    await produceBatch(producer, { topic, batch: batchOf(10) })
    // Records first, when they come; then how far they count.
    const { records } = only(only((await waiting).responses).partitions)
    expect(records.length).toBeGreaterThan(0)
    const { highWatermark } = await one({ offset: 3, waitMs: 0x7fff_ffff, knownWatermark: 2 })
    expect(highWatermark).toBe(3)
  })
})
