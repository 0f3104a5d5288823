// Goal: a start removes nothing that could be anybody's: only a creation that was cut short, and
// what a deletion renamed. What is not ours stays as it is, is named once, and is never mixed with
// a log. A start that is refused has changed nothing (SAFETY S2).
// Method: the log manager on a real directory with strange things planted in it; before and after,
// the directory is compared file by file.
import fs from 'node:fs'
import os from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hostDisk } from '../../../src/host/disk.ts'
import { LogManager } from '../../../src/log/log-manager.ts'
import type { Log } from '../../../src/log/log.ts'
import {
  KeptLogger,
  ManualClock,
  TOPIC_ID,
  append,
  batchOf,
  config,
  readAll,
  valuesOf,
} from './fixture.ts'

const UNIQUE = '0123456789abcdef0123456789abcdef'
const SEGMENT = '00000000000000000000.log'
const METADATA = `version: 0\ntopic_id: ${TOPIC_ID}\n`
const OTHER_ID = TOPIC_ID.replace('Z', 'Y') as typeof TOPIC_ID

let directory: string
let logger: KeptLogger
let clock: ManualClock

beforeEach(() => {
  directory = fs.mkdtempSync(join(os.tmpdir(), 'lograft-survey-'))
  logger = new KeptLogger()
  clock = new ManualClock()
})
afterEach(() => {
  fs.rmSync(directory, { recursive: true, force: true })
})

const open = () =>
  LogManager.open({
    disk: hostDisk,
    clock,
    logger,
    random: { next: () => 0, bytes: (count) => new Uint8Array(count).fill(7) },
    directory,
    configOf: () => config,
    onFatal: () => {},
  })

const close = (manager: LogManager) => manager.close({ brokerEpoch: 1 })

const create = (manager: LogManager, topic: string, topicId = TOPIC_ID) =>
  manager.create({ topic, partition: 0, topicId, config })

function valuesIn(manager: LogManager, topic: string): readonly string[] {
  return valuesOf(readAll(manager.get(topic, 0) as Log))
}

/** Files by path; a path that ends with `/.` is a directory. */
function plant(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    const isDirectory = path.endsWith('/.')
    fs.mkdirSync(isDirectory ? join(directory, path) : dirname(join(directory, path)), {
      recursive: true,
    })
    if (!isDirectory) fs.writeFileSync(join(directory, path), text)
  }
}

/** Every path below the directory, with what is in it. */
function content(): Record<string, string> {
  const found: Record<string, string> = {}
  for (const entry of fs.readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const relative = path.slice(directory.length + 1)
    if (entry.isSymbolicLink()) found[relative] = `-> ${fs.readlinkSync(path)}`
    else found[relative] = entry.isFile() ? fs.readFileSync(path, 'utf8') : '(directory)'
  }
  return found
}

const warnings = () => logger.lines.filter(({ level }) => level === 'warn')
const left = (name: string) => ({
  path: `${directory}/${name}`,
  reason: expect.any(String) as string,
})

describe('what is not ours is left alone, and named once', () => {
  test.each<[string, Record<string, string>]>([
    ['bar-0', { 'bar-0/precious.txt': 'precious' }],
    ['bar-0', { 'bar-0/upload.tmp': 'half of it' }],
    ['bar-0', { 'bar-0/partition.metadata.tmp': METADATA, 'bar-0/notes': 'mine' }],
    ['bar-0', { 'bar-0/partition.metadata.tmp/.': '' }],
    ['bar-0', { 'bar-0/partition.metadata/.': '' }],
    ['bar-0', { [`bar-0/${SEGMENT}/.`]: '' }],
    ['bar-0', { 'bar-0/00000000000000000000.index': '', 'bar-0/leader-epoch-checkpoint': '0' }],
    ['app-2026', { 'app-2026/server.log': 'a log of another kind' }],
    [
      'backup-2026',
      {
        [`backup-2026/orders-0/${SEGMENT}`]: 'records',
        'backup-2026/orders-0/partition.metadata': METADATA,
      },
    ],
    ['backup-2026', { 'backup-2026/empty/.': '' }],
    ['foo-0', { 'foo-0': 'a plain file' }],
    ['foo-01', { 'foo-01/.': '' }],
    ['foo-99999999999', { 'foo-99999999999/.': '' }],
    ['my copy-0', { 'my copy-0/.': '' }],
    ['x.y-delete', { 'x.y-delete/data': 'data' }],
    ['x-0.y-delete', { 'x-0.y-delete/data': 'data' }],
    [`x.${UNIQUE}-delete`, { [`x.${UNIQUE}-delete/data`]: 'data' }],
    [`x-0.${UNIQUE.slice(1)}-delete`, { [`x-0.${UNIQUE.slice(1)}-delete/data`]: 'data' }],
    [`x-0.${UNIQUE}-delete`, { [`x-0.${UNIQUE}-delete`]: 'a plain file' }],
    ['x.y-stray', { 'x.y-stray/data': 'data' }],
  ])('%s with %j', async (name, files) => {
    plant(files)
    const before = content()
    const manager = open()
    expect(manager.failures).toEqual([])
    expect([...manager.logs()]).toEqual([])
    clock.advance(100_000_000)
    await close(manager)
    expect(content()).toMatchObject(before)
    expect(warnings()).toEqual([
      { level: 'warn', fields: left(name), message: 'not one of ours, left alone' },
    ])
  })

  test('a link, to a directory or to nothing', async () => {
    plant({ 'elsewhere/.': '', 'elsewhere/precious.txt': 'precious' })
    fs.symlinkSync(join(directory, 'elsewhere'), join(directory, 'foo-0'))
    fs.symlinkSync(join(directory, 'nowhere'), join(directory, 'foo-1'))
    fs.symlinkSync(join(directory, 'elsewhere'), join(directory, `foo-2.${UNIQUE}-delete`))
    const before = content()
    const manager = open()
    expect(() => create(manager, 'foo')).toThrow(
      expect.objectContaining({ code: 'DIRECTORY_TAKEN' }),
    )
    clock.advance(100_000_000)
    await close(manager)
    expect(content()).toMatchObject(before)
    expect(warnings().map(({ fields }) => fields)).toEqual(
      ['foo-0', 'foo-1', `foo-2.${UNIQUE}-delete`].map(left),
    )
  })

  test('what nobody could take for a partition gets no word', async () => {
    plant({ 'lost+found/.': '', 'precious/data': 'data', '__cluster_metadata-0/quorum-state': '' })
    const before = content()
    await close(open())
    expect(content()).toMatchObject(before)
    expect(warnings()).toEqual([])
  })
})

describe('a partition whose place is taken', () => {
  test.each<[string, Record<string, string>]>([
    ['foreign files', { 'bar-0/precious.txt': 'precious' }],
    ['a nested copy', { [`bar-0/copy/${SEGMENT}`]: 'records' }],
    ['a plain file', { 'bar-0': 'a plain file' }],
  ])('is refused, and nothing is mixed: %s', async (_, files) => {
    plant(files)
    const manager = open()
    const before = content()
    for (let attempt = 0; attempt < 2; attempt += 1)
      expect(() => create(manager, 'bar')).toThrow(
        expect.objectContaining({
          code: 'DIRECTORY_TAKEN',
          message: expect.stringContaining(`${directory}/bar-0`) as string,
        }),
      )
    expect(manager.get('bar', 0)).toBeUndefined()
    // Deleting the topic does not touch what was never its.
    await manager.delete('bar', 0)
    manager.setAside('bar', 0)
    expect(content()).toEqual(before)
    append(create(manager, 'other'), batchOf(['served']))
    await close(manager)
  })

  test('is refused when the strange thing came after the start', async () => {
    const manager = open()
    plant({ [`bar-0/${SEGMENT}`]: 'records', [`foo-0/${SEGMENT}`]: 'records' })
    plant({ 'foo-0/partition.metadata': METADATA })
    const before = content()
    expect(() => create(manager, 'bar')).toThrow(
      expect.objectContaining({ code: 'DIRECTORY_TAKEN' }),
    )
    expect(() => create(manager, 'foo', OTHER_ID)).toThrow(
      expect.objectContaining({ code: 'INCONSISTENT_TOPIC_ID' }),
    )
    expect(() => create(manager, 'foo')).toThrow(
      expect.objectContaining({ code: 'DIRECTORY_TAKEN' }),
    )
    expect(content()).toEqual(before)
    await close(manager)
  })

  test('is created once the place is free', async () => {
    plant({ 'bar-0/precious.txt': 'precious' })
    const manager = open()
    expect(() => create(manager, 'bar')).toThrow()
    fs.renameSync(join(directory, 'bar-0'), join(directory, 'precious'))
    append(create(manager, 'bar'), batchOf(['here']))
    await close(manager)
    const again = open()
    expect(valuesIn(again, 'bar')).toEqual(['here'])
    await close(again)
  })
})

describe('a creation that was cut short', () => {
  test.each<[string, Record<string, string>]>([
    ['an empty directory', { 'bar-0/.': '' }],
    ['half a partition.metadata', { 'bar-0/partition.metadata.tmp': 'version: 0\nto' }],
  ])('%s is removed, and the topic can be created', async (_, files) => {
    plant(files)
    const manager = open()
    expect(fs.existsSync(join(directory, 'bar-0'))).toBe(false)
    expect(warnings()).toEqual([])
    append(create(manager, 'bar'), batchOf(['here']))
    await close(manager)
  })

  test('goes on in the same process, with nothing lost', async () => {
    const manager = open()
    plant({
      'bar-0/partition.metadata.tmp': 'version: 0\nto',
      'foo-0/partition.metadata': METADATA,
    })
    append(create(manager, 'bar'), batchOf(['here']))
    append(create(manager, 'foo'), batchOf(['there']))
    await close(manager)
    const again = open()
    expect(valuesIn(again, 'bar')).toEqual(['here'])
    expect(valuesIn(again, 'foo')).toEqual(['there'])
    await close(again)
  })

  test('has its metadata and no log yet: a partition without records', async () => {
    plant({ 'bar-0/partition.metadata': METADATA })
    const manager = open()
    expect(manager.get('bar', 0)?.logEndOffset).toBe(0)
    await close(manager)
  })
})

describe('an identity that is lost refuses the start, and nothing was changed', () => {
  test.each<[string, Record<string, string>]>([
    ['missing', { [`orders-0/${SEGMENT}`]: 'records' }],
    ['missing', { [`orders-0/${SEGMENT}`]: '', 'orders-0/partition.metadata.tmp': METADATA }],
    ['bad', { [`orders-0/${SEGMENT}`]: '', 'orders-0/partition.metadata': 'version: 7' }],
    ['bad', { 'orders-0/partition.metadata': '' }],
  ])('it is %s: %j', (metadata, files) => {
    // Things a start changes, both before and behind it in the order of names.
    plant({
      ...files,
      'a-0/.': '',
      'z-0/partition.metadata.tmp': '',
      [`z-1.${UNIQUE}-delete/x`]: '',
    })
    plant({ '.kafka_cleanshutdown': '{"version":0,"brokerEpoch":4}', 'bar-0/precious.txt': '1' })
    const before = content()
    const says = `${directory}/orders-0/partition.metadata is ${metadata}`
    expect(open).toThrow(
      expect.objectContaining({
        code: 'IDENTITY_LOST',
        message: expect.stringContaining(says) as string,
      }),
    )
    clock.advance(100_000_000)
    expect(content()).toEqual(before)
  })

  test('the way back that the message tells', async () => {
    const first = open()
    append(create(first, 'orders'), batchOf(['kept']))
    await first.checkpointRecoveryPoints()
    await close(first)
    const path = join(directory, 'orders-0')
    fs.rmSync(join(path, 'partition.metadata'))
    expect(open).toThrow(/move .*orders-0 out of .* and start/)
    const aside = fs.mkdtempSync(join(os.tmpdir(), 'lograft-aside-'))
    try {
      fs.renameSync(path, join(aside, 'orders-0'))
      fs.mkdirSync(path)
      fs.writeFileSync(join(path, 'begin-anew'), '')
      const empty = open()
      expect(create(empty, 'orders').logEndOffset).toBe(0)
      await close(empty)
      fs.copyFileSync(join(path, 'partition.metadata'), join(aside, 'orders-0/partition.metadata'))
      fs.rmSync(path, { recursive: true })
      fs.renameSync(join(aside, 'orders-0'), path)
      const back = open()
      expect(valuesIn(back, 'orders')).toEqual(['kept'])
      await close(back)
    } finally {
      fs.rmSync(aside, { recursive: true, force: true })
    }
  })
})

describe('what a deletion left', () => {
  const gone = `orders-0.${UNIQUE}-delete`

  test('is removed after a while, at a later start too', async () => {
    plant({ [`${gone}/${SEGMENT}`]: 'records', [`${gone}/partition.metadata`]: METADATA })
    await close(open())
    expect(fs.existsSync(join(directory, gone))).toBe(true)
    const manager = open()
    clock.advance(59_999)
    expect(fs.existsSync(join(directory, gone, SEGMENT))).toBe(true)
    clock.advance(1)
    await close(manager)
    expect(fs.existsSync(join(directory, gone))).toBe(false)
    expect(warnings()).toEqual([])
  })

  test('stays with the directory that somebody put in it', async () => {
    plant({ [`${gone}/${SEGMENT}`]: 'records', [`${gone}/backup/${SEGMENT}`]: 'precious' })
    const manager = open()
    clock.advance(60_000)
    await close(manager)
    expect(fs.existsSync(join(directory, gone, SEGMENT))).toBe(false)
    expect(content()[`${gone}/backup/${SEGMENT}`]).toBe('precious')
    expect(logger.messages('warn')).toEqual(['deleted directory not removed'])
  })

  test('of one run is removed in the next; a stray is kept', async () => {
    const first = open()
    for (const topic of ['orders', 'kept']) append(create(first, topic), batchOf(['one']))
    await first.delete('orders', 0)
    first.setAside('kept', 0)
    await close(first)
    const renamed = fs.readdirSync(directory).filter((name) => name.includes('-0.'))
    expect(renamed).toEqual([
      expect.stringMatching(/^kept-0\.[0-9a-f]{32}-stray$/),
      expect.stringMatching(/^orders-0\.[0-9a-f]{32}-delete$/),
    ])
    const second = open()
    expect([...second.logs()]).toEqual([])
    clock.advance(100_000_000)
    await close(second)
    expect(fs.readdirSync(directory).filter((name) => name.includes('-0.'))).toEqual([renamed[0]])
    expect(fs.readdirSync(join(directory, renamed[0] ?? ''))).toContain(SEGMENT)
  })

  test('segments deleted by retention are gone after the next start', async () => {
    const small = { ...config, 'segment.bytes': 300, 'retention.bytes': 300 }
    const first = open()
    const log = first.create({ topic: 'orders', partition: 0, topicId: TOPIC_ID, config: small })
    for (let index = 0; index < 20; index += 1) append(log, batchOf([`value ${index}`]))
    log.advanceHighWatermark(log.logEndOffset)
    expect(await first.applyRetention()).toBeGreaterThan(0)
    await close(first)
    const deleted = () =>
      fs.readdirSync(join(directory, 'orders-0')).filter((name) => name.endsWith('.deleted'))
    expect(deleted()).not.toEqual([])
    const second = open()
    expect(deleted()).toEqual([])
    expect(valuesIn(second, 'orders').at(-1)).toBe('value 19')
    await close(second)
    expect(warnings()).toEqual([])
  })
})
