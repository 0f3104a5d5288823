/**
 * Goal: the safety settings live in metadata alone; changes are validated as a whole per resource,
 * and lowering the effective min ISR takes eligibility away in the same list (SAFETY S12).
 * Method: small images; records are replayed and the image is looked at.
 */
import { describe, expect, test } from 'vitest'
import {
  alterConfigs,
  foundingRecords,
  safetyDifferences,
} from '../../../src/controller/config-control.ts'
import type { AlterConfigsRequest } from '../../../src/controller/requests.ts'
import type { ConfigResource } from '../../../src/metadata/image/configs.ts'
import { clusterOverrides, overridesOf } from '../../../src/metadata/image/configs.ts'
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
const founded = imageWith(...foundingRecords('cluster-id', seeds))

const options = {
  validate: (overrides: ReadonlyMap<string, string>) =>
    overrides.has('bad') ? 'bad is bad' : null,
  effective: () => [],
}
const CLUSTER: ConfigResource = { type: 'broker', name: '' }
const topicResource: ConfigResource = { type: 'topic', name: 't1' }

function request(
  resource: ConfigResource,
  entries: Readonly<Record<string, string | null>>,
): AlterConfigsRequest {
  const list = Object.entries(entries).map(([name, value]) => ({ name, value }))
  return { changes: [{ resource, entries: list }], validateOnly: false }
}

describe('founding', () => {
  test('names the cluster first, then what every later record relies on', () => {
    expect(foundingRecords('cluster-id', seeds).map(({ type }) => type)).toEqual([
      'ClusterId',
      'FeatureLevel',
      'Config',
      'Config',
    ])
    expect(founded.clusterId).toBe('cluster-id')
    expect([...clusterOverrides(founded.configs)]).toEqual([...seeds])
    expect([...founded.features]).toEqual([['metadata.version', 1]])
  })

  test('a later difference is told, silence and agreement are not', () => {
    expect(safetyDifferences(founded, seeds)).toEqual([])
    expect(safetyDifferences(founded, new Map())).toEqual([])
    const [difference, ...others] = safetyDifferences(
      founded,
      new Map([['min.insync.replicas', '1']]),
    )
    expect(others).toEqual([])
    expect(difference).toMatch(/^min\.insync\.replicas is 1 here and 2 in the cluster/)
  })
})

describe('altering', () => {
  const image = after(founded, topic(1), config('t1', 'a', '1'), config('t1', 'b', '2'))

  test('sets, removes and writes only what differs', () => {
    const { records, reply } = alterConfigs(
      image,
      request(topicResource, { a: '1', b: null, c: '3', d: null }),
      options,
    )
    expect(reply).toEqual([{ resource: topicResource, errorCode: 0, errorMessage: null }])
    expect(records).toHaveLength(2)
    const next = after(image, ...records)
    expect([...overridesOf(next.configs, topicResource)]).toEqual([
      ['a', '1'],
      ['c', '3'],
    ])
  })

  test.each([
    [{ type: 'topic', name: 'gone' }, { a: '1' }, 'UNKNOWN_TOPIC_OR_PARTITION'],
    [{ type: 'topic', name: 't1' }, { bad: '1' }, 'INVALID_CONFIG'],
    [{ type: 'broker', name: '1' }, { 'min.insync.replicas': '1' }, 'INVALID_CONFIG'],
    [{ type: 'broker', name: '' }, { 'min.insync.replicas': '0' }, 'INVALID_CONFIG'],
    [{ type: 'broker', name: '' }, { 'min.insync.replicas': null }, 'INVALID_CONFIG'],
    [{ type: 'broker', name: '' }, { 'unclean.leader.election.enable': 'yes' }, 'INVALID_CONFIG'],
    [{ type: 'broker', name: '' }, { 'log.retention.ms': '1' }, 'INVALID_CONFIG'],
  ] as const)('%j %j: %s', (resource, entries, expected) => {
    const { records, reply } = alterConfigs(image, request(resource, entries), options)
    expect(records).toEqual([])
    expect(reply.map(({ errorCode }) => errorName(errorCode))).toEqual([expected])
  })

  test('writes nothing when it only validates', () => {
    const only = { ...request(topicResource, { a: '5' }), validateOnly: true }
    expect(alterConfigs(image, only, options).records).toEqual([])
  })
})

describe('lowering min ISR', () => {
  const image = after(
    founded,
    broker(1),
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
  const cleared = (resource: ConfigResource, value: string | null) =>
    alterConfigs(
      image,
      request(resource, { 'min.insync.replicas': value }),
      options,
    ).records.flatMap((record) => {
      if (record.type !== 'PartitionChange') return []
      expect(record.elr).toEqual([])
      const topicName = [1, 2, 3].find((number) => topicId(number) === record.topicId)
      return [`t${topicName}-${record.partition}`]
    })

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
