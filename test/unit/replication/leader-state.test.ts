// Goal: the high watermark is the least end over the in-sync replicas and never goes back (C2, C9);
// leader epochs fence in both directions (KIP-320).
// Method: the pure functions; the arithmetic against fast-check's numbers.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { checkLeaderEpoch } from '../../../src/replication/leader-epoch-check.ts'
import type { LeaderState } from '../../../src/replication/leader-state.ts'
import { nextHighWatermark } from '../../../src/replication/leader-state.ts'
import { errors } from '../../../src/wire/errors.ts'

function stateOf(isr: readonly number[]): LeaderState {
  const replicas = isr.map(asNodeId)
  return { leaderEpoch: 1, partitionEpoch: 1, epochStartOffset: 0, replicas, isr: replicas }
}

describe('nextHighWatermark', () => {
  test('alone: the own end', () => {
    expect(nextHighWatermark(stateOf([1]), 3, () => 8)).toBe(8)
  })

  test('a member not heard from holds it where it is', () => {
    const held = (id: number) => (id === 2 ? null : 8)
    expect(nextHighWatermark(stateOf([1, 2]), 3, held)).toBe(3)
  })

  test('for any ends: the least of them, but never below the current one', () => {
    const ends = fc.array(fc.nat(1000), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(ends, fc.nat(1000), (held, current) => {
        const next = nextHighWatermark(stateOf([...held.keys()]), current, (id) => held[id] ?? null)
        expect(next).toBe(Math.max(current, Math.min(...held)))
      }),
    )
  })
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
