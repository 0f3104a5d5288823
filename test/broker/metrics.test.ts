// Goal: /metrics says what happened: what was produced, consumed, replicated, refused and
// committed, and who is behind; every metric of the table is told by the nodes that it is about.
// Method: real nodes, scraped before and after what is done to them.
import { afterEach, expect, test } from 'vitest'
import { buildBatch } from '../../src/records/builder.ts'
import { metricNames } from '../../src/metrics/table.ts'
import { offsetCommit } from '../../src/wire/apis/08-offset-commit.ts'
import { findCoordinator } from '../../src/wire/apis/10-find-coordinator.ts'
import { errors } from '../../src/wire/errors.ts'
import { bytesOf, createTopic, deleteTopic, produceBatch, readPartition } from '../support/calls.ts'
import type { Client } from '../support/client.ts'
import { LocalCluster } from '../support/local-cluster.ts'
import { LocalNode } from '../support/local-node.ts'
import { rise, scrape } from '../support/metrics.ts'
import { createReplicated, produceUntilAcknowledged, stateWhen } from '../support/replicated.ts'
import { eventually } from '../support/within.ts'

const WAIT_MS = 30_000

const undo: (() => PromiseLike<unknown>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

async function started(): Promise<LocalNode> {
  const node = await LocalNode.start({ set: { 'offsets.topic.num.partitions': 1 } })
  undo.push(() => node[Symbol.asyncDispose]())
  return node
}

const batch = buildBatch({
  records: ['one', 'two', 'three'].map((value) => ({ value: bytesOf(value) })),
})

test('what is produced, consumed and refused is counted', async () => {
  const node = await started()
  const client = await node.connect()
  await createTopic(client, 'orders', { partitions: 2 })
  const before = await scrape(node.http)
  for (let count = 0; count < 4; count += 1)
    await produceBatch(client, { topic: 'orders', partition: 1, batch })
  await produceBatch(client, { topic: 'nowhere', batch })
  const read = await readPartition(client, { topic: 'orders', partition: 1 })
  const after = await scrape(node.http)
  const by = rise(before, after)

  expect(by('lograft_requests_total{request="Produce",version="9"}')).toBe(5)
  expect(by('lograft_request_duration_seconds_count{request="Produce"}')).toBe(5)
  const error = 'request="Produce",error="UNKNOWN_TOPIC_OR_PARTITION"'
  expect(by(`lograft_request_errors_total{${error}}`)).toBe(1)
  expect(by('lograft_produced_bytes_total')).toBe(4 * batch.byteLength)
  expect(by('lograft_topic_produced_bytes_total{topic="orders"}')).toBe(4 * batch.byteLength)
  expect(by('lograft_produced_records_total')).toBe(12)
  expect(by('lograft_produced_batches_total')).toBe(4)
  expect(read).toHaveLength(12)
  expect(by('lograft_topic_consumed_bytes_total{topic="orders"}')).toBe(4 * batch.byteLength)
  expect(by('lograft_network_received_bytes_total')).toBeGreaterThan(4 * batch.byteLength)
  expect(by('lograft_network_sent_bytes_total')).toBeGreaterThan(4 * batch.byteLength)

  const of = '{topic="orders",partition="1"}'
  expect(after.get(`lograft_partition_log_end_offset${of}`)).toBe(12)
  expect(after.get(`lograft_partition_high_watermark${of}`)).toBe(12)
  expect(after.get(`lograft_partition_size_bytes${of}`)).toBe(4 * batch.byteLength)
  expect(after.get('lograft_partitions')).toBe(2)
  expect(after.get('lograft_leaders')).toBe(2)
  expect(after.get('lograft_connections')).toBe(1)
  expect(after.get('lograft_active_controller')).toBe(1)
  expect(after.get('lograft_cluster_topics')).toBe(1)
})

test('counts of the broker outlive the topics that they were made with', async () => {
  const node = await started()
  const client = await node.connect()
  await createTopic(client, 'orders')
  await produceBatch(client, { topic: 'orders', batch })
  await deleteTopic(client, 'orders')
  const after = await scrape(node.http)
  expect(after.get('lograft_produced_records_total')).toBe(3)
  expect(after.has('lograft_topic_produced_records_total{topic="orders"}')).toBe(false)
  expect(after.get('lograft_partitions')).toBe(0)
})

async function commit(client: Client, groupId: string, offset: number): Promise<void> {
  await eventually(WAIT_MS, 'a coordinator', async () => {
    await client.request(findCoordinator, 3, { key: groupId, keyType: 0 })
    const partitions = [{ partitionIndex: 0, committedOffset: offset, committedMetadata: null }]
    const { topics } = await client.request(offsetCommit, 8, {
      ...{ groupId, generationIdOrMemberEpoch: -1, memberId: '', groupInstanceId: null },
      topics: [{ name: 'orders', partitions }],
    })
    return topics[0]?.partitions[0]?.errorCode === errors.NONE
  })
}

test('groups say what they have committed, and how far behind they are', async () => {
  const node = await started()
  const client = await node.connect()
  await createTopic(client, 'orders')
  await produceBatch(client, { topic: 'orders', batch })
  await commit(client, 'billing', 1)
  const of = '{group="billing",topic="orders",partition="0"}'
  // Where this machine stood still, the coordinator's lease may have to be renewed first.
  const whole = () =>
    eventually(WAIT_MS, 'all groups', async () => {
      const page = await scrape(node.http)
      return page.get('lograft_series_left_out{of="groups"}') === 0 && page
    })
  const before = await whole()
  expect(before.get(`lograft_group_committed_offset${of}`)).toBe(1)
  expect(before.get(`lograft_group_lag_records${of}`)).toBe(2)
  expect(before.get('lograft_groups{state="Empty"}')).toBe(1)
  expect(before.get('lograft_offset_commits_total')).toBe(1)
  await commit(client, 'billing', 3)
  const after = await whole()
  expect(after.get(`lograft_group_lag_records${of}`)).toBe(0)
})

test('a replica that is gone shows where the partition is led', async () => {
  const cluster = await LocalCluster.start({ set: { 'offsets.topic.num.partitions': 1 } })
  undo.push(() => cluster[Symbol.asyncDispose]())
  const { addresses } = cluster
  const { leader } = await createReplicated(addresses, 'orders')
  await produceUntilAcknowledged(addresses, { topic: 'orders', batch })
  const led = await scrape(cluster.httpOf(leader))
  expect(led.get('lograft_under_replicated_partitions')).toBe(0)
  expect(led.get('lograft_partition_in_sync_replicas{topic="orders",partition="0"}')).toBe(3)
  const [follower, other] = [1, 2, 3].filter((id) => id !== leader) as [number, number]
  const fetched = await scrape(cluster.httpOf(follower))
  expect(fetched.get('lograft_replicated_in_bytes_total')).toBe(batch.byteLength)

  await cluster.stop(other)
  await stateWhen(addresses, { topic: 'orders' }, ({ isr }) => isr.length === 2)
  await produceUntilAcknowledged(addresses, { topic: 'orders', batch })
  const lacking = await scrape(cluster.httpOf(leader))
  expect(lacking.get('lograft_under_replicated_partitions')).toBe(1)
  expect(lacking.get('lograft_at_min_isr_partitions')).toBe(1)
  expect(lacking.get('lograft_isr_shrinks_total')).toBe(1)
  const lag = 'lograft_follower_lag_records{topic="orders",partition="0",follower='
  expect(lacking.get(`${lag}"${other}"}`)).toBe(3)
  expect(lacking.get('lograft_cluster_brokers{state="fenced"}')).toBe(1)
  const active = await Promise.all(
    [leader, follower].map(async (id) => {
      return (await scrape(cluster.httpOf(id))).get('lograft_active_controller')
    }),
  )
  expect(active.reduce((sum: number, each) => sum + (each ?? 0), 0)).toBe(1)

  await cluster.start(other)
  await stateWhen(addresses, { topic: 'orders' }, ({ isr }) => isr.length === 3)
  const whole = await scrape(cluster.httpOf(leader))
  expect(whole.get('lograft_under_replicated_partitions')).toBe(0)
  expect(whole.get('lograft_isr_expands_total')).toBe(1)
})

test('every metric of the table is told', async () => {
  const cluster = await LocalCluster.start({ set: { 'offsets.topic.num.partitions': 1 } })
  undo.push(() => cluster[Symbol.asyncDispose]())
  await createReplicated(cluster.addresses, 'orders')
  await produceUntilAcknowledged(cluster.addresses, { topic: 'orders', batch })
  await produceUntilAcknowledged(cluster.addresses, { topic: 'orders', batch })
  const pages = await Promise.all(
    [1, 2, 3].map(async (id) => (await fetch(`${cluster.httpOf(id)}/metrics`)).text()),
  )
  const told = new Set(
    pages.flatMap((page) => [...page.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name)),
  )
  // Of these there is nothing to tell before somebody makes it so.
  const later = [
    'lograft_request_errors_total',
    'lograft_group_committed_offset',
    'lograft_group_lag_records',
    // Only of nodes that were started with --enable-faults.
    'lograft_fault_switches',
    'lograft_fault_hits_total',
  ]
  const untold = metricNames.filter((name) => !told.has(name) && !later.includes(name))
  expect(untold).toEqual([])
})
