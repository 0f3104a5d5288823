// Goal: connections are bounded in number, in idleness and in memory, and a stop finishes what has
// begun.
// Method: limits small enough to be reached; memory is measured from outside, on a node that is a
// process of its own, against what a reader asked for and never took.
import { afterEach, describe, expect, test } from 'vitest'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { apiVersions } from '../../src/wire/apis/18-api-versions.ts'
import { fetch } from '../../src/wire/apis/01-fetch.ts'
import {
  bytesOf,
  createTopic,
  fetchBody,
  fetchPartition,
  FOR_EVER_MS,
  produceBatch,
  readPartition,
  text,
} from '../support/calls.ts'
import { Client, encodeFrame } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'
import { tempDir } from '../support/temp-dir.ts'
import { eventually, within } from '../support/within.ts'
import { residentBytes } from '../support/resident-bytes.ts'

const MIB = 1 << 20
const asksVersions = { clientSoftwareName: 'test', clientSoftwareVersion: '1' }
const works = async (client: Client) =>
  (await client.request(apiVersions, 3, asksVersions)).errorCode === 0

const open: AsyncDisposable[] = []
afterEach(async () => {
  for (const resource of open.splice(0).reverse()) await resource[Symbol.asyncDispose]()
})
async function localNode(set: Record<string, string | number>): Promise<LocalNode> {
  const node = await LocalNode.start({ set })
  open.push(node)
  return node
}

describe('how many', () => {
  test('beyond max.connections they are closed; room made is room again', async () => {
    const node = await localNode({ 'max.connections': 3 })
    const clients = [await node.connect(), await node.connect(), await node.connect()]
    for (const client of clients) expect(await works(client)).toBe(true)
    const surplus = await node.connect()
    surplus.notify(apiVersions, 3, asksVersions)
    await within(10_000, 'the surplus connection to be closed', surplus.closed)
    expect(surplus.framesReceived).toBe(0)
    for (const client of clients) expect(await works(client)).toBe(true)

    await clients[0]?.close()
    await eventually(10_000, 'a place', async () => {
      const client = await node.connect()
      return works(client).catch(() => false)
    })
  })
})

describe('a client that dies', () => {
  test('is noticed, also when it had sent more behind a wait than is read', async () => {
    const node = await localNode({ 'max.connections': 2 })
    const client = await node.connect()
    await createTopic(client, 'waited-for')
    const dying = await node.connect()
    const waits = fetchBody({
      ...{ topic: 'waited-for', offset: 0 },
      ...{ minBytes: 1, maxWaitMs: FOR_EVER_MS },
    })
    const fetched = dying.request(fetch, 12, waits)
    const one = encodeFrame(apiVersions, 3, asksVersions, { correlationId: 2 })
    dying.write(Buffer.concat(Array.from({ length: (2 * MIB) / one.byteLength }, () => one)))
    // Nothing has come: it ended because so much was behind it.
    expect((await within(30_000, 'the fetch', fetched)).errorCode).toBe(0)
    dying.reset()
    await eventually(30_000, 'its place', async () => {
      const next = await node.connect()
      return works(next).catch(() => false)
    })
  })
})

describe('how idle', () => {
  test('one that says nothing is closed', async () => {
    const node = await localNode({ 'connections.max.idle.ms': 150 })
    const silent = await node.connect()
    const once = await node.connect()
    expect(await works(once)).toBe(true)
    await within(20_000, 'the silent connection to be closed', silent.closed)
    await within(20_000, 'the connection that fell silent to be closed', once.closed)
    expect(await works(await node.connect())).toBe(true)
  })
})

describe('a reader that does not read', () => {
  const BATCH_BYTES = 900_000
  const BATCHES = 60

  test('makes nobody wait, and no memory grow', async () => {
    const directory = await tempDir()
    open.push(directory)
    const node = await ProcessNode.start({ directory: directory.path })
    open.push(node)
    const writer = await Client.connect(node.address)
    open.push(writer)
    await createTopic(writer, 'large')
    const batch = buildBatch({ records: [{ value: new Uint8Array(BATCH_BYTES) }] })
    for (let count = 0; count < BATCHES; count += 1) {
      expect((await produceBatch(writer, { topic: 'large', batch })).errorCode).toBe(0)
    }
    const before = residentBytes(node.pid)

    // Ten readers ask for 100 × 50 MB each, 50 GB in all, and take none of it.
    for (let reader = 0; reader < 10; reader += 1) {
      const slow = await Client.connect(node.address)
      open.push(slow)
      slow.pause()
      for (let request = 0; request < 100; request += 1) {
        slow.request(fetch, 12, fetchBody({ topic: 'large', offset: 0 })).catch(() => undefined)
      }
    }
    for (let round = 0; round < 50; round += 1) {
      expect(await works(writer)).toBe(true)
      expect((await produceBatch(writer, { topic: 'large', batch })).errorCode).toBe(0)
      expect((await fetchPartition(writer, { topic: 'large', offset: round })).errorCode).toBe(0)
    }
    const after = residentBytes(node.pid)
    if (before === null || after === null) return
    // Each reader may hold one answer (50 MiB at most) in flight, and no more than that.
    expect((after - before) / MIB).toBeLessThan(10 * 55 + 200)
  })

  test('gets it all, in order, when it reads again', async () => {
    const node = await localNode({})
    const writer = await node.connect()
    await createTopic(writer, 'later')
    for (let count = 0; count < 20; count += 1) {
      const batch = buildBatch({ records: [{ value: new Uint8Array(500_000).fill(count) }] })
      await produceBatch(writer, { topic: 'later', batch })
    }
    const slow = await node.connect()
    slow.pause()
    const answers = Array.from({ length: 20 }, (_, offset) =>
      fetchPartition(slow, { topic: 'later', offset, partitionMaxBytes: 1 }),
    )
    expect(await works(writer)).toBe(true)
    slow.resume()
    const sizes = (await Promise.all(answers)).map(({ bytes }) => bytes.byteLength)
    expect(new Set(sizes).size).toBe(1)
    expect(Math.min(...sizes)).toBeGreaterThan(500_000)
  })

  // Below this least bound the socket never says that everything has been sent.
  test.each([65_536, 100_000])('also at a bound of %i bytes', async (bound) => {
    const node = await localNode({ 'connection.max.unsent.bytes': bound })
    const client = await node.connect()
    await createTopic(client, 'bounded')
    const batch = buildBatch({ records: [{ value: new Uint8Array(10_000) }] })
    await produceBatch(client, { topic: 'bounded', batch })
    const answers = Array.from({ length: 100 }, () =>
      fetchPartition(client, { topic: 'bounded', offset: 0 }),
    )
    const all = await within(30_000, 'all answers', Promise.all(answers))
    expect(all.every(({ bytes }) => bytes.byteLength === batch.byteLength)).toBe(true)
  })
})

describe('a writer that does not read its answers', () => {
  test('is not read from beyond a bound', async () => {
    const directory = await tempDir()
    open.push(directory)
    const node = await ProcessNode.start({ directory: directory.path })
    open.push(node)
    const healthy = await Client.connect(node.address)
    open.push(healthy)
    const rude = await Client.connect(node.address)
    open.push(rude)
    rude.pause()
    const before = residentBytes(node.pid)
    for (let count = 0; count < 200_000; count += 1) {
      rude.notify(apiVersions, 3, asksVersions)
      if (count % 10_000 === 0) expect(await works(healthy)).toBe(true)
    }
    expect(await works(healthy)).toBe(true)
    const after = residentBytes(node.pid)
    if (before === null || after === null) return
    expect((after - before) / MIB).toBeLessThan(150)
  })
})

describe('a stop', () => {
  test('answers what has begun; what was answered is there afterwards', async () => {
    const node = await localNode({})
    const client = await node.connect()
    await createTopic(client, 'stopping')
    const answered: string[] = []
    const produced = Array.from({ length: 50 }, async (_, index) => {
      const value = `record ${index}`
      const batch = buildBatch({ records: [{ value: bytesOf(value) }] })
      const { errorCode } = await produceBatch(client, { topic: 'stopping', batch })
      if (errorCode === 0) answered.push(value)
    })
    // One whole round trip, so that the requests behind it have reached the node.
    expect(await works(client)).toBe(true)
    const [, ...outcomes] = await Promise.all([
      within(20_000, 'the stop', node.stop()),
      ...produced.map((one) => one.catch(() => undefined)),
    ])
    expect(outcomes).toHaveLength(50)
    await node.startAgain()
    const records = await readPartition(await node.connect(), { topic: 'stopping' })
    const values = records.map((record) => text(record.value))
    expect(values.slice(0, answered.length)).toEqual(answered)
  })

  test('does not wait for those who wait for ever', async () => {
    const node = await localNode({})
    const client = await node.connect()
    await createTopic(client, 'parked')
    const parked = { topic: 'parked', offset: 0, minBytes: 1, maxWaitMs: FOR_EVER_MS }
    const waits = fetchPartition(client, parked).catch(() => undefined)
    expect(await works(await node.connect())).toBe(true)
    await within(20_000, 'the stop', node.stop())
    await within(10_000, 'the waiting client to hear of it', waits)
    await within(10_000, 'the connection to be closed', client.closed)
  })

  test('is clean: exit code 0, and SIGTERM twice is no harm', async () => {
    const directory = await tempDir()
    open.push(directory)
    const node = await ProcessNode.start({ directory: directory.path })
    open.push(node)
    const client = await Client.connect(node.address)
    open.push(client)
    await createTopic(client, 'clean')
    node.signal('SIGTERM')
    expect(await node.stop()).toEqual({ code: 0, signal: null })
  })
})
