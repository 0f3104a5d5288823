/**
 * Goal: what becomes of a process is told as what it is: killed is gone, stopped is only silent and
 * comes back.
 * Method: a replica in a process of its own; SIGKILL, SIGSTOP, SIGCONT.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { startReplicaProcess, type ReplicaProcess } from './replica-processes.ts'
import { Replica } from './replicas.ts'

const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const heartbeat = { type: 'heartbeat', session: 1, commit: 0, read: 0 } as const

async function connected(): Promise<readonly [Replica, ReplicaProcess]> {
  const one = await new Replica({ nodeId: 1 }).start()
  closing.push(() => one.stop())
  const two = await startReplicaProcess(2)
  closing.push(() => two.kill())
  one.meets(two)
  one.send(two, 1, heartbeat)
  await one.until('an answer', () => one.count('message') === 1)
  return [one, two]
}

describe('a process', () => {
  test('that is killed is gone', async () => {
    const [one, two] = await connected()
    two.signal('SIGKILL')
    await one.until('gone', () => one.count('gone') === 1)
    expect(one.told.slice(1)).toEqual([
      { event: 'unreachable', replica: two.key },
      { event: 'gone', replica: two.key },
    ])
  })

  test('that is stopped is unreachable, not gone, and answers again when it goes on', async () => {
    const [one, two] = await connected()
    two.signal('SIGSTOP')
    await one.until('unreachable', () => one.count('unreachable') === 1)
    // Long enough for a watchdog to have closed what nobody answers.
    const tries = () => one.lines('cannot reach a replica').length
    await one.until('a try that failed', () => tries() >= 2)
    two.signal('SIGCONT')
    await one.until('connected again', () => one.lines('connected to a replica').length === 2)
    one.send(two, 1, heartbeat)
    await one.until('another answer', () => one.count('message') >= 2)
    expect([one.count('unreachable'), one.count('gone')]).toEqual([1, 0])
  })
})
