// @ts-check
// Planted: a follower does not say of which epoch its last record is. The old leader comes back with
// records that nobody else has, shorter than the new leader's log, and nobody sees that they parted.
import { scenario } from 'lograft/chaos'

export default scenario({
  name: 'control-no-last-epoch',
  claim: 'logs of replicas that have parted are found',
  plant: 'a follower asks without the epoch of its last record',
  expect: 'invalid',
  mustFind: ['replicas-differ', 'inconsistent-offset', 'lost-write'],
  seconds: 14,
  topics: { orders: { partitions: 1, replicationFactor: 3 } },
  workloads: [{ workload: 'queue', clients: ['lograft'], rate: 200 }],
  faults: [
    {
      ...{ atMs: 500, fault: 'fail-requests', on: 'leader-of(orders-0)', forMs: 1_500 },
      ...{ api: 'Fetch', client: 'replica-*', error: 'KAFKA_STORAGE_ERROR', count: 1_000_000 },
    },
    { atMs: 1_500, fault: 'kill', on: 'leader-of(orders-0)', forMs: 8_000 },
  ],
})
