/**
 * Goal: a broker's heartbeats reach whoever is the active controller, by themselves and soon after
 * that has changed; a broker that lost its place stops; one that wants to stop is let go, or goes.
 * Method: controllers of the test's own behind real servers on loopback, one of them behind a proxy
 * that stalls; they say what the test wants, and what they hear is waited for.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { LograftError } from '../../../src/base/errors.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import type { HostPort } from '../../../src/config/addresses.ts'
import type { Beat, BrokerLines, BrokerPlace } from '../../../src/controller/heartbeats.ts'
import { hostClock } from '../../../src/host/clock.ts'
import type { Leadership } from '../../../src/quorum/ports.ts'
import { AddressBook } from '../../../src/rpc/address-book.ts'
import { heartbeatService } from '../../../src/rpc/heartbeat-service.ts'
import { Heartbeats } from '../../../src/rpc/heartbeats.ts'
import { LeaderCalls } from '../../../src/rpc/leader-calls.ts'
import { RpcServer } from '../../../src/rpc/server.ts'
import { eventually, within } from '../../support/within.ts'
import { ManualClock } from '../../unit/base/manual-clock.ts'
import { uuid } from '../../unit/metadata/images.ts'
import { deferred } from './deferred.ts'
import { TcpProxy } from './tcp.ts'

const WAIT_MS = 20_000

const closing: (() => unknown)[] = []
const faults: Error[] = []
/** What brokers were told to be committed. */
const committed: number[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  expect(faults.splice(0)).toEqual([])
})

/** A controller that answers beats while it leads. */
class Lines implements BrokerLines {
  readonly heard: { readonly beat: Beat; readonly place: BrokerPlace | null }[] = []
  leadership: Leadership
  fenced = false
  shouldShutDown = false
  refusal: LograftError | null = null
  broken = 0
  readonly #open = new Set<(why: Error) => void>()

  constructor(leaderId: number, epoch: number, isLeader: boolean) {
    this.leadership = { leaderId: asNodeId(leaderId), epoch, isLeader }
  }

  open(hangUp: (why: Error) => void) {
    if (!this.leadership.isLeader) throw new LograftError('NOT_CONTROLLER', 'somebody else leads')
    this.#open.add(hangUp)
    return {
      beat: (beat: Beat, place: BrokerPlace | null) => {
        if (this.refusal) throw this.refusal
        this.heard.push({ beat, place })
        return {
          fenced: this.fenced,
          caughtUp: true,
          mustBeginShutdown: false,
          shouldShutDown: this.shouldShutDown && beat.wantsShutdown,
          committedOffset: 99,
          controllerEpoch: this.leadership.epoch,
        }
      },
      broke: () => {
        if (this.#open.delete(hangUp)) this.broken += 1
      },
    }
  }

  /** Another node leads. */
  depose(leaderId: number, epoch: number): void {
    this.leadership = { leaderId: asNodeId(leaderId), epoch, isLeader: false }
    for (const hangUp of this.#open) hangUp(new LograftError('NOT_CONTROLLER', 'deposed'))
    this.#open.clear()
  }
}

async function serve(lines: Lines): Promise<{ readonly address: HostPort; close(): unknown }> {
  const server = new RpcServer({ clock: hostClock, fatal: (error) => faults.push(error) })
  server.add([heartbeatService(lines, () => lines.leadership)])
  const address = await server.bind({ host: '127.0.0.1', port: 0 })
  closing.push(() => server.close())
  return { address, close: () => server.close() }
}

const LISTENERS = { kafka: { host: '', port: 9092 }, grpc: { host: '127.0.0.1', port: 9093 } }

/** Broker 7, when nodes are where `places` say. */
function broker(
  places: Readonly<Record<number, { readonly address: HostPort }>>,
  {
    local = null as Lines | null,
    clock = hostClock,
    intervalMs = 600_000,
    sessionTimeoutMs = 600_000,
  } = {},
) {
  const configured = new Map(
    Object.entries(places).map(([id, { address }]) => [asNodeId(Number(id)), address]),
  )
  const fatal = deferred<Error>()
  const calls = new LeaderCalls({
    self: asNodeId(7),
    addresses: new AddressBook({ configured }),
    clock,
    fatal: (error) => faults.push(error),
    controllers: () => [...configured.keys()],
    isLeader: () => local?.leadership.isLeader ?? false,
    requestTimeoutMs: 2_000,
  })
  const heartbeats = new Heartbeats({
    ...{ calls, local, clock, logger: silentLogger, intervalMs, sessionTimeoutMs },
    broker: { nodeId: asNodeId(7), brokerEpoch: 12, incarnationId: uuid(1) },
    listeners: LISTENERS,
    publishedOffset: () => 34,
    onCommitted: (endOffset) => void committed.push(endOffset),
    onFatal: (error) => fatal.resolve(error),
  })
  closing.push(
    () => calls.close(),
    () => heartbeats.close(),
  )
  heartbeats.start()
  return { heartbeats, calls, fatal: fatal.promise }
}

const hears = (lines: Lines, beats = 1) =>
  eventually(WAIT_MS, `${beats} beats`, () => lines.heard.length >= beats && lines.heard)

describe('heartbeats', () => {
  test('arrive whole, with where the connection says that the broker is', async () => {
    const two = new Lines(2, 1, true)
    broker({ 2: await serve(two) })
    const [first] = await hears(two)
    await eventually(WAIT_MS, 'its answer', () => committed.includes(100))
    expect(first).toEqual({
      beat: expect.objectContaining({
        ...{ nodeId: 7, brokerEpoch: 12, incarnationId: uuid(1) },
        ...{ metadataOffset: 34, wantsShutdown: false },
      }) as Beat,
      place: {
        kafka: { host: '127.0.0.1', port: 9092 },
        grpc: { host: '127.0.0.1', port: 9093 },
      },
    })
  })

  test('come again and again, sooner when there is news or the broker is fenced', async () => {
    const regular = new Lines(2, 1, true)
    broker({ 2: await serve(regular) }, { intervalMs: 10 })
    await hears(regular, 5)

    const seldom = new Lines(2, 1, true)
    const { heartbeats } = broker({ 2: await serve(seldom) })
    await hears(seldom)
    // The line answers the first beat before the broker uses it for more.
    await eventually(WAIT_MS, 'more', () => {
      heartbeats.soon()
      return seldom.heard.length > 1
    })

    const fencing = new Lines(2, 1, true)
    fencing.fenced = true
    broker({ 2: await serve(fencing) })
    await hears(fencing, 5)
  })

  test('go to who is said to lead, and to the next one as soon as that one is deposed', async () => {
    const two = new Lines(3, 1, false)
    const three = new Lines(3, 1, true)
    broker({ 2: await serve(two), 3: await serve(three) })
    await hears(three)
    expect(two.heard).toEqual([])
    two.leadership = { leaderId: asNodeId(2), epoch: 2, isLeader: true }
    three.depose(2, 2)
    await hears(two)
  })

  test('leave one that still thinks that it leads, once another one is known to', async () => {
    const two = new Lines(2, 1, true)
    const three = new Lines(3, 2, true)
    const { heartbeats, calls } = broker({ 2: await serve(two), 3: await serve(three) })
    await hears(two)
    await eventually(WAIT_MS, 'a beat at the new one', () => {
      for (const listener of [calls, heartbeats])
        listener.onLeadership({ ...three.leadership, isLeader: false })
      return three.heard.length > 0
    })
  })

  test('leave one that takes beats and never answers', async () => {
    const two = new Lines(2, 1, true)
    const three = new Lines(3, 2, true)
    const direct = await serve(two)
    const proxy = await TcpProxy.to(() => direct.address)
    closing.push(() => proxy.close())
    broker({ 2: proxy, 3: await serve(three) }, { intervalMs: 10, sessionTimeoutMs: 100 })
    await hears(two, 2)
    proxy.stall()
    await hears(three)
  })

  test('need no network when the active controller is on this node', async () => {
    const here = new Lines(7, 1, true)
    const three = new Lines(3, 2, false)
    broker({ 3: await serve(three) }, { local: here })
    const [first] = await hears(here)
    expect(first?.place).toBeNull()
    three.leadership = { ...three.leadership, isLeader: true }
    here.depose(3, 2)
    await hears(three)
  })

  test.each(['here', 'there'])('of a broker that lost its place stop the node (%s)', async (at) => {
    const lines = new Lines(at === 'here' ? 7 : 2, 1, true)
    lines.refusal = new LograftError('STALE_BROKER_EPOCH', 'broker 7 is in epoch 13, not 12')
    const { fatal } =
      at === 'here' ? broker({}, { local: lines }) : broker({ 2: await serve(lines) })
    expect(await within(WAIT_MS, 'the end of the node', fatal)).toMatchObject({
      code: 'STALE_BROKER_EPOCH',
      message: expect.stringContaining('broker 7 is in epoch 13, not 12') as string,
    })
  })
})

describe('a broker that wants to stop', () => {
  test('says so until it is let go', async () => {
    const two = new Lines(2, 1, true)
    const { heartbeats } = broker({ 2: await serve(two) })
    await hears(two)
    const stopping = heartbeats.shutDown()
    await eventually(WAIT_MS, 'its wish', () => two.heard.some(({ beat }) => beat.wantsShutdown))
    const before = two.heard.length
    await hears(two, before + 2)
    two.shouldShutDown = true
    await within(WAIT_MS, 'the end', stopping)
  })

  test('goes when nobody answers, and when nobody lets it go', async () => {
    const clock = new ManualClock()
    for (const local of [null, new Lines(7, 1, true)]) {
      const { heartbeats } = broker({}, { local, clock })
      await clock.advance(100)
      let isOver = false
      const stopping = heartbeats.shutDown().then(() => (isOver = true))
      await clock.advance(local === null ? 1_900 : 4_900)
      expect(isOver).toBe(false)
      await clock.advance(100)
      await within(WAIT_MS, 'the end', stopping)
    }
  })
})
