/**
 * What every foreign admin client must be able to do: topics, partitions, configuration, offsets,
 * the cluster. Values are compared, not only the absence of errors, and refusals by Kafka's code.
 */
import { beforeAll, describe, expect, test } from 'vitest'
import { errors } from '../../src/wire/errors.ts'
import { createTopic, readPartition, text, topicMetadata } from '../support/calls.ts'
import type { Subject } from './records-suite.ts'

const BEGIN_MS = 1_700_000_000_000
const DONE = { error: null, value: null }

/** Defines the tests. */
export function describeAdmin(subject: Subject): void {
  describe('topics', () => describeTopics(subject))
  describe('configuration', () => describeConfigs(subject))
  describe('offsets', () => describeOffsets(subject))

  test('the cluster', async () => {
    const { recorder } = subject.node()
    const { clusterId, controller, nodes } = await subject.client().describeCluster()
    expect(clusterId).toMatch(/^[\w-]{22}$/)
    expect(controller).toBe(1)
    expect(nodes).toEqual([{ id: 1, ...recorder.address }])
  })
}

function describeTopics({ client, node }: Subject): void {
  test('are created, listed, described and deleted', async () => {
    const created = await client().createTopics([
      { name: 'one', partitions: 3, configs: { 'retention.ms': '60000' } },
      { name: 'two' },
    ])
    expect(created).toEqual({ one: DONE, two: DONE })
    expect(await client().listTopics()).toEqual(expect.arrayContaining(['one', 'two']))
    const { one } = await client().describeTopics('one')
    expect(one?.value).toEqual({
      topicId: (await topicMetadata(await node().node.connect(), 'one', { version: 12 })).topicId,
      isInternal: false,
      partitions: [0, 1, 2].map((partition) => ({
        partition,
        leader: 1,
        replicas: [1],
        isr: [1],
      })),
    })
    expect(await client().deleteTopics('one', 'two')).toEqual({ one: DONE, two: DONE })
    expect(await client().listTopics()).not.toContain('one')
  })

  test('created again under its name, it has another id', async () => {
    const idOf = async () => {
      expect(await client().createTopics([{ name: 'phoenix' }])).toEqual({ phoenix: DONE })
      return (await client().describeTopics('phoenix'))['phoenix']?.value?.topicId
    }
    const first = await idOf()
    await client().deleteTopics('phoenix')
    expect(await idOf()).not.toBe(first)
  })

  test('validateOnly creates nothing', async () => {
    const checked = await client().createTopics([{ name: 'checked' }], { validateOnly: true })
    expect(checked).toEqual({ checked: DONE })
    expect(await client().listTopics()).not.toContain('checked')
  })

  test.each([
    ['an existing one', { name: 'existing' }, errors.TOPIC_ALREADY_EXISTS],
    ['a bad name', { name: 'not/a/name' }, errors.INVALID_TOPIC_EXCEPTION],
    ['no partitions', { name: 'x', partitions: 0 }, errors.INVALID_PARTITIONS],
    ['too many replicas', { name: 'x', replicationFactor: 3 }, errors.INVALID_REPLICATION_FACTOR],
    ['a bad value', { name: 'x', configs: { 'retention.ms': 'never' } }, errors.INVALID_CONFIG],
    ['an unknown option', { name: 'x', configs: { retention: '1' } }, errors.INVALID_CONFIG],
  ])('%s is refused', async (_, topic, error) => {
    if (topic.name === 'existing') await client().createTopics([topic])
    expect((await client().createTopics([topic]))[topic.name]?.error).toBe(error)
    expect(await client().listTopics()).not.toContain('x')
  })

  test('an unknown one cannot be deleted or described', async () => {
    const error = errors.UNKNOWN_TOPIC_OR_PARTITION
    expect((await client().deleteTopics('unknown'))['unknown']?.error).toBe(error)
    expect((await client().describeTopics('unknown'))['unknown']?.error).toBe(error)
  })

  test('get more partitions, and never fewer', async () => {
    await client().createTopics([{ name: 'growing', partitions: 2 }])
    await client().produce({ topic: 'growing', messages: [{ value: 'before' }] })
    const grow = async (total: number, validateOnly = false) =>
      (await client().createPartitions({ topic: 'growing', total, validateOnly }))['growing']
    const count = async () =>
      (await client().describeTopics('growing'))['growing']?.value?.partitions.length
    expect(await grow(5, true)).toEqual(DONE)
    expect(await count()).toBe(2)
    expect(await grow(5)).toEqual(DONE)
    expect(await count()).toBe(5)
    expect((await grow(3))?.error).toBe(errors.INVALID_PARTITIONS)
    expect((await grow(5))?.error).toBe(errors.INVALID_PARTITIONS)
    await client().produce({ topic: 'growing', messages: [{ partition: 4, value: 'after' }] })
    const partitions = [0, 4].map((partition) => ({ topic: 'growing', partition, offset: 0 }))
    const { records } = await client().consume({ partitions, count: 2 })
    expect(records.map(({ value }) => value).sort()).toEqual(['after', 'before'])
    const unknown = await client().createPartitions({ topic: 'unknown', total: 2 })
    expect(unknown['unknown']?.error).toBe(errors.UNKNOWN_TOPIC_OR_PARTITION)
  })
}

function describeConfigs({ client, node }: Subject): void {
  const topic = { type: 'topic', name: 'configured' } as const
  const described = async () => (await client().describeConfigs(topic))[topic.name]?.value ?? {}

  beforeAll(async () => {
    const configs = { 'retention.ms': 60_000, 'segment.bytes': 1 << 20 }
    await createTopic(await node().node.connect(), topic.name, { configs })
  })

  test('of a topic: what was set, and the defaults', async () => {
    const configs = await described()
    expect(configs['retention.ms']).toMatchObject({
      value: '60000',
      source: 'DYNAMIC_TOPIC_CONFIG',
      isSensitive: false,
    })
    expect(configs['cleanup.policy']).toMatchObject({ value: 'delete', source: 'DEFAULT_CONFIG' })
    expect(Object.keys(configs).length).toBeGreaterThan(20)
  })

  test('of the broker', async () => {
    const asked = await client().describeConfigs({ type: 'broker', name: '1' })
    expect(asked['1']?.value?.['log.dirs']).toMatchObject({
      value: node().node.directory,
      source: 'STATIC_BROKER_CONFIG',
    })
    expect(asked['1']?.value?.['num.partitions']).toMatchObject({
      value: '1',
      source: 'DEFAULT_CONFIG',
    })
  })

  test('is altered one by one: SET, DELETE, APPEND, SUBTRACT', async () => {
    const changes = [
      { operation: 'SET', name: 'max.message.bytes', value: '2000' },
      { operation: 'DELETE', name: 'segment.bytes' },
      { operation: 'APPEND', name: 'cleanup.policy', value: 'compact' },
    ] as const
    const before = await described()
    expect(await client().alterConfigs({ ...topic, changes, validateOnly: true })).toEqual(DONE)
    expect(await described()).toEqual(before)
    expect(await client().alterConfigs({ ...topic, changes })).toEqual(DONE)
    expect(await described()).toMatchObject({
      'retention.ms': { value: '60000', source: 'DYNAMIC_TOPIC_CONFIG' },
      'max.message.bytes': { value: '2000', source: 'DYNAMIC_TOPIC_CONFIG' },
      'segment.bytes': { value: String(1 << 30), source: 'DEFAULT_CONFIG' },
      'cleanup.policy': { value: 'delete,compact', source: 'DYNAMIC_TOPIC_CONFIG' },
    })
    const back = { operation: 'SUBTRACT', name: 'cleanup.policy', value: 'compact' } as const
    expect(await client().alterConfigs({ ...topic, changes: [back] })).toEqual(DONE)
    expect((await described())['cleanup.policy']?.value).toBe('delete')
  })

  test('takes effect at once, and survives a restart', async () => {
    const produce = (length: number) =>
      client().produce({ topic: topic.name, messages: [{ value: 'x'.repeat(length) }] })
    expect(await produce(3000)).toMatchObject([{ error: errors.MESSAGE_TOO_LARGE }])
    await node().node.restart()
    expect(await produce(3000)).toMatchObject([{ error: errors.MESSAGE_TOO_LARGE }])
    const wider = { operation: 'SET', name: 'max.message.bytes', value: '10000' } as const
    expect(await client().alterConfigs({ ...topic, changes: [wider] })).toEqual(DONE)
    expect(await produce(3000)).toMatchObject([{ error: null, offset: 0 }])
  })

  test('is replaced by AlterConfigs: what is not named goes back to its default', async () => {
    const configs = { 'retention.bytes': '123456' }
    expect(await client().replaceConfigs({ ...topic, configs })).toEqual(DONE)
    expect(await described()).toMatchObject({
      'retention.bytes': { value: '123456', source: 'DYNAMIC_TOPIC_CONFIG' },
      'retention.ms': { value: '604800000', source: 'DEFAULT_CONFIG' },
    })
  })

  test('what is wrong is refused, and nothing of it is done', async () => {
    const good = { operation: 'SET', name: 'retention.ms', value: '1' } as const
    const refused = async (change: { operation: 'SET' | 'APPEND'; name: string; value: string }) =>
      (await client().alterConfigs({ ...topic, changes: [good, change] })).error
    const wrong = errors.INVALID_CONFIG
    expect(await refused({ operation: 'SET', name: 'retention.bytes', value: 'x' })).toBe(wrong)
    expect(await refused({ operation: 'SET', name: 'retention', value: '1' })).toBe(wrong)
    expect(await refused({ operation: 'APPEND', name: 'segment.ms', value: '1' })).toBe(wrong)
    expect((await described())['retention.ms']).toMatchObject({ source: 'DEFAULT_CONFIG' })
    const unknown = { type: 'topic', name: 'unknown' } as const
    const error = errors.UNKNOWN_TOPIC_OR_PARTITION
    expect((await client().alterConfigs({ ...unknown, changes: [good] })).error).toBe(error)
    expect((await client().describeConfigs(unknown))['unknown']?.error).toBe(error)
  })
}

function describeOffsets({ client, node }: Subject): void {
  const topic = 'measured'
  const at = async (spec: Parameters<ReturnType<typeof client>['listOffsets']>[0]['at']) =>
    (await client().listOffsets({ topic, partition: 1, at: spec })).value

  beforeAll(async () => {
    await createTopic(await node().node.connect(), topic, { partitions: 2 })
    const messages = Array.from({ length: 100 }, (_, index) => ({
      partition: 1,
      value: `${index}`,
      // The largest timestamp is in the middle.
      timestampMs: BEGIN_MS + (index === 70 ? 1_000_000 : index * 1000),
    }))
    await client().produce({ topic, codec: 'lz4', messages })
  })

  test('earliest, latest, by time, and of the largest time', async () => {
    expect((await at('earliest'))?.offset).toBe(0)
    expect((await at('latest'))?.offset).toBe(100)
    expect(await at(BEGIN_MS + 41_500)).toEqual({ offset: 42, timestampMs: BEGIN_MS + 42_000 })
    expect(await at('maxTimestamp')).toEqual({ offset: 70, timestampMs: BEGIN_MS + 1_000_000 })
  })

  test('records are deleted from the beginning, for good', async () => {
    const remove = (before: number) => client().deleteRecords({ topic, partition: 1, before })
    expect(await remove(30)).toEqual({ error: null, value: 30 })
    expect((await at('earliest'))?.offset).toBe(30)
    expect((await remove(101)).error).toBe(errors.OFFSET_OUT_OF_RANGE)
    // What is gone already stays gone, and is no mistake.
    expect(await remove(10)).toEqual({ error: null, value: 30 })
    await node().node.restart()
    expect((await at('earliest'))?.offset).toBe(30)
    const raw = await node().node.connect()
    const left = await readPartition(raw, { topic, partition: 1, from: 30 })
    expect(left.map(({ value }) => text(value))).toEqual(
      Array.from({ length: 70 }, (_, index) => `${30 + index}`),
    )
    // −1 means everything there is.
    expect(await remove(-1)).toEqual({ error: null, value: 100 })
    expect((await at('earliest'))?.offset).toBe(100)
  })
}
