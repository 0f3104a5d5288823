/**
 * Goal: where nobody is known to hold everything, whoever reaches farthest is elected, not before
 * everybody was heard or the wait is over, and never without one of the last in sync; what was told
 * of another state, by another process or by one out of service does not count (SAFETY S11).
 * Method: the pure state over small images.
 */
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { LogEnds, lostPartitions } from '../../../src/controller/log-ends.ts'
import { registerBroker, unfenceBroker } from '../../../src/controller/cluster-control.ts'
import type { RegisterBrokerRequest } from '../../../src/controller/requests.ts'
import type { MetadataImage } from '../../../src/metadata/image.ts'
import { NO_LEADER } from '../../../src/metadata/records.ts'
import {
  after,
  broker,
  config,
  imageWith,
  nodeIds,
  partition,
  topic,
  topicId,
  uuid,
} from '../metadata/images.ts'

const AT = { topicId: topicId(1), partition: 0 }
const lost = { leader: NO_LEADER, isr: [], lastKnownElr: nodeIds(2, 3), partitionEpoch: 7 } as const

const image = imageWith(
  config('', 'min.insync.replicas', '2'),
  ...[broker(1), broker(2), broker(3), broker(4)],
  topic(1),
  partition(1, 0, [1, 2, 3], lost),
)

interface Telling {
  readonly brokerEpoch?: number
  readonly partitionEpoch?: number
}

/** Brokers tell `[broker, last epoch, log end]`; what is elected then. */
class Asked {
  readonly ends = new LogEnds()
  readonly #image: MetadataImage

  constructor(of = image) {
    this.#image = of
  }

  tell(end: readonly [number, number, number], { brokerEpoch, partitionEpoch }: Telling = {}) {
    const [id, lastEpoch, logEndOffset] = end
    this.ends.tell(this.#image, {
      ...{ nodeId: asNodeId(id), brokerEpoch: brokerEpoch ?? id },
      partitions: [{ ...AT, partitionEpoch: partitionEpoch ?? 7, lastEpoch, logEndOffset }],
    })
    return this
  }

  elected(of = this.#image) {
    return this.ends.elections(of, [AT]).map(({ leader }) => leader)
  }
}

test('waits for all replicas; then the greatest epoch wins over the greatest end', () => {
  const asked = new Asked().tell([2, 4, 100]).tell([3, 5, 90])
  expect(asked.elected()).toEqual([])
  expect(asked.tell([1, 4, 120]).elected()).toEqual([3])
})

test('also one that left the ISR before, when its log reaches farther than those of the last', () => {
  expect(new Asked().tell([1, 5, 101]).tell([2, 5, 99]).tell([3, 5, 100]).elected()).toEqual([1])
})

test('of equals, the most preferred', () => {
  expect(new Asked().tell([3, 5, 9]).tell([2, 5, 9]).tell([1, 4, 9]).elected()).toEqual([2])
})

test('the record says what that may mean, and that nobody else is in sync', () => {
  const asked = new Asked().tell([1, 5, 1]).tell([2, 5, 3]).tell([3, 5, 2])
  expect(asked.ends.elections(image, [AT])).toEqual([
    {
      ...{ type: 'PartitionChange', ...AT, leader: 2, isr: [2], lastKnownElr: [3] },
      mayLoseRecords: true,
    },
  ])
})

describe('when the wait is over', () => {
  test('those that told decide, if one of the last in sync did', () => {
    const asked = new Asked().tell([3, 5, 9])
    asked.ends.giveUpWaiting([AT])
    expect(asked.elected()).toEqual([3])
  })

  test('and only when it has', () => {
    const asked = new Asked().tell([1, 5, 99])
    asked.ends.giveUpWaiting([AT])
    expect(asked.elected()).toEqual([])
    expect(asked.tell([2, 5, 9]).elected()).toEqual([1])
  })
})

describe('does not count:', () => {
  const others = () => new Asked().tell([2, 5, 9]).tell([3, 5, 8])

  test('what was told of another state of the partition', () => {
    expect(others().tell([1, 9, 9], { partitionEpoch: 6 }).elected()).toEqual([])
  })

  test('what an earlier process of a broker told', () => {
    const asked = others().tell([1, 9, 9])
    const again: RegisterBrokerRequest = {
      ...{ nodeId: asNodeId(1), incarnationId: uuid(9), directoryId: uuid(2_001) },
      ...{ host: 'localhost', port: 9092, rack: null },
      restart: 'killed',
      previousBrokerEpoch: 1,
    }
    const restarted = after(image, ...registerBroker(image, again, 50).records)
    const present = { nodeId: asNodeId(1), brokerEpoch: 50 }
    const back = after(restarted, ...unfenceBroker(restarted, present).records)
    expect(asked.elected(back)).toEqual([])
  })

  test('a broker that is not in service', () => {
    const change = {
      type: 'BrokerRegistrationChange',
      nodeId: asNodeId(1),
      brokerEpoch: 1,
    } as const
    const fenced = after(image, { ...change, fenced: true })
    expect(others().tell([1, 9, 9]).elected(fenced)).toEqual([])
  })

  test('a broker that is no replica', () => {
    expect(others().tell([4, 9, 9]).elected()).toEqual([])
  })

  test('anything about a partition that somebody may lead', () => {
    const eligible = imageWith(
      ...[broker(1), broker(2), topic(1)],
      partition(1, 0, [1, 2], { leader: NO_LEADER, isr: [], elr: nodeIds(2), partitionEpoch: 7 }),
    )
    expect(lostPartitions(eligible)).toEqual([])
    expect(new Asked(eligible).tell([1, 5, 1]).tell([2, 5, 1]).elected()).toEqual([])
  })

  test('a partition whose replicas lost their disks: nobody knows what it held', () => {
    const emptied = imageWith(
      ...[broker(1), topic(1)],
      partition(1, 0, [1], { leader: NO_LEADER, isr: [], partitionEpoch: 7 }),
    )
    expect(new Asked(emptied).tell([1, -1, 0]).elected()).toEqual([])
  })
})

test('a power cut from all replicas ends with the farthest log in the lead', () => {
  let now = imageWith(
    config('', 'min.insync.replicas', '2'),
    ...[broker(1), broker(2), broker(3)],
    topic(1),
    partition(1, 0, [1, 2, 3]),
  )
  for (const id of [1, 2, 3])
    now = after(
      now,
      ...registerBroker(
        now,
        {
          ...{ nodeId: asNodeId(id), incarnationId: uuid(id), directoryId: uuid(2_000 + id) },
          ...{ host: 'localhost', port: 9092, rack: null },
          restart: 'unclean',
          previousBrokerEpoch: id,
        },
        100 + id,
      ).records,
    )
  expect(lostPartitions(now)).toEqual([AT])
  for (const id of [1, 2, 3]) {
    const present = { nodeId: asNodeId(id), brokerEpoch: 100 + id }
    now = after(now, ...unfenceBroker(now, present).records)
  }
  const partitionEpoch = now.topics.byId.get(AT.topicId)?.partitions[0]?.partitionEpoch ?? -1
  const asked = new Asked(now)
  for (const [id, end] of [
    [1, 12],
    [2, 11],
    [3, 10],
  ] as const)
    asked.tell([id, 0, end], { brokerEpoch: 100 + id, partitionEpoch })
  expect(asked.elected()).toEqual([1])
})
