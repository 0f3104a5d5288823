/**
 * Goal: whatever is killed, nothing acknowledged is lost or written twice, and no two batches ever
 * have the same leader epoch and offset (S3, S11, E1): a restarted leader leads in a later epoch or
 * follows; all nodes killed at once come back with everything; a retry across a leader change is
 * answered with the offset of the first attempt.
 * Method: three processes, `kill -9`; what clients were told and what is in the files of every
 * replica, before and after.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ProcessCluster } from '../../src/chaos/cluster/process-cluster.ts'
import { BatchCursor } from '../../src/records/batch.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { errorName } from '../../src/wire/errors.ts'
import { bytesOf, newProducerId, produceBatch, readPartition, text } from '../support/calls.ts'
import {
  addressesOf,
  asking,
  createReplicated,
  isWhole,
  onceBatch,
  produceUntilAcknowledged,
  stateWhen,
  type Addresses,
} from '../support/replicated.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'

const of = { topic: 'orders' }

let cluster: ProcessCluster
let addresses: Addresses
let directory: TempDir
beforeEach(async () => {
  directory = await tempDir('killed')
  cluster = await ProcessCluster.start({ directory: directory.path, voters: 3 })
  addresses = addressesOf(cluster)
})
afterEach(async () => {
  await cluster[Symbol.asyncDispose]()
  await directory[Symbol.asyncDispose]()
})

const whole = () => stateWhen(addresses, of, isWhole)
const produce = (value: string) =>
  produceUntilAcknowledged(addresses, { ...of, batch: onceBatch(value) })
const othersThan = (nodeId: number) => [1, 2, 3].filter((id) => id !== nodeId)

/** What a replica's file says: a batch's bytes, by leader epoch and offset. */
function batchesAt(nodeId: number): ReadonlyMap<string, string> {
  const path = join(cluster.directoryOf(nodeId), `${of.topic}-0`, '00000000000000000000.log')
  const batches = new Map<string, string>()
  for (const found = new BatchCursor(readFileSync(path)); found.isWhole; found.next()) {
    const place = `epoch ${found.partitionLeaderEpoch} offset ${found.baseOffset}`
    batches.set(place, Buffer.from(found.batch).toString('hex'))
  }
  return batches
}

/** What had a place before has it still, or nothing has. */
function expectNoSecond(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>) {
  for (const [place, bytes] of before)
    expect([place, after.get(place) ?? bytes]).toEqual([place, bytes])
}

/** All replicas are in sync, hold the same bytes, and one of these; the batches. */
async function endsWith(
  ...possible: readonly (readonly string[])[]
): Promise<ReadonlyMap<string, string>> {
  const { leader } = await whole()
  const records = await asking(cluster.node(leader).address, (client) => readPartition(client, of))
  expect(possible).toContainEqual(records.map(({ value }) => text(value)))
  const [first, ...others] = [1, 2, 3].map(batchesAt)
  for (const other of others) expect(other).toEqual(first)
  return first as ReadonlyMap<string, string>
}

test('a killed leader never writes a second batch in the place of another', async () => {
  const { leader, leaderEpoch } = await createReplicated(addresses, of.topic)
  await produce('acknowledged')
  await whole()
  // The others sleep: what the leader acknowledges alone (acks=1) is nowhere else.
  for (const nodeId of othersThan(leader)) cluster.pause(nodeId)
  const alone = await asking(cluster.node(leader).address, (client) =>
    produceBatch(client, { ...of, batch: onceBatch('of the leader alone'), acks: 1 }),
  )
  expect(errorName(alone.errorCode)).toBe('NONE')
  const before = batchesAt(leader)
  expect(before.size).toBe(2)
  await cluster.kill(leader)
  for (const nodeId of othersThan(leader)) cluster.resume(nodeId)
  await produce('in its place')
  await cluster.start(leader)
  const now = await whole()
  expect(now.leaderEpoch).toBeGreaterThan(leaderEpoch)
  // A fetch that was parked when they fell asleep may have brought it to one of them.
  const brought = ['acknowledged', 'of the leader alone', 'in its place']
  expectNoSecond(before, await endsWith(['acknowledged', 'in its place'], brought))
})

test('a leader that nobody can replace leads in a later epoch when it is back', async () => {
  const first = await createReplicated(addresses, of.topic, { replicationFactor: 1 })
  await produce('before')
  const before = batchesAt(first.leader)
  await cluster.restart(first.leader)
  const now = await whole()
  expect(now.leaderEpoch).toBeGreaterThan(first.leaderEpoch)
  await produce('after')
  const after = batchesAt(first.leader)
  expect(after.size).toBe(2)
  expectNoSecond(before, after)
})

test('all killed at once come back with all that was acknowledged', async () => {
  await createReplicated(addresses, of.topic)
  const values: string[] = []
  for (let count = 0; count < 20; count += 1) {
    values.push(`value ${count}`)
    await produce(`value ${count}`)
  }
  await Promise.all([1, 2, 3].map((nodeId) => cluster.kill(nodeId)))
  await cluster.startAll()
  await produce('after')
  await endsWith([...values, 'after'])
})

test('a retry across leader changes gets the offset of the first attempt', async () => {
  const { leader } = await createReplicated(addresses, of.topic)
  const at = cluster.node(leader).address
  const { producerId, producerEpoch } = await asking(at, newProducerId)
  const numbered = (baseSequence: number) =>
    buildBatch({
      ...{ producerId, producerEpoch, baseSequence },
      records: [{ value: bytesOf(`sequence ${baseSequence}`) }],
    })
  const offsets: number[] = []
  for (let sequence = 0; sequence < 5; sequence += 1) {
    const sent = await asking(at, (client) =>
      produceBatch(client, { ...of, batch: numbered(sequence) }),
    )
    expect(errorName(sent.errorCode)).toBe('NONE')
    offsets.push(sent.baseOffset)
  }
  expect(offsets).toEqual([0, 1, 2, 3, 4])
  // The first heir never led before; the second one has been restarted in between.
  for (let round = 0; round < 2; round += 1) {
    const { leader: present } = await whole()
    await cluster.kill(present)
    for (const sequence of [4, 0, 2]) {
      const again = await produceUntilAcknowledged(addresses, { ...of, batch: numbered(sequence) })
      expect(again.baseOffset).toBe(sequence)
    }
    await cluster.start(present)
  }
  await whole()
  await produceUntilAcknowledged(addresses, { ...of, batch: numbered(5) })
  await endsWith([0, 1, 2, 3, 4, 5].map((sequence) => `sequence ${sequence}`))
})
