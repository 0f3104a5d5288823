/**
 * Goal: what becomes of a process is told as what it is: killed is gone, stopped is only silent and
 * comes back.
 * Method: a replica in a process of its own; SIGKILL, SIGSTOP, SIGCONT.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import type { HostPort } from '../../../src/config/addresses.ts'
import { replicaKey } from '../../../src/quorum/replica-key.ts'
import { within } from '../../support/within.ts'
import type { Known } from './replicas.ts'
import { newUuid, Replica, WAIT_MS } from './replicas.ts'

const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function process2(): Promise<Known & { readonly child: ChildProcess }> {
  const id = { nodeId: asNodeId(2), directoryId: newUuid() }
  const script = fileURLToPath(new URL('replica-process.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, '2', id.directoryId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  closing.push(() => child.kill('SIGKILL'))
  const [line] = (await within(WAIT_MS, 'its address', once(child.stdout, 'data'))) as [Buffer]
  const address = JSON.parse(line.toString()) as HostPort
  return { id, key: replicaKey(id), address, child }
}

const heartbeat = { type: 'heartbeat', session: 1, commit: 0, read: 0 } as const

async function connected(): Promise<readonly [Replica, Known & { readonly child: ChildProcess }]> {
  const one = await new Replica({ nodeId: 1 }).start()
  closing.push(() => one.stop())
  const two = await process2()
  one.meets(two)
  one.send(two, 1, heartbeat)
  await one.until('an answer', () => one.count('message') === 1)
  return [one, two]
}

describe('a process', () => {
  test('that is killed is gone', async () => {
    const [one, { child, key }] = await connected()
    child.kill('SIGKILL')
    await one.until('gone', () => one.count('gone') === 1)
    expect(one.told.slice(1)).toEqual([
      { event: 'unreachable', replica: key },
      { event: 'gone', replica: key },
    ])
  })

  test('that is stopped is unreachable, not gone, and answers again when it goes on', async () => {
    const [one, two] = await connected()
    two.child.kill('SIGSTOP')
    await one.until('unreachable', () => one.count('unreachable') === 1)
    // Long enough for a watchdog to have closed what nobody answers.
    const tries = () => one.lines('cannot reach a replica').length
    await one.until('a try that failed', () => tries() >= 2)
    two.child.kill('SIGCONT')
    await one.until('connected again', () => one.lines('connected to a replica').length === 2)
    one.send(two, 1, heartbeat)
    await one.until('another answer', () => one.count('message') >= 2)
    expect([one.count('unreachable'), one.count('gone')]).toEqual([1, 0])
  })
})
