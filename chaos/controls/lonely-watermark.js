// @ts-check
// Planted: the high watermark rises although too few are in sync. What is read then is on the leader
// alone, and an eligible replica leads without it.
import { scenario } from 'lograft/chaos'

export default scenario({
  name: 'control-lonely-watermark',
  claim: 'a high watermark that rises below min.insync.replicas is found',
  plant: 'the high watermark rises below min isr',
  expect: 'invalid',
  mustFind: ['read-before-commit', 'inconsistent-offset'],
  seconds: 12,
  // Of each client one batch a partition is under way when the followers stop, and is sent again
  // later: what is read differs where those of two clients change places. Of 8 partitions that one
  // broker leads some always do.
  topics: { orders: { partitions: 24, replicationFactor: 3 } },
  config: { 'replica.lag.time.max.ms': 1_000 },
  workloads: [{ workload: 'queue', clients: ['lograft', 'kafkajs', 'platformatic'], rate: 600 }],
  faults: [
    {
      ...{ atMs: 500, fault: 'fail-requests', on: 'leader-of(orders-0)', forMs: 5_000 },
      ...{ api: 'Fetch', client: 'replica-*', error: 'KAFKA_STORAGE_ERROR', count: 1_000_000 },
    },
    { atMs: 5_000, fault: 'kill', on: 'leader-of(orders-0)', forMs: 6_000 },
  ],
})
