/**
 * Goal: what an AlterPartition answer says never changes what counts (S13): only applied metadata
 * does, in its order. A wish that may have been granted stays pending, whatever was heard of it,
 * and none stays for ever: newer metadata ends it, and what nobody has decided is asked again.
 * Method: a leading partition on a log in memory and a controller whose answers are written here.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LograftError } from '../../../src/base/errors.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import { IsrChanges } from '../../../src/replication/isr-changes.ts'
import type { IsrAnswer, IsrWish } from '../../../src/replication/ports.ts'
import { errors, type ErrorCode } from '../../../src/wire/errors.ts'
import { ManualClock } from '../base/manual-clock.ts'
import { nodeIds } from '../metadata/images.ts'
import { openPartition, type TestPartition } from './partition-fixture.ts'

const LAG_MS = 1_000
const RETRY_MS = 50

let clock: ManualClock
let isrChanges: IsrChanges
let led: TestPartition
let activeBroker: (nodeId: number) => { isActive: boolean; brokerEpoch: number }
let asked: (readonly IsrWish[])[]
/** Answers to come, the first first; a request without one waits. */
let answers: ((wishes: readonly IsrWish[]) => readonly IsrAnswer[] | Error)[]

beforeEach(async () => {
  clock = new ManualClock()
  asked = []
  answers = []
  activeBroker = (nodeId) => ({ isActive: true, brokerEpoch: 10 + nodeId })
  isrChanges = new IsrChanges({
    controller: {
      alterPartition(wishes) {
        asked.push(wishes)
        const answer = answers.shift()?.(wishes)
        if (answer instanceof Error) return Promise.reject(answer)
        return answer ? Promise.resolve(answer) : new Promise(() => {})
      },
    },
    clock,
    logger: silentLogger,
    fatal(error) {
      throw error
    },
  })
  led = openPartition(0, clock, {
    lagMs: LAG_MS,
    broker: (nodeId) => activeBroker(nodeId),
    onIsrWish: (partition) => isrChanges.wish(partition),
    topicOptions: { 'min.insync.replicas': '1' },
  })
  metadata({ isr: [1, 2], leaderEpoch: 4, partitionEpoch: 9 })
  for (let count = 0; count < 10; count += 1) led.append()
  fetch(2, 10)
  await clock.advance(0)
})

afterEach(() => isrChanges.close())

function metadata({ isr = [1, 2], replicas = [1, 2, 3], leaderEpoch = 4, partitionEpoch = 9 }) {
  const lists = { isr: nodeIds(...isr), replicas: nodeIds(...replicas) }
  led.tell({ ...lists, leaderEpoch, partitionEpoch })
}

function fetch(nodeId: number, fetchOffset: number) {
  const { brokerEpoch } = activeBroker(nodeId)
  const follower = { nodeId: asNodeId(nodeId), brokerEpoch, flushedOffset: fetchOffset }
  return led.partition.read({
    ...{ currentLeaderEpoch: -1, fetchOffset, lastFetchedEpoch: -1, isolation: 'log-end' },
    ...{ maxBytes: 1e6, atLeastOneBatch: true, follower },
  })
}

const answering = (errorCode: ErrorCode, partitionEpoch?: number) => (wishes: readonly IsrWish[]) =>
  wishes.map(({ topicId, partition }): IsrAnswer => ({
    ...{ topicId, partition, errorCode },
    ...(partitionEpoch !== undefined && { partitionEpoch }),
  }))
const failure = (code: 'NOT_CONTROLLER' | 'REQUEST_TIMED_OUT') => () => new LograftError(code, code)
const pending = () => led.partition.leading?.pending?.isr ?? null
const watermark = () => led.partition.log.highWatermark

describe('an answer', () => {
  test('that grants a wish before metadata says so changes nothing by itself', async () => {
    answers = [answering(errors.NONE, 10)]
    fetch(3, 10)
    await clock.advance(0)
    expect(asked).toHaveLength(1)
    expect(pending()).toEqual(nodeIds(1, 2, 3))
    led.append()
    fetch(2, 11)
    expect(watermark()).toBe(10)
    metadata({ isr: [1, 2, 3], partitionEpoch: 10 })
    expect(pending()).toBeNull()
    expect(watermark()).toBe(10)
    fetch(3, 11)
    expect(watermark()).toBe(11)
  })

  test('that grants a shrink does not free the high watermark; metadata does', async () => {
    answers = [answering(errors.NONE, 10)]
    led.append()
    await clock.advance(LAG_MS + 1)
    led.partition.reviewIsr()
    await clock.advance(0)
    expect(asked[0]).toMatchObject([{ isr: [{ nodeId: 1, brokerEpoch: 11 }] }])
    expect(pending()).toEqual(nodeIds(1))
    expect(watermark()).toBe(10)
    metadata({ isr: [1], partitionEpoch: 10 })
    expect(watermark()).toBe(11)
  })

  test('that comes after newer metadata is void', async () => {
    let answer: () => void = () => {}
    const controller = {
      alterPartition(wishes: readonly IsrWish[]) {
        asked.push(wishes)
        return new Promise<readonly IsrAnswer[]>((resolve) => {
          // The second request is never answered.
          if (asked.length === 1) answer = () => resolve(refused(wishes))
        })
      },
    }
    const refused = answering(errors.INELIGIBLE_REPLICA)
    const ports = { controller, clock, logger: silentLogger }
    isrChanges = new IsrChanges({ ...ports, fatal: (error) => expect.unreachable(error.message) })
    fetch(3, 10)
    await clock.advance(0)
    // A new epoch with a wish of its own: the answer to the one before is not about it.
    metadata({ leaderEpoch: 5, partitionEpoch: 10 })
    fetch(3, 10)
    const wish = led.partition.leading?.pending
    answer()
    await clock.advance(0)
    expect(asked.map(([first]) => first?.leaderEpoch)).toEqual([4, 5])
    expect(led.partition.leading?.pending).toBe(wish)
  })

  test.each(['INELIGIBLE_REPLICA', 'OPERATION_NOT_ATTEMPTED'] as const)(
    'of %s ends the wish; only the next fetch brings another',
    async (name) => {
      answers = [answering(errors[name])]
      fetch(3, 10)
      await clock.advance(0)
      expect(pending()).toBeNull()
      await clock.advance(10 * RETRY_MS)
      expect(asked).toHaveLength(1)
      fetch(3, 10)
      await clock.advance(0)
      expect(asked).toHaveLength(2)
    },
  )

  test.each([
    'FENCED_LEADER_EPOCH',
    'INVALID_UPDATE_VERSION',
    'INVALID_REQUEST',
    'UNKNOWN_TOPIC_ID',
    'UNKNOWN_TOPIC_OR_PARTITION',
    'NEW_LEADER_ELECTED',
  ] as const)('of %s leaves it pending until there is metadata, and asks no more', async (name) => {
    answers = [answering(errors[name])]
    fetch(3, 10)
    await clock.advance(10 * RETRY_MS)
    expect(asked).toHaveLength(1)
    expect(pending()).toEqual(nodeIds(1, 2, 3))
    led.append()
    fetch(2, 11)
    // It may have been granted: whoever was to come in counts.
    await clock.advance(2 * LAG_MS)
    led.partition.reviewHighWatermark()
    expect(watermark()).toBe(10)
    metadata({ isr: [1, 2], partitionEpoch: 10 })
    expect(pending()).toBeNull()
    expect(watermark()).toBe(11)
  })
})

describe('what is not decided', () => {
  test.each([
    ['a controller that cannot be asked', failure('NOT_CONTROLLER')],
    ['a lost answer', failure('REQUEST_TIMED_OUT')],
    ['a controller that knows less', answering(errors.NOT_CONTROLLER)],
    ['a code that nobody knows', answering(errors.UNKNOWN_SERVER_ERROR)],
    ['an answer about something else', () => []],
  ])('is asked again after a pause: %s', async (_, answer) => {
    answers = [answer, answer]
    fetch(3, 10)
    await clock.advance(0)
    expect(asked).toHaveLength(1)
    expect(pending()).toEqual(nodeIds(1, 2, 3))
    await clock.advance(RETRY_MS - 1)
    expect(asked).toHaveLength(1)
    await clock.advance(1)
    expect(asked).toHaveLength(2)
    await clock.advance(RETRY_MS)
    expect(asked).toHaveLength(3)
    const last = asked[2]?.map((wish) => ({ ...wish, isAskedAgain: false }))
    expect(last).toEqual(asked[0])
  })

  test('may still arrive: a refusal of the next one ends nothing, until metadata does', async () => {
    answers = [
      failure('NOT_CONTROLLER'),
      failure('REQUEST_TIMED_OUT'),
      failure('NOT_CONTROLLER'),
      answering(errors.INELIGIBLE_REPLICA),
    ]
    fetch(3, 10)
    await clock.advance(0)
    for (let count = 0; count < 3; count += 1) await clock.advance(RETRY_MS)
    expect(asked.map(([wish]) => wish?.isAskedAgain)).toEqual([false, false, true, true])
    expect(pending()).toEqual(nodeIds(1, 2, 3))
    // Fenced by now; but what was asked first may be granted when it is back.
    activeBroker = (nodeId) => ({ isActive: nodeId !== 3, brokerEpoch: 10 + nodeId })
    led.append()
    fetch(2, 11)
    await clock.advance(2 * LAG_MS)
    led.partition.reviewHighWatermark()
    expect(watermark()).toBe(10)
    expect(asked).toHaveLength(4)
    metadata({ isr: [1, 2], partitionEpoch: 10 })
    expect(pending()).toBeNull()
    expect(watermark()).toBe(11)
    activeBroker = (nodeId) => ({ isActive: true, brokerEpoch: 10 + nodeId })
    fetch(3, 11)
    await clock.advance(0)
    expect(asked[4]).toMatchObject([{ partitionEpoch: 10, isAskedAgain: false }])
  })

  test('is asked again as what is wished for by then', async () => {
    answers = [failure('REQUEST_TIMED_OUT')]
    fetch(3, 10)
    await clock.advance(0)
    metadata({ isr: [1, 2], partitionEpoch: 12 })
    await clock.advance(RETRY_MS)
    expect(asked).toHaveLength(1)
    fetch(3, 10)
    await clock.advance(0)
    expect(asked[1]).toMatchObject([{ partitionEpoch: 12 }])
  })
})

test('thousands of wishes are asked in requests of a bounded size, each once', async () => {
  const many = Array.from({ length: 1_001 }, (_, index) => {
    const of = openPartition(index, clock, {
      broker: (nodeId) => activeBroker(nodeId),
      onIsrWish: (partition) => isrChanges.wish(partition),
    })
    const replicas = { isr: nodeIds(1, 2), replicas: nodeIds(1, 2, 3) }
    of.tell({ ...replicas, leaderEpoch: 4, partitionEpoch: 9 })
    return of.partition
  })
  const inAnyOrder = (wishes: readonly IsrWish[]) => answering(errors.NONE, 10)(wishes).toReversed()
  answers = [inAnyOrder, inAnyOrder, inAnyOrder]
  const follower = { nodeId: asNodeId(3), brokerEpoch: 13, flushedOffset: 0 }
  const whole = { currentLeaderEpoch: -1, fetchOffset: 0, lastFetchedEpoch: -1, maxBytes: 1 }
  for (const partition of many)
    partition.read({ ...whole, isolation: 'log-end', atLeastOneBatch: true, follower })
  await clock.advance(10 * RETRY_MS)
  expect(asked.map(({ length }) => length)).toEqual([500, 500, 1])
  expect(asked.flat().map(({ partition }) => partition)).toEqual([...many.keys()])
})

test('a wish names the process that had everything, also when its broker has another by then', async () => {
  answers = [failure('NOT_CONTROLLER')]
  fetch(3, 10)
  activeBroker = (nodeId) => ({ isActive: true, brokerEpoch: nodeId === 3 ? 99 : 10 + nodeId })
  fetch(3, 4)
  await clock.advance(RETRY_MS)
  for (const [wish] of asked)
    expect(wish?.isr).toContainEqual({ nodeId: asNodeId(3), brokerEpoch: 13 })
})

test('below min ISR whoever waits for acks=all is told so at once', () => {
  led = openPartition(0, clock, { topicOptions: { 'min.insync.replicas': '2' } })
  metadata({ isr: [1, 2] })
  led.append()
  let woken = 0
  led.partition.watch(() => (woken += 1))
  const appended = { leaderEpoch: 4, requiredOffset: 1 }
  expect(led.partition.outcome(-1, appended)).toBe('wait')
  metadata({ isr: [1], partitionEpoch: 10 })
  expect(woken).toBeGreaterThan(0)
  expect(led.partition.outcome(-1, appended)).toBe(errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND)
})

test('a caught-up replica that is fenced is not waited for any more (KAFKA-15021)', () => {
  fetch(3, 10)
  metadata({ isr: [1, 2], partitionEpoch: 10 })
  led.append()
  fetch(2, 11)
  expect(watermark()).toBe(10)
  activeBroker = (nodeId) => ({ isActive: nodeId !== 3, brokerEpoch: 10 + nodeId })
  led.partition.reviewHighWatermark()
  expect(watermark()).toBe(11)
})
