// @ts-check
// What a leader alone has is promised with acks=1, and goes with it: the followers are stopped, the
// leader takes records, dies, and the followers go on without them.
import { scenario } from 'lograft/chaos'

export default scenario({
  name: 'control-acks-1',
  claim: 'with acks=1 a leader that dies takes acknowledged records along, and that is found',
  expect: 'invalid',
  mustFind: ['lost-write'],
  seconds: 11,
  topics: { orders: { partitions: 1, replicationFactor: 3 } },
  config: { 'broker.session.timeout.ms': 9_000 },
  workloads: [{ workload: 'queue', clients: ['lograft'], rate: 200, acks: 1 }],
  faults: [
    { atMs: 500, fault: 'pause', on: 'followers-of(orders-0)', forMs: 3_500 },
    { atMs: 2_500, fault: 'kill', on: 'leader-of(orders-0)', forMs: 6_000 },
  ],
})
