// Goal: a reader at the tail costs no file I/O, bytes that were handed out never change, the budget
// holds for all logs together, and small batches pin no large buffers (ADR 3).
// Method: the real log behind a disk that counts reads; the cache's own accounting.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { giveBack } from '../../../src/bytes/loan.ts'
import type { Log } from '../../../src/log/log.ts'
import type { LogTail } from '../../../src/log/tail-cache.ts'
import { TailCache } from '../../../src/log/tail-cache.ts'
import { BatchCursor } from '../../../src/records/batch.ts'
import { FaultyDisk } from './faulty-disk.ts'
import { append, batchOf, openLog, readAll, recordsIn, valuesOf } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const everything = { upToOffset: Infinity, maxBytes: 1_000_000, atLeastOneBatch: true }

/** In a turn of its own: in the present one nothing goes that a WeakRef names. */
async function garbageIsCollected(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
}

test('a read at the tail touches no file, and gives small batches as one chunk', () => {
  const disk = new FaultyDisk(new MemoryDisk())
  const log = openLog({ disk, directory: '/logs/t-0' })
  for (let count = 0; count < 50; count += 1) append(log, batchOf([`value ${count}`]))
  disk.rules = [{ at: 'read', fault: 'broken' }]
  const read = log.read({ fromOffset: 10, ...everything })
  expect(valuesOf(recordsIn(read.chunks))).toEqual(
    Array.from({ length: 40 }, (_, index) => `value ${index + 10}`),
  )
  expect(read.chunks).toHaveLength(1)
})

test('the bytes of an append are only borrowed', () => {
  const log = openLog({ disk: new MemoryDisk(), directory: '/logs/t-0' })
  for (const size of [10, 20_000, 100_000, 2_000_000]) {
    const frame = batchOf(['x'.repeat(size)])
    append(log, frame)
    frame.fill(0xa5)
  }
  expect(valuesOf(readAll(log)).map(({ length }) => length)).toEqual([10, 20_000, 100_000, 2e6])
})

test('what a replica catches up with is not held; what comes behind it is, with nothing between', () => {
  const cache = new TailCache({ budgetBytes: 4_000_000 })
  const disk = new FaultyDisk(new MemoryDisk())
  const [other, log] = ['/logs/o-0', '/logs/t-0'].map((directory) =>
    openLog({ disk, directory, tailCache: cache }),
  ) as [Log, Log]
  append(other, batchOf(['at the tail']))
  const held = cache.usedBytes
  const values = Array.from({ length: 10 }, (_, index) => `${index}`.padEnd(1_000_000))
  const replicate = (baseOffset: number, committedBelow: number) =>
    log.append(batchOf([values[baseOffset] ?? ''], { baseOffset }), {
      ...{ leaderEpoch: 0, origin: 'replication' as const, committedBelow },
    })
  for (let offset = 0; offset < 8; offset += 1) replicate(offset, 8)
  expect(cache.usedBytes).toBe(held)
  replicate(8, 8)
  expect(cache.usedBytes).toBeGreaterThan(1_000_000)
  expect(valuesOf(readAll(log))).toEqual(values.slice(0, 9))
  // It falls behind once more: what it held is not at the tail any more.
  replicate(9, 10)
  expect(cache.usedBytes).toBe(held)
  expect(valuesOf(readAll(log))).toEqual(values)
  disk.rules = [{ at: 'read', fault: 'broken' }]
  expect(valuesOf(readAll(other))).toEqual(['at the tail'])
})

test('a slab is used again when all of it that was handed out has been given back', () => {
  const cache = new TailCache({ budgetBytes: 4_000_000 })
  const tail = cache.tail()
  let offset = 0
  /** Appends a batch of 400 KB, two of which fill a slab, and reads it. */
  const addAndRead = (): Uint8Array => {
    const bytes = batchOf([`${offset}`.padEnd(400_000)], { baseOffset: offset })
    tail.append(bytes, new BatchCursor(bytes))
    const [chunk] = tail.read(offset, everything)?.chunks ?? []
    offset += 1
    if (chunk === undefined) throw new Error('the newest batch is held')
    return chunk
  }
  const kept = Array.from({ length: 50 }, addAndRead)
  expect(new Set(kept.map(({ buffer }) => buffer)).size).toBeGreaterThanOrEqual(25)
  kept.forEach((chunk, index) =>
    expect(valuesOf(recordsIn([chunk])).map((value) => value.trimEnd())).toEqual([`${index}`]),
  )
  const buffers = new Set<ArrayBufferLike>()
  for (let round = 0; round < 50; round += 1) {
    const chunk = addAndRead()
    buffers.add(chunk.buffer)
    giveBack(chunk)
  }
  // Three slabs are in use, and one is spare.
  expect(buffers.size).toBeLessThanOrEqual(8)
  expect(cache.usedBytes).toBeLessThanOrEqual(4_000_000)
})

test('of what has left nothing is kept, also when what was read is not given back', async () => {
  const cache = new TailCache({ budgetBytes: 4_000_000 })
  const [quiet, busy] = [cache.tail(), cache.tail()]
  const add = (tail: LogTail, baseOffset: number, sizeBytes: number) => {
    const bytes = batchOf(['x'.repeat(sizeBytes)], { baseOffset })
    tail.append(bytes, new BatchCursor(bytes))
  }
  const gone: WeakRef<ArrayBufferLike>[] = []
  const living = () => gone.filter((buffer) => buffer.deref() !== undefined).length
  const read = (offset: number) => {
    const [chunk] = busy.read(offset, everything)?.chunks ?? []
    if (chunk) gone.push(new WeakRef(chunk.buffer))
  }
  // A slab that is older than all others, and lives.
  add(quiet, 0, 100)
  for (let offset = 0; offset < 40; offset += 1) {
    add(busy, offset, 1_000_000)
    read(offset)
    if (offset % 2 === 1) busy.forgetBelow(offset + 1)
  }
  expect([quiet.holds(0), busy.holds(39), gone.length]).toEqual([true, false, 40])
  for (let offset = 40; offset < 80; offset += 1) {
    add(busy, offset, 1_000_000)
    read(offset)
  }
  expect(quiet.holds(0)).toBe(false)
  await garbageIsCollected()
  expect(living()).toBeLessThanOrEqual(8)
})

test('bytes handed out do not change when the log is truncated and appended to', () => {
  const log = openLog({ disk: new MemoryDisk(), directory: '/logs/t-0' })
  for (const value of ['one', 'two', 'three']) append(log, batchOf([value]))
  const { chunks } = log.read({ fromOffset: 0, ...everything })
  log.truncateTo(1)
  for (const value of ['TWO', 'THREE']) append(log, batchOf([value]))
  expect(valuesOf(recordsIn(chunks))).toEqual(['one', 'two', 'three'])
  expect(valuesOf(readAll(log))).toEqual(['one', 'TWO', 'THREE'])
})

test('what a reader may not see yet is not given, to the batch', () => {
  const log = openLog({ disk: new MemoryDisk(), directory: '/logs/t-0' })
  for (const value of ['one', 'two', 'three']) append(log, batchOf([value, value]))
  const read = (fromOffset: number, upToOffset: number) =>
    recordsIn(log.read({ ...everything, fromOffset, upToOffset }).chunks).map(
      ({ offset }) => offset,
    )
  expect(read(0, 4)).toEqual([0, 1, 2, 3])
  expect(read(0, 3)).toEqual([0, 1])
  expect(read(1, 2)).toEqual([0, 1])
  expect(read(4, 4)).toEqual([])
})

test('the budget holds over all logs, and the oldest goes first', () => {
  const cache = new TailCache({ budgetBytes: 300_000 })
  const tails = [cache.tail(), cache.tail(), cache.tail()]
  const ends = [0, 0, 0]
  for (let count = 0; count < 600; count += 1) {
    const which = count % 3
    const tail = tails[which]
    const bytes = batchOf(['x'.repeat((count * 997) % 30_000)], { baseOffset: ends[which] ?? 0 })
    tail?.append(bytes, new BatchCursor(bytes))
    ends[which] = (ends[which] ?? 0) + 1
    expect(cache.usedBytes).toBeLessThanOrEqual(300_000)
  }
  for (const [which, tail] of tails.entries()) {
    expect(tail.holds(ends[which] ?? 0)).toBe(false)
    expect(tail.holds((ends[which] ?? 0) - 1)).toBe(true)
    expect(tail.holds(0)).toBe(false)
  }
  for (const tail of tails) tail.clear()
  expect(cache.usedBytes).toBe(0)
})

test('a batch beyond the whole budget is simply not held', () => {
  const cache = new TailCache({ budgetBytes: 10_000 })
  const tail = cache.tail()
  const bytes = batchOf(['x'.repeat(50_000)])
  tail.append(bytes, new BatchCursor(bytes))
  expect([tail.holds(0), cache.usedBytes]).toEqual([false, 0])
  const small = batchOf(['y'], { baseOffset: 1 })
  tail.append(small, new BatchCursor(small))
  expect([tail.holds(0), tail.holds(1)]).toEqual([false, true])
})

test('what was compacted is forgotten, and what is behind it is not', () => {
  const cache = new TailCache({ budgetBytes: 4_000_000 })
  const tail = cache.tail()
  const add = (offset: number, sizeBytes: number) => {
    const bytes = batchOf([`${offset}`.padEnd(sizeBytes)], { baseOffset: offset })
    tail.append(bytes, new BatchCursor(bytes))
  }
  const held = () => Array.from({ length: 8 }, (_, offset) => offset).filter((at) => tail.holds(at))
  for (const offset of [0, 1, 2, 3]) add(offset, 700_000)
  add(4, 1_000)
  const before = cache.usedBytes
  tail.forgetBelow(2)
  expect(held()).toEqual([2, 3, 4])
  expect(before - cache.usedBytes).toBeGreaterThan(1_000_000)
  // In the middle of a slab.
  add(5, 1_000)
  tail.forgetBelow(5)
  expect(held()).toEqual([5])
  tail.truncateTo(5)
  expect(held()).toEqual([])
  add(5, 10)
  add(6, 10)
  tail.forgetBelow(3)
  const { chunks = [] } = tail.read(5, everything) ?? {}
  expect([held(), valuesOf(recordsIn(chunks)).map((value) => value.trim())]).toEqual([
    [5, 6],
    ['5', '6'],
  ])
  tail.forgetBelow(7)
  expect([held(), cache.usedBytes]).toEqual([[], 0])
  add(7, 10)
  expect(held()).toEqual([7])
})
