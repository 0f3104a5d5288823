/**
 * Goal: a broker's process leads only by records later than its own registration, a disk belongs to
 * one broker, and only a restart that may have lost records costs it its eligibility (SAFETY S3,
 * S11; invariants B5, B7, B8). Method: small images; each command's records are replayed and the
 * image is looked at.
 */
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import {
  fenceBroker,
  registerBroker,
  unfenceBroker,
  unregisterBroker,
} from '../../../src/controller/cluster-control.ts'
import type { RegisterBrokerRequest } from '../../../src/controller/requests.ts'
import type { CommandResult } from '../../../src/controller/result.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import {
  after,
  broker,
  config,
  imageWith,
  partition,
  topic,
  topicId,
  uuid,
} from '../metadata/images.ts'

const NEXT_OFFSET = 50

/** Brokers 1 to 3 in service; t1: one replica on 1, three led by 1, two led by 2. Min ISR 2. */
const image = imageWith(
  config('', 'min.insync.replicas', '2'),
  broker(1),
  broker(2),
  broker(3),
  topic(1),
  partition(1, 0, [1]),
  partition(1, 1, [1, 2, 3]),
  partition(1, 2, [2, 1]),
)

const again = (changes: Partial<RegisterBrokerRequest> = {}): RegisterBrokerRequest => ({
  nodeId: asNodeId(1),
  incarnationId: uuid(9),
  directoryId: uuid(2_001),
  host: 'localhost',
  port: 9092,
  rack: null,
  restart: 'killed',
  previousBrokerEpoch: 1,
  ...changes,
})

const result = (from: MetadataImage, { records }: CommandResult<object>) => after(from, ...records)

/** `leader/leaderEpoch [isr] [elr]` of each partition of t1. */
const partitionsOf = ({ topics }: MetadataImage) =>
  topics.byId
    .get(topicId(1))
    ?.partitions.map(
      ({ leader, leaderEpoch, isr, elr }) =>
        `${leader}/${leaderEpoch} [${isr.join()}] [${elr.join()}]`,
    )

const refused = (code: string) => expect.objectContaining({ code }) as Error

describe('registering', () => {
  test('a new broker comes in fenced, its epoch the next offset', () => {
    const request = again({ nodeId: asNodeId(4), directoryId: uuid(2_004), rack: 'r' })
    const { records, reply } = registerBroker(image, request, NEXT_OFFSET)
    expect(reply).toEqual({ brokerEpoch: NEXT_OFFSET })
    expect(records).toEqual([
      {
        type: 'RegisterBroker',
        nodeId: 4,
        incarnationId: uuid(9),
        directoryId: uuid(2_004),
        brokerEpoch: NEXT_OFFSET,
        host: 'localhost',
        port: 9092,
        rack: 'r',
        fenced: true,
        inControlledShutdown: false,
      },
    ])
  })

  test('a killed process loses every leadership, and its replicas stay eligible', () => {
    const next = result(image, registerBroker(image, again(), NEXT_OFFSET))
    expect(partitionsOf(next)).toEqual(['-1/1 [] [1]', '2/1 [2,3] []', '2/0 [2] [1]'])
    expect(next.brokers.get(asNodeId(1))).toMatchObject({ fenced: true, brokerEpoch: NEXT_OFFSET })
  })

  test('the records that end leaderships come before the registration', () => {
    const { records } = registerBroker(image, again(), NEXT_OFFSET)
    expect(records.map(({ type }) => type)).toEqual([
      ...Array<string>(3).fill('PartitionChange'),
      'RegisterBroker',
    ])
  })

  test.each([
    ['unclean', { restart: 'unclean' }],
    ['of another epoch than the one known', { previousBrokerEpoch: 0 }],
  ] as const)(
    'a restart that is %s costs eligibility, but not where there is no other replica',
    (_, how) => {
      const next = result(image, registerBroker(image, again(how), NEXT_OFFSET))
      expect(partitionsOf(next)).toEqual(['-1/1 [] [1]', '2/1 [2,3] []', '2/0 [2] []'])
    },
  )

  test.each([
    ['costs nothing where everything acknowledged was fsynced', { restart: 'unclean' }, '[1]'],
    ['of an old copy of the disk does', { restart: 'unclean', previousBrokerEpoch: 0 }, '[]'],
    ['with another disk does', { restart: 'unclean', directoryId: uuid(7) }, '[]'],
  ] as const)('an unclean restart %s (flush.messages=1)', (_, how, elr) => {
    const fenced = result(image, fenceBroker(image, { nodeId: asNodeId(1), brokerEpoch: 1 }))
    for (const flushing of [
      config('t1', 'flush.messages', '1'),
      config('', 'log.flush.interval.messages', '1'),
    ]) {
      const from = after(fenced, flushing)
      const next = result(from, registerBroker(from, again(how), NEXT_OFFSET))
      expect(partitionsOf(next)?.[2]).toBe(`2/0 [2] ${elr}`)
    }
    const not = after(fenced, config('', 'log.flush.interval.messages', '1'))
    const own = after(not, config('t1', 'flush.messages', '2'))
    const next = result(own, registerBroker(own, again(how), NEXT_OFFSET))
    expect(partitionsOf(next)?.[2]).toBe('2/0 [2] []')
  })

  test('another disk costs eligibility everywhere: what it held is gone', () => {
    const fenced = result(image, fenceBroker(image, { nodeId: asNodeId(1), brokerEpoch: 1 }))
    const next = result(
      fenced,
      registerBroker(fenced, again({ directoryId: uuid(7) }), NEXT_OFFSET),
    )
    expect(partitionsOf(next)).toEqual(['-1/1 [] []', '2/1 [2,3] []', '2/0 [2] []'])
  })

  test('another disk under the id of a broker in service is refused', () => {
    expect(() => registerBroker(image, again({ directoryId: uuid(7) }), NEXT_OFFSET)).toThrow(
      refused('DUPLICATE_BROKER_REGISTRATION'),
    )
  })

  test('the disk of another broker is refused', () => {
    const request = again({ nodeId: asNodeId(4) })
    expect(() => registerBroker(image, request, NEXT_OFFSET)).toThrow(
      refused('INVALID_REGISTRATION'),
    )
  })

  test('the same process again keeps its epoch and its standing', () => {
    const same = again({ incarnationId: uuid(1_001) })
    const unchanged = registerBroker(image, same, NEXT_OFFSET)
    expect([unchanged.records, unchanged.reply]).toEqual([[], { brokerEpoch: 1 }])
    const moved = registerBroker(image, { ...same, port: 1234 }, NEXT_OFFSET)
    const next = result(image, moved)
    expect(next.brokers.get(asNodeId(1))).toMatchObject({
      port: 1234,
      fenced: false,
      brokerEpoch: 1,
    })
    expect(partitionsOf(next)).toEqual(partitionsOf(image))
  })
})

describe('in and out of service', () => {
  const restarted = result(image, registerBroker(image, again(), NEXT_OFFSET))
  const present = { nodeId: asNodeId(1), brokerEpoch: NEXT_OFFSET }
  const emptied = again({ directoryId: uuid(7), restart: 'unclean', previousBrokerEpoch: -1 })

  test('an unfenced broker leads where it was waited for, in a new epoch', () => {
    const { records } = unfenceBroker(restarted, present)
    expect(records[0]).toMatchObject({ type: 'BrokerRegistrationChange', fenced: false })
    expect(partitionsOf(after(restarted, ...records))).toEqual([
      '1/2 [1] []',
      '2/1 [2,3] []',
      '2/0 [2] [1]',
    ])
  })

  test('unfencing twice, or fencing twice, changes nothing', () => {
    expect(fenceBroker(restarted, present).records).toEqual([])
    const unfenced = result(restarted, unfenceBroker(restarted, present))
    expect(unfenceBroker(unfenced, present).records).toEqual([])
  })

  test('an unclean election needs the setting', () => {
    const lost = result(image, unregisterBroker(image, asNodeId(1)))
    const back = result(lost, registerBroker(lost, emptied, NEXT_OFFSET))
    expect(partitionsOf(result(back, unfenceBroker(back, present)))?.[0]).toBe('-1/1 [] []')
    const unclean = after(back, config('t1', 'unclean.leader.election.enable', 'true'))
    expect(partitionsOf(result(unclean, unfenceBroker(unclean, present)))?.[0]).toBe('1/2 [1] []')
  })

  test('where that is allowed, an unclean election waits for nothing (as in Kafka)', () => {
    const alone = after(image, partition(1, 3, [1, 2], { isr: [asNodeId(1)] }))
    const gone = { nodeId: asNodeId(1), brokerEpoch: 1 }
    expect(partitionsOf(result(alone, fenceBroker(alone, gone)))?.[3]).toBe('-1/1 [] [1]')
    const unclean = after(alone, config('t1', 'unclean.leader.election.enable', 'true'))
    expect(partitionsOf(result(unclean, fenceBroker(unclean, gone)))?.[3]).toBe('2/1 [2] []')
  })

  test('fencing comes after the leaderships have moved', () => {
    const { records } = fenceBroker(image, { nodeId: asNodeId(1), brokerEpoch: 1 })
    expect(records.at(-1)).toMatchObject({ type: 'BrokerRegistrationChange', fenced: true })
    expect(partitionsOf(after(image, ...records))).toEqual([
      '-1/1 [] [1]',
      '2/1 [2,3] []',
      '2/0 [2] [1]',
    ])
  })

  test('an unregistered broker is forgotten, and its replicas count as lost', () => {
    const next = result(image, unregisterBroker(image, asNodeId(1)))
    expect(next.brokers.has(asNodeId(1))).toBe(false)
    expect(partitionsOf(next)).toEqual(['-1/1 [] [1]', '2/1 [2,3] []', '2/0 [2] []'])
    expect(() => unregisterBroker(next, asNodeId(1))).toThrow(refused('BROKER_ID_NOT_REGISTERED'))
  })

  describe('a broker that was forgotten as the last with everything', () => {
    const only = after(image, {
      ...{ type: 'PartitionChange', topicId: topicId(1), partition: 1 },
      isr: [asNodeId(1)],
    })
    const forgotten = result(only, unregisterBroker(only, asNodeId(1)))
    const lastKnown = (from: MetadataImage) =>
      from.topics.byId.get(topicId(1))?.partitions.map(({ lastKnownElr }) => lastKnownElr.join())

    test('is known as such, and nobody leads instead of it', () => {
      expect(partitionsOf(forgotten)).toEqual(['-1/1 [] [1]', '-1/1 [] []', '2/0 [2] []'])
      expect(lastKnown(forgotten)).toEqual(['', '1', '1'])
    })

    test('leads what only it has when it comes back with its disk', () => {
      const back = result(forgotten, registerBroker(forgotten, again(), NEXT_OFFSET))
      const served = result(back, unfenceBroker(back, present))
      expect(partitionsOf(served)).toEqual(['1/2 [1] []', '-1/1 [] []', '2/0 [2] []'])
      expect(lastKnown(served)).toEqual(['', '1', '1'])
    })

    test('is not taken for the last when it comes back without a past', () => {
      const back = result(forgotten, registerBroker(forgotten, emptied, NEXT_OFFSET))
      const served = result(back, unfenceBroker(back, present))
      expect(partitionsOf(served)).toEqual(['-1/1 [] []', '-1/1 [] []', '2/0 [2] []'])
      expect(lastKnown(served)).toEqual(['', '', ''])
    })
  })

  test.each([unfenceBroker, fenceBroker])('an earlier process changes nothing (%o)', (command) => {
    const stale = { nodeId: asNodeId(1), brokerEpoch: 1 }
    expect(() => command(restarted, stale)).toThrow(refused('STALE_BROKER_EPOCH'))
    expect(() => command(image, { nodeId: asNodeId(9), brokerEpoch: 1 })).toThrow(
      refused('STALE_BROKER_EPOCH'),
    )
  })
})
