// Goal: five thousand connections that say nothing cost little memory and disturb nobody; neither
// do consumers in number, whose sessions are bounded, nor those that come, ask to wait and go.
// Method: a node that is a process of its own, measured from outside. What the system's limits do
// not allow is skipped, aloud.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { openFilesLimit } from '../../src/host/limits.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { apiVersions } from '../../src/wire/apis/18-api-versions.ts'
import { fetch } from '../../src/wire/apis/01-fetch.ts'
import { bytesOf, createTopic, FOR_EVER_MS, produceBatch, readPartition } from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { tempDir, type TempDir } from '../support/temp-dir.ts'
import { residentBytes } from '../support/resident-bytes.ts'

const WANTED = 5_000
/** Partitions of one topic. */
const WIDE = 2_000
const KIB = 1024
const MIB = 1 << 20
/** Of resident memory, socket buffers of the kernel apart. */
const CONNECTION_MAX_KIB = 24
const SESSION_PARTITION_MAX_BYTES = 1_000

const asksVersions = { clientSoftwareName: 'scale', clientSoftwareVersion: '1' }

let directory: TempDir
let node: ProcessNode
let client: Client
beforeAll(async () => {
  directory = await tempDir()
  node = await ProcessNode.start({ directory: directory.path })
  client = await Client.connect(node.address)
  await createTopic(client, 'neighbour')
})
afterAll(async () => {
  await client.close()
  await node.kill()
  await directory[Symbol.asyncDispose]()
})

let written = 0
async function expectUndisturbed(): Promise<void> {
  const batch = buildBatch({ records: [{ value: bytesOf('n') }] })
  const { errorCode } = await produceBatch(client, { topic: 'neighbour', batch })
  expect(errorCode).toBe(0)
  written += 1
  expect(await readPartition(client, { topic: 'neighbour' })).toHaveLength(written)
}

test('idle connections', async () => {
  // A node gives a quarter of its descriptors to connections, less a few.
  const possible = Math.floor(openFilesLimit() / 4) - 100
  const count = Math.min(WANTED, possible)
  if (count < WANTED)
    console.warn(
      `SKIPPED IN PART: ${WANTED} connections want an open-files limit (ulimit -n) of ` +
        `${(WANTED + 100) * 4}; this one allows ${count}`,
    )
  const before = residentBytes(node.pid)
  const idle: Client[] = []
  try {
    while (idle.length < count) {
      const some = Math.min(100, count - idle.length)
      const more = await Promise.all(
        Array.from({ length: some }, () => Client.connect(node.address)),
      )
      // Each has spoken once, as clients do, before it falls silent.
      await Promise.all(more.map((each) => each.request(apiVersions, 3, asksVersions)))
      idle.push(...more)
    }
    await expectUndisturbed()
    const after = residentBytes(node.pid)
    if (before !== null && after !== null) {
      const each = (after - before) / KIB / count
      console.log(`${count} idle connections: ${each.toFixed(1)} KiB each`)
      expect(each).toBeLessThan(CONNECTION_MAX_KIB)
    }
    expect(idle.filter(({ isClosed }) => isClosed)).toEqual([])
  } finally {
    await Promise.all(idle.map((each) => each.close()))
  }
  await expectUndisturbed()
})

const wide = Array.from({ length: WIDE }, (_, partition) => ({
  partition,
  fetchOffset: 0,
  partitionMaxBytes: MIB,
}))

test('sessions of a hundred thousand partitions and more', async () => {
  const SESSIONS = 120
  await createTopic(client, 'wide', { partitions: WIDE })
  const ask = (session: readonly [id: number, epoch: number], topics: readonly object[]) =>
    client.request(fetch, 12, {
      maxWaitMs: 0,
      minBytes: 0,
      sessionId: session[0],
      sessionEpoch: session[1],
      topics: topics.map(() => ({ topic: 'wide', partitions: wide })),
    })
  // Once before measuring: what answers of this size take is not what sessions take.
  for (let count = 0; count < 20; count += 1) await ask([0, -1], [{}])
  const before = residentBytes(node.pid)
  const ids: number[] = []
  for (let count = 0; count < SESSIONS; count += 1) {
    const { errorCode, sessionId } = await ask([0, 0], [{}])
    expect(errorCode).toBe(0)
    if (sessionId > 0) {
      ids.push(sessionId)
      expect((await ask([sessionId, 1], [])).responses).toEqual([])
    }
  }
  // The bound on their bytes in all, whatever the slots would allow.
  expect(ids).toHaveLength(74)
  const after = residentBytes(node.pid)
  if (before !== null && after !== null) {
    const each = (after - before) / (ids.length * WIDE)
    console.log(`${ids.length * WIDE} partitions in sessions: ${each.toFixed(0)} bytes each`)
    expect(each).toBeLessThan(SESSION_PARTITION_MAX_BYTES)
  }
  await expectUndisturbed()
  for (const id of ids) await ask([id, -1], [])
  expect((await ask([0, 0], [{}])).sessionId).toBeGreaterThan(0)
})

test('fetches that wait for clients that are gone', async () => {
  const waiting = {
    maxWaitMs: FOR_EVER_MS,
    minBytes: 1,
    topics: [{ topic: 'wide', partitions: wide }],
  }
  const comeAndGo = async (count: number) => {
    for (let gone = 0; gone < count; gone += 1) {
      const consumer = await Client.connect(node.address)
      consumer.request(fetch, 12, waiting).catch(() => undefined)
      // The next request is looked at when this one waits: it is behind it.
      await client.request(apiVersions, 3, asksVersions)
      consumer.reset()
      await consumer.closed
    }
  }
  await comeAndGo(50)
  const before = residentBytes(node.pid)
  await comeAndGo(500)
  await expectUndisturbed()
  const after = residentBytes(node.pid)
  if (before !== null && after !== null) {
    console.log(`500 fetches of ${WIDE} partitions gone: ${Math.round((after - before) / MIB)} MiB`)
    expect((after - before) / MIB).toBeLessThan(200)
  }
})
