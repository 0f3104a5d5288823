// Goal: a full disk refuses and recovers, and never stops the node: only a failed fsync does, out
// of space or not, and is not tried again (SAFETY S18). A file that does not open, or cannot be
// read, costs what needs it: no pins are left, nothing fails in silence, and the directory stays.
// Method: the real log and log manager on a disk in memory that fails where it is told to.
import { beforeEach, expect, test } from 'vitest'
import { hostRandom } from '../../../src/host/random.ts'
import { CheckpointFile } from '../../../src/log/checkpoint.ts'
import { FilePool } from '../../../src/log/file-pool.ts'
import { LogManager } from '../../../src/log/log-manager.ts'
import { SyncFailed } from '../../../src/log/sync-failed.ts'
import { errors } from '../../../src/wire/errors.ts'
import type { FaultPoint } from './faulty-disk.ts'
import { FaultyDisk } from './faulty-disk.ts'
import {
  applyRetention,
  KeptLogger,
  ManualClock,
  TOPIC_ID,
  append,
  batchOf,
  config,
  openLog,
  readAll,
  valuesOf,
} from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const DIRECTORY = '/logs/t-0'
const EPOCH_FILE = `${DIRECTORY}/leader-epoch-checkpoint`

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

const text = (path: string) => new TextDecoder().decode(memory.files.get(path)?.bytes)
const temporaries = () => memory.list(DIRECTORY).filter(({ name }) => name.endsWith('.tmp'))

test.each<{ at: FaultPoint; fault: 'full' | 'short'; pathEnds: string }>([
  { at: 'open', fault: 'full', pathEnds: '.tmp' },
  { at: 'write', fault: 'full', pathEnds: '.tmp' },
  { at: 'write', fault: 'short', pathEnds: '.tmp' },
  { at: 'rename', fault: 'full', pathEnds: 'leader-epoch-checkpoint' },
])('no space for the epochs ($at, $fault) holds up no flush', async (rule) => {
  const log = open()
  append(log, batchOf(['one']), 3)
  disk.rules = [rule]
  await log.flush()
  append(log, batchOf(['two']), 4)
  await log.flush()
  expect({ fatal, offline, flushed: log.flushedOffset }).toEqual({
    fatal: [],
    offline: [],
    flushed: 2,
  })
  expect(logger.messages('error')).toEqual([expect.stringContaining('leader epochs not written')])
  expect(memory.exists(EPOCH_FILE)).toBe(false)
  expect(temporaries()).toEqual([])

  // What was promised holds without the file: the batches repeat it.
  const found = openLog({ disk: memory.afterKill(), directory: DIRECTORY, recoveryPoint: 2 })
  expect(found.leaderEpochs).toEqual(log.leaderEpochs)

  disk.rules = []
  await log.flush()
  expect(text(EPOCH_FILE)).toBe('0\n2\n3 0\n4 1\n')
})

test('epochs that cannot be written for another reason take the directory offline', async () => {
  const log = open()
  append(log, batchOf(['one']), 3)
  disk.rules = [{ at: 'write', pathEnds: '.tmp', fault: 'broken' }]
  await log.flush()
  expect({ fatal, offline: offline.length }).toEqual({ fatal: [], offline: 1 })
  expect(append(log, batchOf(['two']), 3).errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
})

test.each(['.log', '.tmp'])('an fsync of a %s without space is fatal, once', async (pathEnds) => {
  const log = open()
  append(log, batchOf(['one']), 3)
  disk.rules = [{ at: 'sync', pathEnds, fault: 'full' }]
  await expect(log.flush()).rejects.toSatisfy(
    (error) => error instanceof SyncFailed && error.code === 'DISK_FAILED',
  )
  disk.rules = []
  const syncs = disk.calls.get('sync')
  await expect(log.flush()).rejects.toBeInstanceOf(SyncFailed)
  expect({
    syncs: disk.calls.get('sync'),
    fatal: fatal.length,
    flushed: log.flushedOffset,
  }).toEqual({ syncs, fatal: 1, flushed: 0 })
})

test('a checkpoint tells a failed fsync from a full disk, and leaves the old content', async () => {
  memory.makeDirectory('/d')
  const file = new CheckpointFile(disk, '/d/point')
  const bytes = (value: string) => new TextEncoder().encode(value)
  file.writeNow(bytes('old'))
  disk.rules = [{ at: 'write', fault: 'short' }]
  await expect(file.write(bytes('new'))).rejects.toMatchObject({ code: 'DISK_FULL' })
  expect(() => file.writeNow(bytes('new'))).toThrow(/bytes written/)
  disk.rules = [{ at: 'sync', fault: 'full' }]
  await expect(file.write(bytes('new'))).rejects.toBeInstanceOf(SyncFailed)
  expect(() => file.writeNow(bytes('new'))).toThrow(SyncFailed)
  expect(text('/d/point')).toBe('old')
})

test('a truncation that cannot lower the recovery point has changed nothing', async () => {
  let full = true
  const lowered: number[] = []
  const log = open({
    lowerRecoveryPoint: (offset) => {
      if (full) new CheckpointFile(disk, '/logs/points').writeNow(new Uint8Array(10))
      lowered.push(offset)
    },
  })
  for (const value of ['one', 'two']) append(log, batchOf([value]))
  await log.flush()
  disk.rules = [{ at: 'write', pathEnds: '.tmp', fault: 'full' }]
  expect(() => log.truncateTo(1)).toThrow(/planted/)
  expect({ end: log.logEndOffset, offline: log.offline }).toEqual({ end: 2, offline: null })
  full = false
  log.truncateTo(1)
  expect({ end: log.logEndOffset, lowered }).toEqual({ end: 1, lowered: [1] })
})

test('a torn producer snapshot is none', async () => {
  const log = open({ config: { 'segment.bytes': 200 } })
  const idempotent = { producerId: 1, producerEpoch: 0 }
  disk.rules = [{ at: 'write', pathEnds: '.snapshot', fault: 'short' }]
  for (let baseSequence = 0; baseSequence < 6; baseSequence += 1)
    append(log, batchOf(['v'], { ...idempotent, baseSequence }))
  await log.close()
  expect(memory.list(DIRECTORY).filter(({ name }) => name.endsWith('.snapshot'))).toEqual([])
  const next = openLog({ disk: memory, directory: DIRECTORY, cleanShutdown: true })
  const again = batchOf(['v'], { ...idempotent, baseSequence: 5 })
  expect(append(next, again)).toMatchObject({ duplicate: true, firstOffset: 5 })
})

test('a stop on a full disk ends in order: not clean, one line, nothing fatal', async () => {
  const manager = LogManager.open({
    disk,
    clock: new ManualClock(),
    logger,
    random: hostRandom,
    directory: '/logs',
    configOf: () => config,
    onFatal: (error) => fatal.push(error),
    onOffline: (error) => offline.push(error),
  })
  const log = manager.create({ topic: 't', partition: 0, topicId: TOPIC_ID, config })
  append(log, batchOf(['one']), 3)
  await log.flush()
  append(log, batchOf(['two']), 4)
  disk.rules = [
    { at: 'write', fault: 'full' },
    { at: 'open', pathEnds: '.tmp', fault: 'full' },
  ]
  expect(await manager.close({ brokerEpoch: 1 })).toBe(false)
  expect({ fatal, offline }).toEqual({ fatal: [], offline: [] })
  expect(logger.messages('error')).toEqual(['the stop is not clean'])
  expect(memory.exists('/logs/.kafka_cleanshutdown')).toBe(false)
  const next = openLog({ disk: memory, directory: DIRECTORY })
  expect(valuesOf(readAll(next))).toEqual(['one', 'two'])
  expect(next.leaderEpochs).toEqual(log.leaderEpochs)
})

test('a file that does not open for its fsync is told of, and leaves nothing pinned', async () => {
  const before = open({ config: { 'segment.bytes': 100 } })
  for (const value of ['one', 'two', 'three']) append(before, batchOf([value]))
  memory = memory.afterKill()
  disk = new FaultyDisk(memory)
  const files = new FilePool({ disk })
  const log = open({ files })
  // None of the recovered segments is fsynced yet, and all of them are closed.
  files.makeRoom()
  disk.rules = [{ at: 'open', pathEnds: '1.log', fault: 'broken' }]
  await expect(log.flush()).rejects.toSatisfy((error) => !(error instanceof SyncFailed))
  expect({ fatal, offline: offline.length, flushed: log.flushedOffset }).toEqual({
    fatal: [],
    offline: 1,
    flushed: 0,
  })
  expect(logger.messages('error')).toEqual(['log is offline'])
  // No fsync failed, so it may be tried again.
  disk.rules = []
  await log.flush()
  expect(log.flushedOffset).toBe(3)
  await expect(log.close()).rejects.toThrow('planted')
  expect(files.openCount).toBe(0)
})

test('what cannot be read before an append costs that append alone', async () => {
  const before = open()
  for (const value of ['one', 'two']) append(before, batchOf([value]))
  await before.close()
  const log = open({ cleanShutdown: true, recoveryPoint: 2 })
  disk.rules = [{ at: 'read', pathEnds: '.log', fault: 'broken' }]
  for (let attempt = 0; attempt < 2; attempt += 1)
    expect(append(log, batchOf(['refused'])).errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
  expect({ offline, own: log.offline, end: log.logEndOffset }).toEqual({
    offline: [],
    own: null,
    end: 2,
  })
  expect(logger.messages('error')).toHaveLength(1)
  disk.rules = []
  expect(append(log, batchOf(['three']))).toMatchObject({ errorCode: 0, firstOffset: 2 })
  // From the second append on nothing is read at all.
  disk.rules = [{ at: 'read', fault: 'broken' }]
  expect(append(log, batchOf(['four'])).errorCode).toBe(0)
  disk.rules = []
  expect(valuesOf(readAll(log))).toEqual(['one', 'two', 'three', 'four'])
})

test('retention that cannot read is put off', async () => {
  const before = open({ config: { 'segment.bytes': 100 } })
  for (const value of ['one', 'two']) append(before, batchOf([value]))
  await before.close()
  const log = open({ cleanShutdown: true, recoveryPoint: 2, highWatermark: 2 })
  disk.rules = [{ at: 'read', fault: 'broken' }]
  const nowMs = 1_800_000_000_000
  expect(applyRetention(log, nowMs)).toBe(0)
  expect({ offline, told: logger.messages('warn') }).toEqual({
    offline: [],
    told: ['retention put off'],
  })
  disk.rules = []
  expect(applyRetention(log, nowMs)).toBe(2)
})
