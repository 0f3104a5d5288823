// Goal: a crash at any moment leaves the old or the new content of a small file, and once the
// replacement has returned, even a power cut leaves the new one.
// Method: run it against a disk that stops before every single operation, reboot into every
// combination of what unsynced entries and contents may look like, and read.
import { describe, expect, test } from 'vitest'
import { DiskError, readFile, writeFileAtomically } from '../../../src/base/disk.ts'
import { Crash, CrashDisk, SURVIVALS } from './crash-disk.ts'

const PATH = '/data/quorum-state'
const bytes = (text: string) => new TextEncoder().encode(text)
const textOf = (disk: CrashDisk) => {
  const content = readFile(disk, PATH)
  return content && new TextDecoder().decode(content)
}

function diskWith(content: string | null): CrashDisk {
  const disk = new CrashDisk()
  if (content !== null) writeFileAtomically(disk, PATH, bytes(content))
  disk.operations = 0
  return disk
}

/** How many operations one undisturbed replacement takes. */
function operationsOf(old: string | null, next: string): number {
  const disk = diskWith(old)
  writeFileAtomically(disk, PATH, bytes(next))
  return disk.operations
}

describe.each([
  { old: null, next: 'term 1' },
  { old: 'term 1, no vote', next: 'term 2' },
  { old: 'term 1', next: 'term 2, voted for 3' },
  { old: 'term 1', next: '' },
])('replacing $old by $next', ({ old, next }) => {
  test('a crash before any operation leaves the old or the new content', () => {
    const seen = new Set<string | null>()
    const total = operationsOf(old, next)
    for (let crashAt = 0; crashAt < total; crashAt += 1)
      for (const survival of SURVIVALS) {
        const disk = diskWith(old)
        disk.crashAt = crashAt
        expect(() => {
          writeFileAtomically(disk, PATH, bytes(next))
        }).toThrow(Crash)
        const found = textOf(disk.afterCrash(survival))
        expect([old, next], `crash before ${crashAt}, ${JSON.stringify(survival)}`).toContain(found)
        seen.add(found)
      }
    expect(seen, 'the crash points cover both sides of the change').toEqual(new Set([old, next]))
  })

  test('a power cut after it has returned leaves the new content', () => {
    const disk = diskWith(old)
    writeFileAtomically(disk, PATH, bytes(next))
    for (const survival of SURVIVALS) expect(textOf(disk.afterCrash(survival))).toBe(next)
  })

  test('what a crash left behind does not show in the next replacement', () => {
    for (let crashAt = 0; crashAt < operationsOf(old, next); crashAt += 1)
      for (const survival of SURVIVALS) {
        const disk = diskWith(old)
        disk.crashAt = crashAt
        expect(() => {
          writeFileAtomically(disk, PATH, bytes(`${next} and a long tail`))
        }).toThrow(Crash)
        const rebooted = disk.afterCrash(survival)
        writeFileAtomically(rebooted, PATH, bytes(next))
        expect(textOf(rebooted)).toBe(next)
      }
  })
})

test('a full disk is an error with its code, and the old content stays', () => {
  const disk = diskWith('old')
  disk.writeBytesMax = 2
  expect(() => {
    writeFileAtomically(disk, PATH, bytes('new content'))
  }).toThrow(expect.objectContaining({ name: 'DiskError', code: 'DISK_FULL' }))
  for (const survival of SURVIVALS) expect(textOf(disk.afterCrash(survival))).toBe('old')
})

test('a failed sync is not followed by the rename', () => {
  const disk = diskWith('old')
  disk.failSync = true
  expect(() => {
    writeFileAtomically(disk, PATH, bytes('new'))
  }).toThrow(DiskError)
  expect(textOf(disk)).toBe('old')
})

test('a missing file reads as null, an empty one as no bytes', () => {
  const disk = diskWith('')
  expect(readFile(disk, '/data/nothing')).toBeNull()
  expect(readFile(disk, PATH)).toEqual(new Uint8Array(0))
})
