/**
 * Goal: a snapshot arrives whole or not at all, goes on where it was cut, and what is damaged on
 * the way is noticed; nodes that are to found a quorum hear each other. Method: real transports; a
 * snapshot of several parts in memory; a receiver that keeps what it got between attempts, a proxy
 * that cuts, and a sender of damaged parts.
 */
import { afterEach, describe, expect, test } from 'vitest'
import { DiskError } from '../../../src/base/disk.ts'
import { crc32c } from '../../../src/bytes/crc32c.ts'
import { hostClock } from '../../../src/host/clock.ts'
import type {
  IncomingSnapshot,
  Introduction,
  OutgoingSnapshot,
  SnapshotOffer,
} from '../../../src/quorum/ports.ts'
import { RpcChannel } from '../../../src/rpc/channel.ts'
import { PROTOCOL } from '../../../src/rpc/raft-hello.ts'
import {
  PART_BYTES_MAX,
  sendSnapshot,
  type ToSnapshotReceiver,
} from '../../../src/rpc/raft-methods.ts'
import type { RpcError } from '../../../src/rpc/status.ts'
import { within } from '../../support/within.ts'
import { deferred } from './deferred.ts'
import { newUuid, Replica, stranger, WAIT_MS, type ReplicaOptions } from './replicas.ts'
import { freePort, muteListener, TcpProxy } from './tcp.ts'

const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function replica(options: ReplicaOptions): Promise<Replica> {
  const started = await new Replica(options).start()
  closing.push(() => started.stop())
  return started
}

const SIZE_BYTES = 6 * PART_BYTES_MAX + 12_345
const content = new Uint8Array(SIZE_BYTES).map((_, index) => (index * 31 + (index >> 9)) & 0xff)

const outgoing: OutgoingSnapshot = {
  endOffset: 1_000,
  epoch: 7,
  sizeBytes: SIZE_BYTES,
  read: (position, maxBytes) => content.slice(position, position + maxBytes),
}

/** Keeps what was received, as a quorum does; says no when it is told to. */
class Shelf {
  readonly offers: SnapshotOffer[] = []
  readonly received = new Uint8Array(SIZE_BYTES)
  receivedBytes = 0
  finished = 0
  abandoned = 0
  isOpen = false
  isRefusing = false
  onWrite: (bytePosition: number) => void = () => {}
  whenChecked: Promise<void> = Promise.resolve()

  readonly take = (offer: SnapshotOffer): IncomingSnapshot | null => {
    this.offers.push(offer)
    // Two that write into the same file would be a bug.
    expect(this.isOpen).toBe(false)
    if (this.isRefusing) return null
    this.isOpen = true
    return {
      receivedBytes: this.receivedBytes,
      write: (bytes, bytePosition) => {
        expect(this.isOpen).toBe(true)
        expect(bytePosition).toBe(this.receivedBytes)
        this.onWrite(bytePosition)
        this.received.set(bytes, bytePosition)
        this.receivedBytes += bytes.byteLength
      },
      finish: async () => {
        await this.whenChecked
        this.isOpen = false
        this.finished += 1
      },
      abandon: () => {
        this.isOpen = false
        this.abandoned += 1
      },
    }
  }
}

const never = new AbortController().signal

describe('a snapshot', () => {
  test('of many parts arrives, and is taken once it was checked', async () => {
    const shelf = new Shelf()
    const checked = deferred()
    shelf.whenChecked = checked.promise
    const one = await replica({ nodeId: 1 })
    const two = await replica({ nodeId: 2, onSnapshot: shelf.take })
    one.meets(two)
    let isTaken = false
    const sent = one.rpc.sendSnapshot(two.key, outgoing, never).then((taken) => (isTaken = taken))
    await within(
      WAIT_MS,
      'all parts',
      whenTrue(() => shelf.receivedBytes === SIZE_BYTES),
    )
    expect(isTaken).toBe(false)
    checked.resolve()
    expect(await within(WAIT_MS, 'taken', sent)).toBe(true)
    expect(Buffer.compare(shelf.received, content)).toBe(0)
    expect(shelf.offers).toEqual([
      { from: one.key, endOffset: 1_000, epoch: 7, sizeBytes: SIZE_BYTES },
    ])
    expect([shelf.finished, shelf.abandoned]).toEqual([1, 0])
  })

  test('that is cut goes on where it ended', async () => {
    const shelf = new Shelf()
    const [one, two] = [
      await replica({ nodeId: 1 }),
      await replica({ nodeId: 2, onSnapshot: shelf.take }),
    ]
    const proxy = await TcpProxy.to(() => two.address)
    closing.push(() => proxy.close())
    one.addresses.announce(two.id.nodeId, proxy.address)
    const positions: number[] = []
    let cuts = 0
    shelf.onWrite = (position) => {
      positions.push(position)
      if (cuts < 2 && positions.length % 2 === 0) {
        cuts += 1
        proxy.cut()
      }
    }
    const sent = one.rpc.sendSnapshot(two.key, outgoing, never)
    expect(await within(WAIT_MS, 'taken', sent)).toBe(true)
    expect(Buffer.compare(shelf.received, content)).toBe(0)
    expect(shelf.offers.length).toBe(3)
    expect(new Set(positions).size).toBe(positions.length)
    expect(shelf.finished).toBe(1)
  })

  test('is sent one at a time', async () => {
    const [first, second] = [new Shelf(), new Shelf()]
    const checked = deferred()
    first.whenChecked = checked.promise
    const one = await replica({ nodeId: 1 })
    const others = [
      await replica({ nodeId: 2, onSnapshot: first.take }),
      await replica({ nodeId: 3, onSnapshot: second.take }),
    ]
    one.meets(...others)
    const sent = others.map(({ key }) => one.rpc.sendSnapshot(key, outgoing, never))
    await within(
      WAIT_MS,
      'the first',
      whenTrue(() => first.receivedBytes === SIZE_BYTES),
    )
    expect(second.offers).toEqual([])
    checked.resolve()
    expect(await within(WAIT_MS, 'both', Promise.all(sent))).toEqual([true, true])
  })

  test('does not wait for one that cannot be sent', async () => {
    const shelf = new Shelf()
    const one = await replica({ nodeId: 1 })
    const two = stranger(2, await freePort())
    const three = await replica({ nodeId: 3, onSnapshot: shelf.take })
    one.meets(two, three)
    const abort = new AbortController()
    const first = one.rpc.sendSnapshot(two.key, outgoing, abort.signal)
    const second = one.rpc.sendSnapshot(three.key, outgoing, never)
    expect(await within(WAIT_MS, 'the second', second)).toBe(true)
    abort.abort()
    expect(await first).toBe(false)
  })

  test('that is refused is not sent', async () => {
    const shelf = new Shelf()
    shelf.isRefusing = true
    const one = await replica({ nodeId: 1 })
    const two = await replica({ nodeId: 2, onSnapshot: shelf.take })
    one.meets(two)
    const sent = one.rpc.sendSnapshot(two.key, outgoing, never)
    expect(await within(WAIT_MS, 'refused', sent)).toBe(false)
    expect(shelf.offers.length).toBe(1)
  })

  test('waits until the disk has space again', async () => {
    const shelf = new Shelf()
    let isFull = true
    shelf.onWrite = (position) => {
      if (isFull && position > 0) {
        isFull = false
        throw new DiskError('DISK_FULL', 'no space left')
      }
    }
    const one = await replica({ nodeId: 1 })
    const two = await replica({ nodeId: 2, onSnapshot: shelf.take })
    one.meets(two)
    const sent = one.rpc.sendSnapshot(two.key, outgoing, never)
    expect(await within(WAIT_MS, 'taken', sent)).toBe(true)
    expect(shelf.abandoned).toBe(1)
    expect(two.lines('a snapshot was not taken')[0]?.fields['why']).toMatch('no space left')
  })

  test('that nobody wants any more ends at both ends', async () => {
    const shelf = new Shelf()
    const abort = new AbortController()
    shelf.onWrite = () => abort.abort()
    const one = await replica({ nodeId: 1 })
    const two = await replica({ nodeId: 2, onSnapshot: shelf.take })
    one.meets(two)
    const sent = one.rpc.sendSnapshot(two.key, outgoing, abort.signal)
    expect(await within(WAIT_MS, 'the end', sent)).toBe(false)
    await within(
      WAIT_MS,
      'abandoned',
      whenTrue(() => shelf.abandoned === 1),
    )
    expect(await one.rpc.sendSnapshot(two.key, outgoing, abort.signal)).toBe(false)
  })
})

describe('a part', () => {
  const partAt = (offset: number, bytes = content.slice(offset, offset + 10)) =>
    ({ kind: 'part', offset, crc32c: crc32c(bytes), bytes }) as const
  const damaged: readonly (readonly [string, ToSnapshotReceiver, RpcError['code']])[] = [
    ['that was damaged', { ...partAt(0), bytes: new Uint8Array(10) }, 'DATA_LOSS'],
    ['that leaves a gap', partAt(10), 'OUT_OF_RANGE'],
    ['that is empty', partAt(0, new Uint8Array()), 'OUT_OF_RANGE'],
    ['that is too large', partAt(0, new Uint8Array(PART_BYTES_MAX + 1)), 'INVALID_ARGUMENT'],
    ['that is a header', header(newUuid()), 'INVALID_ARGUMENT'],
  ]

  for (const [name, part, code] of damaged)
    test(`${name} is refused, and nothing of it is written`, async () => {
      const shelf = new Shelf()
      const two = await replica({ nodeId: 2, onSnapshot: shelf.take })
      const sender = sending(two, header(two.id.directoryId))
      await sender.begun
      sender.stream.write(part)
      expect(await sender.end).toMatchObject({ code })
      expect([shelf.receivedBytes, shelf.finished]).toEqual([0, 0])
      await within(
        WAIT_MS,
        'abandoned',
        whenTrue(() => shelf.abandoned === 1),
      )
      expect(two.lines('a snapshot was not taken').length).toBe(1)
    })
})

describe('a sender that begins anew', () => {
  test('ends what it began before, first', async () => {
    const shelf = new Shelf()
    const two = await replica({ nodeId: 2, onSnapshot: shelf.take })
    const first = sending(two, header(two.id.directoryId))
    await first.begun
    const second = sending(two, header(two.id.directoryId))
    await second.begun
    expect(await first.end).toMatchObject({ code: 'ABORTED' })
    expect([shelf.offers.length, shelf.abandoned, shelf.isOpen]).toEqual([2, 1, true])
  })

  test('waits while what it sent before is being checked', async () => {
    const shelf = new Shelf()
    const checked = deferred()
    shelf.whenChecked = checked.promise
    shelf.receivedBytes = SIZE_BYTES
    const two = await replica({ nodeId: 2, onSnapshot: shelf.take })
    const first = sending(two, header(two.id.directoryId))
    await first.begun
    first.stream.end()
    const second = sending(two, header(two.id.directoryId))
    expect(await second.end).toMatchObject({ code: 'UNAVAILABLE' })
    checked.resolve()
    expect(await first.end).toBeNull()
    expect([shelf.offers.length, shelf.abandoned, shelf.finished]).toEqual([1, 0, 1])
  })
})

/** A sender that does as the test says. */
function sending(to: Replica, first: ToSnapshotReceiver) {
  const channel = new RpcChannel({
    to: to.address,
    ends: { from: 'the test', to: 'a replica' },
    clock: hostClock,
    keepalive: { timeMs: 60_000, timeoutMs: 60_000 },
    fatal: (error) => {
      throw error
    },
  })
  closing.push(() => channel.close())
  const stream = channel.stream(sendSnapshot)
  const [begun, end] = [deferred(), deferred<RpcError | null>()]
  stream.open({ message: () => begun.resolve(), closed: (error) => end.resolve(error) })
  stream.write(first)
  return {
    stream,
    begun: within(WAIT_MS, 'the beginning', begun.promise),
    end: within(WAIT_MS, 'the end', end.promise),
  }
}

const SENDER = stranger(1, { host: '127.0.0.1', port: 1 })

function header(directoryId: string): ToSnapshotReceiver {
  const { id, address } = SENDER
  return {
    kind: 'header',
    hello: {
      clusterId: null,
      replica: id,
      to: { ...stranger(2, address).id, directoryId },
      incarnationId: newUuid(),
      address,
      protocol: PROTOCOL,
    },
    endOffset: 1_000,
    epoch: 7,
    sizeBytes: SIZE_BYTES,
  }
}

describe('an introduction', () => {
  const introductionOf = ({ key }: Replica, founded = false): Introduction => ({
    replica: key,
    incarnationId: newUuid(),
    clusterId: null,
    founders: null,
    founded,
  })

  test('is answered, with what is proposed', async () => {
    const [one, two] = [await replica({ nodeId: 1 }), await replica({ nodeId: 2 })]
    const heard: unknown[] = []
    const answer = { ...introductionOf(two), founders: [one.key, two.key], founded: true }
    two.rpc.onIntroduction((from, proposed) => {
      heard.push(from, proposed)
      return answer
    })
    const introduction = introductionOf(one)
    const to = { nodeId: two.id.nodeId, ...two.address }
    expect(await one.rpc.introduce(to, introduction, [one.key, two.key], never)).toEqual(answer)
    expect(heard).toEqual([introduction, [one.key, two.key]])
  })

  test('goes where the operator insists that the node is', async () => {
    const two = await replica({ nodeId: 2 })
    const one = await replica({ nodeId: 1, overrides: new Map([[2, two.address]]) })
    two.rpc.onIntroduction(() => introductionOf(two))
    const nowhere = { nodeId: two.id.nodeId, host: '127.0.0.1', port: 1 }
    const answer = await one.rpc.introduce(nowhere, introductionOf(one), null, never)
    expect(answer.replica).toBe(two.key)
  })

  test('to nobody, to one that never speaks, or too early, rejects', async () => {
    const [one, two] = [await replica({ nodeId: 1 }), await replica({ nodeId: 2 })]
    const mute = await muteListener()
    closing.push(() => mute.close())
    const introducing = (to: { host: string; port: number }) =>
      within(
        WAIT_MS,
        'an answer',
        one.rpc.introduce({ nodeId: two.id.nodeId, ...to }, introductionOf(one), null, never),
      )
    await expect(introducing(two.address)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await expect(introducing({ host: '127.0.0.1', port: 1 })).rejects.toThrow('ECONNREFUSED')
    await expect(introducing(mute.address)).rejects.toThrow(/UNAVAILABLE|DEADLINE_EXCEEDED/)
  })

  test('that the disk cannot hold is refused with its code', async () => {
    const [one, two] = [await replica({ nodeId: 1 }), await replica({ nodeId: 2 })]
    two.rpc.onIntroduction(() => {
      throw new DiskError('DISK_FULL', 'no space left')
    })
    const to = { nodeId: two.id.nodeId, ...two.address }
    await expect(one.rpc.introduce(to, introductionOf(one), null, never)).rejects.toMatchObject({
      code: 'RESOURCE_EXHAUSTED',
      reason: 'DISK_FULL',
    })
  })
})

/** For what has no event of its own. */
function whenTrue(isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => (isSo() ? resolve() : setImmediate(look))
    look()
  })
}
