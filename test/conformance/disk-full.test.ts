// Goal: a full disk refuses writes with an error and nothing else: what was acknowledged stays and
// can be read, and writing goes on by itself when there is room again (S18).
// Method: a real node on a small file system in memory, filled by producing. It needs the right to
// mount one; without it the test is skipped, and says so.
import { spawnSync } from 'node:child_process'
import { rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { buildBatch } from '../../src/records/builder.ts'
import {
  bytesOf,
  createTopic,
  deleteTopic,
  newProducerId,
  produceBatch,
  readPartition,
  text,
} from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { describeWith } from '../support/peer.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { eventually } from '../support/within.ts'

const DISK_MIB = 48
const BALLAST_MIB = 8
const VALUE_BYTES = 100_000
const STORAGE_ERROR = 56

const mount = (path: string): boolean =>
  process.platform === 'linux' &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MIB}m`, 'tmpfs', path]).status === 0
const unmount = (path: string) => spawnSync('umount', ['-l', path])

const probe = await tempDir('lograft-probe')
const mountable = mount(probe.path)
if (mountable) unmount(probe.path)
await probe[Symbol.asyncDispose]()
const peer = {
  name: 'a file system in memory',
  missing: mountable ? null : 'may not be mounted here',
  cure: 'run the tests as root, on Linux',
}

describeWith(peer)('a full disk', () => {
  let disk: TempDir
  let node: ProcessNode
  let client: Client
  const acknowledged = new Map<number, string>()
  let produced = 0
  let producer: { producerId: number; producerEpoch: number }
  let sequence = 0

  beforeAll(async () => {
    disk = await tempDir('lograft-full')
    expect(mount(disk.path)).toBe(true)
    await start()
    await createTopic(client, 'kept')
    await createTopic(client, 'ballast', { configs: { 'file.delete.delay.ms': 0 } })
    producer = await newProducerId(client)
  })
  afterAll(async () => {
    await client.close()
    await node.kill()
    unmount(disk.path)
    await disk[Symbol.asyncDispose]()
  })

  const dataDirectory = () => join(disk.path, 'data')
  async function start(): Promise<void> {
    node = await ProcessNode.start({
      directory: dataDirectory(),
      set: { 'log.segment.delete.delay.ms': 0 },
    })
    client = await Client.connect(node.address)
  }

  /** One batch of an idempotent producer; its sequence moves on only when it is acknowledged. */
  async function produceOne(topic = 'kept'): Promise<number> {
    const value = `record ${produced} `.padEnd(VALUE_BYTES, String(produced % 10))
    const identity = topic === 'kept' ? { ...producer, baseSequence: sequence } : {}
    const batch = buildBatch({ ...identity, records: [{ value: bytesOf(value) }] })
    const { errorCode, baseOffset } = await produceBatch(client, { topic, batch })
    if (errorCode === 0 && topic === 'kept') {
      acknowledged.set(baseOffset, value)
      sequence += 1
    }
    produced += 1
    return errorCode
  }

  async function fill(topic?: string): Promise<void> {
    for (let count = 0; count < (DISK_MIB << 20) / VALUE_BYTES + 10; count += 1) {
      const errorCode = await produceOne(topic)
      if (errorCode === STORAGE_ERROR) return
      expect(errorCode).toBe(0)
    }
    throw new Error(`the disk did not fill up: ${JSON.stringify(statfsSync(disk.path))}`)
  }

  async function expectAllThere(): Promise<void> {
    const records = await readPartition(client, { topic: 'kept' })
    expect(records.map(({ offset }) => offset)).toEqual([...acknowledged.keys()])
    // Values are compared one by one: a difference of megabytes is not worth printing.
    expect(records.every(({ offset, value }) => text(value) === acknowledged.get(offset))).toBe(
      true,
    )
  }

  const writesAgain = () =>
    eventually(30_000, 'writes to work again', async () => (await produceOne()) === 0)

  test('refuses writes with KAFKA_STORAGE_ERROR, again and again, and lives', async () => {
    writeFileSync(join(disk.path, 'ballast'), new Uint8Array(BALLAST_MIB << 20))
    await fill()
    expect(acknowledged.size).toBeGreaterThan(100)
    for (let count = 0; count < 20; count += 1) expect(await produceOne()).toBe(STORAGE_ERROR)
    expect(node.isRunning, node.output).toBe(true)
  })

  test('still serves what was acknowledged', () => expectAllThere())

  test('takes writes again when there is room, with no gap and no repeat', async () => {
    rmSync(join(disk.path, 'ballast'))
    await writesAgain()
    await fill()
    await expectAllThere()
  })

  test('a node killed on a full disk starts again and has everything', async () => {
    await client.close()
    await node.kill()
    await start()
    await expectAllThere()
  })

  test('deleting a topic makes room', async () => {
    // Room enough for the metadata log to say so; the rest goes to a topic that is to be deleted.
    const records = await readPartition(client, { topic: 'kept' })
    expect(records.length).toBe(acknowledged.size)
    const moreRoom = spawnSync('mount', ['-o', `remount,size=${DISK_MIB + 16}m`, disk.path])
    expect(moreRoom.status).toBe(0)
    await fill('ballast')
    const lessFull = spawnSync('mount', ['-o', `remount,size=${DISK_MIB + 17}m`, disk.path])
    expect(lessFull.status).toBe(0)
    expect(await deleteTopic(client, 'ballast')).toBe(0)
    await writesAgain()
    await expectAllThere()
  })

  test('stops cleanly and starts on what it has', async () => {
    await client.close()
    expect((await node.stop()).code, node.output).toBe(0)
    await start()
    await expectAllThere()
  })
})
