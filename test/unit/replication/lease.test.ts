/**
 * Goal: a leader whose session may be over answers nothing that only leadership justifies (S22):
 * not what it alone would acknowledge, nor where the log ends; what others confirm, it still does.
 * Method: the pure lease on two clocks, and a leading partition whose lease the test takes away.
 */
import { beforeEach, describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { buildBatch } from '../../../src/records/builder.ts'
import { LeaderLease } from '../../../src/replication/lease-state.ts'
import type { Acks } from '../../../src/replication/partition-requests.ts'
import { LATEST } from '../../../src/replication/partition-requests.ts'
import { errorName, errors } from '../../../src/wire/errors.ts'
import { ManualClock } from '../base/manual-clock.ts'
import { nodeIds } from '../metadata/images.ts'
import { openPartition, type TestPartition } from './partition-fixture.ts'

describe('a lease', () => {
  const at = (monotonicMs: number, wallMs = monotonicMs) => ({ monotonicMs, wallMs })

  test('begins with the first proof and lasts one session from when it was sent', () => {
    const lease = new LeaderLease(100)
    expect(lease.holds(at(0), 9)).toBe(false)
    lease.answered({ sent: at(10), committedOffset: 9 })
    expect(lease.holds(at(109), 9)).toBe(true)
    expect(lease.holds(at(110), 9)).toBe(false)
  })

  test('counts the time a machine was suspended, and not a clock set back', () => {
    const lease = new LeaderLease(100)
    lease.answered({ sent: at(0, 1_000), committedOffset: 0 })
    expect(lease.holds(at(5, 1_099), 0)).toBe(true)
    expect(lease.holds(at(5, 1_100), 0)).toBe(false)
    expect(lease.holds(at(5, 0), 0)).toBe(true)
    expect(lease.holds(at(100, 0), 0)).toBe(false)
  })

  test('is not prolonged by an answer that tells of what is not applied here', () => {
    const lease = new LeaderLease(100)
    lease.answered({ sent: at(0), committedOffset: 4 })
    expect(lease.holds(at(1), 4)).toBe(true)
    lease.answered({ sent: at(50), committedOffset: 7 })
    expect(lease.holds(at(120), 6)).toBe(false)
    expect(lease.holds(at(120), 7)).toBe(true)
  })

  test('is prolonged by an older answer while newer ones always tell of something more', () => {
    const lease = new LeaderLease(100)
    for (let beat = 0; beat < 10; beat += 1) {
      lease.answered({ sent: at(40 * beat), committedOffset: 10 * beat + 5 })
      expect(lease.holds(at(40 * beat + 30), 10 * beat)).toBe(beat > 0)
    }
  })
})

describe('a leader without a lease', () => {
  let hasLease: boolean
  let led: TestPartition
  const produce = (acks: Acks) => {
    const batch = buildBatch({ records: [{ value: new Uint8Array(3) }] })
    return led.partition.append(batch, { acks, apiVersion: 9 })
  }
  const inSync = (...isr: number[]) => led.tell({ replicas: nodeIds(1, 2), isr: nodeIds(...isr) })
  const latest = () => {
    const asked = { isolation: 'read-uncommitted', currentLeaderEpoch: -1 } as const
    return led.partition.offsetFor(LATEST, asked).errorCode
  }

  beforeEach(() => {
    hasLease = true
    led = openPartition(0, new ManualClock(), {
      holdsLease: () => hasLease,
      broker: (nodeId) => ({ isActive: true, brokerEpoch: 10 + nodeId }),
      topicOptions: { 'min.insync.replicas': '1' },
    })
    inSync(1)
  })

  test.each([0, 1, -1] as const)('appends nothing for acks=%s that it alone would hold', (acks) => {
    hasLease = false
    expect(errorName(produce(acks).errorCode)).toBe('NOT_LEADER_OR_FOLLOWER')
    expect(led.partition.log.logEndOffset).toBe(0)
    expect(errorName(latest())).toBe('NOT_LEADER_OR_FOLLOWER')
    hasLease = true
    expect(errorName(produce(acks).errorCode)).toBe('NONE')
    expect(errorName(latest())).toBe('NONE')
  })

  test.each([1, -1] as const)(
    'acknowledges nothing with acks=%s that it appended before',
    (acks) => {
      const { waitFor } = produce(acks)
      if (!waitFor) throw new Error('it was appended')
      hasLease = false
      expect(errorName(led.partition.outcome(acks, waitFor) as 0)).toBe('NOT_LEADER_OR_FOLLOWER')
    },
  )

  test('sends no consumer away from an offset that its successor may have', () => {
    produce(1)
    const read = (fetchOffset: number, more = {}) => {
      const { errorCode } = led.partition.read({
        ...{ currentLeaderEpoch: -1, fetchOffset, lastFetchedEpoch: -1, maxBytes: 1e6 },
        ...{ isolation: 'read-uncommitted', atLeastOneBatch: true, ...more },
      })
      return errorName(errorCode)
    }
    expect(read(2)).toBe('OFFSET_OUT_OF_RANGE')
    expect(read(1, { lastFetchedEpoch: 9 })).toBe('OFFSET_OUT_OF_RANGE')
    hasLease = false
    expect(read(2)).toBe('NOT_LEADER_OR_FOLLOWER')
    expect(read(1, { lastFetchedEpoch: 9 })).toBe('NOT_LEADER_OR_FOLLOWER')
    expect(read(0)).toBe('NONE')
    // Whoever leads, what lies before the log start is gone.
    expect(read(-1)).toBe('OFFSET_OUT_OF_RANGE')
  })

  test('leads no more when it has left the ISR, whatever older metadata says', () => {
    const led = openPartition(0)
    const tell = (partitionEpoch: number, leaderEpoch = 4) =>
      led.tell({ replicas: nodeIds(1, 2), isr: nodeIds(1, 2), leaderEpoch, partitionEpoch })
    const refusal = () => errorName(led.partition.checkLeader(-1))
    tell(1)
    expect(refusal()).toBe('NONE')
    led.partition.hasLeftIsr(3)
    expect(refusal()).toBe('NONE')
    led.partition.hasLeftIsr(4)
    expect(refusal()).toBe('NOT_LEADER_OR_FOLLOWER')
    tell(2)
    expect(refusal()).toBe('NOT_LEADER_OR_FOLLOWER')
    tell(3, 6)
    expect(refusal()).toBe('NONE')
  })

  test('acknowledges what the other in-sync replicas have', () => {
    inSync(1, 2)
    hasLease = false
    expect(errorName(produce(1).errorCode)).toBe('NOT_LEADER_OR_FOLLOWER')
    const { waitFor } = produce(-1)
    if (!waitFor) throw new Error('it was appended')
    expect(led.partition.outcome(-1, waitFor)).toBe('wait')
    led.partition.read({
      ...{ currentLeaderEpoch: -1, fetchOffset: 1, lastFetchedEpoch: -1, isolation: 'log-end' },
      ...{ maxBytes: 1, atLeastOneBatch: false },
      follower: { nodeId: asNodeId(2), brokerEpoch: 12, flushedOffset: 0 },
    })
    expect(led.partition.outcome(-1, waitFor)).toBe(errors.NONE)
  })
})
