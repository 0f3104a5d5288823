/**
 * Goal: what services stand on is sound: calls and streams end with statuses that name both ends,
 * nothing waits without a bound, a channel heals, and a listener closes in bounded time. Method:
 * the health service and one of the test's own, over real sockets; a TCP listener that never speaks
 * stands for the peer that hangs.
 */
import net from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { HostPort } from '../../../src/config/addresses.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { RpcChannel } from '../../../src/rpc/channel.ts'
import { serveBidi, serveUnary } from '../../../src/rpc/handlers.ts'
import { Health, healthCheck, healthList, healthWatch } from '../../../src/rpc/health.ts'
import { RpcServer } from '../../../src/rpc/server.ts'
import type { Codec } from '../../../src/rpc/service.ts'
import { bidi, unary } from '../../../src/rpc/service.ts'
import { RpcError, STATUS_TEXT_MAX } from '../../../src/rpc/status.ts'
import type { RpcStream } from '../../../src/rpc/stream.ts'
import { UNSENT_BYTES_HIGH } from '../../../src/rpc/stream.ts'
import { DiskError } from '../../../src/base/disk.ts'
import { within } from '../../support/within.ts'
import { deferred } from './deferred.ts'
import { freePort, muteListener } from './tcp.ts'

const LOOPBACK = { host: '127.0.0.1', port: 0 }
const WAIT_MS = 20_000

const closing: (() => unknown)[] = []
const faults: Error[] = []
const fatal = (error: Error) => void faults.push(error)

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  expect(faults.splice(0)).toEqual([])
})

const bytes: Codec<Uint8Array> = {
  encode: (message) => message,
  decode: (encoded) => {
    if (encoded[0] === 0xff) throw new Error('begins with 0xff')
    return encoded
  },
}
const echo = bidi('test.Test/Echo', bytes, bytes)
const ask = unary('test.Test/Ask', bytes, bytes, { requestBytesMax: 100 })

async function serverWith(add: (server: RpcServer) => void): Promise<HostPort> {
  const server = new RpcServer({ clock: hostClock, fatal })
  add(server)
  closing.push(() => server.close())
  return server.bind(LOOPBACK)
}

function channelTo(to: HostPort): RpcChannel {
  const ends = { from: 'node 1', to: `node 2 at ${to.host}:${to.port}` }
  const keepalive = { timeMs: 60_000, timeoutMs: 60_000 }
  const channel = new RpcChannel({ to, ends, clock: hostClock, keepalive, fatal })
  closing.push(() => channel.close())
  return channel
}

/** How the stream ends. */
function endOf(stream: RpcStream<unknown, never> | RpcStream<unknown, Uint8Array>) {
  return within(
    WAIT_MS,
    'the end of the stream',
    new Promise<RpcError | null>((closed) => stream.open({ message: () => {}, closed })),
  )
}

const timeoutMs = WAIT_MS

describe('a unary call', () => {
  test('is answered', async () => {
    const health = new Health()
    health.set('', true)
    health.set('lograft.raft.v1.Raft', false)
    const channel = channelTo(await serverWith((server) => server.add(health.services)))
    const check = (service: string) => channel.unary(healthCheck, { service }, { timeoutMs })
    expect((await check('')).status).toBe(1)
    expect((await check('lograft.raft.v1.Raft')).status).toBe(2)
    await expect(check('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { statuses } = await channel.unary(healthList, {}, { timeoutMs })
    expect(statuses).toMatchObject({ '': { status: 1 }, 'lograft.raft.v1.Raft': { status: 2 } })
  })

  test('fails with the error of the handler, its code, and the names of both ends', async () => {
    const to = await serverWith((server) =>
      server.add([
        serveUnary(ask, () => {
          throw new DiskError('DISK_FULL', `no space \u0000 \ud800 ${'x'.repeat(10_000)}`)
        }),
      ]),
    )
    const failure = await channelTo(to)
      .unary(ask, Buffer.from('hello'), { timeoutMs })
      .catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(RpcError)
    const { code, reason, message } = failure as RpcError
    expect({ code, reason }).toEqual({ code: 'RESOURCE_EXHAUSTED', reason: 'DISK_FULL' })
    expect(message).toContain(`node 1 to node 2 at 127.0.0.1:${to.port}: RESOURCE_EXHAUSTED: no`)
    expect(message.length).toBeLessThan(STATUS_TEXT_MAX + 100)
  })

  test('with bytes that are no request, or too many of them, is refused', async () => {
    const to = await serverWith((server) => server.add([serveUnary(ask, (request) => request)]))
    const channel = channelTo(to)
    const asking = (request: Uint8Array) => channel.unary(ask, request, { timeoutMs })
    await expect(asking(Buffer.of(0xff))).rejects.toMatchObject({
      ...{ code: 'INVALID_ARGUMENT', reason: 'INVALID_REQUEST' },
    })
    await expect(asking(Buffer.alloc(101))).rejects.toMatchObject({
      ...{ code: 'RESOURCE_EXHAUSTED', reason: 'POLICY_VIOLATION' },
    })
    expect(await asking(Buffer.of(1, 2))).toEqual(Buffer.of(1, 2))
  })

  test('whose handler breaks an invariant stops the node, and says nothing of it', async () => {
    const to = await serverWith((server) =>
      server.add([
        serveUnary(ask, () => {
          throw new TypeError('secret')
        }),
      ]),
    )
    const failure = channelTo(to).unary(ask, Buffer.of(1), { timeoutMs })
    await expect(failure).rejects.toThrow('INTERNAL: the node stops')
    expect(faults.splice(0).map(String)).toEqual(['TypeError: secret'])
  })

  test('ends when its signal aborts, which the handler sees', async () => {
    const asked = deferred<AbortSignal>()
    const to = await serverWith((server) =>
      server.add([
        serveUnary(ask, (request, { signal }) => {
          asked.resolve(signal)
          return new Promise((answer) => signal.addEventListener('abort', () => answer(request)))
        }),
      ]),
    )
    const abort = new AbortController()
    const call = channelTo(to).unary(ask, Buffer.of(1), { timeoutMs, signal: abort.signal })
    const signal = await asked.promise
    abort.abort()
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' })
    if (!signal.aborted)
      await within(WAIT_MS, 'the abort', new Promise((seen) => (signal.onabort = seen)))
  })
})

describe('a stream', () => {
  test('carries messages in their order, both ways, and ends in order', async () => {
    const to = await serverWith((server) =>
      server.add([
        serveBidi(echo, (stream) =>
          stream.open({
            message: (message) => void stream.write(message),
            ended: () => stream.end(),
            closed: () => {},
          }),
        ),
      ]),
    )
    const stream = channelTo(to).stream(echo)
    const count = 1_000
    const received: number[] = []
    const ended = within(
      WAIT_MS,
      'the end',
      new Promise<RpcError | null>((closed) =>
        stream.open({
          message: (message) => received.push(Buffer.from(message).readUInt32BE()),
          closed,
        }),
      ),
    )
    for (let number = 0; number < count; number += 1) {
      const message = Buffer.alloc(2_000)
      message.writeUInt32BE(number)
      stream.write(message)
    }
    stream.end()
    expect(await ended).toBeNull()
    expect(received).toEqual(Array.from({ length: count }, (_, number) => number))
    expect(stream.unsentBytes).toBe(0)
  })

  test('ends with a status when bytes come that are no message', async () => {
    const ends: (RpcError | null)[] = []
    const to = await serverWith((server) =>
      server.add([
        serveBidi(echo, (stream) =>
          stream.open({ message: () => {}, closed: (error) => ends.push(error) }),
        ),
      ]),
    )
    const stream = channelTo(to).stream(echo)
    const end = endOf(stream)
    stream.write(Buffer.of(0xff))
    expect(await end).toMatchObject({ code: 'INVALID_ARGUMENT' })
    expect((await end)?.message).toContain('begins with 0xff')
    expect(ends).toMatchObject([{ code: 'INVALID_ARGUMENT' }])
  })

  test('tells when the other end does not read, and when it does again', async () => {
    const opened = deferred<RpcStream<Uint8Array, Uint8Array>>()
    let received = 0
    const to = await serverWith((server) =>
      server.add([
        serveBidi(echo, (stream) => {
          stream.open({ message: ({ byteLength }) => (received += byteLength), closed: () => {} })
          stream.pause()
          opened.resolve(stream)
        }),
      ]),
    )
    const stream = channelTo(to).stream(echo)
    const drained = deferred()
    stream.open({ message: () => {}, drained: () => drained.resolve(), closed: () => {} })
    const chunk = Buffer.alloc(64 * 1024)
    let sent = 0
    while (stream.write(chunk)) sent += chunk.byteLength
    sent += chunk.byteLength
    const other = await opened.promise
    expect(stream.unsentBytes).toBeGreaterThan(0)
    expect(stream.unsentBytes).toBeLessThanOrEqual(UNSENT_BYTES_HIGH + chunk.byteLength)
    other.resume()
    await within(WAIT_MS, 'drained', drained.promise)
    await within(
      WAIT_MS,
      'all of it',
      new Promise<void>((all) => {
        const look = () => (received === sent ? all() : setImmediate(look))
        look()
      }),
    )
  })

  test('of responses follows what is watched', async () => {
    const health = new Health()
    const channel = channelTo(await serverWith((server) => server.add(health.services)))
    const seen: number[] = []
    const stream = channel.responses(healthWatch, { service: 'a' })
    const end = new Promise<RpcError | null>((closed) =>
      stream.open({
        message: ({ status }) => {
          seen.push(status)
          if (seen.length === 1) health.set('a', true)
          if (seen.length === 2) health.close()
        },
        closed,
      }),
    )
    expect(await within(WAIT_MS, 'the end', end)).toBeNull()
    expect(seen).toEqual([3, 1, 2])
  })
})

describe('a channel', () => {
  test('to nobody fails its calls at once, and works when somebody is there', async () => {
    const nobody = await freePort()
    const channel = channelTo(nobody)
    const check = () => channel.unary(healthCheck, { service: '' }, { timeoutMs })
    // In the same words each time: what is tried again is not said again.
    const message = `node 1 to node 2 at 127.0.0.1:${nobody.port}: UNAVAILABLE: connect ECONNREFUSED 127.0.0.1:${nobody.port}`
    for (let time = 0; time < 2; time += 1)
      await expect(check()).rejects.toMatchObject({ code: 'UNAVAILABLE', message })

    const server = new RpcServer({ clock: hostClock, fatal })
    const health = new Health()
    health.set('', true)
    server.add(health.services)
    closing.push(() => server.close())
    await server.bind(nobody)
    const answered = await within(
      WAIT_MS,
      'an answer',
      (async () => {
        for (;;)
          try {
            return await check()
          } catch {
            await new Promise((again) => setImmediate(again))
          }
      })(),
    )
    expect(answered.status).toBe(1)
  })

  test('to a peer that accepts and never speaks is closed by the watchdog', async () => {
    const mute = await muteListener()
    closing.push(() => mute.close())
    const channel = channelTo(mute.address)
    const failed = channel.unary(healthCheck, { service: '' }, { timeoutMs: 600_000 })
    await expect(within(WAIT_MS, 'the watchdog', failed)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    })
    // The next call dials anew.
    const again = channel.unary(healthCheck, { service: '' }, { timeoutMs: 600_000 })
    await expect(within(WAIT_MS, 'the watchdog', again)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    })
    expect(mute.connections).toBe(2)
  })
})

describe('a listener', () => {
  test('says what it cannot listen on', async () => {
    const taken = await serverWith(() => {})
    const server = new RpcServer({ clock: hostClock, fatal })
    closing.push(() => server.close())
    await expect(server.bind(taken)).rejects.toMatchObject({
      code: 'LISTENER_UNAVAILABLE',
      message: expect.stringContaining(`cannot listen on 127.0.0.1:${taken.port}: `) as string,
    })
  })

  test('closes although somebody keeps a stream, or a socket that never spoke', async () => {
    const server = new RpcServer({ clock: hostClock, fatal })
    const opened = deferred()
    let isCut = false
    server.add([
      serveBidi(echo, (stream) => {
        stream.open({ message: () => opened.resolve(), closed: () => (isCut = true) })
      }),
    ])
    const to = await server.bind(LOOPBACK)
    const stream = channelTo(to).stream(echo)
    const end = endOf(stream)
    stream.write(Buffer.of(1))
    await opened.promise
    const socket = net.connect(to.port, '127.0.0.1')
    const cut = new Promise((closed) =>
      socket
        .on('error', () => {})
        .once('close', closed)
        .resume(),
    )
    await new Promise((connected) => socket.once('connect', connected))
    await within(WAIT_MS, 'the close', server.close())
    expect(isCut).toBe(true)
    await within(WAIT_MS, 'the cut', cut)
    expect(await end).toBeInstanceOf(RpcError)
  })
})
