// Goal: kafkajs 2.2, unmodified: all of its admin that does not concern groups or ACLs. That
// replicas do move is test/broker/reassignment.test.ts.
// Method: a real node; values are compared, refusals by Kafka's name. A recorder in between knows
// which versions are sent.
import { AclResourceTypes, ConfigResourceTypes, ConfigSource } from 'kafkajs'
import type { Admin, Kafka } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPartition, text } from '../support/calls.ts'
import { connectKafkajs, refusal, withProducer } from '../support/kafkajs.ts'
import { prepareNode } from '../support/foreign-client.ts'
import { negotiated, startRecordedNode, type RecordedNode } from '../support/recorded-node.ts'
import { useGroupOfOne } from './group-of-one.ts'

const BEGIN_MS = 1_690_000_000_000

let recorded: RecordedNode
let kafka: Kafka
let admin: Admin
beforeAll(async () => {
  recorded = await startRecordedNode({ 'num.partitions': 2 })
  kafka = connectKafkajs(recorded.bootstrap)
  admin = kafka.admin()
  await admin.connect()
})
afterAll(async () => {
  await admin.disconnect()
  await recorded[Symbol.asyncDispose]()
})

test('createTopics: with configs, with an assignment, waiting for leaders', async () => {
  const created = await admin.createTopics({
    waitForLeaders: true,
    topics: [
      {
        topic: 'configured',
        numPartitions: 3,
        replicationFactor: 1,
        configEntries: [{ name: 'retention.ms', value: '60000' }],
      },
      {
        topic: 'assigned',
        replicaAssignment: [
          { partition: 0, replicas: [1] },
          { partition: 1, replicas: [1] },
        ],
      },
    ],
  })
  expect(created).toBe(true)
  const { topics } = await admin.fetchTopicMetadata({ topics: ['configured', 'assigned'] })
  // kafkajs asks for topics in a random order.
  const partitionsOf = (name: string) => topics.find((topic) => topic.name === name)?.partitions
  expect(partitionsOf('configured')).toHaveLength(3)
  expect(partitionsOf('assigned')).toHaveLength(2)
  expect(partitionsOf('configured')?.[0]).toMatchObject({ leader: 1, replicas: [1], isr: [1] })
})

test('createTopics: an existing one gives false', async () => {
  expect(await admin.createTopics({ topics: [{ topic: 'configured' }] })).toBe(false)
})

test('createTopics: validateOnly creates nothing', async () => {
  // Waiting for leaders of topics that do not come to be is not what is meant.
  const onlyValidate = {
    validateOnly: true,
    waitForLeaders: false,
    topics: [{ topic: 'checked' }],
  }
  expect(await admin.createTopics(onlyValidate)).toBe(true)
  expect(await admin.listTopics()).not.toContain('checked')
})

test.each([
  ['a bad name', { topic: 'not/a/name' }, 'INVALID_TOPIC_EXCEPTION'],
  ['too many replicas', { topic: 'x', replicationFactor: 3 }, 'INVALID_REPLICATION_FACTOR'],
  ['no partitions', { topic: 'x', numPartitions: 0 }, 'INVALID_PARTITIONS'],
  [
    'a bad config',
    { topic: 'x', configEntries: [{ name: 'retention.ms', value: 'never' }] },
    'INVALID_CONFIG',
  ],
])('createTopics: %s', async (_, topic, type) => {
  expect(await refusal(admin.createTopics({ topics: [topic] }))).toBe(type)
})

test('listTopics', async () => {
  expect(await admin.listTopics()).toEqual(expect.arrayContaining(['configured', 'assigned']))
})

test('describeCluster', async () => {
  const { brokers, controller, clusterId } = await admin.describeCluster()
  expect(brokers).toEqual([{ nodeId: 1, ...recorded.recorder.address }])
  expect(controller).toBe(1)
  expect(clusterId).toMatch(/^[\w-]{22}$/)
})

test('fetchTopicOffsets and fetchTopicOffsetsByTimestamp', async () => {
  const topic = 'measured'
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] })
  await withProducer(kafka, {}, (producer) =>
    producer.send({
      topic,
      messages: Array.from({ length: 10 }, (_, index) => ({
        value: `${index}`,
        timestamp: `${BEGIN_MS + index * 100}`,
      })),
    }),
  )
  expect(await admin.fetchTopicOffsets(topic)).toEqual([
    { partition: 0, offset: '10', high: '10', low: '0' },
  ])
  const at = async (ms: number) => await admin.fetchTopicOffsetsByTimestamp(topic, BEGIN_MS + ms)
  expect(await at(450)).toEqual([{ partition: 0, offset: '5' }])
  // Nothing that late: kafkajs then asks for the end.
  expect(await at(1000)).toEqual([{ partition: 0, offset: '10' }])
})

test('fetchTopicMetadata: of an unknown topic', async () => {
  const asked = admin.fetchTopicMetadata({ topics: ['no-such-topic'] })
  expect(await refusal(asked)).toBe('UNKNOWN_TOPIC_OR_PARTITION')
})

test('deleteTopics: known and unknown', async () => {
  await admin.deleteTopics({ topics: ['assigned', 'configured'] })
  const left = await admin.listTopics()
  expect(left).not.toContain('assigned')
  expect(left).not.toContain('configured')
  const unknown = admin.deleteTopics({ topics: ['no-such-topic'] })
  expect(await refusal(unknown)).toBe('UNKNOWN_TOPIC_OR_PARTITION')
})

test('what we do not serve is refused before it is sent, not misunderstood', async () => {
  const filter = {
    resourceType: AclResourceTypes.TOPIC,
    resourceName: 'x',
    resourcePatternType: 3,
    operation: 2,
    permissionType: 3,
  }
  await expect(admin.describeAcls(filter)).rejects.toThrow('version')
  expect(recorded.recorder.newest()).not.toHaveProperty('29')
})

test('createPartitions', async () => {
  const topic = 'growing'
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] })
  const grow = (count: number, more: { validateOnly?: boolean; assignments?: number[][] } = {}) => {
    const { validateOnly = false, ...partitions } = more
    return admin.createPartitions({
      validateOnly,
      topicPartitions: [{ topic, count, ...partitions }],
    })
  }
  const partitions = async () => (await admin.fetchTopicOffsets(topic)).map((at) => at.partition)
  await grow(3, { validateOnly: true })
  expect(await partitions()).toEqual([0])
  await grow(3)
  expect((await partitions()).sort()).toEqual([0, 1, 2])
  await grow(4, { assignments: [[1]] })
  expect(await refusal(grow(2))).toBe('INVALID_PARTITIONS')
  expect(await refusal(grow(5, { assignments: [[7]] }))).toBe('INVALID_REPLICA_ASSIGNMENT')
  const messages = [{ partition: 3, value: 'in the new one' }]
  await withProducer(kafka, {}, (producer) => producer.send({ topic, messages }))
  const client = await recorded.node.connect()
  const [record] = await readPartition(client, { topic, partition: 3 })
  expect(text(record?.value ?? null)).toBe('in the new one')
})

test('deleteTopicRecords', async () => {
  const topic = 'shortened'
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] })
  const messages = Array.from({ length: 10 }, (_, index) => ({ value: `${index}` }))
  await withProducer(kafka, {}, (producer) => producer.send({ topic, messages }))
  const remove = (offset: string) =>
    admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset }] })
  // It finds the leaders only of topics it has heard of before.
  await admin.fetchTopicOffsets(topic)
  await remove('4')
  expect(await admin.fetchTopicOffsets(topic)).toEqual([
    { partition: 0, offset: '10', high: '10', low: '4' },
  ])
  expect(await refusal(remove('11'))).toBe('OFFSET_OUT_OF_RANGE')
  await remove('-1')
  expect(await admin.fetchTopicOffsets(topic)).toMatchObject([{ high: '10', low: '10' }])
})

test('alterPartitionReassignments and listPartitionReassignments', async () => {
  const topic = 'staying'
  await admin.createTopics({ topics: [{ topic, numPartitions: 2 }] })
  const reassign = (partition: number, replicas: number[]) =>
    admin.alterPartitionReassignments({
      topics: [{ topic, partitionAssignment: [{ partition, replicas }] }],
    })
  await reassign(1, [1])
  expect(await refusal(reassign(0, [7]))).toBe('INVALID_REPLICA_ASSIGNMENT')
  expect(await refusal(reassign(0, []))).toBe('INVALID_REPLICA_ASSIGNMENT')
  expect(await refusal(reassign(9, [1]))).toBe('UNKNOWN_TOPIC_OR_PARTITION')
  expect(await admin.listPartitionReassignments({})).toEqual({ topics: [] })
})

describe('configurations', () => {
  const resource = { type: ConfigResourceTypes.TOPIC, name: 'altered' }
  const described = async (configNames?: string[]) => {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: true,
      resources: [{ ...resource, ...(configNames && { configNames }) }],
    })
    return new Map(resources[0]?.configEntries.map((entry) => [entry.configName, entry]))
  }
  const alter = (name: string, value: string, validateOnly = false) =>
    admin.alterConfigs({
      validateOnly,
      resources: [{ ...resource, configEntries: [{ name, value }] }],
    })

  beforeAll(async () => {
    const configEntries = [{ name: 'retention.ms', value: '60000' }]
    await admin.createTopics({ topics: [{ topic: resource.name, configEntries }] })
  })

  test('describeConfigs: what was set and what it hides, and the defaults', async () => {
    const configs = await described()
    expect(configs.get('retention.ms')).toMatchObject({
      configValue: '60000',
      configSource: ConfigSource.TOPIC_CONFIG,
      isSensitive: false,
      readOnly: false,
      configSynonyms: [{ configName: 'retention.ms', configValue: '60000' }, {}],
    })
    expect(configs.get('cleanup.policy')).toMatchObject({
      configValue: 'delete',
      configSource: ConfigSource.DEFAULT_CONFIG,
    })
    expect([...(await described(['segment.bytes'])).keys()]).toEqual(['segment.bytes'])
  })

  test('describeConfigs: of the broker, and of what is not there', async () => {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: ConfigResourceTypes.BROKER, name: '1', configNames: ['num.partitions'] }],
    })
    expect(resources[0]?.configEntries).toMatchObject([
      { configName: 'num.partitions', configValue: '2' },
    ])
    const unknown = admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ ...resource, name: 'no-such-topic' }],
    })
    expect(await refusal(unknown)).toBe('UNKNOWN_TOPIC_OR_PARTITION')
  })

  test('alterConfigs: sets what it names, and what it does not goes back', async () => {
    await alter('retention.bytes', '123456', true)
    expect((await described()).get('retention.ms')?.configValue).toBe('60000')
    await alter('retention.bytes', '123456')
    const configs = await described()
    expect(configs.get('retention.bytes')?.configValue).toBe('123456')
    expect(configs.get('retention.ms')?.configSource).toBe(ConfigSource.DEFAULT_CONFIG)
    expect(await refusal(alter('retention.bytes', 'much'))).toBe('INVALID_CONFIG')
    expect(await refusal(alter('retention', '1'))).toBe('INVALID_CONFIG')
  })
})

test('it uses a group', async () => {
  const { program } = prepareNode('groups/kafkajs.ts')
  await useGroupOfOne(program, recorded, { deleteOffsets: false })
})

test('it sent the newest versions that both sides know', () => {
  expect(recorded.recorder.newest()).toEqual(
    negotiated({
      Produce: 7,
      Fetch: 11,
      ListOffsets: 3,
      Metadata: 6,
      OffsetCommit: 5,
      OffsetFetch: 4,
      FindCoordinator: 2,
      JoinGroup: 5,
      Heartbeat: 3,
      LeaveGroup: 3,
      SyncGroup: 3,
      DescribeGroups: 2,
      ListGroups: 2,
      ApiVersions: 2,
      CreateTopics: 3,
      DeleteTopics: 1,
      DeleteRecords: 1,
      DescribeConfigs: 2,
      AlterConfigs: 1,
      CreatePartitions: 1,
      DeleteGroups: 1,
      AlterPartitionReassignments: 0,
      ListPartitionReassignments: 0,
    }),
  )
})
