/**
 * Goal: whoever asks for a change learns that nothing was done when nobody that leads was found, in
 * a plan's steps as in any other call; what may have taken effect stays open.
 * Method: the errors of a search for the leader, as the administration passes them on.
 */
import { expect, test } from 'vitest'
import { LograftError } from '../../../../src/base/errors.ts'
import { asNotDone } from '../../../../src/rpc/admin/serving.ts'
import { NoLeaderFound } from '../../../../src/rpc/leader-calls.ts'
import { asRpcError } from '../../../../src/rpc/status.ts'

const told = (thrown: LograftError) => {
  const { code, reason, text } = asRpcError(asNotDone(thrown) as LograftError)
  return [code, reason, text]
}

test('nobody leads: nothing was done', () => {
  const thrown = new NoLeaderFound('REQUEST_TIMED_OUT', 'no active controller; nothing was changed')
  expect(told(thrown)).toEqual([
    ...['UNAVAILABLE', 'NOT_CONTROLLER', 'no active controller; nothing was changed'],
  ])
})

test('somebody was asked: it is open', () => {
  const thrown = new LograftError('REQUEST_TIMED_OUT', 'whether this took effect is open')
  expect(told(thrown)).toEqual([
    ...['DEADLINE_EXCEEDED', 'REQUEST_TIMED_OUT', 'whether this took effect is open'],
  ])
})
