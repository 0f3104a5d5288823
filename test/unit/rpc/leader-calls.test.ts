/**
 * Goal: whoever looks for the active controller finds a new one soon after it is known.
 * Method: a controller in this process that refuses until the test lets it answer; time is the
 * test's.
 */
import { expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import { LeaderCalls } from '../../../src/rpc/leader-calls.ts'
import { NotControllerError } from '../../../src/rpc/not-controller.ts'
import { ManualClock, settle } from '../base/manual-clock.ts'

const NODE = asNodeId(1)

test('a leader that is news and not ready is asked again as soon as one who was never asked', async () => {
  const clock = new ManualClock()
  const calls = new LeaderCalls({
    ...{ self: NODE, clock, fatal: (error) => expect.unreachable(error.message) },
    ...{ addresses: { candidates: () => [] }, controllers: () => [] },
    ...{ isLeader: () => true, requestTimeoutMs: 1_000 },
  })
  let isReady = false
  const here = () =>
    isReady ? Promise.resolve('done') : Promise.reject(new NotControllerError('not yet', null))
  const there = () => expect.unreachable('nobody else is known')
  let answer: string | null = null
  void calls.call({ here, there, repeatable: true }).then((done) => (answer = done))
  // Nobody leads for so long that it is asked only every now and then.
  await clock.advance(2_000)
  calls.onLeadership({ epoch: 2, leaderId: NODE, isLeader: true })
  await settle()
  isReady = true
  await clock.advance(10)
  expect(answer).toBe('done')
  calls.close()
})
