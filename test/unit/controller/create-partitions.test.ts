/**
 * Goal: topics get more partitions with Kafka's exact error per topic, in Kafka's order of checks,
 * one topic's fault never another's; what is there stays as it is.
 * Method: tables of requests against a small image.
 */
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { createPartitions } from '../../../src/controller/create-partitions.ts'
import type { GrownTopic } from '../../../src/controller/requests.ts'
import { errorName } from '../../../src/wire/errors.ts'
import { after, broker, imageWith, partition, topic } from '../metadata/images.ts'
import { seededRandom } from './seeded-random.ts'

const image = imageWith(
  broker(1),
  broker(2, { fenced: true }),
  broker(3),
  broker(4, { inControlledShutdown: true }),
  topic(1, 'one'),
  partition(1, 0, [1]),
  topic(2, 'two'),
  partition(2, 0, [3, 1]),
  partition(2, 1, [1, 3]),
)

const grow = (topics: (Partial<GrownTopic> & { name: string })[], validateOnly = false) =>
  createPartitions(
    image,
    { topics: topics.map((one) => ({ count: 3, assignments: null, ...one })), validateOnly },
    seededRandom(7),
  )
const codes = (...topics: Parameters<typeof grow>[0]) =>
  grow(topics).reply.map(({ name, errorCode }) => `${name} ${errorName(errorCode)}`)

test('adds behind what is there, with as many replicas as the topic has', () => {
  const { records, reply, atomic } = grow([{ name: 'two', count: 4 }])
  expect([reply, atomic]).toEqual([[{ name: 'two', errorCode: 0, errorMessage: null }], true])
  expect(records).toMatchObject([{ partition: 2 }, { partition: 3 }])
  const before = image.topics.byName.get('two')
  const grown = after(image, ...records).topics.byName.get('two')
  expect(grown?.topicId).toBe(before?.topicId)
  expect(grown?.partitions.slice(0, 2)).toEqual(before?.partitions)
  for (const { replicas, isr, leader, leaderEpoch, partitionEpoch } of grown?.partitions.slice(2) ??
    []) {
    expect(replicas).toHaveLength(2)
    expect([leader, isr.includes(leader as never)]).toEqual([replicas[0], true])
    expect([leaderEpoch, partitionEpoch]).toEqual([0, 0])
  }
})

test('of a topic that is moved: as many replicas as the first partition is to have', () => {
  const moving = imageWith(
    ...[broker(1), broker(2), broker(3), broker(4), topic(1, 'moving')],
    partition(1, 0, [1, 2, 3], { removingReplicas: [2, 3].map(asNodeId) }),
  )
  const request = { topics: [{ name: 'moving', count: 2, assignments: null }], validateOnly: false }
  const { records } = createPartitions(moving, request, seededRandom(7))
  expect(records.map((record) => 'replicas' in record && record.replicas?.length)).toEqual([1])
})

test('by hand: in the order of the new numbers', () => {
  const { records } = grow([
    {
      name: 'two',
      count: 4,
      assignments: [
        [1, 3],
        [2, 3],
      ],
    },
  ])
  expect(records).toMatchObject([
    { partition: 2, replicas: [1, 3], isr: [1, 3], leader: 1 },
    { partition: 3, replicas: [2, 3], isr: [3], leader: 3 },
  ])
})

describe('refusals', () => {
  test.each<[Partial<GrownTopic> & { name: string }, string]>([
    [{ name: 'gone' }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    [{ name: '' }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    [{ name: 'two', count: 2 }, 'INVALID_PARTITIONS'],
    [{ name: 'two', count: 1 }, 'INVALID_PARTITIONS'],
    [{ name: 'two', count: 0 }, 'INVALID_PARTITIONS'],
    [{ name: 'two', count: -0x8000_0000 }, 'INVALID_PARTITIONS'],
    [{ name: 'two', count: 2, assignments: [[9]] }, 'INVALID_PARTITIONS'],
    [{ name: 'two', count: 10_003 }, 'POLICY_VIOLATION'],
    [{ name: 'two', count: 0x7fff_ffff }, 'POLICY_VIOLATION'],
    [{ name: 'two', count: 4, assignments: [[1, 3]] }, 'INVALID_REPLICA_ASSIGNMENT'],
    [{ name: 'two', assignments: [] }, 'INVALID_REPLICA_ASSIGNMENT'],
    [{ name: 'two', assignments: [[]] }, 'INVALID_REPLICA_ASSIGNMENT'],
    [{ name: 'two', assignments: [[1]] }, 'INVALID_REPLICA_ASSIGNMENT'],
    [{ name: 'two', assignments: [[1, 1]] }, 'INVALID_REPLICA_ASSIGNMENT'],
    [{ name: 'two', assignments: [[1, 9]] }, 'INVALID_REPLICA_ASSIGNMENT'],
    [{ name: 'two', assignments: [[2, 4]] }, 'INVALID_REPLICA_ASSIGNMENT'],
  ])('%j: %s', (asked, code) => {
    expect(codes(asked)).toEqual([`${asked.name} ${code}`])
    expect(grow([asked]).records).toEqual([])
  })

  test('a topic named twice is refused once, and the others grow', () => {
    expect(codes({ name: 'two' }, { name: 'one' }, { name: 'two' }, { name: 'x' })).toEqual([
      'two INVALID_REQUEST',
      'one NONE',
      'x UNKNOWN_TOPIC_OR_PARTITION',
    ])
  })

  test('too many in one request create none', () => {
    const asked = [
      { name: 'one', count: 6_001 },
      { name: 'two', count: 6_002 },
    ]
    expect(codes(...asked)).toEqual(['one POLICY_VIOLATION', 'two POLICY_VIOLATION'])
    expect(grow(asked).records).toEqual([])
  })

  test('fewer brokers than replicas', () => {
    const alone = imageWith(
      broker(1),
      topic(1, 'one'),
      partition(1, 0, [1, 2], { isr: [], leader: -1 }),
    )
    const asked = { topics: [{ name: 'one', count: 2, assignments: null }], validateOnly: false }
    const { reply } = createPartitions(alone, asked, seededRandom(1))
    expect(reply.map(({ errorCode }) => errorName(errorCode))).toEqual([
      'INVALID_REPLICATION_FACTOR',
    ])
  })
})

test('writes nothing when it only validates', () => {
  const { records, reply } = grow([{ name: 'one' }, { name: 'gone' }], true)
  expect([records, reply.map(({ errorCode }) => errorCode)]).toEqual([[], [0, 3]])
})
