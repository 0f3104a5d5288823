// Goal: a directory of logs survives a crash at any instruction: killed, every append that was
// answered is there; power cut, everything that was flushed is there and nothing is wrong
// (invariants D1, D3; SAFETY S7, S18).
// Method: one scenario through the log manager (create, append, roll, flush, checkpoint, truncate,
// append again, delete log starts, close) on a disk that stops at its k-th operation, for every k.
// Each time the directory is opened as a kill leaves it, and as several power cuts may.
import { expect, test } from 'vitest'
import type { Disk } from '../../../src/base/disk.ts'
import { silentLogger } from '../../../src/base/log.ts'
import type { Log } from '../../../src/log/log.ts'
import { LogManager } from '../../../src/log/log-manager.ts'
import { verifyAgainstScan } from '../../../src/log/verify.ts'
import { ManualClock, TOPIC_ID, append, batchOf, config, readAll, valuesOf } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'
import { PowerOff, StoppingDisk, randomOf } from './stopping-disk.ts'

/** Some thousand recoveries: as long as a busy machine takes. */
const EXHAUSTIVE_MS = 180_000

const DIRECTORY = '/logs'
const CONFIG = { ...config, 'segment.bytes': 300, 'index.interval.bytes': 100 }

/** Timestamps ascend from here by 10 ms a batch. */
const FIRST_MS = 1_700_000_000_000

/** Power cuts per operation. */
const SEEDS = process.env['TEST_FULL'] === '1' ? 30 : 3

function openManager(disk: Disk, clock = new ManualClock()): LogManager {
  return LogManager.open({
    disk,
    clock,
    logger: silentLogger,
    random: { next: () => 0, bytes: (count) => new Uint8Array(count).fill(7) },
    directory: DIRECTORY,
    configOf: () => CONFIG,
    onFatal: () => {},
  })
}

/** What may be in the log now, as the scenario knows it. */
class Expected {
  /**
   * Every content the log may have after a kill: the last one, or what a step was turning it to.
   */
  contents: (readonly string[])[] = [[]]
  /** What a power cut must leave at least: a prefix of every possible content. */
  flushed = 0
  /** Values at each offset, over all of the log's history. */
  readonly ever = new Map<number, Set<string>>()
  created = false

  get now(): readonly string[] {
    return this.contents.at(-1) ?? []
  }

  note(): void {
    for (const content of this.contents)
      content.forEach((value, offset) =>
        this.ever.set(offset, (this.ever.get(offset) ?? new Set()).add(value)),
      )
  }
}

async function scenario(disk: Disk, expected: Expected): Promise<void> {
  const manager = openManager(disk)
  const log = manager.create({ topic: 't', partition: 0, topicId: TOPIC_ID, config: CONFIG })
  expected.created = true
  let count = 0
  const add = (howMany: number, leaderEpoch: number) => {
    for (let index = 0; index < howMany; index += 1) {
      const value = `${(count += 1)} in ${leaderEpoch}`
      const timestampMs = FIRST_MS + count * 10
      expected.contents = [expected.now, [...expected.now, value]]
      expected.note()
      const sequence = { producerId: 5 + leaderEpoch, producerEpoch: 0, baseSequence: index }
      const batch = batchOf([value], { ...sequence, timestampMs })
      if (append(log, batch, leaderEpoch).errorCode !== 0) throw new PowerOff()
      expected.contents = [expected.now]
    }
  }
  const flush = async () => {
    await log.flush()
    expected.flushed = Math.max(expected.flushed, log.flushedOffset)
  }
  const truncate = (offset: number) => {
    // Segments go one by one: anything in between is a truncation that did not end.
    const { now } = expected
    const lengths = Array.from(
      { length: now.length - offset + 1 },
      (_, index) => now.length - index,
    )
    expected.contents = lengths.map((length) => now.slice(0, length))
    expected.flushed = Math.min(expected.flushed, offset)
    log.truncateTo(offset)
    expected.contents = [expected.now]
    expected.flushed = offset
  }
  add(5, 0)
  await flush()
  await manager.checkpointRecoveryPoints()
  add(4, 1)
  truncate(7)
  add(3, 2)
  await flush()
  await manager.checkpointRecoveryPoints()
  await manager.checkpointHighWatermarks()
  truncate(3)
  add(2, 3)
  // A checkpoint that is under way when the log is truncated must not bring back what was lowered.
  await flush()
  const checkpointed = manager.checkpointRecoveryPoints()
  checkpointed.catch(() => {})
  for (let turn = 0; turn < 3; turn += 1) await Promise.resolve()
  truncate(4)
  await checkpointed
  add(4, 4)
  if (!(await manager.close({ brokerEpoch: 1 }))) throw new PowerOff()
  expected.flushed = log.logEndOffset
  const again = openManager(disk)
  const reopened = again.get('t', 0)
  if (!reopened) throw new Error('the log is gone')
  expect(valuesOf(readAll(reopened))).toEqual(expected.now)
  await again.close({ brokerEpoch: 1 })
}

function check(disk: MemoryDisk, expected: Expected, killed: boolean, context: string): void {
  const manager = openManager(disk)
  expect(manager.failures, context).toEqual([])
  const log = manager.get('t', 0)
  if (!log) {
    expect(expected.created && !killed ? expected.flushed : 0, context).toBe(0)
    if (killed) expect(expected.created, context).toBe(false)
    return
  }
  const found = valuesOf(readAll(log))
  if (killed) expect(expected.contents, context).toContainEqual(found)
  else {
    expect(found.length, context).toBeGreaterThanOrEqual(expected.flushed)
    const durable = expected.now.slice(0, expected.flushed)
    expect(found.slice(0, expected.flushed), context).toEqual(durable)
    found.forEach((value, offset) =>
      expect([...(expected.ever.get(offset) ?? [])], context).toContain(value),
    )
  }
  const last = found.at(-1)
  const epoch = last === undefined ? -1 : Number(last.slice(last.indexOf(' in ') + 4))
  expect(log.endOffsetForEpoch(epoch).endOffset, context).toBe(
    last === undefined ? -1 : found.length,
  )
  checkProducers(log, found, context)
}

/** Each epoch has a producer of its own: known as the batches have it, neither less nor more. */
function checkProducers(log: Log, found: readonly string[], context: string): void {
  const of = (epoch: number) => found.filter((value) => value.endsWith(` in ${epoch}`))
  const send = (value: string, epoch: number, baseSequence: number) =>
    append(log, batchOf([value], { producerId: 5 + epoch, producerEpoch: 0, baseSequence }), 99)
  for (const epoch of [0, 1, 2, 3, 4]) {
    const last = of(epoch).at(-1)
    if (last === undefined) continue
    const again = send(last, epoch, of(epoch).length - 1)
    expect(again, context).toMatchObject({ duplicate: true, firstOffset: found.indexOf(last) })
  }
  for (const epoch of [0, 1, 2, 3, 4]) {
    const next = send('next', epoch, of(epoch).length)
    expect(next, `${context}, epoch ${epoch}`).toMatchObject({ errorCode: 0, duplicate: false })
  }
}

test(
  'a crash at every operation of the disk',
  async () => {
    const total = new StoppingDisk(new MemoryDisk(), Infinity)
    await scenario(total, new Expected())
    expect(total.operations).toBeGreaterThan(100)
    const stoppedIn = new Set<string>()
    for (let stopAt = 0; stopAt < total.operations; stopAt += 1) {
      const memory = new MemoryDisk()
      const expected = new Expected()
      let stopped: unknown
      try {
        await scenario(new StoppingDisk(memory, stopAt), expected)
      } catch (thrown) {
        stopped = thrown
      }
      // Writing the last index entries, or tidying up, may fail without anybody needing to know.
      stoppedIn.add(stopped instanceof Error ? stopped.constructor.name : 'nothing')
      check(memory.afterKill(), expected, true, `killed at operation ${stopAt}`)
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const found = memory.afterPowerCut(randomOf(stopAt * 31 + seed))
        check(found.afterKill(), expected, false, `power cut at operation ${stopAt}, seed ${seed}`)
        if (!found.directories.has('/logs/t-0')) continue
        const context = `verify at ${stopAt}, seed ${seed}`
        expect(await verifyAfterClose(found, context), context).toEqual([])
      }
    }
  },
  EXHAUSTIVE_MS,
)

/**
 * A power cut may leave anything in an index that was not fsynced: what is derived is checked when
 * it is first asked. So everything is asked, by offset and by time (D7); what the files hold after
 * that has to be whole.
 */
async function verifyAfterClose(disk: MemoryDisk, context: string) {
  const manager = openManager(disk)
  const log = manager.get('t', 0)
  if (log) {
    const records = readAll(log)
    for (const { offset, timestampMs, value } of records) {
      expect(valuesOf(readAll(log, offset, 1))[0], `${context}, offset ${offset}`).toBe(value)
      const found = log.offsetForTimestamp(timestampMs - 1, { upToOffset: log.logEndOffset })
      expect(found, `${context}, time ${timestampMs}`).toMatchObject({ offset, timestampMs })
    }
    const later = (records.at(-1)?.timestampMs ?? FIRST_MS) + 1
    expect(log.offsetForTimestamp(later, { upToOffset: log.logEndOffset }), context).toBe(null)
  }
  await manager.close({ brokerEpoch: 2 })
  return disk.directories.has('/logs/t-0') ? verifyAgainstScan(disk, '/logs/t-0') : []
}
