/**
 * Goal: topics are created and deleted with Kafka's exact error per topic, in Kafka's order of
 * checks, one topic's fault never another's; what is created is one atomic list in the right order.
 * Method: tables of requests against small images.
 */
import { describe, expect, test } from 'vitest'
import { asTopicId } from '../../../src/base/ids.ts'
import type {
  CreatableTopic,
  CreateTopicResult,
  DeletableTopic,
} from '../../../src/controller/requests.ts'
import {
  createTopics,
  deleteTopics,
  type TopicControlContext,
} from '../../../src/controller/topic-control.ts'
import { errorName } from '../../../src/wire/errors.ts'
import { after, broker, config, imageWith, partition, topic, topicId } from '../metadata/images.ts'
import { seededRandom } from './seeded-random.ts'

const image = imageWith(
  broker(1),
  broker(2, { fenced: true }),
  broker(3),
  broker(4, { inControlledShutdown: true }),
  topic(1, 'there'),
  config('there', 'retention.ms', '1'),
  partition(1, 0, [1]),
  topic(2, 'a.b'),
  partition(2, 0, [1]),
)

const context = (settings: Partial<TopicControlContext['settings']> = {}): TopicControlContext => ({
  settings: {
    defaultPartitions: 2,
    defaultReplicationFactor: null,
    ...settings,
  },
  configRules: {
    check: (_resource, overrides) =>
      overrides.has('bad') ? { problem: 'bad is bad' } : { overrides },
    inheritedItems: () => null,
    effective: (overrides) =>
      [...overrides].map(([name, value]) => ({
        ...{ name, value, readOnly: false, source: 1, isSensitive: false },
      })),
  },
  random: seededRandom(7),
})

const creatable = (changes: Partial<CreatableTopic> = {}): CreatableTopic => ({
  name: 'new',
  partitions: 1,
  replicationFactor: 1,
  assignments: [],
  configs: [],
  ...changes,
})

const create = (...topics: Partial<CreatableTopic>[]) =>
  createTopics(image, { topics: topics.map(creatable), validateOnly: false }, context())

/** `new 2x1` for a success, `new INVALID_PARTITIONS` for a failure. */
const summary = (results: readonly CreateTopicResult[]) =>
  results.map((result) =>
    'partitions' in result
      ? `${result.name} ${result.partitions}x${result.replicationFactor}`
      : `${result.name} ${errorName(result.errorCode)}`,
  )

const codeOf = (changes: Partial<CreatableTopic>) =>
  summary(create(changes).reply)[0]?.split(' ').at(-1)

describe('creating topics', () => {
  test('gives topic, configs and partitions, in that order', () => {
    const { records, reply } = create({
      partitions: 2,
      configs: [{ name: 'retention.ms', value: '5' }],
    })
    expect(records.map(({ type }) => type)).toEqual(['Topic', 'Config', 'Partition', 'Partition'])
    const [result] = reply
    expect(result).toMatchObject({
      errorCode: 0,
      name: 'new',
      partitions: 2,
      replicationFactor: 1,
      configs: [{ name: 'retention.ms', value: '5' }],
    })
    const created = after(image, ...records).topics.byName.get('new')
    expect(created?.topicId).toBe(result?.topicId)
    for (const { leader, isr, leaderEpoch, partitionEpoch } of created?.partitions ?? []) {
      expect([1, 3]).toContain(leader)
      expect([isr, leaderEpoch, partitionEpoch]).toEqual([[leader], 0, 0])
    }
  })

  test('starts with an ISR of those in service', () => {
    const { records } = create({
      partitions: -1,
      replicationFactor: -1,
      assignments: [{ partition: 0, brokerIds: [2, 3, 1] }],
    })
    expect(records[1]).toMatchObject({ replicas: [2, 3, 1], isr: [3, 1], leader: 3 })
  })

  test('takes the defaults for -1: at most three replicas, as many as there are brokers', () => {
    const asDefault = creatable({ partitions: -1, replicationFactor: -1 })
    const { reply } = createTopics(image, { topics: [asDefault], validateOnly: false }, context())
    expect(summary(reply)).toEqual(['new 2x3'])
    const configured = context({ defaultPartitions: 5, defaultReplicationFactor: 2 })
    expect(
      summary(createTopics(image, { topics: [asDefault], validateOnly: false }, configured).reply),
    ).toEqual(['new 5x2'])
    const alone = imageWith(broker(1))
    expect(
      summary(createTopics(alone, { topics: [asDefault], validateOnly: false }, context()).reply),
    ).toEqual(['new 2x1'])
  })

  test.each([
    ['', 'INVALID_TOPIC_EXCEPTION'],
    ['.', 'INVALID_TOPIC_EXCEPTION'],
    ['..', 'INVALID_TOPIC_EXCEPTION'],
    ['a b', 'INVALID_TOPIC_EXCEPTION'],
    ['a/b', 'INVALID_TOPIC_EXCEPTION'],
    ['ä', 'INVALID_TOPIC_EXCEPTION'],
    ['a\n', 'INVALID_TOPIC_EXCEPTION'],
    ['x'.repeat(250), 'INVALID_TOPIC_EXCEPTION'],
    ['x'.repeat(249), '1x1'],
    ['...', '1x1'],
    ['a_b', 'INVALID_TOPIC_EXCEPTION'],
    ['there', 'TOPIC_ALREADY_EXISTS'],
    ['a.b', 'TOPIC_ALREADY_EXISTS'],
    ['__cluster_metadata', 'TOPIC_AUTHORIZATION_FAILED'],
    ['__consumer_offsets', '1x1'],
  ])('name %j: %s', (name, expected) => {
    expect(codeOf({ name })).toBe(expected)
  })

  test.each([
    [{ partitions: 0 }, 'INVALID_PARTITIONS'],
    [{ partitions: -2 }, 'INVALID_PARTITIONS'],
    [{ partitions: 10_001 }, 'POLICY_VIOLATION'],
    [{ partitions: 0x7fff_ffff }, 'POLICY_VIOLATION'],
    [{ replicationFactor: 0 }, 'INVALID_REPLICATION_FACTOR'],
    [{ replicationFactor: -2, partitions: 0 }, 'INVALID_REPLICATION_FACTOR'],
    [{ replicationFactor: 4 }, 'INVALID_REPLICATION_FACTOR'],
    [{ configs: [{ name: 'bad', value: 'x' }] }, 'INVALID_CONFIG'],
    [{ configs: [{ name: 'retention.ms', value: null }] }, 'INVALID_CONFIG'],
    [{ configs: [{ name: 'bad', value: 'x' }], partitions: 0 }, 'INVALID_CONFIG'],
  ])('%j: %s', (changes, expected) => {
    expect(codeOf(changes)).toBe(expected)
  })

  test.each([
    ['partition count too', { partitions: 1, replicationFactor: -1 }, [[1]], 'INVALID_REQUEST'],
    ['factor too', { partitions: -1, replicationFactor: 1 }, [[1]], 'INVALID_REQUEST'],
    ['nobody', {}, [[]], 'INVALID_REPLICA_ASSIGNMENT'],
    ['an unknown broker', {}, [[9]], 'INVALID_REPLICA_ASSIGNMENT'],
    ['a broker twice', {}, [[1, 1]], 'INVALID_REPLICA_ASSIGNMENT'],
    ['uneven factors', {}, [[1, 3], [1]], 'INVALID_REPLICA_ASSIGNMENT'],
    ['only fenced ones', {}, [[2]], 'INVALID_REPLICA_ASSIGNMENT'],
    [
      'two partitions',
      {},
      [
        [1, 3],
        [3, 1],
      ],
      '2x2',
    ],
  ])('assigned by hand, %s: %s', (_what, counts, lists, expected) => {
    const assignments = lists.map((brokerIds, index) => ({ partition: index, brokerIds }))
    const none = { partitions: -1, replicationFactor: -1 }
    expect(codeOf({ ...none, ...counts, assignments })).toBe(expected)
  })

  test.each([
    ['a gap', [0, 2]],
    ['not from 0', [1, 2]],
    ['one twice', [0, 0]],
    ['a negative one', [-1, 0]],
  ])('assigned by hand, partitions with %s', (_what, numbers) => {
    const assignments = numbers.map((number) => ({ partition: number, brokerIds: [1] }))
    expect(codeOf({ partitions: -1, replicationFactor: -1, assignments })).toBe(
      'INVALID_REPLICA_ASSIGNMENT',
    )
  })

  test('with nobody in service is refused', () => {
    const fenced = imageWith(broker(1, { fenced: true }))
    const { reply } = createTopics(
      fenced,
      { topics: [creatable()], validateOnly: false },
      context(),
    )
    expect(summary(reply)).toEqual(['new INVALID_REPLICATION_FACTOR'])
  })

  test('judges each topic for itself, duplicates and mutual collisions included', () => {
    const { records, reply } = create(
      { name: 'one' },
      { name: 'twice' },
      { name: 'two', partitions: 0 },
      { name: 'twice' },
      { name: 'c.d' },
      { name: 'c_d' },
    )
    expect(summary(reply)).toEqual([
      'one 1x1',
      'twice INVALID_REQUEST',
      'two INVALID_PARTITIONS',
      'c.d 1x1',
      'c_d INVALID_TOPIC_EXCEPTION',
    ])
    expect([...after(image, ...records).topics.byName.keys()]).toEqual([
      'a.b',
      'c.d',
      'one',
      'there',
    ])
  })

  test('writes nothing when it only validates', () => {
    const { records, reply } = createTopics(
      image,
      { topics: [creatable(), creatable({ name: 'there' })], validateOnly: true },
      context(),
    )
    expect([records, summary(reply)]).toEqual([[], ['new 1x1', 'there TOPIC_ALREADY_EXISTS']])
  })

  test('of too many partitions in one request creates none', () => {
    const { records, reply } = create(
      { name: 'a', partitions: 9_000 },
      { name: 'b', partitions: 2_000 },
    )
    expect([records, summary(reply)]).toEqual([[], ['a POLICY_VIOLATION', 'b POLICY_VIOLATION']])
  })

  test('never gives one id twice', () => {
    const { reply } = create(...Array.from({ length: 100 }, (_, index) => ({ name: `n${index}` })))
    expect(new Set(reply.map((result) => result.topicId)).size).toBe(100)
  })
})

describe('deleting topics', () => {
  const byName = (name: string): DeletableTopic => ({ name, topicId: null })
  const byId = (number: number): DeletableTopic => ({ name: null, topicId: topicId(number) })
  const codes = (...topics: DeletableTopic[]) =>
    deleteTopics(image, topics).reply.map(({ errorCode }) => errorName(errorCode))

  test('works by name and by id, and answers with both', () => {
    const { records, reply } = deleteTopics(image, [byName('there'), byId(2)])
    expect(reply).toEqual([
      { errorCode: 0, name: 'there', topicId: topicId(1) },
      { errorCode: 0, name: 'a.b', topicId: topicId(2) },
    ])
    const next = after(image, ...records)
    expect([next.topics.byName.size, next.configs.byResource.size]).toEqual([0, 0])
  })

  test('refuses what is unknown, ambiguous or asked for twice', () => {
    expect(codes(byName('gone'), byId(9), byName('there'))).toEqual([
      'UNKNOWN_TOPIC_OR_PARTITION',
      'UNKNOWN_TOPIC_ID',
      'NONE',
    ])
    expect(
      codes({ name: null, topicId: null }, { name: 'there', topicId: asTopicId('x') }),
    ).toEqual(['INVALID_REQUEST', 'INVALID_REQUEST'])
    expect(codes(byName('there'), byId(1), byId(2))).toEqual([
      'INVALID_REQUEST',
      'INVALID_REQUEST',
      'NONE',
    ])
  })
})
