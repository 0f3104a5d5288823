/**
 * Goal: a plan holds what has to be done and nothing else, in an order that can be carried out,
 * each step expecting the cluster as it was; what cannot be is refused by the field that wants it.
 * Method: desired states against small images; a plan's own end state gives an empty plan.
 */
import { describe, expect, test } from 'vitest'
import { isLograftError } from '../../../../src/base/errors.ts'
import { asNodeId } from '../../../../src/base/ids.ts'
import { applyChanges } from '../../../../src/controller/apply-changes.ts'
import { lograft } from '../../../../src/gen/lograft/admin/v1/admin.js'
import { applyEntry } from '../../../../src/metadata/delta.ts'
import type { MetadataImage } from '../../../../src/metadata/image.ts'
import { changesOfStep } from '../../../../src/rpc/admin/plan-changes.ts'
import { planSteps, PREFIXES_MAX, STEPS_MAX } from '../../../../src/rpc/admin/plan-steps.ts'
import { seededRandom } from '../../controller/seeded-random.ts'
import {
  broker,
  config,
  imageWith,
  partition,
  topic,
  topicId,
  uuid,
} from '../../metadata/images.ts'

const wire = lograft.admin.v1
type IDesiredTopic = lograft.admin.v1.IDesiredTopic
type IMakePlanRequest = lograft.admin.v1.IMakePlanRequest

const image = imageWith(
  { type: 'ClusterId', clusterId: uuid(9) },
  broker(1, { rack: 'a' }),
  broker(2, { rack: 'a' }),
  broker(3, { rack: 'b' }),
  broker(4, { fenced: true }),
  config('', 'min.insync.replicas', '1'),
  config('', 'unclean.leader.election.enable', 'false'),
  topic(1, 'orders'),
  config('orders', 'retention.ms', '1'),
  config('orders', 'segment.ms', '2'),
  partition(1, 0, [1]),
  partition(1, 1, [2, 3], { isr: [asNodeId(2)] }),
  topic(2, 'old-one'),
  partition(2, 0, [1]),
  topic(3, 'old-two'),
  partition(3, 0, [2]),
  topic(4, '__consumer_offsets'),
  partition(4, 0, [1]),
  topic(5, 'moving'),
  partition(5, 0, [1, 2], { addingReplicas: [asNodeId(2)], isr: [asNodeId(1)] }),
)

const desired = ({
  topics = [],
  ...rest
}: Omit<IMakePlanRequest, 'topics'> & { topics?: IDesiredTopic[] }) =>
  new wire.MakePlanRequest({ ...rest, topics: topics.map((one) => new wire.DesiredTopic(one)) })

const stepsFor = (request: Parameters<typeof desired>[0], at: MetadataImage = image) =>
  planSteps(at, desired(request))
const summaries = (request: Parameters<typeof desired>[0]) =>
  stepsFor(request).map(({ summary, losesData }) => (losesData ? `! ${summary}` : summary))

const context = {
  settings: { defaultPartitions: 1, defaultReplicationFactor: null },
  configRules: {
    check: (_: unknown, overrides: ReadonlyMap<string, string>) => ({ overrides }),
    inheritedItems: () => null,
    effective: () => [],
  },
  random: seededRandom(7),
}

/** What the cluster is when every step was carried out; the faults, if there are any. */
function after(request: Parameters<typeof desired>[0], at = image) {
  let now = at
  for (const [index, step] of stepsFor(request, at).entries()) {
    const nextOffset = now.metadataOffset + 1
    const changes = changesOfStep(step, `steps[${index}]`)
    const wanted = { changes, validateOnly: false, requestKey: null }
    const { records, reply } = applyChanges(now, wanted, { ...context, nextOffset })
    expect(reply.faults).toEqual([])
    now = applyEntry(now, { offset: nextOffset, epoch: 1, records })
  }
  return now
}

describe('a plan', () => {
  test('of what is there already is empty', () => {
    const topics = [{ name: 'orders', partitions: 2, configs: { 'retention.ms': '1' } }]
    expect(summaries({ topics, clusterConfigs: { 'min.insync.replicas': '1' } })).toEqual([])
  })

  test('says what it does, creations before deletions', () => {
    expect(
      summaries({
        clusterConfigs: { 'min.insync.replicas': '2' },
        deleteOthersWithPrefix: ['old-', '__'],
        topics: [
          { name: 'new', partitions: 3, replicationFactor: 2, configs: { 'retention.ms': '5' } },
          { name: 'plain' },
          {
            ...{ name: 'orders', partitions: 4, replicationFactor: 2, exactConfigs: true },
            configs: { 'retention.ms': '9' },
          },
          { name: 'old-two' },
        ],
      }),
    ).toEqual([
      'all brokers: min.insync.replicas=2',
      'create topic new: 3 partition(s), 2 replica(s), retention.ms=5',
      'create topic plain: the default number of partitions, the default number of replicas',
      'topic orders: retention.ms=9, segment.ms unset',
      'topic orders: 1 → 2 replicas of 1 partition(s)',
      'topic orders: 2 → 4 partitions',
      '! delete topic old-one with 1 partition(s)',
    ])
  })

  test('leads to a state of which there is nothing left to plan', () => {
    const request = {
      clusterConfigs: { 'min.insync.replicas': '2' },
      deleteOthersWithPrefix: ['old-'],
      topics: [
        { name: 'new', partitions: 3, replicationFactor: 2, configs: { 'retention.ms': '5' } },
        { ...{ name: 'orders', partitions: 4, exactConfigs: true }, configs: { a: '' } },
      ],
    }
    const then = after(request)
    expect(stepsFor(request, then).map(({ summary }) => summary)).toEqual([])
    expect([...then.topics.byName.keys()]).toEqual([
      '__consumer_offsets',
      'moving',
      'new',
      'orders',
    ])
  })

  test('adds replicas where fewest are, in another rack, and takes those out of sync first', () => {
    const [step] = stepsFor({ topics: [{ name: 'orders', replicationFactor: 2 }] })
    expect(step?.reassign?.partitions).toMatchObject([{ partition: 0, replicas: [1, 3] }])
    const [fewer] = stepsFor({ topics: [{ name: 'orders', replicationFactor: 1 }] })
    expect(fewer?.reassign?.partitions).toMatchObject([{ partition: 1, replicas: [2] }])
  })

  test('expects the cluster as it is', () => {
    const request = {
      deleteOthersWithPrefix: ['old-one'],
      topics: [{ name: 'orders', configs: { 'retention.ms': '9', x: 'y' }, replicationFactor: 2 }],
    }
    const expectations = stepsFor(request).map(
      (step, index) => changesOfStep(step, `${index}`)[0]?.expects,
    )
    const orders = { topic: 'orders', topicId: topicId(1), partitions: null }
    expect(expectations).toEqual([
      {
        ...orders,
        configs: new Map([
          ['retention.ms', '1'],
          ['x', null],
        ]),
        replicas: new Map(),
      },
      { ...orders, configs: new Map(), replicas: new Map([[0, [1]]]) },
      {
        ...{ topic: 'old-one', topicId: topicId(2), partitions: null },
        ...{ configs: new Map(), replicas: new Map() },
      },
    ])
  })
})

describe('what cannot be', () => {
  const refusal = (request: Parameters<typeof desired>[0]) => {
    try {
      stepsFor(request)
      return 'planned'
    } catch (thrown) {
      if (!isLograftError(thrown)) throw thrown
      return `${thrown.code} ${thrown.field}`
    }
  }
  const many = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `many-${at}` }))

  test.each<[string, Parameters<typeof desired>[0], string]>([
    ['no name', { topics: [{ name: '' }] }, 'INVALID_REQUEST topics[0].name'],
    ['a name twice', { topics: [{ name: 'a' }, { name: 'a' }] }, 'INVALID_REQUEST topics[1]'],
    [
      'fewer partitions',
      { topics: [{ name: 'orders', partitions: 1 }] },
      'INVALID_PARTITIONS topics[0].partitions',
    ],
    [
      'too many partitions',
      { topics: [{ name: 'orders', partitions: 2 ** 31 }] },
      'INVALID_REQUEST topics[0].partitions',
    ],
    [
      'too many of a new topic',
      { topics: [{ name: 'x', partitions: 2 ** 31 }] },
      'INVALID_REQUEST topics[0].partitions',
    ],
    [
      'more replicas than brokers',
      { topics: [{ name: 'orders', replicationFactor: 4 }] },
      'INVALID_REPLICATION_FACTOR topics[0].replication_factor',
    ],
    [
      'replicas of what moves',
      { topics: [{ name: 'moving', replicationFactor: 3 }] },
      'REASSIGNMENT_IN_PROGRESS topics[0].replication_factor',
    ],
    [
      'every topic with no prefix',
      { deleteOthersWithPrefix: ['a', ''] },
      'INVALID_REQUEST delete_others_with_prefix[1]',
    ],
    [
      'more prefixes than are looked for',
      { deleteOthersWithPrefix: Array.from({ length: PREFIXES_MAX + 1 }, (_, at) => `p${at}`) },
      'INVALID_REQUEST delete_others_with_prefix',
    ],
    ['more topics than a list holds', { topics: many(10_001) }, 'INVALID_REQUEST topics'],
    ['more than a plan holds', { topics: many(STEPS_MAX + 1) }, 'POLICY_VIOLATION topics'],
    ['as much as a plan holds', { topics: many(STEPS_MAX) }, 'planned'],
  ])('%s', (_, request, expected) => {
    expect(refusal(request)).toBe(expected)
  })
})
