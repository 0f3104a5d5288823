// @ts-check
// With min.insync.replicas=1 what is acknowledged may be on one disk only, in the memory of one
// machine: its power is cut.
import { scenario } from 'lograft/chaos'

export default scenario({
  name: 'control-min-isr-1',
  claim: 'with min.insync.replicas=1 a power cut loses acknowledged records, and that is found',
  expect: 'invalid',
  mustFind: ['lost-write'],
  seconds: 12,
  topics: { orders: { partitions: 1, replicationFactor: 3 } },
  config: {
    'min.insync.replicas': 1,
    'replica.lag.time.max.ms': 1_000,
    'unclean.recovery.timeout.ms': 3_000,
  },
  workloads: [{ workload: 'queue', clients: ['lograft'], rate: 200 }],
  faults: [
    {
      ...{ atMs: 500, fault: 'fail-requests', on: 'leader-of(orders-0)', forMs: 5_000 },
      ...{ api: 'Fetch', client: 'replica-*', error: 'KAFKA_STORAGE_ERROR', count: 1_000_000 },
    },
    { atMs: 5_000, fault: 'power-cut', on: 'leader-of(orders-0)', forMs: 3_000 },
  ],
})
