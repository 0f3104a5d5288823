// Goal: with flush.messages=1 nothing is acknowledged, and nothing can be read, before it is
// fsynced (S19); without it nobody waits for the disk; a failed fsync stops the node and answers
// nobody with a success (S18).
// Method: a real node on the real disk, whose fsyncs of one kind of file end when the test says so.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLogger } from '../../src/base/log.ts'
import { DiskError, type Disk, type DiskFile } from '../../src/base/disk.ts'
import { FREE_PORTS } from '../../src/chaos/cluster/process-node.ts'
import { loadNodeConfig } from '../../src/config/load.ts'
import { thisMachine } from '../../src/node/machine.ts'
import { kafkaAddressOf } from '../support/local-node.ts'
import { startNode, type RunningNode } from '../../src/node/node.ts'
import { buildBatch } from '../../src/records/builder.ts'
import {
  bytesOf,
  createTopic,
  fetchPartition,
  incrementallyAlter,
  produceBatch,
  topicMetadata,
} from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { within } from '../support/within.ts'

/** Holds back fsyncs of the topics' log files until it is opened. */
class Gate {
  #waiting: (() => void)[] = []
  #isOpen = true
  failure: Error | null = null

  shut(): void {
    this.#isOpen = false
  }

  open(): void {
    this.#isOpen = true
    for (const go of this.#waiting.splice(0)) go()
  }

  async pass(): Promise<void> {
    if (!this.#isOpen) await new Promise<void>((go) => this.#waiting.push(go))
    if (this.failure) throw this.failure
  }
}

function gated(disk: Disk, gate: Gate): Disk {
  const open = (path: string, mode: Parameters<Disk['open']>[1]): DiskFile => {
    const file = disk.open(path, mode)
    if (!path.endsWith('.log') || path.includes('__cluster_metadata')) return file
    return {
      path,
      sizeBytes: () => file.sizeBytes(),
      readAt: (target, bytePosition) => file.readAt(target, bytePosition),
      writeAt: (chunks, bytePosition) => file.writeAt(chunks, bytePosition),
      truncate: (sizeBytes) => {
        file.truncate(sizeBytes)
      },
      sync: async () => {
        await gate.pass()
        await file.sync()
      },
      syncNow: () => {
        file.syncNow()
      },
      close: () => {
        file.close()
      },
    }
  }
  return { ...disk, open }
}

let directory: TempDir
let gate: Gate
let node: RunningNode
let client: Client
let other: Client

beforeEach(async () => {
  directory = await tempDir()
  gate = new Gate()
  const settings = { ...FREE_PORTS, 'log.dirs': directory.path }
  const flags = Object.entries(settings).map(([key, value]) => `${key}=${value}`)
  const host = { ...thisMachine, disk: gated(thisMachine.disk, gate) }
  node = await startNode(loadNodeConfig({ flags }), { logger: silentLogger, host })
  client = await Client.connect(kafkaAddressOf(node))
  other = await Client.connect(kafkaAddressOf(node))
})
afterEach(async () => {
  gate.open()
  await client.close()
  await other.close()
  await node.stop().catch(() => {})
  await directory[Symbol.asyncDispose]()
})

const batch = () => buildBatch({ records: [{ value: bytesOf('x') }] })

test.each([1, -1])('acks=%i waits for the fsync, and readers with it', async (acks) => {
  await createTopic(client, 'slow', { configs: { 'flush.messages': 1 } })
  gate.shut()
  const sent = produceBatch(client, { topic: 'slow', batch: batch(), acks })
  let answered = false
  void sent.then(() => (answered = true))
  // Two round trips of another client: whatever did not wait for the disk has been answered by
  // then.
  await topicMetadata(other, 'slow')
  const { bytes, errorCode } = await fetchPartition(other, {
    topic: 'slow',
    offset: 0,
    maxWaitMs: 0,
  })
  expect([errorCode, bytes.byteLength, answered]).toEqual([0, 0, false])
  gate.open()
  expect((await within(10_000, 'the answer', sent)).errorCode).toBe(0)
  const after = await fetchPartition(other, { topic: 'slow', offset: 0 })
  expect(after.bytes.byteLength).toBeGreaterThan(0)
})

test('without it nobody waits', async () => {
  await createTopic(client, 'quick')
  gate.shut()
  const sent = produceBatch(client, { topic: 'quick', batch: batch(), acks: -1 })
  expect((await within(10_000, 'the answer', sent)).errorCode).toBe(0)
})

/** Changes `flush.messages` of the topic while it is used. */
const setFlushMessages = (asking: Client, topic: string, value: string | null) =>
  incrementallyAlter(asking, { resourceType: 2, resourceName: topic }, [
    { name: 'flush.messages', configOperation: value === null ? 1 : 0, value },
  ])

test('changed to 1: what is there stays readable, what comes waits', async () => {
  await createTopic(client, 'stricter')
  gate.shut()
  await produceBatch(client, { topic: 'stricter', batch: batch(), acks: -1 })
  expect((await setFlushMessages(client, 'stricter', '1'))[0]?.errorCode).toBe(0)
  const sent = produceBatch(client, { topic: 'stricter', batch: batch(), acks: 1 })
  let answered = false
  void sent.then(() => (answered = true))
  await topicMetadata(other, 'stricter')
  const { highWatermark } = await fetchPartition(other, { topic: 'stricter', offset: 0 })
  expect([highWatermark, answered]).toEqual([1, false])
  gate.open()
  expect((await within(10_000, 'the answer', sent)).errorCode).toBe(0)
})

test('changed from 1: whoever waits for the disk is answered without it', async () => {
  await createTopic(client, 'laxer', { configs: { 'flush.messages': 1 } })
  gate.shut()
  const sent = produceBatch(client, { topic: 'laxer', batch: batch(), acks: -1 })
  await topicMetadata(other, 'laxer')
  const before = await fetchPartition(other, { topic: 'laxer', offset: 0 })
  expect(before.highWatermark).toBe(0)
  expect((await setFlushMessages(other, 'laxer', null))[0]?.errorCode).toBe(0)
  expect((await within(10_000, 'the answer', sent)).errorCode).toBe(0)
  const after = await fetchPartition(other, { topic: 'laxer', offset: 0 })
  expect([after.highWatermark, after.bytes.byteLength > 0]).toEqual([1, true])
})

test('a failed fsync stops the node, and is no success to anybody', async () => {
  await createTopic(client, 'slow', { configs: { 'flush.messages': 1 } })
  gate.failure = new DiskError('DISK_FAILED', 'EIO: planted')
  const sent = produceBatch(client, { topic: 'slow', batch: batch(), acks: 1 })
  const answers = sent.then(
    ({ errorCode }) => errorCode,
    () => 'closed' as const,
  )
  await within(10_000, 'the failure', node.failed)
  await node.stop().catch(() => {})
  expect(await within(10_000, 'the answer or the end', answers)).not.toBe(0)
})
