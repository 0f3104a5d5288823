// Goal: however old segments come to be removed (age, size, deleted records, a full disk), a power
// cut at any moment of it leaves one log without a gap, with every record that was to stay.
// Method: the real manager on a disk that loses any part of what was not fsynced; the power fails
// before each call to the disk, many times over, and the next manager opens what that left.
import { describe, expect, test } from 'vitest'
import { LogManager } from '../../../src/log/log-manager.ts'
import type { Log } from '../../../src/log/log.ts'
import { errors } from '../../../src/wire/errors.ts'
import type { Fault, FaultPoint } from './faulty-disk.ts'
import { FaultyDisk } from './faulty-disk.ts'
import {
  KeptLogger,
  ManualClock,
  TOPIC_ID,
  append,
  applyRetention,
  batchOf,
  config,
  openLog,
  readAll,
  valuesOf,
} from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const SEEDS = 25
const RECORDS = 8
const KEPT_FROM = 6
const PARTITION = { topic: 't', partition: 0 }
/** One batch each. */
const small = { ...config, 'segment.bytes': 200 }

/** The power fails before each call. */
class FailingPower extends FaultyDisk {
  readonly memory: MemoryDisk
  readonly found: MemoryDisk[] = []
  readonly #random: () => number
  isWatched = false

  constructor(memory: MemoryDisk, random: () => number) {
    super(memory)
    this.memory = memory
    this.#random = random
  }

  override due(at: FaultPoint, path: string): Fault | null {
    if (this.isWatched) this.found.push(this.memory.afterPowerCut(this.#random))
    return super.due(at, path)
  }
}

/** Numerical Recipes' generator: any would do, as long as a seed gives the same again. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const open = (disk: FaultyDisk | MemoryDisk) =>
  LogManager.open({
    disk,
    clock: new ManualClock(),
    logger: new KeptLogger(),
    random: { next: () => 0, bytes: (count) => new Uint8Array(count).fill(1) },
    directory: '/logs',
    configOf: () => small,
    onFatal: (error) => expect.fail(String(error)),
  })

type Removal = (log: Log, manager: LogManager, disk: FailingPower) => Promise<unknown>

const removals: readonly (readonly [string, Removal])[] = [
  [
    'records are deleted',
    (log, manager) => {
      log.advanceLogStart(KEPT_FROM)
      return manager.settleLogStarts([PARTITION])
    },
  ],
  [
    'records are deleted, on a full disk',
    async (log, manager, disk) => {
      disk.rules = [{ at: 'write', fault: 'full' }]
      log.advanceLogStart(KEPT_FROM)
      await expect(manager.settleLogStarts([PARTITION])).rejects.toThrow()
    },
  ],
  [
    'there is too much',
    (log, manager) => {
      const keptBytes = log.sizeBytes / (RECORDS / (RECORDS - KEPT_FROM))
      log.updateConfig({ ...small, 'retention.bytes': keptBytes })
      return manager.applyRetention()
    },
  ],
  [
    'no checkpoint keeps the log start',
    (log) => {
      log.advanceLogStart(KEPT_FROM)
      applyRetention(log, 0)
      return Promise.resolve()
    },
  ],
]

/** What the next start finds after each cut: the first offset that is there. */
async function startsAfterCuts(
  remove: Removal,
  { seed, hasRecoveryPoint }: { readonly seed: number; readonly hasRecoveryPoint: boolean },
): Promise<number[]> {
  const disk = new FailingPower(new MemoryDisk(), randomOf(seed))
  const manager = open(disk)
  const log = manager.create({ ...PARTITION, topicId: TOPIC_ID, config: small })
  const values = Array.from({ length: RECORDS }, (_, index) => `value ${index}`.padEnd(80))
  for (const value of values) append(log, batchOf([value]))
  log.advanceHighWatermark(RECORDS)
  await log.flush()
  if (hasRecoveryPoint) await manager.checkpointRecoveryPoints()
  disk.isWatched = true
  await remove(log, manager, disk)
  disk.isWatched = false
  expect(log.logStartOffset).toBe(KEPT_FROM)
  return disk.found.map((left) => {
    const again = open(left)
    expect(again.failures).toEqual([])
    const found = again.get('t', 0) as Log
    expect(valuesOf(readAll(found))).toEqual(values.slice(found.logStartOffset))
    return found.logStartOffset
  })
}

test.each(
  removals.flatMap(([name, remove]) =>
    [true, false].map((hasRecoveryPoint) => ({ name, remove, hasRecoveryPoint })),
  ),
)(
  'no gap when $name, recovery point kept: $hasRecoveryPoint',
  async ({ remove, hasRecoveryPoint }) => {
    const starts = new Set<number>()
    for (let seed = 1; seed <= SEEDS; seed += 1)
      for (const start of await startsAfterCuts(remove, { seed, hasRecoveryPoint }))
        starts.add(start)
    // Cut early, and cut late.
    expect(starts).toContain(0)
    expect(Math.max(...starts)).toBe(KEPT_FROM)
  },
)

test('what is left of deleted segments is no damage, though they had been durable', async () => {
  const ends = new Set<number>()
  for (let seed = 1; seed <= SEEDS * 4; seed += 1) {
    const disk = new FailingPower(new MemoryDisk(), randomOf(seed))
    const manager = open(disk)
    const log = manager.create({ ...PARTITION, topicId: TOPIC_ID, config: small })
    const values = Array.from({ length: RECORDS }, (_, index) => `value ${index}`.padEnd(80))
    for (const value of values.slice(0, 4)) append(log, batchOf([value]))
    await log.flush()
    await manager.checkpointRecoveryPoints()
    for (const value of values.slice(4)) append(log, batchOf([value]))
    log.advanceHighWatermark(RECORDS)
    log.advanceLogStart(KEPT_FROM)
    await manager.settleLogStarts([PARTITION])
    const again = open(disk.memory.afterPowerCut(randomOf(seed + SEEDS)))
    expect(again.failures).toEqual([])
    const found = again.get('t', 0) as Log
    // What was not flushed may be lost, at the front too.
    const { logStartOffset, logEndOffset } = found
    expect(logStartOffset).toBeGreaterThanOrEqual(KEPT_FROM)
    expect(valuesOf(readAll(found))).toEqual(values.slice(logStartOffset, logEndOffset))
    ends.add(logEndOffset)
  }
  expect([...ends].sort()).toEqual([6, 7, 8])
})

describe('a log that ended below its start', () => {
  const producer = { producerId: 7, producerEpoch: 0 }
  const ended = (disk: MemoryDisk | FaultyDisk, options = {}) =>
    openLog({ disk, directory: '/logs/t-0', config: small, logStartOffset: 10, ...options })

  async function begin(): Promise<MemoryDisk> {
    const disk = new MemoryDisk()
    const log = openLog({ disk, directory: '/logs/t-0', config: small })
    for (let baseSequence = 0; baseSequence < 4; baseSequence += 1)
      append(log, batchOf(['value'.padEnd(80)], { ...producer, baseSequence }))
    await log.flush()
    return disk
  }

  test.each([
    [null, 'killed', 0],
    [0, 'killed', 0],
    [10, 'killed', 0],
    [10, 'killed', 1],
    [10, 'stopped', 0],
    [11, 'stopped', 1],
  ] as const)(
    'opens when no checkpoint says so any more: recovery point %j, %s, %i batches later',
    async (recoveryPoint, end, later) => {
      const disk = await begin()
      const log = ended(disk)
      for (let count = 0; count < later; count += 1) append(log, batchOf(['later']))
      if (end === 'stopped') await log.close()
      const cleanShutdown = end === 'stopped'
      const again = ended(disk.afterKill(), { recoveryPoint, cleanShutdown, logStartOffset: 0 })
      expect([again.logStartOffset, again.logEndOffset]).toEqual([10, 10 + later])
      expect(readAll(again)).toHaveLength(later)
    },
  )

  test('still knows its producers', async () => {
    const disk = await begin()
    ended(disk)
    const again = ended(disk.afterKill(), { logStartOffset: 0 })
    const duplicate = append(again, batchOf(['value'.padEnd(80)], { ...producer, baseSequence: 3 }))
    expect([duplicate.errorCode, again.logEndOffset]).toEqual([errors.NONE, 10])
  })

  test('is one log without a gap after a power cut at any moment of it', async () => {
    const memory = await begin()
    const disk = new FailingPower(memory, randomOf(3))
    disk.isWatched = true
    ended(disk)
    for (const left of disk.found)
      expect(ended(left, { recoveryPoint: null }).logEndOffset).toBe(10)
  })
})
