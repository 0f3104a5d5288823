// Goal: a disk in memory is a disk: whatever is done to it and to the real one, both answer the
// same, with the same error codes. Method: random walks over a few names on both (fast-check),
// then what only the one in memory has: a size of its own, and a lock.
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DiskError, type Disk } from '../../../src/base/disk.ts'
import { hostDisk } from '../../../src/host/disk.ts'
import { MemoryDisk } from '../../../src/host/memory-disk.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const code = (expected: string) =>
  expect.objectContaining({ name: 'DiskError', code: expected }) as Error

const files = fc.constantFrom('a', 'b', 'd/a', 'd/e/a')
// Never files, so that nothing lies below one: the real disk calls that damage.
const directories = fc.constantFrom('d', 'd/e', 'x')
const names = fc.oneof(files, directories)
// Around the borders of a page, and far behind them.
const places = fc.oneof(fc.nat(20), fc.integer({ min: 65_530, max: 65_542 }), fc.nat(300_000))
const pieces = fc.array(fc.uint8Array({ maxLength: 70_000, size: 'max' }), { maxLength: 3 })

type Act = (disk: Disk, root: string) => unknown

const acts: fc.Arbitrary<Act> = fc.oneof(
  names.map(
    (name): Act =>
      (disk, root) =>
        disk.makeDirectory(join(root, name)),
  ),
  fc.tuple(files, places, pieces).map(([name, at, chunks]): Act => (disk, root) => {
    return withFile(disk.open(join(root, name), 'create'), (file) => {
      return [file.writeAt(chunks, at), file.sizeBytes()]
    })
  }),
  fc.tuple(names, places, fc.nat(70_000)).map(([name, at, length]): Act => (disk, root) => {
    return withFile(disk.open(join(root, name), 'read'), (file) => {
      const target = new Uint8Array(length).fill(7)
      return [file.readAt(target, at), Buffer.from(target).toString('base64')]
    })
  }),
  fc.tuple(names, places).map(([name, sizeBytes]): Act => (disk, root) => {
    return withFile(disk.open(join(root, name), 'write'), (file) => file.truncate(sizeBytes))
  }),
  fc.oneof(fc.tuple(files, files), fc.tuple(directories, directories)).map(([from, to]): Act => {
    // Into itself: nobody asks for it.
    return (disk, root) => {
      if (!to.startsWith(`${from}/`)) disk.rename(join(root, from), join(root, to))
    }
  }),
  names.map(
    (name): Act =>
      (disk, root) =>
        disk.remove(join(root, name)),
  ),
  names.map(
    (name): Act =>
      (disk, root) =>
        disk.removeDirectory(join(root, name)),
  ),
  names.map(
    (name): Act =>
      (disk, root) =>
        disk.exists(join(root, name)),
  ),
  names.map(
    (name): Act =>
      (disk, root) =>
        disk.list(join(root, name)),
  ),
)

function withFile<Result>(
  file: ReturnType<Disk['open']>,
  use: (file: ReturnType<Disk['open']>) => Result,
): Result {
  try {
    return use(file)
  } finally {
    file.close()
  }
}

/** What came of it; of an error only the code. */
function outcome(act: Act, disk: Disk, root: string): unknown {
  try {
    return act(disk, root)
  } catch (thrown) {
    if (thrown instanceof DiskError) return thrown.code
    throw thrown
  }
}

let directory = ''
beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'lograft-disk-'))
})
afterEach(() => {
  fs.rmSync(directory, { recursive: true, force: true })
})

test('answers as the real one', () => {
  let walks = 0
  fc.assert(
    fc.property(fc.array(acts, { minLength: 1, maxLength: 40 }), (walk) => {
      const root = join(directory, String((walks += 1)))
      const memory = new MemoryDisk()
      for (const disk of [hostDisk, memory]) disk.makeDirectory(root)
      for (const act of walk)
        expect(outcome(act, memory, root)).toEqual(outcome(act, hostDisk, root))
    }),
    { numRuns: 100 },
  )
})

describe('a size of its own', () => {
  test('what finds no place is written short, then refused, and fits when space returns', () => {
    const disk = new MemoryDisk({ capacityBytes: 1_024 })
    const file = disk.open('/full', 'create')
    expect(file.writeAt([new Uint8Array(512), new Uint8Array(1_024)], 0)).toBe(512)
    expect(disk.volume('/').usableBytes).toBe(512)
    expect(file.writeAt([new Uint8Array(512)], 512)).toBe(512)
    expect(() => file.writeAt([bytes('x')], 1_024)).toThrow(code('DISK_FULL'))
    file.truncate(0)
    expect(file.writeAt([bytes('x')], 0)).toBe(1)
  })

  test('a file that is removed keeps its space until it is closed', () => {
    const disk = new MemoryDisk({ capacityBytes: 1_024 })
    const file = disk.open('/file', 'create')
    file.writeAt([new Uint8Array(1_000)], 0)
    disk.remove('/file')
    expect(disk.volume('/').usableBytes).toBe(0)
    file.close()
    expect(disk.volume('/').usableBytes).toBe(1_024)
  })
})

test('a directory has one holder at a time', async () => {
  const disk = new MemoryDisk()
  const lock = await disk.lock('/data')
  await expect(disk.lock('/data')).rejects.toMatchObject({ code: 'DIRECTORY_LOCKED' })
  await lock.close()
  await (await disk.lock('/data')).close()
})
