/**
 * Goal: nothing that a stranger sends to the gRPC port stops the node, disturbs a healthy replica
 * or makes memory grow. Method: a replica in a process of its own; noise, HTTP/2 frames that lie,
 * calls with garbage in them, frames of Raft that are right in all but what they say, and resets at
 * every point. After each round a healthy replica is answered on the stream that it had before. A
 * failure prints the seed; FUZZ_SEED repeats it, FUZZ_SECONDS goes on for longer.
 */
import net from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { crc32c } from '../../../src/bytes/crc32c.ts'
import { lograft } from '../../../src/gen/lograft/raft/v1/raft.js'
import { PROTOCOL } from '../../../src/rpc/raft-hello.ts'
import { exchange, introduce, sendSnapshot } from '../../../src/rpc/raft-methods.ts'
import { residentBytes } from '../../support/resident-bytes.ts'
import { anyMessage } from '../../unit/rpc/messages-arbitrary.ts'
import {
  callHeaders,
  END_HEADERS,
  END_STREAM,
  frame,
  grpcMessage,
  PREFACE,
  reset,
  TYPES,
} from './http2-frames.ts'
import { newUuid, Replica, stranger, type Known } from './replicas.ts'
import { startReplicaProcess, type ReplicaProcess } from './replica-processes.ts'

const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 0)
const SEED = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1_000_000)
const ATTACKS_PER_ROUND = 60
const ROUNDS = 5
const GROWTH_MAX_BYTES = 200 << 20

const v1 = lograft.raft.v1
const heartbeat = { type: 'heartbeat', session: 1, commit: 0, read: 0 } as const

let victim: ReplicaProcess
let healthy: Replica

beforeAll(async () => {
  victim = await startReplicaProcess(2)
  healthy = await new Replica({ nodeId: 1 }).start()
  healthy.meets(victim)
  await healthy.until('connected', () => healthy.lines('connected to a replica').length === 1)
})
afterAll(async () => {
  await healthy.stop()
  await victim.kill()
})

// --- what is sent

const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes))

const anyFrame = fc
  .record({
    type: fc.oneof(fc.nat(12), fc.constantFrom(...Object.values(TYPES))),
    flags: fc.nat(255),
    stream: fc.oneof(fc.constantFrom(0, 1, 3, 5), fc.integer({ min: 0, max: 0xffff_ffff })),
    payload: fc.uint8Array({ maxLength: 60 }),
    lie: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, fc.nat(0xff_ffff)),
  })
  .map(({ type, flags, stream, payload, lie }) =>
    frame(type, flags, stream, payload, lie ?? payload.byteLength),
  )

const paths = fc.oneof(
  fc.constantFrom(`/${exchange.path}`, `/${sendSnapshot.path}`, `/${introduce.path}`),
  fc.constantFrom('/', '/a.B/C', '*', '/\u00ff\u0080', `/${'x'.repeat(5_000)}`),
)

const changedHeaders = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  fc.constantFrom<Readonly<Record<string, string>>>(
    { 'content-type': '' },
    { 'content-type': 'text/html' },
    { 'grpc-timeout': '1n' },
    { 'grpc-timeout': '99999999999H' },
    { 'grpc-timeout': 'soon' },
    { 'grpc-encoding': 'gzip' },
    { 'grpc-encoding': 'unheard-of' },
    { 'bad-bin': '****' },
    { te: '' },
    { ':method': 'GET' },
    { 'x-long': 'y'.repeat(10_000) },
  ),
)

/** A hello that is right, for whom it reaches; then the stream is read message by message. */
const hello = () => {
  const { id, address } = stranger(7, { host: '127.0.0.1', port: 9 })
  const said = {
    clusterId: 'a-cluster',
    replica: id,
    to: victim.id,
    incarnationId: newUuid(),
    address,
    protocol: PROTOCOL,
  }
  return { exchange: said, snapshot: said }
}

const rightly = (messages: Uint8Array) =>
  v1.ExchangeRequest.encode({ messages: { crc32c: crc32c(messages), messages } }).finish()

const raftFrames: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.uint8Array({ maxLength: 200 }).map(rightly),
  fc
    .array(anyMessage, { maxLength: 5 })
    .map((messages) => exchange.request.encode({ kind: 'messages', messages })),
  // Right, but for one byte, under a CRC that is right again.
  fc
    .tuple(fc.array(anyMessage, { minLength: 1, maxLength: 5 }), fc.nat(), fc.nat(255))
    .map(([messages, at, value]) => {
      const request = exchange.request.encode({ kind: 'messages', messages })
      const list = v1.ExchangeRequest.decode(request).messages?.messages.slice() ?? new Uint8Array()
      if (list.byteLength > 0) list[at % list.byteLength] = value
      return rightly(Uint8Array.from(list))
    }),
)

const grpcBodies = fc.array(
  fc.oneof(
    noise,
    raftFrames.map((message) => grpcMessage(message)),
    raftFrames.map((message) => grpcMessage(message, { isCompressed: true })),
    fc
      .tuple(noise, fc.nat(0x7fff_ffff))
      .map(([bytes, claimedLength]) => grpcMessage(bytes, { claimedLength })),
  ),
  { maxLength: 4 },
)

/** One call, perhaps with a hello, perhaps with its end, perhaps reset at once. */
const calls = fc
  .record({
    path: paths,
    changed: changedHeaders,
    bodies: grpcBodies,
    greets: fc.constantFrom('exchange', 'snapshot', 'nobody'),
    ending: fc.constantFrom('none', 'end', 'reset', 'reset-first'),
    code: fc.nat(15),
  })
  .map(({ path, changed, bodies, greets, ending, code }) => (stream: number) => {
    const data = (bytes: Uint8Array, flags = 0) => frame(TYPES.data, flags, stream, bytes)
    const greetings =
      greets === 'nobody'
        ? []
        : [
            greets === 'exchange'
              ? exchange.request.encode({ kind: 'hello', hello: hello().exchange })
              : sendSnapshot.request.encode({
                  kind: 'header',
                  hello: hello().snapshot,
                  endOffset: 1,
                  epoch: 1,
                  sizeBytes: 1,
                }),
          ].map((message) => data(grpcMessage(message)))
    return [
      frame(TYPES.headers, END_HEADERS, stream, callHeaders(path, changed)),
      ...(ending === 'reset-first' ? [reset(stream, code)] : []),
      ...greetings,
      ...bodies.map((body) => data(body)),
      ...(ending === 'end' ? [data(new Uint8Array(), END_STREAM)] : []),
      ...(ending === 'reset' ? [reset(stream, code)] : []),
    ]
  })

const settings = frame(TYPES.settings, 0, 0)

const attacks: fc.Arbitrary<Attack> = fc.record({
  bytes: fc.oneof(
    noise,
    noise.map((bytes) => Buffer.concat([PREFACE, bytes])),
    fc
      .array(anyFrame, { maxLength: 8 })
      .map((frames) => Buffer.concat([PREFACE, settings, ...frames])),
    {
      weight: 6,
      arbitrary: fc
        .array(calls, { minLength: 1, maxLength: 4 })
        .map((made) =>
          Buffer.concat([PREFACE, settings, ...made.flatMap((call, index) => call(1 + 2 * index))]),
        ),
    },
  ),
  cuts: fc.array(fc.nat(2_000), { maxLength: 3 }),
  ending: fc.constantFrom('end', 'reset', 'wait'),
})

interface Attack {
  readonly bytes: Buffer
  /** Where it is cut into writes of their own. */
  readonly cuts: readonly number[]
  readonly ending: 'end' | 'reset' | 'wait'
}

/** Sends it, and leaves as it says; ends when the connection is over. */
async function attack({ bytes, cuts, ending }: Attack, { address }: Known): Promise<void> {
  const socket = net.connect(address)
  const closed = new Promise((over) => socket.on('error', () => {}).once('close', over))
  socket.on('data', () => {})
  const places = [0, ...cuts.filter((at) => at < bytes.byteLength), bytes.byteLength]
  places.sort((a, b) => a - b)
  for (const [index, from] of places.slice(0, -1).entries()) {
    const sent = new Promise<void>((done) =>
      socket.write(bytes.subarray(from, places[index + 1]), () => done()),
    )
    await Promise.race([sent, closed])
  }
  if (ending === 'reset') socket.resetAndDestroy()
  else if (ending === 'end') socket.end()
  // What stays is closed when the round is over; until then it is one of many that hang.
  else setImmediate(() => setImmediate(() => socket.destroy()))
  if (ending !== 'end') return
  socket.setTimeout(200, () => socket.destroy())
  await closed
}

async function round(seed: number): Promise<void> {
  const drawn = fc.sample(attacks, { seed, numRuns: ATTACKS_PER_ROUND })
  for (let at = 0; at < drawn.length; at += 10)
    await Promise.all(drawn.slice(at, at + 10).map((one) => attack(one, victim)))
  const answers = healthy.count('message')
  healthy.send(victim, 1, heartbeat)
  await healthy.until(
    `an answer (FUZZ_SEED=${seed})\n${victim.output}`,
    () => healthy.count('message') > answers,
  )
}

test(
  'nothing escapes, and a healthy replica goes on talking',
  async () => {
    await round(SEED)
    const before = residentBytes(victim.pid)
    const until = performance.now() + SECONDS * 1_000
    for (let rounds = 1; rounds < ROUNDS || performance.now() < until; rounds += 1)
      await round(SEED + rounds)
    // On the stream that it had from the beginning.
    expect([healthy.count('unreachable'), healthy.count('gone')]).toEqual([0, 0])
    expect(healthy.lines('connected to a replica').length).toBe(1)
    const after = residentBytes(victim.pid)
    if (before !== null && after !== null)
      expect(after - before, 'growth of resident memory').toBeLessThan(GROWTH_MAX_BYTES)
  },
  60_000 + SECONDS * 2_000,
)
