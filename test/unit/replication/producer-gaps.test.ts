/**
 * Goal: what is on its way behind a batch that was refused for a reason that passes, or went to the
 * leader before, comes again behind it, in order (ADR 23); a gap that is the producer's own is told
 * as in Kafka.
 * Method: a partition on a log in memory that leads or has too few replicas as told; batches of one
 * idempotent producer, as many on their way as a client has.
 */
import { beforeEach, describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import { produce } from '../../../src/replication/produce.ts'
import { ProducerGaps } from '../../../src/replication/producer-gaps.ts'
import { errorName, errors } from '../../../src/wire/errors.ts'
import { ManualClock } from '../base/manual-clock.ts'
import { nodeIds } from '../metadata/images.ts'
import { openPartition, type TestPartition } from './partition-fixture.ts'

let clock: ManualClock
let led: TestPartition
let partitionEpoch: number
let connection: ProducerGaps
beforeEach(() => {
  clock = new ManualClock()
  partitionEpoch = 0
  connection = new ProducerGaps()
  led = openPartition(0, clock, {
    broker: (nodeId) => ({ isActive: true, brokerEpoch: 10 + nodeId }),
    topicOptions: { 'min.insync.replicas': '2' },
  })
})

function metadata({ isr = [1, 2, 3], leader = 1, leaderEpoch = 1 } = {}): void {
  partitionEpoch += 1
  const lists = { replicas: nodeIds(1, 2, 3), isr: nodeIds(...isr) }
  led.tell({ ...lists, leader: asNodeId(leader), leaderEpoch, partitionEpoch })
}

/** A batch of one record. */
function sent(baseSequence: number, { producerId = 7, producerEpoch = 0 } = {}) {
  const records = [{ value: new Uint8Array(3), timestampMs: 5 }]
  const batch = buildBatch({ records, producerId, producerEpoch, baseSequence })
  return { topic: 't', index: 0, records: batch }
}

/** What it is answered, at first. */
function send(baseSequence: number, producer: Parameters<typeof sent>[1] = {}): string {
  const entries = [{ partition: led.partition, ...sent(baseSequence, producer) }]
  const options = { timeoutMs: 30_000, apiVersion: 9, producerGaps: connection }
  const { results } = produce(entries, { acks: -1, ...options }, clock)
  return errorName(results[0]?.errorCode as 0)
}

const sendAll = (...sequences: readonly number[]) => sequences.map((sequence) => send(sequence))
const OUT_OF_ORDER = errors.OUT_OF_ORDER_SEQUENCE_NUMBER
const end = () => led.partition.log.logEndOffset

describe('behind a batch that was refused for want of replicas', () => {
  const hurt = () => metadata({ isr: [1] })
  beforeEach(() => {
    metadata()
    expect(send(0)).toBe('NONE')
    hurt()
    expect(send(1)).toBe('NOT_ENOUGH_REPLICAS')
    metadata()
  })

  test('what was on its way is refused alike, and all is taken when it comes again', () => {
    expect(sendAll(2, 3, 4, 5)).toEqual(Array(4).fill('NOT_ENOUGH_REPLICAS'))
    expect(end()).toBe(1)
    expect(sendAll(1, 2, 3, 4, 5)).toEqual(Array(5).fill('NONE'))
    expect(end()).toBe(6)
  })

  test('whoever goes on without it is told of the gap', () => {
    sendAll(2, 3, 4, 5)
    expect(send(6)).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
  })

  test('a gap behind what was taken since is told', () => {
    expect(sendAll(1, 3)).toEqual(['NONE', 'OUT_OF_ORDER_SEQUENCE_NUMBER'])
  })

  test('another connection, another epoch and another producer know nothing of it', () => {
    expect(send(1, { producerEpoch: 1 })).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
    send(0, { producerId: 8 })
    expect(send(2, { producerId: 8 })).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
    connection = new ProducerGaps()
    expect(send(2)).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
  })

  test('what stands before it is no consequence of it', () => {
    expect(send(1)).toBe('NONE')
    hurt()
    expect(send(5)).toBe('NOT_ENOUGH_REPLICAS')
    metadata()
    expect(send(4)).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
  })
})

describe('behind a batch that went to the leader before', () => {
  beforeEach(() => {
    metadata()
    expect(send(0)).toBe('NONE')
    metadata({ leader: 2, leaderEpoch: 2 })
    metadata({ leaderEpoch: 3 })
  })

  test('what comes first is sent away until that comes, and all is taken then', () => {
    expect(sendAll(2, 3, 2, 3)).toEqual(Array(4).fill('NOT_LEADER_OR_FOLLOWER'))
    expect(end()).toBe(1)
    expect(sendAll(1, 2, 3)).toEqual(['NONE', 'NONE', 'NONE'])
  })

  test('the same with a new epoch of the producer, which begins at 0', () => {
    const producerEpoch = 1
    expect(send(1, { producerEpoch })).toBe('NOT_LEADER_OR_FOLLOWER')
    expect(send(0, { producerEpoch })).toBe('NONE')
    expect(send(1, { producerEpoch })).toBe('NONE')
  })

  test('that it does not come is told some time later, once, and by each leader anew', () => {
    for (let count = 0; count < 50; count += 1) expect(send(2)).toBe('NOT_LEADER_OR_FOLLOWER')
    expect(sendAll(2, 3)).toEqual(Array(2).fill('OUT_OF_ORDER_SEQUENCE_NUMBER'))
    metadata({ leader: 2, leaderEpoch: 4 })
    metadata({ leaderEpoch: 5 })
    expect(send(2)).toBe('NOT_LEADER_OR_FOLLOWER')
  })

  test('a gap behind what this leader has taken is told', () => {
    expect(sendAll(1, 3)).toEqual(['NONE', 'OUT_OF_ORDER_SEQUENCE_NUMBER'])
  })

  test('what was forgotten, and is no gap, is told', () => {
    expect(sendAll(1, 2, 3, 4, 5, 6)).toEqual(Array(6).fill('NONE'))
    metadata({ leader: 2, leaderEpoch: 4 })
    metadata({ leaderEpoch: 5 })
    expect(send(1)).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
  })
})

test('a gap without a refusal is told at once', () => {
  metadata()
  expect(send(0)).toBe('NONE')
  expect(send(2)).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
})

test('who is refused for good has not to come again', () => {
  metadata()
  expect(send(0, { producerEpoch: 5 })).toBe('NONE')
  expect(send(1, { producerEpoch: 4 })).toBe('INVALID_PRODUCER_EPOCH')
  expect(send(3, { producerEpoch: 5 })).toBe('OUT_OF_ORDER_SEQUENCE_NUMBER')
})

test('remembers no more than it may', () => {
  metadata({ leader: 2 })
  for (let producerId = 0; producerId <= 1_000; producerId += 1) send(1, { producerId })
  metadata({ leaderEpoch: 2 })
  const follower = (producerId: number) =>
    connection.answer(sent(2, { producerId }), { errorCode: OUT_OF_ORDER })
  expect(follower(0)).toBe(OUT_OF_ORDER)
  expect(follower(1)).toBe(errors.NOT_LEADER_OR_FOLLOWER)
})
