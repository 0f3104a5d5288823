/**
 * Goal: a reassignment begins, is replaced and is taken back exactly as KIP-455 has it; whatever
 * cannot be gets Kafka's error and changes nothing, and no way leads to giving up the only replicas
 * that have everything.
 * Method: the pure commands over small images; and random reassignments, cancellations and ISRs,
 * after each of which the original replicas must be what they were (B10).
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { alterPartition } from '../../../src/controller/alter-partition.ts'
import { alterReassignments } from '../../../src/controller/alter-reassignments.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import { isActive } from '../../../src/metadata/image/cluster.ts'
import type { PartitionRegistration } from '../../../src/metadata/image/topics.ts'
import { originalReplicas } from '../../../src/metadata/image/topics.ts'
import type { PartitionRecord } from '../../../src/metadata/records.ts'
import { NO_LEADER } from '../../../src/metadata/records.ts'
import { errorName } from '../../../src/wire/errors.ts'
import { after, broker, imageWith, nodeIds, partition, topic, topicId } from '../metadata/images.ts'

/** Brokers 1 to 6, the last fenced; topic t1 has one partition. */
const imageOf = (replicas: readonly number[], changes: Partial<PartitionRecord> = {}) =>
  imageWith(
    ...[1, 2, 3, 4, 5].map((id) => broker(id)),
    broker(6, { fenced: true }),
    topic(1),
    partition(1, 0, replicas, changes),
  )

const partitionOf = (image: MetadataImage) =>
  image.topics.byName.get('t1')?.partitions[0] as PartitionRegistration

/** The error, and the partition then. */
function reassign(image: MetadataImage, replicas: readonly number[] | null, keepsCount = false) {
  const wanted = { topic: 't1', partition: 0, replicas, keepsCount }
  const { records, reply } = alterReassignments(image, [wanted])
  const now = after(image, ...records)
  return { error: errorName(reply[0]?.errorCode ?? -1), now: partitionOf(now), image: now }
}

/** The leader wishes for those of these that are replicas, and itself. */
function wish(image: MetadataImage, ids: readonly number[]): MetadataImage {
  const { leader, leaderEpoch, partitionEpoch, replicas } = partitionOf(image)
  const isr = replicas.filter(
    (id) => id === leader || (ids.includes(id) && isActive(image.brokers.get(id))),
  )
  const { records } = alterPartition(image, {
    ...{ nodeId: asNodeId(leader), brokerEpoch: leader },
    partitions: [
      {
        ...{ topicId: topicId(1), partition: 0, leaderEpoch, partitionEpoch },
        isr: isr.map((id) => ({ nodeId: id, brokerEpoch: id })),
      },
    ],
  })
  return after(image, ...records)
}

describe('a reassignment that must keep the number of replicas (KIP-860)', () => {
  const KEEPS = true
  const refused = { error: 'INVALID_REPLICATION_FACTOR', now: { replicas: [1, 2, 3] } }

  test.each([[[4, 5]], [[1, 2, 3, 4]]])('is not one to %j', (replicas) => {
    expect(reassign(imageOf([1, 2, 3]), replicas, KEEPS)).toMatchObject(refused)
    expect(reassign(imageOf([1, 2, 3]), replicas).error).toBe('NONE')
  })

  test('counts those that were there before the one under way', () => {
    const { image, error } = reassign(imageOf([1, 2, 3]), [4, 5, 1], KEEPS)
    expect(error).toBe('NONE')
    expect(reassign(image, [2, 4, 5], KEEPS).error).toBe('NONE')
    expect(reassign(image, [2, 4], KEEPS).error).toBe('INVALID_REPLICATION_FACTOR')
    expect(reassign(image, null, KEEPS).error).toBe('NONE')
  })
})

describe('a reassignment', () => {
  test('begins with what is wanted before what goes', () => {
    const { error, now } = reassign(imageOf([1, 2, 3]), [4, 3, 5])
    expect(error).toBe('NONE')
    expect(now).toMatchObject({
      ...{ replicas: [4, 3, 5, 1, 2], addingReplicas: [4, 5], removingReplicas: [1, 2] },
      ...{ leader: 1, leaderEpoch: 0, isr: [1, 2, 3], partitionEpoch: 1 },
    })
  })

  test('may want a broker that is not in service', () => {
    expect(reassign(imageOf([1, 2]), [1, 6]).now).toMatchObject({ addingReplicas: [6] })
  })

  test('to the replicas that are there changes nothing', () => {
    const { error, now } = reassign(imageOf([1, 2, 3]), [1, 2, 3])
    expect([error, now.partitionEpoch]).toEqual(['NONE', 0])
  })

  test('that replaces another one keeps the original replicas', () => {
    const first = reassign(imageOf([1, 2, 3]), [4, 1, 2])
    const { now } = reassign(first.image, [5, 1, 2])
    expect(now).toMatchObject({
      ...{ replicas: [5, 1, 2, 3], addingReplicas: [5], removingReplicas: [3] },
      // Broker 4 is removed.
      leaderEpoch: 1,
    })
  })

  test('is taken back, also where one that was added is in sync and leads', () => {
    const moving = { addingReplicas: nodeIds(4), removingReplicas: nodeIds(3) }
    const image = imageOf([4, 1, 2, 3], { ...moving, isr: nodeIds(4, 2), leader: asNodeId(4) })
    const { error, now } = reassign(image, null)
    expect(error).toBe('NONE')
    expect(now).toMatchObject({
      ...{ replicas: [1, 2, 3], addingReplicas: [], removingReplicas: [] },
      ...{ isr: [2], leader: 2, leaderEpoch: 1 },
    })
  })

  const stranded = {
    ...{ addingReplicas: nodeIds(4, 5), removingReplicas: nodeIds(1) },
    ...{ isr: nodeIds(4), leader: asNodeId(4) },
  }

  test('is not taken back to replicas of which none is in sync', () => {
    const { error, now } = reassign(imageOf([4, 5, 1], stranded), null)
    expect([error, now.partitionEpoch]).toEqual(['INVALID_REPLICA_ASSIGNMENT', 0])
  })

  test('nor replaced so that the only ones in sync are dropped', () => {
    const { error, now } = reassign(imageOf([4, 5, 1], stranded), [5, 2])
    expect([error, now.partitionEpoch]).toEqual(['INVALID_REPLICA_ASSIGNMENT', 0])
  })

  test('is taken back uncleanly where the topic allows it', () => {
    const unclean = { key: 'unclean.leader.election.enable', value: 'true' }
    const config = { type: 'Config', resourceType: 'topic', resourceName: 't1' } as const
    const image = after(imageOf([4, 5, 1], stranded), { ...config, ...unclean })
    expect(reassign(image, null).now).toMatchObject({ leader: 1, isr: [1], replicas: [1] })
  })

  test('is taken back to an eligible replica, which leads cleanly', () => {
    const image = imageOf([4, 1, 2, 3], {
      ...{ addingReplicas: nodeIds(4), removingReplicas: nodeIds(3) },
      ...{ isr: nodeIds(4), leader: asNodeId(4), elr: nodeIds(2) },
    })
    expect(reassign(image, null).now).toMatchObject({ leader: 2, isr: [2] })
  })

  test('is not taken back to an eligible replica that is not in service', () => {
    const image = imageOf([4, 1, 6, 3], {
      ...{ addingReplicas: nodeIds(4), removingReplicas: nodeIds(3) },
      ...{ isr: nodeIds(4), leader: asNodeId(4), elr: nodeIds(6) },
    })
    const { error, now } = reassign(image, null)
    expect([error, now.leader]).toEqual(['INVALID_REPLICA_ASSIGNMENT', 4])
  })

  test('whose target is fenced waits for it, and ends when it is in sync', () => {
    const begun = reassign(imageOf([1, 2]), [6, 2])
    expect(begun.now).toMatchObject({ leader: 1, isr: [1, 2], replicas: [6, 2, 1] })
    const wished = wish(begun.image, [1, 2, 6])
    expect(partitionOf(wished)).toMatchObject({ leader: 1, addingReplicas: [6] })
    const change = { type: 'BrokerRegistrationChange', nodeId: asNodeId(6) } as const
    const back = after(wished, { ...change, brokerEpoch: 6, fenced: false })
    expect(partitionOf(wish(back, [1, 2, 6]))).toMatchObject({
      ...{ replicas: [6, 2], isr: [6, 2], leader: 6, leaderEpoch: 1 },
      ...{ addingReplicas: [], removingReplicas: [] },
    })
  })

  test.each([
    ['to nobody', [], 'INVALID_REPLICA_ASSIGNMENT'],
    ['to one broker twice', [4, 4], 'INVALID_REPLICA_ASSIGNMENT'],
    ['to an unknown broker', [1, 9], 'INVALID_REPLICA_ASSIGNMENT'],
    ['to a negative broker', [1, -1], 'INVALID_REPLICA_ASSIGNMENT'],
    ['back, where none is under way', null, 'NO_REASSIGNMENT_IN_PROGRESS'],
  ] as const)('%s is refused', (_what, replicas, code) => {
    const { error, now } = reassign(imageOf([1, 2, 3]), replicas)
    expect([error, now.partitionEpoch]).toEqual([code, 0])
  })

  test('of what is not there, or named twice, is refused, and the others go on', () => {
    const wanted = (name: string, index: number) => {
      return { topic: name, partition: index, replicas: [2] }
    }
    const image = after(imageOf([1, 2]), partition(1, 1, [1, 2]))
    const asked = [wanted('t1', 0), wanted('t1', 7), wanted('no', 0), wanted('t1', 1)]
    const { records, reply } = alterReassignments(image, [...asked, wanted('t1', 1)])
    expect(reply.map(({ errorCode }) => errorName(errorCode))).toEqual([
      ...['NONE', 'UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_OR_PARTITION', 'INVALID_REQUEST'],
    ])
    expect(records).toMatchObject([{ topicId: topicId(1), partition: 0, replicas: [2] }])
  })
})

describe('whatever is reassigned and cancelled', () => {
  const step = fc.oneof(
    fc.record({ to: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1 }) }),
    fc.constant({ to: null }),
    fc.record({ inSync: fc.uniqueArray(fc.integer({ min: 1, max: 5 })) }),
  )

  test('the original replicas stay, until the end leaves just those that were wanted', () => {
    let ends = 0
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let image = imageOf([1, 2, 3])
        let original: readonly number[] = [1, 2, 3]
        let target = original
        for (const taken of steps) {
          const held = [...partitionOf(image).isr, ...('inSync' in taken ? taken.inSync : [])]
          if ('inSync' in taken) image = wish(image, taken.inSync)
          else {
            const { error, image: next } = reassign(image, taken.to)
            if (error === 'NONE') target = taken.to ?? original
            image = next
          }
          const { leader, isr, ...now } = partitionOf(image)
          if (now.addingReplicas.length + now.removingReplicas.length > 0)
            expect(sorted(originalReplicas(now))).toBe(sorted(original))
          else {
            expect(sorted(now.replicas)).toBe(sorted(target))
            if (sorted(target) !== sorted(original)) ends += 1
            original = target
          }
          expect(isr.every((id) => held.includes(id))).toBe(true)
          expect(leader).not.toBe(NO_LEADER)
        }
      }),
      { numRuns: 500 },
    )
    expect(ends).toBeGreaterThan(50)
  })

  const sorted = (ids: readonly number[]) => [...ids].sort().join()
})
