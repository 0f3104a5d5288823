/**
 * Goal: what was reported deleted is gone on every replica in service (KIP-107): it does not come
 * back with the next leader. Whoever is not in service is not waited for.
 * Method: three replicas on logs in memory; a deletion, and fetches between them.
 */
import { beforeEach, expect, test } from 'vitest'
import { deleteRecords } from '../../../src/replication/delete-records.ts'
import type { DeletedRecords } from '../../../src/replication/partition-requests.ts'
import { errors } from '../../../src/wire/errors.ts'
import { Replicas } from './replicas.ts'

let replicas: Replicas
let inService: number[]

beforeEach(() => {
  inService = [1, 2, 3]
  replicas = new Replicas([1, 2, 3], {
    broker: (id) => ({ isActive: inService.includes(id), brokerEpoch: 1 }),
  })
  replicas.elect(1)
  for (const value of ['a', 'b', 'c']) replicas.append(value)
  replicas.settle()
})

/** Deletes up to `offset`; what became of it, null while it waits. */
async function deletion(offset: number) {
  const answer: { result: DeletedRecords | null } = { result: null }
  const entries = [{ partition: replicas.partition(1), offset }]
  const ports = { clock: replicas.clock, settleLogStarts: () => Promise.resolve() }
  void deleteRecords(entries, { timeoutMs: 1_000 }, ports).then(([result]) => {
    answer.result = result ?? null
  })
  await idle()
  return answer
}

const idle = () => new Promise((resolve) => setImmediate(resolve))

test('it waits until all followers have heard and said so', async () => {
  const answer = await deletion(2)
  for (const id of [2, 3, 2]) {
    replicas.fetch(id)
    await idle()
    expect(answer.result).toBeNull()
  }
  replicas.fetch(3)
  await idle()
  expect(answer.result).toEqual({ errorCode: errors.NONE, lowWatermark: 2 })
  expect(replicas.bounds(2)[0]).toBe(2)
})

test('not for one that is not in service', async () => {
  inService = [1, 2]
  const answer = await deletion(2)
  for (const id of [2, 2]) replicas.fetch(id)
  await idle()
  expect(answer.result?.errorCode).toBe(errors.NONE)
})

test('nor for one that goes out of service meanwhile', async () => {
  const answer = await deletion(2)
  for (const id of [2, 2]) replicas.fetch(id)
  inService = [1, 2]
  replicas.partition(1).reviewHighWatermark()
  await idle()
  expect(answer.result?.errorCode).toBe(errors.NONE)
})

test('no longer than it may', async () => {
  const answer = await deletion(2)
  replicas.clock.advance(999)
  await idle()
  expect(answer.result).toBeNull()
  replicas.clock.advance(1)
  await idle()
  expect(answer.result).toEqual({ errorCode: errors.REQUEST_TIMED_OUT, lowWatermark: -1 })
})

test('no longer than this replica leads', async () => {
  const answer = await deletion(2)
  replicas.elect(2)
  await idle()
  expect(answer.result?.errorCode).toBe(errors.NOT_LEADER_OR_FOLLOWER)
})
