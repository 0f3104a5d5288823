/**
 * Goal: what DeleteRecords has answered is gone whoever leads next (KIP-107): the answer waits for
 * every replica in service, and for no other. Method: replicas of one partition that fetch from
 * each other by hand; the disk keeps log starts at once.
 */
import { expect, test } from 'vitest'
import { deleteRecords } from '../../../src/replication/delete-records.ts'
import { errors } from '../../../src/wire/errors.ts'
import { settle } from '../base/manual-clock.ts'
import { Replicas } from './replicas.ts'

const TIMEOUT_MS = 1_000

/** Asks node 1, which leads three replicas with ten records each. */
function asked(out: ReadonlySet<number> = new Set(), offset = 5) {
  const replicas = new Replicas([1, 2, 3], {
    broker: (id) => ({ isActive: !out.has(id), brokerEpoch: 1 }),
  })
  replicas.elect(1)
  for (let record = 0; record < 10; record += 1) replicas.append('v')
  replicas.settle()
  let answer: unknown = 'none'
  void deleteRecords(
    [{ partition: replicas.partition(1), offset }],
    { timeoutMs: TIMEOUT_MS },
    { clock: replicas.clock, settleLogStarts: () => Promise.resolve() },
  ).then(([result]) => (answer = result))
  return { replicas, answer: () => settle().then(() => answer) }
}

test('no answer before every replica has let go, and then none brings it back', async () => {
  const { replicas, answer } = asked()
  for (const follower of [2, 3]) {
    expect(await answer()).toBe('none')
    // It hears where the log begins, and tells with its next fetch.
    replicas.fetch(follower)
    replicas.fetch(follower)
  }
  expect(await answer()).toEqual({ errorCode: errors.NONE, lowWatermark: 5 })
  replicas.elect(2)
  expect(replicas.bounds(2)).toEqual([5, 10, 10])
})

test('up to the high watermark', async () => {
  const { replicas, answer } = asked(new Set(), -1)
  replicas.settle()
  replicas.settle()
  expect(await answer()).toEqual({ errorCode: errors.NONE, lowWatermark: 10 })
})

test('who is out of service is not waited for, nor who goes meanwhile', async () => {
  const out = new Set([3])
  const { replicas, answer } = asked(out)
  expect(await answer()).toBe('none')
  out.add(2)
  replicas.partition(1).reviewHighWatermark()
  expect(await answer()).toEqual({ errorCode: errors.NONE, lowWatermark: 5 })
})

test('another leader says where the log begins', async () => {
  const { replicas, answer } = asked()
  replicas.elect(2)
  expect(await answer()).toMatchObject({ errorCode: errors.NOT_LEADER_OR_FOLLOWER })
})

test('who never lets go is not waited for longer than was asked', async () => {
  const { replicas, answer } = asked()
  expect(await answer()).toBe('none')
  replicas.clock.advance(TIMEOUT_MS)
  expect(await answer()).toEqual({ errorCode: errors.REQUEST_TIMED_OUT, lowWatermark: -1 })
  expect(replicas.partition(1).watcherCount).toBe(0)
})
