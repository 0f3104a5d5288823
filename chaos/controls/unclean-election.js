// @ts-check
// Followers fall behind until the leader is the only one in sync; it dies, and one that is behind
// leads, as unclean.leader.election.enable lets it.
import { scenario } from 'lograft/chaos'

export default scenario({
  name: 'control-unclean-election',
  claim: 'an unclean election loses acknowledged records, and that is found',
  expect: 'invalid',
  mustFind: ['lost-write'],
  seconds: 12,
  topics: { orders: { partitions: 1, replicationFactor: 3 } },
  config: {
    'unclean.leader.election.enable': true,
    'min.insync.replicas': 1,
    'replica.lag.time.max.ms': 1_000,
  },
  workloads: [{ workload: 'queue', clients: ['lograft'], rate: 200 }],
  faults: [
    {
      ...{ atMs: 500, fault: 'fail-requests', on: 'leader-of(orders-0)', forMs: 5_000 },
      ...{ api: 'Fetch', client: 'replica-*', error: 'KAFKA_STORAGE_ERROR', count: 1_000_000 },
    },
    { atMs: 5_000, fault: 'kill', on: 'leader-of(orders-0)', forMs: 6_000 },
  ],
})
