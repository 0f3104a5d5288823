// Goal: a batch sent twice is in the log once, for the five batches a producer may have in flight,
// across restarts, torn tails, truncation and the wrap of sequences (KIP-98; invariant E1).
// Method: the real log on a disk in memory, driven as an idempotent client drives it; the snapshot
// format against bytes written out by hand.
import { beforeEach, describe, expect, test } from 'vitest'
import type { Log } from '../../../src/log/log.ts'
import { parseProducerSnapshot, printProducerSnapshot } from '../../../src/log/producer-snapshot.ts'
import { PRODUCERS_MAX, ProducerState } from '../../../src/log/producer-state.ts'
import { BatchCursor } from '../../../src/records/batch.ts'
import { errors } from '../../../src/wire/errors.ts'
import type { OpenOptions } from './fixture.ts'
import { ManualClock, append, batchOf, openLog } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const DIRECTORY = '/logs/t-0'
const INT32_MAX = 0x7fff_ffff

let disk: MemoryDisk
let clock: ManualClock

beforeEach(() => {
  disk = new MemoryDisk()
  clock = new ManualClock()
})

const open = (options: Partial<OpenOptions> = {}) =>
  openLog({ disk, clock, directory: DIRECTORY, ...options })

/** Sends `count` records from `baseSequence` on; one word tells what came of it. */
function send(
  log: Log,
  baseSequence: number,
  { producerId = 7, producerEpoch = 0, count = 1, isTransactional = false } = {},
): string {
  const values = Array.from({ length: count }, () => 'value')
  const options = { producerId, producerEpoch, baseSequence, isTransactional }
  const result = append(log, batchOf(values, options))
  if (result.errorCode !== 0) return `error ${result.errorCode}`
  return `${result.duplicate ? 'duplicate of' : 'appended at'} ${result.firstOffset}`
}

const OUT_OF_ORDER = `error ${errors.OUT_OF_ORDER_SEQUENCE_NUMBER}`
const OLD_EPOCH = `error ${errors.INVALID_PRODUCER_EPOCH}`

test('the last five batches are known; older ones, gaps and repeats with another size are not', () => {
  const log = open()
  const sent = [0, 1, 2, 3, 4, 5].map((sequence) => send(log, sequence))
  expect(sent).toEqual([0, 1, 2, 3, 4, 5].map((offset) => `appended at ${offset}`))
  expect([5, 4, 3, 2, 1].map((sequence) => send(log, sequence))).toEqual(
    [5, 4, 3, 2, 1].map((offset) => `duplicate of ${offset}`),
  )
  expect(send(log, 0)).toBe(OUT_OF_ORDER)
  expect(send(log, 7)).toBe(OUT_OF_ORDER)
  expect(send(log, 5, { count: 2 })).toBe(OUT_OF_ORDER)
  expect(send(log, 6, { count: 3 })).toBe('appended at 6')
  expect(send(log, 9)).toBe('appended at 9')
  expect(log.logEndOffset).toBe(10)
})

test('epochs: an old one is refused, a new one begins at 0, an unknown producer anywhere', () => {
  const log = open()
  expect(send(log, 100)).toBe('appended at 0')
  expect(send(log, 5, { producerEpoch: 1 })).toBe(OUT_OF_ORDER)
  expect(send(log, 0, { producerEpoch: 1 })).toBe('appended at 1')
  expect(send(log, 101)).toBe(OLD_EPOCH)
  expect(send(log, 100)).toBe(OLD_EPOCH)
  expect(send(log, 1, { producerEpoch: 1 })).toBe('appended at 2')
  expect(send(log, 0, { producerId: 8 })).toBe('appended at 3')
})

test('sequences wrap behind 2^31 - 1, between batches and within one', () => {
  const log = open()
  expect(send(log, INT32_MAX)).toBe('appended at 0')
  expect(send(log, 0)).toBe('appended at 1')
  expect(send(log, INT32_MAX)).toBe('duplicate of 0')
  expect(send(log, INT32_MAX - 1, { producerId: 9, count: 4 })).toBe('appended at 2')
  expect(send(log, 2, { producerId: 9 })).toBe('appended at 6')
  expect(send(log, INT32_MAX - 1, { producerId: 9, count: 4 })).toBe('duplicate of 2')
})

test('a batch without a producer id is never a duplicate', () => {
  const log = open()
  const bytes = () => batchOf(['same'], { producerId: -1, producerEpoch: 0, baseSequence: 0 })
  expect(
    [append(log, bytes()), append(log, bytes())].map(({ firstOffset }) => firstOffset),
  ).toEqual([0, 1])
  expect(log.producers.size).toBe(0)
})

test('a batch outside of the open transaction of its producer is refused', () => {
  const log = open()
  expect(send(log, 0, { isTransactional: true })).toBe('appended at 0')
  expect(send(log, 1)).toBe(`error ${errors.INVALID_TXN_STATE}`)
  expect(send(log, 1, { isTransactional: true })).toBe('appended at 1')
  log.advanceHighWatermark(2)
  expect(log.lastStableOffset).toBe(0)
})

describe.each([
  { name: 'a clean restart', clean: true, segmentBytes: 1_000_000 },
  { name: 'a kill', clean: false, segmentBytes: 1_000_000 },
  { name: 'a clean restart, many segments', clean: true, segmentBytes: 200 },
  { name: 'a kill, many segments', clean: false, segmentBytes: 200 },
])('after $name', ({ clean, segmentBytes }) => {
  const config = { 'segment.bytes': segmentBytes }

  const restart = async (log: Log) => {
    const end = log.logEndOffset
    if (clean) {
      await log.close()
      return open({ config, cleanShutdown: true, recoveryPoint: end })
    }
    disk = disk.afterKill()
    return open({ config })
  }

  test('the last five batches of each producer are known', async () => {
    let log = open({ config })
    for (const sequence of [0, 1, 2, 3, 4, 5, 6])
      for (const producerId of [7, 8]) send(log, sequence, { producerId })
    log = await restart(log)
    expect([6, 5, 4, 3, 2].map((sequence) => send(log, sequence, { producerId: 8 }))).toEqual(
      [13, 11, 9, 7, 5].map((offset) => `duplicate of ${offset}`),
    )
    expect(send(log, 1)).toBe(OUT_OF_ORDER)
    expect(send(log, 7)).toBe('appended at 14')
    log = await restart(log)
    expect(send(log, 7)).toBe('duplicate of 14')
    expect(send(log, 6, { producerId: 8 })).toBe('duplicate of 13')
  })

  test('an old epoch is still refused', async () => {
    const before = open({ config })
    send(before, 0, { producerEpoch: 3 })
    const log = await restart(before)
    expect(send(log, 1, { producerEpoch: 2 })).toBe(OLD_EPOCH)
  })
})

test('a batch that a torn tail took away may be sent again', () => {
  const log = open()
  send(log, 0)
  const sizeBytes = disk.sizeBytes(`${DIRECTORY}/00000000000000000000.log`) ?? 0
  send(log, 1)
  disk = disk.afterKill()
  const node = disk.files.get(`${DIRECTORY}/00000000000000000000.log`)
  if (node) node.bytes = node.bytes.slice(0, sizeBytes + 30)
  const next = open()
  expect(next.logEndOffset).toBe(1)
  expect(send(next, 0)).toBe('duplicate of 0')
  expect(send(next, 1)).toBe('appended at 1')
})

test('truncation forgets what it took, also when a snapshot knew of it', async () => {
  const log = open({ config: { 'segment.bytes': 200 } })
  for (let sequence = 0; sequence < 9; sequence += 1) send(log, sequence)
  send(log, 0, { producerId: 8 })
  log.truncateTo(4)
  expect(send(log, 4)).toBe('appended at 4')
  expect(send(log, 3)).toBe('duplicate of 3')
  expect(send(log, 0, { producerId: 8 })).toBe('appended at 5')
  await log.close()
})

test('followers remember producers, too, without checking them', () => {
  const log = open()
  const batches = [5, 6].map((baseSequence, index) =>
    batchOf(['v'], {
      baseOffset: index,
      leaderEpoch: 2,
      producerId: 7,
      producerEpoch: 0,
      baseSequence,
    }),
  )
  const bytes = new Uint8Array(Buffer.concat(batches))
  expect(log.append(bytes, { leaderEpoch: -1, origin: 'replication' }).errorCode).toBe(0)
  // Elected, it answers as the old leader would have.
  log.assignEpoch(3)
  const again = batchOf(['v'], { producerId: 7, producerEpoch: 0, baseSequence: 5 })
  expect(append(log, again, 3)).toMatchObject({ duplicate: true, firstOffset: 0 })
})

test('silent producers are forgotten, by the time of the append, not of the records', () => {
  const log = open({ producerIdExpirationMs: 1_000 })
  send(log, 0)
  clock.advance(900)
  send(log, 0, { producerId: 8 })
  clock.advance(200)
  log.expireProducers(clock.nowMs)
  expect(log.producers.size).toBe(1)
  expect(send(log, 0)).toBe('appended at 2')
  expect(send(log, 0, { producerId: 8 })).toBe('duplicate of 1')
})

test('there is a bound on producers, and those silent longest go first', () => {
  const state = new ProducerState()
  for (let producerId = 0; producerId <= PRODUCERS_MAX; producerId += 1) {
    const bytes = batchOf(['v'], { producerId, producerEpoch: 0, baseSequence: 0 })
    state.update(new BatchCursor(bytes), producerId)
  }
  expect(state.size).toBeLessThanOrEqual(PRODUCERS_MAX)
  expect(state.get(0)).toBeUndefined()
  expect(state.get(PRODUCERS_MAX)).toBeDefined()
})

test('a snapshot is Kafka’s, byte for byte', () => {
  const bytes = printProducerSnapshot([
    {
      producerId: 0x0102,
      producerEpoch: 3,
      coordinatorEpoch: -1,
      lastActiveMs: 1_700_000_000_000,
      openTransactionOffset: -1,
      batches: [
        { firstSequence: 5, lastSequence: 7, firstOffset: 98, lastOffset: 100, timestampMs: 1 },
      ],
    },
  ])
  expect(Buffer.from(bytes).toString('hex')).toBe(
    [
      '0001', // version
      '1c891716', // CRC-32C of all that follows
      '00000001', // one producer
      '0000000000000102', // producer id
      '0003', // epoch
      '00000007', // last sequence
      '0000000000000064', // last offset
      '00000002', // offset delta
      '0000018bcfe56800', // timestamp
      'ffffffff', // coordinator epoch
      'ffffffffffffffff', // first offset of the open transaction
    ].join(''),
  )
  const [entry] = parseProducerSnapshot(bytes) ?? []
  expect(entry).toMatchObject({
    producerId: 0x0102,
    batches: [{ firstSequence: 5, lastOffset: 100 }],
  })
  for (let at = 0; at < bytes.byteLength; at += 1) {
    const damaged = bytes.slice()
    damaged[at] = (damaged[at] ?? 0) ^ 0x10
    expect(parseProducerSnapshot(damaged), `byte ${at}`).toBeNull()
    expect(parseProducerSnapshot(bytes.subarray(0, at)), `cut to ${at}`).toBeNull()
  }
})
