// Goal: whatever becomes of the LevelDB of a node while it is down, the node starts, and what it
// says is committed is the fold of its log: with any byte of any file flipped, with files missing,
// cut or empty, with those of an earlier day, with none of it, with a file where it should be.
// Method: the store of a real node. Each flip is opened as a node opens it, beside the real log;
// for everything else, and some of the flips, the node itself starts and is asked (TEST_FULL=1:
// more of them).
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TopicId } from '../../../src/base/ids.ts'
import { silentLogger } from '../../../src/base/log.ts'
import { whyUnsound } from '../../../src/coordinator/view/check-store.ts'
import { CommittedViews } from '../../../src/coordinator/view/committed-views.ts'
import { OFFSETS_TOPIC } from '../../../src/coordinator/offsets-topic.ts'
import { hostClock } from '../../../src/host/clock.ts'
import { hostDisk } from '../../../src/host/disk.ts'
import { lockStore } from '../../../src/host/level-store.ts'
import { hostRandom } from '../../../src/host/random.ts'
import type { Log } from '../../../src/log/log.ts'
import { LogManager } from '../../../src/log/log-manager.ts'
import { readRecords } from '../../../src/records/record.ts'
import { offsetCommit } from '../../../src/wire/apis/08-offset-commit.ts'
import { offsetFetch } from '../../../src/wire/apis/09-offset-fetch.ts'
import { deleteGroups } from '../../../src/wire/apis/42-delete-groups.ts'
import { offsetDelete } from '../../../src/wire/apis/47-offset-delete.ts'
import { errors } from '../../../src/wire/errors.ts'
import { createTopic, only } from '../../support/calls.ts'
import { LocalNode } from '../../support/local-node.ts'
import { tempDir, type TempDir } from '../../support/temp-dir.ts'
import { eventually } from '../../support/within.ts'
import { config } from '../../unit/log/fixture.ts'
import { contentOf } from '../../unit/log/cleaner/fixture.ts'

const IS_FULL = process.env['TEST_FULL'] === '1'
const TOPIC = 'orders'
const PARTITIONS = 2
const GROUPS = ['billing', 'shipping', 'audit', 'gone']
/** Offsets of three groups in three partitions, but for the one that was taken back. */
const STORED = 8
const WAIT_MS = 30_000
/** Of the flips, one in so many is also shown to the whole node. */
const STARTED_STRIDE = IS_FULL ? 40 : 100

/** Small segments, compacted at once, and tombstones are kept no longer than that takes. */
const COMPACTING = {
  'offsets.topic.num.partitions': 1,
  'offsets.topic.segment.bytes': 1_000,
  'log.cleaner.min.cleanable.ratio': 0.01,
  'log.cleaner.delete.retention.ms': 0,
  'log.cleaner.backoff.ms': 20,
}

let node: LocalNode
let scratch: TempDir
/** What groups have committed, as a client is told. */
let committed: ReadonlyMap<string, readonly string[]>
const inScratch = (name: string) => join(scratch.path, name)
const storePath = () => join(node.directory, 'store')

beforeAll(async () => {
  scratch = await tempDir()
  node = await LocalNode.start({ set: { 'offsets.topic.num.partitions': PARTITIONS } })
  await using client = await node.connect()
  await createTopic(client, TOPIC, { partitions: 3 })
  await grow(1)
  await node.stop()
  fs.cpSync(storePath(), inScratch('earlier'), { recursive: true })
  // What was written is a table by then; what comes now is in the log of writes.
  await node.startAgain()
  await grow(2)
  await shrink()
  committed = await offsetsOfAll()
  await node.stop()
  fs.cpSync(storePath(), inScratch('sound'), { recursive: true })
}, 120_000)

afterAll(async () => {
  await node[Symbol.asyncDispose]()
  await scratch[Symbol.asyncDispose]()
})

/** Every group commits in every partition. */
async function grow(round: number, groups = GROUPS): Promise<void> {
  await using client = await node.connect()
  for (const groupId of groups)
    await eventually(WAIT_MS, `a commit of ${groupId}`, async () => {
      const partitions = [0, 1, 2].map((partitionIndex) => ({
        ...{ partitionIndex, committedOffset: round * 10 + partitionIndex },
        committedMetadata: `of ${groupId}`,
      }))
      const request = { groupId, topics: [{ name: TOPIC, partitions }] }
      const { topics } = await client.request(offsetCommit, 8, request)
      return only(topics).partitions.every(({ errorCode }) => errorCode === errors.NONE)
    })
}

/** Some of it is taken back. */
async function shrink(): Promise<void> {
  // Whoever tells them serves.
  await offsetsOfAll()
  await using client = await node.connect()
  const { results } = await client.request(deleteGroups, 2, { groupsNames: ['gone'] })
  expect(only(results).errorCode).toBe(errors.NONE)
  const topics = [{ name: TOPIC, partitions: [{ partitionIndex: 1 }] }]
  const deleted = await client.request(offsetDelete, 0, { groupId: 'audit', topics })
  expect(deleted.errorCode).toBe(errors.NONE)
}

async function offsetsOfAll(): Promise<ReadonlyMap<string, readonly string[]>> {
  await using client = await node.connect()
  const offsets = new Map<string, readonly string[]>()
  for (const groupId of GROUPS) {
    const told = await eventually(WAIT_MS, `offsets of ${groupId}`, async () => {
      const answer = await client.request(offsetFetch, 7, { groupId, topics: null })
      return answer.errorCode === errors.NONE && answer
    })
    const lines = told.topics.flatMap(({ partitions }) =>
      partitions.map((of) => `${of.partitionIndex}: ${of.committedOffset} ${of.metadata}`),
    )
    offsets.set(groupId, lines.sort())
  }
  return offsets
}

/** Every file below, as a path from there; that of the lock has nothing in it. */
function filesOf(path: string): readonly string[] {
  const entries = fs.readdirSync(path, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name !== 'LOCK')
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort()
}

interface Flip {
  readonly file: string
  readonly at: number
  readonly bytes: Uint8Array
}

/** With TEST_FULL=1 every byte; else one in so many, but all that says which files there are. */
function strideOf(file: string): number {
  if (IS_FULL || /CURRENT|MANIFEST/.test(file)) return 1
  return /LOG/.test(file) ? 23 : 5
}

/** By one bit and by all of them; or by one and the other in turn. */
function* flips(): Generator<Flip> {
  for (const file of filesOf(inScratch('sound'))) {
    const sound = fs.readFileSync(join(inScratch('sound'), file))
    for (let at = 0; at < sound.byteLength; at += strideOf(file))
      for (const mask of IS_FULL ? [1 << (at % 8), 0xff] : [at % 2 === 0 ? 1 << (at % 8) : 0xff]) {
        const bytes = Uint8Array.from(sound)
        bytes[at] = (sound[at] as number) ^ mask
        yield { file, at, bytes }
      }
  }
}

function restore(store: string, path: string): void {
  fs.rmSync(path, { recursive: true, force: true })
  fs.cpSync(inScratch(store), path, { recursive: true })
}

/** The coordinators' logs of the node that is down, from a copy of its directory. */
function openLogs(): readonly Log[] {
  fs.cpSync(node.directory, inScratch('logs'), { recursive: true })
  const manager = LogManager.open({
    ...{ disk: hostDisk, clock: hostClock, logger: silentLogger, random: hostRandom },
    ...{ directory: inScratch('logs'), configOf: () => config },
    onFatal: (error) => {
      throw error
    },
  })
  return Array.from({ length: PARTITIONS }, (_, index) => manager.get(OFFSETS_TOPIC, index) as Log)
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** What the views of a directory say when they have caught up with the logs. */
async function foldedViews(directory: string, logs: readonly Log[]): Promise<Map<string, string>> {
  const { store, close } = await lockStore(directory, whyUnsound)
  const views = new CommittedViews({
    ...{ store, clock: hostClock, logger: silentLogger },
    cleaner: { cleanedOffset: () => 0, holdBack: () => () => {} },
    onFatal: (error) => {
      throw error
    },
  })
  const content = new Map<string, string>()
  for (const log of logs) {
    const index = log.partition
    const topicId = log.topicId as TopicId
    const of = { topic: OFFSETS_TOPIC, topicId, index, log, watchCommits: () => () => {} }
    const view = views.follow(of)
    await view.untilApplied(log.highWatermark)
    for await (const { key, value } of view.beginningWith(new Uint8Array()))
      content.set(`${index} ${hex(key)}`, hex(value ?? new Uint8Array()))
  }
  await views.close()
  await close()
  return content
}

/** Several at once: a disk that is waited for has time for others. */
const SHOWN_AT_ONCE = 6

test('any byte of any file flipped', { timeout: 3_600_000 }, async () => {
  const logs = openLogs()
  const wanted = [...foldOf(logs)].sort()
  expect(wanted).toHaveLength(STORED)
  const all = flips()
  let shown = 0
  const show = async (directory: string) => {
    fs.mkdirSync(directory)
    for (const { file, at, bytes } of all) {
      restore('sound', join(directory, 'store'))
      fs.writeFileSync(join(directory, 'store', file), bytes)
      const views = await foldedViews(directory, logs).catch((thrown: unknown) => {
        throw new Error(`byte ${at} of ${file}`, { cause: thrown })
      })
      expect([...views].sort(), `byte ${at} of ${file}`).toEqual(wanted)
      shown += 1
    }
  }
  const places = Array.from({ length: SHOWN_AT_ONCE }, (_, index) => inScratch(`flipped-${index}`))
  await Promise.all(places.map(show))
  expect(shown).toBe([...flips()].length)
})

/** The last value of each key, unless that was taken back. */
function foldOf(logs: readonly Log[]): Map<string, string> {
  const folded = new Map<string, string>()
  for (const log of logs)
    for (const batch of contentOf(log).batches)
      for (const { key, value } of readRecords(batch, { maxBytes: 1 << 20 })) {
        const name = `${log.partition} ${hex(key ?? new Uint8Array())}`
        if (value === null) folded.delete(name)
        else folded.set(name, hex(value))
      }
  return folded
}

const DAMAGES: readonly (readonly [what: string, damage: () => void])[] = [
  ['without views', () => fs.rmSync(join(storePath(), 'views'), { recursive: true })],
  ['without a store', () => fs.rmSync(storePath(), { recursive: true })],
  ['with the store of an earlier day', () => restore('earlier', storePath())],
  ['with the views of an earlier day', () => restore('earlier/views', join(storePath(), 'views'))],
  ['with a file where views should be', () => inPlaceOfViews((path) => fs.writeFileSync(path, ''))],
  ['with an empty directory', () => inPlaceOfViews((path) => fs.mkdirSync(path))],
  [
    'with a directory in the place of each file',
    () => {
      for (const file of filesOf(join(storePath(), 'views'))) {
        const path = join(storePath(), 'views', file)
        fs.rmSync(path)
        fs.mkdirSync(join(path, randomUUID()), { recursive: true })
      }
    },
  ],
]

function inPlaceOfViews(put: (path: string) => void): void {
  const path = join(storePath(), 'views')
  fs.rmSync(path, { recursive: true })
  put(path)
}

/** The node starts on what is there now, and says what is committed. */
async function startsSound(what: string): Promise<void> {
  try {
    await node.startAgain()
    expect(await offsetsOfAll(), what).toEqual(committed)
  } catch (thrown) {
    throw new Error(what, { cause: thrown })
  } finally {
    await node.stop()
  }
}

test.each(DAMAGES)('a node %s', async (what, damage) => {
  restore('sound', storePath())
  damage()
  await startsSound(what)
  await startsSound(`${what}, once more`)
})

test('a node without one of its files, or with one that is cut', { timeout: 600_000 }, async () => {
  for (const file of filesOf(inScratch('sound'))) {
    const path = join(storePath(), file)
    restore('sound', storePath())
    fs.rmSync(path)
    await startsSound(`without ${file}`)
    for (const share of [0, 0.5]) {
      restore('sound', storePath())
      const { size } = fs.statSync(path)
      fs.truncateSync(path, Math.floor(size * share))
      await startsSound(`${file} cut to ${share} of it`)
    }
  }
})

test('a node with a byte flipped', { timeout: 1_800_000 }, async () => {
  let seen = 0
  for (const { file, at, bytes } of flips()) {
    seen += 1
    if (seen % STARTED_STRIDE !== 1) continue
    restore('sound', storePath())
    fs.writeFileSync(join(storePath(), file), bytes)
    await startsSound(`byte ${at} of ${file}`)
  }
})

test('a store of before a compaction that has dropped tombstones', async () => {
  await using compacting = await LocalNode.start({ set: COMPACTING })
  const whole = node
  node = compacting
  try {
    const client = await node.connect()
    await createTopic(client, TOPIC, { partitions: 3 })
    await grow(1)
    await node.stop()
    fs.cpSync(storePath(), inScratch('before'), { recursive: true })
    await node.startAgain()
    await shrink()
    // Until nothing in the log says any more that there ever was such a group.
    for (let round = 2; logSays('gone'); round += 1) await grow(round, ['billing', 'audit'])
    committed = await offsetsOfAll()
    expect(committed.get('gone')).toEqual([])
    await node.stop()
    restore('before', storePath())
    await startsSound('with a store of before a compaction')
  } finally {
    node = whole
  }
}, 120_000)

function logSays(name: string): boolean {
  const path = join(node.directory, `${OFFSETS_TOPIC}-0`)
  const segments = fs.readdirSync(path).filter((file) => file.endsWith('.log'))
  return segments.some((file) => fs.readFileSync(join(path, file)).includes(name))
}
