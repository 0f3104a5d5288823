// Goal: what the machine lacks for a while is missing for a while: a topic created on a full disk
// works when there is room, and clients cannot take the descriptors that logs need (S18).
// Method: a real node on a disk that is full when the test says so, a clock that the test advances,
// and a small limit of open files.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLogger } from '../../src/base/log.ts'
import { DiskError, type Disk } from '../../src/base/disk.ts'
import { FREE_PORTS } from '../../src/chaos/cluster/process-node.ts'
import { loadNodeConfig } from '../../src/config/load.ts'
import { thisMachine, type Host } from '../../src/node/machine.ts'
import { kafkaAddressOf } from '../support/local-node.ts'
import { startNode, type RunningNode } from '../../src/node/node.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { bytesOf, createTopic, produceBatch, topicMetadata } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'

const STORAGE_ERROR = 56

let directory: TempDir
let node: RunningNode | null = null
const clients: Client[] = []

beforeEach(async () => {
  directory = await tempDir()
})
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
  await node?.stop()
  await directory[Symbol.asyncDispose]()
})

async function start(host: Partial<Host>): Promise<RunningNode> {
  const settings = { ...FREE_PORTS, 'log.dirs': directory.path }
  const flags = Object.entries(settings).map(([key, value]) => `${key}=${value}`)
  const config = loadNodeConfig({ flags })
  node = await startNode(config, { logger: silentLogger, host: { ...thisMachine, ...host } })
  return node
}

async function connect(node: RunningNode): Promise<Client> {
  const client = await Client.connect(kafkaAddressOf(node))
  clients.push(client)
  return client
}

test('a topic created on a full disk is served once there is room', async () => {
  let isFull = false
  let skewMs = 0
  const refuse = (path: string) => {
    if (isFull && path.includes('late-0')) throw new DiskError('DISK_FULL', `${path}: planted`)
  }
  const disk: Disk = {
    ...thisMachine.disk,
    makeDirectory: (path) => {
      refuse(path)
      thisMachine.disk.makeDirectory(path)
    },
    open: (path, mode) => {
      refuse(path)
      return thisMachine.disk.open(path, mode)
    },
  }
  const clock = {
    ...thisMachine.clock,
    monotonicMs: () => thisMachine.clock.monotonicMs() + skewMs,
  }
  const client = await connect(await start({ disk, clock }))
  const produce = () => {
    const batch = buildBatch({ records: [{ value: bytesOf('x') }] })
    return produceBatch(client, { topic: 'late', batch, acks: -1 })
  }

  // In steps within the session: a broker that was away for longer leads nothing (S22).
  isFull = true
  await createTopic(client, 'late')
  expect((await produce()).errorCode).toBe(STORAGE_ERROR)
  skewMs += 2_000
  expect((await produce()).errorCode).toBe(STORAGE_ERROR)
  isFull = false
  skewMs += 2_000
  expect(await produce()).toMatchObject({ errorCode: 0, baseOffset: 0 })
})

test('a log that could not be opened on a full disk is opened once there is room', async () => {
  let isFull = false
  let skewMs = 0
  const disk: Disk = {
    ...thisMachine.disk,
    open: (path, mode) => {
      if (isFull && mode !== 'read' && path.includes('kept-0'))
        throw new DiskError('DISK_FULL', `${path}: planted`)
      return thisMachine.disk.open(path, mode)
    },
  }
  const clock = {
    ...thisMachine.clock,
    monotonicMs: () => thisMachine.clock.monotonicMs() + skewMs,
  }
  const produceOn = async (running: RunningNode) => {
    const client = await connect(running)
    const batch = buildBatch({ records: [{ value: bytesOf('x') }] })
    return () => produceBatch(client, { topic: 'kept', batch, acks: -1 })
  }
  const first = await start({ disk, clock })
  const produce = await produceOn(first)
  await createTopic(clients[0] as Client, 'kept')
  expect(await produce()).toMatchObject({ errorCode: 0, baseOffset: 0 })
  await first.stop()

  isFull = true
  const produceAgain = await produceOn(await start({ disk, clock }))
  expect((await produceAgain()).errorCode).toBe(STORAGE_ERROR)
  skewMs += 2_000
  expect((await produceAgain()).errorCode).toBe(STORAGE_ERROR)
  isFull = false
  skewMs += 2_000
  expect(await produceAgain()).toMatchObject({ errorCode: 0, baseOffset: 1 })
})

test('connections leave descriptors for the logs', async () => {
  // A quarter of them, less what everything else needs.
  const running = await start({ openFilesLimit: () => 200 })
  const first = await connect(running)
  await createTopic(first, 'topic')
  const more = await Promise.all(Array.from({ length: 40 }, () => connect(running)))
  const served = await Promise.allSettled(more.map((client) => topicMetadata(client, 'topic')))
  expect(served.filter(({ status }) => status === 'fulfilled')).toHaveLength(17)
  // Whoever was there before is not disturbed.
  expect((await topicMetadata(first, 'topic')).name).toBe('topic')
})
