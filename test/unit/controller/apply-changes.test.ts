/**
 * Goal: a request of the administration changes all it names or nothing, each of its changes seeing
 * the ones before it; with a key it is carried out once; what is expected of the cluster is true
 * when a change is made. Method: requests against small images, whole results compared; every
 * refused request leaves no record.
 */
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { applyChanges } from '../../../src/controller/apply-changes.ts'
import type { ApplyChangesRequest, Change, Expectation } from '../../../src/controller/changes.ts'
import type { CreatableTopic } from '../../../src/controller/requests.ts'
import { applyEntry } from '../../../src/metadata/delta.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import { RECORDS_PER_ENTRY_MAX } from '../../../src/metadata/records.ts'
import { broker, config, imageWith, partition, topic, topicId } from '../metadata/images.ts'
import { seededRandom } from './seeded-random.ts'

const image = imageWith(
  { type: 'ClusterId', clusterId: 'AAAAAAAAAAAAAAAAAAAAAA' },
  broker(1),
  broker(2),
  broker(3, { fenced: true }),
  broker(4, { fenced: true }),
  topic(1, 'there'),
  config('there', 'retention.ms', '1'),
  partition(1, 0, [1, 2], { leader: asNodeId(2) }),
  partition(1, 1, [2, 3], { isr: [asNodeId(2)] }),
  topic(2, '__consumer_offsets'),
  partition(2, 0, [1]),
  topic(3, 'moving'),
  partition(3, 0, [1, 2], { isr: [asNodeId(1)], addingReplicas: [asNodeId(2)] }),
)

const context = {
  nextOffset: 7,
  settings: { defaultPartitions: 2, defaultReplicationFactor: null },
  configRules: {
    check: (_: unknown, overrides: ReadonlyMap<string, string>) =>
      overrides.has('bad') ? { problem: 'bad is bad' } : { overrides },
    inheritedItems: () => null,
    effective: () => [],
  },
  random: seededRandom(7),
}

const apply = (
  at: MetadataImage,
  changes: readonly (Change | { change: Change; expects: Expectation | null })[],
  rest: Partial<ApplyChangesRequest> = {},
) =>
  applyChanges(
    at,
    {
      changes: changes.map((one) => ('change' in one && 'expects' in one ? one : unexpected(one))),
      validateOnly: false,
      requestKey: null,
      ...rest,
    },
    context,
  )

const unexpected = (change: Change) => ({ change, expects: null })

const create = (name: string, changes: Partial<CreatableTopic> = {}): Change => ({
  type: 'create-topic',
  topic: {
    ...{ name, partitions: 1, replicationFactor: 1, assignments: [], configs: [] },
    ...changes,
  },
})
const remove = (name: string): Change => ({ type: 'delete-topic', name, topicId: null })
const grow = (name: string, count: number): Change => ({
  type: 'add-partitions',
  topic: { name, count, assignments: null },
})
const set = (name: string, key: string, value: string): Change => ({
  type: 'alter-configs',
  change: {
    resource: { type: 'topic', name },
    operations: [{ type: 'set', name: key, value }],
    replacesAll: false,
  },
})

const typesOf = ({ records }: ReturnType<typeof apply>) => records.map(({ type }) => type)
const faultsOf = ({ reply }: ReturnType<typeof apply>) =>
  reply.faults.map(({ index, code }) => `${index} ${code}`)

describe('all or none', () => {
  test('each change sees the ones before it', () => {
    const result = apply(image, [create('new'), grow('new', 3), set('new', 'retention.ms', '5')])
    expect(faultsOf(result)).toEqual([])
    expect(typesOf(result)).toEqual(['Topic', 'Partition', 'Partition', 'Partition', 'Config'])
    expect(result.atomic).toBe(true)
    expect(result.reply.created.map(({ name, partitions }) => ({ name, partitions }))).toEqual([
      { name: 'new', partitions: 1 },
    ])
    const next = applyEntry(image, { offset: 7, epoch: 1, records: result.records })
    expect(next.topics.byName.get('new')?.partitions.length).toBe(3)
  })

  test('a topic may go and come again in one request', () => {
    const result = apply(image, [remove('there'), create('there')])
    expect(faultsOf(result)).toEqual([])
    const next = applyEntry(image, { offset: 7, epoch: 1, records: result.records })
    expect(next.topics.byName.get('there')?.topicId).not.toBe(topicId(1))
  })

  test('one fault leaves everything as it was, and all faults are told', () => {
    const result = apply(image, [
      create('one'),
      create('there'),
      grow('nowhere', 3),
      set('there', 'bad', '1'),
      create('one'),
      remove('__consumer_offsets'),
      create('__transaction_state'),
    ])
    expect(faultsOf(result)).toEqual([
      '1 TOPIC_ALREADY_EXISTS',
      '2 UNKNOWN_TOPIC_OR_PARTITION',
      '3 INVALID_CONFIG',
      '4 TOPIC_ALREADY_EXISTS',
      '5 INVALID_TOPIC_EXCEPTION',
      '6 INVALID_TOPIC_EXCEPTION',
    ])
    expect(result.records).toEqual([])
    expect(result.reply.created).toEqual([])
  })

  test('no more than twenty faults are told', () => {
    const result = apply(
      image,
      Array.from({ length: 100 }, () => create('there')),
    )
    expect(result.reply.faults.length).toBe(20)
  })

  test('what is validated only leaves no record, and says what there would be', () => {
    const requestKey = { key: 'k', digest: 'd' }
    const result = apply(image, [create('new')], { validateOnly: true, requestKey })
    expect(result.records).toEqual([])
    expect(result.reply.created.map(({ name }) => name)).toEqual(['new'])
  })

  test('one entry has a bound, and the key has room in it', () => {
    const partitions = RECORDS_PER_ENTRY_MAX - 2
    const requestKey = { key: 'k', digest: 'd' }
    expect(apply(image, [create('most', { partitions })], { requestKey }).records.length).toBe(
      RECORDS_PER_ENTRY_MAX,
    )
    expect(() => apply(image, [create('more', { partitions: partitions + 1 })])).toThrow(
      `more than ${RECORDS_PER_ENTRY_MAX} records`,
    )
  })
})

describe('once', () => {
  const requestKey = { key: 'k', digest: 'd' }
  const first = apply(image, [create('new')], { requestKey })
  const then = applyEntry(image, { offset: 7, epoch: 1, records: first.records })

  test('the key is in the same entry as the change', () => {
    expect(typesOf(first)).toEqual(['Topic', 'Partition', 'RequestKey'])
    expect(first.records.at(-1)).toEqual({ type: 'RequestKey', ...requestKey, metadataOffset: 7 })
  })

  test('asked again it changes nothing and says where it was carried out', () => {
    const again = apply(then, [create('new')], { requestKey })
    expect([again.records, again.reply.faults, again.reply.appliedAt]).toEqual([[], [], 7])
  })

  test('even when what it made is gone by now', () => {
    const removed = apply(then, [remove('new')])
    const gone = applyEntry(then, { offset: 8, epoch: 1, records: removed.records })
    expect(apply(gone, [create('new')], { requestKey }).records).toEqual([])
  })

  test('another request with that key is refused', () => {
    expect(() =>
      apply(then, [create('other')], { requestKey: { ...requestKey, digest: 'e' } }),
    ).toThrow(expect.objectContaining({ code: 'DUPLICATE_RESOURCE' }))
  })

  test('a refused request may be asked again', () => {
    const refused = apply(image, [create('there')], { requestKey })
    expect([refused.records, faultsOf(refused)]).toEqual([[], ['0 TOPIC_ALREADY_EXISTS']])
  })

  test('a key alone is noted', () => {
    expect(typesOf(apply(image, [], { requestKey }))).toEqual(['RequestKey'])
  })
})

describe('what is expected', () => {
  const nothing = { partitions: null, configs: new Map(), replicas: new Map() }
  const there: Expectation = { ...nothing, topic: 'there', topicId: topicId(1) }
  const expecting = (expects: Partial<Expectation>) =>
    apply(image, [{ change: set('there', 'a', 'b'), expects: { ...there, ...expects } }]).reply
      .faults[0]?.code ?? 'as expected'

  test.each<[string, Partial<Expectation>, boolean]>([
    ['the topic', {}, true],
    ['another topic of that name', { topicId: topicId(9) }, false],
    ['none of that name', { topicId: null }, false],
    ['none, and there is none', { topic: 'nowhere', topicId: null }, true],
    ['one, and there is none', { topic: 'nowhere' }, false],
    ['its partitions', { partitions: 2 }, true],
    ['other partitions', { partitions: 3 }, false],
    ['its overrides', { configs: new Map([['retention.ms', '1']]) }, true],
    ['other overrides', { configs: new Map([['retention.ms', '2']]) }, false],
    ['no override', { configs: new Map([['retention.ms', null]]) }, false],
    ['no override, and there is none', { configs: new Map([['segment.ms', null]]) }, true],
    ['its replicas', { replicas: new Map([[0, [1, 2]]]) }, true],
    ['its replicas in another order', { replicas: new Map([[0, [2, 1]]]) }, false],
    ['replicas of no partition', { replicas: new Map([[5, [2, 1]]]) }, false],
    [
      'replicas that are moving',
      { topic: 'moving', topicId: topicId(3), replicas: new Map([[0, [1, 2]]]) },
      false,
    ],
    ['of all brokers', { topic: null, configs: new Map([['retention.ms', null]]) }, true],
    ['else of all brokers', { topic: null, configs: new Map([['retention.ms', '1']]) }, false],
  ])('%s', (_, expects, isRight) => {
    expect(expecting(expects)).toBe(isRight ? 'as expected' : 'PLAN_OUTDATED')
  })

  test('counts what the request itself did before', () => {
    const result = apply(image, [
      grow('there', 3),
      { change: set('there', 'a', 'b'), expects: { ...there, partitions: 2 } },
    ])
    expect(faultsOf(result)).toEqual(['1 PLAN_OUTDATED'])
  })
})

describe('leaders and replicas', () => {
  const elect = (partitions: readonly number[] | null, at = image) =>
    apply(at, [
      {
        type: 'elect-leaders',
        election: 'preferred',
        partitions:
          partitions && partitions.map((number) => ({ topic: 'there', partition: number })),
      },
    ])

  test('where no election is needed there is none, and that is no fault', () => {
    const result = elect([0, 1])
    expect([faultsOf(result), result.reply.elected]).toEqual([
      [],
      [{ topic: 'there', partition: 0 }],
    ])
    expect(typesOf(result)).toEqual(['PartitionChange'])
  })

  test('all that are there', () => {
    expect(elect(null).reply.elected).toEqual([{ topic: 'there', partition: 0 }])
  })

  test('moves under way are taken back together', () => {
    const result = apply(image, [{ type: 'cancel-reassignments' }])
    expect(faultsOf(result)).toEqual([])
    const next = applyEntry(image, { offset: 7, epoch: 1, records: result.records })
    expect(next.topics.byName.get('moving')?.partitions[0]).toMatchObject({
      ...{ replicas: [1], addingReplicas: [], removingReplicas: [] },
    })
  })
})

describe('unregistering a broker', () => {
  const unregister = (nodeId: number) =>
    apply(image, [{ type: 'unregister-broker', nodeId: asNodeId(nodeId) }])

  test('one that is fenced and holds nothing goes', () => {
    expect(typesOf(unregister(4))).toEqual(['UnregisterBroker'])
  })

  test.each<[string, number, string]>([
    ['in service', 1, '0 INVALID_REQUEST'],
    ['that holds replicas', 3, '0 INVALID_REQUEST'],
    ['that is not known', 9, '0 BROKER_ID_NOT_REGISTERED'],
  ])('one %s does not', (_, nodeId, expected) => {
    const result = unregister(nodeId)
    expect([faultsOf(result), result.records]).toEqual([[expected], []])
  })
})
