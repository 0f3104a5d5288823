// Goal: whatever the number of logs, the files they hold open stay within their part of what the
// process may have; what is refused for want of a descriptor is taken again later, and is neither
// fatal nor a reason to go offline (SAFETY S18, S20).
// Method: the pool, the log and the manager over a disk in memory that counts open files and
// refuses beyond a limit, as a system does.
import { beforeEach, expect, test } from 'vitest'
import type { Disk, DiskFile } from '../../../src/base/disk.ts'
import { DiskError } from '../../../src/base/disk.ts'
import { FilePool } from '../../../src/log/file-pool.ts'
import { LogManager } from '../../../src/log/log-manager.ts'
import { errors } from '../../../src/wire/errors.ts'
import { FaultyDisk } from './faulty-disk.ts'
import {
  KeptLogger,
  ManualClock,
  TOPIC_ID,
  append,
  batchOf,
  config,
  readAll,
  valuesOf,
} from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

/** Counts open files, and refuses like a system that has no more. */
class CountingDisk extends FaultyDisk {
  limit = Infinity
  openFiles = 0
  mostOpenFiles = 0

  override open(path: string, mode: 'read' | 'write' | 'create'): DiskFile {
    if (this.openFiles >= this.limit) throw new DiskError('TOO_MANY_FILES', path)
    const file = super.open(path, mode)
    this.openFiles += 1
    this.mostOpenFiles = Math.max(this.mostOpenFiles, this.openFiles)
    return {
      path,
      sizeBytes: () => file.sizeBytes(),
      readAt: (target, at) => file.readAt(target, at),
      writeAt: (chunks, at) => file.writeAt(chunks, at),
      truncate: (sizeBytes) => file.truncate(sizeBytes),
      sync: () => file.sync(),
      syncNow: () => file.syncNow(),
      close: () => {
        this.openFiles -= 1
        file.close()
      },
    }
  }
}

let memory: MemoryDisk
let disk: CountingDisk
let clock: ManualClock
let logger: KeptLogger
let stopped: Error[]

beforeEach(() => {
  memory = new MemoryDisk()
  disk = new CountingDisk(memory)
  clock = new ManualClock()
  logger = new KeptLogger()
  stopped = []
})

const open = (openFilesLimit: number, over: Disk = disk) =>
  LogManager.open({
    disk: over,
    clock,
    logger,
    random: { next: () => 0, bytes: (count) => new Uint8Array(count) },
    directory: '/logs',
    configOf: () => config,
    onFatal: (error) => stopped.push(error),
    onOffline: (error) => stopped.push(error),
    openFilesLimit,
  })

const createMany = (manager: LogManager, count: number) =>
  Array.from({ length: count }, (_, partition) =>
    manager.create({ topic: 't', partition, topicId: TOPIC_ID, config }),
  )

async function settle(): Promise<void> {
  for (let turn = 0; turn < 300; turn += 1) await Promise.resolve()
}

test('the pool closes what was used least, and never what is pinned', () => {
  memory.makeDirectory('/d')
  const pool = new FilePool({ disk, openFilesLimit: 64 })
  const files = Array.from({ length: 100 }, (_, index) => pool.file(`/d/${index}`, 'create'))
  files[0]?.pin()
  for (const file of files) {
    file.get()
    files[0]?.get()
  }
  expect([pool.openCount, disk.openFiles, disk.mostOpenFiles]).toEqual([32, 32, 32])
  const opens = disk.calls.get('open')
  files[0]?.get()
  files[99]?.get()
  expect(disk.calls.get('open')).toBe(opens)
  files[0]?.unpin()
  for (const file of files) file.close()
  expect([pool.openCount, disk.openFiles]).toEqual([0, 0])
})

test('without a descriptor left the pool gives up what it can spare, and tries again', () => {
  memory.makeDirectory('/d')
  const pool = new FilePool({ disk, openFilesLimit: 200 })
  disk.limit = 10
  for (let index = 0; index < 50; index += 1) pool.file(`/d/${index}`, 'create').get()
  expect(disk.mostOpenFiles).toBe(10)
  const pinned = Array.from({ length: 10 }, (_, index) => pool.file(`/d/${index}`, 'create'))
  for (const file of pinned) {
    file.get()
    file.pin()
  }
  expect(() => pool.file('/d/11', 'create').get()).toThrow(
    expect.objectContaining({ code: 'TOO_MANY_FILES' }),
  )
})

test('many logs with a record each: the oldest are flushed, so that files can be closed', async () => {
  const manager = open(100)
  const logs = createMany(manager, 1_000)
  for (const log of logs) {
    expect(append(log, batchOf(['one'])).errorCode).toBe(errors.NONE)
    await settle()
  }
  // Half of the limit for open files; what is being written beside them is not the pool's.
  expect(disk.mostOpenFiles).toBeLessThanOrEqual(60)
  // Nobody asked for a flush: only as many logs are dirty as files may be pinned.
  expect(logs.filter((log) => log.flushedOffset === 0).length).toBeLessThanOrEqual(25)
  for (const log of logs) expect(valuesOf(readAll(log))).toEqual(['one'])
  expect(await manager.close({ brokerEpoch: 1 })).toBe(true)
  expect([disk.openFiles, stopped]).toEqual([0, []])
})

test('more than can be flushed in time is refused, and taken when there is room', async () => {
  const manager = open(100)
  const logs = createMany(manager, 300)
  disk.holdSyncs()
  const answers = logs.map((log) => append(log, batchOf(['one'])).errorCode)
  expect(answers.filter((code) => code === errors.NONE)).toHaveLength(75)
  expect(new Set(answers.slice(75))).toEqual(new Set([errors.KAFKA_STORAGE_ERROR]))
  expect(disk.mostOpenFiles).toBe(75)
  disk.release()
  for (const log of logs.slice(75)) {
    await settle()
    expect(append(log, batchOf(['one'])).errorCode).toBe(errors.NONE)
  }
  for (const log of logs) expect(valuesOf(readAll(log))).toEqual(['one'])
  expect(stopped).toEqual([])
})

test('a start after a kill does not need a descriptor per log', async () => {
  const first = open(1_000)
  for (const log of createMany(first, 300)) append(log, batchOf(['one']))
  disk = new CountingDisk(memory.afterKill())
  disk.limit = 60
  const manager = open(100)
  expect(manager.failures).toEqual([])
  for (const { log } of manager.logs()) expect(valuesOf(readAll(log))).toEqual(['one'])
  expect(await manager.close({ brokerEpoch: 1 })).toBe(true)
  expect(stopped).toEqual([])
})

test('no descriptor at all: everything is refused, told once, and works again later', async () => {
  const manager = open(100)
  const [log] = createMany(manager, 2)
  if (!log) throw new Error('no log')
  append(log, batchOf(['one']))
  manager.start()
  await log.flush()
  disk.limit = 0
  const files = [...manager.logs()].length
  expect(files).toBe(2)
  for (let second = 0; second < 400; second += 5) {
    clock.advance(5_000)
    await settle()
  }
  expect(() => manager.create({ topic: 'new', partition: 0, topicId: TOPIC_ID, config })).toThrow(
    expect.objectContaining({ code: 'TOO_MANY_FILES' }),
  )
  expect(stopped).toEqual([])
  expect(logger.messages('warn').filter((line) => /checkpoint/.test(line))).toHaveLength(1)
  disk.limit = Infinity
  append(log, batchOf(['two']))
  clock.advance(5_000)
  await settle()
  manager.create({ topic: 'new', partition: 0, topicId: TOPIC_ID, config })
  expect(valuesOf(readAll(log))).toEqual(['one', 'two'])
  expect(await manager.close({ brokerEpoch: 1 })).toBe(true)
})

test('an append that finds no descriptor is refused like one that finds no space', async () => {
  const manager = open(100)
  const [log] = createMany(manager, 1)
  if (!log) throw new Error('no log')
  append(log, batchOf(['zero']))
  await log.flush()
  // Others have taken the place of its file.
  disk.limit = 0
  expect(() => createMany(manager, 2)).toThrow(expect.objectContaining({ code: 'TOO_MANY_FILES' }))
  expect(append(log, batchOf(['lost'])).errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
  expect(append(log, batchOf(['lost'])).errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
  expect(log.offline).toBeNull()
  expect(stopped).toEqual([])
  disk.limit = Infinity
  expect(append(log, batchOf(['one'])).errorCode).toBe(errors.NONE)
  expect(valuesOf(readAll(log))).toEqual(['zero', 'one'])
  expect(await manager.close({ brokerEpoch: 1 })).toBe(true)
})
