// Goal: a log that was abandoned (its topic deleted) touches no file any more, whatever it had
// begun: its directory's name may be that of the next log by now. Every step of a flush, of a
// checkpoint's replacement and of a close that was under way is void (SAFETY S7).
// Method: two lives of one directory on a disk whose fsyncs wait until the second has begun.
import { beforeEach, expect, test } from 'vitest'
import { CheckpointFile } from '../../../src/log/checkpoint.ts'
import type { Log } from '../../../src/log/log.ts'
import { verifyAgainstScan } from '../../../src/log/verify.ts'
import { FaultyDisk } from './faulty-disk.ts'
import { append, applyRetention, batchOf, openLog, readAll, valuesOf } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const DIRECTORY = '/logs/t-0'
const EPOCH_FILE = `${DIRECTORY}/leader-epoch-checkpoint`

let memory: MemoryDisk
let disk: FaultyDisk
let fatal: Error[]

beforeEach(() => {
  memory = new MemoryDisk()
  disk = new FaultyDisk(memory)
  fatal = []
})

const open = () =>
  openLog({
    disk,
    directory: DIRECTORY,
    config: { 'index.interval.bytes': 0 },
    onFatal: (error) => fatal.push(error),
  })

/** As a deletion does it, and a creation behind it. */
function rebirth(old: Log): Log {
  old.abandon()
  memory.rename(DIRECTORY, '/logs/t-0.gone')
  return open()
}

const names = () => memory.list(DIRECTORY).map(({ name }) => name)
const text = (path: string) => new TextDecoder().decode(memory.files.get(path)?.bytes)

async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
}

test('a flush that waits for its data writes no epochs into the next log', async () => {
  const old = open()
  append(old, batchOf(['old']), 9)
  disk.holdSyncs()
  const flushed = old.flush()
  await settle()
  expect(disk.heldSyncs).toBe(1)
  const next = rebirth(old)
  const before = names()
  disk.release()
  await flushed
  expect(names()).toEqual(before)
  append(next, batchOf(['new']), 0)
  await next.close()
  expect(text(EPOCH_FILE)).toBe('0\n1\n0 0\n')
  expect(fatal).toEqual([])
})

test('a flush that waits for its epochs does not put them in place', async () => {
  const old = open()
  append(old, batchOf(['old']), 9)
  disk.holdSyncs()
  const flushed = old.flush()
  await settle()
  const held = disk.heldSyncs
  expect(held).toBeGreaterThan(0)
  const next = rebirth(old)
  append(next, batchOf(['next']), 1)
  const nextFlushed = next.flush()
  await settle()
  expect(disk.heldSyncs).toBeGreaterThan(held)
  disk.release()
  await Promise.all([flushed, nextFlushed])
  expect(text(EPOCH_FILE)).toBe('0\n1\n1 0\n')
  expect(names().filter((name) => name.endsWith('.tmp'))).toEqual([])
  expect(fatal).toEqual([])
})

test('epochs of before a truncation are not put in place after it', async () => {
  const log = open()
  append(log, batchOf(['one']), 1)
  await log.flush()
  append(log, batchOf(['two']), 9)
  disk.holdSyncs()
  const flushed = log.flush()
  await settle()
  log.truncateTo(1)
  disk.release()
  await flushed
  expect(text(EPOCH_FILE)).toBe('0\n1\n1 0\n')
  append(log, batchOf(['three']), 10)
  await log.flush()
  expect(text(EPOCH_FILE)).toBe('0\n2\n1 0\n10 1\n')
})

test('a close that was overtaken by the deletion leaves the next log and its indexes', async () => {
  const old = open()
  for (const value of ['a', 'b', 'c']) append(old, batchOf([value]))
  disk.holdSyncs()
  const closed = old.close()
  await settle()
  const next = rebirth(old)
  for (const value of ['d', 'e', 'f']) append(next, batchOf([value]))
  next.roll()
  const index = `${DIRECTORY}/00000000000000000000.index`
  const before = memory.files.get(index)?.bytes.slice()
  expect(before?.byteLength).toBeGreaterThan(0)
  disk.release()
  await closed
  expect(memory.files.get(index)?.bytes).toEqual(before)
  expect(valuesOf(readAll(next))).toEqual(['d', 'e', 'f'])
  await next.close()
  expect(verifyAgainstScan(memory, DIRECTORY)).toEqual([])
})

test('an abandoned log finds nothing in the files of the next one', () => {
  const old = open()
  append(old, batchOf(['old']))
  const next = rebirth(old)
  append(next, batchOf(['new'], { timestampMs: 1_800_000_000_000 }))
  expect(old.offsetForTimestamp(0, { upToOffset: Infinity })).toBeNull()
  expect(old.maxTimestamp()).toBeNull()
  expect(applyRetention(old, Infinity)).toBe(0)
  expect(next.maxTimestamp()?.timestampMs).toBe(1_800_000_000_000)
})

test('temporaries are of one writer each, and go at the next start', async () => {
  memory.makeDirectory(DIRECTORY)
  const content = (value: string) => new TextEncoder().encode(value)
  disk.holdSyncs()
  const writers = [new CheckpointFile(disk, EPOCH_FILE), new CheckpointFile(disk, EPOCH_FILE)]
  const writes = writers.map((writer, index) => writer.write(content(`${index}`)))
  await settle()
  expect(names()).toHaveLength(2)
  const killed = memory.afterKill()
  disk.release()
  await Promise.all(writes)
  expect(names()).toEqual(['leader-epoch-checkpoint'])

  killed.open(`${DIRECTORY}/another.1-1.tmp`, 'create').close()
  new CheckpointFile(killed, EPOCH_FILE).removeLeftovers()
  expect(killed.list(DIRECTORY).map(({ name }) => name)).toEqual(['another.1-1.tmp'])
  openLog({ disk: killed, directory: DIRECTORY })
  expect(killed.list(DIRECTORY).filter(({ name }) => name.endsWith('.tmp'))).toEqual([])
})
