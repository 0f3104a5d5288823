// Goal: segments are rolled and deleted when Kafka would, and never anything
// beyond the high watermark is (invariant D5).
// Method: the real log on a disk in memory with a clock that moves when told.
import { beforeEach, expect, test } from 'vitest'
import { expiredSegments } from '../../../src/log/retention.ts'
import { errors } from '../../../src/wire/errors.ts'
import type { OpenOptions } from './fixture.ts'
import {
  ManualClock,
  append,
  applyRetention,
  batchOf,
  openLog,
  readAll,
  valuesOf,
} from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const DIRECTORY = '/logs/t-0'

let disk: MemoryDisk
let clock: ManualClock

beforeEach(() => {
  disk = new MemoryDisk()
  clock = new ManualClock()
})

const open = (options: Partial<OpenOptions> = {}) =>
  openLog({ disk, clock, directory: DIRECTORY, ...options })
const bases = () =>
  [...disk.files.keys()]
    .filter((path) => path.endsWith('.log'))
    .map((path) => Number(path.slice(-24, -4)))
    .sort((a, b) => a - b)

test('by size: a batch that would not fit begins the next segment', () => {
  const one = batchOf(['x'.repeat(100)]).byteLength
  const log = open({ config: { 'segment.bytes': one * 2 } })
  for (let count = 0; count < 5; count += 1) append(log, batchOf(['x'.repeat(100)]))
  expect(bases()).toEqual([0, 2, 4])
  const tooLarge = append(log, batchOf(['x'.repeat(300)]))
  expect(tooLarge.errorCode).toBe(errors.RECORD_LIST_TOO_LARGE)
})

test('by time: the age is counted between the timestamps of the batches', () => {
  const log = open({ config: { 'segment.ms': 1_000 } })
  const at = (timestampMs: number) => append(log, batchOf(['v'], { timestampMs }))
  at(50_000)
  at(51_000)
  // The clock says otherwise; the batches decide.
  clock.advance(1_000_000)
  at(50_500)
  expect(bases()).toEqual([0])
  at(51_001)
  expect(bases()).toEqual([0, 3])
})

test('by time, earlier by a jitter that is drawn for each segment, also after a change', () => {
  const random = { next: () => 0.5, bytes: (count: number) => new Uint8Array(count) }
  const log = open({ random, config: { 'segment.ms': 1_000 } })
  const at = (timestampMs: number) => append(log, batchOf(['v'], { timestampMs }))
  log.updateConfig({ ...log.config, 'segment.jitter.ms': 800 })
  at(50_000)
  at(50_900)
  expect(bases()).toEqual([0])
  log.roll()
  at(60_000)
  at(60_600)
  expect(bases()).toEqual([0, 2])
  at(60_601)
  expect(bases()).toEqual([0, 2, 4])
})

test('by time, without timestamps: the clock decides', () => {
  const log = open({ config: { 'segment.ms': 1_000 } })
  const bare = () => append(log, batchOf(['v'], { timestampMs: -1 }))
  bare()
  clock.advance(1_000)
  bare()
  expect(bases()).toEqual([0])
  clock.advance(1)
  bare()
  expect(bases()).toEqual([0, 2])
})

test('jitter makes a segment roll earlier', () => {
  const random = { next: () => 0.5, bytes: (count: number) => new Uint8Array(count) }
  const log = open({ random, config: { 'segment.ms': 1_000, 'segment.jitter.ms': 400 } })
  append(log, batchOf(['v'], { timestampMs: 10_000 }))
  append(log, batchOf(['v'], { timestampMs: 10_801 }))
  expect(bases()).toEqual([0, 1])
})

test('by a full index', () => {
  const log = open({ config: { 'segment.index.bytes': 48, 'index.interval.bytes': 0 } })
  for (let count = 0; count < 10; count += 1) append(log, batchOf(['v']))
  // Six entries fill it, and the first batch of a segment has none.
  expect(bases()).toEqual([0, 7])
})

test('a replicated run is cut at the segments; a batch beyond segment.bytes has one of its own', () => {
  const log = open({ config: { 'segment.bytes': 300 } })
  const values = ['a', 'b', 'c', 'x'.repeat(400), 'd', 'e']
  const batches = values.map((value, baseOffset) =>
    batchOf([value], { baseOffset, leaderEpoch: 1 }),
  )
  const bytes = new Uint8Array(Buffer.concat(batches))
  expect(log.append(bytes, { leaderEpoch: -1, origin: 'replication' })).toMatchObject({
    errorCode: 0,
    firstOffset: 0,
    lastOffset: 5,
  })
  expect(bases()).toEqual([0, 3, 4])
  expect(valuesOf(readAll(log))).toEqual(values)
  expect(valuesOf(readAll(openLog({ disk: disk.afterKill(), directory: DIRECTORY })))).toEqual(
    values,
  )
})

test('replicated batches must be sound, in order, and at the log end', () => {
  const log = open()
  const replicate = (...batches: Uint8Array[]) =>
    log.append(new Uint8Array(Buffer.concat(batches)), { leaderEpoch: -1, origin: 'replication' })
      .errorCode
  const at = (baseOffset: number, leaderEpoch = 3) => batchOf(['v'], { baseOffset, leaderEpoch })
  expect(replicate(at(0), at(1))).toBe(0)
  const damaged = at(2)
  damaged[65] = (damaged[65] ?? 0) ^ 1
  expect(replicate(damaged)).toBe(errors.CORRUPT_MESSAGE)
  expect(replicate(at(2), damaged)).toBe(errors.CORRUPT_MESSAGE)
  expect(replicate(at(2).subarray(0, 60))).toBe(errors.CORRUPT_MESSAGE)
  expect(replicate(at(2), at(3, 2))).toBe(errors.CORRUPT_MESSAGE)
  expect(replicate(at(2, 2))).toBe(errors.CORRUPT_MESSAGE)
  expect(replicate(at(1))).toBe(errors.OFFSET_OUT_OF_RANGE)
  expect(replicate()).toBe(errors.CORRUPT_MESSAGE)
  expect(log.logEndOffset).toBe(2)
  expect(replicate(at(2, 4))).toBe(0)
})

test('an empty log begins in the middle of a batch when its leader’s does', async () => {
  const log = open()
  log.truncateFullyAndStartAt(15)
  const bytes = batchOf(
    Array.from({ length: 10 }, (_, index) => `${index + 10}`),
    {
      baseOffset: 10,
      leaderEpoch: 1,
    },
  )
  expect(log.append(bytes, { leaderEpoch: -1, origin: 'replication' }).errorCode).toBe(0)
  expect([log.logStartOffset, log.highWatermark, log.logEndOffset]).toEqual([15, 15, 20])
  const seen = () => readAll(log).map(({ offset }) => offset)
  expect(seen()).toEqual([15, 16, 17, 18, 19])
  await log.flush()
  const next = openLog({ disk: disk.afterKill(), directory: DIRECTORY, logStartOffset: 15 })
  expect(readAll(next)).toHaveLength(5)
})

test('retention by time goes by the youngest record, and rolls the active segment first', () => {
  const log = open({ config: { 'segment.bytes': 100, 'retention.ms': 10_000 } })
  const { nowMs } = clock
  append(log, batchOf(['old'], { timestampMs: nowMs - 30_000 }))
  append(log, batchOf(['young'], { timestampMs: nowMs - 5_000 }))
  append(log, batchOf(['old'], { timestampMs: nowMs - 30_000 }))
  append(log, batchOf(['oldest'], { timestampMs: nowMs - 50_000 }))
  log.advanceHighWatermark(4)
  expect(applyRetention(log, clock.nowMs)).toBe(1)
  expect([log.logStartOffset, log.segmentCount]).toEqual([1, 3])
  clock.advance(6_000)
  // Everything is old now: the active segment is rolled, and the log is empty at its end.
  expect(applyRetention(log, clock.nowMs)).toBe(3)
  expect([log.logStartOffset, log.logEndOffset, log.segmentCount]).toEqual([4, 4, 1])
  expect(applyRetention(log, clock.nowMs + 1e9)).toBe(0)
  expect(bases()).toEqual([4])
})

test('nothing beyond the high watermark is deleted', () => {
  const log = open({ config: { 'segment.bytes': 150, 'retention.bytes': 0 } })
  for (const value of ['a', 'b', 'c', 'd', 'e', 'f']) append(log, batchOf([value]))
  log.advanceHighWatermark(3)
  expect(applyRetention(log, clock.nowMs)).toBe(1)
  expect(valuesOf(readAll(log))).toEqual(['c', 'd', 'e', 'f'])
})

test('what a log start passed goes also from compacted logs, where age and size do not count', () => {
  const log = open({
    config: { 'cleanup.policy': ['compact'], 'segment.bytes': 150, 'retention.ms': 1 },
  })
  for (const value of ['a', 'b', 'c', 'd']) append(log, batchOf([value], { timestampMs: 1 }))
  log.advanceHighWatermark(4)
  expect(applyRetention(log, clock.nowMs)).toBe(0)
  expect(log.advanceLogStart(5)).toBe(errors.OFFSET_OUT_OF_RANGE)
  expect(log.advanceLogStart(3)).toBe(0)
  expect(applyRetention(log, clock.nowMs)).toBe(1)
  expect(valuesOf(readAll(log))).toEqual(['d'])
})

test('by size, only what is wholly beyond the limit', () => {
  const segments = [0, 10, 20, 30].map((baseOffset) => ({
    baseOffset,
    sizeBytes: baseOffset === 30 ? 50 : 100,
    youngestMs: () => 0,
  }))
  const expired = (retentionBytes: number, highWatermark = 40) =>
    expiredSegments(
      segments,
      { log: { logStartOffset: 0, highWatermark, logEndOffset: 40 }, nowMs: 1e12 },
      { 'cleanup.policy': ['delete'], 'retention.ms': Infinity, 'retention.bytes': retentionBytes },
    )
  expect(expired(250)).toEqual({ count: 1, reason: 'size' })
  expect(expired(251).count).toBe(0)
  expect(expired(Infinity).count).toBe(0)
  expect(expired(0, 25).count).toBe(2)
})
