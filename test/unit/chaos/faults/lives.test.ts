// Goal: a node that several faults hold comes back when the last one lets go, and one that another
// fault ends while it starts is that fault's to start: the first one has been taken back.
// Method: a target of one node that is written here; its starts end when the test says so.
import { expect, test } from 'vitest'
import type { Target } from '../../../../src/chaos/cluster/target.ts'
import { Lives } from '../../../../src/chaos/faults/lives.ts'
import { settle } from '../../base/manual-clock.ts'

/** A node whose starts wait until they are let through, or it is ended. */
function nodeThatStarts() {
  const starts: { serve: () => void; end: () => void }[] = []
  let isRunning = true
  let starting: Promise<void> | null = null
  const target = {
    node: () => ({ isRunning, isPaused: false }),
    signal: () => {
      ;[isRunning, starting] = [false, null]
      return Promise.resolve()
    },
    start: () => {
      // Who starts already is waited for.
      starting ??= new Promise<void>((resolve, reject) => {
        isRunning = true
        const end = () => {
          ;[isRunning, starting] = [false, null]
          reject(new Error('it did not start'))
        }
        starts.push({ serve: resolve, end })
      })
      return starting
    },
  }
  return { starts, lives: new Lives(target as unknown as Target) }
}

test('who is held by two comes back with the second that lets go', async () => {
  const { starts, lives } = nodeThatStarts()
  const first = await lives.hold(1, 'SIGKILL')
  const second = await lives.hold(1, 'SIGKILL')
  await first()
  expect(starts).toHaveLength(0)
  const back = second()
  starts[0]?.serve()
  await back
  expect(starts).toHaveLength(1)
})

test.each(['before', 'after'])(
  'who is ended while it starts is started by the other; %s that lets go it is told',
  async (when) => {
    const { starts, lives } = nodeThatStarts()
    const back = (await lives.hold(1, 'SIGKILL'))()
    const letGo = await lives.hold(1, 'SIGTERM')
    if (when === 'before') starts[0]?.end()
    if (when === 'before') await settle()
    const again = letGo()
    starts[0]?.end()
    await expect(back).resolves.toBeUndefined()
    starts[1]?.serve()
    await again
    expect(starts).toHaveLength(2)
  },
)

test('who ends, while it starts, of a full disk is started when there is room again', async () => {
  const { starts, lives } = nodeThatStarts()
  const back = (await lives.hold(1, 'SIGKILL'))()
  const over = lives.disturb(1)
  const again = over()
  starts[0]?.end()
  await expect(back).resolves.toBeUndefined()
  await settle()
  starts[1]?.serve()
  await again
  expect(starts).toHaveLength(2)
})

test('who just does not start is told', async () => {
  const { starts, lives } = nodeThatStarts()
  const back = (await lives.hold(1, 'SIGKILL'))()
  starts[0]?.end()
  await expect(back).rejects.toThrow('it did not start')
})
