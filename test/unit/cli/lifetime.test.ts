// Goal: a node that runs ends in one of three ways, each with its exit code.
// Method: a node made of two promises; signals arrive by resolving another, and once for real.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { silentLogger } from '../../../src/base/log.ts'
import type { StopSignal } from '../../../src/cli/lifetime.ts'
import { stayUntilStopped } from '../../../src/cli/lifetime.ts'

const lifetime = fileURLToPath(new URL('../../../src/cli/lifetime.ts', import.meta.url))
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

// The process' own signals, so each in a child that sends them to itself.
function child(samePressMs: number): { status: number | null; stdout: string; stderr: string } {
  const script = `
    import { catchSignals } from ${JSON.stringify(lifetime)}
    setTimeout(() => process.exit(8), 60_000) // Keeps the process alive, and not for ever.
    const { first } = catchSignals(${samePressMs})
    process.kill(process.pid, 'SIGINT')
    process.stdout.write(await first)
    process.on('SIGTERM', () => process.exit(7))
    process.kill(process.pid, 'SIGTERM')
  `
  return spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    encoding: 'utf8',
  })
}

test('a second signal ends the process at once', () => {
  const { status, stdout, stderr } = child(0)
  expect([status, stdout]).toEqual([143, 'SIGINT'])
  expect(stderr).toBe('lograft: second SIGTERM, ending at once\n')
})

test('the same key press again does not', () => {
  const { status, stdout, stderr } = child(60_000)
  expect([status, stdout, stderr]).toEqual([7, 'SIGINT', ''])
})
