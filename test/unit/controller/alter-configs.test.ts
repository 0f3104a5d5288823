/**
 * Goal: what a resource would be is checked as a whole, one resource's fault is never another's,
 * and lowering the effective min ISR takes eligibility away in the same list (SAFETY S12).
 * Method: small images and the real tables of options; records are replayed and the image is looked
 * at.
 */
import { describe, expect, test } from 'vitest'
import { loadNodeConfig } from '../../../src/config/load.ts'
import { alterConfigs } from '../../../src/controller/alter-configs.ts'
import { foundingRecords } from '../../../src/controller/config-control.ts'
import type { ConfigOperation } from '../../../src/controller/requests.ts'
import type { ConfigResource } from '../../../src/metadata/image/configs.ts'
import { overridesOf } from '../../../src/metadata/image/configs.ts'
import { configRulesOf } from '../../../src/node/config-rules.ts'
import { errorName } from '../../../src/wire/errors.ts'
import {
  after,
  broker,
  config,
  imageWith,
  nodeIds,
  partition,
  topic,
  topicId,
} from '../metadata/images.ts'

const seeds = new Map([
  ['min.insync.replicas', '2'],
  ['unclean.leader.election.enable', 'false'],
])
const founded = imageWith(...foundingRecords('cluster-id', seeds), broker(1))
const rules = configRulesOf(loadNodeConfig(), new Set())

const CLUSTER: ConfigResource = { type: 'broker', name: '' }
const BROKER: ConfigResource = { type: 'broker', name: '1' }
const TOPIC: ConfigResource = { type: 'topic', name: 't1' }

type Short = readonly [type: ConfigOperation['type'], name: string, value?: string]
const operations = (list: readonly Short[]) =>
  list.map(([type, name, value = '']): ConfigOperation =>
    type === 'delete' ? { type, name } : { type, name, value },
  )
const change = (resource: ConfigResource, list: readonly Short[], replacesAll = false) => ({
  resource,
  operations: operations(list),
  replacesAll,
})

const image = after(
  founded,
  topic(1),
  config('t1', 'retention.ms', '1'),
  config('t1', 'segment.bytes', '200'),
)

const alter = (...changes: ReturnType<typeof change>[]) =>
  alterConfigs(image, { changes, validateOnly: false }, rules)

/** The resource's overrides afterwards; throws when the change is refused. */
function overridesAfter(...asked: Parameters<typeof change>): Record<string, string> {
  const { records, reply } = alter(change(...asked))
  expect(reply).toEqual([{ resource: asked[0], errorCode: 0, errorMessage: null }])
  return Object.fromEntries(overridesOf(after(image, ...records).configs, asked[0]))
}

describe('a change', () => {
  test('sets, removes and writes only what differs', () => {
    const asked: Short[] = [
      ['set', 'retention.ms', '1'],
      ['delete', 'segment.bytes'],
      ['set', 'flush.messages', '3'],
      ['delete', 'flush.ms'],
    ]
    expect(alter(change(TOPIC, asked)).records).toHaveLength(2)
    expect(overridesAfter(TOPIC, asked)).toEqual({ 'retention.ms': '1', 'flush.messages': '3' })
  })

  test('that replaces all removes what it does not name', () => {
    expect(overridesAfter(TOPIC, [['set', 'flush.ms', '5']], true)).toEqual({ 'flush.ms': '5' })
    expect(overridesAfter(TOPIC, [], true)).toEqual({})
  })

  test.each<[Short[], string]>([
    [[['append', 'cleanup.policy', 'compact']], 'delete,compact'],
    [[['append', 'cleanup.policy', 'delete, compact,compact']], 'delete,compact'],
    [[['subtract', 'cleanup.policy', 'delete']], ''],
    [[['subtract', 'cleanup.policy', 'compact']], 'delete'],
  ])('%j of a list: %j', (asked, policy) => {
    expect(overridesAfter(TOPIC, asked)['cleanup.policy']).toBe(policy)
  })

  test('appends to what all brokers were told, where the topic says nothing', () => {
    const under = after(image, config('', 'log.cleanup.policy', 'compact'))
    const asked = change(TOPIC, [['append', 'cleanup.policy', 'delete']])
    const { records } = alterConfigs(under, { changes: [asked], validateOnly: false }, rules)
    expect(records).toMatchObject([{ key: 'cleanup.policy', value: 'compact,delete' }])
  })

  test('is for all brokers, for one, and never a safety setting for one', () => {
    expect(overridesAfter(CLUSTER, [['set', 'log.retention.ms', ' 5 ']])).toEqual({
      ...Object.fromEntries(seeds),
      'log.retention.ms': '5',
    })
    expect(overridesAfter(BROKER, [['set', 'message.max.bytes', '77']])).toEqual({
      'message.max.bytes': '77',
    })
  })

  test('writes nothing when it only validates', () => {
    const changes = [change(TOPIC, [['set', 'retention.ms', '5']]), change(TOPIC, [])]
    expect(alterConfigs(image, { changes, validateOnly: true }, rules).records).toEqual([])
  })
})

describe('refused', () => {
  const safety = 'min.insync.replicas'
  test.each<[ConfigResource, Short[], string, RegExp]>([
    [{ type: 'topic', name: 'gone' }, [], 'UNKNOWN_TOPIC_OR_PARTITION', /gone/],
    [TOPIC, [['set', 'no.such', '1']], 'INVALID_CONFIG', /Unknown topic config name/],
    [TOPIC, [['set', 'retention.ms', 'x']], 'INVALID_CONFIG', /^Invalid value x for configuration/],
    [
      TOPIC,
      [['append', 'retention.ms', '1']],
      'INVALID_CONFIG',
      /^Can't APPEND to key retention.ms/,
    ],
    [TOPIC, [['subtract', 'no.such', '1']], 'INVALID_CONFIG', /^Can't SUBTRACT to key no.such/],
    [TOPIC, [['append', 'cleanup.policy', 'x']], 'INVALID_CONFIG', /String must be one of/],
    [
      TOPIC,
      [
        ['set', 'flush.ms', '1'],
        ['delete', 'flush.ms'],
      ],
      'INVALID_REQUEST',
      /duplicate config keys/,
    ],
    [
      TOPIC,
      [
        ['set', 'min.compaction.lag.ms', '5'],
        ['set', 'max.compaction.lag.ms', '4'],
      ],
      'INVALID_CONFIG',
      /^conflict topic config setting/,
    ],
    [{ type: 'broker', name: '9' }, [], 'INVALID_REQUEST', /there is no broker 9/],
    [{ type: 'broker', name: '01' }, [], 'INVALID_REQUEST', /there is no broker 01/],
    [BROKER, [['set', safety, '1']], 'INVALID_REQUEST', /the same for all brokers/],
    [CLUSTER, [['set', safety, '0']], 'INVALID_REQUEST', /at least 1/],
    [CLUSTER, [['delete', safety]], 'INVALID_CONFIG', /cannot be removed/],
    [
      CLUSTER,
      [['set', 'unclean.leader.election.enable', 'yes']],
      'INVALID_REQUEST',
      /true or false/,
    ],
    [
      CLUSTER,
      [['set', 'log.dirs', '/']],
      'INVALID_REQUEST',
      /^Cannot update these configs dynamically: log.dirs$/,
    ],
    [
      CLUSTER,
      [['append', 'listeners', 'x']],
      'INVALID_REQUEST',
      /^Cannot update these configs dynamically/,
    ],
    [CLUSTER, [['set', 'log.retention.hours', '1']], 'INVALID_REQUEST', /^Cannot update these/],
    [
      CLUSTER,
      [['set', 'log.retention.ms', '0']],
      'INVALID_REQUEST',
      /-1 \(for ever\) or at least 1/,
    ],
    [CLUSTER, [['set', 'num.network.threads', '1']], 'INVALID_REQUEST', /is not supported: /],
    [
      CLUSTER,
      [['set', 'log.retention.m', '1']],
      'INVALID_REQUEST',
      /did you mean log.retention.ms/,
    ],
  ])('%j %j: %s', (resource, asked, code, message) => {
    const { records, reply } = alter(change(resource, asked))
    expect(records).toEqual([])
    expect(reply.map(({ errorCode }) => errorName(errorCode))).toEqual([code])
    expect(reply[0]?.errorMessage).toMatch(message)
  })

  describe('for all brokers, what one of them contradicts', () => {
    const lag = (which: 'min' | 'max') => `log.cleaner.${which}.compaction.lag.ms`
    const ofBroker = (which: 'min' | 'max', value: string) =>
      ({ ...config('1', lag(which), value), resourceType: 'broker' }) as const
    const refused = [
      { errorCode: 42, errorMessage: expect.stringMatching(/broker 1.*must be no more/) as string },
    ]
    const cluster = (under: typeof image, list: Short[], its = rules) =>
      alterConfigs(under, { changes: [change(CLUSTER, list)], validateOnly: false }, its)

    test('when it is set', () => {
      const { records, reply } = cluster(after(image, ofBroker('max', '4')), [
        ['set', lag('min'), '5'],
      ])
      expect([reply, records]).toMatchObject([refused, []])
    })

    test('when what kept them together is removed', () => {
      const under = after(image, config('', lag('min'), '3'), ofBroker('max', '4'))
      const filed = loadNodeConfig({ flags: [`${lag('min')}=5`] })
      const { reply } = cluster(under, [['delete', lag('min')]], configRulesOf(filed, new Set()))
      expect(reply).toMatchObject(refused)
    })

    test('and not what it sets for itself as well', () => {
      const under = after(image, ofBroker('min', '3'), ofBroker('max', '4'))
      expect(cluster(under, [['set', lag('min'), '5']]).reply).toMatchObject([{ errorCode: 0 }])
    })

    test.each([
      ['first', [CLUSTER, BROKER]],
      ['last', [BROKER, CLUSTER]],
    ])('in one request that names them %s', (_, resources) => {
      const minAndMax = (min: string, max: string) =>
        resources.map((resource) =>
          change(resource, [
            resource === CLUSTER ? ['set', lag('min'), min] : ['set', lag('max'), max],
          ]),
        )
      expect(alter(...minAndMax('4', '4')).reply).toMatchObject([
        { errorCode: 0 },
        { errorCode: 0 },
      ])
      expect(alter(...minAndMax('5', '4')).reply).toMatchObject([
        { errorCode: 0 },
        { errorCode: 42 },
      ])
    })
  })

  test('replacing all for the whole cluster, when it leaves a safety setting out', () => {
    const { reply } = alter(change(CLUSTER, [['set', 'log.retention.ms', '5']], true))
    expect(reply.map(({ errorCode }) => errorName(errorCode))).toEqual(['INVALID_CONFIG'])
  })

  test('a resource that is named twice, all of it, and the others are changed', () => {
    const { records, reply } = alter(
      change(TOPIC, [['set', 'flush.ms', '1']]),
      change(CLUSTER, [['set', 'log.retention.ms', '5']]),
      change(TOPIC, [['set', 'flush.ms', '2']]),
    )
    expect(reply.map(({ errorCode }) => errorName(errorCode))).toEqual([
      'INVALID_REQUEST',
      'NONE',
      'INVALID_REQUEST',
    ])
    expect(records).toMatchObject([{ resourceType: 'broker', key: 'log.retention.ms' }])
  })
})

describe('lowering min ISR', () => {
  const frozen = after(
    founded,
    topic(1),
    partition(1, 0, [1, 2, 3], { isr: nodeIds(1), elr: nodeIds(2) }),
    partition(1, 1, [1, 2, 3]),
    topic(2),
    partition(2, 0, [3, 2, 1], { isr: [], elr: nodeIds(3), leader: -1 }),
    topic(3),
    config('t3', 'min.insync.replicas', '2'),
    partition(3, 0, [1, 2, 3], { isr: nodeIds(1), elr: nodeIds(3) }),
  )

  /** `t1-0` for each partition whose ELR a change clears. */
  const cleared = (resource: ConfigResource, value: string | null) => {
    const asked: Short =
      value === null ? ['delete', 'min.insync.replicas'] : ['set', 'min.insync.replicas', value]
    const changes = [change(resource, [asked])]
    const { records, atomic } = alterConfigs(frozen, { changes, validateOnly: false }, rules)
    expect(atomic).toBe(true)
    return records.flatMap((record) => {
      if (record.type !== 'PartitionChange') return []
      expect(record.elr).toEqual([])
      const topicName = [1, 2, 3].find((number) => topicId(number) === record.topicId)
      return [`t${topicName}-${record.partition}`]
    })
  }

  test('for the cluster clears what follows the cluster and has somebody who may go on', () => {
    expect(cleared(CLUSTER, '1')).toEqual(['t1-0'])
  })

  test('for a topic clears that topic', () => {
    expect(cleared({ type: 'topic', name: 't3' }, '1')).toEqual(['t3-0'])
  })

  test('does not happen when it rises, or stays what it effectively was', () => {
    expect(cleared(CLUSTER, '3')).toEqual([])
    expect(cleared({ type: 'topic', name: 't3' }, null)).toEqual([])
  })
})

test('allowing unclean elections elects where nobody else may lead', () => {
  const waiting = after(
    founded,
    topic(1),
    partition(1, 0, [2, 1], { isr: [], elr: nodeIds(2), leader: -1 }),
    topic(2),
    partition(2, 0, [2, 1], { isr: [], elr: nodeIds(2), leader: -1 }),
  )
  for (const value of ['false', 'TRUE']) {
    const changes = [change(TOPIC, [['set', 'unclean.leader.election.enable', value]])]
    const { records } = alterConfigs(waiting, { changes, validateOnly: false }, rules)
    const { topics } = after(waiting, ...records)
    const leaders = ['t1', 't2'].map((name) => topics.byName.get(name)?.partitions[0]?.leader)
    expect(leaders).toEqual(value === 'false' ? [-1, -1] : [1, -1])
  }
})
