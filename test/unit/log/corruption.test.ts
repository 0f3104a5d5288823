// Goal: whatever happens to the bytes of a log at rest, opening it gives a prefix of what was there
// or refuses and says why, and reading never gives a wrong record (invariants C16, D1, D2).
// Method: a small log of three segments, three epochs and two producers is written once. Then every
// byte of every file is flipped, and every file is cut at every length, one at a time, and the log
// is opened after a clean and an unclean stop, with everything or nothing known to be durable.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Log } from '../../../src/log/log.ts'
import { LogCorrupt } from '../../../src/log/types.ts'
import { BatchCursor } from '../../../src/records/batch.ts'
import type { ReadRecord } from './fixture.ts'
import { batchOf, openLog, readAll } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const DIRECTORY = '/logs/t-0'
const CONFIG = { 'segment.bytes': 700, 'index.interval.bytes': 100 }
const START_MS = 1_700_000_000_000

let whole: MemoryDisk
let records: readonly ReadRecord[]
let batches: ReadonlyMap<number, string>
let epochs: unknown
let end: number
let lastBatch: Uint8Array

const hexOf = (batch: Uint8Array) => Buffer.from(batch).toString('hex')
/**
 * Without the leader epoch, which no CRC covers: the last batch's cannot be checked by anything.
 */
const withoutEpoch = (hex: string) => hex.slice(0, 24) + hex.slice(32)

beforeAll(async () => {
  const disk = new MemoryDisk()
  const log = openLog({ disk, directory: DIRECTORY, config: CONFIG })
  const sequences = new Map([
    [7, 0],
    [8, 0],
  ])
  for (let count = 0; count < 18; count += 1) {
    const producerId = count % 3 === 0 ? -1 : 7 + (count % 2)
    const values = Array.from({ length: (count % 3) + 1 }, (_, index) => `value ${count}/${index}`)
    const baseSequence = sequences.get(producerId) ?? -1
    sequences.set(producerId, baseSequence + values.length)
    const idempotent = producerId < 0 ? {} : { producerId, producerEpoch: 0, baseSequence }
    lastBatch = batchOf(values, { timestampMs: START_MS + count * 10, ...idempotent })
    const leaderEpoch = Math.floor(count / 7)
    expect(log.append(lastBatch, { leaderEpoch, origin: 'client' }).errorCode).toBe(0)
  }
  expect(log.segmentCount).toBe(3)
  records = readAll(log)
  epochs = log.leaderEpochs
  end = log.logEndOffset
  batches = batchesOf(log)
  await log.close()
  whole = disk
})

/** Everything that can be read, by base offset; stops where an error is answered. */
function batchesOf(log: Log): Map<number, string> {
  const found = new Map<number, string>()
  for (let fromOffset = log.logStartOffset; fromOffset < log.logEndOffset;) {
    const read = log.read({
      fromOffset,
      upToOffset: Infinity,
      maxBytes: 250,
      atLeastOneBatch: true,
    })
    if (read.errorCode !== 0) break
    if (read.sizeBytes === 0) throw new Error(`read at ${fromOffset}: neither bytes nor an error`)
    for (const chunk of read.chunks)
      for (const batch = new BatchCursor(chunk); batch.at < chunk.byteLength; batch.next()) {
        found.set(batch.baseOffset, hexOf(batch.batch))
        fromOffset = batch.nextOffset
      }
  }
  return found
}

interface Start {
  readonly name: string
  readonly cleanShutdown: boolean
  readonly everythingWasDurable: boolean
}

const STARTS: readonly Start[] = [
  { name: 'clean', cleanShutdown: true, everythingWasDurable: true },
  { name: 'clean, recovery point lost', cleanShutdown: true, everythingWasDurable: false },
  { name: 'unclean', cleanShutdown: false, everythingWasDurable: true },
  { name: 'unclean, recovery point lost', cleanShutdown: false, everythingWasDurable: false },
]

function openAfter(start: Start, damage: (disk: MemoryDisk) => void): Log | LogCorrupt {
  const disk = whole.afterKill()
  damage(disk)
  try {
    return openLog({
      disk,
      directory: DIRECTORY,
      config: CONFIG,
      cleanShutdown: start.cleanShutdown,
      recoveryPoint: start.everythingWasDurable ? end : 0,
    })
  } catch (thrown) {
    if (thrown instanceof LogCorrupt) return thrown
    throw thrown
  }
}

const paths = (suffix: string) => [...whole.files.keys()].filter((path) => path.endsWith(suffix))
const bytesIn = (disk: MemoryDisk, path: string) => {
  const node = disk.files.get(path)
  if (!node) throw new Error(path)
  return node
}

/** One way of flipping per byte, in turn; all of them with TEST_FULL=1. */
const FLIPS = [0x01, 0x80, 0xff]
const flipsOf = (at: number) =>
  process.env['TEST_FULL'] === '1' ? FLIPS : [FLIPS[at % FLIPS.length] ?? 0xff]

/**
 * What is served is what was written. No CRC covers the leader epoch, so a wrong one can be told
 * only where it breaks the order of epochs: what is served must at least keep that order.
 */
function checkServed(log: Log, context: string): void {
  let epoch = -1
  for (const [baseOffset, hex] of batchesOf(log)) {
    const written = batches.get(baseOffset) ?? `nothing begins at ${baseOffset}`
    if (withoutEpoch(hex) !== withoutEpoch(written)) expect(hex, context).toBe(written)
    const served = new BatchCursor(Buffer.from(hex, 'hex')).partitionLeaderEpoch
    expect(served, `${context}: epoch of ${baseOffset}`).toBeGreaterThanOrEqual(epoch)
    epoch = served
  }
}

describe.each(STARTS)('$name', (start) => {
  test('every byte of every segment flipped: a prefix, a refusal, never a wrong record', () => {
    let refused = 0
    for (const path of paths('.log'))
      for (let at = 0; at < bytesIn(whole, path).bytes.byteLength; at += 1)
        for (const mask of flipsOf(at)) {
          const context = `${path} byte ${at} ^ ${mask}`
          const log = openAfter(start, (disk) => {
            const { bytes } = bytesIn(disk, path)
            bytes[at] = (bytes[at] ?? 0) ^ mask
          })
          if (log instanceof LogCorrupt) {
            refused += 1
            expect(log.message, context).toMatch(/is damaged at byte \d+, where offset \d+/)
            expect(start.everythingWasDurable || log.offset < 0, context).toBe(true)
            continue
          }
          checkServed(log, context)
          // After a scan of everything, what is left can be read to its end.
          if (!start.cleanShutdown && !start.everythingWasDurable)
            expect([...batchesOf(log).keys()].at(-1) ?? -1, context).toBe(
              log.logEndOffset === 0
                ? -1
                : [...batches.keys()].findLast((base) => base < log.logEndOffset),
            )
        }
    expect(refused > 0).toBe(start.everythingWasDurable)
  })

  test('every segment cut at every length: a prefix or a refusal', () => {
    for (const path of paths('.log'))
      for (let sizeBytes = 0; sizeBytes < bytesIn(whole, path).bytes.byteLength; sizeBytes += 1) {
        const context = `${path} cut to ${sizeBytes} bytes`
        const log = openAfter(start, (disk) => {
          const node = bytesIn(disk, path)
          node.bytes = node.bytes.slice(0, sizeBytes)
        })
        if (log instanceof LogCorrupt) {
          expect(start.everythingWasDurable, context).toBe(true)
          continue
        }
        checkServed(log, context)
        // Nothing is passed over in silence: what is served is a prefix.
        const served = [...batchesOf(log).keys()]
        expect(served, context).toEqual([...batches.keys()].slice(0, served.length))
        const isLast = path === paths('.log').at(-1)
        // What is missing at the end of all is noticed whenever it was known to be durable.
        if (isLast && start.everythingWasDurable) expect.fail(`${context}: not noticed`)
      }
  })

  test('every byte of every derived file flipped: everything is there, and found', () => {
    const derived = [...whole.files.keys()].filter((path) => !path.endsWith('.log'))
    for (const path of derived)
      for (let at = 0; at < bytesIn(whole, path).bytes.byteLength; at += 1)
        for (const mask of flipsOf(at))
          expectWhole(start, `${path} byte ${at} ^ ${mask}`, (disk) => {
            const { bytes } = bytesIn(disk, path)
            bytes[at] = (bytes[at] ?? 0) ^ mask
          })
  })

  test('every derived file cut at every length', () => {
    const derived = [...whole.files.keys()].filter((path) => !path.endsWith('.log'))
    for (const path of derived)
      for (let size = 0; size < bytesIn(whole, path).bytes.byteLength; size += 1)
        expectWhole(start, `${path} cut to ${size}`, (disk) => {
          const node = bytesIn(disk, path)
          node.bytes = node.bytes.slice(0, size)
        })
  })

  test('every subset of derived files removed', () => {
    const derived = [...whole.files.keys()].filter((path) => !path.endsWith('.log'))
    for (let subset = 0; subset < 2 ** derived.length; subset += 1)
      expectWhole(start, `subset ${subset}`, (disk) =>
        derived.forEach((path, index) => {
          if (subset & (1 << index)) disk.remove(path)
        }),
      )
  })
})

function expectWhole(start: Start, context: string, damage: (disk: MemoryDisk) => void): void {
  const log = openAfter(start, damage)
  if (log instanceof LogCorrupt) throw new Error(`${context}: ${log.message}`)
  expect(log.logEndOffset, context).toBe(end)
  expect(log.leaderEpochs, context).toEqual(epochs)
  const found = batchesOf(log)
  if (found.size !== batches.size || [...found].some(([base, hex]) => batches.get(base) !== hex))
    expect(found, context).toEqual(batches)
  for (const { offset, timestampMs } of records)
    expect(log.offsetForTimestamp(timestampMs, { upToOffset: end })?.offset, context).toBe(offset)
  const last = records.at(-1)
  expect(log.maxTimestamp()?.offset, context).toBe(last?.offset)
  // The producers are known: the last batch of one of them, sent again, is a duplicate.
  const again = lastBatch.slice()
  const sent = log.append(again, { leaderEpoch: 2, origin: 'client' })
  expect(sent, context).toMatchObject({ errorCode: 0, duplicate: true, lastOffset: end - 1 })
}
