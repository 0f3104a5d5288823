// Goal: a clean restart says nothing of indexes that are as a rebuild would make them, however few
// entries they have; one that lost its entries is rebuilt, and that is said.
// Method: logs of different batches through the log manager on a disk in memory, restarted, read
// and searched by time; then the offset indexes are taken away and what a rebuild makes of the same
// batches is compared, byte by byte.
import { beforeEach, expect, test } from 'vitest'
import type { Log } from '../../../src/log/log.ts'
import { LogManager } from '../../../src/log/log-manager.ts'
import { KeptLogger, ManualClock, TOPIC_ID, append, batchOf, config, readAll } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const CONFIG = { ...config, 'index.interval.bytes': 4_096, 'segment.bytes': 40_000 }
const FIRST_MS = 1_700_000_000_000
const DIRECTORY = '/logs/t-0'

let disk: MemoryDisk
let logger: KeptLogger
let count: number

beforeEach(() => {
  disk = new MemoryDisk()
  logger = new KeptLogger()
  count = 0
})

const open = () =>
  LogManager.open({
    disk,
    clock: new ManualClock(),
    logger,
    random: { next: () => 0, bytes: (length) => new Uint8Array(length).fill(7) },
    directory: '/logs',
    configOf: () => CONFIG,
    onFatal: () => {},
  })

/** One run of the node: appends a batch for each size, and stops in good order. */
async function run(sizes: readonly number[]): Promise<void> {
  const manager = open()
  const log = manager.create({ topic: 't', partition: 0, topicId: TOPIC_ID, config: CONFIG })
  for (const sizeBytes of sizes) {
    const timestampMs = FIRST_MS + count
    expect(append(log, batchOf(['x'.repeat(sizeBytes)], { timestampMs })).errorCode).toBe(0)
    count += 1
  }
  lookUpEverything(log)
  expect(await manager.close({ brokerEpoch: 1 })).toBe(true)
}

function lookUpEverything(log: Log): void {
  expect(readAll(log)).toHaveLength(count)
  for (let offset = 0; offset < count; offset += 1)
    expect(log.offsetForTimestamp(FIRST_MS + offset, { upToOffset: Infinity })).toMatchObject({
      offset,
    })
}

const indexPaths = () => [...disk.files.keys()].filter((path) => path.endsWith('.index')).sort()
const indexes = () => indexPaths().map((path) => [path, [...(disk.files.get(path)?.bytes ?? [])]])

const SMALL = 50
const GIANT = 20_000

test.each<[string, readonly (readonly number[])[]]>([
  ['one small batch', [[SMALL]]],
  ['one giant batch', [[GIANT]]],
  ['a small and a giant batch', [[SMALL, GIANT]]],
  ['a giant and a small batch', [[GIANT, SMALL]]],
  ['several batches within the interval', [[SMALL, SMALL, 3_000]]],
  ['batches that end just around the interval', [[1_900, 1_900, 100, 100, 100, 100, 9_000]]],
  ['several batches', [Array.from({ length: 30 }, () => 900)]],
  ['one small batch in a segment of many', [[39_000, 39_000, SMALL]]],
  ['several segments', [Array.from({ length: 200 }, (_, index) => 100 + ((index * 977) % 5_000))]],
  ['a little in every run', Array.from({ length: 12 }, () => [3_000])],
  ['a little in every run, across rolls', Array.from({ length: 30 }, () => [SMALL, 2_500])],
])('no word of indexes at a clean restart: %s', async (_, runs) => {
  for (const sizes of runs) await run(sizes)
  await run([])
  await run([])
  expect(logger.messages('warn')).toEqual([])
  const asWritten = indexes()
  for (const path of indexPaths()) disk.remove(path)
  await run([])
  expect(indexes()).toEqual(asWritten)
})

test('the indexes stay silent after a truncation', async () => {
  await run(Array.from({ length: 10 }, () => 3_000))
  const manager = open()
  manager.get('t', 0)?.truncateTo(7)
  count = 7
  await manager.close({ brokerEpoch: 1 })
  for (let time = 0; time < 3; time += 1) await run([3_000])
  expect(logger.messages('warn')).toEqual([])
})

test('an index that lost its entries is rebuilt, and that is said', async () => {
  await run(Array.from({ length: 30 }, () => 900))
  const asWritten = indexes()
  disk.open(`${DIRECTORY}/00000000000000000000.index`, 'write').truncate(0)
  await run([])
  expect(logger.lines).toContainEqual({
    level: 'warn',
    fields: expect.objectContaining({ reason: 'the offset index is empty' }) as object,
    message: 'indexes rebuilt',
  })
  expect(indexes()).toEqual(asWritten)
})
