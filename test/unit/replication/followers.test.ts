/**
 * Goal: whoever stops following appends nothing any more; its logs are closed next. Method: a
 * partition that follows a broker, on a network that counts who is dialled. (Found by the
 * simulator: metadata that comes during a stop began to follow anew.)
 */
import { expect, test } from 'vitest'
import { silentLogger } from '../../../src/base/log.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { Followers } from '../../../src/replication/followers.ts'
import { ManualClock } from '../log/fixture.ts'
import { openPartition } from './partition-fixture.ts'

test('metadata that comes after the stop begins nothing', async () => {
  let dialled = 0
  const followers = new Followers({
    self: asNodeId(1),
    brokerEpoch: () => 1,
    limits: { waitMs: 500, bytes: 1_000, totalBytes: 1_000 },
    address: () => ({ host: 'localhost', port: 9_092 }),
    net: {
      listen: () => Promise.reject(new Error('nobody listens')),
      connect: () => {
        dialled += 1
        return Promise.reject(new Error('nobody answers'))
      },
    },
    clock: new ManualClock(),
    logger: silentLogger,
    fatal: (error) => {
      throw error
    },
  })
  const { partition, tell } = openPartition(0)
  tell({ leader: asNodeId(2), isr: [asNodeId(2)], leaderEpoch: 1 })
  followers.place(partition)
  await followers.stop()
  const before = dialled
  followers.addressesChanged()
  await new Promise((resolve) => setImmediate(resolve))
  expect(dialled).toBe(before)
})
