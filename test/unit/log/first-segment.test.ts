// Goal: a first segment that is lost is told from one that was deleted, and a log start that rotted
// is not believed: either would hide records without a word (S2, C4).
// Method: logs with several segments on a disk in memory; a file is taken away, or one byte of the
// checkpoint changed, every byte in turn.
import { expect, test } from 'vitest'
import {
  parseCheckedOffsets,
  parseOffsetCheckpoint,
  printCheckedOffsets,
  printOffsetCheckpoint,
} from '../../../src/log/checkpoint.ts'
import { batchOf, openLog } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const DIRECTORY = '/logs/t-0'
const CONFIG = { 'segment.bytes': 300, 'index.interval.bytes': 50 }
const FIRST = `${DIRECTORY}/00000000000000000000`

/** A log of several segments after a clean stop, and where it ends. */
async function written(): Promise<{ disk: MemoryDisk; end: number }> {
  const disk = new MemoryDisk()
  const log = openLog({ disk, directory: DIRECTORY, config: CONFIG })
  for (let count = 0; count < 12; count += 1)
    log.append(batchOf([`value ${count}`]), { leaderEpoch: 0, origin: 'client' })
  expect(log.segmentCount).toBeGreaterThan(2)
  await log.close()
  return { disk, end: log.logEndOffset }
}

const open = (disk: MemoryDisk, recoveryPoint: number, isLogStartKnown: boolean) =>
  openLog({ disk, directory: DIRECTORY, config: CONFIG, recoveryPoint, isLogStartKnown })

test('a first segment that is gone, but for its index, refuses the log', async () => {
  const { disk, end } = await written()
  disk.remove(`${FIRST}.log`)
  expect(() => open(disk.afterKill(), end, true)).toThrow(/is the first segment of its log/)
  // Nothing was changed: what was moved away by mistake can come back.
  expect(disk.exists(`${FIRST}.index`)).toBe(true)
})

test('it is not missed by who cannot know, nor when it had not been durable', async () => {
  const { disk, end } = await written()
  disk.remove(`${FIRST}.log`)
  expect(open(disk.afterKill(), end, false).logStartOffset).toBeGreaterThan(0)
  expect(open(disk.afterKill(), 0, true).logStartOffset).toBeGreaterThan(0)
})

test('a first segment that was being deleted is not missed', async () => {
  const { disk, end } = await written()
  disk.rename(`${FIRST}.log`, `${FIRST}.log.deleted`)
  expect(open(disk.afterKill(), end, true).logStartOffset).toBeGreaterThan(0)
})

const ENTRIES = [
  { topic: 'orders', partition: 0, offset: 0 },
  { topic: 'orders', partition: 1, offset: 4711 },
]

test('no flipped bit of a checked checkpoint is believed', () => {
  const whole = printCheckedOffsets(ENTRIES)
  expect(parseCheckedOffsets(whole)).toEqual(ENTRIES)
  for (let at = 0; at < whole.byteLength; at += 1)
    for (let bit = 0; bit < 8; bit += 1) {
      const rotten = whole.slice()
      rotten[at] = (whole[at] ?? 0) ^ (1 << bit)
      const parsed = parseCheckedOffsets(rotten) ?? []
      // Where the checksum's own name has rotted, what it is of is as it was.
      expect(parsed, `bit ${bit} of byte ${at}`).toEqual(parsed.length ? ENTRIES : [])
    }
})

test('one of Kafka, without a checksum, is believed, and ours can be read as Kafka does', () => {
  expect(parseCheckedOffsets(printOffsetCheckpoint(ENTRIES))).toEqual(ENTRIES)
  expect(parseOffsetCheckpoint(printCheckedOffsets(ENTRIES))?.slice(0, 2)).toEqual(ENTRIES)
})
