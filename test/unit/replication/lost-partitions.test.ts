/**
 * Goal: while nobody is known to hold everything of a partition, the active controller is told how
 * far this replica's log reaches, by the epoch of its last record; and not before, nor after.
 * Method: real partitions over a disk in memory, a clock that stands still, and a controller that
 * writes down what it hears.
 */
import { beforeEach, expect, test } from 'vitest'
import { LograftError } from '../../../src/base/errors.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import type { PartitionRegistration } from '../../../src/metadata/image/topics.ts'
import { NO_LEADER } from '../../../src/metadata/records.ts'
import { LostPartitions } from '../../../src/replication/lost-partitions.ts'
import type { LogEnd } from '../../../src/replication/ports.ts'
import { ManualClock, settle } from '../base/manual-clock.ts'
import { nodeIds } from '../metadata/images.ts'
import { openPartition } from './partition-fixture.ts'

const SELF = asNodeId(1)
const lost: PartitionRegistration = {
  ...{ replicas: nodeIds(1, 2), isr: [], elr: [], lastKnownElr: nodeIds(1) },
  ...{ addingReplicas: [], removingReplicas: [], leader: NO_LEADER },
  ...{ leaderEpoch: 5, partitionEpoch: 8 },
}

let clock: ManualClock
let told: (readonly LogEnd[])[]
let isDeaf: boolean
let isSilent: boolean
let partitions: LostPartitions

beforeEach(() => {
  clock = new ManualClock()
  told = []
  isDeaf = false
  isSilent = false
  partitions = new LostPartitions({
    controller: {
      tellLogEnds(ends, signal) {
        if (isSilent)
          return new Promise((_, reject) => {
            const error = new LograftError('REQUEST_TIMED_OUT', 'given up')
            signal.addEventListener('abort', () => reject(error))
          })
        if (isDeaf) return Promise.reject(new LograftError('NOT_CONTROLLER', 'nobody'))
        told.push(ends)
        return Promise.resolve()
      },
    },
    ...{ clock, logger: silentLogger },
    fatal(error) {
      throw error
    },
  })
})

test('tells the epoch of the last record, not one that has none', async () => {
  const { partition, lead, append } = openPartition(3, clock)
  lead(4)
  append()
  append()
  lead(5)
  partitions.place(partition, lost)
  await clock.advance(0)
  const { topicId } = partition
  expect(told).toEqual([
    [{ topicId, partition: 3, partitionEpoch: 8, lastEpoch: 4, logEndOffset: 2 }],
  ])
})

test('an empty log has no epoch', async () => {
  partitions.place(openPartition(0, clock).partition, lost)
  await clock.advance(0)
  expect(told).toMatchObject([[{ lastEpoch: -1, logEndOffset: 0 }]])
})

test('tells again until somebody leads, also a controller that was not there', async () => {
  const { partition } = openPartition(0, clock)
  isDeaf = true
  partitions.place(partition, lost)
  await clock.advance(3_000)
  expect(told).toEqual([])
  isDeaf = false
  await clock.advance(2_000)
  expect(told.length).toBe(2)
  partitions.place(partition, { ...lost, partitionEpoch: 9 })
  await clock.advance(1_000)
  expect(told.at(-1)).toMatchObject([{ partitionEpoch: 9 }])
  const elected = { ...lost, leader: SELF, isr: [SELF], leaderEpoch: 6, partitionEpoch: 10 }
  partitions.place(partition, elected)
  const before = told.length
  await clock.advance(10_000)
  expect([told.length, clock.timers]).toEqual([before, 0])
})

test('a partition that is led, or waits for somebody eligible, is not its business', async () => {
  const { partition } = openPartition(0, clock)
  partitions.place(partition, { ...lost, elr: nodeIds(2) })
  partitions.place(partition, { ...lost, lastKnownElr: [] })
  await settle()
  expect(clock.timers).toBe(0)
})

test('stops at once', async () => {
  partitions.place(openPartition(0, clock).partition, lost)
  await clock.advance(0)
  await partitions.stop()
  expect(clock.timers).toBe(0)
  expect(told).toHaveLength(1)
})

test('stops at once also while the controller does not answer', async () => {
  isSilent = true
  partitions.place(openPartition(0, clock).partition, lost)
  await clock.advance(0)
  await partitions.stop()
  expect(clock.timers).toBe(0)
})

test('forgets nothing that is lost in the very turn in which it has nothing more to tell', async () => {
  const { partition } = openPartition(0, clock)
  for (let turns = 0; turns < 20; turns += 1) {
    partitions.place(partition, lost)
    await clock.advance(0)
    partitions.drop(partition)
    // The last look happens within these turns.
    const waited = clock.advance(1_000)
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
    partitions.place(partition, lost)
    await waited
    const before = told.length
    await clock.advance(1_000)
    expect(told.length).toBeGreaterThan(before)
    partitions.drop(partition)
    await clock.advance(1_000)
  }
})
