/**
 * Goal: replicas move, brokers are replaced by empty ones and are restarted one after another while
 * records are produced; no error reaches the client, and nothing acknowledged is lost or there
 * twice.
 * Method: six real brokers in this process on real files, the sixth of them no controller; kafkajs
 * asks for the moves, and produces with acks=all and its default retries.
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Kafka, logLevel, type Admin } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cluster } from '../../src/embed/api.ts'
import { startCluster } from '../../src/index.ts'
import { electLeaders } from '../../src/wire/apis/43-elect-leaders.ts'
import { alterPartitionReassignments } from '../../src/wire/apis/45-alter-partition-reassignments.ts'
import { errors } from '../../src/wire/errors.ts'
import { AcknowledgedLoad } from '../support/acknowledged-load.ts'
import { createTopic, only, topicMetadata } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { eventually } from '../support/within.ts'

const WAIT_MS = 60_000
const PARTITIONS = 3

let directory: TempDir
let cluster: Cluster
let admin: Admin

beforeAll(async () => {
  directory = await tempDir()
  cluster = await startCluster({ brokers: 6, directory: directory.path, timeoutMs: WAIT_MS })
  const brokers = cluster.bootstrapServers
  admin = new Kafka({ clientId: 'mover', brokers, logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
}, 120_000)

afterAll(async () => {
  await admin.disconnect()
  await cluster.stop()
  await directory[Symbol.asyncDispose]()
})

/** A topic whose every partition has these replicas. */
async function createOn(topic: string, replicas: number[]): Promise<void> {
  const replicaAssignment = Array.from({ length: PARTITIONS }, (_, partition) => {
    return { partition, replicas }
  })
  await admin.createTopics({ waitForLeaders: false, topics: [{ topic, replicaAssignment }] })
  await cluster.caughtUp(topic)
}

/** Every partition to these replicas; null takes back what is under way. */
async function reassign(topic: string, replicas: number[] | null): Promise<readonly number[]> {
  await using client = await Client.connect(await cluster.controller())
  const partitions = Array.from({ length: PARTITIONS }, (_, partitionIndex) => {
    return { partitionIndex, replicas }
  })
  const { responses } = await client.request(alterPartitionReassignments, 0, {
    ...{ timeoutMs: WAIT_MS, topics: [{ name: topic, partitions }] },
  })
  return only(responses).partitions.map(({ errorCode }) => errorCode)
}

const replicasOf = async (topic: string) => {
  await using client = await Client.connect(await cluster.controller())
  const { partitions } = await topicMetadata(client, topic)
  return [...partitions]
    .sort((one, other) => one.partitionIndex - other.partitionIndex)
    .map(({ replicaNodes, leaderId }) => ({ replicas: [...replicaNodes], leader: leaderId }))
}

async function untilMoved(topic: string, replicas: readonly number[]): Promise<void> {
  await eventually(WAIT_MS, `${topic} on ${replicas.join()}`, async () =>
    (await replicasOf(topic)).every((of) => of.replicas.join() === replicas.join()),
  )
  // kafkajs says `topic` in its types, and gives `name`.
  const { topics } = await admin.listPartitionReassignments({})
  expect(topics.filter((of) => 'name' in of && of.name === topic)).toEqual([])
  await cluster.caughtUp(topic)
}

async function underLoad(topic: string, work: (load: AcknowledgedLoad) => Promise<void>) {
  const load = await AcknowledgedLoad.start(cluster, { topic, partitions: PARTITIONS })
  try {
    await work(load)
    await load.rounds(2)
  } finally {
    await load.stop()
  }
  expect(await load.verify(cluster)).toBeGreaterThan(PARTITIONS)
}

describe('under load', () => {
  test('all replicas move, the leader with them', { timeout: 120_000 }, async () => {
    await createOn('moving', [1, 2, 3])
    await underLoad('moving', async (load) => {
      await admin.alterPartitionReassignments({
        topics: [
          {
            topic: 'moving',
            partitionAssignment: Array.from({ length: PARTITIONS }, (_, partition) => {
              return { partition, replicas: [4, 5, 6] }
            }),
          },
        ],
      })
      await untilMoved('moving', [4, 5, 6])
      await load.rounds(1)
      expect(await reassign('moving', [1, 5])).toEqual([0, 0, 0])
      await untilMoved('moving', [1, 5])
    })
    for (const { leader } of await replicasOf('moving')) expect([1, 5]).toContain(leader)
  })

  test(
    'a move to a broker that is down waits, and is taken back',
    { timeout: 120_000 },
    async () => {
      await createOn('waiting', [1, 2, 3])
      await cluster.broker(6).kill()
      await underLoad('waiting', async (load) => {
        expect(await reassign('waiting', [6, 2, 3])).toEqual([0, 0, 0])
        await load.rounds(1)
        const { topics } = await admin.listPartitionReassignments({})
        expect(topics).toMatchObject([{ name: 'waiting' }])
        expect([...only(topics).partitions].map(({ addingReplicas }) => addingReplicas)).toEqual(
          Array(PARTITIONS).fill([6]),
        )
        expect(await reassign('waiting', null)).toEqual([0, 0, 0])
        expect(await reassign('waiting', null)).toEqual(
          Array(PARTITIONS).fill(errors.NO_REASSIGNMENT_IN_PROGRESS),
        )
        await untilMoved('waiting', [2, 3, 1])
        expect(await reassign('waiting', [6, 2, 3])).toEqual([0, 0, 0])
        await cluster.broker(6).restart()
        await untilMoved('waiting', [6, 2, 3])
      })
    },
  )

  test('a broker comes back with an empty disk', { timeout: 120_000 }, async () => {
    await createOn('replaced', [6, 1, 2])
    await underLoad('replaced', async (load) => {
      await cluster.broker(6).kill()
      rmSync(join(directory.path, '6'), { recursive: true })
      await load.rounds(3)
      await cluster.broker(6).restart()
      await cluster.caughtUp('replaced')
    })
    // It leads again soon, without anybody asking for it.
    for (let partition = 0; partition < PARTITIONS; partition += 1)
      await eventually(WAIT_MS, 'the preferred leader leads', async () => {
        const { id } = await cluster.leaderOf('replaced', partition)
        return id === 6
      })
  })

  test('brokers are restarted one after another', { timeout: 180_000 }, async () => {
    await createOn('rolling', [1, 2, 3])
    await underLoad('rolling', async (load) => {
      for (const id of [1, 2, 3]) {
        await cluster.broker(id).stop()
        await load.rounds(1)
        await cluster.broker(id).restart()
        await cluster.caughtUp('rolling')
      }
    })
  })
})

test('the preferred leader is elected when somebody asks for it', async () => {
  await using client = await Client.connect(await cluster.controller())
  await createTopic(client, 'asked', { replicationFactor: 3 })
  await cluster.caughtUp('asked')
  const { replicas } = only(await replicasOf('asked'))
  const topicPartitions = [{ topic: 'asked', partitions: [0] }]
  const elect = async () => {
    const request = { electionType: 0, topicPartitions, timeoutMs: WAIT_MS }
    const { replicaElectionResults } = await client.request(electLeaders, 2, request)
    return only(only(replicaElectionResults).partitionResult).errorCode
  }
  expect(await elect()).toBe(errors.ELECTION_NOT_NEEDED)
  const [first = 0, second = 0, third = 0] = replicas
  await admin.alterPartitionReassignments({
    topics: [
      { topic: 'asked', partitionAssignment: [{ partition: 0, replicas: [second, first, third] }] },
    ],
  })
  // Only in another order: at once, and with the leader that there was.
  expect(only(await replicasOf('asked')).replicas).toEqual([second, first, third])
  expect(await elect()).toBe(errors.NONE)
  expect(only(await replicasOf('asked')).leader).toBe(second)
})
