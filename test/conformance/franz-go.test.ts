// Goal: franz-go, unmodified: an idempotent producer by default, fetch sessions with topic ids, and
// its admin client.
// Method: a small program, built here by whatever Go there is, driven through `dialect.ts`; a
// recorder in between knows which versions it sends.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { errors } from '../../src/wire/errors.ts'
import { createTopic, fetchPartition } from '../support/calls.ts'
import { prepareGo } from '../support/foreign-client.ts'
import { describeWith } from '../support/peer.ts'
import { negotiated, startRecordedNode, type RecordedNode } from '../support/recorded-node.ts'
import { describeAdmin } from './admin-suite.ts'
import { SpeakingClient } from './dialect.ts'
import { useGroupOfOne } from './group-of-one.ts'
import { describeRecords } from './records-suite.ts'

interface LogDir {
  readonly dir: string
  readonly error: number | null
  readonly totalBytes: number
  readonly usableBytes: number
  /** By `topic-partition`. */
  readonly sizes: Readonly<{ [partition: string]: number }>
}

const prepared = prepareGo()
const peer = {
  name: 'franz-go',
  missing: 'missing' in prepared ? prepared.missing : null,
  cure: 'install Go 1.21 or newer; the rest comes from the module proxy',
}

describeWith(peer)('franz-go', () => {
  let node: RecordedNode
  let client: SpeakingClient
  beforeAll(async () => {
    if (!('program' in prepared)) throw new Error(prepared.missing)
    node = await startRecordedNode()
    client = new SpeakingClient(prepared.program, node.bootstrap)
  })
  afterAll(() => node[Symbol.asyncDispose]())

  const subject = { client: () => client, node: () => node }
  describeRecords(subject)
  describeAdmin(subject)

  test('beyond the end: out of range, told at once', async () => {
    await createTopic(await node.node.connect(), 'short')
    await client.produce({ topic: 'short', messages: [{ value: 'only' }] })
    const partitions = [{ topic: 'short', partition: 0, offset: 5000 }]
    const { error, records } = await client.consume({ partitions, count: 1 })
    expect([error, records]).toEqual([errors.OFFSET_OUT_OF_RANGE, []])
  })

  test('the end of a leader epoch (KIP-320), before and after a restart', async () => {
    const topic = 'epochs'
    await createTopic(await node.node.connect(), topic)
    const produce = async () => {
      const messages = Array.from({ length: 10 }, (_, index) => ({ value: `${index}` }))
      await client.produce({ topic, messages })
      const partitions = [{ topic, partition: 0, offset: 0 }]
      const { records } = await client.consume({ partitions, count: 1 })
      return records[0]?.leaderEpoch ?? -1
    }
    const epoch = await produce()
    expect(epoch).toBeGreaterThanOrEqual(0)
    await node.node.restart()
    // The first record keeps the epoch it was written in.
    expect(await produce()).toBe(epoch)
    const asked = await client.ask('offsetForEpoch', { topic, partition: 0, epoch })
    expect(asked).toEqual({ error: null, value: { leaderEpoch: epoch, endOffset: 10 } })
  })

  test('log directories: sizes in bytes, of all topics and of some', async () => {
    const topic = 'weighed'
    const raw = await node.node.connect()
    await createTopic(raw, topic, { partitions: 2 })
    await client.produce({ topic, messages: [{ value: 'x'.repeat(1000) }] })
    const { bytes } = await fetchPartition(raw, { topic, offset: 0 })
    const describe = (request: object) => client.ask<LogDir[]>('describeLogDirs', request)
    const [some, ...others] = await describe({ topics: [topic] })
    expect(others).toEqual([])
    expect(some).toMatchObject({
      dir: node.node.directory,
      error: null,
      sizes: { 'weighed-0': bytes.byteLength, 'weighed-1': 0 },
      lags: { 'weighed-0': 0, 'weighed-1': 0 },
    })
    expect(some?.totalBytes).toBeGreaterThan(some?.usableBytes ?? Infinity)
    expect(some?.usableBytes).toBeGreaterThan(0)
    const [all] = await describe({})
    expect(all?.sizes).toMatchObject(some?.sizes ?? {})
    expect(Object.keys(all?.sizes ?? {}).length).toBeGreaterThan(2)
  })

  test('DescribeCluster says what Metadata says', async () => {
    expect(await client.ask('describeClusterApi')).toEqual(await client.describeCluster())
  })

  test('DescribeTopicPartitions, page by page', async () => {
    const raw = await node.node.connect()
    await createTopic(raw, 'paged-a', { partitions: 5 })
    await createTopic(raw, 'paged-b', { partitions: 2 })
    const topics = ['paged-b', 'paged-a']
    expect(await client.ask('describePartitions', { topics, limit: 3 })).toEqual([
      { 'paged-a': [0, 1, 2] },
      { 'paged-a': [3, 4], 'paged-b': [0] },
      { 'paged-b': [1] },
    ])
  })

  test('it uses a group', async () => {
    if (!('program' in prepared)) throw new Error(prepared.missing)
    await useGroupOfOne(prepared.program, node, { deleteOffsets: true })
  })

  test('it sent the newest versions that both sides know', () => {
    const known = {
      Produce: 13,
      Fetch: 18,
      ListOffsets: 11,
      Metadata: 13,
      OffsetCommit: 10,
      OffsetFetch: 10,
      FindCoordinator: 6,
      JoinGroup: 9,
      Heartbeat: 4,
      LeaveGroup: 5,
      SyncGroup: 5,
      DescribeGroups: 6,
      ListGroups: 5,
      ApiVersions: 5,
      CreateTopics: 7,
      DeleteTopics: 6,
      DeleteRecords: 2,
      InitProducerId: 5,
      OffsetForLeaderEpoch: 4,
      DescribeConfigs: 4,
      AlterConfigs: 2,
      DescribeLogDirs: 5,
      CreatePartitions: 3,
      DeleteGroups: 2,
      IncrementalAlterConfigs: 1,
      OffsetDelete: 0,
      DescribeCluster: 2,
      DescribeTopicPartitions: 0,
    }
    expect(node.recorder.newest()).toEqual(negotiated(known))
  })
})
