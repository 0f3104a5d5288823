/**
 * Goal: the simulated disk is as bad as a real one and no worse: what was synced survives every
 * power cut, what was not may survive in any part; a rename is done or not; a failed sync has lost
 * what it was for; a process that is gone changes nothing.
 * Method: small histories of one file or two, cut off with many draws; what is found is collected.
 */
import { describe, expect, test } from 'vitest'
import { Chance } from '../draw.ts'
import { MachineDisk } from './machine-disk.ts'
import { Died, MountedDisk } from './mounted-disk.ts'

const PATH = '/data/file'
const OTHER = '/data/other'

/** A disk and a process on it; syncs end when the test lets them. */
class Stage {
  readonly machine = new MachineDisk()
  readonly disk: MountedDisk
  readonly syncs: (() => void)[] = []
  failures = 0
  isAlive = true

  constructor() {
    this.disk = new MountedDisk({
      machine: this.machine,
      isAlive: () => this.isAlive,
      touched: () => undefined,
      afterSync: (run) => this.syncs.push(run),
      writesHalf: () => true,
      failed: () => (this.failures += 1),
      renamed: () => undefined,
    })
  }

  write(path: string, text: string, at = 0): void {
    const file = this.disk.open(path, 'create')
    file.writeAt([Buffer.from(text)], at)
    file.close()
  }

  sync(path: string): void {
    this.disk.open(path, 'write').syncNow()
    this.disk.syncDirectory('/data')
  }

  /** Null when there is no such file. */
  read(path: string): string | null {
    if (!this.disk.exists(path)) return null
    const bytes = new Uint8Array(100)
    return Buffer.from(bytes.subarray(0, this.disk.open(path, 'read').readAt(bytes, 0))).toString()
  }
}

/** Everything that is found after a power cut, with many draws. */
function survivors<T>(act: (stage: Stage) => void, found: (stage: Stage) => T): Set<T> {
  const all = new Set<T>()
  for (let draw = 0; draw < 300; draw += 1) {
    const stage = new Stage()
    act(stage)
    stage.machine.powerCut(new Chance(1, 'disk'), draw)
    all.add(found(stage))
  }
  return all
}

describe('a power cut', () => {
  test('leaves what was synced, and of the rest any beginning, or all', () => {
    const found = survivors(
      (stage) => {
        stage.write(PATH, 'abc')
        stage.sync(PATH)
        stage.write(PATH, 'def', 3)
      },
      (stage) => stage.read(PATH),
    )
    expect(found).toEqual(new Set(['abc', 'abcd', 'abcde', 'abcdef']))
  })

  test('may leave a later write without the one before', () => {
    const found = survivors(
      (stage) => {
        stage.write(PATH, 'abc')
        stage.sync(PATH)
        stage.write(PATH, 'x', 0)
        stage.write(PATH, 'z', 2)
      },
      (stage) => stage.read(PATH),
    )
    expect(found).toEqual(new Set(['abc', 'xbc', 'abz', 'xbz']))
  })

  test('may leave the old bytes of what was cut off', () => {
    const found = survivors(
      (stage) => {
        stage.write(PATH, 'abcdef')
        stage.sync(PATH)
        stage.disk.open(PATH, 'write').truncate(3)
      },
      (stage) => stage.read(PATH),
    )
    expect(found).toEqual(new Set(['abcdef', 'abc']))
  })

  test('may take a file whose directory was not synced', () => {
    const found = survivors(
      (stage) => {
        stage.write(PATH, 'abc')
        stage.disk.open(PATH, 'write').syncNow()
      },
      (stage) => stage.read(PATH),
    )
    expect(found).toEqual(new Set([null, 'abc']))
  })

  test('does a rename or does it not', () => {
    const found = survivors(
      (stage) => {
        stage.write(PATH, 'new')
        stage.write(OTHER, 'old')
        stage.sync(PATH)
        stage.sync(OTHER)
        stage.disk.rename(PATH, OTHER)
      },
      (stage) => `${stage.read(PATH)} ${stage.read(OTHER)}`,
    )
    expect(found).toEqual(new Set(['new old', 'null new']))
  })
})

describe('a sync', () => {
  test('reaches what was written before it began', async () => {
    const stage = new Stage()
    stage.write(PATH, 'abc')
    stage.sync(PATH)
    stage.write(PATH, 'd', 3)
    const synced = stage.disk.open(PATH, 'write').sync()
    stage.write(PATH, 'e', 4)
    stage.syncs[0]?.()
    await synced
    const { durableBytes } = stage.machine.durableFiles.get(PATH) ?? {}
    expect(Buffer.from(durableBytes ?? []).toString()).toBe('abcd')
  })

  test('that fails has lost what it was for; the next one does not bring it back', () => {
    const stage = new Stage()
    stage.write(PATH, 'abc')
    stage.sync(PATH)
    stage.write(PATH, 'd', 3)
    stage.machine.failsSync = true
    expect(() => stage.disk.open(PATH, 'write').syncNow()).toThrow('EIO')
    expect(stage.failures).toBe(1)
    stage.disk.open(PATH, 'write').syncNow()
    expect(stage.read(PATH)).toBe('abcd')
    stage.machine.powerCut(new Chance(1, 'disk'), 0)
    expect(stage.read(PATH)).toBe('abc')
  })
})

test('a full disk writes half, makes no file, and replaces what is there', () => {
  const stage = new Stage()
  stage.write(PATH, 'abc')
  stage.machine.isFull = true
  expect(stage.disk.open(PATH, 'write').writeAt([Buffer.from('defg')], 3)).toBe(2)
  expect(stage.disk.open(PATH, 'write').writeAt([Buffer.from('xyz')], 0)).toBe(3)
  expect(stage.read(PATH)).toBe('xyzde')
  expect(() => stage.disk.open(OTHER, 'create')).toThrow('no space left')
})

test('rot is read until it is written over, and never seen in what was promised', () => {
  const stage = new Stage()
  stage.write(PATH, 'abc')
  stage.sync(PATH)
  const file = stage.machine.files.get(PATH)
  file?.rot(1, 1)
  expect(stage.read(PATH)).toBe('acc')
  expect(Buffer.from(file?.durableBytes ?? []).toString()).toBe('abc')
  stage.write(PATH, 'b', 1)
  expect(stage.read(PATH)).toBe('abc')
})

test('whoever is gone changes nothing', () => {
  const stage = new Stage()
  stage.write(PATH, 'abc')
  const file = stage.disk.open(PATH, 'write')
  stage.isAlive = false
  expect(() => file.writeAt([Buffer.from('x')], 0)).toThrow(Died)
  expect(() => stage.disk.open(OTHER, 'create')).toThrow(Died)
  stage.isAlive = true
  expect(stage.read(PATH)).toBe('abc')
  expect(stage.disk.exists(OTHER)).toBe(false)
})
