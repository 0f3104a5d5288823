// Goal: a wait ends at its deadline or at its signal, whichever is first, and leaves nothing
// behind. Method: a clock that only the test moves.
import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { delay } from '../../../src/base/clock.ts'
import { ManualClock, settle } from './manual-clock.ts'

/** Whether `promise` has settled by now. */
async function isOver(promise: Promise<unknown>): Promise<boolean> {
  let over = false
  void promise.then(() => (over = true))
  await settle()
  return over
}

test('a delay ends at its deadline and not before', async () => {
  const clock = new ManualClock()
  const wait = delay(clock, 100)
  await clock.advance(99)
  expect(await isOver(wait)).toBe(false)
  await clock.advance(1)
  expect(await isOver(wait)).toBe(true)
})

test('a signal ends it early, without an error, and cancels the timer', async () => {
  const clock = new ManualClock()
  const abort = new AbortController()
  const wait = delay(clock, 100, abort.signal)
  expect(clock.timers).toBe(1)
  abort.abort()
  await wait
  expect(clock.timers).toBe(0)
})

test('a signal that is already aborted starts no timer', async () => {
  const clock = new ManualClock()
  await delay(clock, 100, AbortSignal.abort())
  expect(clock.timers).toBe(0)
})

test('a long-lived signal collects no listeners', async () => {
  const clock = new ManualClock()
  const { signal } = new AbortController()
  for (let round = 0; round < 20; round += 1) {
    const wait = delay(clock, 10, signal)
    await clock.advance(10)
    await wait
  }
  expect(getEventListeners(signal, 'abort')).toEqual([])
})
