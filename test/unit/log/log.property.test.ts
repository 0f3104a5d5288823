// Goal: whatever is done to a log, in whatever order, it reads back what a list of records would
// hold: appends, rolls, truncations, log start moves, clean and killed restarts, lost and garbled
// derived files (invariants C2, C10, D1, D2, D7).
// Method: random commands run against the log on a disk in memory and against a naive model; after
// every command both are compared whole. A power cut at the end must leave a prefix that holds all
// that was flushed. fast-check shrinks a failure to the few commands that matter.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseOffsetFileName } from '../../../src/log/file-names.ts'
import type { Log } from '../../../src/log/log.ts'
import { TailCache } from '../../../src/log/tail-cache.ts'
import type { LogConfig } from '../../../src/log/types.ts'
import { verifyAgainstScan } from '../../../src/log/verify.ts'
import type { ReadRecord } from './fixture.ts'
import { ManualClock, applyRetention, batchOf, openLog, readAll, recordsIn } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const DIRECTORY = '/logs/t-0'
const START_MS = 1_700_000_000_000

type Command =
  | {
      type: 'append'
      count: number
      bytes: number
      timeMs: number
      codec: 'none' | 'gzip'
      producerId: number
    }
  | { type: 'resend'; producerId: number }
  | { type: 'replicate'; batches: number; timeMs: number }
  | { type: 'newEpoch' }
  | { type: 'roll' }
  | { type: 'truncate'; at: number }
  | { type: 'startAt'; ahead: number }
  | { type: 'highWatermark'; at: number }
  | { type: 'logStart'; at: number }
  | { type: 'retain'; segments: number }
  | { type: 'flush' }
  | { type: 'reopen'; clean: boolean }
  | { type: 'garble'; file: number; how: 'remove' | 'empty' | 'noise' | 'cut' | 'zeros' }
  | { type: 'read'; at: number; maxBytes: number }
  | { type: 'lookup'; timeMs: number; upTo: number }

const part = fc.double({ min: 0, max: 1, noNaN: true })
const timeMs = fc.integer({ min: 0, max: 500 })
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('append' as const),
      count: fc.integer({ min: 1, max: 5 }),
      bytes: fc.integer({ min: 0, max: 120 }),
      timeMs,
      codec: fc.constantFrom('none' as const, 'gzip' as const),
      producerId: fc.constantFrom(-1, -1, 1, 2),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('resend' as const),
      producerId: fc.constantFrom(1, 2),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('replicate' as const),
      batches: fc.integer({ min: 1, max: 12 }),
      timeMs,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('newEpoch' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('roll' as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('truncate' as const), at: part }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('startAt' as const),
      ahead: fc.integer({ min: -5, max: 20 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('highWatermark' as const), at: part }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('logStart' as const), at: part }) },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('retain' as const),
      segments: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('flush' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('reopen' as const), clean: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('garble' as const),
      file: fc.nat(100),
      how: fc.constantFrom(
        'remove' as const,
        'empty' as const,
        'noise' as const,
        'cut' as const,
        'zeros' as const,
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('read' as const),
      at: part,
      maxBytes: fc.integer({ min: 0, max: 2_000 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('lookup' as const), timeMs, upTo: part }) },
)

interface ModelRecord extends ReadRecord {
  readonly epoch: number
  readonly batchBase: number
  readonly batchEnd: number
  readonly producerId: number
  /** Of the batch's first record. */
  readonly baseSequence: number
}

const NOT_IDEMPOTENT = { producerId: -1, baseSequence: -1 }

/** The log as a list. */
class Model {
  records: ModelRecord[] = []
  start = 0
  end = 0
  highWatermark = 0
  epoch = 0

  append(
    values: readonly string[],
    timestampMs: number,
    { producerId, baseSequence }: { producerId: number; baseSequence: number } = NOT_IDEMPOTENT,
  ): void {
    const batchBase = this.end
    const batchEnd = this.end + values.length
    values.forEach((value, index) =>
      this.records.push({
        offset: batchBase + index,
        timestampMs: timestampMs + index,
        value,
        epoch: this.epoch,
        batchBase,
        batchEnd,
        producerId,
        baseSequence,
      }),
    )
    this.end = batchEnd
  }

  /** The sequence that comes next for a producer: 0 when none of its batches is in the log. */
  nextSequence(producerId: number): number {
    const last = this.lastOf(producerId)
    return last ? last.baseSequence + last.batchEnd - last.batchBase : 0
  }

  lastOf(producerId: number): ModelRecord | undefined {
    return this.records.findLast((record) => record.producerId === producerId)
  }

  get visible(): ReadRecord[] {
    return this.records
      .filter(({ offset }) => offset >= this.start)
      .map(({ offset, timestampMs, value }) => ({ offset, timestampMs, value }))
  }

  truncate(offset: number): void {
    const cut = this.records.find((record) => record.batchEnd > offset)
    if (cut) this.records = this.records.filter((record) => record.batchBase < cut.batchBase)
    this.end = Math.min(this.end, cut?.batchBase ?? this.end)
    this.start = Math.min(this.start, this.end)
    this.highWatermark = Math.min(this.highWatermark, this.end)
  }

  epochs(): [number, number][] {
    const epochs: [number, number][] = []
    for (const { epoch, offset } of this.records)
      if (offset >= this.start && epochs.at(-1)?.[0] !== epoch) epochs.push([epoch, offset])
    return epochs
  }
}

class World {
  disk = new MemoryDisk()
  readonly clock = new ManualClock()
  readonly model = new Model()
  readonly config: Partial<LogConfig>
  readonly tailBytes: number
  /** Derived files that were damaged; nobody need have looked at them since. */
  readonly garbled = new Set<string>()
  log: Log
  #count = 0
  #lowered = Infinity

  constructor(config: Partial<LogConfig>, tailBytes: number) {
    this.config = config
    this.tailBytes = tailBytes
    this.log = this.#open(0, false)
  }

  #open(recoveryPoint: number, cleanShutdown: boolean): Log {
    this.#lowered = Infinity
    return openLog({
      disk: this.disk,
      clock: this.clock,
      directory: DIRECTORY,
      config: this.config,
      tailCache: new TailCache({ budgetBytes: this.tailBytes }),
      recoveryPoint,
      cleanShutdown,
      logStartOffset: this.model.start,
      highWatermark: this.model.highWatermark,
      lowerRecoveryPoint: (offset) => void (this.#lowered = Math.min(this.#lowered, offset)),
    })
  }

  #values(count: number, bytes: number): string[] {
    return Array.from({ length: count }, () => `${(this.#count += 1)}:`.padEnd(bytes, 'x'))
  }

  async run(step: Command): Promise<void> {
    const { model, log } = this
    switch (step.type) {
      case 'append': {
        const values = this.#values(step.count, step.bytes)
        const timestampMs = START_MS + step.timeMs
        const { codec, producerId } = step
        const baseSequence = producerId < 0 ? -1 : model.nextSequence(producerId)
        const producer = { producerId, producerEpoch: 0, baseSequence }
        const bytes = batchOf(values, { timestampMs, codec, ...producer })
        const result = log.append(bytes, { leaderEpoch: model.epoch, origin: 'client' })
        expect(result).toMatchObject({ errorCode: 0, firstOffset: model.end, duplicate: false })
        model.append(values, timestampMs, producer)
        return
      }
      case 'resend': {
        const last = model.lastOf(step.producerId)
        // Of a batch that went with retention the log may know or not.
        if (!last || last.batchBase < model.start) return
        const { producerId, baseSequence, batchBase, batchEnd } = last
        const producer = { producerId, producerEpoch: 0, baseSequence }
        const bytes = batchOf(this.#values(batchEnd - batchBase, 0), producer)
        const result = log.append(bytes, { leaderEpoch: model.epoch, origin: 'client' })
        const expected = { errorCode: 0, duplicate: true, firstOffset: batchBase }
        expect(result).toMatchObject(expected)
        return
      }
      case 'replicate': {
        const chunks: Uint8Array[] = []
        for (let count = 0; count < step.batches; count += 1) {
          const values = this.#values(1, 40)
          const options = { baseOffset: model.end, leaderEpoch: model.epoch }
          chunks.push(batchOf(values, { timestampMs: START_MS + step.timeMs, ...options }))
          model.append(values, START_MS + step.timeMs)
        }
        const bytes = new Uint8Array(Buffer.concat(chunks))
        const result = log.append(bytes, { leaderEpoch: -1, origin: 'replication' })
        expect(result).toMatchObject({ errorCode: 0, lastOffset: model.end - 1 })
        return
      }
      case 'newEpoch':
        model.epoch += 1
        return log.assignEpoch(model.epoch)
      case 'roll':
        expect(log.roll()).toBe(0)
        return
      case 'truncate': {
        const to = model.start + Math.floor(step.at * (model.end - model.start))
        log.truncateTo(to)
        return model.truncate(to)
      }
      case 'startAt': {
        const offset = Math.max(0, model.end + step.ahead)
        log.truncateFullyAndStartAt(offset)
        model.records = []
        model.start = model.end = model.highWatermark = offset
        return
      }
      case 'highWatermark': {
        const to = Math.floor(step.at * (model.end + 3))
        log.advanceHighWatermark(to)
        model.highWatermark = Math.max(model.highWatermark, Math.min(to, model.end))
        return
      }
      case 'logStart': {
        const to = Math.floor(step.at * model.highWatermark)
        expect(log.advanceLogStart(to)).toBe(0)
        model.start = Math.max(model.start, to)
        return
      }
      case 'retain': {
        const retentionBytes = step.segments * 600
        log.updateConfig({ ...log.config, 'retention.bytes': retentionBytes })
        applyRetention(log, this.clock.nowMs)
        expect(log.logStartOffset).toBeGreaterThanOrEqual(model.start)
        expect(log.logStartOffset).toBeLessThanOrEqual(model.highWatermark)
        model.start = log.logStartOffset
        return
      }
      case 'flush':
        await log.flush()
        expect(log.flushedOffset).toBe(model.end)
        return
      case 'reopen':
        return this.#reopen(step.clean)
      case 'garble':
        return this.#garble(step)
      case 'read':
        return this.#read(step)
      case 'lookup':
        return this.#lookup(step)
    }
  }

  async #reopen(clean: boolean): Promise<void> {
    const recoveryPoint = this.log.flushedOffset
    if (clean) {
      await this.log.close()
      this.log = this.#open(this.model.end, true)
      return
    }
    await this.log.flush().catch(() => {})
    this.disk = this.disk.afterKill()
    this.log.abandon()
    this.log = this.#open(Math.min(recoveryPoint, this.#lowered), false)
    expect(this.log.recovery).toMatchObject({ cutBytes: 0, removedSegments: 0 })
  }

  /** Damages a derived file while the log is down, then opens it, cleanly or not. */
  async #garble({ file, how }: Command & { type: 'garble' }): Promise<void> {
    const clean = file % 2 === 0
    const recoveryPoint = this.log.flushedOffset
    if (clean) await this.log.close()
    else {
      this.disk = this.disk.afterKill()
      this.log.abandon()
    }
    const derived = [...this.disk.files.keys()].filter((path) => !path.endsWith('.log')).sort()
    const path = derived[file % Math.max(1, derived.length)]
    const node = path === undefined ? undefined : this.disk.files.get(path)
    if (path !== undefined && node) {
      this.garbled.add(path)
      if (how === 'remove') this.disk.remove(path)
      if (how === 'empty') node.bytes = new Uint8Array(0)
      if (how === 'cut') node.bytes = node.bytes.slice(0, (file * 7) % (node.bytes.byteLength + 1))
      if (how === 'zeros') node.bytes = new Uint8Array(node.bytes.byteLength + (file % 3) * 12)
      if (how === 'noise')
        node.bytes = node.bytes.map((byte, index) => (byte * 31 + index * 17 + file) & 0xff)
    }
    this.log = this.#open(clean ? this.model.end : recoveryPoint, clean)
  }

  #read({ at, maxBytes }: Command & { type: 'read' }): void {
    const { model, log } = this
    const fromOffset = model.start + Math.floor(at * (model.end - model.start))
    const upToOffset = model.highWatermark
    const read = log.read({ fromOffset, upToOffset, maxBytes, atLeastOneBatch: true })
    expect(read.errorCode).toBe(0)
    const found = recordsIn(read.chunks)
    const expected = model.records.filter(
      (record) => record.batchEnd > fromOffset && record.batchEnd <= upToOffset,
    )
    expect(found).toEqual(
      expected
        .slice(0, found.length)
        .map(({ offset, timestampMs, value }) => ({ offset, timestampMs, value })),
    )
    if (fromOffset < upToOffset && expected.length > 0) expect(found.length).toBeGreaterThan(0)
    const firstBytes = read.chunks[0]?.byteLength ?? 0
    if (found.length < expected.length && read.chunks.length > 1)
      expect(read.sizeBytes).toBeLessThanOrEqual(Math.max(maxBytes, firstBytes))
  }

  #lookup({ timeMs, upTo }: Command & { type: 'lookup' }): void {
    const { model, log } = this
    const upToOffset = Math.floor(upTo * (model.end + 1))
    const inside = model.records.filter(
      ({ offset }) => offset >= model.start && offset < upToOffset,
    )
    const target = START_MS + timeMs
    const first = inside.find(({ timestampMs }) => timestampMs >= target)
    expect(log.offsetForTimestamp(target, { upToOffset })).toEqual(
      first
        ? { offset: first.offset, timestampMs: first.timestampMs, leaderEpoch: first.epoch }
        : null,
    )
    const largest = Math.max(...inside.map(({ timestampMs }) => timestampMs))
    const max = inside.find(({ timestampMs }) => timestampMs === largest)
    expect(log.maxTimestamp({ upToOffset })).toEqual(
      max ? { offset: max.offset, timestampMs: max.timestampMs, leaderEpoch: max.epoch } : null,
    )
  }

  compare(): void {
    const { model, log } = this
    expect({
      start: log.logStartOffset,
      end: log.logEndOffset,
      highWatermark: log.highWatermark,
    }).toEqual({
      start: model.start,
      end: model.end,
      highWatermark: Math.max(model.start, model.highWatermark),
    })
    model.highWatermark = log.highWatermark
    expect(readAll(log)).toEqual(model.visible)
    const withBatches = log.leaderEpochs
      .filter(({ startOffset }) => startOffset < model.end)
      .map(({ leaderEpoch, startOffset }) => [leaderEpoch, startOffset])
    expect(withBatches).toEqual(model.epochs())
    expect(log.flushedOffset).toBeLessThanOrEqual(log.logEndOffset)
  }
}

/** What a fetch from there is given. */
function offsetsFrom(log: Log, fromOffset: number): number[] {
  const { chunks } = log.read({
    ...{ fromOffset, upToOffset: Infinity, maxBytes: 1, atLeastOneBatch: true },
  })
  return recordsIn(chunks).map(({ offset }) => offset)
}

/** The base offsets of all segments. */
const basesOf = (disk: MemoryDisk) =>
  disk.list(DIRECTORY).flatMap(({ name }) => {
    const parsed = parseOffsetFileName(name)
    return parsed?.suffix === '.log' ? [parsed.offset] : []
  })

const runs = process.env['TEST_FULL'] === '1' ? 5_000 : 250

test.each([
  { name: 'no tail cache', tailBytes: 0 },
  { name: 'a small tail cache', tailBytes: 6_000 },
  { name: 'everything in the tail cache', tailBytes: 10_000_000 },
])('a log is what the list of its records is, with $name', async ({ tailBytes }) => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 40 }), async (steps) => {
      const world = new World({ 'segment.bytes': 1_200, 'index.interval.bytes': 150 }, tailBytes)
      for (const step of steps) {
        await world.run(step)
        world.compare()
      }
      await world.log.close()
      const problems = verifyAgainstScan(world.disk, DIRECTORY)
      expect(problems.filter(({ path }) => !world.garbled.has(path))).toEqual([])
    }),
    { numRuns: runs },
  )
})

test('after a power cut the log is a prefix that holds all that was flushed', async () => {
  const seeds = fc.array(part, { minLength: 64, maxLength: 64 })
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 30 }), seeds, async (steps, luck) => {
      const world = new World({ 'segment.bytes': 1_200, 'index.interval.bytes': 150 }, 0)
      await world.log.flush()
      world.disk.syncDirectory('/logs')
      for (const step of steps) {
        // Clean stops are another matter; here the power fails under a running node.
        if (step.type === 'garble' || step.type === 'reopen') continue
        await world.run(step)
      }
      const { flushedOffset } = world.log
      let draw = 0
      const random = () => luck[(draw += 1) % luck.length] as number
      world.disk = world.disk.afterPowerCut(random)
      const log = openLog({
        disk: world.disk,
        directory: DIRECTORY,
        config: world.config,
        recoveryPoint: flushedOffset,
        logStartOffset: Math.min(world.model.start, flushedOffset),
      })
      expect(log.logEndOffset).toBeGreaterThanOrEqual(flushedOffset)
      const found = readAll(log)
      const from = log.logStartOffset
      const expected = world.model.records
        .filter(({ offset }) => offset >= from && offset < log.logEndOffset)
        .map(({ offset, timestampMs, value }) => ({ offset, timestampMs, value }))
      expect(found).toEqual(expected)
      for (const { offset } of expected) expect(offsetsFrom(log, offset)).toContain(offset)
      const scannedFrom = Math.max(...basesOf(world.disk).filter((base) => base <= flushedOffset))
      await log.close()
      // Nobody fsyncs an index. Of a segment that was whole in the log nothing is made anew, and
      // what the power cut left of its indexes is doubted when it is used, as above.
      const isDoubted = ({ path }: { path: string }) => {
        const file = parseOffsetFileName(path.slice(DIRECTORY.length + 1))
        return file !== null && file.suffix !== '.log' && file.offset < scannedFrom
      }
      const problems = verifyAgainstScan(world.disk, DIRECTORY)
      expect(problems.filter((problem) => !isDoubted(problem))).toEqual([])
    }),
    { numRuns: runs * 4 },
  )
})
