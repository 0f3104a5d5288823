// @ts-check
// Planted: the controller elects whoever is in service. The leader is the only one in sync, and dies.
import { scenario } from 'lograft/chaos'

export default scenario({
  name: 'control-anybody-leads',
  claim: 'an election of a replica that is not in sync is found',
  plant: 'anybody in service is elected',
  expect: 'invalid',
  mustFind: ['lost-write'],
  seconds: 12,
  topics: { orders: { partitions: 1, replicationFactor: 3 } },
  config: { 'min.insync.replicas': 1, 'replica.lag.time.max.ms': 1_000 },
  workloads: [{ workload: 'idempotent', clients: ['lograft'], rate: 200 }],
  faults: [
    {
      ...{ atMs: 500, fault: 'fail-requests', on: 'leader-of(orders-0)', forMs: 5_000 },
      ...{ api: 'Fetch', client: 'replica-*', error: 'KAFKA_STORAGE_ERROR', count: 1_000_000 },
    },
    { atMs: 5_000, fault: 'kill', on: 'leader-of(orders-0)', forMs: 6_000 },
  ],
})
