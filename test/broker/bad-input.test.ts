// Goal: what is malformed ends its own connection, and nothing else: no answer, no harm to other
// connections, no memory taken on a stranger's word.
// Method: raw bytes into a real socket, while a second connection goes on working.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Reader } from '../../src/bytes/reader.ts'
import { apiVersions } from '../../src/wire/apis/18-api-versions.ts'
import { produce } from '../../src/wire/apis/00-produce.ts'
import { createTopic, produceBatch, produceBody, readPartition } from '../support/calls.ts'
import { encodeFrame, type Client } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'
import { within } from '../support/within.ts'
import { buildBatch } from '../../src/records/builder.ts'

const REQUEST_MAX_BYTES = 1 << 20
const asksVersions = { clientSoftwareName: 'test', clientSoftwareVersion: '1' }

let node: LocalNode
let neighbour: Client
beforeAll(async () => {
  node = await LocalNode.start({ set: { 'socket.request.max.bytes': REQUEST_MAX_BYTES } })
  neighbour = await node.connect('neighbour')
  await createTopic(neighbour, 'victim')
})
afterAll(() => node[Symbol.asyncDispose]())
afterEach(async () => {
  expect((await neighbour.request(apiVersions, 3, asksVersions)).errorCode).toBe(0)
})

/** A frame of the given header and nothing sensible behind it. */
function frame(key: number, version: number, body: Uint8Array = new Uint8Array()): Uint8Array {
  const bytes = new Uint8Array(4 + 10 + body.byteLength)
  const view = new DataView(bytes.buffer)
  view.setInt32(0, bytes.byteLength - 4)
  view.setInt16(4, key)
  view.setInt16(6, version)
  view.setInt32(8, 7)
  view.setInt16(12, -1)
  bytes.set(body, 14)
  return bytes
}

/** Four bytes of length in front of `payload`, true or not. */
function sized(sizeBytes: number, payload: Uint8Array = new Uint8Array()): Uint8Array {
  const bytes = new Uint8Array(4 + payload.byteLength)
  new DataView(bytes.buffer).setInt32(0, sizeBytes)
  bytes.set(payload, 4)
  return bytes
}

async function expectClosed(client: Client): Promise<void> {
  await within(10_000, 'the connection to be closed', client.closed)
  expect(client.framesReceived).toBe(0)
}

describe('a connection is closed, without an answer, for', () => {
  const noise = new Uint8Array(4096).map((_, index) => (index * 167 + 13) & 0xff)
  test.each<[string, Uint8Array]>([
    ['an unknown key', frame(999, 0)],
    ['a negative key', frame(-1, 0)],
    ['a key that is not for clients (LeaderAndIsr)', frame(4, 1)],
    ['a version above ours', frame(3, 99)],
    ['a negative version', frame(3, -1)],
    ['Produce below v3, though advertised', frame(0, 2, new Uint8Array(16))],
    ['Fetch below v4', frame(1, 3, new Uint8Array(40))],
    ['a body that is cut off', frame(3, 4)],
    ['bytes behind the body', frame(18, 0, new Uint8Array([1, 2, 3]))],
    ['a frame of no bytes', sized(0)],
    ['a frame too short for a header', sized(4, new Uint8Array(4))],
    ['a negative frame length', sized(-1)],
    ['the smallest frame length', sized(-0x8000_0000)],
    ['a frame length beyond the limit', sized(REQUEST_MAX_BYTES + 1)],
    ['the largest frame length', sized(0x7fff_ffff)],
    ['an HTTP request', new TextEncoder().encode('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['a TLS hello', new Uint8Array([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc])],
    ['noise', noise],
    // Metadata v1: an array that claims 2^31 − 1 topics, and one that claims −2.
    ['an array count beyond the frame', frame(3, 1, new Uint8Array([0x7f, 0xff, 0xff, 0xff]))],
    ['a negative array count', frame(3, 1, new Uint8Array([0xff, 0xff, 0xff, 0xfe]))],
    ['a string length beyond the frame', frame(3, 1, new Uint8Array([0, 0, 0, 1, 0x7f, 0xff, 97]))],
    ['a string that is not UTF-8', frame(3, 1, new Uint8Array([0, 0, 0, 1, 0, 2, 0xc3, 0x28]))],
    // Metadata v9, flexible: header tag section, then a compact count in an overlong varint.
    [
      'an overlong varint',
      frame(3, 9, new Uint8Array([0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f])),
    ],
  ])('%s', async (_, bytes) => {
    const client = await node.connect()
    client.write(bytes)
    await expectClosed(client)
  })

  test('a socket closed in the middle of a frame', async () => {
    const client = await node.connect()
    client.write(frame(3, 4, new Uint8Array(64)).subarray(0, 20))
    client.end()
    await expectClosed(client)
  })

  test('a reset in the middle of a frame', async () => {
    const client = await node.connect()
    client.write(frame(3, 4, new Uint8Array(64)).subarray(0, 20))
    client.reset()
    await expectClosed(client)
  })
})

test('what came whole before the garbage takes effect', async () => {
  const client = await node.connect()
  const batch = buildBatch({ records: [{ value: new Uint8Array([1]) }] })
  const body = produceBody({ topic: 'victim', batch })
  // Its answer may or may not be sent before the connection is closed.
  client.request(produce, 9, body).catch(() => undefined)
  client.write(sized(-1))
  await within(10_000, 'the connection to be closed', client.closed)
  const records = await readPartition(neighbour, { topic: 'victim' })
  expect(records).toHaveLength(1)
})

test('a frame that arrives byte by byte is a frame', async () => {
  const client = await node.connect()
  const bytes = encodeFrame(apiVersions, 3, asksVersions, { correlationId: 1 })
  const answer = client.exchange(bytes.subarray(0, 1), 1)
  for (let at = 1; at < bytes.byteLength; at += 1) {
    client.write(bytes.subarray(at, at + 1))
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect((await answer).byteLength).toBeGreaterThan(4)
})

test('many frames in one packet are each answered', async () => {
  const client = await node.connect()
  const frames = Array.from({ length: 50 }, (_, index) =>
    encodeFrame(apiVersions, 3, asksVersions, { correlationId: index + 1 }),
  )
  const answers = frames.map((_, index) => client.exchange(new Uint8Array(), index + 1))
  client.write(Buffer.concat(frames))
  await Promise.all(answers)
  expect(client.framesReceived).toBe(50)
})

describe('ApiVersions of a version we do not know (KIP-511)', () => {
  test.each([5, 99, 0x7fff])('v%i is answered in v0, with error 35 and our versions', async (v) => {
    const client = await node.connect()
    const answer = client.exchange(frame(18, v, new Uint8Array([0, 2, 97, 2, 97, 0])), 7)
    const reader = new Reader(await answer)
    expect(reader.int32()).toBe(7)
    const response = apiVersions.decodeResponse(0, reader)
    expect(reader.remaining).toBe(0)
    expect(response.errorCode).toBe(35)
    expect(response.apiKeys).toContainEqual(
      expect.objectContaining({ apiKey: 18, minVersion: 0, maxVersion: 4 }),
    )
    // The connection lives on, and the client asks again in a version it now knows.
    expect((await client.request(apiVersions, 0, asksVersions)).errorCode).toBe(0)
  })

  test('a client software name that breaks the rule is an invalid request', async () => {
    const client = await node.connect()
    const response = await client.request(apiVersions, 3, {
      clientSoftwareName: '-bad name-',
      clientSoftwareVersion: '1',
    })
    expect(response.errorCode).toBe(42)
  })

  test.each([0, 1, 2, 3, 4])('v%i lists what we serve, sorted and once', async (version) => {
    const client = await node.connect()
    const { errorCode, apiKeys } = await client.request(apiVersions, version, asksVersions)
    expect(errorCode).toBe(0)
    const keys = apiKeys.map(({ apiKey }) => apiKey)
    expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b))
    const ranges = Object.fromEntries(
      apiKeys.map(({ apiKey, minVersion, maxVersion }) => [apiKey, [minVersion, maxVersion]]),
    )
    expect(ranges).toMatchObject({
      0: [0, 11],
      1: [4, 16],
      2: [1, 8],
      3: [0, 12],
      10: [0, 5],
      18: [0, 4],
      19: [2, 7],
      20: [1, 6],
      21: [0, 2],
      22: [0, 5],
      23: [2, 4],
      32: [1, 4],
      33: [0, 2],
      35: [1, 4],
      37: [0, 3],
      44: [0, 1],
      60: [0, 2],
      75: [0, 0],
    })
  })
})

describe('a produce that is well formed but wrong', () => {
  const batch = () => buildBatch({ records: [{ value: new Uint8Array([1, 2, 3]) }] })
  const patched = (patch: (view: DataView) => void) => {
    const bytes = batch().slice()
    patch(new DataView(bytes.buffer, bytes.byteOffset))
    return bytes
  }
  test.each<[string, Uint8Array | null, number]>([
    ['null records', null, 87],
    ['no bytes', new Uint8Array(), 87],
    ['two batches', Buffer.concat([batch(), batch()]), 87],
    [
      'an old message set (magic 1)',
      patched((view) => {
        view.setInt8(16, 1)
      }),
      87,
    ],
    [
      'a base offset',
      patched((view) => {
        view.setInt32(4, 5)
      }),
      87,
    ],
    [
      'a wrong CRC',
      patched((view) => {
        view.setUint32(17, 1)
      }),
      2,
    ],
    [
      'a batch length that lies',
      patched((view) => {
        view.setInt32(8, 5000)
      }),
      2,
    ],
  ])('%s', async (_, records, errorCode) => {
    const client = await node.connect()
    const response = await produceBatch(client, { topic: 'victim', batch: records })
    // Kafka itself answers a damaged length with 2 or 87, by where it notices; both are refusals.
    if (errorCode === 2) expect([2, 87]).toContain(response.errorCode)
    else expect(response.errorCode).toBe(errorCode)
    expect(response.baseOffset).toBe(-1)
  })
})
