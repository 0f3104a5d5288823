// Goal: an append is whole or nothing whatever the disk does, a full disk recovers by itself, a
// broken one takes the log offline, and a failed fsync stops the node and is never tried again
// (SAFETY S18, S20; invariant D6). What an fsync made durable is what was there when it began (S7).
// Method: the real log on a disk in memory, behind a disk that fails where it is told to.
import { beforeEach, expect, test } from 'vitest'
import type { Log } from '../../../src/log/log.ts'
import { SyncGate } from '../../../src/log/sync-gate.ts'
import { verifyAgainstScan } from '../../../src/log/verify.ts'
import { errors } from '../../../src/wire/errors.ts'
import type { Fault } from './faulty-disk.ts'
import { FaultyDisk } from './faulty-disk.ts'
import { KeptLogger, append, batchOf, openLog, readAll, valuesOf } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const DIRECTORY = '/logs/t-0'

let memory: MemoryDisk
let disk: FaultyDisk
let logger: KeptLogger
let offline: Error[]
let fatal: Error[]

beforeEach(() => {
  memory = new MemoryDisk()
  disk = new FaultyDisk(memory)
  logger = new KeptLogger()
  offline = []
  fatal = []
})

const open = (options: Partial<Parameters<typeof openLog>[0]> = {}) =>
  openLog({
    disk,
    logger,
    directory: DIRECTORY,
    onOffline: (error) => offline.push(error),
    onFatal: (error) => fatal.push(error),
    ...options,
  })

const logBytes = () => memory.sizeBytes(`${DIRECTORY}/00000000000000000000.log`)

/** What a restart finds. */
const reopened = () => openLog({ disk: memory.afterKill(), directory: DIRECTORY })

/** Enough turns of the microtask queue for every step of a flush on the disk in memory. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}

test.each<Fault>(['full', 'short'])('a disk that is full (%s) refuses, and recovers', (fault) => {
  const log = open()
  append(log, batchOf(['one']))
  const sizeBytes = logBytes()
  disk.rules = [{ at: 'write', pathEnds: '.log', fault }]
  for (let attempt = 0; attempt < 3; attempt += 1)
    expect(append(log, batchOf(['lost']))).toEqual({
      errorCode: errors.KAFKA_STORAGE_ERROR,
      firstOffset: -1,
      lastOffset: -1,
      logAppendTimeMs: -1,
      duplicate: false,
    })
  expect(logBytes()).toBe(sizeBytes)
  expect({ end: log.logEndOffset, offline: log.offline, told: offline }).toEqual({
    end: 1,
    offline: null,
    told: [],
  })
  expect(valuesOf(readAll(log))).toEqual(['one'])
  disk.rules = []
  expect(append(log, batchOf(['two']))).toMatchObject({ errorCode: 0, firstOffset: 1 })
  expect(valuesOf(readAll(log))).toEqual(['one', 'two'])
  expect(valuesOf(readAll(reopened()))).toEqual(['one', 'two'])
  expect(logger.messages('error')).toEqual(['disk full'])
  expect(logger.messages('info')).toEqual(['disk has space again'])
})

test.each<Fault>(['broken', 'short-then-broken'])(
  'a write error (%s) takes it offline',
  (fault) => {
    const log = open()
    append(log, batchOf(['one']))
    const sizeBytes = logBytes()
    disk.rules = [{ at: 'write', pathEnds: '.log', fault }]
    expect(append(log, batchOf(['lost'])).errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
    disk.rules = []
    expect(logBytes()).toBe(sizeBytes)
    expect(offline).toHaveLength(1)
    expect(append(log, batchOf(['refused'])).errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
    expect(valuesOf(readAll(log))).toEqual(['one'])
    expect(valuesOf(readAll(reopened()))).toEqual(['one'])
  },
)

test('a short write that cannot be undone takes the log offline, and a restart cuts it', () => {
  const log = open()
  append(log, batchOf(['one']))
  disk.rules = [
    { at: 'write', pathEnds: '.log', fault: 'short' },
    { at: 'truncate', fault: 'broken' },
  ]
  expect(append(log, batchOf(['lost'])).errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
  disk.rules = []
  expect(log.offline?.message).toMatch(/cutting back failed/)
  expect(append(log, batchOf(['refused'])).errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
  expect(valuesOf(readAll(log))).toEqual(['one'])
  const next = reopened()
  expect(valuesOf(readAll(next))).toEqual(['one'])
  expect(next.loss.any).toBe(false)
  expect(next.recovery.cutBytes).toBeGreaterThan(0)
})

test('neither producers nor epochs nor the tail learn of an append that failed', () => {
  const log = open()
  const idempotent = { producerId: 1, producerEpoch: 0 }
  append(log, batchOf(['a'], { ...idempotent, baseSequence: 0 }), 3)
  disk.rules = [{ at: 'write', pathEnds: '.log', fault: 'short' }]
  const lost = batchOf(['b'], { ...idempotent, baseSequence: 1 })
  expect(append(log, lost, 4).errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
  disk.rules = []
  expect(log.latestEpoch).toBe(3)
  const again = batchOf(['b'], { ...idempotent, baseSequence: 1 })
  expect(append(log, again, 4)).toMatchObject({ errorCode: 0, firstOffset: 1, duplicate: false })
  expect(log.leaderEpochs).toEqual([
    { leaderEpoch: 3, startOffset: 0 },
    { leaderEpoch: 4, startOffset: 1 },
  ])
})

test.each(['open', 'write'] as const)('a roll that fails (%s) leaves no trace', async (at) => {
  const log = open({ config: { 'segment.bytes': 200 } })
  for (const value of ['one', 'two']) append(log, batchOf([value]))
  disk.rules = [
    { at, pathEnds: '00000000000000000002.log', fault: 'full' },
    { at, pathEnds: '00000000000000000002.index', fault: 'full' },
  ]
  expect(append(log, batchOf(['three'])).errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
  disk.rules = []
  expect(log.logEndOffset).toBe(2)
  expect(append(log, batchOf(['three'])).errorCode).toBe(0)
  expect(valuesOf(readAll(log))).toEqual(['one', 'two', 'three'])
  expect(valuesOf(readAll(reopened()))).toEqual(['one', 'two', 'three'])
  await log.close()
  expect(verifyAgainstScan(memory, DIRECTORY)).toEqual([])
})

test('an index that cannot be written for want of space costs nothing but the index', async () => {
  const log = open({ config: { 'index.interval.bytes': 0 } })
  disk.rules = [{ at: 'write', pathEnds: 'index', fault: 'full' }]
  for (let count = 0; count < 1_500; count += 1)
    expect(append(log, batchOf([`${count}`])).errorCode).toBe(0)
  expect(readAll(log)).toHaveLength(1_500)
  disk.rules = []
  await log.close()
  expect(verifyAgainstScan(memory, DIRECTORY)).toEqual([])
  const next = openLog({ disk: memory, directory: DIRECTORY, cleanShutdown: true })
  expect(readAll(next)).toHaveLength(1_500)
})

test('a failed fsync is fatal, is not tried again, and makes nothing durable', async () => {
  const log = open()
  append(log, batchOf(['one']))
  disk.rules = [{ at: 'sync', pathEnds: '.log', fault: 'broken' }]
  await expect(log.flush()).rejects.toThrow('planted')
  disk.rules = []
  const syncs = disk.calls.get('sync')
  await expect(log.flush()).rejects.toThrow('planted')
  expect(disk.calls.get('sync')).toBe(syncs)
  expect(fatal).toHaveLength(1)
  expect(log.flushedOffset).toBe(0)
  expect(append(log, batchOf(['two'])).errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
  await expect(log.close()).rejects.toThrow('planted')
})

test('a directory whose fsync fails is as fatal', async () => {
  const log = open({ config: { 'segment.bytes': 100 } })
  append(log, batchOf(['one']))
  disk.rules = [{ at: 'syncDirectory', fault: 'broken' }]
  append(log, batchOf(['two']))
  await expect(log.flush()).rejects.toThrow('planted')
  expect(fatal).toHaveLength(1)
})

test.each(['sync', 'syncDirectory'] as const)(
  'an fsync that fails while the log is cut (%s) is as fatal',
  (at) => {
    const log = open({ config: { 'segment.bytes': 100 } })
    for (const value of ['one', 'two', 'three']) append(log, batchOf([value]))
    disk.rules = [{ at, fault: 'broken' }]
    expect(() => {
      log.truncateTo(1)
    }).toThrow('planted')
    expect(fatal).toHaveLength(1)
    expect(offline).toEqual([])
  },
)

test('group commit: whoever comes during an fsync shares the next one', async () => {
  const log = open()
  await log.flush()
  disk.syncedPaths.length = 0
  disk.holdSyncs()
  append(log, batchOf(['first']))
  const first = log.flush()
  await settle()
  expect(disk.heldSyncs).toBe(1)
  const later: Promise<void>[] = []
  for (let count = 0; count < 100; count += 1) {
    append(log, batchOf([`later ${count}`]))
    later.push(log.flush())
  }
  await settle()
  expect(disk.heldSyncs).toBe(1)
  disk.release()
  await first
  // Only what had been appended when the fsync began.
  expect(log.flushedOffset).toBe(1)
  await Promise.all(later)
  expect(log.flushedOffset).toBe(101)
  expect(disk.syncedPaths.filter((path) => path.endsWith('.log'))).toHaveLength(2)
})

test('a flush that began before a truncation makes none of the later bytes durable', async () => {
  const log = open()
  append(log, batchOf(['one']))
  await log.flush()
  append(log, batchOf(['two']))
  disk.holdSyncs()
  const flushed = log.flush()
  await settle()
  expect(disk.heldSyncs).toBe(1)
  log.truncateTo(1)
  // As long as what was cut: the file looks as it did when the fsync began.
  append(log, batchOf(['TWO']))
  expect(log.truncationGeneration).toBe(1)
  disk.release()
  await flushed
  expect(log.flushedOffset).toBe(1)
  await log.flush()
  expect(log.flushedOffset).toBe(2)
})

test('a truncation lowers the recovery point before it touches a byte', async () => {
  const steps: string[] = []
  const sizeBytes = () => logBytes() ?? 0
  const log = open({ lowerRecoveryPoint: (offset) => steps.push(`${offset} at ${sizeBytes()}`) })
  append(log, batchOf(['one']))
  const oneBytes = sizeBytes()
  append(log, batchOf(['two']))
  const twoBytes = sizeBytes()
  log.truncateTo(1)
  expect(steps).toEqual([])
  append(log, batchOf(['two']))
  await log.flush()
  log.truncateTo(1)
  expect(steps).toEqual([`1 at ${twoBytes}`])
  expect({ size: sizeBytes(), flushed: log.flushedOffset }).toEqual({ size: oneBytes, flushed: 1 })
  const node = memory.files.get(`${DIRECTORY}/00000000000000000000.log`)
  expect(node?.durable.byteLength).toBe(oneBytes)
})

test('no more fsyncs are under way than the gate lets through', async () => {
  const syncGate = new SyncGate({ permits: 2 })
  const logs: Log[] = []
  for (let partition = 0; partition < 6; partition += 1)
    logs.push(openLog({ disk, directory: `/logs/t-${partition}`, partition, syncGate }))
  disk.holdSyncs()
  for (const log of logs) append(log, batchOf(['value']))
  const flushes = logs.map((log) => log.flush())
  await settle()
  expect(disk.heldSyncs).toBe(2)
  disk.release()
  await Promise.all(flushes)
  expect(logs.map((log) => log.flushedOffset)).toEqual([1, 1, 1, 1, 1, 1])
})

test('flush.messages=1 flushes without being asked; so does a lot of unsynced bytes', async () => {
  const each = open({ config: { 'flush.messages': 1 } })
  append(each, batchOf(['one']))
  await settle()
  expect(each.flushedOffset).toBe(1)

  const bulky = openLog({ disk, directory: '/logs/bulky-0' })
  const value = 'x'.repeat(1_000_000)
  for (let count = 0; count < 20; count += 1) append(bulky, batchOf([value]))
  await settle()
  expect(bulky.flushedOffset).toBeGreaterThan(0)
})

test('a deleted log takes its last fsyncs with it, quietly', async () => {
  const log = open({ config: { 'segment.bytes': 100 } })
  append(log, batchOf(['one']))
  disk.holdSyncs()
  append(log, batchOf(['two']))
  const flushed = log.flush()
  await settle()
  log.abandon()
  memory.rename(DIRECTORY, `${DIRECTORY}.gone`)
  disk.release()
  await flushed
  expect(fatal).toEqual([])
})

test('a flush makes the directory entries of new segments durable, too', async () => {
  const log = open({ config: { 'segment.bytes': 100 } })
  append(log, batchOf(['one']))
  await log.flush()
  append(log, batchOf(['two']))
  await log.flush()
  expect(memory.durableFiles.has(`${DIRECTORY}/00000000000000000001.log`)).toBe(true)
})
