/**
 * Goal: with flush.messages=1 a record is acknowledged, and can be read, when it is fsynced on all
 * in-sync replicas and not before; a replica comes into the ISR by what it has fsynced; and many
 * records share an fsync (S19).
 * Method: three real nodes whose fsyncs of the partition's files end when the test says so.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { errorName } from '../../src/wire/errors.ts'
import { fetchPartition, produceBatch } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { LocalCluster } from '../support/local-cluster.ts'
import {
  createReplicated,
  isWhole,
  onceBatch,
  produceUntilAcknowledged,
  stateAt,
  stateWhen,
} from '../support/replicated.ts'
import { eventually } from '../support/within.ts'

const of = { topic: 'durable' }
const FILES = 'durable-0'

let cluster: LocalCluster
const open: Client[] = []
beforeEach(async () => {
  cluster = await LocalCluster.start()
})
afterEach(async () => {
  for (const client of open.splice(0)) await client.close()
  await cluster[Symbol.asyncDispose]()
})

async function createDurable() {
  const configs = { 'flush.messages': 1 }
  const { leader } = await createReplicated(cluster.addresses, of.topic, { configs })
  const followers = [1, 2, 3].filter((id) => id !== leader)
  return { leader, followers }
}

async function connect(nodeId: number): Promise<Client> {
  const address = cluster.addresses().get(nodeId)
  if (!address) throw new Error(`node ${nodeId} does not run`)
  const client = await Client.connect(address)
  open.push(client)
  return client
}

test.each([
  ['one follower', ([first]: readonly number[]) => [first as number]],
  ['the other follower', ([, second]: readonly number[]) => [second as number]],
  ['the leader', (_: readonly number[], leader: number) => [leader]],
])('nothing is acknowledged, or read, before %s has fsynced it', async (_who, whose) => {
  const { leader, followers } = await createDurable()
  await produceUntilAcknowledged(cluster.addresses, { ...of, batch: onceBatch('before') })
  const release = whose(followers, leader).map((nodeId) => cluster.holdSyncs(nodeId, FILES))
  const client = await connect(leader)
  const reader = await connect(leader)
  let isAcknowledged = false
  const produced = produceBatch(client, { ...of, batch: onceBatch('held') }).then((answer) => {
    isAcknowledged = true
    return answer
  })
  const [held] = whose(followers, leader)
  await eventually(30_000, 'an fsync', () => cluster.syncsOf(held as number) > 0)
  // Everybody has it by now, or will soon: many rounds of fetching later it is still held.
  for (let round = 0; round < 20; round += 1) {
    const read = await fetchPartition(reader, { ...of, offset: 1, maxWaitMs: 20, minBytes: 1 })
    expect([read.bytes.byteLength, read.highWatermark]).toEqual([0, 1])
  }
  expect(isAcknowledged).toBe(false)
  for (const go of release) go()
  expect(errorName((await produced).errorCode)).toBe('NONE')
  expect((await fetchPartition(reader, { ...of, offset: 1 })).highWatermark).toBe(2)
})

test('records that come while an fsync is under way share the next one', async () => {
  const { leader, followers } = await createDurable()
  const releases = [leader, ...followers].map((nodeId) => cluster.holdSyncs(nodeId, FILES))
  const clients = await Promise.all(Array.from({ length: 30 }, () => connect(leader)))
  const produced = clients.map((client, index) =>
    produceBatch(client, { ...of, batch: onceBatch(`record ${index}`) }),
  )
  const reader = await connect(leader)
  await eventually(30_000, 'all appended on the followers', async () => {
    const { highWatermark } = await fetchPartition(reader, { ...of, offset: 0 })
    expect(highWatermark).toBe(0)
    return [leader, ...followers].every((nodeId) => cluster.syncsOf(nodeId) > 0)
  })
  for (const go of releases) go()
  for (const { errorCode } of await Promise.all(produced)) expect(errorName(errorCode)).toBe('NONE')
  for (const nodeId of [leader, ...followers]) expect(cluster.syncsOf(nodeId)).toBeLessThan(10)
})

test('a replica is not in sync again before it has fsynced what it fetched', async () => {
  const { leader, followers } = await createDurable()
  const late = followers[0] as number
  await cluster.stop(late)
  await stateWhen(cluster.addresses, of, ({ isr }) => isr.length === 2)
  await produceUntilAcknowledged(cluster.addresses, { ...of, batch: onceBatch('meanwhile') })
  const release = cluster.holdSyncs(late, FILES)
  await cluster.start(late)
  await eventually(30_000, 'an fsync of the late one', () => cluster.syncsOf(late) > 0)
  const at = cluster.addresses().get(leader)
  if (!at) throw new Error('the leader runs')
  for (let round = 0; round < 10; round += 1) {
    await produceUntilAcknowledged(cluster.addresses, { ...of, batch: onceBatch(`round ${round}`) })
    expect((await stateAt(at, of.topic))?.isr).not.toContain(late)
  }
  release()
  await stateWhen(cluster.addresses, of, isWhole)
})
