/**
 * Goal: every node changes topics, configs and replicas for a gRPC client: all that a request names
 * or nothing, once for every idempotency key, visible on the node that answers; whatever is wrong
 * has one stated outcome that names the field.
 * Method: four real brokers in this process, the fourth of them no controller; requests go to it
 * and to a controller that is not the active one.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cluster } from '../../../src/embed/api.ts'
import { lograft } from '../../../src/gen/lograft/admin/v1/admin.js'
import { startCluster } from '../../../src/index.ts'
import { configMethods, partitionMethods, topicMethods } from '../../../src/rpc/admin/methods.ts'
import { AdminClient } from '../../support/admin-client.ts'
import { batchOf } from '../../../src/cli/bench/requests.ts'
import { produceBatch, topicMetadata } from '../../support/calls.ts'
import { Client } from '../../support/client.ts'

const wire = lograft.admin.v1
type INewTopic = lograft.admin.v1.INewTopic
type IMutation = lograft.admin.v1.IMutation

let cluster: Cluster
let kafka: Client
/** Of brokers 1 and 4. */
let one: AdminClient
let four: AdminClient

beforeAll(async () => {
  cluster = await startCluster({ brokers: 4, timeoutMs: 60_000 })
  const [first, , , fourth] = cluster.brokers
  if (first === undefined || fourth === undefined) throw new Error('there are four brokers')
  one = new AdminClient(first.grpcAddress)
  four = new AdminClient(fourth.grpcAddress)
  kafka = await clientOf(4)
}, 120_000)

function clientOf(broker: number): Promise<Client> {
  const [host = '', port = ''] = cluster.broker(broker).address.split(':')
  return Client.connect({ host, port: Number(port) })
}

afterAll(async () => {
  one.close()
  four.close()
  await kafka[Symbol.asyncDispose]()
  await cluster.stop()
})

const newTopic = (topic: INewTopic) => new wire.NewTopic(topic)
const create = (topics: INewTopic[], mutation: IMutation | null = null) =>
  new wire.CreateTopicsRequest({
    topics: topics.map(newTopic),
    ...(mutation && { mutation: new wire.Mutation(mutation) }),
  })
const remove = (...names: string[]) =>
  new wire.DeleteTopicsRequest({ topics: names.map((name) => new wire.TopicName({ name })) })

const partitionsOf = async (topic: string) => (await topicMetadata(kafka, topic)).partitions.length

describe('topics', () => {
  test('are created by the defaults, and are there at once where they were asked for', async () => {
    const { topics, mutated } = await four.call(topicMethods.create, create([{ name: 'plain' }]))
    expect(
      topics.map(({ name, partitions, replicationFactor }) => [
        name,
        partitions,
        replicationFactor,
      ]),
    ).toEqual([['plain', 1, 3]])
    expect(mutated?.alreadyApplied).toBe(false)
    expect(await partitionsOf('plain')).toBe(1)
  })

  test('all or none', async () => {
    const asked = create([{ name: 'good', partitions: 2 }, { name: 'plain' }])
    expect(await four.outcome(topicMethods.create, asked)).toBe('TOPIC_ALREADY_EXISTS topics[1]')
    expect(await partitionsOf('good')).toBe(0)
  })

  test('with a key they are created once, whoever is asked again', async () => {
    const mutation = { idempotencyKey: 'once' }
    const asked = create(
      [{ name: 'once', configs: { 'retention.ms': '5', 'segment.ms': '7' } }],
      mutation,
    )
    const first = await one.call(topicMethods.create, asked)
    const again = await four.call(topicMethods.create, asked)
    expect(again.mutated).toMatchObject({
      alreadyApplied: true,
      metadataOffset: first.mutated?.metadataOffset,
    })
    expect(again.topics[0]?.topicId).toBe(first.topics[0]?.topicId)
    const reordered = create(
      [{ name: 'once', configs: { 'segment.ms': '7', 'retention.ms': '5' } }],
      mutation,
    )
    expect((await four.call(topicMethods.create, reordered)).mutated?.alreadyApplied).toBe(true)
    const other = create([{ name: 'twice' }], mutation)
    expect(await four.outcome(topicMethods.create, other)).toBe('DUPLICATE_RESOURCE -')
  })

  test('a key is remembered for the request, not for what became of it', async () => {
    const asked = create([{ name: 'brief' }], { idempotencyKey: 'brief' })
    await one.call(topicMethods.create, asked)
    await one.call(topicMethods.delete, remove('brief'))
    const again = await four.call(topicMethods.create, asked)
    expect([again.mutated?.alreadyApplied, again.topics]).toEqual([true, []])
    expect(await partitionsOf('brief')).toBe(0)
  })

  test('a request that was refused may come again with its key', async () => {
    const asked = create([{ name: 'plain' }], { idempotencyKey: 'second-try' })
    expect(await four.outcome(topicMethods.create, asked)).toBe('TOPIC_ALREADY_EXISTS topics[0]')
    await four.call(topicMethods.delete, remove('plain'))
    expect((await four.call(topicMethods.create, asked)).mutated?.alreadyApplied).toBe(false)
  })

  test('are validated and not created', async () => {
    const asked = create([{ name: 'maybe', partitions: 4 }], {
      validateOnly: true,
      idempotencyKey: 'v',
    })
    const { topics } = await four.call(topicMethods.create, asked)
    expect(topics.map(({ name, partitions }) => [name, partitions])).toEqual([['maybe', 4]])
    expect(await partitionsOf('maybe')).toBe(0)
    const meant = create([{ name: 'maybe', partitions: 4 }], { idempotencyKey: 'v' })
    expect((await four.call(topicMethods.create, meant)).mutated?.alreadyApplied).toBe(false)
  })

  test('get more partitions', async () => {
    const topics = [new wire.AddedPartitions({ topic: 'maybe', count: 6 })]
    await four.call(topicMethods.addPartitions, new wire.AddPartitionsRequest({ topics }))
    expect(await partitionsOf('maybe')).toBe(6)
  })

  test('go, unless another topic has the name by now', async () => {
    const topics = [new wire.TopicName({ name: 'maybe', topicId: 'AAAAAAAAAAAAAAAAAAAAZg' })]
    const wrong = new wire.DeleteTopicsRequest({ topics })
    expect(await four.outcome(topicMethods.delete, wrong)).toBe('UNKNOWN_TOPIC_ID topics[0]')
    await four.call(topicMethods.delete, remove('maybe'))
    expect(await partitionsOf('maybe')).toBe(0)
  })
})

describe('what is wrong with a topic', () => {
  const name = 'wrong'
  const many = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `many-${at}` }))
  const replicas = (...ids: number[]) => new wire.Replicas({ brokerIds: ids })

  test.each<[string, INewTopic[], string]>([
    ['none', [], 'INVALID_REQUEST topics'],
    ['too many', many(10_001), 'INVALID_REQUEST topics'],
    ['more than one entry holds', many(5_001), 'POLICY_VIOLATION -'],
    ['named twice', [{ name }, { name }], 'INVALID_REQUEST topics[1]'],
    ['no name', [{ name: '' }], 'INVALID_TOPIC_EXCEPTION topics[0]'],
    ['a name of 250', [{ name: 'x'.repeat(250) }], 'INVALID_TOPIC_EXCEPTION topics[0]'],
    ['a name of two words', [{ name: 'a b' }], 'INVALID_TOPIC_EXCEPTION topics[0]'],
    ["the cluster's own", [{ name: '__consumer_offsets' }], 'INVALID_TOPIC_EXCEPTION topics[0]'],
    [
      'more partitions than one entry holds',
      [{ name, partitions: 10_001 }],
      'POLICY_VIOLATION topics[0]',
    ],
    [
      'partitions beyond 31 bits',
      [{ name, partitions: 2 ** 31 }],
      'INVALID_REQUEST topics[0].partitions',
    ],
    [
      'more replicas than brokers',
      [{ name, replicationFactor: 5 }],
      'INVALID_REPLICATION_FACTOR topics[0]',
    ],
    [
      'replicas beyond 31 bits',
      [{ name, replicationFactor: 2 ** 32 - 1 }],
      'INVALID_REQUEST topics[0].replication_factor',
    ],
    [
      'an unknown config',
      [{ name, configs: { 'retention.mss': '1' } }],
      'INVALID_CONFIG topics[0]',
    ],
    ['a wrong value', [{ name, configs: { 'retention.ms': 'long' } }], 'INVALID_CONFIG topics[0]'],
    [
      'placed on an unknown broker',
      [{ name, assignments: [replicas(1, 9)] }],
      'INVALID_REPLICA_ASSIGNMENT topics[0]',
    ],
    [
      'placed twice on one',
      [{ name, assignments: [replicas(1, 1)] }],
      'INVALID_REPLICA_ASSIGNMENT topics[0]',
    ],
    [
      'placed and counted',
      [{ name, partitions: 1, assignments: [replicas(1)] }],
      'INVALID_REQUEST topics[0]',
    ],
  ])('%s', async (_, topics, expected) => {
    expect(await four.outcome(topicMethods.create, create(topics))).toBe(expected)
    expect(await partitionsOf(name)).toBe(0)
  })

  test.each<[string, string]>([
    ['a b', 'INVALID_REQUEST mutation.idempotency_key'],
    ['x'.repeat(65), 'INVALID_REQUEST mutation.idempotency_key'],
    ['é', 'INVALID_REQUEST mutation.idempotency_key'],
    ['x'.repeat(64), 'done'],
  ])('the key %s', async (idempotencyKey, expected) => {
    const asked = create([{ name: 'keyed' }], { idempotencyKey })
    expect(await four.outcome(topicMethods.create, asked)).toBe(expected)
  })

  test.each<[string, lograft.admin.v1.IAddedPartitions, string]>([
    ['of no topic', { topic: 'nowhere', count: 2 }, 'UNKNOWN_TOPIC_OR_PARTITION topics[0]'],
    ['none at all', { topic: 'keyed' }, 'INVALID_PARTITIONS topics[0].count'],
    ['as many as there are', { topic: 'keyed', count: 1 }, 'INVALID_PARTITIONS topics[0]'],
    ['beyond 31 bits', { topic: 'keyed', count: 2 ** 31 }, 'INVALID_REQUEST topics[0].count'],
    ['more than one entry holds', { topic: 'keyed', count: 10_002 }, 'POLICY_VIOLATION topics[0]'],
  ])('partitions: %s', async (_, topic, expected) => {
    const topics = [new wire.AddedPartitions(topic)]
    const asked = new wire.AddPartitionsRequest({ topics })
    expect(await four.outcome(topicMethods.addPartitions, asked)).toBe(expected)
  })
})

describe('configs', () => {
  const { ResourceType } = wire
  const topic = { type: ResourceType.RESOURCE_TYPE_TOPIC, name: 'plain' }
  const everywhere = { type: ResourceType.RESOURCE_TYPE_CLUSTER }
  const alter = (...changes: lograft.admin.v1.IConfigChange[]) =>
    new wire.AlterConfigsRequest({
      changes: changes.map(
        ({ resource, ...change }) =>
          new wire.ConfigChange({
            ...change,
            ...(resource && { resource: new wire.Resource(resource) }),
          }),
      ),
    })

  test('of several resources change together', async () => {
    const both = alter(
      { resource: topic, set: { 'retention.ms': '1000' } },
      { resource: everywhere, set: { 'log.retention.ms': '2000' } },
    )
    expect(await four.outcome(configMethods.alter, both)).toBe('done')
    const back = alter(
      { resource: topic, unset: ['retention.ms'] },
      { resource: everywhere, unset: ['log.retention.ms'] },
    )
    expect(await one.outcome(configMethods.alter, back)).toBe('done')
  })

  test.each<[string, lograft.admin.v1.IConfigChange[], string]>([
    ['none', [], 'INVALID_REQUEST changes'],
    ['no resource', [{ set: { a: 'b' } }], 'INVALID_REQUEST changes[0].resource.type'],
    [
      'an unknown type',
      [{ resource: { type: 17 as never, name: 'x' } }],
      'INVALID_REQUEST changes[0].resource.type',
    ],
    [
      'a topic without a name',
      [{ resource: { type: 1 } }],
      'INVALID_REQUEST changes[0].resource.name',
    ],
    [
      'a broker that is no number',
      [{ resource: { type: 2, name: 'x' } }],
      'INVALID_REQUEST changes[0].resource.name',
    ],
    [
      'a cluster with a name',
      [{ resource: { type: 3, name: 'x' } }],
      'INVALID_REQUEST changes[0].resource.name',
    ],
    [
      'no such topic',
      [{ resource: { type: 1, name: 'nowhere' } }],
      'UNKNOWN_TOPIC_OR_PARTITION changes[0]',
    ],
    ['a resource twice', [{ resource: topic }, { resource: topic }], 'INVALID_REQUEST changes[1]'],
    [
      'a config twice',
      [{ resource: topic, set: { a: '1' }, unset: ['a'] }],
      'INVALID_REQUEST changes[0][1]',
    ],
    ['no such config', [{ resource: topic, set: { 'no.such': '1' } }], 'INVALID_CONFIG changes[0]'],
    [
      'a safety setting unset',
      [{ resource: everywhere, unset: ['min.insync.replicas'] }],
      'INVALID_CONFIG changes[0]',
    ],
  ])('%s', async (_, changes, expected) => {
    expect(await four.outcome(configMethods.alter, alter(...changes))).toBe(expected)
  })
})

describe('leaders and replicas', () => {
  const placed = (partition: number) => ({ topic: 'placed', partition })

  beforeAll(async () => {
    const assignments = [
      [1, 2],
      [2, 3],
    ].map((brokerIds) => new wire.Replicas({ brokerIds }))
    await four.call(topicMethods.create, create([{ name: 'placed', assignments }]))
    await cluster.caughtUp('placed')
  })

  const reassign = (partition: number, replicas: number[]) =>
    new wire.ReassignRequest({
      partitions: [new wire.ReassignedPartition({ ...placed(partition), replicas })],
    })

  test('move, and the preferred one leads when it is asked for', async () => {
    await four.call(partitionMethods.reassign, reassign(0, [4, 1]))
    await cluster.caughtUp('placed')
    const elect = new wire.ElectLeadersRequest({
      type: wire.ElectionType.ELECTION_TYPE_PREFERRED,
      allPartitions: true,
    })
    await one.call(partitionMethods.electLeaders, elect)
    await expect
      .poll(async () => {
        const [partition] = (await topicMetadata(kafka, 'placed')).partitions
        return [partition?.leaderId, partition?.replicaNodes]
      })
      .toEqual([4, [4, 1]])
  })

  test('tell how much is left, while a throttle holds them back', async () => {
    const rate = 'follower.replication.throttled.rate'
    const configs = { 'follower.replication.throttled.replicas': '*' }
    const assignments = [new wire.Replicas({ brokerIds: [1, 2] })]
    await four.call(topicMethods.create, create([{ name: 'heavy', assignments, configs }]))
    await cluster.caughtUp('heavy')
    await using leader = await clientOf(1)
    const batch = batchOf(1_000, 500_000)
    for (let sent = 0; sent < 4; sent += 1)
      await produceBatch(leader, { topic: 'heavy', partition: 0, batch })
    const everywhere = { type: wire.ResourceType.RESOURCE_TYPE_CLUSTER }
    const change = (how: lograft.admin.v1.IConfigChange) =>
      four.call(
        configMethods.alter,
        new wire.AlterConfigsRequest({
          changes: [new wire.ConfigChange({ resource: everywhere, ...how })],
        }),
      )
    await change({ set: { [rate]: '50000' } })
    const heavy = [{ topic: 'heavy', partition: 0 }]
    const moves = [new wire.ReassignedPartition({ ...heavy[0], replicas: [1, 3] })]
    await four.call(partitionMethods.reassign, new wire.ReassignRequest({ partitions: moves }))
    const left = async () => {
      const asked = new wire.ListReassignmentsRequest({ partitions: heavy })
      const { reassignments } = await one.call(partitionMethods.listReassignments, asked)
      return reassignments.map(({ adding, removing, offsetsLeft }) => {
        return { adding, removing, isLeft: Number(offsetsLeft) > 0 }
      })
    }
    await expect
      .poll(left, { timeout: 60_000 })
      .toEqual([{ adding: [3], removing: [2], isLeft: true }])
    await change({ unset: [rate] })
    await expect.poll(left, { timeout: 60_000 }).toEqual([])
    await cluster.caughtUp('heavy')
  }, 120_000)

  test.each<[string, lograft.admin.v1.IReassignedPartition[], string]>([
    ['none', [], 'INVALID_REQUEST partitions'],
    ['no replica', [placed(0)], 'INVALID_REQUEST partitions[0].replicas'],
    [
      'an unknown broker',
      [{ ...placed(0), replicas: [9] }],
      'INVALID_REPLICA_ASSIGNMENT partitions[0]',
    ],
    [
      'an impossible broker',
      [{ ...placed(0), replicas: [2 ** 31] }],
      'INVALID_REQUEST partitions[0].replicas[0]',
    ],
    [
      'no such partition',
      [{ ...placed(2), replicas: [1] }],
      'UNKNOWN_TOPIC_OR_PARTITION partitions[0]',
    ],
    [
      'twice',
      [
        { ...placed(0), replicas: [1] },
        { ...placed(0), replicas: [2] },
      ],
      'INVALID_REQUEST partitions[1]',
    ],
  ])('moves: %s', async (_, partitions, expected) => {
    const asked = new wire.ReassignRequest({
      partitions: partitions.map((partition) => new wire.ReassignedPartition(partition)),
    })
    expect(await four.outcome(partitionMethods.reassign, asked)).toBe(expected)
  })

  test.each<[string, lograft.admin.v1.IElectLeadersRequest, string]>([
    ['of no type', { allPartitions: true }, 'INVALID_REQUEST type'],
    ['of an unknown type', { type: 9 as never, allPartitions: true }, 'INVALID_REQUEST type'],
    ['of nothing', { type: 1 }, 'INVALID_REQUEST partitions'],
    [
      'of all and some',
      { type: 1, allPartitions: true, partitions: [placed(0)] },
      'INVALID_REQUEST all_partitions',
    ],
    [
      'of no such partition',
      { type: 1, partitions: [placed(7)] },
      'UNKNOWN_TOPIC_OR_PARTITION partitions',
    ],
    ['that is not needed', { type: 2, partitions: [placed(0)] }, 'done'],
  ])('elections: %s', async (_, request, expected) => {
    const partitions = (request.partitions ?? []).map((name) => new wire.PartitionName(name))
    const asked = new wire.ElectLeadersRequest({ ...request, partitions })
    expect(await four.outcome(partitionMethods.electLeaders, asked)).toBe(expected)
  })

  test('a move that is not under way cannot be cancelled', async () => {
    const partitions = [new wire.PartitionName(placed(0))]
    const asked = new wire.CancelReassignmentsRequest({ partitions })
    expect(await four.outcome(partitionMethods.cancelReassignments, asked)).toBe(
      'NO_REASSIGNMENT_IN_PROGRESS partitions[0]',
    )
    const all = new wire.CancelReassignmentsRequest({ allPartitions: true })
    expect(await four.outcome(partitionMethods.cancelReassignments, all)).toBe('done')
  })
})
