/**
 * Goal: an observer has what is committed, in order and once, from any controller; it goes on where
 * it stopped, leaves controllers that are of no use, and is never brought back to an earlier state.
 * Method: real streams over loopback between a real watch and real services, whose logs are the
 * test's own; proxies that cut and stall. What was told is compared, never how long it took.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { asNodeId } from '../../../src/base/ids.ts'
import type { Clock } from '../../../src/base/clock.ts'
import { silentLogger } from '../../../src/base/log.ts'
import type { HostPort } from '../../../src/config/addresses.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { encodeRecords } from '../../../src/metadata/codec.ts'
import type { MetadataRecord } from '../../../src/metadata/records.ts'
import { imageRecords } from '../../../src/metadata/snapshot.ts'
import { PEER_KEEPALIVE, RpcChannel } from '../../../src/rpc/channel.ts'
import { serveStream } from '../../../src/rpc/handlers.ts'
import { MetadataService } from '../../../src/rpc/metadata-service.ts'
import { RpcServer } from '../../../src/rpc/server.ts'
import { RpcError } from '../../../src/rpc/status.ts'
import { UNSENT_BYTES_HIGH } from '../../../src/rpc/stream.ts'
import type { WatchEvent, WatchRequest } from '../../../src/rpc/watch-codec.ts'
import { watchMethod } from '../../../src/rpc/watch-codec.ts'
import { ManualClock } from '../../unit/base/manual-clock.ts'
import { broker, topicId, uuid } from '../../unit/metadata/images.ts'
import { eventually, within } from '../../support/within.ts'
import { Observer } from './observer.ts'
import { ScriptedLog } from './scripted-log.ts'
import { freePort, muteListener, TcpProxy } from './tcp.ts'

const WAIT_MS = 20_000
const CLUSTER: MetadataRecord = { type: 'ClusterId', clusterId: uuid(1) }

const closing: (() => unknown)[] = []
const faults: Error[] = []
const fatal = (error: Error) => void faults.push(error)

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  expect(faults.splice(0)).toEqual([])
})

const topic = (number: number): MetadataRecord => ({
  type: 'Topic',
  name: `topic-${number}`,
  topicId: topicId(number),
})

/** A log that was founded, in which node 1 leads. */
function founded(epoch = 1): ScriptedLog {
  return new ScriptedLog().commit(epoch).commit(epoch, CLUSTER).leads(1, epoch)
}

interface Controller {
  readonly address: HostPort
  readonly service: MetadataService
}

async function serve(log: ScriptedLog, clock: Clock = hostClock): Promise<Controller> {
  const server = new RpcServer({ clock: hostClock, fatal })
  const service = new MetadataService({ log, clock, logger: silentLogger, fatal })
  server.add(service.services)
  closing.push(async () => {
    service.close()
    await server.close()
  })
  return { service, address: await server.bind({ host: '127.0.0.1', port: 0 }) }
}

async function proxyTo(target: { readonly address: HostPort }): Promise<TcpProxy> {
  const proxy = await TcpProxy.to(() => target.address)
  closing.push(() => proxy.close())
  return proxy
}

function observe(places: Readonly<Record<number, { readonly address: HostPort }>>): Observer {
  const observer = new Observer(places).start()
  closing.push(() => observer.watch.close())
  return observer
}

function sameImage(observer: Observer, log: ScriptedLog): void {
  const { committedImage } = observer.loader
  expect([...imageRecords(committedImage)]).toEqual([...imageRecords(log.image)])
  expect(committedImage.metadataOffset).toBe(log.image.metadataOffset)
}

describe('an observer', () => {
  test('begins with a snapshot, and then has every entry', async () => {
    const log = founded()
    const observer = observe({ 1: await serve(log) })
    await observer.has(2)
    log.commit(1, topic(1)).commit(1).commit(1, topic(2))
    await observer.has(5)
    expect(observer.told).toEqual([
      ...['leader 1@1', 'snapshot 2@1', 'caught up'],
      ...['2@1', '3@1', '4@1'],
    ])
    sameImage(observer, log)
    expect(observer.watch.leadership).toEqual({ epoch: 1, leaderId: 1, isLeader: false })
  })

  test('watches a log that is empty yet', async () => {
    const log = new ScriptedLog()
    const observer = observe({ 1: await serve(log) })
    await eventually(WAIT_MS, 'a watched controller', () => observer.watch.watched)
    log.leads(1, 1).commit(1).commit(1, CLUSTER)
    await observer.heard('caught up')
    sameImage(observer, log)
  })

  test('has a large snapshot, which arrives in pieces', async () => {
    const log = founded()
    const TOPICS = 30_000
    const records = Array.from({ length: TOPICS }, (_, number) => topic(number))
    while (records.length > 0) log.commit(1, ...records.splice(0, 10_000))
    const { pieces, piecesMax } = await piecesOf(await serve(log))
    expect(pieces).toBeGreaterThan(TOPICS / 1_000)
    expect(piecesMax).toBeLessThan(1024 * 1024)
    const observer = observe({ 1: await serve(log) })
    await observer.heard('caught up')
    sameImage(observer, log)
  })

  test('is not caught up before it has something of the present leader', async () => {
    const log = founded(1).leads(2, 2)
    const observer = observe({ 1: await serve(log) })
    await observer.has(2)
    log.commit(2)
    await observer.heard('caught up')
    expect(observer.told.indexOf('caught up')).toBeGreaterThan(observer.told.indexOf('2@2'))
  })

  test('hears of each leader once, and of none that led before', async () => {
    const log = founded(1)
    const stale = founded(1)
    const one = await proxyTo(await serve(log))
    const observer = observe({ 1: one, 2: await serve(stale) })
    await observer.has(2)
    log.leads(null, 3).leads(2, 3).commit(3)
    await observer.heard('leader 2@3')
    one.stall()
    await eventually(WAIT_MS, 'the other', () => observer.watch.watched === 2)
    expect(observer.watch.leadership).toMatchObject({ leaderId: 2, epoch: 3 })
    expect(observer.told).not.toContain('leader 1@3')
  })
})

describe('after a break', () => {
  test('the next controller goes on where the last one stopped', async () => {
    const log = founded()
    const one = await proxyTo(await serve(log))
    const observer = observe({ 1: one, 2: await serve(log) })
    await observer.has(2)
    await one.close()
    log.commit(1, topic(1))
    await observer.has(3)
    expect(observer.told.filter((text) => text.startsWith('snapshot'))).toEqual(['snapshot 2@1'])
    expect(observer.told.at(-1)).toBe('2@1')
    sameImage(observer, log)
  })

  test('the same controller does, and nothing is delivered twice', async () => {
    const log = founded()
    const one = await proxyTo(await serve(log))
    const observer = observe({ 1: one })
    for (let round = 0; round < 5; round += 1) {
      log.commit(1, topic(round))
      await observer.has(3 + round)
      one.cut()
    }
    const offsets = observer.told.filter((text) => /^\d/.test(text))
    expect(offsets).toEqual([...new Set(offsets)].sort())
    sameImage(observer, log)
  })

  test('a snapshot comes where the entries are held no more', async () => {
    const log = founded()
    const one = await proxyTo(await serve(log))
    const observer = observe({ 1: one })
    await observer.has(2)
    one.stall()
    one.cut()
    log.commit(1, topic(1)).commit(1, topic(2)).commit(1, broker(9)).forgetBefore(4)
    one.resume()
    await observer.has(5)
    expect(observer.told.slice(-1)).toEqual(['snapshot 5@1'])
    sameImage(observer, log)
  })

  test('a snapshot that was cut short counts for nothing', async () => {
    const log = founded()
    log.commit(1, ...Array.from({ length: 9_000 }, (_, number) => topic(number)))
    const one = await proxyTo(await serve(log))
    const observer = new Observer({ 1: one, 2: await serve(log) })
    closing.push(() => observer.watch.close())
    observer.start()
    await eventually(WAIT_MS, 'a connection', () => one.connections > 0)
    one.cut()
    await observer.has(3)
    sameImage(observer, log)
  })
})

/** A controller that breaks off in the middle of every snapshot. */
async function serveHalfASnapshot(endOffset: number) {
  const server = new RpcServer({ clock: hostClock, fatal })
  closing.push(() => server.close())
  const records = encodeRecords([CLUSTER])
  const snapshot = { endOffset, epoch: 1, piece: 0, last: false, records }
  server.add([
    serveStream(watchMethod, (_, stream) => {
      stream.open({ message: () => {}, closed: () => {} })
      stream.write({ endOffset, leadership: null, entries: null, snapshot })
      setImmediate(() => stream.fail(new RpcError('UNAVAILABLE', 'broken off')))
    }),
  ])
  return { address: await server.bind({ host: '127.0.0.1', port: 0 }) }
}

describe('a controller is left', () => {
  test('in the middle of a snapshot, and another one goes on with entries', async () => {
    const log = founded()
    const one = await proxyTo(await serve(log))
    const places = { 1: one, 2: await serveHalfASnapshot(9), 3: await serve(log) }
    const observer = observe(places)
    await observer.has(2)
    await one.close()
    log.commit(1, topic(1))
    await observer.has(3)
    expect(observer.told.slice(-1)).toEqual(['2@1'])
    sameImage(observer, log)
  })

  test('that is silent, though its connection stands', async () => {
    const log = founded()
    const one = await proxyTo(await serve(log))
    const observer = observe({ 1: one, 2: await serve(log) })
    await observer.has(2)
    expect(observer.watch.watched).toBe(1)
    one.stall()
    log.commit(1, topic(1))
    await observer.has(3)
    expect(observer.watch.watched).toBe(2)
  })

  test('that is silent, though its process lives', async () => {
    const log = founded()
    // Its timers never fire, so that nothing is ever sent but what is there at the beginning.
    const observer = observe({ 1: await serve(log, new ManualClock()), 2: await serve(log) })
    await observer.has(2)
    expect(observer.watch.watched).toBe(1)
    log.commit(1, topic(1))
    await observer.has(3)
    expect(observer.watch.watched).toBe(2)
  })

  test('that is not there, or never speaks', async () => {
    const mute = await muteListener()
    closing.push(() => mute.close())
    const log = founded()
    const observer = observe({ 1: { address: await freePort() }, 2: mute, 3: await serve(log) })
    await observer.has(2)
    expect(observer.watch.watched).toBe(3)
  })

  test('that knows no leader', async () => {
    const apart = founded().leads(null, 4)
    const log = founded()
    const observer = observe({ 1: await serve(apart), 2: await serve(log) })
    log.commit(1, topic(1))
    await observer.has(3)
    expect(observer.watch.watched).toBe(2)
  })

  test('that is behind what is known to be committed', async () => {
    const behind = founded()
    const log = founded().commit(1, topic(1))
    const observer = observe({ 1: await serve(behind), 2: await serve(log) })
    await observer.heard('caught up')
    observer.watch.expect(3)
    await observer.has(3)
    expect(observer.watch.watched).toBe(2)
  })

  test('that stops', async () => {
    const log = founded()
    const one = await serve(log)
    const observer = observe({ 1: one, 2: await serve(log) })
    await observer.has(2)
    one.service.close()
    log.commit(1, topic(1))
    await observer.has(3)
    expect(observer.watch.watched).toBe(2)
  })

  test('that is one of another cluster', async () => {
    const log = founded()
    const one = await proxyTo(await serve(log))
    const others = new ScriptedLog()
      .commit(1)
      .commit(1, { type: 'ClusterId', clusterId: uuid(66) })
      .leads(1, 1, true)
    const observer = observe({ 1: one, 2: await serve(others), 3: await serve(log) })
    await observer.has(2)
    one.stall()
    log.commit(1, topic(1))
    await observer.has(3)
    expect(observer.watch.watched).toBe(3)
  })

  test('that sends what is no entry', async () => {
    const broken = founded().commitBytes(1, Buffer.from('no records'))
    const log = founded()
    const one = await proxyTo(await serve(log))
    const observer = observe({ 1: one, 2: await serve(broken), 3: await serve(log) })
    await observer.has(2)
    one.stall()
    log.commit(1, topic(1))
    await observer.has(3)
    expect(observer.watch.watched).toBe(3)
  })
})

describe('what is held, and a quorum that lacks it', () => {
  /** An observer that has 5 entries, the last of epoch 3, and then meets `others`. */
  async function ahead(...others: ScriptedLog[]) {
    const log = founded(1).commit(3).commit(3, topic(1)).commit(3, topic(2)).leads(1, 3)
    const one = await proxyTo(await serve(log))
    const places: Record<number, { address: HostPort }> = { 1: one }
    for (const [index, other] of others.entries()) places[index + 2] = await serve(other)
    const observer = observe(places)
    await observer.heard('caught up')
    await one.close()
    return { observer, log }
  }

  test('stops the node when the leader has another entry there', async () => {
    const forked = founded(1).commit(2).commit(2).commit(2).commit(2).leads(2, 4, true)
    const { observer } = await ahead(forked)
    const error = await observer.stops()
    expect(error).toMatchObject({ code: 'METADATA_DIVERGED' })
    expect(error.message).toContain('entry 4 of epoch 3')
    expect(error.message).toContain('another entry there')
    expect(observer.watch.commitOffset).toBe(5)
  })

  test('stops the node when a leader of a later epoch does not have it', async () => {
    const shorter = founded(1).commit(4).leads(2, 4, true)
    const { observer } = await ahead(shorter)
    const error = await observer.stops()
    expect(error.message).toContain('no such entry')
    expect(observer.told.filter((text) => text.startsWith('snapshot'))).toHaveLength(1)
  })

  test('is looked for at others when only a follower has another entry there', async () => {
    const forked = founded(1).commit(2).commit(2).commit(2).commit(2).leads(9, 4)
    const newest = founded(1)
    newest.commit(3).commit(3, topic(1)).commit(3, topic(2)).commit(3, topic(3)).leads(3, 3)
    const { observer } = await ahead(forked, newest)
    await observer.has(6)
    expect(observer.watch.watched).toBe(3)
  })

  test('is waited for when a follower is merely behind, and another one has it', async () => {
    const behind = founded(1).commit(3).leads(3, 3)
    const newest = founded(1)
    newest.commit(3).commit(3, topic(1)).commit(3, topic(2)).commit(3, topic(3)).leads(3, 3)
    const { observer } = await ahead(behind, newest)
    await observer.has(6)
    expect(observer.watch.watched).toBe(3)
  })

  test('is waited for at a follower that catches up', async () => {
    const behind = founded(1).commit(3).leads(2, 3)
    const { observer } = await ahead(behind)
    await eventually(WAIT_MS, 'a watched controller', () => observer.watch.watched === 2)
    behind.commit(3, topic(1)).commit(3, topic(2)).commit(3, topic(3))
    await observer.has(6)
    sameImage(observer, behind)
  })

  test('that a newer release wrote stops the node', async () => {
    const log = founded()
    const observer = observe({ 1: await serve(log) })
    await observer.has(2)
    // A RecordList of format 99.
    log.commitBytes(1, Buffer.of(0x08, 99))
    expect(await observer.stops()).toMatchObject({ code: 'UNSUPPORTED_VERSION' })
  })
})

// --- the controller's side

/** A stream as a bare client has it. */
function streamOf(
  { address }: { readonly address: HostPort },
  request: Partial<WatchRequest> = {},
) {
  const channel = new RpcChannel({
    to: address,
    ends: { from: 'test', to: 'controller' },
    clock: hostClock,
    keepalive: PEER_KEEPALIVE,
    fatal,
  })
  closing.push(() => channel.close())
  return channel.responses(watchMethod, {
    nodeId: asNodeId(9),
    clusterId: null,
    nextOffset: 0,
    epoch: 0,
    ...request,
  })
}

/** Reads a snapshot to its end. */
async function piecesOf(controller: Controller) {
  const stream = streamOf(controller)
  let pieces = 0
  let piecesMax = 0
  const whole = new Promise<void>((resolve, reject) => {
    stream.open({
      message: ({ snapshot }) => {
        if (!snapshot) return
        pieces += 1
        piecesMax = Math.max(piecesMax, snapshot.records.byteLength)
        if (snapshot.last) resolve()
      },
      closed: reject,
    })
  })
  await within(WAIT_MS, 'the snapshot', whole)
  return { pieces, piecesMax }
}

describe('a controller', () => {
  test('gives a sign of life when nothing happens', async () => {
    const clock = new ManualClock()
    const stream = streamOf(await serve(founded(), clock))
    const events: WatchEvent[] = []
    let heard = () => {}
    const more = () => new Promise<void>((resolve) => (heard = resolve))
    let next = more()
    stream.open({
      message: (event) => {
        events.push(event)
        heard()
      },
      closed: () => {},
    })
    while (!events.some(({ snapshot }) => snapshot?.last)) {
      await within(WAIT_MS, 'the snapshot', next)
      next = more()
    }
    const before = events.length
    await clock.advance(500)
    await within(WAIT_MS, 'a sign of life', next)
    expect(events[before]).toEqual({
      endOffset: 2,
      leadership: null,
      entries: null,
      snapshot: null,
    })
  })

  const value = 'x'.repeat(100_000)
  const big: MetadataRecord = {
    ...{ type: 'Config', resourceType: 'broker', resourceName: '' },
    ...{ key: 'log.retention.ms', value },
  }

  /** A stream that has the first snapshot and reads no more, until it is resumed. */
  async function reader(controller: Controller) {
    const stream = streamOf(controller)
    let received = 0
    let close: (error: RpcError | null) => void = () => {}
    const closed = new Promise<RpcError | null>((resolve) => (close = resolve))
    const hasSnapshot = new Promise<void>((resolve) => {
      stream.open({
        message: ({ entries, snapshot }) => {
          received += entries?.entries.length ?? 0
          if (!snapshot?.last) return
          stream.pause()
          resolve()
        },
        closed: close,
      })
    })
    await within(WAIT_MS, 'the snapshot', hasSnapshot)
    return { stream, closed, received: () => received }
  }

  /** As much as the log hands out while nobody reads. */
  async function commitMuch(log: ScriptedLog, entries: number, turn: () => Promise<void>) {
    for (let count = 0; count < entries; count += 1) {
      log.commit(1, big)
      await turn()
    }
  }

  test('reads no more for an observer that does not, and goes on when it does', async () => {
    const log = founded()
    const { stream, received } = await reader(await serve(log))
    const ENTRIES = 640
    await commitMuch(log, ENTRIES, () => new Promise((resolve) => setImmediate(resolve)))
    // What the sockets and the streams of both ends hold, and no more.
    const MIB = 1024 * 1024
    expect(log.bytesRead).toBeLessThan(UNSENT_BYTES_HIGH + 12 * MIB)
    stream.resume()
    await eventually(WAIT_MS, 'all entries', () => received() === ENTRIES)
  })

  test('cuts an observer that has read nothing for a long time', async () => {
    const clock = new ManualClock()
    const log = founded()
    const controller = await serve(log, clock)
    const { stream, closed, received } = await reader(controller)
    const ENTRIES = 200
    await commitMuch(log, ENTRIES, () => clock.advance(1))
    await clock.advance(11_000)
    stream.resume()
    expect(await within(WAIT_MS, 'the end', closed)).toMatchObject({ code: 'RESOURCE_EXHAUSTED' })
    expect(received()).toBeLessThan(ENTRIES)
    await eventually(WAIT_MS, 'its going', () => controller.service.watchers === 0)
  })

  test('that stops, or has no log, or has too much to do, says so', async () => {
    const log = founded()
    const one = await serve(log)
    one.service.close()
    const ended = new Promise<RpcError | null>((closed) =>
      streamOf(one).open({ message: () => {}, closed }),
    )
    expect(await within(WAIT_MS, 'the end', ended)).toMatchObject({ code: 'UNAVAILABLE' })
    const empty = Object.assign(new ScriptedLog(), { isReady: false })
    const other = new Promise<RpcError | null>(
      (closed) =>
        void serve(empty).then((two) => streamOf(two).open({ message: () => {}, closed })),
    )
    expect(await within(WAIT_MS, 'the end', other)).toMatchObject({ code: 'UNAVAILABLE' })
  })
})
