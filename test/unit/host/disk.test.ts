// Goal: the real disk does what `base/disk.ts` promises, and its failures carry the right code.
// Method: a temporary directory; /dev/full (where there is one) plays the full disk.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readFile, writeFileAtomically } from '../../../src/base/disk.ts'
import { hostDisk } from '../../../src/host/disk.ts'

let directory = ''
const at = (...names: string[]) => join(directory, ...names)
const bytes = (text: string) => new TextEncoder().encode(text)
const code = (expected: string) =>
  expect.objectContaining({ name: 'DiskError', code: expected }) as Error

beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), 'lograft-disk-'))
})
afterEach(() => {
  fs.rmSync(directory, { recursive: true, force: true })
})

function withFile(text: string) {
  fs.writeFileSync(at('file'), text)
  return hostDisk.open(at('file'), 'write')
}

describe('open', () => {
  test('create makes a missing file and keeps an existing one', () => {
    hostDisk.open(at('new'), 'create').close()
    expect(fs.readFileSync(at('new'), 'utf8')).toBe('')
    fs.writeFileSync(at('new'), 'kept')
    hostDisk.open(at('new'), 'create').close()
    expect(fs.readFileSync(at('new'), 'utf8')).toBe('kept')
  })

  test.each(['read', 'write'] as const)('%s wants an existing file', (mode) => {
    expect(() => hostDisk.open(at('missing'), mode)).toThrow(code('NOT_FOUND'))
  })

  test('a file opened to read cannot be written', () => {
    fs.writeFileSync(at('file'), 'abc')
    const file = hostDisk.open(at('file'), 'read')
    expect(() => file.writeAt([bytes('x')], 0)).toThrow(code('DISK_FAILED'))
    file.close()
  })
})

describe('read and write', () => {
  test('reads are positional, and short only at the end of the file', () => {
    const file = withFile('0123456789')
    const target = new Uint8Array(4)
    expect([file.readAt(target, 3), Buffer.from(target).toString()]).toEqual([4, '3456'])
    expect([file.readAt(target, 8), Buffer.from(target).toString()]).toEqual([2, '8956'])
    expect(file.readAt(target, 10)).toBe(0)
    expect(file.readAt(target, 1_000)).toBe(0)
    file.close()
  })

  test('chunks land in order at their position, also more than one system call takes', () => {
    const file = withFile('header')
    const chunks = Array.from({ length: 2_500 }, (_, index) => bytes(`${index},`))
    const expected = Buffer.concat(chunks)
    expect(file.writeAt(chunks, 6)).toBe(expected.byteLength)
    expect(fs.readFileSync(at('file'), 'utf8')).toBe(`header${expected.toString()}`)
    expect(file.sizeBytes()).toBe(6 + expected.byteLength)
    file.close()
  })

  test('one chunk, an empty chunk and no chunk at all', () => {
    const file = withFile('abcdef')
    expect(file.writeAt([bytes('XY')], 2)).toBe(2)
    expect(file.writeAt([new Uint8Array(0)], 0)).toBe(0)
    expect(file.writeAt([], 0)).toBe(0)
    expect(fs.readFileSync(at('file'), 'utf8')).toBe('abXYef')
    file.close()
  })

  test('a chunk may be a view into a larger array', () => {
    const file = withFile('')
    const view = bytes('__view__').subarray(2, 6)
    file.writeAt([view], 0)
    file.writeAt([view, view], 4)
    expect(fs.readFileSync(at('file'), 'utf8')).toBe('viewviewview')
    file.close()
  })

  test('truncate cuts and extends', () => {
    const file = withFile('abcdef')
    file.truncate(3)
    expect(fs.readFileSync(at('file'), 'utf8')).toBe('abc')
    file.truncate(5)
    expect(fs.readFileSync(at('file'), 'utf8')).toBe('abc\0\0')
    file.close()
  })

  test('both ways of syncing succeed on a sound file', async () => {
    const file = withFile('abc')
    file.writeAt([bytes('abcdef')], 0)
    await file.sync()
    file.syncNow()
    hostDisk.syncDirectory(directory)
    file.close()
  })
})

describe('failures', () => {
  test('after close every use fails, even when another file got the same descriptor', async () => {
    const file = withFile('abc')
    file.close()
    fs.writeFileSync(at('other'), 'precious')
    const other = hostDisk.open(at('other'), 'write')
    const failed = code('DISK_FAILED')
    expect(() => file.writeAt([bytes('ruin')], 0)).toThrow(failed)
    expect(() => file.readAt(new Uint8Array(1), 0)).toThrow(failed)
    expect(() => {
      file.truncate(0)
    }).toThrow(failed)
    expect(() => file.sizeBytes()).toThrow(failed)
    expect(() => {
      file.syncNow()
    }).toThrow(failed)
    expect(() => {
      file.close()
    }).toThrow(failed)
    await expect(file.sync()).rejects.toEqual(failed)
    other.close()
    expect(fs.readFileSync(at('other'), 'utf8')).toBe('precious')
  })

  test.skipIf(!fs.existsSync('/dev/full'))('a full disk has a code of its own', () => {
    const file = hostDisk.open('/dev/full', 'write')
    expect(() => file.writeAt([bytes('x')], 0)).toThrow(code('DISK_FULL'))
    expect(() => file.writeAt([bytes('x'), bytes('y')], 0)).toThrow(code('DISK_FULL'))
    file.close()
  })

  test('the cause is kept', () => {
    expect(() => hostDisk.open(at('missing'), 'read')).toThrow(
      expect.objectContaining({ cause: expect.objectContaining({ code: 'ENOENT' }) as Error }),
    )
  })
})

describe('directories', () => {
  test('list is sorted and tells files from directories', () => {
    hostDisk.makeDirectory(at('orders-0'))
    for (const name of ['meta.properties', 'b', 'a', 'B']) fs.writeFileSync(at(name), '')
    expect(hostDisk.list(directory)).toEqual([
      { name: 'B', directory: false },
      { name: 'a', directory: false },
      { name: 'b', directory: false },
      { name: 'meta.properties', directory: false },
      { name: 'orders-0', directory: true },
    ])
    expect(() => hostDisk.list(at('missing'))).toThrow(code('NOT_FOUND'))
  })

  test('makeDirectory gives up where no directory can be made', () => {
    fs.symlinkSync(at('nowhere'), at('link'))
    expect(() => hostDisk.makeDirectory(at('link', 'a'))).toThrow(code('NOT_FOUND'))
    // In a process of its own: what never ends could not be told from within.
    if (!fs.existsSync('/proc/self')) return
    const make = `import { hostDisk } from './src/host/disk.ts'
      try { hostDisk.makeDirectory('/proc/no/such') } catch ({ code }) { console.log(code) }`
    const args = ['--import', 'tsx', '--input-type=module', '-e', make]
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 20_000 })
    expect(stdout).toBe('NOT_FOUND\n')
  })

  test('makeDirectory makes parents, accepts an existing one, refuses a file in its place', () => {
    hostDisk.makeDirectory(at('a', 'b', 'c'))
    hostDisk.makeDirectory(at('a', 'b', 'c'))
    expect(hostDisk.exists(at('a', 'b', 'c'))).toBe(true)
    fs.writeFileSync(at('file'), '')
    expect(() => {
      hostDisk.makeDirectory(at('file'))
    }).toThrow(code('ALREADY_EXISTS'))
  })

  test('rename replaces its target', () => {
    fs.writeFileSync(at('from'), 'new')
    fs.writeFileSync(at('to'), 'old')
    hostDisk.rename(at('from'), at('to'))
    expect(hostDisk.exists(at('from'))).toBe(false)
    expect(fs.readFileSync(at('to'), 'utf8')).toBe('new')
    expect(() => {
      hostDisk.rename(at('from'), at('to'))
    }).toThrow(code('NOT_FOUND'))
  })

  test('removing what is not there is fine', async () => {
    fs.mkdirSync(at('topic-0'))
    for (let time = 0; time < 2; time += 1) {
      hostDisk.removeDirectory(at('topic-0'))
      hostDisk.remove(at('file'))
      await hostDisk.removeInBackground(at('file'))
    }
    expect(hostDisk.list(directory)).toEqual([])
  })

  test('a directory goes only when it is empty', () => {
    fs.mkdirSync(at('topic-0', 'nested'), { recursive: true })
    expect(() => {
      hostDisk.removeDirectory(at('topic-0'))
    }).toThrow(code('DISK_FAILED'))
    expect(hostDisk.exists(at('topic-0', 'nested'))).toBe(true)
  })

  test('removing in the background removes, and says when it could not', async () => {
    fs.writeFileSync(at('old.log'), 'x')
    await hostDisk.removeInBackground(at('old.log'))
    expect(hostDisk.exists(at('old.log'))).toBe(false)
    fs.mkdirSync(at('directory'))
    await expect(hostDisk.removeInBackground(at('directory'))).rejects.toEqual(code('DISK_FAILED'))
  })

  test('syncing a directory succeeds when it is there and fails when it is not', async () => {
    hostDisk.syncDirectory(directory)
    await hostDisk.syncDirectoryInBackground(directory)
    expect(() => {
      hostDisk.syncDirectory(at('missing'))
    }).toThrow(code('NOT_FOUND'))
    await expect(hostDisk.syncDirectoryInBackground(at('missing'))).rejects.toEqual(
      code('NOT_FOUND'),
    )
  })

  test('sizeBytes needs no open file, and knows missing from empty', () => {
    fs.writeFileSync(at('file'), '12345')
    fs.writeFileSync(at('empty'), '')
    expect(['file', 'empty', 'missing'].map((name) => hostDisk.sizeBytes(at(name)))).toEqual([
      5,
      0,
      null,
    ])
  })

  test('volume is what the file system says', () => {
    const { totalBytes, usableBytes } = hostDisk.volume(directory)
    const { bsize, blocks } = fs.statfsSync(directory)
    expect(totalBytes).toBe(bsize * blocks)
    expect(usableBytes).toBeGreaterThan(0)
    expect(usableBytes).toBeLessThanOrEqual(totalBytes)
    expect(() => hostDisk.volume(at('missing'))).toThrow(code('NOT_FOUND'))
  })

  test('modifiedMs is what the file system says', () => {
    fs.writeFileSync(at('file'), '')
    fs.utimesSync(at('file'), 1_700_000_000, 1_700_000_000)
    expect(hostDisk.modifiedMs(at('file'))).toBe(1_700_000_000_000)
  })
})

test('a small file is replaced as a whole, on the real disk too', () => {
  writeFileAtomically(hostDisk, at('quorum-state'), bytes('a long first content'))
  writeFileAtomically(hostDisk, at('quorum-state'), bytes('second'))
  expect(readFile(hostDisk, at('quorum-state'))).toEqual(bytes('second'))
  expect(hostDisk.list(directory).map(({ name }) => name)).toEqual(['quorum-state'])
})
