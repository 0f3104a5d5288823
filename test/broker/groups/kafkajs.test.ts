// Goal: unmodified consumers share a topic: each partition is one's, all records are read, and
// whoever comes back goes on where its group was; also after the coordinator was restarted, and
// when it is killed in the middle. Method: kafkajs, against one node and a cluster of three.
import { Kafka, logLevel } from 'kafkajs'
import { afterEach, describe, expect, test } from 'vitest'
import type { Cluster } from '../../../src/index.ts'
import { startCluster } from '../../../src/index.ts'
import { partitionForGroup } from '../../../src/coordinator/offsets-topic.ts'
import { GroupMember } from '../../support/kafkajs-group.ts'
import { connectKafkajs, withProducer } from '../../support/kafkajs.ts'
import { LocalNode } from '../../support/local-node.ts'
import { eventually } from '../../support/within.ts'

const OFFSETS_PARTITIONS = 4
const SET = {
  'offsets.topic.num.partitions': OFFSETS_PARTITIONS,
  'group.initial.rebalance.delay.ms': 100,
}
const TOPIC = 'orders'
const WAIT_MS = 60_000

const kafkaAt = (brokers: readonly string[]) =>
  new Kafka({
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 20 },
  })

function produce(kafka: Kafka, values: readonly string[], partitions = 1): Promise<unknown> {
  return withProducer(kafka, { idempotent: true }, (producer) =>
    producer.send({
      topic: TOPIC,
      acks: -1,
      messages: values.map((value, index) => ({ value, partition: index % partitions })),
    }),
  )
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `value ${from + index}`)

async function createTopic(kafka: Kafka, numPartitions: number): Promise<void> {
  const admin = kafka.admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic: TOPIC, numPartitions }], waitForLeaders: true })
  await admin.disconnect()
}

/** What is committed, by partition. This admin does not look for another coordinator by itself. */
async function committed(kafka: Kafka, groupId: string) {
  const admin = kafka.admin()
  await admin.connect()
  try {
    const offsets = await eventually(WAIT_MS, 'an answer of a coordinator', () =>
      admin.fetchOffsets({ groupId, topics: [TOPIC] }).catch((thrown: { type?: string }) => {
        if (!/COORDINATOR/.test(thrown.type ?? '')) throw thrown
        return null
      }),
    )
    return offsets[0]?.partitions.map(({ partition, offset }) => [partition, Number(offset)]) ?? []
  } finally {
    await admin.disconnect()
  }
}

describe('one node', () => {
  test('a consumer that comes back goes on where it was, also after a restart', async () => {
    await using node = await LocalNode.start({ set: SET })
    const { host, port } = node.address
    const kafka = connectKafkajs(`${host}:${port}`)
    await createTopic(kafka, 1)
    await produce(kafka, numbered(0, 10))
    const of = { groupId: 'readers', topic: TOPIC }
    {
      await using first = await GroupMember.join(kafka, of)
      expect(await first.hasRead(10)).toEqual(numbered(0, 10))
    }
    expect(await committed(kafka, 'readers')).toEqual([[0, 10]])
    await produce(kafka, numbered(10, 15))
    {
      await using second = await GroupMember.join(kafka, of)
      expect(await second.hasRead(5)).toEqual(numbered(10, 15))
    }
    await node.restart({ listeners: `PLAINTEXT://127.0.0.1:${port}` })
    await produce(kafka, numbered(15, 20))
    await using third = await GroupMember.join(kafka, of)
    expect(await third.hasRead(5)).toEqual(numbered(15, 20))
  })

  test('three members share six partitions, and go on as two when one leaves', async () => {
    await using node = await LocalNode.start({ set: SET })
    const kafka = connectKafkajs(`${node.address.host}:${node.address.port}`)
    await createTopic(kafka, 6)
    const members = await Promise.all(
      [1, 2, 3].map(() => GroupMember.join(kafka, { groupId: 'three', topic: TOPIC })),
    )
    const has = (count: number) => (member: GroupMember) =>
      member.until(`${count} partitions`, ({ partitions }) => partitions.length === count)
    await Promise.all(members.map(has(2)))
    expect(members.flatMap(({ partitions }) => partitions).sort()).toEqual([0, 1, 2, 3, 4, 5])
    await produce(kafka, numbered(0, 60), 6)
    await Promise.all(members.map((member) => member.hasRead(20)))

    const [leaving, ...staying] = members as [GroupMember, GroupMember, GroupMember]
    await leaving.leave()
    await Promise.all(staying.map(has(3)))
    expect(staying.flatMap(({ partitions }) => partitions).sort()).toEqual([0, 1, 2, 3, 4, 5])
    await produce(kafka, numbered(60, 120), 6)
    await Promise.all(staying.map((member) => member.hasRead(50)))
    const all = members.flatMap(({ read }) => read.map(({ value }) => value))
    expect(new Set(all)).toEqual(new Set(numbered(0, 120)))
    expect(all).toHaveLength(120)
    await Promise.all(members.map((member) => member.leave()))
  })
})

describe('three brokers', () => {
  let cluster: Cluster | null = null
  afterEach(async () => {
    await cluster?.stop()
    cluster = null
  })

  test('what is committed outlives the coordinator, and its members go on', async () => {
    cluster = await startCluster({ config: SET, topics: { [TOPIC]: 3 } })
    const kafka = kafkaAt(cluster.bootstrapServers)
    const of = { groupId: 'survivors', topic: TOPIC }
    await produce(kafka, numbered(0, 30), 3)
    await using member = await GroupMember.join(kafka, of)
    await member.hasRead(30)
    await member.consumer.commitOffsets(
      [0, 1, 2].map((partition) => ({ topic: TOPIC, partition, offset: '10' })),
    )
    const index = partitionForGroup(of.groupId, OFFSETS_PARTITIONS)
    const coordinator = await cluster.leaderOf('__consumer_offsets', index)
    expect(await cluster.isr('__consumer_offsets', index, 3)).toHaveLength(3)
    await coordinator.kill()
    const next = await cluster.leaderOf('__consumer_offsets', index)
    expect(next.id).not.toBe(coordinator.id)

    const others = cluster.brokers.filter(({ id }) => id !== coordinator.id)
    const alive = kafkaAt(others.map(({ address }) => address))
    expect(await committed(alive, of.groupId)).toEqual([0, 1, 2].map((each) => [each, 10]))
    await produce(alive, numbered(30, 60), 3)
    await member.until('all records', ({ read }) => {
      const values = new Set(read.map(({ value }) => value))
      return numbered(0, 60).every((value) => values.has(value))
    })
    // It commits after each batch, and again when that failed for want of a coordinator.
    await eventually(WAIT_MS, 'a commit of all records', async () => {
      return (await committed(alive, of.groupId)).every(([, offset]) => offset === 20)
    })
    await member.leave()

    await Promise.all(cluster.brokers.map((broker) => broker.kill()))
    await Promise.all(cluster.brokers.map((broker) => broker.restart()))
    expect(await committed(kafka, of.groupId)).toEqual([0, 1, 2].map((each) => [each, 20]))
  })
})
