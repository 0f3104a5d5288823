/**
 * Goal: whatever is asked when, no more is taken than the rate allows, beside what half a second
 * saved and one batch; and whoever waits as long as it is told may go on.
 * Method: the pure state against fast-check's requests.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ReplicationQuota } from '../../../src/replication/replication-quota-state.ts'

function quotaOf(bytesPerSecond: number): ReplicationQuota {
  const quota = new ReplicationQuota()
  quota.limit(bytesPerSecond, 0)
  return quota
}

describe('without a rate', () => {
  test('nobody waits', () => {
    const quota = new ReplicationQuota()
    quota.took(1e12, 5)
    expect([quota.availableBytes(6), quota.delayMs(6)]).toEqual([Infinity, 0])
  })
})

describe('with a rate', () => {
  test('half a second is saved, and no more', () => {
    const quota = quotaOf(1_000)
    expect([quota.availableBytes(0), quota.availableBytes(60_000)]).toEqual([500, 500])
  })

  test('what was taken beyond is waited for', () => {
    const quota = quotaOf(1_000)
    quota.took(3_000, 0)
    expect(quota.delayMs(0)).toBe(2_501)
    expect([quota.delayMs(2_500), quota.delayMs(2_501)]).toEqual([1, 0])
  })

  test('of 0 nothing is taken', () => {
    const quota = quotaOf(0)
    expect([quota.availableBytes(9_999), quota.delayMs(9_999)]).toEqual([0, Infinity])
  })

  test('that changes, debts stay, and with none they are forgotten', () => {
    const quota = quotaOf(1_000)
    quota.took(6_000, 0)
    quota.limit(4_000, 0)
    expect(quota.availableBytes(0)).toBe(-3_500)
    quota.limit(Infinity, 0)
    expect(quota.delayMs(0)).toBe(0)
    quota.limit(4_000, 0)
    expect(quota.availableBytes(0)).toBe(2_000)
  })

  test('said again saves nothing anew', () => {
    const quota = quotaOf(1_000)
    quota.took(500, 0)
    quota.limit(1_000, 0)
    expect(quota.availableBytes(0)).toBe(0)
  })

  test('over any time it holds', () => {
    const request = fc.record({
      afterMs: fc.integer({ min: 0, max: 2_000 }),
      bytes: fc.integer({ min: 1, max: 3_000 }),
    })
    const requests = fc.array(request, { maxLength: 200 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), requests, (rate, asked) => {
        const quota = quotaOf(rate)
        const taken: { atMs: number; bytes: number }[] = []
        let nowMs = 0
        for (const { afterMs, bytes } of asked) {
          nowMs += afterMs
          if (quota.delayMs(nowMs) > 0) continue
          quota.took(bytes, nowMs)
          taken.push({ atMs: nowMs, bytes })
        }
        for (const [at, { atMs }] of taken.entries()) {
          let sum = 0
          for (const later of taken.slice(at)) {
            sum += later.bytes
            const most = (rate * (later.atMs - atMs)) / 1_000 + rate / 2 + later.bytes
            expect(sum).toBeLessThanOrEqual(most + 1e-6)
          }
        }
      }),
      { numRuns: 100 },
    )
  })
})
