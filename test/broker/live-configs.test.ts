// Goal: every property that a topic accepts does something when it is changed on a live topic; so
// do the node properties that topics inherit. (Those of the cleaner wait for it: see
// docs/OMISSIONS.md; `unclean.leader.election.enable` and the fall of the min ISR are the
// controller's, see test/unit/controller/alter-configs.test.ts.)
// Method: a topic is used, changed, and used again; what differs is seen from outside, by answers
// and by the files on disk. What happens on a timer is waited for.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ProcessNode } from '../../src/chaos/cluster/process-node.ts'
import { topicOptionNames } from '../../src/config/topic-options.ts'
import { buildBatch } from '../../src/records/builder.ts'
import {
  batchesIn,
  bytesOf,
  createTopic,
  describeConfig,
  fetchPartition,
  incrementallyAlter,
  listOffset,
  produceBatch,
} from '../support/calls.ts'
import { Client } from '../support/client.ts'
import { LocalNode } from '../support/local-node.ts'
import { tempDir } from '../support/temp-dir.ts'
import { eventually } from '../support/within.ts'

const DAY_MS = 86_400_000

let node: LocalNode
let client: Client
beforeAll(async () => {
  node = await LocalNode.start({
    set: { 'log.retention.check.interval.ms': 20, 'log.segment.delete.delay.ms': 3_600_000 },
  })
  client = await node.connect()
})
afterAll(() => node[Symbol.asyncDispose]())

const batch = (value = 'x', record: { timestampMs?: number; key?: null } = {}) =>
  buildBatch({
    records: [
      {
        key: record.key === null ? null : bytesOf('k'),
        value: bytesOf(value),
        timestampMs: record.timestampMs ?? Date.now(),
      },
    ],
  })
const send = (topic: string, bytes = batch()) => produceBatch(client, { topic, batch: bytes })
const codeOf = async (topic: string, bytes = batch()) => (await send(topic, bytes)).errorCode

async function set(resource: string, name: string, value: string | number): Promise<void> {
  const at = resource === '' ? { resourceType: 4, resourceName: '' } : named(resource)
  const [answer] = await incrementallyAlter(client, at, [
    { name, configOperation: 0, value: String(value) },
  ])
  expect(answer).toMatchObject({ errorCode: 0, errorMessage: null })
}
const named = (topic: string) => ({ resourceType: 2, resourceName: topic })

const files = (topic: string, suffix: string) =>
  readdirSync(join(node.directory, `${topic}-0`)).filter((name) => name.endsWith(suffix))
const earliest = async (topic: string) =>
  (await listOffset(client, { topic, timestamp: -2 })).offset

/** What proves each property; the rest of the table is proved elsewhere. */
const proofs: Readonly<Record<string, () => Promise<void>>> = {
  async 'cleanup.policy'() {
    await createTopic(client, 'policy')
    const bare = () => batch('x', { key: null })
    expect(await codeOf('policy', bare())).toBe(0)
    await set('policy', 'cleanup.policy', 'compact')
    expect(await codeOf('policy', bare())).toBe(87)
    await set('policy', 'cleanup.policy', 'delete')
    expect(await codeOf('policy', bare())).toBe(0)
  },

  async 'compression.type'() {
    await createTopic(client, 'codec')
    await set('codec', 'compression.type', 'zstd')
    await send('codec')
    const { bytes } = await fetchPartition(client, { topic: 'codec', offset: 0 })
    expect([...batchesIn(bytes)].map(({ codec }) => codec)).toEqual(['zstd'])
  },

  async 'file.delete.delay.ms'() {
    await createTopic(client, 'delay', { configs: { 'segment.bytes': 200, 'retention.bytes': 1 } })
    await send('delay', batch('x'.repeat(100)))
    await send('delay', batch('x'.repeat(100)))
    await eventually(10_000, 'a deleted segment', () => files('delay', '.log.deleted').length > 0)
    const kept = files('delay', '.log.deleted')
    await set('delay', 'file.delete.delay.ms', 0)
    await send('delay', batch('x'.repeat(100)))
    await send('delay', batch('x'.repeat(100)))
    await eventually(10_000, 'the next ones to go at once', async () => {
      const isDeleted = (await earliest('delay')) >= 3
      return isDeleted && files('delay', '.log.deleted').length === kept.length
    })
  },

  async 'flush.ms'() {
    await createTopic(client, 'flushes')
    await send('flushes')
    expect(files('flushes', 'leader-epoch-checkpoint')).toEqual([])
    await set('flushes', 'flush.ms', 1)
    // Leader epochs are written with an fsync, so their file tells of one.
    await eventually(10_000, 'an fsync', () => files('flushes', '-checkpoint').length > 0)
  },

  async 'flush.messages'() {
    await createTopic(client, 'counted')
    await send('counted')
    await send('counted')
    expect(files('counted', 'leader-epoch-checkpoint')).toEqual([])
    await set('counted', 'flush.messages', 2)
    await eventually(10_000, 'an fsync', () => files('counted', '-checkpoint').length > 0)
  },

  async 'index.interval.bytes'() {
    await createTopic(client, 'indexed', { configs: { 'segment.index.bytes': 24 } })
    for (let count = 0; count < 6; count += 1) await send('indexed')
    expect(files('indexed', '.log')).toHaveLength(1)
    // An entry for every batch: an index of two entries is soon full, and a full one rolls.
    await set('indexed', 'index.interval.bytes', 0)
    for (let count = 0; count < 6; count += 1) await send('indexed')
    expect(files('indexed', '.log').length).toBeGreaterThan(1)
  },

  async 'segment.index.bytes'() {
    await createTopic(client, 'full-index', { configs: { 'index.interval.bytes': 0 } })
    for (let count = 0; count < 6; count += 1) await send('full-index')
    expect(files('full-index', '.log')).toHaveLength(1)
    await set('full-index', 'segment.index.bytes', 24)
    await send('full-index')
    expect(files('full-index', '.log')).toHaveLength(2)
  },

  async 'max.message.bytes'() {
    await createTopic(client, 'large')
    expect(await codeOf('large', batch('x'.repeat(500)))).toBe(0)
    await set('large', 'max.message.bytes', 400)
    expect(await codeOf('large', batch('x'.repeat(500)))).toBe(10)
    expect(await codeOf('large')).toBe(0)
  },

  async 'message.timestamp.after.max.ms'() {
    await createTopic(client, 'future')
    const early = () => batch('x', { timestampMs: Date.now() + DAY_MS })
    expect(await codeOf('future', early())).toBe(32)
    await set('future', 'message.timestamp.after.max.ms', 2 * DAY_MS)
    expect(await codeOf('future', early())).toBe(0)
  },

  async 'message.timestamp.before.max.ms'() {
    await createTopic(client, 'past')
    const late = () => batch('x', { timestampMs: Date.now() - DAY_MS })
    expect(await codeOf('past', late())).toBe(0)
    await set('past', 'message.timestamp.before.max.ms', 1_000)
    expect(await codeOf('past', late())).toBe(32)
  },

  async 'message.timestamp.type'() {
    await createTopic(client, 'stamped')
    expect((await send('stamped')).logAppendTimeMs).toBe(-1)
    await set('stamped', 'message.timestamp.type', 'LogAppendTime')
    expect((await send('stamped')).logAppendTimeMs).toBeGreaterThan(0)
  },

  async 'min.insync.replicas'() {
    // One replica is all a node of its own can have in sync, so this cannot refuse anything yet.
    await createTopic(client, 'in-sync')
    await set('in-sync', 'min.insync.replicas', 1)
    const asked = { ...named('in-sync'), configurationKeys: ['min.insync.replicas'] }
    expect((await describeConfig(client, asked)).configs).toMatchObject([{ value: '1' }])
    expect(await codeOf('in-sync')).toBe(0)
  },

  async 'retention.bytes'() {
    await createTopic(client, 'sized', { configs: { 'segment.bytes': 200 } })
    for (let count = 0; count < 4; count += 1) await send('sized', batch('x'.repeat(100)))
    expect(await earliest('sized')).toBe(0)
    await set('sized', 'retention.bytes', 1)
    await eventually(10_000, 'old segments to go', async () => (await earliest('sized')) >= 3)
  },

  async 'retention.ms'() {
    await createTopic(client, 'aged')
    await send('aged', batch('x', { timestampMs: Date.now() - DAY_MS }))
    expect(await earliest('aged')).toBe(0)
    await set('aged', 'retention.ms', 1_000)
    await eventually(10_000, 'what is old to go', async () => (await earliest('aged')) === 1)
  },

  async 'segment.bytes'() {
    await createTopic(client, 'rolled')
    for (let count = 0; count < 3; count += 1) await send('rolled', batch('x'.repeat(100)))
    expect(files('rolled', '.log')).toHaveLength(1)
    await set('rolled', 'segment.bytes', 200)
    for (let count = 0; count < 3; count += 1) await send('rolled', batch('x'.repeat(100)))
    expect(files('rolled', '.log')).toHaveLength(4)
  },

  async 'segment.ms'() {
    await createTopic(client, 'dated')
    const at = (ageMs: number) => batch('x', { timestampMs: Date.now() - ageMs })
    await send('dated', at(DAY_MS))
    await send('dated', at(0))
    expect(files('dated', '.log')).toHaveLength(1)
    await set('dated', 'segment.ms', 3_600_000)
    await send('dated', at(0))
    expect(files('dated', '.log')).toHaveLength(2)
  },
}

/** Needs chance, a second replica, or the cleaner. */
const PROVED_ELSEWHERE = [
  'delete.retention.ms',
  'follower.replication.throttled.replicas',
  'leader.replication.throttled.replicas',
  'max.compaction.lag.ms',
  'min.cleanable.dirty.ratio',
  'min.compaction.lag.ms',
  'segment.jitter.ms',
  'unclean.leader.election.enable',
]

describe('on a live topic', () => {
  test.each(Object.keys(proofs))('%s', (name) => proofs[name]?.())

  test('no property is forgotten', () => {
    expect([...Object.keys(proofs), ...PROVED_ELSEWHERE].toSorted()).toEqual(
      topicOptionNames.toSorted(),
    )
  })
})

test('a codec that nobody has needed so far is there when the change is answered', async () => {
  await using directory = await tempDir()
  await using process = await ProcessNode.start({ directory: directory.path })
  await using stranger = await Client.connect(process.address)
  await createTopic(stranger, 'fresh')
  await incrementallyAlter(stranger, named('fresh'), [
    { name: 'compression.type', configOperation: 0, value: 'zstd' },
  ])
  const answer = await produceBatch(stranger, { topic: 'fresh', batch: batch() })
  expect(answer).toMatchObject({ errorCode: 0, baseOffset: 0 })
})

test('for all brokers: topics that say nothing themselves follow at once', async () => {
  await createTopic(client, 'follows')
  await createTopic(client, 'insists', { configs: { 'max.message.bytes': 1_000 } })
  const large = () => batch('x'.repeat(500))
  await set('', 'message.max.bytes', 400)
  expect([await codeOf('follows', large()), await codeOf('insists', large())]).toEqual([10, 0])
  await set('', 'message.max.bytes', 1_000)
  expect(await codeOf('follows', large())).toBe(0)
})

test('for one broker: it counts more than for all', async () => {
  await createTopic(client, 'of-one')
  const large = () => batch('x'.repeat(500))
  const one = { resourceType: 4, resourceName: '1' }
  const name = 'message.max.bytes'
  await incrementallyAlter(client, one, [{ name, configOperation: 0, value: '400' }])
  expect(await codeOf('of-one', large())).toBe(10)
  await incrementallyAlter(client, one, [{ name, configOperation: 1, value: null }])
  expect(await codeOf('of-one', large())).toBe(0)
})
