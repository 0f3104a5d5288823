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
import { serveBidi } from '../../../src/rpc/handlers.ts'
import { OUTBOX_BOUNDS } from '../../../src/rpc/outbox.ts'
import { exchange } from '../../../src/rpc/raft-methods.ts'
import { RpcServer } from '../../../src/rpc/server.ts'
import { within } from '../../support/within.ts'
import { deferred } from './deferred.ts'
import type { Known, ReplicaOptions } from './replicas.ts'
import { Replica, stranger, WAIT_MS } from './replicas.ts'
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
    const { port } = await freePort()
    one.addresses.announce(two.id.nodeId, { host: '127.0.0.1', port })
    one.rpc.setPeers([two.key])
    await one.until('unreachable', () => one.count('unreachable') === 1)
    const back = await replica({ nodeId: 2, directoryId: two.id.directoryId, port })
    one.send(back, 1, heartbeat(1))
    await back.until('the heartbeat', () => back.count('message') >= 1)
    expect(one.count('gone')).toBe(0)
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
    const [one, two] = [await replica({ nodeId: 1 }), new Replica({ nodeId: 2 })]
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
