// Goal: records that were there are never taken for records that never were: a directory that
// disappeared is not replaced by an empty log, and a segment that is missing is no torn tail, even
// when every file that can be rebuilt is missing too (SAFETY S2; invariant C18).
// Method: the real manager on a disk in memory; directories, segments and derived files are taken
// away between two starts, and what is on disk afterwards is compared with what was there.
import { beforeEach, describe, expect, test } from 'vitest'
import { asTopicId } from '../../../src/base/ids.ts'
import type { CreateRequest } from '../../../src/log/managed-log.ts'
import { LogManager } from '../../../src/log/log-manager.ts'
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

const OTHER_ID = asTopicId('BBBBBBBBBBBBBBBBBBBBBA')
const SMALL = { ...config, 'segment.bytes': 100 }
const MISSING = expect.objectContaining({ code: 'LOG_MISSING' }) as Error

let disk: MemoryDisk
let clock: ManualClock
let logger: KeptLogger

beforeEach(() => {
  disk = new MemoryDisk()
  clock = new ManualClock()
  logger = new KeptLogger()
})

let unique = 0
const open = () =>
  LogManager.open({
    disk,
    clock,
    logger,
    random: { next: () => 0, bytes: (count) => new Uint8Array(count).fill((unique += 1)) },
    directory: '/logs',
    configOf: () => SMALL,
    onFatal: (error) => {
      throw error
    },
  })

const create = (manager: LogManager, partition = 0, more: Partial<CreateRequest> = {}) =>
  manager.create({ topic: 't', partition, topicId: TOPIC_ID, config: SMALL, ...more })

function restarted(): LogManager {
  disk = disk.afterKill()
  return open()
}

function removeAll(inside: string): void {
  for (const path of [...disk.files.keys()]) if (path.startsWith(inside)) disk.remove(path)
}

function removeDirectory(path: string): void {
  removeAll(`${path}/`)
  disk.removeDirectory(path)
}

const names = () => disk.list('/logs').map(({ name }) => name)
const checkpoints = () =>
  [...disk.files]
    .filter(([path]) => path.endsWith('-checkpoint') && !path.includes('t-'))
    .map(([path, { bytes }]) => `${path} ${new TextDecoder().decode(bytes)}`)

async function settle(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) await Promise.resolve()
}

/** Partitions 0 and 1 with two records each, known to the checkpoints. */
async function twoLogs(): Promise<LogManager> {
  const manager = open()
  for (const partition of [0, 1]) {
    const log = create(manager, partition)
    append(log, batchOf(['one', 'two']))
    log.advanceHighWatermark(2)
    await log.flush()
  }
  await manager.checkpointHighWatermarks()
  await manager.checkpointRecoveryPoints()
  return manager
}

describe('a directory that disappeared', () => {
  test.each(['cleanly', 'after a kill'])('is not made anew, %s', async (how) => {
    const first = await twoLogs()
    if (how === 'cleanly') await first.close({ brokerEpoch: 1 })
    disk = disk.afterKill()
    removeDirectory('/logs/t-0')
    for (let restart = 0; restart < 3; restart += 1) {
      const manager = restarted()
      const before = checkpoints()
      expect(manager.lostLog('t', 0)).toMatchObject({
        code: 'LOG_MISSING',
        message: expect.stringMatching(
          /\/logs\/t-0 is missing.* offset 2\b.*delete the topic/,
        ) as string,
      })
      expect(manager.lostLog('t', 1)).toBeNull()
      expect(() => create(manager)).toThrow(MISSING)
      expect(names()).not.toContain('t-0')
      expect(checkpoints()).toEqual(before)
      const other = create(manager, 1)
      expect(valuesOf(readAll(other))).toEqual(['one', 'two'])
      await manager.checkpointHighWatermarks()
      expect(await manager.close({ brokerEpoch: 1 })).toBe(true)
    }
  })

  test.each(['recovery-point', 'replication'])('is known by %s alone', async (which) => {
    await twoLogs()
    disk = disk.afterKill()
    removeDirectory('/logs/t-0')
    for (const name of names().filter((one) => one.endsWith('-checkpoint')))
      if (name !== `${which}-offset-checkpoint`) disk.remove(`/logs/${name}`)
    expect(restarted().lostLog('t', 0)).not.toBeNull()
  })

  test('is as missing when only its content is', async () => {
    await (await twoLogs()).close({ brokerEpoch: 1 })
    removeAll('/logs/t-0/')
    expect(() => create(restarted())).toThrow(MISSING)
  })

  test('is there again once it is restored', async () => {
    await (await twoLogs()).close({ brokerEpoch: 1 })
    const whole = disk
    disk = disk.afterKill()
    removeDirectory('/logs/t-0')
    await restarted().close({ brokerEpoch: 1 })
    disk.makeDirectory('/logs/t-0')
    for (const [path, node] of whole.files)
      if (path.startsWith('/logs/t-0/')) disk.open(path, 'create').writeAt([node.bytes], 0)
    const back = restarted()
    expect(back.lostLog('t', 0)).toBeNull()
    expect(valuesOf(readAll(create(back)))).toEqual(['one', 'two'])
  })

  test.each<[string, (manager: LogManager) => unknown]>([
    ['the topic is deleted', (manager) => manager.delete('t', 0)],
    ['it is a new partition', (manager) => create(manager, 0, { isNew: true })],
  ])('is forgotten when %s', async (_, forget) => {
    await twoLogs()
    disk = disk.afterKill()
    removeDirectory('/logs/t-0')
    const manager = restarted()
    await forget(manager)
    expect(manager.lostLog('t', 0)).toBeNull()
    const log = create(manager, 0)
    expect([log.logStartOffset, log.highWatermark, log.logEndOffset]).toEqual([0, 0, 0])
    expect(restarted().lostLog('t', 0)).toBeNull()
    expect(restarted().get('t', 0)?.logEndOffset).toBe(0)
  })

  test('begins anew when somebody says so, once', async () => {
    await twoLogs()
    disk = disk.afterKill()
    removeAll('/logs/t-0/')
    disk.open('/logs/t-0/begin-anew', 'create').close()
    const manager = restarted()
    expect(create(manager).logEndOffset).toBe(0)
    expect(valuesOf(readAll(create(manager, 1)))).toEqual(['one', 'two'])
    // Whoever takes it for the log that was lost must learn that it is not, however often we die.
    expect([create(manager, 0), create(manager, 1)].map((log) => log.loss.any)).toEqual([
      ...[true, false],
    ])
    const log = create(restarted())
    expect([log.logEndOffset, log.loss.any]).toEqual([0, true])
    log.loss.forget()
    expect(disk.exists('/logs/t-0/begin-anew')).toBe(false)
    expect(create(restarted()).loss.any).toBe(false)
  })

  test('is nothing lost where nothing was held: a new topic survives a kill', () => {
    create(open())
    expect(create(restarted()).loss.any).toBe(false)
  })

  test('is nothing lost what was cut off on purpose, below the high watermark', async () => {
    const log = (await twoLogs()).get('t', 0)
    log?.truncateTo(0)
    expect(create(restarted())).toMatchObject({ logEndOffset: 0, loss: { any: false } })
  })

  test('has lost records when only its identity comes back, from the list of creations', async () => {
    const manager = open()
    const log = create(manager)
    append(log, batchOf(['one', 'two']))
    log.advanceHighWatermark(2)
    await manager.checkpointHighWatermarks()
    disk = disk.afterKill()
    removeAll('/logs/t-0/')
    for (let restart = 0; restart < 2; restart += 1) {
      const found = restarted()
      expect(create(found)).toMatchObject({ logEndOffset: 0, loss: { any: true } })
      // What is checkpointed of the short log must not hide it.
      await found.checkpointHighWatermarks()
    }
  })

  test('is none that was deleted or set aside', async () => {
    const first = await twoLogs()
    await first.delete('t', 0)
    first.setAside('t', 1)
    // The name of the deleted one explains what the checkpoints still say; then they are rewritten.
    const second = restarted()
    expect([second.lostLog('t', 0), second.lostLog('t', 1)]).toEqual([null, null])
    clock.advance(60_000)
    await settle()
    expect(names().filter((name) => name.endsWith('-delete'))).toEqual([])
    const third = restarted()
    expect(create(third, 0, { topicId: OTHER_ID }).logEndOffset).toBe(0)
    expect(create(third, 1, { topicId: OTHER_ID }).logEndOffset).toBe(0)
  })
})

describe('a gap between segments', () => {
  const segment = (offset: number) => `/logs/t-0/${String(offset).padStart(20, '0')}.log`
  const values = ['a', 'b', 'c', 'd', 'e']

  /** Five segments of a record each, all of it flushed. */
  async function fiveSegments(): Promise<void> {
    const manager = open()
    const log = create(manager)
    for (const value of values) append(log, batchOf([value]))
    expect(log.segmentCount).toBe(5)
    await log.flush()
    await manager.checkpointRecoveryPoints()
    await manager.close({ brokerEpoch: 1 })
    disk = disk.afterKill()
    disk.remove('/logs/.kafka_cleanshutdown')
  }

  test('is damage when nobody knows how far the log was durable', async () => {
    await fiveSegments()
    disk.remove('/logs/recovery-point-offset-checkpoint')
    disk.remove(segment(2))
    for (let restart = 0; restart < 3; restart += 1) {
      const manager = restarted()
      expect(manager.failures).toMatchObject([
        { topic: 't', partition: 0, error: { code: 'LOG_CORRUPT' } },
      ])
      expect(manager.failures[0]?.error.message).toMatch(/ends in front of offset 2\b/)
      for (const offset of [0, 1, 3, 4])
        expect(disk.exists(segment(offset)), `${offset}`).toBe(true)
      // A checkpoint that is written now must not say what nobody knows.
      await manager.checkpointRecoveryPoints()
      await manager.close({ brokerEpoch: 1 })
      if (disk.exists('/logs/.kafka_cleanshutdown')) disk.remove('/logs/.kafka_cleanshutdown')
    }
  })

  test('is damage below the recovery point', async () => {
    await fiveSegments()
    disk.remove(segment(2))
    const manager = restarted()
    expect(manager.failures).toHaveLength(0)
    // Not scanned, but not passed over: readers are told.
    const log = manager.get('t', 0)
    const read = log?.read({ fromOffset: 2, upToOffset: 5, maxBytes: 1e6, atLeastOneBatch: true })
    expect(read?.errorCode).not.toBe(0)
  })

  test('above the recovery point is a torn tail, and what was behind it is kept aside', () => {
    const log = create(open())
    for (const value of values) append(log, batchOf([value]))
    disk = disk.afterKill()
    // As a power cut may leave it: a later segment reached the disk, an earlier one did not.
    disk.remove(segment(2))
    const later = [3, 4].map((offset) => disk.files.get(segment(offset))?.bytes.slice())
    const found = restarted().get('t', 0)
    expect(found && valuesOf(readAll(found))).toEqual(['a', 'b'])
    expect([3, 4].map((offset) => disk.files.get(`${segment(offset)}.cut`)?.bytes)).toEqual(later)
    expect([3, 4].map((offset) => disk.exists(segment(offset)))).toEqual([false, false])
    // They are nobody's: neither the log's, nor removed by the next start.
    expect(found && append(found, batchOf(['C'])).firstOffset).toBe(2)
    const next = restarted().get('t', 0)
    expect(next && valuesOf(readAll(next))).toEqual(['a', 'b', 'C'])
    expect(disk.exists(`${segment(3)}.cut`)).toBe(true)
  })

  test('what was kept aside before is not overwritten', () => {
    const log = create(open())
    for (const value of values) append(log, batchOf([value]))
    disk = disk.afterKill()
    disk.open(`${segment(4)}.cut`, 'create').writeAt([new Uint8Array([1])], 0)
    disk.remove(segment(2))
    restarted()
    expect(disk.sizeBytes(`${segment(4)}.cut`)).toBe(1)
    expect(disk.sizeBytes(`${segment(4)}.cut.1`)).toBeGreaterThan(1)
  })
})
