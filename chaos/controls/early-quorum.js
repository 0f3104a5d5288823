// @ts-check
// Planted: a controller says that it has what it has not fsynced. All fsyncs are slow, metadata is
// changed and acknowledged, and power is cut from all at once.
import { scenario } from 'lograft/chaos'

export default scenario({
  name: 'control-early-quorum',
  claim: 'metadata that is acknowledged before it is on a majority of disks is found',
  plant: 'persisted is reported before the flush',
  expect: 'invalid',
  mustFind: ['not-linearizable'],
  seconds: 12,
  topics: { orders: { partitions: 1, replicationFactor: 3 } },
  config: { 'controller.quorum.election.timeout.ms': 3_000 },
  workloads: ['metadata'],
  faults: [
    { atMs: 500, fault: 'slow-fsync', on: 'all', delayMs: 1_000, forMs: 5_000 },
    { atMs: 4_000, fault: 'power-cut', on: 'all', forMs: 2_000 },
  ],
})
