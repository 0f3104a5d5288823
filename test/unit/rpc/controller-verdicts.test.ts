// Goal: an observer stops when, and only when, it is certain that the quorum lacks what it holds.
// Method: verdicts of three controllers, one after the other, at times that the test chooses.
import { describe, expect, test } from 'vitest'
import type { Verdict } from '../../../src/rpc/controller-verdicts.ts'
import { ControllerVerdicts, LACKING_MAX_MS } from '../../../src/rpc/controller-verdicts.ts'
import { nodeIds } from '../metadata/images.ts'
import { asNodeId } from '../../../src/base/ids.ts'

const controllers = nodeIds(1, 2, 3)
/** Of the entry that is held. */
const epoch = 5

const lacks = (nodeId: number, leaderEpoch: number | null = null): Verdict => ({
  nodeId: asNodeId(nodeId),
  isOther: false,
  leaderEpoch,
})
const hasOther = (nodeId: number, leaderEpoch: number | null = null): Verdict => ({
  ...lacks(nodeId, leaderEpoch),
  isOther: true,
})

/** Whether it is certain after each of them. */
function judge(...verdicts: (readonly [atMs: number, verdict: Verdict])[]): boolean[] {
  const all = new ControllerVerdicts()
  return verdicts.map(([nowMs, verdict]) => all.add(verdict, { epoch, nowMs, controllers }))
}

describe('it is certain', () => {
  test('when the leader has another entry there', () => {
    expect(judge([0, hasOther(1, 3)])).toEqual([true])
  })

  test('when all controllers have another entry there', () => {
    const [first, second, third] = [hasOther(1), hasOther(2), hasOther(3)]
    expect(judge([0, first], [1, second], [2, third])).toEqual([false, false, true])
  })

  test('when a leader of a later epoch does not have it: it began with all that was committed', () => {
    expect(judge([0, lacks(1, epoch + 1)])).toEqual([true])
  })

  test('when a leader does not have it for long', () => {
    const leader = lacks(1, epoch)
    expect(judge([0, leader], [LACKING_MAX_MS - 1, leader], [LACKING_MAX_MS, leader])).toEqual([
      ...[false, false, true],
    ])
  })
})

describe('it is not', () => {
  test('however long followers do not have it', () => {
    const long = 100 * LACKING_MAX_MS
    expect(judge([0, lacks(1)], [long, lacks(2)], [2 * long, lacks(3)])).not.toContain(true)
  })

  test('when some have another entry there, and one was not heard', () => {
    expect(judge([0, hasOther(1)], [1, hasOther(2)], [2, lacks(3)])).not.toContain(true)
  })

  test('when somebody had it in between', () => {
    const all = new ControllerVerdicts()
    const at = (nowMs: number) => ({ epoch, nowMs, controllers })
    expect(all.add(lacks(1, epoch), at(0))).toBe(false)
    all.clear()
    expect(all.add(lacks(1, epoch), at(LACKING_MAX_MS))).toBe(false)
  })
})
