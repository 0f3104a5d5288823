// @ts-check
// Planted: consumers are shown the log end. What the leader alone has is read, and gone with it.
import { scenario } from 'lograft/chaos'

export default scenario({
  name: 'control-uncommitted-reads',
  claim: 'a consumer that is shown what is not committed is found',
  plant: 'consumers are given what is not committed',
  expect: 'invalid',
  mustFind: ['read-before-commit', 'inconsistent-offset'],
  seconds: 10,
  // Of each client one batch a partition is under way when the followers stop, and is sent again
  // later: what is read differs where those of two clients change places. Of 8 partitions that one
  // broker leads some always do.
  topics: { orders: { partitions: 24, replicationFactor: 3 } },
  workloads: [{ workload: 'queue', clients: ['lograft', 'kafkajs', 'platformatic'], rate: 600 }],
  faults: [
    {
      ...{ atMs: 500, fault: 'fail-requests', on: 'leader-of(orders-0)', forMs: 3_000 },
      ...{ api: 'Fetch', client: 'replica-*', error: 'KAFKA_STORAGE_ERROR', count: 1_000_000 },
    },
    { atMs: 3_000, fault: 'kill', on: 'leader-of(orders-0)', forMs: 5_000 },
  ],
})
