// Goal: thousands of partitions are created and deleted with a handful of fsyncs, and a power cut
// at any operation leaves no log without its identity and no identity that is wrong (SAFETY S2;
// invariant C18).
// Method: the real manager; fsyncs are counted, and the power is cut after every number of disk
// operations of a scenario (create, append, flush, checkpoint, delete, create again) with several
// kinds of luck.
import { expect, test } from 'vitest'
import { asTopicId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import { Log } from '../../../src/log/log.ts'
import { LogManager } from '../../../src/log/log-manager.ts'
import { FaultyDisk } from './faulty-disk.ts'
import { ManualClock, TOPIC_ID, append, batchOf, config, readAll, valuesOf } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const OTHER_ID = asTopicId('BBBBBBBBBBBBBBBBBBBBBA')
const COUNT = 500
/** Of what was not fsynced: files are gone; directories are gone, and files are full of zeros. */
const LUCK = [0, 0.99]

function open(disk: FaultyDisk | MemoryDisk): LogManager {
  return LogManager.open({
    disk,
    clock: new ManualClock(),
    logger: silentLogger,
    random: { next: () => 0, bytes: (count) => new Uint8Array(count).fill(7) },
    directory: '/logs',
    configOf: () => config,
    onFatal: (error) => {
      throw error
    },
  })
}

const requests = (topicId = TOPIC_ID, count = COUNT) =>
  Array.from({ length: count }, (_, partition) => ({ topic: 't', partition, topicId, config }))

const fsyncs = (disk: FaultyDisk) =>
  (disk.calls.get('sync') ?? 0) + (disk.calls.get('syncDirectory') ?? 0)

test('creating and deleting many costs as few fsyncs as one, and nothing is lost by a power cut', async () => {
  const memory = new MemoryDisk()
  const disk = new FaultyDisk(memory)
  const manager = open(disk)
  disk.calls.clear()
  const logs = manager.createAll(requests())
  expect(fsyncs(disk)).toBe(2)
  expect(logs.filter((log) => log instanceof Log)).toHaveLength(COUNT)
  expect(manager.createAll(requests())).toEqual(logs)
  for (const luck of LUCK) {
    const found = open(memory.afterPowerCut(() => luck))
    for (const { partition } of requests()) expect(found.topicIdOf('t', partition)).toBe(TOPIC_ID)
  }

  disk.calls.clear()
  await manager.deleteAll(requests())
  expect(fsyncs(disk)).toBe(1)
  expect([...manager.logs()]).toEqual([])
  for (const luck of LUCK) expect([...open(memory.afterPowerCut(() => luck)).logs()]).toEqual([])
})

test('one after the other they are created with no more fsyncs than together', () => {
  const memory = new MemoryDisk()
  const disk = new FaultyDisk(memory)
  const manager = open(disk)
  disk.calls.clear()
  let created = 0
  for (const log of manager.createEach(requests(TOPIC_ID, 5))) {
    expect(manager.get('t', created)).toBe(log)
    created += 1
    expect(manager.get('t', created), 'not before its turn').toBeUndefined()
    expect(fsyncs(disk)).toBe(2)
    // Also those whose turn has not come are created after a power cut, or not there at all.
    for (const luck of LUCK)
      expect(open(memory.afterPowerCut(() => luck)).failures, `after ${created}`).toEqual([])
  }
  expect(created).toBe(5)
})

test('what was prepared is created without an fsync, and is as durable', async () => {
  const memory = new MemoryDisk()
  const disk = new FaultyDisk(memory)
  const manager = open(disk)
  append(manager.createAll(requests(OTHER_ID, 1))[0] as Log, batchOf(['of another life']))
  disk.calls.clear()
  await manager.prepare(requests(TOPIC_ID, 5))
  expect(fsyncs(disk)).toBe(2)
  // What is there is not touched: whoever creates is told.
  expect(manager.createAll(requests(TOPIC_ID, 5)).map((log) => log instanceof Log)).toEqual([
    ...[false, true, true, true, true],
  ])
  expect(fsyncs(disk)).toBe(2)
  for (const luck of LUCK) {
    const found = open(memory.afterPowerCut(() => luck))
    expect(found.failures).toEqual([])
    for (const partition of [1, 2, 3, 4]) expect(found.topicIdOf('t', partition)).toBe(TOPIC_ID)
  }
  // Once: the next life is not taken for prepared.
  await manager.delete('t', 1)
  disk.calls.clear()
  manager.create({ topic: 't', partition: 1, topicId: OTHER_ID, config })
  expect(fsyncs(disk)).toBe(2)
})

test('what could not be prepared is created all the same, or says why not', async () => {
  const disk = new FaultyDisk(new MemoryDisk())
  const manager = open(disk)
  disk.rules = [{ at: 'write', pathEnds: '.tmp', fault: 'full' }]
  await manager.prepare(requests(TOPIC_ID, 2))
  expect(manager.createAll(requests(TOPIC_ID, 2))).toMatchObject([
    { code: 'DISK_FULL' },
    { code: 'DISK_FULL' },
  ])
  disk.rules = []
  for (const log of manager.createAll(requests(TOPIC_ID, 2))) expect(log).toBeInstanceOf(Log)
})

test('one that somebody else has opened in between is not opened twice', () => {
  const memory = new MemoryDisk()
  const manager = open(memory)
  const each = manager.createEach(requests(TOPIC_ID, 2))
  each.next()
  const log = manager.create({ topic: 't', partition: 1, topicId: TOPIC_ID, config })
  append(log, batchOf(['a record']))
  expect(each.next().value).toBe(log)
  expect(manager.get('t', 1)).toBe(log)
  expect(valuesOf(readAll(log))).toEqual(['a record'])
})

test('identities reach their own directories with the checkpoints', async () => {
  const memory = new MemoryDisk()
  const manager = open(memory)
  manager.createAll(requests(TOPIC_ID, 120))
  await manager.checkpointRecoveryPoints()
  await manager.checkpointRecoveryPoints()
  memory.remove('/logs/partition-creations')
  for (const luck of LUCK)
    expect([...open(memory.afterPowerCut(() => luck)).logs()]).toHaveLength(120)
})

test('a checkpoint with nothing new to say costs no fsync; after a failure it is written', async () => {
  const memory = new MemoryDisk()
  const disk = new FaultyDisk(memory)
  const manager = open(disk)
  const [log] = manager.createAll(requests(TOPIC_ID, 3))
  const write = async () => {
    disk.calls.clear()
    await manager.checkpointHighWatermarks()
    return fsyncs(disk)
  }
  expect(await write()).toBe(2)
  expect(await write()).toBe(0)
  const advance = () => {
    if (!(log instanceof Log)) throw log ?? new Error('no log')
    append(log, batchOf(['a record']))
    log.advanceHighWatermark(log.logEndOffset)
  }
  advance()
  expect(await write()).toBe(2)
  expect(await write()).toBe(0)
  advance()
  disk.rules = [{ at: 'rename', pathEnds: 'replication-offset-checkpoint', fault: 'full' }]
  await expect(manager.checkpointHighWatermarks()).rejects.toMatchObject({ code: 'DISK_FULL' })
  disk.rules = []
  expect(await write()).toBe(2)
  memory.remove('/logs/replication-offset-checkpoint')
  expect(await write(), 'somebody removed it').toBe(2)
  // A later process does not know whether what it finds is durable.
  const next = open(new FaultyDisk(memory))
  expect(next.get('t', 0)?.highWatermark).toBe(2)
  memory.remove('/logs/replication-offset-checkpoint')
  await next.checkpointHighWatermarks()
  expect(memory.exists('/logs/replication-offset-checkpoint')).toBe(true)
})

test('one that cannot be created does not keep the others', () => {
  const disk = new FaultyDisk(new MemoryDisk())
  const manager = open(disk)
  const [, before] = manager.createAll(requests(OTHER_ID, 2))
  disk.rules = [{ at: 'rename', pathEnds: 't-3/partition.metadata', fault: 'full' }]
  const logs = manager.createAll(requests(TOPIC_ID, 5))
  expect(logs.map((log) => (log instanceof Log ? 'log' : log.code))).toEqual([
    'INCONSISTENT_TOPIC_ID',
    'INCONSISTENT_TOPIC_ID',
    'log',
    'DISK_FULL',
    'log',
  ])
  expect(manager.get('t', 1)).toBe(before)
  disk.rules = []
  expect(manager.createAll(requests(TOPIC_ID, 5))[3]).toBeInstanceOf(Log)
})

test('a power cut during a life and the next one: never without an identity, never a wrong one', async () => {
  for (let seed = 1; seed <= 400; seed += 1) {
    const memory = new MemoryDisk()
    const random = randomOf(seed)
    const steps = seed % 8
    const manager = open(memory)
    if (seed % 3 === 0) await manager.prepare(requests(TOPIC_ID, 3))
    const first = manager.createAll(requests(TOPIC_ID, 3))
    if (steps > 0) for (const log of first) if (log instanceof Log) append(log, batchOf(['first']))
    if (steps > 1 && first[1] instanceof Log) await first[1].flush()
    if (steps > 2) await manager.checkpointHighWatermarks()
    if (steps > 3) await manager.checkpointRecoveryPoints()
    const deleted =
      steps > 4 &&
      manager.deleteAll([
        { topic: 't', partition: 1 },
        { topic: 't', partition: 2 },
      ])
    // Else the power is cut, or the next life begins, before the deletion is durable.
    const isAwaited = seed % 16 < 8
    if (isAwaited) await deleted
    if (steps > 5 && seed % 3 === 0) await manager.prepare(requests(OTHER_ID, 3))
    if (steps > 5) manager.createAll(requests(OTHER_ID, 3))
    const second = manager.get('t', 2)
    if (steps > 6 && second) append(second, batchOf(['second']))
    const found = open(memory.afterPowerCut(random))
    const context = `seed ${seed}`
    expect(found.failures, context).toEqual([])
    const life = (partition: number) => found.topicIdOf('t', partition)
    const expected = steps > 5 ? OTHER_ID : steps > 4 ? undefined : TOPIC_ID
    if (steps === 5 && !isAwaited) {
      expect(life(0), context).toBe(TOPIC_ID)
      for (const partition of [1, 2])
        expect([TOPIC_ID, undefined], context).toContain(life(partition))
    } else expect([life(0), life(1), life(2)], context).toEqual([TOPIC_ID, expected, expected])
    for (const { log, topicId } of found.logs())
      for (const value of valuesOf(readAll(log)))
        expect(value, context).toBe(topicId === TOPIC_ID ? 'first' : 'second')
    const flushed = found.get('t', 1)
    if (steps > 1 && steps <= 4 && flushed)
      expect(valuesOf(readAll(flushed)), context).toEqual(['first'])
    for (const partition of [0, 1, 2]) expect(found.lostLog('t', partition), context).toBeNull()
  }
})

/** mulberry32: small, seeded, good enough to tear pages. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
