// Goal: the metadata log says itself what of it was durable: below that a bad entry stops the node,
// above it is a torn tail (SAFETY S5, S6).
// Method: entries whose value is the watermark known when they were written; damage in front of and
// behind the largest one, with and without valid entries behind the damage.
import { beforeEach, expect, test } from 'vitest'
import type { RecoveryHook } from '../../../src/log/types.ts'
import { LogCorrupt } from '../../../src/log/types.ts'
import type { BatchCursor } from '../../../src/records/batch.ts'
import { readRecords } from '../../../src/records/record.ts'
import { KeptLogger, batchOf, openLog, readAll, valuesOf } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const DIRECTORY = '/logs/__cluster_metadata-0'
const CONFIG = { 'segment.bytes': 400 }

function valueOf(batch: BatchCursor): string {
  const [record] = readRecords(batch, { maxBytes: 1_000 })
  return new TextDecoder().decode(record?.value ?? undefined)
}

const hook = (durableWatermark = 0): RecoveryHook => ({
  durableWatermark,
  watermarkOf: (batch) => Number(valueOf(batch).split('/')[1]),
  check: (batch) =>
    Number(valueOf(batch).split('/')[0]) === batch.baseOffset ? null : 'its index is another',
})

let disk: MemoryDisk
let logger: KeptLogger
let positions: { path: string; at: number; sizeBytes: number }[]

const open = (recovery: RecoveryHook) =>
  openLog({ disk, logger, directory: DIRECTORY, topicId: null, config: CONFIG, recovery })

/** Entries over several segments; entry i says that all below `watermarks[i]` was durable. */
function write(watermarks: readonly number[]): void {
  const log = open(hook())
  for (const [index, watermark] of watermarks.entries()) {
    const bytes = batchOf([`${index}/${watermark}`])
    const before = log.segmentCount
    const sizes = () => [...disk.files].filter(([path]) => path.endsWith('.log'))
    const { errorCode } = log.append(bytes, { leaderEpoch: 1, origin: 'coordinator' })
    expect(errorCode).toBe(0)
    const [path, node] = sizes().sort().at(-1) ?? ['', { bytes: new Uint8Array() }]
    expect(log.segmentCount).toBeGreaterThanOrEqual(before)
    const sizeBytes = bytes.byteLength
    positions.push({ path, at: node.bytes.byteLength - sizeBytes, sizeBytes })
  }
  expect(log.segmentCount).toBeGreaterThan(2)
}

function damage(index: number, byte = 40): void {
  const place = positions[index]
  const node = disk.files.get(place?.path ?? '')
  if (!place || !node) throw new Error(`no entry ${index}`)
  node.bytes[place.at + byte] = (node.bytes[place.at + byte] ?? 0) ^ 0x40
}

beforeEach(() => {
  disk = new MemoryDisk()
  logger = new KeptLogger()
  positions = []
})

const lagging = [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

test('an undamaged log is whole, and as durable as its entries say', () => {
  write(lagging)
  const log = open(hook())
  expect(readAll(log)).toHaveLength(12)
  expect({ end: log.logEndOffset, flushed: log.flushedOffset }).toEqual({ end: 12, flushed: 10 })
})

test('damage above every watermark is a torn tail: one line, and the rest is there', () => {
  write(lagging)
  damage(10)
  const log = open(hook())
  expect(valuesOf(readAll(log))).toHaveLength(10)
  expect(logger.messages('warn')).toEqual(['torn tail cut'])
})

test.each([3, 9])('damage at %i, below a watermark that was seen in front of it', (index) => {
  write([0, 0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10])
  damage(index)
  expect(() => open(hook())).toThrow(LogCorrupt)
})

test.each([8, 5, 1])('damage at %i, told only by valid entries behind it', (index) => {
  write(lagging)
  damage(index)
  const before = disk.afterKill()
  expect(() => open(hook())).toThrow(/is damaged at byte/)
  for (const [path, node] of before.files)
    if (path.endsWith('.log')) expect(disk.files.get(path)?.bytes).toEqual(node.bytes)
})

test('even when the length of the bad entry is what is damaged', () => {
  write(lagging)
  damage(8, 10)
  expect(() => open(hook())).toThrow(LogCorrupt)
})

test('a watermark from elsewhere counts as well', () => {
  write([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  damage(7)
  expect(open(hook(7)).logEndOffset).toBe(7)
  // The cut is durable: what follows is a log of seven.
  expect(() => open(hook(8))).toThrow(/the log ends there/)
})

test('an entry in the wrong place is bad, whatever its CRC says', () => {
  write(lagging)
  const [first, second] = positions.slice(-2)
  const node = disk.files.get(second?.path ?? '')
  expect(first?.path).toBe(second?.path)
  // A copy of the entry before, its base offset put right: no CRC covers that.
  const copy = node?.bytes.slice(first?.at, (first?.at ?? 0) + (first?.sizeBytes ?? 0))
  if (!node || !copy || !second) throw new Error('no entry')
  copy[7] = 11
  node.bytes.set(copy, second.at)
  const log = open(hook())
  expect(log.logEndOffset).toBe(11)
  expect(logger.lines[0]?.fields['reason']).toBe('its index is another')
})
