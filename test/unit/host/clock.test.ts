// Goal: the machine's clock and dice keep the few promises that are made about them.
// Method: nothing here waits for a duration or judges one.
import { expect, test } from 'vitest'
import { hostClock } from '../../../src/host/clock.ts'
import { hostRandom } from '../../../src/host/random.ts'

test('the monotonic clock never goes back', () => {
  let before = hostClock.monotonicMs()
  for (let look = 0; look < 1_000; look += 1) {
    const now = hostClock.monotonicMs()
    expect(now).toBeGreaterThanOrEqual(before)
    before = now
  }
})

test('the wall clock counts milliseconds since 1970', () => {
  const date = new Date(hostClock.wallMs())
  expect(date.getUTCFullYear()).toBeGreaterThan(2020)
})

test('a timer fires once; a cancelled one never does', async () => {
  const fired: string[] = []
  const cancelled = hostClock.timer(0, () => fired.push('cancelled'))
  cancelled.cancel()
  cancelled.cancel()
  const kept = await new Promise<{ cancel(): void }>((resolve) => {
    const timer = hostClock.timer(1, () => {
      fired.push('kept')
      resolve(timer)
    })
  })
  kept.cancel()
  expect(fired).toEqual(['kept'])
})

test('random numbers lie in [0, 1); random bytes are owned and differ', () => {
  for (let roll = 0; roll < 1_000; roll += 1) {
    const value = hostRandom.next()
    expect(value >= 0 && value < 1).toBe(true)
  }
  const [a, b] = [hostRandom.bytes(16), hostRandom.bytes(16)]
  expect([a.byteLength, b.byteLength]).toEqual([16, 16])
  expect(a).not.toEqual(b)
})
