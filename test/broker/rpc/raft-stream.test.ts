/**
 * Goal: messages between replicas arrive in order or not at all; every way in which a stream can
 * end is told as what it is, and mended.
 * Method: real listeners and transports on loopback, a recorder in the place of the quorum, and a
 * TCP proxy in between where the network is to fail.
 */
import { afterEach, describe, expect, test } from 'vitest'
import type { HostPort } from '../../../src/config/addresses.ts'
import { hostClock } from '../../../src/host/clock.ts'
import type { Message } from '../../../src/raft/messages.ts'
import { BACKOFF_MAX_MS } from '../../../src/rpc/backoff.ts'
import { RpcChannel } from '../../../src/rpc/channel.ts'
import { serveBidi } from '../../../src/rpc/handlers.ts'
import { OUTBOX_BOUNDS } from '../../../src/rpc/outbox.ts'
import { PROTOCOL } from '../../../src/rpc/raft-hello.ts'
import { HELLO_TIMEOUT_MS } from '../../../src/rpc/raft-link.ts'
import { exchange, type ToExchange } from '../../../src/rpc/raft-methods.ts'
import { RpcServer } from '../../../src/rpc/server.ts'
import type { RpcError } from '../../../src/rpc/status.ts'
import { ManualClock } from '../../unit/base/manual-clock.ts'
import { eventually, within } from '../../support/within.ts'
import { deferred } from './deferred.ts'
import type { Known, ReplicaOptions } from './replicas.ts'
import { newUuid, Replica, stranger, WAIT_MS } from './replicas.ts'
import { freePort, muteListener, TcpProxy } from './tcp.ts'

const closing: (() => Promise<unknown>)[] = []

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

async function replica(options: ReplicaOptions): Promise<Replica> {
  const started = await new Replica(options).start()
  closing.push(() => started.stop())
  return started
}

async function mute(): Promise<HostPort> {
  const listener = await muteListener()
  closing.push(() => listener.close())
  return listener.address
}

async function proxyTo(target: Replica): Promise<TcpProxy> {
  const proxy = await TcpProxy.to(() => target.address)
  closing.push(() => proxy.close())
  return proxy
}

const heartbeat = (commit: number) => ({ type: 'heartbeat', session: 1, commit, read: 0 }) as const
const appendOf = (previousIndex: number, bytes: number) =>
  ({
    type: 'append',
    session: 1,
    previousIndex,
    previousTerm: previousIndex === 0 ? 0 : 1,
    entries: [{ index: previousIndex + 1, term: 1, kind: 'data', data: new Uint8Array(bytes) }],
    commit: 0,
  }) as const

const indexesOf = (messages: readonly Message[]) =>
  messages.flatMap((message) => (message.type === 'append' ? [message.previousIndex] : []))

describe('a healthy stream', () => {
  test('carries all messages of both directions, in order', async () => {
    const [one, two] = [await replica({ nodeId: 1 }), await replica({ nodeId: 2 })]
    one.meets(two)
    two.meets(one)
    await one.until('connected', () => one.lines('connected to a replica').length === 1)
    await two.until('connected', () => two.lines('connected to a replica').length === 1)
    const count = 2_000
    for (let index = 0; index < count; index += 1) {
      one.send(two, 1, appendOf(index, 500))
      two.send(one, 1, { type: 'append-response', session: 1, index })
    }
    await two.until('all appends', () => two.count('message') === count)
    await one.until('all responses', () => one.count('message') === count)
    expect(indexesOf(two.messages)).toEqual(Array.from({ length: count }, (_, index) => index))
    expect(
      one.messages.map((message) => message.type === 'append-response' && message.index),
    ).toEqual(Array.from({ length: count }, (_, index) => index))
    expect(two.messages[0]).toMatchObject({ from: one.key, to: two.key, term: 1 })
    expect([one.count('unreachable'), two.count('unreachable')]).toEqual([0, 0])
  })

  test('carries what was sent before it was there', async () => {
    const [one, two] = [await replica({ nodeId: 1 }), await replica({ nodeId: 2 })]
    one.meets(two)
    one.send(two, 3, { type: 'pre-vote', lastIndex: 7, lastTerm: 2 })
    await two.until('the pre-vote', () => two.count('message') === 1)
    expect(two.messages).toEqual([
      { from: one.key, to: two.key, term: 3, type: 'pre-vote', lastIndex: 7, lastTerm: 2 },
    ])
  })

  test('is closed when its replica is no peer any more', async () => {
    const [one, two] = [await replica({ nodeId: 1 }), await replica({ nodeId: 2 })]
    one.meets(two)
    one.send(two, 1, heartbeat(1))
    await two.until('the heartbeat', () => two.count('message') === 1)
    one.rpc.setPeers([])
    one.send(two, 1, heartbeat(2))
    await two.until('the end', () => two.lines('a stream of a replica ended').length === 1)
    expect(two.count('message')).toBe(1)
    expect(one.count('unreachable')).toBe(0)
  })
})

describe('a hello', () => {
  const refusals: readonly {
    readonly name: string
    readonly one?: Partial<ReplicaOptions>
    readonly two?: Partial<ReplicaOptions>
    readonly meets?: (two: Replica) => Known
    readonly says: RegExp
  }[] = [
    {
      name: 'of another cluster',
      one: { clusterId: 'another' },
      says: /it is of cluster another, this is cluster a-cluster/,
    },
    {
      name: 'for another node',
      meets: ({ address }) => stranger(3, address),
      says: /it means node 3/,
    },
    {
      name: 'for another directory of the node',
      meets: ({ address }) => stranger(2, address),
      says: /it means directory .*, which this node does not have/,
    },
    {
      name: 'of a node with the same node id',
      one: { nodeId: 2 },
      says: /it has the node id of this node/,
    },
  ]

  for (const { name, one: first, two: second, meets = (two: Known) => two, says } of refusals)
    test(`${name} is refused, said once at both ends, and does no harm`, async () => {
      const one = await replica({ nodeId: 1, ...first })
      const two = await replica({ nodeId: 2, ...second })
      const third = await replica({ nodeId: 9 })
      one.meets(meets(two))
      third.meets(two)
      await one.until('the refusal', () => one.lines('cannot reach a replica').length === 1)
      expect(one.lines('cannot reach a replica')[0]?.fields['why']).toMatch(says)
      expect(String(one.lines('cannot reach a replica')[0]?.fields['why'])).toContain(one.key)
      await two.until('the refusal', () => two.lines('refused a replica').length === 1)
      expect(two.lines('refused a replica')[0]?.fields['why']).toMatch(says)
      expect(String(two.lines('refused a replica')[0]?.fields['why'])).toContain(one.key)
      // It is tried again, and not said again.
      const tries = () => two.lines('a stream of a replica ended').length
      await two.until('more tries', () => tries() >= 3)
      expect(two.lines('refused a replica').length).toBe(1)
      expect(one.lines('cannot reach a replica').length).toBe(1)
      third.send(two, 1, heartbeat(1))
      await two.until('a heartbeat', () => two.count('message') === 1)
      expect(two.messages[0]?.from).toBe(third.key)
    })

  test('before the cluster is founded needs no cluster id', async () => {
    const one = await replica({ nodeId: 1, clusterId: null })
    const two = await replica({ nodeId: 2 })
    one.meets(two)
    one.send(two, 1, heartbeat(1))
    await two.until('the heartbeat', () => two.count('message') === 1)
  })
})

describe('a stream that breaks', () => {
  test('by a reset is told as unreachable, not as gone, and comes back', async () => {
    const [one, two] = [await replica({ nodeId: 1 }), await replica({ nodeId: 2 })]
    const proxy = await proxyTo(two)
    one.addresses.announce(two.id.nodeId, proxy.address)
    one.rpc.setPeers([two.key])
    await one.until('connected', () => one.lines('connected to a replica').length === 1)
    proxy.cut()
    await one.until('unreachable', () => one.count('unreachable') === 1)
    await one.until('connected again', () => one.lines('connected to a replica').length === 2)
    one.send(two, 1, heartbeat(1))
    await two.until('the heartbeat', () => two.count('message') === 1)
    expect([one.count('unreachable'), one.count('gone')]).toEqual([1, 0])
  })

  test('because the process is gone is told as gone, once', async () => {
    const [one, two] = [await replica({ nodeId: 1 }), await replica({ nodeId: 2 })]
    one.meets(two)
    await one.until('connected', () => one.lines('connected to a replica').length === 1)
    await two.stop()
    await one.until('gone', () => one.count('gone') === 1)
    expect(one.told.map(({ event }) => event)).toEqual(['unreachable', 'gone'])
    // It goes on trying, and has no more to tell.
    const back = await replica({
      nodeId: 2,
      directoryId: two.id.directoryId,
      port: two.address.port,
    })
    await one.until('connected again', () => one.lines('connected to a replica').length === 2)
    one.send(back, 1, heartbeat(1))
    await back.until('the heartbeat', () => back.count('message') === 1)
    expect([one.count('unreachable'), one.count('gone')]).toEqual([1, 1])
  })

  test('is not told as gone when there never was one', async () => {
    const [one, two] = [await replica({ nodeId: 1 }), new Replica({ nodeId: 2 })]
    const three = await replica({ nodeId: 3 })
    const nobody = await freePort()
    one.addresses.announce(two.id.nodeId, nobody)
    one.addresses.announce(three.id.nodeId, three.address)
    one.rpc.setPeers([two.key, three.key])
    await one.until('unreachable', () => one.count('unreachable') === 1)
    await one.until('connected', () => one.lines('connected to a replica').length === 1)
    // Whatever would be told of the second was told before this.
    await three.stop()
    await one.until('gone', () => one.count('gone') >= 1)
    expect(one.told.slice(-1)).toEqual([{ event: 'gone', replica: three.key }])
    expect(one.count('gone')).toBe(1)
    const back = await replica({ nodeId: 2, directoryId: two.id.directoryId, port: nobody.port })
    one.send(back, 1, heartbeat(1))
    await back.until('the heartbeat', () => back.count('message') >= 1)
  })

  test('carries nothing stale when it is back, but the newest of every kind', async () => {
    // Its back-off ends when the test says so.
    const clock = new ManualClock()
    const [one, two] = [await replica({ nodeId: 1, clock }), await replica({ nodeId: 2 })]
    const proxy = await proxyTo(two)
    one.addresses.announce(two.id.nodeId, proxy.address)
    one.rpc.setPeers([two.key])
    await one.until('connected', () => one.lines('connected to a replica').length === 1)
    proxy.cut()
    await one.until('unreachable', () => one.count('unreachable') === 1)
    for (let index = 1; index <= 5; index += 1) {
      one.send(two, index, appendOf(index, 10))
      one.send(two, index, heartbeat(index))
      one.send(two, index, { type: 'append-response', session: 1, index })
    }
    await clock.advance(BACKOFF_MAX_MS)
    await one.until('connected again', () => one.lines('connected to a replica').length === 2)
    one.send(two, 6, { type: 'timeout-now' })
    await two.until('the last', () => two.messages.at(-1)?.type === 'timeout-now')
    expect(two.messages.map(({ type, term }) => `${type} ${term}`)).toEqual([
      'heartbeat 5',
      'append-response 5',
      'timeout-now 6',
    ])
    // It was told of the appends when the stream broke.
    expect(one.count('unreachable')).toBe(1)
  })

  test('by silence is noticed by its keepalive, is not gone, and comes back', async () => {
    const [one, two] = [await replica({ nodeId: 1 }), await replica({ nodeId: 2 })]
    const proxy = await proxyTo(two)
    one.addresses.announce(two.id.nodeId, proxy.address)
    one.rpc.setPeers([two.key])
    await one.until('connected', () => one.lines('connected to a replica').length === 1)
    proxy.stall()
    await one.until('unreachable', () => one.count('unreachable') === 1)
    proxy.resume()
    await one.until('connected again', () => one.lines('connected to a replica').length === 2)
    expect(one.count('gone')).toBe(0)
  })

  test('is dialled at once when the peer calls', async () => {
    // Its back-off never ends by itself.
    const one = await replica({ nodeId: 1, clock: new ManualClock() })
    const two = new Replica({ nodeId: 2 })
    one.rpc.setPeers([two.key])
    await one.until('nobody knows', () => one.lines('cannot reach a replica').length === 1)
    await two.start()
    closing.push(() => two.stop())
    two.meets(one)
    await one.until('connected', () => one.lines('connected to a replica').length === 1)
    one.send(two, 1, heartbeat(1))
    await two.until('the heartbeat', () => two.count('message') === 1)
  })
})

describe('a peer that accepts and never speaks', () => {
  test('does not keep the real one from being reached', async () => {
    const [one, two] = [await replica({ nodeId: 1 }), await replica({ nodeId: 2 })]
    let target = await mute()
    const proxy = await TcpProxy.to(() => target)
    closing.push(() => proxy.close())
    one.addresses.announce(two.id.nodeId, proxy.address)
    one.rpc.setPeers([two.key])
    await one.until('unreachable', () => one.count('unreachable') === 1)
    target = two.address
    await one.until('connected', () => one.lines('connected to a replica').length === 1)
  })

  test('is left for another address of the same node', async () => {
    const [one, two] = [await replica({ nodeId: 1 }), await replica({ nodeId: 2 })]
    one.addresses.announce(two.id.nodeId, await mute())
    one.meets(two)
    await one.until('connected', () => one.lines('connected to a replica').length === 1)
  })
})

describe('whoever calls', () => {
  /** A stream that says what the test says. */
  function calling(to: Replica) {
    const channel = new RpcChannel({
      to: to.address,
      ends: { from: 'the test', to: 'a replica' },
      clock: hostClock,
      keepalive: { timeMs: 60_000, timeoutMs: 60_000 },
      fatal: (error) => {
        throw error
      },
    })
    closing.push(() => Promise.resolve(channel.close()))
    const stream = channel.stream(exchange)
    const [accepted, end] = [deferred(), deferred<RpcError | null>()]
    stream.open({ message: () => accepted.resolve(), closed: (error) => end.resolve(error) })
    return {
      stream,
      accepted: accepted.promise,
      end: within(WAIT_MS, 'the end', end.promise),
    }
  }
  const caller = stranger(1, { host: '127.0.0.1', port: 1 })
  const helloTo = ({ id }: Replica): ToExchange => ({
    kind: 'hello',
    hello: {
      clusterId: null,
      replica: caller.id,
      to: id,
      incarnationId: newUuid(),
      address: caller.address,
      protocol: PROTOCOL,
    },
  })
  const messages = (...terms: readonly number[]): ToExchange => ({
    kind: 'messages',
    messages: terms.map((term) => ({ term, ...heartbeat(0) })),
  })

  test('opens a second stream has given up the first', async () => {
    const two = await replica({ nodeId: 2 })
    const [first, second] = [calling(two), calling(two)]
    first.stream.write(helloTo(two))
    await first.accepted
    first.stream.write(messages(1, 2))
    await two.until('the first messages', () => two.count('message') === 2)
    second.stream.write(helloTo(two))
    await second.accepted
    first.stream.write(messages(3))
    second.stream.write(messages(4))
    expect(await first.end).toMatchObject({ code: 'ABORTED' })
    await two.until('the last message', () => two.messages.at(-1)?.term === 4)
    expect(two.messages.map(({ term }) => term)).toEqual([1, 2, 4])
  })

  test('says nothing is given up', async () => {
    const clock = new ManualClock()
    const two = await replica({ nodeId: 2, clock })
    const mute = calling(two)
    const first = calling(two)
    first.stream.write(helloTo(two))
    await first.accepted
    await eventually(WAIT_MS, 'only one hello is awaited', () => clock.timers === 1)
    await clock.advance(HELLO_TIMEOUT_MS)
    expect(await mute.end).toMatchObject({ code: 'DEADLINE_EXCEEDED' })
    first.stream.write(messages(1))
    await two.until('a message of the other', () => two.count('message') === 1)
  })

  const wrong: readonly (readonly [string, (two: Replica) => readonly ToExchange[]])[] = [
    ['begins with messages', () => [messages(1)]],
    ['says hello twice', (two) => [helloTo(two), helloTo(two)]],
    ['sends what no replica says', (two) => [helloTo(two), messages(1, 0)]],
  ]
  for (const [name, frames] of wrong)
    test(`${name} is refused, with a line in the log`, async () => {
      const two = await replica({ nodeId: 2 })
      const one = calling(two)
      for (const frame of frames(two)) one.stream.write(frame)
      expect(await one.end).toMatchObject({ code: 'INVALID_ARGUMENT' })
      await two.until('a line', () => two.log.some(({ level }) => level === 'warn'))
      expect(two.log.find(({ level }) => level === 'warn')?.message).toBe(
        'ended a stream that is not as it should be',
      )
      expect(two.count('message')).toBe(0)
    })
})

describe('a peer that does not read', () => {
  test('costs no more than its outbox, is told once, and gets what is sent later', async () => {
    const one = await replica({ nodeId: 1 })
    const received: number[] = []
    let resume = () => {}
    let awaited = { term: 0, seen: deferred() }
    const seen = (term: number) => (awaited = { term, seen: deferred() }).seen
    const server = new RpcServer({ clock: hostClock, fatal: (error) => expect.fail(String(error)) })
    server.add([
      serveBidi(exchange, (stream) => {
        resume = () => stream.resume()
        stream.open({
          message: (frame) => {
            if (frame.kind === 'hello') {
              stream.write({ accepted: { protocol: 1, incarnationId: new Uint8Array(16) } })
              return stream.pause()
            }
            received.push(...frame.messages.map(({ term }) => term))
            if (received.includes(awaited.term)) awaited.seen.resolve()
          },
          closed: () => {},
        })
      }),
    ])
    closing.push(() => server.close())
    const address = await server.bind({ host: '127.0.0.1', port: 0 })
    const two = stranger(2, address)
    one.meets(two)
    await one.until('connected', () => one.lines('connected to a replica').length === 1)

    const bytes = 100_000
    let sent = 0
    let most = 0
    while (one.count('unreachable') === 0) {
      for (let index = 0; index < 20; index += 1) one.send(two, (sent += 1), appendOf(sent, bytes))
      most = Math.max(most, one.rpc.queuedBytes)
      await new Promise((turn) => setImmediate(turn))
    }
    for (let index = 0; index < 1_000; index += 1) one.send(two, (sent += 1), appendOf(sent, bytes))
    await new Promise((turn) => setImmediate(turn))
    most = Math.max(most, one.rpc.queuedBytes)
    // The outbox, what the stream holds before it is full, and one frame.
    expect(most).toBeLessThanOrEqual(OUTBOX_BOUNDS.bytes + 3 * 1024 * 1024)
    expect(one.count('unreachable')).toBe(1)

    const dropped = sent
    resume()
    one.send(two, (sent += 1), heartbeat(1))
    await within(WAIT_MS, 'the heartbeat', seen(sent).promise)
    expect(received).toEqual([...received].sort((a, b) => a - b))
    expect(received.length).toBeLessThan(dropped)
    expect([one.rpc.queuedBytes, one.count('unreachable')]).toEqual([0, 1])
  })
})
