// Goal: a node that runs ends in one of three ways, each with its exit code.
// Method: a node made of two promises; signals arrive by resolving another.
import { expect, test } from 'vitest'
import { silentLogger } from '../../../src/base/log.ts'
import type { StopSignal } from '../../../src/cli/lifetime.ts'
import { stayUntilStopped } from '../../../src/cli/lifetime.ts'

const never = new Promise<never>(() => {})
const onSignal = { first: Promise.resolve<StopSignal>('SIGTERM') }
const noSignal = { first: never }

function node(failed: Promise<Error>, stop: () => Promise<void> = async () => {}) {
  const calls: string[] = []
  const stopNode = () => {
    calls.push('stop')
    return stop()
  }
  return { calls, failed, stop: stopNode }
}

test('a signal stops the node: 0', async () => {
  const running = node(never)
  const code = await stayUntilStopped(running, { signals: onSignal, logger: silentLogger })
  expect([code, running.calls]).toEqual([0, ['stop']])
})

test('a node that fails is stopped all the same: 5', async () => {
  const running = node(Promise.resolve(new Error('fsync failed')))
  const code = await stayUntilStopped(running, { signals: noSignal, logger: silentLogger })
  expect([code, running.calls]).toEqual([5, ['stop']])
})

test('a node that cannot stop: 1, or still 5 when it had failed', async () => {
  const stop = () => Promise.reject(new Error('stuck'))
  const logger = silentLogger
  expect(await stayUntilStopped(node(never, stop), { signals: onSignal, logger })).toBe(1)
  const failed = Promise.resolve(new Error('fsync failed'))
  expect(await stayUntilStopped(node(failed, stop), { signals: noSignal, logger })).toBe(5)
})
