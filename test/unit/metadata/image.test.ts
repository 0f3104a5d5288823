/**
 * Goal: images change exactly as the records say, epochs included (invariants B1, B2, B11), a
 * change costs nothing for the topics it does not touch, and an impossible record stops the node.
 * Method: small images made of records; old and new image are compared, by identity where sharing
 * is the point.
 */
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { MetadataDelta } from '../../../src/metadata/delta.ts'
import { EMPTY_IMAGE } from '../../../src/metadata/image.ts'
import { clusterOverrides, topicOverrides } from '../../../src/metadata/image/configs.ts'
import { NO_LEADER, type PartitionChangeRecord } from '../../../src/metadata/records.ts'
import { imageOf, imageRecords } from '../../../src/metadata/snapshot.ts'
import { after, broker, config, imageWith, nodeIds, partition, topic, topicId } from './images.ts'

const change = (fields: Partial<PartitionChangeRecord>): PartitionChangeRecord => ({
  type: 'PartitionChange',
  topicId: topicId(1),
  partition: 0,
  ...fields,
})

describe('a partition', () => {
  const image = imageWith(topic(1), partition(1, 0, [1, 2, 3]))
  const changed = (fields: Partial<PartitionChangeRecord>) =>
    after(image, change(fields)).topics.byId.get(topicId(1))?.partitions[0]

  test('gets a partition epoch from every change, a leader epoch only from an election', () => {
    expect(changed({ isr: nodeIds(1, 2) })).toMatchObject({
      isr: [1, 2],
      leader: 1,
      leaderEpoch: 0,
      partitionEpoch: 1,
    })
    expect(changed({ leader: asNodeId(1) })).toMatchObject({ leader: 1, leaderEpoch: 1 })
    expect(changed({ leader: NO_LEADER })).toMatchObject({ leader: NO_LEADER, leaderEpoch: 1 })
  })

  test.each([
    ['a leader outside its ISR', { leader: asNodeId(4) }],
    ['an ISR outside its replicas', { isr: nodeIds(1, 4) }],
    ['an ISR member twice', { isr: nodeIds(1, 1) }],
    ['the leader shrunk out of the ISR', { isr: nodeIds(2, 3) }],
    ['a replica in ISR and ELR', { elr: nodeIds(2) }],
    ['a replica twice', { replicas: nodeIds(1, 2, 3, 3) }],
    [
      'a replica both added and removed',
      { addingReplicas: nodeIds(1), removingReplicas: nodeIds(1) },
    ],
  ])('never has %s', (_what, fields) => {
    expect(() => changed(fields)).toThrow(
      expect.objectContaining({ name: 'AssertionError' }) as Error,
    )
  })

  test.each([
    ['a change of an unknown topic', change({ topicId: topicId(9) })],
    ['a change of an unknown partition', change({ partition: 5 })],
    ['a partition created twice', partition(1, 0, [1])],
    ['a gap between partitions', partition(1, 2, [1])],
    ['a topic id used twice', topic(1, 'other')],
    ['a topic name used twice', topic(2, 't1')],
    ['the removal of an unknown topic', { type: 'RemoveTopic', topicId: topicId(9) } as const],
    [
      'a change for another broker epoch',
      { type: 'BrokerRegistrationChange', nodeId: asNodeId(1), brokerEpoch: 99 } as const,
    ],
    ['a second founding', { type: 'ClusterId', clusterId: 'x' } as const],
    [
      'producer ids given twice',
      { type: 'ProducerIds', nodeId: asNodeId(1), brokerEpoch: 1, nextProducerId: 1_000 } as const,
    ],
  ])('%s stops the node', (_what, record) => {
    const founded = after(
      image,
      broker(1),
      { type: 'ClusterId', clusterId: 'c' },
      { type: 'ProducerIds', nodeId: asNodeId(1), brokerEpoch: 1, nextProducerId: 1_000 },
    )
    expect(() => after(founded, record)).toThrow(
      expect.objectContaining({ name: 'AssertionError' }) as Error,
    )
  })
})

describe('topics', () => {
  test('are found by name and by id, and by what their name would collide with', () => {
    const image = imageWith(topic(1, 'a.b'), partition(1, 0, [1]), topic(2, 'plain'))
    expect(image.topics.byName.get('a.b')).toBe(image.topics.byId.get(topicId(1)))
    expect([...image.topics.byCollisionKey]).toEqual([['a_b', 'a.b']])
    const { topics } = after(image, { type: 'RemoveTopic', topicId: topicId(1) })
    expect([...topics.byName.keys()]).toEqual(['plain'])
    expect([...topics.byId.keys()]).toEqual([topicId(2)])
    expect(topics.byCollisionKey.size).toBe(0)
  })

  test('take their configs with them: a topic of the same name begins anew', () => {
    const image = imageWith(topic(1, 'a'), config('a', 'retention.ms', '1'), partition(1, 0, [1]))
    const delta = new MetadataDelta(image)
    delta.replay({ type: 'RemoveTopic', topicId: topicId(1) })
    delta.replay(topic(2, 'a'))
    delta.replay(partition(2, 0, [1]))
    const next = delta.apply({ offset: 1, epoch: 1 })
    expect(topicOverrides(image.configs, 'a').size).toBe(1)
    expect(topicOverrides(next.configs, 'a').size).toBe(0)
    expect(next.topics.byName.get('a')?.topicId).toBe(topicId(2))
    expect([...delta.topics.deleted.keys()]).toEqual([topicId(1)])
  })

  test('that come and go within one delta leave no trace', () => {
    const delta = new MetadataDelta(EMPTY_IMAGE)
    delta.replay(topic(1))
    delta.replay(config('t1', 'retention.ms', '1'))
    delta.replay({ type: 'RemoveTopic', topicId: topicId(1) })
    const { topics, configs } = delta.apply({ offset: 0, epoch: 1 })
    expect([topics.byId.size, delta.topics.deleted.size, configs.byResource.size]).toEqual([
      0, 0, 0,
    ])
  })

  test('that a change does not touch are shared by both images', () => {
    const TOPICS = 10_000
    const records = Array.from({ length: TOPICS }, (_, number) => [
      topic(number),
      partition(number, 0, [1]),
    ])
    const image = imageWith(...records.flat())
    const next = after(image, change({ topicId: topicId(77), leader: NO_LEADER }))
    const touched = [...next.topics.byId].filter(
      ([id, topicImage]) => image.topics.byId.get(id) !== topicImage,
    )
    expect(touched.map(([id]) => id)).toEqual([topicId(77)])
    expect(next.configs.byResource).toBe(image.configs.byResource)
    expect(next.brokers).toBe(image.brokers)
  })
})

describe('local changes', () => {
  const image = imageWith(
    topic(1),
    partition(1, 0, [1, 2]),
    partition(1, 1, [2, 1]),
    partition(1, 2, [2, 3]),
    topic(2),
    partition(2, 0, [1]),
  )

  test('name what a broker leads, follows and no longer holds', () => {
    const delta = new MetadataDelta(image)
    delta.replay(change({ partition: 0, isr: nodeIds(1) }))
    delta.replay(change({ partition: 1, isr: nodeIds(2) }))
    delta.replay({ type: 'RemoveTopic', topicId: topicId(2) })
    const { deletes, leaders, followers } = delta.topics.localChanges(asNodeId(1))
    expect(deletes).toEqual([{ topicId: topicId(2), topic: 't2', partition: 0 }])
    expect(leaders.map(({ partition: index }) => index)).toEqual([0])
    expect(followers.map(({ partition: index }) => index)).toEqual([1])
  })

  test('of a replica that moved away are a delete', () => {
    const delta = new MetadataDelta(image)
    delta.replay(
      change({ partition: 0, replicas: nodeIds(2), isr: nodeIds(2), leader: asNodeId(2) }),
    )
    expect(delta.topics.localChanges(asNodeId(1)).deletes).toEqual([
      { topicId: topicId(1), topic: 't1', partition: 0 },
    ])
    expect(delta.topics.localChanges(asNodeId(3)).deletes).toEqual([])
  })
})

describe('a snapshot', () => {
  const image = imageWith(
    { type: 'ClusterId', clusterId: 'c' },
    { type: 'FeatureLevel', name: 'metadata.version', level: 1 },
    config('', 'min.insync.replicas', '2'),
    broker(2, { rack: 'r' }),
    broker(1, { fenced: true }),
    topic(2, 'b'),
    config('b', 'retention.ms', '1'),
    partition(2, 0, [1, 2]),
    partition(2, 1, [2, 1]),
    topic(1, 'a'),
    { type: 'ProducerIds', nodeId: asNodeId(1), brokerEpoch: 1, nextProducerId: 3_000 },
  )

  test('gives the image back, and does not depend on how it came to be', () => {
    const records = [...imageRecords(image)]
    const again = imageOf({ endOffset: 1, epoch: 1, records })
    expect([...imageRecords(again)]).toEqual(records)
    expect(again.metadataOffset).toBe(0)
    expect(again.producerIds).toEqual(image.producerIds)
    expect([...clusterOverrides(again.configs)]).toEqual([['min.insync.replicas', '2']])
    expect([...again.brokers]).toEqual([...image.brokers])
    expect([...again.topics.byId]).toEqual([...image.topics.byId])
  })

  test('can replace any other image, and the difference is what changed', () => {
    const from = imageWith(
      { type: 'ClusterId', clusterId: 'c' },
      { type: 'FeatureLevel', name: 'other', level: 1 },
      config('gone', 'retention.ms', '1'),
      broker(3),
      topic(3, 'gone'),
      partition(3, 0, [3]),
      topic(2, 'b'),
      partition(2, 0, [1, 2]),
    )
    const delta = new MetadataDelta(from)
    delta.replaceBy(image)
    const next = delta.apply({ offset: 7, epoch: 2 })
    expect([...imageRecords(next)]).toEqual([...imageRecords(image)])
    expect([...delta.topics.deleted.keys()]).toEqual([topicId(3)])
    expect([...(delta.topics.changed.get(topicId(2))?.changedPartitions.keys() ?? [])]).toEqual([1])
  })
})
