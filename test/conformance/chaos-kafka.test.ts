// Goal: a node of Apache Kafka is killed and ended by what chaos does, and comes back on its data,
// behind the same port. Method: one node of what Maven has; skipped aloud without it or without
// Java.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { kafkaClassPath } from '../../bench/peers/maven.ts'
import { KafkaCluster } from '../../src/chaos/cluster/kafka-cluster.ts'
import type { NodeNews } from '../../src/chaos/cluster/target.ts'
import { createTopic } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { metadata } from '../../src/wire/apis/03-metadata.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'

const TOPIC = 'orders'
const TIME = { timeout: 180_000 }
const classPath = kafkaClassPath()
const missing = 'missing' in classPath ? classPath.missing : null
const news: NodeNews[] = []
let directory: TempDir
let kafka: KafkaCluster

beforeAll(async () => {
  if (!('found' in classPath)) return
  directory = await tempDir('lograft-chaos-kafka')
  const one = { directory: directory.path, classPath: classPath.found, brokers: 1 }
  kafka = await KafkaCluster.start(one)
  kafka.onNews((told) => news.push(told))
  await using client = await Client.connect(door())
  await createTopic(client, TOPIC, { partitions: 3, replicationFactor: 1 })
}, TIME.timeout)
afterAll(async () => {
  if (missing !== null) return
  await kafka[Symbol.asyncDispose]()
  await directory[Symbol.asyncDispose]()
})

function door() {
  const [address] = kafka.bootstrap
  if (!address) throw new Error('it has no broker')
  return address
}

async function partitions(): Promise<number> {
  await using client = await Client.connect(door())
  const { topics } = await client.request(metadata, 9, {
    topics: [{ name: TOPIC }],
    allowAutoTopicCreation: false,
    includeClusterAuthorizedOperations: false,
    includeTopicAuthorizedOperations: false,
  })
  return topics[0]?.partitions.length ?? 0
}

test.for(['SIGKILL', 'SIGTERM'] as const)(
  'after %s it starts again',
  TIME,
  async (signal, context) => {
    if (missing !== null) return context.skip(missing)
    const { pid, kafka: before } = kafka.node(1)
    await kafka.signal(1, signal)
    await kafka.heal()
    expect(kafka.node(1)).toMatchObject({ isRunning: true, isPaused: false, kafka: before })
    expect(kafka.node(1).pid).not.toBe(pid)
    expect(await partitions()).toBe(3)
    expect(news.some(({ isUnasked }) => isUnasked)).toBe(false)
  },
)
