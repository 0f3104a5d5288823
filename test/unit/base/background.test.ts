// Goal: a loop that nobody awaits ends when it is told to, and its owner hears of its death, once.
// Method: tasks that end, throw, or wait on a clock that only the test moves.
import { expect, test } from 'vitest'
import { background, every } from '../../../src/base/background.ts'
import { ManualClock, settle } from './manual-clock.ts'

const mustLive = (error: Error) => {
  throw error
}

function deaths() {
  const heard: Error[] = []
  return { heard, onDeath: (error: Error) => void heard.push(error) }
}

test('stop aborts the signal and resolves only when the task has ended', async () => {
  const steps: string[] = []
  let finish = () => {}
  const task = background(
    'fetcher',
    async (signal) => {
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve, { once: true })
      })
      steps.push('aborted')
      await new Promise<void>((resolve) => (finish = resolve))
      steps.push('ended')
    },
    mustLive,
  )
  const stopped = task.stop().then(() => steps.push('stopped'))
  await settle()
  expect(steps).toEqual(['aborted'])
  finish()
  await stopped
  expect(steps).toEqual(['aborted', 'ended', 'stopped'])
})

test('an error reaches the owner once, with the name of the task and the cause', async () => {
  const { heard, onDeath } = deaths()
  const cause = new Error('out of ideas')
  const task = background('sweeper', () => Promise.reject(cause), onDeath)
  await settle()
  await task.stop()
  await task.stop()
  expect(heard).toHaveLength(1)
  expect(heard[0]).toMatchObject({ message: 'sweeper died: out of ideas', cause })
})

test('a task that throws before its first await is heard too', async () => {
  const { heard, onDeath } = deaths()
  background(
    'early',
    async () => {
      throw new Error('at once')
    },
    onDeath,
  )
  await settle()
  expect(heard.map(({ message }) => message)).toEqual(['early died: at once'])
})

test('every: rounds begin an interval after the one before has ended', async () => {
  const clock = new ManualClock()
  const startedMs: number[] = []
  const task = every(
    clock,
    { name: 'flush', intervalMs: 10 },
    async () => {
      startedMs.push(clock.monotonicMs())
      // A round that takes 5 ms.
      await new Promise<void>((resolve) => {
        clock.timer(5, resolve)
      })
    },
    mustLive,
  )
  await clock.advance(9)
  expect(startedMs).toEqual([])
  await clock.advance(41)
  expect(startedMs).toEqual([10, 25, 40])
  await task.stop()
})

test('every: no round begins after stop, and no timer is left', async () => {
  const clock = new ManualClock()
  let rounds = 0
  const task = every(clock, { name: 'flush', intervalMs: 10 }, () => void (rounds += 1), mustLive)
  await clock.advance(20)
  await task.stop()
  await clock.advance(100)
  expect({ rounds, timers: clock.timers }).toEqual({ rounds: 2, timers: 0 })
})

test('every: a round that throws ends the loop and reaches the owner', async () => {
  const clock = new ManualClock()
  const { heard, onDeath } = deaths()
  every(
    clock,
    { name: 'retention', intervalMs: 10 },
    () => {
      throw new Error('bad segment')
    },
    onDeath,
  )
  await clock.advance(100)
  expect(heard.map(({ message }) => message)).toEqual(['retention died: bad segment'])
  expect(clock.timers).toBe(0)
})
