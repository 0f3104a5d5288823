/**
 * Goal: what a killed process leaves at the end of a log is a partial batch, and nobody was told of
 * it; whatever else is missing or bad there may have been acknowledged, and is said to be lost, at
 * the next start too, until somebody settles it (SAFETY S11).
 * Method: a log of three batches on a disk in memory; its file is changed between two openings.
 */
import { beforeEach, expect, test } from 'vitest'
import type { Log } from '../../../src/log/log.ts'
import { append, batchOf, openLog } from './fixture.ts'
import { MemoryDisk } from './memory-disk.ts'

const DIRECTORY = '/logs/t-0'
const SEGMENT = `${DIRECTORY}/00000000000000000000.log`
const HEADER_BYTES = 61

let disk: MemoryDisk
/** Where each batch begins, and where the last one ends. */
let ends: number[]

beforeEach(() => {
  disk = new MemoryDisk()
  const log = openLog({ disk, directory: DIRECTORY })
  ends = [0]
  for (const value of ['one', 'two', 'three']) {
    append(log, batchOf([value]))
    ends.push(disk.sizeBytes(SEGMENT) ?? 0)
  }
  disk = disk.afterKill()
})

const at = (batch: number) => ends[batch] as number
const bytes = () => disk.files.get(SEGMENT)?.bytes as Uint8Array
const cutTo = (sizeBytes: number) => disk.open(SEGMENT, 'write').truncate(sizeBytes)
const put = (position: number, some: readonly number[]) =>
  disk.open(SEGMENT, 'write').writeAt([Uint8Array.from(some)], position)
const flip = (position: number, bit = 1) => put(position, [(bytes()[position] ?? 0) ^ bit])
const opened = (highWatermark = 0): Log => openLog({ disk, directory: DIRECTORY, highWatermark })

test('a partial batch, cut at whatever byte, is nothing lost', () => {
  const whole = disk
  for (let sizeBytes = at(2); sizeBytes <= at(3); sizeBytes += 1) {
    disk = whole.afterKill()
    cutTo(sizeBytes)
    const { loss, logEndOffset } = opened(2)
    expect({ sizeBytes, isLoss: loss.any }).toEqual({ sizeBytes, isLoss: false })
    expect(logEndOffset).toBe(sizeBytes === at(3) ? 3 : 2)
  }
})

test.each<[string, () => void]>([
  ['a bit of the last batch turned', () => flip(at(3) - 1)],
  ['a bit of an earlier batch turned', () => flip(at(2) - 1)],
  ['the magic is another', () => put(at(2) + 16, [1])],
  ['the magic of a partial batch is another', () => [cutTo(at(2) + 20), put(at(2) + 16, [1])]],
  ['there are zeros instead of it', () => put(at(2), Array<number>(at(3) - at(2)).fill(0))],
  ['there are zeros behind it', () => put(at(3), Array<number>(HEADER_BYTES).fill(0))],
  ['its offset is one that was given before', () => put(at(2), [0, 0, 0, 0, 0, 0, 0, 1])],
  ['its length is none', () => put(at(2) + 8, [0xff, 0xff, 0xff, 0xff])],
  ['a length rotted, and swallows what is behind', () => flip(at(1) + 10)],
])('records are lost when %s', (_, damage) => {
  damage()
  for (let restart = 0; restart < 3; restart += 1) {
    const { loss, logEndOffset } = opened()
    expect(loss.any).toBe(true)
    expect(logEndOffset).toBeLessThanOrEqual(3)
    disk = disk.afterKill()
  }
  opened().loss.forget()
  expect(opened().loss.any).toBe(false)
})

test('after a power cut only what was committed is missed', () => {
  flip(at(1) - 1)
  const torn = disk
  for (const [highWatermark, isLoss] of [
    [0, false],
    [1, true],
  ] as const) {
    disk = torn.afterKill()
    const options = { disk, directory: DIRECTORY, unsyncedMayBeGone: true, highWatermark }
    expect(openLog(options)).toMatchObject({ logEndOffset: 0, loss: { any: isLoss } })
  }
})

test.each([
  ['a partial batch', () => cutTo(at(3) - 1)],
  ['nothing, the file just ends', () => cutTo(at(2))],
])('records are lost below what was committed, though %s is bad', (_, damage) => {
  damage()
  expect(opened(3)).toMatchObject({ logEndOffset: 2, loss: { any: true } })
  expect(opened(2)).toMatchObject({ logEndOffset: 2, loss: { any: true } })
})
