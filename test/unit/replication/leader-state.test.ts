/**
 * Goal: the high watermark is the least end over the maximal ISR, stands still below min ISR, and
 * never goes back (C2, C9); a follower comes into the ISR only as the process that metadata knows,
 * with everything that may be committed, and leaves when it lags; one change at a time, and what
 * is pending counts for both sides until metadata says what became of it (S13).
 * Method: the pure state, fed with fetches; the arithmetic against fast-check's numbers.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { checkLeaderEpoch } from '../../../src/replication/leader-epoch-check.ts'
import { LeaderState, type KnownBroker } from '../../../src/replication/leader-state.ts'
import { errors } from '../../../src/wire/errors.ts'
import { nodeIds } from '../metadata/images.ts'

const LAG_MS = 100
const RULES = { lagMs: LAG_MS, countsFlushed: false }
const active: KnownBroker = { isActive: true, brokerEpoch: 7 }
const moment = { nowMs: 0, logEndOffset: 100 }

function leading(
  { replicas = [1, 2, 3], isr = [1, 2, 3] }: { replicas?: number[]; isr?: number[] } = {},
  logEndOffset = 0,
) {
  const registration = {
    ...{ leaderEpoch: 4, partitionEpoch: 9 },
    replicas: nodeIds(...replicas),
    isr: nodeIds(...isr),
  }
  const state = new LeaderState(asNodeId(1), registration, { nowMs: 0, logEndOffset })
  const fetched = (
    nodeId: number,
    fetchOffset: number,
    { nowMs = 0, logEnd = 100, brokerEpoch = 7, flushedOffset = fetchOffset } = {},
  ) =>
    state.fetched(
      { nodeId: asNodeId(nodeId), brokerEpoch, fetchOffset, flushedOffset },
      { nowMs, logEndOffset: logEnd },
    )
  const watermark = (current: number, own: number, rules = {}) =>
    state.highWatermark(current, own, {
      ...{ minIsr: 1, countsFlushed: false, lagMs: LAG_MS, nowMs: 0, broker: () => active },
      ...rules,
    })
  const expanded = (highWatermark: number, broker = active, countsFlushed = false) =>
    state.expanded(highWatermark, { countsFlushed, broker: () => broker })
  return { state, registration, fetched, watermark, expanded }
}

describe('the high watermark', () => {
  test('of one replica is its own end', () => {
    expect(leading({ replicas: [1], isr: [1] }).watermark(3, 8)).toBe(8)
  })

  test('waits for a member that was not heard of in this epoch', () => {
    const { fetched, watermark } = leading()
    fetched(2, 50)
    expect(watermark(3, 100)).toBe(3)
    fetched(3, 20)
    expect(watermark(3, 100)).toBe(20)
  })

  test('for any ends: the least of them, but never below the current one', () => {
    const ends = fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000))
    fc.assert(
      fc.property(ends, fc.nat(1000), ([own, second, third], current) => {
        const { fetched, watermark } = leading()
        fetched(2, second)
        fetched(3, third)
        expect(watermark(current, own)).toBe(Math.max(current, Math.min(own, second, third)))
      }),
    )
  })

  test('stands still while fewer than min ISR are members', () => {
    const { fetched, watermark } = leading({ isr: [1] })
    fetched(2, 100)
    fetched(3, 100)
    expect(watermark(3, 100, { minIsr: 2 })).toBe(3)
    expect(watermark(3, 100, { minIsr: 1 })).toBe(100)
  })

  test('waits for a follower that is caught up and about to come in, unless it may not', () => {
    const { fetched, watermark } = leading({ isr: [1, 2] })
    fetched(2, 100)
    fetched(3, 100)
    // It kept up a moment ago, and has not got the newest yet.
    expect(watermark(3, 120)).toBe(100)
    expect(watermark(3, 120, { nowMs: LAG_MS + 1 })).toBe(100)
    fetched(2, 120, { logEnd: 120 })
    expect(watermark(3, 120)).toBe(100)
    expect(watermark(3, 120, { nowMs: LAG_MS + 1 })).toBe(120)
    const fenced = (id: number) => (id === 3 ? { ...active, isActive: false } : active)
    expect(watermark(3, 120, { broker: fenced })).toBe(120)
  })

  test('does not wait for a replica that only lacks an fsync, and may never have it', () => {
    const { fetched, watermark } = leading({ isr: [1, 2] })
    const durable = { countsFlushed: true }
    fetched(2, 100)
    fetched(3, 100, { flushedOffset: 50 })
    expect(watermark(80, 100, durable)).toBe(100)
    fetched(3, 100, { flushedOffset: 100 })
    fetched(2, 101, { logEnd: 101 })
    expect(watermark(100, 101, durable)).toBe(100)
  })

  test('does not wait for who was taken out of the ISR, until it has caught up again', () => {
    for (const wasAtRest of [false, true]) {
      const { state, registration, fetched, watermark } = leading()
      fetched(2, 100)
      fetched(3, 100)
      state.update({ ...registration, partitionEpoch: 10, isr: nodeIds(1, 2) }, moment)
      // It goes on to fetch what it cannot take.
      if (wasAtRest) state.restedUntil(asNodeId(3), 0)
      fetched(3, 100, { logEnd: 101 })
      fetched(3, 100, { logEnd: 101 })
      fetched(2, 101, { logEnd: 101 })
      expect(watermark(100, 101)).toBe(101)
      fetched(3, 101, { logEnd: 101 })
      fetched(2, 102, { logEnd: 102 })
      expect(watermark(101, 102)).toBe(101)
    }
  })

  test('counts what is fsynced where every message must be', () => {
    const { fetched, watermark } = leading()
    fetched(2, 100, { flushedOffset: 40 })
    fetched(3, 100, { flushedOffset: 60 })
    expect(watermark(3, 100, { countsFlushed: true })).toBe(40)
  })
})

describe('coming into the ISR', () => {
  test('takes the high watermark, the start of the epoch, and the known process', () => {
    const { fetched, expanded } = leading({ isr: [1] }, 50)
    expect(expanded(30)).toBeNull()
    fetched(2, 40)
    expect(expanded(30)).toBeNull()
    fetched(2, 60)
    expect(expanded(70)).toBeNull()
    expect(expanded(30, { ...active, isActive: false })).toBeNull()
    expect(expanded(30, { ...active, brokerEpoch: 8 })).toBeNull()
    // One that does not say which process it is may be any.
    fetched(2, 60, { brokerEpoch: -1 })
    expect(expanded(30)).toBeNull()
    fetched(2, 60)
    expect(expanded(30)).toEqual(nodeIds(1, 2))
  })

  test('takes what is fsynced, where every message must be (S19)', () => {
    const { fetched, expanded } = leading({ isr: [1] }, 50)
    fetched(2, 60, { flushedOffset: 40 })
    expect(expanded(30, active, false)).toEqual(nodeIds(1, 2))
    expect(expanded(30, active, true)).toBeNull()
    fetched(2, 60, { flushedOffset: 55 })
    expect(expanded(58, active, true)).toBeNull()
    expect(expanded(55, active, true)).toEqual(nodeIds(1, 2))
  })

  test('is one change at a time, and counts at once', () => {
    const { state, registration, fetched, watermark, expanded } = leading({ isr: [1, 2] })
    fetched(2, 100)
    fetched(3, 100)
    const pending = state.propose(nodeIds(1, 2, 3), 5)
    expect(state.maximalIsr).toEqual(nodeIds(1, 2, 3))
    expect(expanded(0)).toBeNull()
    fetched(2, 150, { logEnd: 150 })
    // The newcomer counts already, however long it does not come back.
    expect(watermark(100, 150, { nowMs: 10 * LAG_MS })).toBe(100)
    state.withdraw(pending)
    expect(watermark(100, 150, { nowMs: 10 * LAG_MS })).toBe(150)
    state.propose(nodeIds(1, 2, 3), 5)
    state.update(registration, { nowMs: 0, logEndOffset: 150 })
    expect(state.pending).not.toBeNull()
    state.update({ ...registration, partitionEpoch: 10 }, { nowMs: 0, logEndOffset: 150 })
    expect(state.pending).toBeNull()
  })

  test('is asked for as the process that was heard of, not as the one that came after', () => {
    const { state, fetched } = leading({ isr: [1, 2] })
    fetched(3, 100, { brokerEpoch: 7 })
    const { members } = state.propose(nodeIds(1, 2, 3), 5)
    // A new process has lost half of what the first one had.
    fetched(3, 50, { brokerEpoch: 8 })
    expect(members).toEqual([
      { nodeId: 1, brokerEpoch: 5 },
      { nodeId: 2, brokerEpoch: -1 },
      { nodeId: 3, brokerEpoch: 7 },
    ])
    expect(state.pending?.members).toEqual(members)
  })
})

describe('leaving the ISR', () => {
  const at = (nowMs: number, logEndOffset: number) => ({ nowMs, logEndOffset })

  test('happens to who was not caught up for too long', () => {
    const { state, fetched } = leading()
    fetched(2, 100, { nowMs: 10 })
    fetched(3, 90, { nowMs: 10 })
    expect(state.shrunk(at(LAG_MS, 100), RULES)).toBeNull()
    expect(state.shrunk(at(LAG_MS + 1, 100), RULES)).toEqual(nodeIds(1, 2))
    // Still everything there is, hence in sync, however long nothing was written.
    expect(state.shrunk(at(10 * LAG_MS, 100), RULES)).toEqual(nodeIds(1, 2))
    expect(state.shrunk(at(10 * LAG_MS, 101), RULES)).toEqual(nodeIds(1))
  })

  test('does not happen to who keeps reaching what there was at its last fetch', () => {
    const { state, fetched } = leading()
    for (let nowMs = 0; nowMs <= 5 * LAG_MS; nowMs += 10) {
      fetched(2, 10 * nowMs, { nowMs, logEnd: 10 * (nowMs + 10) })
      fetched(3, 10 * (nowMs + 10), { nowMs, logEnd: 10 * (nowMs + 10) })
    }
    expect(state.shrunk(at(5 * LAG_MS, 1e6), RULES)).toBeNull()
  })

  test('happens by what is fsynced, where every message must be (S19)', () => {
    const { state, fetched } = leading()
    const rules = { lagMs: LAG_MS, countsFlushed: true }
    for (let nowMs = 0; nowMs <= 5 * LAG_MS; nowMs += 10) {
      const logEnd = nowMs + 10
      // An fsync lasts for some fetches, and more has come by then; the other one's never ends.
      fetched(2, logEnd, { nowMs, logEnd, flushedOffset: nowMs - (nowMs % 50) - 30 })
      fetched(3, logEnd, { nowMs, logEnd, flushedOffset: 10 })
    }
    const now = at(5 * LAG_MS, 5 * LAG_MS + 10)
    expect(state.shrunk(now, rules)).toEqual(nodeIds(1, 2))
    expect(state.shrunk(now, RULES)).toBeNull()
  })

  test('counts for the high watermark only once it is committed', () => {
    const { state, registration, fetched, watermark } = leading()
    fetched(2, 100)
    fetched(3, 20)
    state.propose(nodeIds(1, 2), 5)
    expect(watermark(10, 100)).toBe(20)
    const shrunk = { ...registration, partitionEpoch: 10, isr: nodeIds(1, 2) }
    state.update(shrunk, at(0, 100))
    expect(watermark(20, 100, { nowMs: LAG_MS + 1 })).toBe(100)
  })
})

test('a fetch of an earlier process of the broker tells nothing', () => {
  const { fetched, watermark } = leading()
  fetched(3, 100)
  expect(fetched(2, 50, { brokerEpoch: 7 })).toBe(true)
  expect(fetched(2, 90, { brokerEpoch: 6 })).toBe(false)
  expect(fetched(4, 90)).toBe(false)
  expect(watermark(0, 100)).toBe(50)
})

describe('checkLeaderEpoch', () => {
  test.each([
    [-1, 5, errors.NONE],
    [5, 5, errors.NONE],
    [4, 5, errors.FENCED_LEADER_EPOCH],
    [6, 5, errors.UNKNOWN_LEADER_EPOCH],
  ])('asked in epoch %i, ours is %i', (requested, ours, code) => {
    expect(checkLeaderEpoch(requested, ours)).toBe(code)
  })
})
