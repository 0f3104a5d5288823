/**
 * Goal: a replica is cut only when it has left, as the same topic's, and still counts nowhere
 * (S14); it asks until then, in rounds that are never hot; who is well, or alone, asks nobody.
 * Method: conditions, and a controller, that are written here; time is moved by hand.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LograftError } from '../../../src/base/errors.ts'
import { silentLogger } from '../../../src/base/log.ts'
import type { LeaveAnswer, Leaving } from '../../../src/replication/ports.ts'
import { UnwellReplicas, type Condition } from '../../../src/replication/unwell-replicas.ts'
import { errors } from '../../../src/wire/errors.ts'
import { ManualClock, settle } from '../base/manual-clock.ts'
import { topicId } from '../metadata/images.ts'

const DAMAGED: Condition = {
  ...{ topicId: topicId(1), leaderEpoch: 4, counts: true, isAlone: false },
  reason: 'corrupt-segment',
}
const replica = { topic: 't1', index: 0 }

let clock: ManualClock
let unwell: UnwellReplicas
let condition: Condition | null
let asked: (readonly Leaving[])[]
let renewed: number
/** Of which it was told that they have left, and in which epoch. */
let left: string[]
/** What the controller says; an error is thrown, null is never said. */
let answer: (leaving: readonly Leaving[]) => readonly LeaveAnswer[] | Error | null

beforeEach(() => {
  clock = new ManualClock()
  condition = DAMAGED
  asked = []
  renewed = 0
  left = []
  answer = () => null
  unwell = new UnwellReplicas({
    controller: {
      leaveIsr(leaving) {
        asked.push(leaving)
        const said = answer(leaving)
        if (said instanceof Error) return Promise.reject(said)
        return said === null ? new Promise(() => {}) : Promise.resolve(said)
      },
    },
    ...{ clock, logger: silentLogger },
    fatal(error) {
      throw error
    },
    look: () => condition,
    left: (of, { leaderEpoch }) => left.push(`${of.topic}-${of.index}: ${leaderEpoch}`),
    renew() {
      renewed += 1
    },
  })
})
afterEach(() => unwell.stop())

const saying =
  (hasLeft: boolean, errorCode: LeaveAnswer['errorCode'] = errors.NONE) =>
  (leaving: readonly Leaving[]) =>
    leaving.map(({ topicId, partition }) => ({ topicId, partition, errorCode, hasLeft }))

async function suspected(): Promise<void> {
  unwell.suspect(replica)
  await clock.advance(0)
}

describe('what is damaged', () => {
  test('is renewed when it has left, and metadata shows it', async () => {
    answer = (leaving) => {
      condition = { ...DAMAGED, counts: false, leaderEpoch: 5 }
      return saying(true)(leaving)
    }
    await suspected()
    expect(asked).toEqual([
      [{ topicId: topicId(1), partition: 0, leaderEpoch: 4, reason: 'corrupt-segment' }],
    ])
    expect(renewed).toBe(1)
    expect(left).toEqual(['t1-0: 4'])
  })

  test('asks also when it seems to count nowhere', async () => {
    condition = { ...DAMAGED, counts: false }
    answer = saying(true)
    await suspected()
    expect([asked.length, renewed]).toEqual([1, 1])
  })

  test.each([
    ['it may not leave', saying(false), { ...DAMAGED, counts: false }],
    ['it is refused', saying(true, errors.NOT_CONTROLLER), { ...DAMAGED, counts: false }],
    ['nobody answers', () => null, { ...DAMAGED, counts: false }],
    ['it counts again', saying(true), DAMAGED],
    [
      'it is another topic’s by now',
      saying(true),
      { ...DAMAGED, topicId: topicId(2), counts: false },
    ],
    ['its topic is gone', saying(true), null],
  ])('is not cut while %s', async (_why, says, after) => {
    answer = (leaving) => {
      condition = after
      return says(leaving)
    }
    await suspected()
    expect(asked).toHaveLength(1)
    expect(renewed).toBe(0)
  })

  test('that could not be renewed is tried again, and does not ask again', async () => {
    answer = (leaving) => {
      condition = { ...DAMAGED, counts: false }
      return saying(true)(leaving)
    }
    await suspected()
    await clock.advance(1_000)
    expect(asked).toHaveLength(1)
    expect(renewed).toBeGreaterThan(1)
    expect(renewed).toBeLessThan(10)
  })
})

test('who may not leave asks again, less and less often, and at once after newer metadata', async () => {
  answer = saying(false)
  await suspected()
  await clock.advance(60_000)
  const before = asked.length
  expect(before).toBeGreaterThan(10)
  expect(before).toBeLessThan(25)
  unwell.metadataChanged()
  await settle()
  await clock.advance(0)
  expect(asked).toHaveLength(before + 1)
})

test('who has left is told so at once; until metadata comes it asks ever more rarely', async () => {
  answer = saying(true)
  await suspected()
  expect(left).toEqual(['t1-0: 4'])
  await clock.advance(60_000)
  // Others ask meanwhile, and are asked for.
  expect(asked.length).toBeGreaterThan(5)
  expect(asked.length).toBeLessThan(25)
  unwell.suspect({ topic: 't1', index: 1 })
  unwell.metadataChanged()
  await settle()
  await clock.advance(0)
  expect(asked.at(-1)?.map(({ partition }) => partition)).toEqual([0, 1])
  expect(left.at(-1)).toBe('t1-1: 4')
  expect(renewed).toBe(0)
  condition = { ...DAMAGED, counts: false, leaderEpoch: 5 }
  unwell.metadataChanged()
  await settle()
  await clock.advance(0)
  expect(renewed).toBe(2)
})

test('a controller that cannot be asked is asked again', async () => {
  answer = () => new LograftError('NOT_CONTROLLER', 'planted')
  await suspected()
  await clock.advance(1_000)
  expect(asked.length).toBeGreaterThan(2)
  expect(asked.length).toBeLessThan(10)
})

test.each([
  ['is well', null],
  ['is alone', { ...DAMAGED, isAlone: true }],
  ['lacks only space, and has left', { ...DAMAGED, reason: 'full-disk', counts: false }],
] as const)('who %s asks nobody', async (_who, now) => {
  condition = now
  await suspected()
  await clock.advance(10_000)
  expect(asked).toEqual([])
})

test('who lacks only space leaves, and is never cut', async () => {
  condition = { ...DAMAGED, reason: 'full-disk' }
  answer = (leaving) => {
    condition = { ...DAMAGED, reason: 'full-disk', counts: false }
    return saying(true)(leaving)
  }
  await suspected()
  await clock.advance(10_000)
  expect([asked.length, renewed]).toEqual([1, 0])
})

test('a stop waits for no controller', async () => {
  await suspected()
  expect(asked).toHaveLength(1)
  await unwell.stop()
})
