/**
 * Goal: long work lets everything else have its turn, comes to the same end as at once, and stops
 * where nobody waits for it any more.
 * Method: work that counts its steps, on a clock that each step moves; the clock's own timers tell
 * when others had their turn.
 */
import { expect, test } from 'vitest'
import type { Clock } from '../../../src/base/clock.ts'
import { atOnce, inSlices } from '../../../src/base/slices.ts'

/** Each step of `work` takes a millisecond; `turns` is how often others had theirs. */
function world(steps: number) {
  let nowMs = 0
  const seen = { turns: 0, done: 0 }
  const clock: Clock = {
    wallMs: () => nowMs,
    monotonicMs: () => nowMs,
    timer(_, action) {
      queueMicrotask(() => {
        seen.turns += 1
        action()
      })
      return { cancel: () => undefined }
    },
  }
  function* work(): Generator<void, string, void> {
    for (; seen.done < steps; seen.done += 1) {
      nowMs += 1
      yield
    }
    return 'the end'
  }
  return { clock, work: work(), seen }
}

test('at once, it never pauses', () => {
  const { work, seen } = world(100)
  expect(atOnce(work)).toBe('the end')
  expect(seen).toEqual({ turns: 0, done: 100 })
})

test('in slices, others have their turn every few milliseconds', async () => {
  const { clock, work, seen } = world(100)
  expect(await inSlices(clock, work)).toBe('the end')
  expect(seen).toEqual({ turns: 20, done: 100 })
})

test('nothing more is done for who has left', async () => {
  const { clock, work, seen } = world(100)
  const left = new AbortController()
  left.abort()
  expect(await inSlices(clock, work, left.signal)).toBeNull()
  expect(seen.done).toBeLessThan(10)
})
