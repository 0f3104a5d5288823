/**
 * Goal: every node tells the same of the cluster, by pages, and what only one broker knows too; a
 * broker that is gone is named, and hides nothing of the others; whatever is wrong with a question
 * has one stated outcome that names the field.
 * Method: four brokers in this process, of which five questions in six go to the fourth, no leader
 * of anything; kafkajs is the group's member. The third is killed for the last part.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cluster } from '../../../src/embed/api.ts'
import { lograft } from '../../../src/gen/lograft/admin/v1/admin.js'
import { startCluster } from '../../../src/index.ts'
import {
  clusterMethods,
  configMethods,
  groupMethods,
  partitionMethods,
  topicMethods,
} from '../../../src/rpc/admin/methods.ts'
import type { Unary } from '../../../src/rpc/service.ts'
import { AdminClient } from '../../support/admin-client.ts'
import { connectKafkajs, withProducer } from '../../support/kafkajs.ts'
import { GroupMember } from '../../support/kafkajs-group.ts'
import { eventually } from '../../support/within.ts'

const wire = lograft.admin.v1
const { PartitionHealth, ResourceType, GroupState, ConfigSource } = wire
const WAIT_MS = 60_000

let cluster: Cluster
let one: AdminClient
let four: AdminClient

beforeAll(async () => {
  cluster = await startCluster({ brokers: 4, timeoutMs: WAIT_MS })
  one = new AdminClient(cluster.broker(1).grpcAddress)
  four = new AdminClient(cluster.broker(4).grpcAddress)
}, 120_000)

afterAll(async () => {
  one.close()
  four.close()
  await cluster.stop()
})

const page = (size: number, token = '') => new wire.Page({ size, token })

/** All pages of a list, each not larger than asked for. */
async function all<Reply extends { readonly nextPageToken: string }, Item>(
  size: number,
  ask: (asked: lograft.admin.v1.Page) => Promise<Reply>,
  itemsIn: (reply: Reply) => readonly Item[],
): Promise<readonly Item[]> {
  const items: Item[] = []
  for (let token = ''; ;) {
    const reply = await ask(page(size, token))
    expect(itemsIn(reply).length).toBeLessThanOrEqual(size)
    items.push(...itemsIn(reply))
    token = reply.nextPageToken
    if (token === '') return items
  }
}

test('a group that nobody heard of is none, and asking makes no topic of offsets', async () => {
  const request = new wire.DescribeGroupRequest({ groupId: 'nobody' })
  expect(await four.outcome(groupMethods.describe, request)).toBe('GROUP_ID_NOT_FOUND group_id')
  expect((await four.call(groupMethods.list, new wire.ListGroupsRequest({}))).groups).toEqual([])
  const topics = new wire.ListTopicsRequest({ includeInternal: true })
  expect((await four.call(topicMethods.list, topics)).topics).toEqual([])
})

describe('with topics', () => {
  beforeAll(async () => {
    // Placed by hand, the fourth apart: it leads nothing, and can be asked when others are gone.
    const assignments = [
      [1, 2, 3],
      [2, 3, 1],
      [3, 1, 2],
    ].map((brokerIds) => new wire.Replicas({ brokerIds }))
    const topics = [
      new wire.NewTopic({ name: 'orders', assignments, configs: { 'retention.ms': '77777777' } }),
      ...['a', 'b', 'b.c', 'bc'].map((name) => {
        const alone = [new wire.Replicas({ brokerIds: [1, 2] })]
        return new wire.NewTopic({ name, assignments: alone })
      }),
    ]
    await four.call(topicMethods.create, new wire.CreateTopicsRequest({ topics }))
    await cluster.caughtUp()
    await withProducer(connectKafkajs(cluster.broker(1).address), {}, async (producer) => {
      const messages = [1_000, 2_000, 3_000].map((at) => ({
        ...{ value: `at ${at}`, timestamp: String(at), partition: 0 },
      }))
      await producer.send({ topic: 'orders', messages })
    })
  }, WAIT_MS)

  test('the cluster is the same, whoever is asked', async () => {
    const ask = (client: AdminClient) =>
      client.call(clusterMethods.describe, new wire.DescribeClusterRequest({}))
    const [first, fourth] = [await ask(one), await ask(four)]
    expect([first.answeredBy, fourth.answeredBy]).toEqual([1, 4])
    first.answeredBy = 4
    expect(first).toEqual(fourth)
    expect(fourth).toMatchObject({ topics: 5, partitions: 7, offlinePartitions: 0 })
    const counts = fourth.brokers.map(({ brokerId, state, leaders, replicas }) => [
      ...[brokerId, state, leaders, replicas],
    ])
    expect(counts).toEqual([
      [1, wire.BrokerState.BROKER_STATE_IN_SERVICE, 5, 7],
      [2, wire.BrokerState.BROKER_STATE_IN_SERVICE, 1, 7],
      [3, wire.BrokerState.BROKER_STATE_IN_SERVICE, 1, 3],
      [4, wire.BrokerState.BROKER_STATE_IN_SERVICE, 0, 0],
    ])
    expect(fourth.features.map(({ name }) => name)).toEqual(['metadata.version'])
  })

  test('topics come by name, in order, a page at a time', async () => {
    const namesOf = async (size: number, prefix: string) => {
      const ask = (asked: lograft.admin.v1.Page) =>
        four.call(topicMethods.list, new wire.ListTopicsRequest({ page: asked, prefix }))
      return (await all(size, ask, ({ topics }) => topics)).map(({ name }) => name)
    }
    for (const size of [1, 2, 5, 1_000])
      expect(await namesOf(size, '')).toEqual(['a', 'b', 'b.c', 'bc', 'orders'])
    expect(await namesOf(2, 'b')).toEqual(['b', 'b.c', 'bc'])
  })

  test('a topic, its partitions and what it overrides', async () => {
    const ask = (asked: lograft.admin.v1.Page) =>
      four.call(
        topicMethods.describe,
        new wire.DescribeTopicRequest({ name: 'orders', page: asked }),
      )
    const partitions = await all(2, ask, (reply) => reply.partitions)
    expect(
      partitions.map(({ partition, leader, replicas }) => [partition, leader, replicas]),
    ).toEqual([
      [0, 1, [1, 2, 3]],
      [1, 2, [2, 3, 1]],
      [2, 3, [3, 1, 2]],
    ])
    const { topic, overrides } = await ask(page(1))
    expect(overrides).toEqual({ 'retention.ms': '77777777' })
    expect(topic).toMatchObject({ partitions: 3, replicationFactor: 3, internal: false })
  })

  test('partitions of all topics, or of some, or on one broker', async () => {
    const ask = async (asked: lograft.admin.v1.IListPartitionsRequest) => {
      const reply = (on: lograft.admin.v1.Page) =>
        four.call(partitionMethods.list, new wire.ListPartitionsRequest({ ...asked, page: on }))
      const listed = await all(2, reply, ({ partitions }) => partitions)
      return listed.map(({ topic, partition }) => `${topic}-${partition}`)
    }
    const orders = ['orders-0', 'orders-1', 'orders-2']
    expect(await ask({})).toEqual(['a-0', 'b-0', 'b.c-0', 'bc-0', ...orders])
    expect(await ask({ topics: ['orders', 'b'] })).toEqual(['b-0', ...orders])
    expect(await ask({ brokerId: 3 })).toEqual(orders)
    expect(await ask({ brokerId: 4 })).toEqual([])
    for (const health of [1, 2, 3, 4, 5]) expect(await ask({ health: [health] })).toEqual([])
  })

  test('options of a topic, with their source and what they override', async () => {
    const resource = { type: ResourceType.RESOURCE_TYPE_TOPIC, name: 'orders' }
    const names = ['retention.ms', 'segment.bytes']
    const asked = new wire.DescribeConfigsRequest({ resource: new wire.Resource(resource), names })
    const { configs } = await four.call(configMethods.describe, asked)
    expect(configs.map(({ name, value, source }) => [name, value, source])).toEqual([
      ['retention.ms', '77777777', ConfigSource.CONFIG_SOURCE_TOPIC],
      ['segment.bytes', '1073741824', ConfigSource.CONFIG_SOURCE_DEFAULT],
    ])
    expect(configs[0]?.synonyms.map(({ name }) => name)).toEqual([
      ...['retention.ms', 'log.retention.hours'],
    ])
  })

  test('options of a broker are what that broker says, whoever is asked', async () => {
    for (const client of [one, four])
      for (const id of ['1', '4']) {
        const resource = { type: ResourceType.RESOURCE_TYPE_BROKER, name: id }
        const ask = (asked: lograft.admin.v1.Page) =>
          client.call(
            configMethods.describe,
            new wire.DescribeConfigsRequest({ resource: new wire.Resource(resource), page: asked }),
          )
        const configs = await all(40, ask, (reply) => reply.configs)
        expect(configs.find(({ name }) => name === 'node.id')).toMatchObject({ value: id })
        expect(configs.length).toBeGreaterThan(40)
        expect(configs[0]?.documentation).not.toBe('')
      }
  })

  test.each([
    ['earliest', { earliest: true }, 0],
    ['latest', { latest: true }, 3],
    ['at a time that is one', { atTimestampMs: 2_000 }, 1],
    ['just behind it', { atTimestampMs: 2_001 }, 2],
    ['at a time that no record has reached', { atTimestampMs: 3_001 }, null],
    ['the greatest time', { maxTimestamp: true }, 2],
  ])('offsets: %s', async (_, position, offset) => {
    const partitions = [
      new wire.PartitionName({ topic: 'orders', partition: 0 }),
      new wire.PartitionName({ topic: 'orders', partition: 7 }),
      new wire.PartitionName({ topic: 'a', partition: 0 }),
    ]
    const asked = new wire.ListOffsetsRequest({ partitions, ...position })
    const [found, unknown, empty] = (await four.call(topicMethods.listOffsets, asked)).partitions
    expect(found).toMatchObject({ topic: 'orders', partition: 0, error: '', offset })
    expect(unknown).toMatchObject({ error: 'UNKNOWN_TOPIC_OR_PARTITION', offset: null })
    const isPlace = 'earliest' in position || 'latest' in position
    expect(empty).toMatchObject({ error: '', offset: isPlace ? 0 : null })
  })

  test('disks, and replicas on them, of all brokers', async () => {
    const ask = (asked: lograft.admin.v1.Page) =>
      four.call(clusterMethods.describeLogDirs, new wire.DescribeLogDirsRequest({ page: asked }))
    const replicas = await all(4, ask, (reply) => reply.replicas)
    expect(
      replicas.map(({ brokerId, topic, partition }) => `${brokerId}/${topic}-${partition}`),
    ).toEqual(
      [1, 2, 3].flatMap((id) => [
        ...(id === 3 ? [] : ['a-0', 'b-0', 'b.c-0', 'bc-0']).map((name) => `${id}/${name}`),
        ...[0, 1, 2].map((partition) => `${id}/orders-${partition}`),
      ]),
    )
    const first = await ask(page(1))
    expect(first.logDirs.map(({ brokerId }) => brokerId)).toEqual([1, 2, 3, 4])
    expect(first.logDirs.map(({ replicaBytes }) => replicaBytes > 0)).toEqual([
      ...[true, true, true, false],
    ])
    expect((await ask(page(1, first.nextPageToken))).logDirs).toEqual([])
  })

  test('a group: its member, where it is and how far behind', async () => {
    const kafka = connectKafkajs(cluster.broker(1).address)
    const member = await GroupMember.join(kafka, { groupId: 'billing', topic: 'orders' })
    const ask = () =>
      four.call(groupMethods.describe, new wire.DescribeGroupRequest({ groupId: 'billing' }))
    const group = await eventually(WAIT_MS, 'what was read is committed', async () => {
      const told = await ask()
      return told.offsets.some(({ lag }) => lag === 0) && told
    })
    expect(group.group).toMatchObject({
      ...{ groupId: 'billing', state: GroupState.GROUP_STATE_STABLE, protocolType: 'consumer' },
    })
    const [{ memberId = '' } = {}] = group.members
    expect(group.members[0]?.assigned).toHaveLength(3)
    expect(
      group.offsets.map((at) => [at.partition, at.committedOffset, at.logEndOffset, at.lag]),
    ).toEqual([
      [0, 3, 3, 0],
      [1, null, 0, null],
      [2, null, 0, null],
    ])
    expect(new Set(group.offsets.map((at) => at.memberId))).toEqual(new Set([memberId]))
    const pageOf = (asked: lograft.admin.v1.Page) =>
      four.call(
        groupMethods.describe,
        new wire.DescribeGroupRequest({ groupId: 'billing', page: asked }),
      )
    expect(await all(1, pageOf, ({ offsets }) => offsets)).toHaveLength(3)
    await member[Symbol.asyncDispose]()
    const { group: after } = await eventually(WAIT_MS, 'nobody in it', async () => {
      const told = await ask()
      return told.members.length === 0 && told
    })
    expect(after?.state).toBe(GroupState.GROUP_STATE_EMPTY)
  }, 120_000)

  test('groups of all coordinators, some of them, in some states', async () => {
    const idsOf = async (asked: lograft.admin.v1.IListGroupsRequest) => {
      const told = await four.call(groupMethods.list, new wire.ListGroupsRequest(asked))
      expect(told.unreachableBrokers).toEqual([])
      return told.groups.map(({ groupId }) => groupId)
    }
    expect(await idsOf({})).toEqual(['billing'])
    expect(await idsOf({ prefix: 'bill', states: [GroupState.GROUP_STATE_EMPTY] })).toEqual([
      ...['billing'],
    ])
    expect(await idsOf({ prefix: 'c' })).toEqual([])
    expect(await idsOf({ states: [GroupState.GROUP_STATE_STABLE] })).toEqual([])
  })
})

const PARTITION = new wire.PartitionName({ topic: 'orders', partition: 0 })
const topicResource = (name: string) => ({ type: ResourceType.RESOURCE_TYPE_TOPIC, name })
const brokerResource = (name: string) => ({ type: ResourceType.RESOURCE_TYPE_BROKER, name })

type Offsets = [string, lograft.admin.v1.IListOffsetsRequest]

/** A question, and its outcome. */
type Asked = readonly [string, () => Promise<string>]
const asking = <Request>(method: Unary<Request, unknown>, request: Request) =>
  four.outcome(method, request)

const OUTCOMES: readonly Asked[] = [
  // Pages: at, below and over the bound, and tokens of other lists.
  ['done', () => asking(topicMethods.list, new wire.ListTopicsRequest({ page: page(0) }))],
  ['done', () => asking(topicMethods.list, new wire.ListTopicsRequest({ page: page(1_000) }))],
  [
    'INVALID_REQUEST page.size',
    () => asking(topicMethods.list, new wire.ListTopicsRequest({ page: page(1_001) })),
  ],
  [
    'INVALID_REQUEST page.size',
    () => asking(topicMethods.list, new wire.ListTopicsRequest({ page: page(0xffff_ffff) })),
  ],
  [
    'INVALID_REQUEST page.token',
    () => asking(groupMethods.list, new wire.ListGroupsRequest({ page: page(1, 'dG9waWNzCmI') })),
  ],
  [
    'done',
    () => asking(topicMethods.list, new wire.ListTopicsRequest({ page: page(1, 'dG9waWNzCmI') })),
  ],
  // Names.
  ['INVALID_REQUEST name', () => asking(topicMethods.describe, new wire.DescribeTopicRequest({}))],
  [
    'UNKNOWN_TOPIC_OR_PARTITION name',
    () => asking(topicMethods.describe, new wire.DescribeTopicRequest({ name: 'Orders' })),
  ],
  [
    'UNKNOWN_TOPIC_OR_PARTITION topics[1]',
    () =>
      asking(partitionMethods.list, new wire.ListPartitionsRequest({ topics: ['orders', 'no'] })),
  ],
  [
    'INVALID_REQUEST topics[1]',
    () => asking(partitionMethods.list, new wire.ListPartitionsRequest({ topics: ['a', 'a'] })),
  ],
  [
    'UNKNOWN_TOPIC_OR_PARTITION topics[0]',
    () =>
      asking(clusterMethods.describeLogDirs, new wire.DescribeLogDirsRequest({ topics: ['no'] })),
  ],
  [
    'INVALID_REQUEST group_id',
    () => asking(groupMethods.describe, new wire.DescribeGroupRequest({})),
  ],
  [
    'GROUP_ID_NOT_FOUND group_id',
    () => asking(groupMethods.describe, new wire.DescribeGroupRequest({ groupId: 'Billing' })),
  ],
  // Numbers of brokers.
  ['done', () => asking(partitionMethods.list, new wire.ListPartitionsRequest({ brokerId: 4 }))],
  [
    'BROKER_ID_NOT_REGISTERED broker_id',
    () => asking(partitionMethods.list, new wire.ListPartitionsRequest({ brokerId: 5 })),
  ],
  [
    'BROKER_ID_NOT_REGISTERED broker_ids[1]',
    () =>
      asking(
        clusterMethods.describeLogDirs,
        new wire.DescribeLogDirsRequest({ brokerIds: [1, 0xffff_ffff] }),
      ),
  ],
  // Enumerations.
  ...[0, 6, -1].map((health): Asked => {
    const request = () => new wire.ListPartitionsRequest({ health: [1, health] })
    return ['INVALID_REQUEST health[1]', () => asking(partitionMethods.list, request())]
  }),
  ...[0, 6, 99].map((state): Asked => {
    const request = () => new wire.ListGroupsRequest({ states: [state] })
    return ['INVALID_REQUEST states[0]', () => asking(groupMethods.list, request())]
  }),
  [
    'INVALID_REQUEST resource.type',
    () => asking(configMethods.describe, new wire.DescribeConfigsRequest({})),
  ],
  ...[
    ['INVALID_REQUEST resource.type', { type: 4, name: 'x' }] as const,
    ['INVALID_REQUEST resource.name', topicResource('')] as const,
    ['UNKNOWN_TOPIC_OR_PARTITION resource.name', topicResource('no')] as const,
    ['INVALID_REQUEST resource.name', brokerResource('one')] as const,
    ['INVALID_REQUEST resource.name', brokerResource('')] as const,
    ['BROKER_ID_NOT_REGISTERED resource.name', brokerResource('5')] as const,
    ['INVALID_REQUEST resource.name', { type: 3, name: '1' }] as const,
    ['done', { type: 3, name: '' }] as const,
  ].map(([outcome, resource]: readonly [string, { type: number; name: string }]): Asked => {
    const request = () => new wire.DescribeConfigsRequest({ resource: new wire.Resource(resource) })
    return [outcome, () => asking(configMethods.describe, request())]
  }),
  // Offsets: how many, each once, one position.
  ...(
    [
      ['INVALID_REQUEST partitions', { latest: true }],
      ['INVALID_REQUEST position', { partitions: [PARTITION] }],
      ['INVALID_REQUEST position', { partitions: [PARTITION], latest: false }],
      ['INVALID_REQUEST partitions[1]', { partitions: [PARTITION, PARTITION], latest: true }],
      ['INVALID_REQUEST partitions[0].topic', { partitions: [{}], latest: true }],
      ['done', { partitions: manyPartitions(1_000), latest: true }],
      ['INVALID_REQUEST partitions', { partitions: manyPartitions(1_001), latest: true }],
    ] satisfies Offsets[]
  ).map(([outcome, asked]: Offsets): Asked => {
    const request = () => new wire.ListOffsetsRequest(asked)
    return [outcome, () => asking(topicMethods.listOffsets, request())]
  }),
]

function manyPartitions(count: number) {
  return Array.from({ length: count }, (_, partition) => ({ topic: 'no', partition }))
}

test('whatever is wrong has one stated outcome', async () => {
  const outcomes = []
  for (const [, ask] of OUTCOMES) outcomes.push(await ask())
  expect(outcomes).toEqual(OUTCOMES.map(([outcome]) => outcome))
})

describe('without one of the brokers', () => {
  beforeAll(async () => {
    await cluster.broker(3).kill()
    await eventually(WAIT_MS, 'its end is known', async () => {
      const { brokers } = await four.call(
        clusterMethods.describe,
        new wire.DescribeClusterRequest({}),
      )
      return brokers[2]?.state === wire.BrokerState.BROKER_STATE_FENCED
    })
  }, WAIT_MS)

  test('partitions are found by how they are', async () => {
    const found = async (...health: number[]) => {
      const request = new wire.ListPartitionsRequest({ topics: ['orders', 'a'], health })
      const { partitions } = await four.call(partitionMethods.list, request)
      return partitions.map(({ topic, partition }) => `${topic}-${partition}`)
    }
    const orders = ['orders-0', 'orders-1', 'orders-2']
    expect(await found(PartitionHealth.PARTITION_HEALTH_UNDER_REPLICATED)).toEqual(orders)
    expect(await found(PartitionHealth.PARTITION_HEALTH_NOT_PREFERRED)).toEqual(['orders-2'])
    expect(await found(PartitionHealth.PARTITION_HEALTH_UNDER_MIN_ISR)).toEqual([])
    expect(
      await found(
        PartitionHealth.PARTITION_HEALTH_OFFLINE,
        PartitionHealth.PARTITION_HEALTH_NOT_PREFERRED,
      ),
    ).toEqual(['orders-2'])
  })

  test('its disk is not told of, and named when it was asked for', async () => {
    const told = async (brokerIds: number[]) => {
      const request = new wire.DescribeLogDirsRequest({ brokerIds })
      const { logDirs, unreachable } = await four.call(clusterMethods.describeLogDirs, request)
      return [logDirs.map(({ brokerId }) => brokerId), unreachable.map(({ brokerId }) => brokerId)]
    }
    expect(await told([])).toEqual([[1, 2, 4], []])
    expect(await told([2, 3])).toEqual([[2], [3]])
  })

  test('its options nobody can tell', async () => {
    const resource = new wire.Resource(brokerResource('3'))
    const request = new wire.DescribeConfigsRequest({ resource })
    expect(await four.outcome(configMethods.describe, request)).toBe(
      'BROKER_NOT_AVAILABLE resource.name',
    )
  })

  test('offsets and groups are told of by those that lead now', async () => {
    const partitions = [new wire.PartitionName({ topic: 'orders', partition: 2 })]
    const offsets = new wire.ListOffsetsRequest({ partitions, latest: true })
    const { partitions: found } = await four.call(topicMethods.listOffsets, offsets)
    expect(found).toMatchObject([{ error: '', offset: 0 }])
    const group = new wire.DescribeGroupRequest({ groupId: 'billing' })
    expect((await four.call(groupMethods.describe, group)).offsets).toMatchObject([
      ...[{ topic: 'orders', partition: 0, committedOffset: 3, lag: 0 }],
    ])
  })
})
