// @ts-check
// Planted: acks=all does not wait. The followers hear nothing of what the leader takes; it dies.
import { scenario } from 'lograft/chaos'

export default scenario({
  name: 'control-early-acks',
  claim: 'acks=all that is answered before the replicas have it is found',
  plant: 'acks=all is answered before the high watermark is there',
  expect: 'invalid',
  mustFind: ['lost-write'],
  seconds: 10,
  topics: { orders: { partitions: 1, replicationFactor: 3 } },
  workloads: [{ workload: 'idempotent', clients: ['lograft'], rate: 200 }],
  faults: [
    {
      ...{ atMs: 500, fault: 'fail-requests', on: 'leader-of(orders-0)', forMs: 3_000 },
      ...{ api: 'Fetch', client: 'replica-*', error: 'KAFKA_STORAGE_ERROR', count: 1_000_000 },
    },
    { atMs: 3_000, fault: 'kill', on: 'leader-of(orders-0)', forMs: 5_000 },
  ],
})
