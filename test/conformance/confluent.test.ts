// Goal: a recent librdkafka, unmodified: records with every codec, and its admin client.
// Method: confluent-kafka's wheel in a virtual environment of its own, driven through `dialect.ts`;
// a recorder in between knows which versions it sends.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTopic } from '../support/calls.ts'
import { preparePython } from '../support/foreign-client.ts'
import { describeWith } from '../support/peer.ts'
import { negotiated, startRecordedNode, type RecordedNode } from '../support/recorded-node.ts'
import { describeAdmin } from './admin-suite.ts'
import { SpeakingClient } from './dialect.ts'
import { useGroupOfOne } from './group-of-one.ts'
import { describeRecords } from './records-suite.ts'

const prepared = preparePython()
const peer = {
  name: 'confluent-kafka (Python)',
  missing: 'missing' in prepared ? prepared.missing : null,
  cure: 'install python3 and python3-venv; the rest comes from PyPI',
}

describeWith(peer)('librdkafka 2', () => {
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
    // Its own error, which the policy `auto.offset.reset=error` makes of the broker's.
    expect([error, records]).toEqual(['_AUTO_OFFSET_RESET', []])
  })

  test('it uses a group', async () => {
    const groups = preparePython('groups.py')
    if (!('program' in groups)) throw new Error(groups.missing)
    await useGroupOfOne(groups.program, node, { deleteOffsets: false })
  })

  test('it sent the newest versions that both sides know', () => {
    const known = {
      Produce: 10,
      Fetch: 16,
      ListOffsets: 7,
      Metadata: 12,
      OffsetCommit: 9,
      OffsetFetch: 9,
      FindCoordinator: 2,
      JoinGroup: 5,
      Heartbeat: 3,
      LeaveGroup: 1,
      SyncGroup: 3,
      DescribeGroups: 5,
      ListGroups: 4,
      ApiVersions: 3,
      CreateTopics: 4,
      DeleteTopics: 4,
      DeleteRecords: 2,
      InitProducerId: 4,
      DescribeConfigs: 1,
      AlterConfigs: 2,
      CreatePartitions: 2,
      DeleteGroups: 2,
      IncrementalAlterConfigs: 1,
    }
    expect(node.recorder.newest()).toEqual(negotiated(known))
  })
})
