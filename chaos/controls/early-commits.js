// @ts-check
// Planted: an offset commit is answered when it is appended. The coordinator alone has it, and dies.
import { scenario } from 'lograft/chaos'

export default scenario({
  name: 'control-early-commits',
  claim: 'offset commits that are answered before they are committed are found',
  plant: 'a commit is answered when it is appended, before it is committed',
  expect: 'invalid',
  mustFind: ['lost-commit'],
  seconds: 12,
  topics: { orders: { partitions: 2, replicationFactor: 3 } },
  config: { 'offsets.topic.num.partitions': 1 },
  workloads: [{ workload: 'groups', clients: ['lograft'], rate: 200 }],
  faults: [
    {
      ...{ atMs: 500, fault: 'fail-requests', on: 'leader-of(__consumer_offsets-0)', forMs: 3_000 },
      ...{ api: 'Fetch', client: 'replica-*', error: 'KAFKA_STORAGE_ERROR', count: 1_000_000 },
    },
    // Who goes on commits again at once. What was lost is to be seen before that.
    {
      ...{ atMs: 2_500, fault: 'fail-requests', on: 'all', forMs: 4_500 },
      ...{ api: 'OffsetCommit', error: 'COORDINATOR_NOT_AVAILABLE', count: 1_000_000 },
    },
    { atMs: 3_000, fault: 'kill', on: 'leader-of(__consumer_offsets-0)', forMs: 6_000 },
  ],
})
