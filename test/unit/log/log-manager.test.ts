// Goal: a directory of logs is loaded, created in, deleted from and stopped without ever losing or
// adopting what is not understood (SAFETY S2; invariants C18, D3).
// Method: the real manager on a disk in memory, restarted as after a kill or a clean stop.
import { beforeEach, expect, test } from 'vitest'
import { asTopicId } from '../../../src/base/ids.ts'
import { LogManager } from '../../../src/log/log-manager.ts'
import type { LogManagerOptions } from '../../../src/log/log-manager.ts'
import { LogCorrupt } from '../../../src/log/types.ts'
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

const OTHER_ID = asTopicId('BBBBBBBBBBBBBBBBBBBBBA')

let memory: MemoryDisk
let disk: FaultyDisk
let clock: ManualClock
let logger: KeptLogger
let fatal: Error[]
let offline: Error[]

beforeEach(() => {
  memory = new MemoryDisk()
  disk = new FaultyDisk(memory)
  clock = new ManualClock()
  logger = new KeptLogger()
  fatal = []
  offline = []
})

let unique = 0
const open = (options: Partial<LogManagerOptions> = {}) =>
  LogManager.open({
    disk,
    clock,
    logger,
    random: { next: () => 0, bytes: (count) => new Uint8Array(count).fill((unique += 1)) },
    directory: '/logs',
    configOf: () => config,
    onFatal: (error) => fatal.push(error),
    onOffline: (error) => offline.push(error),
    ...options,
  })

const create = (manager: LogManager, topic = 't', partition = 0, topicId = TOPIC_ID) =>
  manager.create({ topic, partition, topicId, config })

/** The next process on the same disk, after a kill. */
function killed(): void {
  memory = memory.afterKill()
  disk = new FaultyDisk(memory)
}

const names = () => memory.list('/logs').map(({ name }) => name)
const text = (path: string) => new TextDecoder().decode(memory.files.get(path)?.bytes)

async function settle(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve()
}

test('what a clean stop leaves, the next start finds without a scan', async () => {
  const first = open()
  const log = create(first)
  append(log, batchOf(['one', 'two']), 4)
  log.advanceHighWatermark(2)
  expect(await first.close({ brokerEpoch: 42 })).toBe(true)
  expect(names()).toEqual([
    '.kafka_cleanshutdown',
    'compaction-gaps-offset-checkpoint',
    'log-start-offset-checkpoint',
    'partition-creations',
    'recovery-point-offset-checkpoint',
    'replication-offset-checkpoint',
    't-0',
  ])
  expect(text('/logs/recovery-point-offset-checkpoint')).toBe('0\n1\nt 0 2\n')
  expect(text('/logs/replication-offset-checkpoint')).toBe('0\n1\nt 0 2\n')
  expect(memory.list('/logs/t-0').map(({ name }) => name)).toEqual([
    '00000000000000000000.index',
    '00000000000000000000.log',
    '00000000000000000000.timeindex',
    '00000000000000000002.snapshot',
    'leader-epoch-checkpoint',
    'partition.metadata',
  ])
  killed()
  const next = open()
  expect(next.cleanShutdownBrokerEpoch).toBe(42)
  const found = next.get('t', 0)
  expect(found?.recovery.scanned).toBe(false)
  expect([found?.highWatermark, found?.flushedOffset, found?.latestEpoch]).toEqual([2, 2, 4])
  expect(next.topicIdOf('t', 0)).toBe(TOPIC_ID)
  // A crash from here on is an unclean stop.
  expect(names()).not.toContain('.kafka_cleanshutdown')
  expect(memory.durableFiles.has('/logs/.kafka_cleanshutdown')).toBe(false)
})

test('after a kill everything is scanned from the recovery point on', async () => {
  const first = open()
  append(create(first), batchOf(['one']))
  await first.get('t', 0)?.flush()
  await first.checkpointRecoveryPoints()
  append(create(first), batchOf(['two']))
  killed()
  const next = open()
  expect(next.cleanShutdownBrokerEpoch).toBeNull()
  const log = next.get('t', 0)
  expect(log?.recovery).toMatchObject({ scanned: true, cutBytes: 0 })
  expect(log?.flushedOffset).toBe(1)
  expect(log && valuesOf(readAll(log))).toEqual(['one', 'two'])
})

test('a stop vouches for no log that could not be opened', async () => {
  const small = { ...config, 'segment.bytes': 200 }
  const start = () => open({ configOf: () => small })
  const first = start()
  const log = first.create({ topic: 't', partition: 0, topicId: TOPIC_ID, config: small })
  append(log, batchOf(['a']))
  await log.flush()
  await first.checkpointRecoveryPoints()
  for (const value of ['b', 'c', 'd', 'e', 'f', 'g']) append(log, batchOf([value]))
  append(create(first, 't', 1), batchOf(['one']))
  killed()
  // Below the recovery point, and far from the end: whoever looks at the end only finds nothing.
  const node = memory.files.get('/logs/t-0/00000000000000000000.log')
  if (node) node.bytes[65] = 0xff
  for (let restart = 0; restart < 3; restart += 1) {
    const manager = start()
    expect(manager.failures).toMatchObject([{ topic: 't', error: { code: 'LOG_CORRUPT' } }])
    expect(manager.get('t', 1)?.recovery.scanned).toBe(restart === 0)
    expect(await manager.close({ brokerEpoch: 1 })).toBe(true)
    killed()
  }
})

test('a damaged log is set apart, keeps its recovery point, and is not created anew', async () => {
  const first = open()
  for (const partition of [0, 1]) append(create(first, 't', partition), batchOf(['one', 'two']))
  await first.close({ brokerEpoch: 1 })
  const node = memory.files.get('/logs/t-0/00000000000000000000.log')
  if (node) node.bytes[65] = 0xff
  for (let restart = 0; restart < 3; restart += 1) {
    killed()
    const manager = open()
    expect(manager.failures).toMatchObject([{ topic: 't', partition: 0 }])
    expect(manager.failures[0]?.error).toBeInstanceOf(LogCorrupt)
    expect(() => create(manager)).toThrow(/is damaged at byte/)
    const other = manager.get('t', 1)
    expect(other && valuesOf(readAll(other))).toEqual(['one', 'two'])
    await manager.close({ brokerEpoch: 1 })
  }
  expect(memory.sizeBytes('/logs/t-0/00000000000000000000.log')).toBeGreaterThan(70)
})

test('a log whose identity is lost stops the start, and everything stays as it was', async () => {
  const first = open()
  append(create(first), batchOf(['one']))
  await first.checkpointRecoveryPoints()
  await first.close({ brokerEpoch: 7 })
  for (const damage of [
    () => memory.remove('/logs/t-0/partition.metadata'),
    () => {
      const metadata = disk.open('/logs/t-0/partition.metadata', 'create')
      metadata.writeAt([new TextEncoder().encode('version: 9\n')], 0)
    },
  ]) {
    damage()
    expect(() => open()).toThrow(expect.objectContaining({ code: 'IDENTITY_LOST' }))
    expect(names()).toContain('.kafka_cleanshutdown')
  }
})

test('a creation that a crash cut short leaves nothing behind', () => {
  open()
  memory.makeDirectory('/logs/t-0')
  const manager = open()
  expect(names()).not.toContain('t-0')
  create(manager)
  expect(manager.get('t', 0)?.logEndOffset).toBe(0)
})

test('create: the same life is the same log, another one is refused', () => {
  const manager = open()
  const log = create(manager)
  expect(create(manager)).toBe(log)
  const again = () => create(manager, 't', 0, OTHER_ID)
  expect(again).toThrow(expect.objectContaining({ code: 'INCONSISTENT_TOPIC_ID' }))
})

test('creation is durable when it returns', () => {
  create(open())
  const found = memory.afterPowerCut(() => 0)
  memory = found
  disk = new FaultyDisk(memory)
  expect(open().topicIdOf('t', 0)).toBe(TOPIC_ID)
})

test('deletion renames at once and removes after a while', async () => {
  const manager = open()
  const log = create(manager)
  append(log, batchOf(['one']))
  const deleted = manager.delete('t', 0)
  expect(manager.get('t', 0)).toBeUndefined()
  expect(append(log, batchOf(['late'])).errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
  const gone = names().filter((name) => name.endsWith('-delete'))
  expect(gone).toEqual([expect.stringMatching(/^t-0\.[0-9a-f]{32}-delete$/)])
  // The name is free for the next life of the topic at once.
  const next = create(manager, 't', 0, OTHER_ID)
  expect(next.logEndOffset).toBe(0)
  await deleted
  clock.advance(60_000)
  await settle()
  expect(names().filter((name) => name.endsWith('-delete'))).toEqual([])
  expect(fatal).toEqual([])
})

test('a log whose directory cannot be renamed stays what it is', async () => {
  const manager = open()
  const log = create(manager)
  append(log, batchOf(['one']))
  disk.rules = [{ at: 'rename', fault: 'full' }]
  await expect(manager.delete('t', 0)).rejects.toThrow('planted')
  disk.rules = []
  // The partition comes back before a restart: it is not given a log that is closed.
  expect(create(manager)).toBe(log)
  expect(append(log, batchOf(['two'])).errorCode).toBe(0)
})

test('a log that was not opened for want of space is once there is some, and as it was', async () => {
  const before = open()
  for (const topic of ['t', 'rotten']) {
    const log = create(before, topic)
    append(log, batchOf(['one']))
    await log.flush()
  }
  await before.checkpointRecoveryPoints()
  killed()
  const rot = memory.files.get('/logs/rotten-0/00000000000000000000.log')
  rot?.bytes.fill(0)
  disk.rules = [{ at: 'open', pathEnds: 't-0/00000000000000000000.log', fault: 'full' }]

  const manager = open()
  const failed = () => manager.failures.map(({ topic, error }) => [topic, error.code])
  const both = [
    ['rotten', 'LOG_CORRUPT'],
    ['t', 'DISK_FULL'],
  ]
  expect(failed()).toEqual(both)
  const told = logger.messages('error').length
  for (const topic of ['t', 'rotten', 'other']) manager.openAgain({ topic, partition: 0 })
  expect(failed()).toEqual(both)
  expect(() => create(manager)).toThrow('planted')
  // It keeps its lines in the checkpoints, which are all that is known of it.
  await manager.checkpointRecoveryPoints()
  expect(text('/logs/recovery-point-offset-checkpoint')).toMatch(/^t 0 1$/m)

  disk.rules = []
  for (const topic of ['t', 'rotten']) manager.openAgain({ topic, partition: 0 })
  expect(failed()).toEqual([['rotten', 'LOG_CORRUPT']])
  expect(valuesOf(readAll(create(manager)))).toEqual(['one'])
  expect(logger.messages('error')).toHaveLength(told)
})

test('what was to be removed when the process died is removed by the next one', async () => {
  const manager = open()
  append(create(manager), batchOf(['one']))
  await manager.delete('t', 0)
  killed()
  open()
  clock.advance(60_000)
  await settle()
  expect(names().filter((name) => name.endsWith('-delete'))).toEqual([])
})

test('the next life of a topic inherits no checkpoint of the one before', async () => {
  const manager = open()
  const log = create(manager)
  for (let count = 0; count < 10; count += 1) append(log, batchOf(['one']))
  log.advanceHighWatermark(10)
  log.advanceLogStart(8)
  await log.flush()
  await manager.checkpointRecoveryPoints()
  await manager.checkpointHighWatermarks()
  await manager.delete('t', 0)
  const next = create(manager, 't', 0, OTHER_ID)
  append(next, batchOf(['first']))
  killed()
  const after = open()
  expect(after.failures).toEqual([])
  expect(after.get('t', 0)?.logStartOffset).toBe(0)
  expect(after.get('t', 0)?.logEndOffset).toBe(1)
})

test('strays are kept, the metadata log and foreign directories are left alone', async () => {
  const manager = open()
  append(create(manager), batchOf(['one']))
  memory.makeDirectory('/logs/__cluster_metadata-0')
  memory.makeDirectory('/logs/leveldb')
  memory.makeDirectory('/logs/t-01')
  manager.setAside('t', 0)
  killed()
  const next = open()
  expect([...next.logs()]).toEqual([])
  expect(next.failures).toEqual([])
  clock.advance(1e9)
  await settle()
  expect(names().filter((name) => !name.endsWith('checkpoint'))).toEqual([
    '__cluster_metadata-0',
    'leveldb',
    'partition-creations',
    expect.stringMatching(/^t-0\.[0-9a-f]{32}-stray$/),
    't-01',
  ])
})

test('deleted segments are renamed, and go after a while', async () => {
  const manager = open()
  const log = manager.create({
    topic: 't',
    partition: 0,
    topicId: TOPIC_ID,
    config: { ...config, 'segment.bytes': 100, 'retention.bytes': 0 },
  })
  for (const value of ['a', 'b', 'c']) append(log, batchOf([value]))
  log.advanceHighWatermark(3)
  expect(await manager.applyRetention()).toBe(3)
  const deleted = () =>
    memory.list('/logs/t-0').filter(({ name }) => name.endsWith('.deleted')).length
  expect(deleted()).toBeGreaterThan(0)
  clock.advance(60_000)
  await settle()
  expect(deleted()).toBe(0)
})

test('a write error takes all logs of the directory offline, and the stop is not clean', async () => {
  const manager = open()
  const logs = [0, 1].map((partition) => create(manager, 't', partition))
  disk.rules = [{ at: 'write', pathEnds: 't-0/00000000000000000000.log', fault: 'broken' }]
  for (const log of logs)
    expect(append(log, batchOf(['v'])).errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
  expect(offline).toHaveLength(1)
  const late = create(manager, 't', 2)
  expect(append(late, batchOf(['v'])).errorCode).toBe(errors.KAFKA_STORAGE_ERROR)
  expect(await manager.close({ brokerEpoch: 1 })).toBe(false)
  expect(names()).not.toContain('.kafka_cleanshutdown')
})

test('a full disk at the stop leaves no marker', async () => {
  const manager = open()
  append(create(manager), batchOf(['one']))
  disk.rules = [{ at: 'write', pathEnds: '.tmp', fault: 'full' }]
  expect(await manager.close({ brokerEpoch: 1 })).toBe(false)
  disk.rules = []
  expect(names()).not.toContain('.kafka_cleanshutdown')
})

test('the periodic work: checkpoints, flush.ms, retention', async () => {
  const manager = open()
  const log = manager.create({
    topic: 't',
    partition: 0,
    topicId: TOPIC_ID,
    config: { ...config, 'flush.ms': 3_000, 'retention.ms': 100_000, 'segment.bytes': 100 },
  })
  manager.start()
  append(log, batchOf(['one'], { timestampMs: clock.nowMs }))
  append(log, batchOf(['two'], { timestampMs: clock.nowMs }))
  log.advanceHighWatermark(2)
  for (let second = 0; second < 5; second += 1) {
    clock.advance(1_000)
    await settle()
  }
  expect(log.flushedOffset).toBe(2)
  expect(text('/logs/replication-offset-checkpoint')).toBe('0\n1\nt 0 2\n')
  for (let minute = 0; minute < 6; minute += 1) {
    clock.advance(60_000)
    await settle()
  }
  expect(text('/logs/recovery-point-offset-checkpoint')).toBe('0\n1\nt 0 2\n')
  expect(log.logStartOffset).toBe(2)
  expect(await manager.close({ brokerEpoch: 1 })).toBe(true)
  expect(fatal).toEqual([])
})

test('a log start that is kept is there after a kill, and after a power cut', async () => {
  const manager = open()
  const log = create(manager)
  for (const value of ['one', 'two', 'three']) append(log, batchOf([value]))
  log.advanceHighWatermark(3)
  await manager.settleLogStarts([{ topic: 't', partition: 0 }])
  expect(text('/logs/log-start-offset-checkpoint')).toBe('')
  log.advanceLogStart(2)
  await manager.settleLogStarts([{ topic: 't', partition: 0 }])
  const writes = disk.calls.get('rename')
  await manager.settleLogStarts([{ topic: 't', partition: 0 }])
  expect(disk.calls.get('rename')).toBe(writes)

  const cut = memory.afterPowerCut(() => 0.9)
  killed()
  expect(valuesOf(readAll(open().get('t', 0)!))).toEqual(['three'])
  memory = cut
  disk = new FaultyDisk(memory)
  expect(open().get('t', 0)?.logStartOffset).toBe(2)
})

test('a log start that a full disk does not keep is an error, and is kept when asked again', async () => {
  const manager = open()
  const log = create(manager)
  append(log, batchOf(['one']))
  log.advanceHighWatermark(1)
  log.advanceLogStart(1)
  const kept = () => manager.settleLogStarts([{ topic: 't', partition: 0 }])
  disk.rules = [{ at: 'write', fault: 'full' }]
  await expect(kept()).rejects.toMatchObject({ code: 'DISK_FULL' })
  disk.rules = []
  await kept()
  expect(text('/logs/log-start-offset-checkpoint')).toMatch(/^0\n2\nt 0 1\n__checksum 0 \d+\n$/)
  expect(fatal).toEqual([])
})

test('any checkpoint may be missing or garbled: the logs are there', async () => {
  const first = open()
  append(create(first), batchOf(['one', 'two']))
  await first.close({ brokerEpoch: 1 })
  const whole = memory
  const files = whole.list('/logs').filter(({ name }) => name.endsWith('checkpoint'))
  for (const { name } of files)
    for (const content of [null, '', 'garbage', '0\n5\n', '\0'.repeat(20)])
      for (const clean of [true, false]) {
        memory = whole.afterKill()
        disk = new FaultyDisk(memory)
        if (!clean) memory.remove('/logs/.kafka_cleanshutdown')
        const node = memory.files.get(`/logs/${name}`)
        if (content === null) memory.remove(`/logs/${name}`)
        else if (node) node.bytes = new TextEncoder().encode(content)
        const manager = open()
        const log = manager.get('t', 0)
        expect(log && valuesOf(readAll(log)), `${name} ${content}`).toEqual(['one', 'two'])
      }
})

test('gaps that compaction left stay allowed when compaction is switched off', async () => {
  const compacted = { ...config, 'cleanup.policy': ['compact'] as const }
  const first = open({ configOf: () => compacted })
  const log = first.create({ topic: 't', partition: 0, topicId: TOPIC_ID, config: compacted })
  const replicate = (baseOffset: number) =>
    log.append(batchOf(['v'], { baseOffset, leaderEpoch: 0 }), {
      leaderEpoch: -1,
      origin: 'replication',
    })
  for (const offset of [3, 4, 9]) expect(replicate(offset).errorCode).toBe(0)
  await first.checkpointRecoveryPoints()
  killed()
  const next = open()
  const found = next.get('t', 0)
  expect(next.failures).toEqual([])
  expect(found && readAll(found).map(({ offset }) => offset)).toEqual([3, 4, 9])
})
