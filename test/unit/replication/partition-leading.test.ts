/**
 * Goal: after an election nobody is told of an end that goes back behind what was seen before
 * (KIP-207), and reads beyond the high watermark are empty, not wrong; who waits for acks=all hears
 * at once that there are too few replicas, each error in its place (C13).
 * Method: a leading partition on a log in memory; metadata and followers are played here.
 */
import { beforeEach, describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import { LATEST, MAX_TIMESTAMP } from '../../../src/replication/partition-requests.ts'
import { produce } from '../../../src/replication/produce.ts'
import { ProducerGaps } from '../../../src/replication/producer-gaps.ts'
import { errorName } from '../../../src/wire/errors.ts'
import { ManualClock } from '../base/manual-clock.ts'
import { nodeIds } from '../metadata/images.ts'
import { openPartition, type TestPartition } from './partition-fixture.ts'

let clock: ManualClock
let led: TestPartition
let partitionEpoch: number
beforeEach(() => {
  clock = new ManualClock()
  partitionEpoch = 0
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

const batch = () => buildBatch({ records: [{ value: new Uint8Array(3), timestampMs: 5 }] })

/** As acks=all asks for it; the codes so far, and in the end. */
function produced() {
  const entries = [{ partition: led.partition, topic: 't', index: 0, records: batch() }]
  const options = { timeoutMs: 30_000, apiVersion: 9, producerGaps: new ProducerGaps() }
  const { results, final } = produce(entries, { acks: -1, ...options }, clock)
  return { now: errorName(results[0]?.errorCode as 0), isOver: final === null, final }
}

function fetch(nodeId: number, fetchOffset: number): void {
  led.partition.read({
    ...{ currentLeaderEpoch: -1, fetchOffset, lastFetchedEpoch: -1, isolation: 'log-end' },
    ...{ maxBytes: 1e6, atLeastOneBatch: true },
    follower: { nodeId: asNodeId(nodeId), brokerEpoch: 10 + nodeId, flushedOffset: 0 },
  })
}

describe('a new leader whose high watermark is behind its epoch', () => {
  beforeEach(() => {
    metadata()
    for (let count = 0; count < 5; count += 1) led.append()
    // Nobody has said yet that he has any of it.
    metadata({ leaderEpoch: 2 })
    expect(led.partition.log.highWatermark).toBe(0)
  })

  const listed = (timestamp: number, isolation: 'read-uncommitted' | 'log-end') => {
    const { errorCode, offset } = led.partition.offsetFor(timestamp, {
      ...{ isolation, currentLeaderEpoch: -1 },
    })
    return [errorName(errorCode), offset]
  }
  const read = (fetchOffset: number) => {
    const { errorCode, sizeBytes } = led.partition.read({
      ...{ currentLeaderEpoch: -1, fetchOffset, lastFetchedEpoch: -1, maxBytes: 1e6 },
      ...{ isolation: 'read-uncommitted', atLeastOneBatch: true },
    })
    return [errorName(errorCode), sizeBytes]
  }

  test('tells no client where the log ends, but a replica', () => {
    expect(listed(LATEST, 'read-uncommitted')).toEqual(['OFFSET_NOT_AVAILABLE', -1])
    expect(listed(MAX_TIMESTAMP, 'read-uncommitted')).toEqual(['OFFSET_NOT_AVAILABLE', -1])
    expect(listed(9_999, 'read-uncommitted')).toEqual(['OFFSET_NOT_AVAILABLE', -1])
    expect(listed(LATEST, 'log-end')).toEqual(['NONE', 5])
  })

  test('has nothing to read up to the log end, and is out of range behind it', () => {
    for (const offset of [0, 3, 5]) expect(read(offset)).toEqual(['NONE', 0])
    expect(read(6)).toEqual(['OFFSET_OUT_OF_RANGE', 0])
  })

  test('tells it when all in-sync replicas have come to where the epoch began', () => {
    fetch(2, 5)
    fetch(3, 4)
    expect(listed(LATEST, 'read-uncommitted')).toEqual(['OFFSET_NOT_AVAILABLE', -1])
    fetch(3, 5)
    expect(listed(LATEST, 'read-uncommitted')).toEqual(['NONE', 5])
    expect(read(3)[1]).toBeGreaterThan(0)
  })
})

describe('acks=all', () => {
  test('is refused below min ISR before anything is written', () => {
    metadata({ isr: [1] })
    expect(produced()).toMatchObject({ now: 'NOT_ENOUGH_REPLICAS', isOver: true })
    expect(led.partition.log.logEndOffset).toBe(0)
  })

  test('that waits is told as soon as too few are in sync, and its records stay', async () => {
    metadata()
    const { isOver, final } = produced()
    expect(isOver).toBe(false)
    metadata({ isr: [1, 2] })
    expect(clock.timers).toBeGreaterThan(0)
    metadata({ isr: [1] })
    const [result] = (await final) ?? []
    expect(errorName(result?.errorCode as 0)).toBe('NOT_ENOUGH_REPLICAS_AFTER_APPEND')
    expect(led.partition.log.logEndOffset).toBe(1)
  })

  test('that waits is told of another leader, and of a later epoch of the same', async () => {
    for (const next of [{ leader: 2 }, { leader: 1 }]) {
      metadata({ leaderEpoch: partitionEpoch + 10 })
      const { final } = produced()
      metadata({ ...next, leaderEpoch: partitionEpoch + 10 })
      const [result] = (await final) ?? []
      expect(errorName(result?.errorCode as 0)).toBe('NOT_LEADER_OR_FOLLOWER')
    }
  })

  test('times out when nothing is known', async () => {
    metadata()
    const { final } = produced()
    await clock.advance(30_000)
    const [result] = (await final) ?? []
    expect(errorName(result?.errorCode as 0)).toBe('REQUEST_TIMED_OUT')
  })
})
