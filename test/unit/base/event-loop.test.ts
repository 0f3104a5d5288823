// Goal: tasks run one at a time, in the order they came, and never more wait than were allowed.
// Method: tasks that end when the test says so; the order of what they did is the whole verdict.
import { expect, test } from 'vitest'
import { EventLoop } from '../../../src/base/event-loop.ts'
import { settle } from './manual-clock.ts'

const newLoop = (capacity = 100) => new EventLoop({ name: 'controller', capacity })

/** A task that starts, waits for `release()` and ends, noting both. */
function gated(name: string, steps: string[]) {
  let release = () => {}
  const gate = new Promise<void>((resolve) => (release = resolve))
  const run = async () => {
    steps.push(`${name} starts`)
    await gate
    steps.push(`${name} ends`)
    return name
  }
  return { run, release }
}

test('the next task starts only when the one before has ended', async () => {
  const loop = newLoop()
  const steps: string[] = []
  const [a, b] = [gated('a', steps), gated('b', steps)]
  const results = [loop.submit(a.run), loop.submit(b.run), loop.submit(() => steps.push('c'))]
  b.release()
  await settle()
  expect(steps).toEqual(['a starts'])
  a.release()
  expect(await Promise.all(results)).toEqual(['a', 'b', 5])
  expect(steps).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c'])
})

test('a task that fails rejects its own promise and nobody else notices', async () => {
  const loop = newLoop()
  const asynchronous = new Error('asynchronous')
  const results = await Promise.allSettled([
    loop.submit(() => {
      throw new Error('synchronous')
    }),
    loop.submit(() => Promise.reject(asynchronous)),
    loop.submit(() => 'fine'),
  ])
  expect(results).toEqual([
    { status: 'rejected', reason: new Error('synchronous') },
    { status: 'rejected', reason: asynchronous },
    { status: 'fulfilled', value: 'fine' },
  ])
})

test('what a task submits runs after all that already waits', async () => {
  const loop = newLoop()
  const steps: string[] = []
  const inner: Promise<unknown>[] = []
  const running = gated('running', steps)
  const outer = [
    loop.submit(running.run),
    loop.submit(() => {
      steps.push('first')
      inner.push(loop.submit(() => steps.push('submitted by first')))
    }),
    loop.submit(() => steps.push('second')),
  ]
  running.release()
  await Promise.all(outer)
  await Promise.all(inner)
  expect(steps.slice(2)).toEqual(['first', 'second', 'submitted by first'])
})

test('more than capacity waiting tasks are refused, and room comes back', async () => {
  const loop = newLoop(2)
  const steps: string[] = []
  const running = gated('running', steps)
  const first = loop.submit(running.run)
  const waiting = [loop.submit(() => 1), loop.submit(() => 2)]
  expect(loop.length).toBe(2)
  await expect(loop.submit(() => 3)).rejects.toMatchObject({
    code: 'OVERLOADED',
    message: 'controller: 2 tasks already wait',
  })
  running.release()
  await first
  expect(await Promise.all(waiting)).toEqual([1, 2])
  expect(loop.length).toBe(0)
  expect(await loop.submit(() => 4)).toBe(4)
})

test('close refuses what waits and what comes; the running task ends by itself', async () => {
  const loop = newLoop()
  const steps: string[] = []
  const running = gated('running', steps)
  const first = loop.submit(running.run)
  const waiting = loop.submit(() => steps.push('waited'))
  const reason = new Error('no longer the controller')
  loop.close(reason)
  loop.close(new Error('a later reason does not replace the first'))
  await expect(waiting).rejects.toBe(reason)
  await expect(loop.submit(() => steps.push('late'))).rejects.toBe(reason)
  running.release()
  expect(await first).toBe('running')
  expect(steps).toEqual(['running starts', 'running ends'])
})
