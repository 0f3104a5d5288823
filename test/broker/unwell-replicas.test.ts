/**
 * Goal: a replica whose disk is full, or whose log is damaged, leaves the ISR by asking (S14): the
 * others go on, what is damaged is never served, and it returns by itself when it is well. Where
 * nobody else could lead it stays, serves what can be read, and refuses writes.
 * Method: three real nodes on disks that the test fills, and in whose files it turns a bit; nothing
 * is served from memory. At the end the files of all replicas must be the same.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { errorName } from '../../src/wire/errors.ts'
import { fetchPartition, produceBatch, readPartition, text } from '../support/calls.ts'
import { LocalCluster } from '../support/local-cluster.ts'
import {
  asking,
  createReplicated,
  isWhole,
  onceBatch,
  produceUntilAcknowledged,
  stateWhen,
  type PartitionState,
} from '../support/replicated.ts'
import { eventually } from '../support/within.ts'

const TOPIC = 'orders'
const SEGMENT = '00000000000000000000.log'
const MARKER = '.kafka_cleanshutdown'
const RECOVERY_POINTS = 'recovery-point-offset-checkpoint'

let cluster: LocalCluster
beforeEach(async () => {
  cluster = await LocalCluster.start({ set: { 'log.tail.cache.bytes': 0 } })
})
afterEach(() => cluster[Symbol.asyncDispose]())

const of = { topic: TOPIC }
const produce = (value: string) =>
  produceUntilAcknowledged(cluster.addresses, { ...of, batch: onceBatch(value) })
const state = (isWanted: (state: PartitionState) => boolean) =>
  stateWhen(cluster.addresses, of, isWanted)
const whole = () => state(isWhole)
const segmentOf = (nodeId: number) => join(cluster.directoryOf(nodeId), `${TOPIC}-0`, SEGMENT)
const otherThan = (...ids: number[]) => [1, 2, 3].find((id) => !ids.includes(id)) as number

function addressOf(nodeId: number) {
  const address = cluster.addresses().get(nodeId)
  if (!address) throw new Error(`node ${nodeId} does not run`)
  return address
}

async function valuesAt(nodeId: number): Promise<readonly (string | null)[]> {
  const records = await asking(addressOf(nodeId), (client) => readPartition(client, of))
  return records.map(({ value }) => text(value))
}

/** All replicas are in sync, and hold the same bytes, in which there are these values. */
async function endsWith(values: readonly string[]): Promise<void> {
  const { leader } = await whole()
  expect(await valuesAt(leader)).toEqual(values)
  const segments = [1, 2, 3].map((nodeId) => readFileSync(segmentOf(nodeId)))
  for (const segment of segments) expect(segment.equals(segments[0] as Buffer)).toBe(true)
}

/** Turns a bit in the batch that holds this value. */
function damage(nodeId: number, value: string): void {
  const bytes = readFileSync(segmentOf(nodeId))
  const at = bytes.indexOf(value)
  expect(at).toBeGreaterThan(0)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  writeFileSync(segmentOf(nodeId), bytes)
}

describe('a full disk', () => {
  test('of a follower: the others go on, and it returns when there is space', async () => {
    const { leader } = await createReplicated(cluster.addresses, TOPIC)
    const follower = otherThan(leader)
    await produce('before')
    cluster.fill(follower, `${TOPIC}-0`)
    await produce('without it')
    const { isr, leader: same } = await state((now) => now.isr.length === 2)
    expect(isr).not.toContain(follower)
    expect(same).toBe(leader)
    await produce('still without it')
    cluster.empty(follower)
    await endsWith(['before', 'without it', 'still without it'])
  })

  test('of the leader: another one leads', async () => {
    const { leader } = await createReplicated(cluster.addresses, TOPIC)
    await produce('before')
    cluster.fill(leader, `${TOPIC}-0`)
    await produce('elsewhere')
    const now = await state(({ isr }) => isr.length === 2)
    expect(now.leader).not.toBe(leader)
    cluster.empty(leader)
    await endsWith(['before', 'elsewhere'])
  })

  test('everywhere: the last member stays, and serves what can be read', async () => {
    const configs = { 'min.insync.replicas': 1 }
    await createReplicated(cluster.addresses, TOPIC, { configs })
    await produce('before')
    for (const nodeId of [1, 2, 3]) cluster.fill(nodeId, `${TOPIC}-0`)
    const { leader } = await eventually(30_000, 'a last member', async () => {
      const now = await state(() => true)
      if (now.isr.length === 1) return now
      await asking(addressOf(now.leader), (client) =>
        produceBatch(client, { ...of, batch: onceBatch('refused'), timeoutMs: 1_000 }),
      )
      return null
    })
    expect(await valuesAt(leader)).toEqual(['before'])
    const refused = await asking(addressOf(leader), (client) =>
      produceBatch(client, { ...of, batch: onceBatch('refused') }),
    )
    expect(errorName(refused.errorCode)).toBe('KAFKA_STORAGE_ERROR')
    for (const nodeId of [1, 2, 3]) cluster.empty(nodeId)
    await produce('after')
    await endsWith(['before', 'after'])
  })
})

describe('a damaged log', () => {
  const VALUES = ['first', 'second', 'third']
  const write = async () => {
    for (const value of VALUES) await produce(value)
  }

  test('of the leader: it hands over, refetches, and returns', async () => {
    const { leader } = await createReplicated(cluster.addresses, TOPIC)
    await write()
    await whole()
    damage(leader, 'second')
    const fetched = await asking(addressOf(leader), (client) =>
      fetchPartition(client, { ...of, offset: 1 }),
    )
    expect(errorName(fetched.errorCode)).toBe('KAFKA_STORAGE_ERROR')
    await state((now) => now.leader >= 0 && now.leader !== leader)
    await endsWith(VALUES)
  })

  test('of a follower, found at its start: it leaves, refetches, and returns', async () => {
    const { leader } = await createReplicated(cluster.addresses, TOPIC)
    await write()
    await whole()
    const follower = otherThan(leader)
    await cluster.stop(follower)
    damage(follower, 'second')
    // As after a kill: all of it is read again.
    rmSync(join(cluster.directoryOf(follower), MARKER))
    await cluster.start(follower)
    await endsWith(VALUES)
  })

  const ANEW = 'begin-anew'
  test.each<[string, (nodeId: number, directory: string) => void]>([
    // As after a kill, and as no kill leaves it: whole batches are bad.
    ['recovery cut off', (nodeId) => damage(nodeId, 'first')],
    // Only the high watermark that was kept tells.
    ['ends early', (nodeId) => truncateSync(segmentOf(nodeId), 0)],
    [
      'an operator gave up',
      (_, directory) => {
        const partition = join(directory, `${TOPIC}-0`)
        rmSync(partition, { recursive: true })
        mkdirSync(partition)
        writeFileSync(join(partition, ANEW), '')
      },
    ],
  ])('that %s does not lead, though nobody else can (S11)', async (_, lose) => {
    const configs = { 'min.insync.replicas': 2 }
    const { replicas, leader } = await createReplicated(cluster.addresses, TOPIC, {
      ...{ configs, replicationFactor: 2 },
    })
    await write()
    await whole()
    const other = replicas.find((id) => id !== leader) as number
    await cluster.stop(other)
    await state(({ isr }) => isr.length === 1)
    await cluster.stop(leader)
    // Both are eligible.
    const directory = cluster.directoryOf(other)
    lose(other, directory)
    for (const file of [MARKER, RECOVERY_POINTS]) rmSync(join(directory, file))
    await cluster.start(other)
    expect(await state(() => true)).toMatchObject({ leader: -1, isr: [] })
    await cluster.start(leader)
    await state((now) => now.isr.length === 2)
    expect(await valuesAt(leader)).toEqual(VALUES)
    for (const file of [ANEW, 'records-lost'])
      expect(existsSync(join(directory, `${TOPIC}-0`, file))).toBe(false)
  })

  test('that is gone as a whole comes back from the others', async () => {
    const { leader } = await createReplicated(cluster.addresses, TOPIC)
    await write()
    await whole()
    const follower = otherThan(leader)
    await cluster.stop(follower)
    rmSync(join(cluster.directoryOf(follower), `${TOPIC}-0`), { recursive: true })
    await cluster.start(follower)
    await endsWith(VALUES)
  })

  test('of the last member: it serves what can be read, and refuses writes', async () => {
    const configs = { 'min.insync.replicas': 1 }
    const { replicas, leader } = await createReplicated(cluster.addresses, TOPIC, {
      ...{ configs, replicationFactor: 2 },
    })
    await write()
    await whole()
    const other = replicas.find((id) => id !== leader) as number
    await cluster.stop(other)
    await state(({ isr }) => isr.length === 1)
    damage(leader, 'second')
    const client = { at: addressOf(leader) }
    const fetch = (offset: number) =>
      asking(client.at, (asked) => fetchPartition(asked, { ...of, offset }))
    expect(errorName((await fetch(1)).errorCode)).toBe('KAFKA_STORAGE_ERROR')
    for (const offset of [0, 2]) {
      const { errorCode, bytes } = await fetch(offset)
      expect(errorName(errorCode)).toBe('NONE')
      expect(Buffer.from(bytes).includes(VALUES[offset] as string)).toBe(true)
    }
    const refused = await asking(client.at, (asked) =>
      produceBatch(asked, { ...of, batch: onceBatch('refused') }),
    )
    expect(errorName(refused.errorCode)).toBe('KAFKA_STORAGE_ERROR')
    const { isr } = await state(() => true)
    expect(isr).toEqual([leader])
  })
})
