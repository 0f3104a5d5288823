// Goal: the proxy damages a link in exactly the way it was told to, takes it back, and never loses,
// repeats or reorders a byte of what passes. Method: real sockets on the loopback, both ends here;
// what must not arrive is given the time of many round trips over a healthy link of the same kind.
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import net from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TcpProxy, type Fault } from '../../../src/host/tcp-proxy.ts'
import { dice } from '../../support/log-text.ts'
import { eventually, within } from '../../support/within.ts'
import { ManualClock } from '../base/manual-clock.ts'

const LOOPBACK = '127.0.0.1'
const BOTH = { type: 'stall', direction: 'both' } as const
const FORWARD = { type: 'stall', direction: 'forward' } as const
const BACKWARD = { type: 'stall', direction: 'backward' } as const
const REFUSE = { type: 'refuse' } as const

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** A server that keeps its sockets; they are taken in the order in which they came. */
class Upstream {
  readonly sockets: Peer[] = []
  readonly #server = net.createServer({ allowHalfOpen: true })
  readonly #waiting: ((peer: Peer) => void)[] = []

  static async listen(): Promise<Upstream> {
    const upstream = new Upstream()
    upstream.#server.on('connection', (socket) => {
      const peer = new Peer(socket)
      upstream.sockets.push(peer)
      upstream.#waiting.shift()?.(peer)
    })
    upstream.#server.listen(0, LOOPBACK)
    await once(upstream.#server, 'listening')
    cleanups.push(() => {
      for (const { socket } of upstream.sockets) socket.destroy()
      upstream.#server.close()
    })
    return upstream
  }

  get address() {
    return { host: LOOPBACK, port: (this.#server.address() as net.AddressInfo).port }
  }

  next(): Promise<Peer> {
    const accepted = new Promise<Peer>((resolve) => this.#waiting.push(resolve))
    return within(10_000, 'a connection at the upstream', accepted)
  }
}

/** One end of a connection, and what it has heard. */
class Peer {
  readonly socket: net.Socket
  heard = ''
  /** 'end' or an error code, in the order in which they came. */
  readonly events: string[] = []

  constructor(socket: net.Socket) {
    this.socket = socket
    socket.on('data', (chunk) => (this.heard += chunk.toString()))
    socket.on('end', () => this.events.push('end'))
    socket.on('error', (error: NodeJS.ErrnoException) => this.events.push(error.code ?? '?'))
  }

  async hears(words: string): Promise<void> {
    await eventually(10_000, `"${words}" at a peer`, () => this.heard === words)
  }

  async sees(event: string): Promise<void> {
    await eventually(10_000, `${event} at a peer`, () => this.events.includes(event))
  }
}

async function dialled(proxy: TcpProxy): Promise<Peer> {
  const socket = net.connect({ host: proxy.host, port: proxy.port, allowHalfOpen: true })
  cleanups.push(() => socket.destroy())
  const peer = new Peer(socket)
  await once(socket, 'connect')
  return peer
}

/** How it ends for who dials: the code of the error, while connecting or after. */
async function refusal(proxy: TcpProxy): Promise<string | undefined> {
  const socket = net.connect({ host: proxy.host, port: proxy.port })
  cleanups.push(() => socket.destroy())
  const failed = once(socket, 'error') as Promise<[NodeJS.ErrnoException]>
  const [error] = await within(10_000, 'the refusal of a connection', failed)
  return error.code
}

async function link(options: Parameters<typeof TcpProxy.open>[0] = {}) {
  const proxy = await TcpProxy.open(options)
  cleanups.push(() => proxy[Symbol.asyncDispose]())
  const upstream = await Upstream.listen()
  await proxy.setUpstream(upstream.address)
  return { proxy, upstream }
}

/** Both ends of a new connection through `proxy`. */
async function connected({ proxy, upstream }: { proxy: TcpProxy; upstream: Upstream }) {
  const accepted = upstream.next()
  const client = await dialled(proxy)
  return { client, server: await accepted }
}

/** Round trips over a healthy link: long enough for everything that passes to have passed. */
let roundTrips: () => Promise<void>
beforeEach(async () => {
  const { client, server } = await connected(await link())
  server.socket.on('data', (chunk) => server.socket.write(chunk))
  roundTrips = async () => {
    for (let count = 0; count < 30; count += 1) {
      const answer = once(client.socket, 'data')
      client.socket.write('ping')
      await within(10_000, 'the answer to a ping', answer)
    }
  }
})

test('bytes pass both ways, and so does the end of each side alone', async () => {
  const { client, server } = await connected(await link())
  client.socket.end('question')
  await server.hears('question')
  await server.sees('end')
  server.socket.end('late answer')
  await client.hears('late answer')
  await client.sees('end')
  expect([client.events, server.events]).toEqual([['end'], ['end']])
})

test('a reset of one side is a reset of the other', async () => {
  const both = await link()
  const first = await connected(both)
  first.client.socket.resetAndDestroy()
  await first.server.sees('ECONNRESET')
  const second = await connected(both)
  second.server.socket.resetAndDestroy()
  await second.client.sees('ECONNRESET')
  await eventually(10_000, 'the end of all connections', () => both.proxy.connections === 0)
})

test('while nobody is behind it, connects are refused; its port stays the same', async () => {
  const proxy = await TcpProxy.open()
  cleanups.push(() => proxy[Symbol.asyncDispose]())
  const { port } = proxy
  expect(await refusal(proxy)).toBe('ECONNREFUSED')
  for (let life = 0; life < 5; life += 1) {
    const upstream = await Upstream.listen()
    await proxy.setUpstream(upstream.address)
    const { client, server } = await connected({ proxy, upstream })
    const gone = proxy.setUpstream(null)
    expect(await refusal(proxy), 'it takes effect at once').toBe('ECONNREFUSED')
    await gone
    client.socket.write('still connected')
    await server.hears('still connected')
  }
  expect(proxy.port).toBe(port)
})

test('whom the upstream refuses, the proxy resets', async () => {
  const { proxy } = await link()
  const closed = net.createServer().listen(0, LOOPBACK)
  await once(closed, 'listening')
  const { port } = closed.address() as net.AddressInfo
  await new Promise((resolve) => closed.close(resolve))
  await proxy.setUpstream({ host: LOOPBACK, port })
  expect(await refusal(proxy)).toBe('ECONNRESET')
})

test('refuse: new connections are refused, old ones stay', async () => {
  const { proxy, upstream } = await link()
  const { client, server } = await connected({ proxy, upstream })
  const undo = proxy.inject(REFUSE)
  expect(await refusal(proxy)).toBe('ECONNREFUSED')
  client.socket.write('still connected')
  await server.hears('still connected')
  await undo()
  await connected({ proxy, upstream })
})

test('a stalled direction delivers nothing until it is healed, the other one everything', async () => {
  const both = await link()
  const { client, server } = await connected(both)
  for (const [fault, from, to] of [
    [FORWARD, client, server],
    [BACKWARD, server, client],
  ] as const) {
    from.heard = to.heard = ''
    const undo = both.proxy.inject(fault)
    from.socket.write('held ')
    from.socket.write('back')
    to.socket.write('passes')
    await from.hears('passes')
    await roundTrips()
    expect(to.heard).toBe('')
    await undo()
    await to.hears('held back')
  }
})

test('a stall holds back the end and the reset of a connection too', async () => {
  const both = await link()
  const ending = await connected(both)
  const resetting = await connected(both)
  const undo = both.proxy.inject(BOTH)
  ending.client.socket.end('last words')
  resetting.client.socket.resetAndDestroy()
  await roundTrips()
  expect([ending.server.events, resetting.server.events]).toEqual([[], []])
  expect(both.proxy.connections).toBe(2)
  await undo()
  await ending.server.hears('last words')
  await ending.server.sees('end')
  await resetting.server.sees('ECONNRESET')
})

test('who dials while a direction stalls is accepted, and hears nothing until it is healed', async () => {
  for (const fault of [FORWARD, BACKWARD, BOTH]) {
    const { proxy, upstream } = await link()
    const undo = proxy.inject(fault)
    const client = await dialled(proxy)
    client.socket.write('hello')
    await roundTrips()
    expect(upstream.sockets).toEqual([])
    const accepted = upstream.next()
    await undo()
    const server = await accepted
    await server.hears('hello')
    server.socket.write('welcome')
    await client.hears('welcome')
  }
})

test('reset: both ends of what exists, and whoever comes', async () => {
  const both = await link()
  const { client, server } = await connected(both)
  const undo = both.proxy.inject({ type: 'reset' })
  await client.sees('ECONNRESET')
  await server.sees('ECONNRESET')
  expect(await refusal(both.proxy)).toBe('ECONNRESET')
  expect(both.upstream.sockets).toHaveLength(1)
  await undo()
  await connected(both)
})

test('a reset ends what a stall holds', async () => {
  const both = await link()
  const { client, server } = await connected(both)
  const undoStall = both.proxy.inject(BOTH)
  const waiting = await dialled(both.proxy)
  client.socket.write('never delivered')
  const undoReset = both.proxy.inject({ type: 'reset' })
  for (const peer of [client, server, waiting]) await peer.sees('ECONNRESET')
  await undoReset()
  await undoStall()
  await roundTrips()
  expect(server.heard).toBe('')
  expect(both.upstream.sockets).toHaveLength(1)
})

test('faults add up, and each is taken back by itself', async () => {
  const both = await link()
  const { client, server } = await connected(both)
  const undos = [FORWARD, BOTH, REFUSE, REFUSE].map((fault) => both.proxy.inject(fault))
  client.socket.write('held')
  await undos[0]?.()
  await undos[0]?.()
  await undos[2]?.()
  await roundTrips()
  expect(server.heard).toBe('')
  expect(await refusal(both.proxy)).toBe('ECONNREFUSED')
  await undos[3]?.()
  await undos[1]?.()
  await server.hears('held')
  both.proxy.inject(REFUSE)
  both.proxy.inject(FORWARD)
  await both.proxy.heal()
  await connected(both)
})

test('a listener that comes up while it is refused again goes at once', async () => {
  const both = await link()
  for (let turns = 0; turns < 10; turns += 1) {
    const undone = both.proxy.inject(REFUSE)()
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
    const again = both.proxy.inject(REFUSE)
    await undone
    expect(await refusal(both.proxy)).toBe('ECONNREFUSED')
    await again()
    await connected(both)
  }
})

test('delay: everything comes later, in order, the end last', async () => {
  const clock = new ManualClock()
  const draws = [0, 0.5]
  const both = await link({ clock, random: () => draws.shift() ?? 0 })
  const { client, server } = await connected(both)
  const fault: Fault = { type: 'delay', direction: 'forward', delayMs: 100, jitterMs: 20 }
  const undo = both.proxy.inject(fault)
  const arrivals = async (count: number) =>
    eventually(10_000, 'chunks at the proxy', () => 2 - draws.length >= count)
  client.socket.write('first ')
  await arrivals(1)
  client.socket.write('second ')
  await arrivals(2)
  await undo()
  client.socket.end('undelayed')
  server.socket.write('backward is not delayed')
  await client.hears('backward is not delayed')
  await clock.advance(99)
  await roundTrips()
  expect(server.heard).toBe('')
  await clock.advance(1)
  await server.hears('first ')
  await clock.advance(9)
  await roundTrips()
  expect([server.heard, server.events]).toEqual(['first ', []])
  await clock.advance(1)
  await server.hears('first second undelayed')
  await server.sees('end')
})

test('a stall outlasts a delay', async () => {
  const clock = new ManualClock()
  const both = await link({ clock })
  const { client, server } = await connected(both)
  both.proxy.inject({ type: 'delay', direction: 'both', delayMs: 100, jitterMs: 0 })
  client.socket.write('late')
  await eventually(10_000, 'a chunk in the queue', () => clock.timers === 1)
  const undo = both.proxy.inject(FORWARD)
  await clock.advance(1000)
  await roundTrips()
  expect(server.heard).toBe('')
  await undo()
  await server.hears('late')
})

test('no byte is lost, repeated or reordered, whatever is done to the link meanwhile', async () => {
  const random = dice(1)
  const both = await link({ random: () => random.next() })
  const client = await dialled(both.proxy)
  const accepted = await eventually(10_000, 'the upstream', () => both.upstream.sockets[0] ?? false)
  const server = accepted.socket
  server.removeAllListeners('data')
  const content = randomBytes(24 << 20)
  const digest = createHash('sha256')
  const undos: (() => Promise<void>)[] = []
  server.on('data', (chunk: Buffer) => {
    digest.update(chunk)
    if (random.next() < 0.5 || undos.length > 0) return
    const [delayMs, jitterMs] = [random.int(0, 2), random.int(0, 3)]
    const faults: Fault[] = [
      FORWARD,
      { type: 'delay', direction: 'forward', delayMs, jitterMs },
      REFUSE,
    ]
    undos.push(both.proxy.inject(random.pick(faults)))
    setImmediate(() => void undos.shift()?.())
  })
  client.socket.end(content)
  await within(25_000, 'the end of the transfer', once(server, 'end'))
  expect(digest.digest('hex')).toBe(createHash('sha256').update(content).digest('hex'))
})

test('a receiver that does not read makes the sender wait, not the proxy grow', async () => {
  const { client, server } = await connected(await link())
  server.socket.pause()
  const size = 128 << 20
  client.socket.end(Buffer.alloc(size, 'x'))
  await roundTrips()
  // Kernel buffers, three pairs of them, and what the proxy may hold: far less than a half.
  expect(client.socket.writableLength).toBeGreaterThan(size / 2)
  server.socket.removeAllListeners('data')
  const all = text(server.socket)
  expect((await within(25_000, 'the rest', all)).length).toBe(size)
})

test('disposing of it ends all connections and gives the port back', async () => {
  const both = await link()
  const { client, server } = await connected(both)
  both.proxy.inject(BOTH)
  const { port } = both.proxy
  await both.proxy[Symbol.asyncDispose]()
  await client.sees('ECONNRESET')
  await server.sees('ECONNRESET')
  const next = net.createServer().listen({ port, host: LOOPBACK, exclusive: true })
  await once(next, 'listening')
  await new Promise((resolve) => next.close(resolve))
})
