// Goal: a consumer that takes what it asked for a byte at a time keeps nobody waiting, and what the
// node holds for it is bounded; when it hurries in the end, it has got every byte.
// Method: a socket read by hand, one byte for each round of the others: time plays no part. The
// others write and read, also what it reads, and the node's memory is measured from outside.
import net from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { buildBatch } from '../../src/records/builder.ts'
import { fetch } from '../../src/wire/apis/01-fetch.ts'
import { createTopic, fetchBody, fetchPartition, only, produceBatch } from '../support/calls.ts'
import { Client, encodeFrame } from '../support/client.ts'
import { tempDir } from '../support/temp-dir.ts'
import { within } from '../support/within.ts'
import { residentBytes } from '../support/resident-bytes.ts'

const MIB = 1 << 20
const BATCH_BYTES = 900_000
const REQUESTS = 40
const ROUNDS = 100
/** One answer of a fetch in flight (fetch.max.bytes), and what a process breathes. */
const GROWTH_MAX_MIB = 55 + 100

test('a consumer that reads a byte at a time', async () => {
  await using directory = await tempDir()
  await using node = await ProcessNode.start({ directory: directory.path })
  await using writer = await Client.connect(node.address)
  await createTopic(writer, 'large')
  const batch = buildBatch({ records: [{ value: new Uint8Array(BATCH_BYTES) }] })
  for (let count = 0; count < 10; count += 1) await produceBatch(writer, { topic: 'large', batch })
  const before = residentBytes(node.pid)

  const slow = net.connect(node.address)
  await once(slow, 'connect')
  for (let correlationId = 0; correlationId < REQUESTS; correlationId += 1)
    slow.write(encodeFrame(fetch, 12, fetchBody({ topic: 'large', offset: 0 }), { correlationId }))
  const taken: Uint8Array[] = []
  const take = (count?: number) => {
    const bytes = slow.read(count) as Uint8Array | null
    if (bytes) taken.push(bytes)
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const produced = await produceBatch(writer, { topic: 'large', batch })
    expect(produced.errorCode).toBe(0)
    const fetched = await fetchPartition(writer, { topic: 'large', offset: produced.baseOffset })
    expect(fetched.bytes.byteLength).toBe(batch.byteLength)
    take(1)
  }
  expect(taken.length).toBeGreaterThan(ROUNDS / 2)
  const after = residentBytes(node.pid)
  if (before !== null && after !== null) expect((after - before) / MIB).toBeLessThan(GROWTH_MAX_MIB)

  // It hurries: the first answer is whole, and says what it should.
  const size = () => taken.reduce((sum, { byteLength }) => sum + byteLength, 0)
  slow.on('readable', () => take())
  const first = await within(30_000, 'the first answer', wholeFrame())
  expect(new DataView(first.buffer, first.byteOffset).getInt32(0)).toBe(0)
  expect(first.byteLength).toBeGreaterThan(10 * BATCH_BYTES)
  slow.destroy()

  async function wholeFrame(): Promise<Uint8Array> {
    take()
    while (size() < 4) await once(slow, 'readable')
    const length = new DataView(Uint8Array.from(Buffer.concat(taken)).buffer).getInt32(0)
    while (size() < 4 + length) await once(slow, 'readable')
    return Uint8Array.from(Buffer.concat(taken).subarray(4, 4 + length))
  }
}, 120_000)

test('one that stops in the middle of a request is closed in its time, and others are not', async () => {
  await using directory = await tempDir()
  await using node = await ProcessNode.start({
    directory: directory.path,
    set: { 'connections.max.idle.ms': 1_000 },
  })
  const stalled = net.connect(node.address)
  await once(stalled, 'connect')
  const frame = encodeFrame(fetch, 12, fetchBody({ topic: 't', offset: 0 }), { correlationId: 1 })
  stalled.write(frame.subarray(0, 20))
  const closed = once(stalled, 'close')
  stalled.resume()
  await using client = await Client.connect(node.address)
  await createTopic(client, 't')
  await within(20_000, 'the stalled connection to be closed', closed)
  await using other = await Client.connect(node.address)
  const answer = await other.request(fetch, 12, fetchBody({ topic: 't', offset: 0 }))
  expect(only(only(answer.responses).partitions).errorCode).toBe(0)
})
