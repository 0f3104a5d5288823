// Goal: cleaning leaves three quarters of the time to others, however long one of its turns takes,
// and keeps to its rate.
// Method: a clock that stands still but when it is told; what a turn waits for is when it goes on.
import { expect, test } from 'vitest'
import { Pace, TURN_BYTES } from '../../../../src/log/cleaner/pace.ts'
import { ManualClock } from '../fixture.ts'

const never = new AbortController().signal
const turns = () => new Promise((resolve) => setImmediate(resolve))

/** After how many milliseconds the next turn begins. */
async function restOf(clock: ManualClock, next: Promise<void>): Promise<number> {
  let isOver = false
  void next.then(() => (isOver = true))
  for (let waitedMs = 0; ; waitedMs += 1) {
    clock.advance(0)
    await turns()
    if (isOver) return waitedMs
    clock.advance(1)
  }
}

test('a turn ends after some time, or with enough bytes', () => {
  const clock = new ManualClock()
  const pace = new Pace({ clock, bytesPerSecond: Infinity })
  expect([pace.isTurnOver(TURN_BYTES - 1), pace.isTurnOver(TURN_BYTES)]).toEqual([false, true])
  clock.advance(1)
  expect(pace.isTurnOver(1)).toBe(true)
})

test('a rest is three times as long as the turn, within reason', async () => {
  const clock = new ManualClock()
  const pace = new Pace({ clock, bytesPerSecond: Infinity })
  expect(await restOf(clock, pace.nextTurn(1, never))).toBe(0)
  clock.advance(3)
  expect(await restOf(clock, pace.nextTurn(1, never))).toBe(9)
  clock.advance(60_000)
  expect(await restOf(clock, pace.nextTurn(1, never))).toBe(10)
})

test('no more bytes in a second than allowed', async () => {
  const clock = new ManualClock()
  const pace = new Pace({ clock, bytesPerSecond: 1_000 })
  for (let turn = 0; turn < 3; turn += 1) {
    clock.advance(1)
    expect(await restOf(clock, pace.nextTurn(500, never))).toBe(500)
  }
})

test('a rest ends when it is called off', async () => {
  const clock = new ManualClock()
  const pace = new Pace({ clock, bytesPerSecond: 1 })
  const abort = new AbortController()
  const next = pace.nextTurn(1_000_000, abort.signal)
  abort.abort()
  await next
})
