// @ts-check
// Every fsync of a broker takes half a second and more, as on a disk that is about to die.
import { every, scenario } from 'lograft/chaos'

export default scenario({
  name: 'slow-disk',
  claim: 'a disk whose fsync takes a second makes a cluster slow and nothing else',
  seconds: 60,
  workloads: ['queue', 'idempotent', 'metadata'],
  faults: every({
    ms: 15_000,
    of: [
      { fault: 'slow-fsync', on: 'active-controller', delayMs: 500, forMs: 8_000 },
      { fault: 'slow-fsync', on: 'leader-of(orders-*)', delayMs: 1_000, forMs: 8_000 },
    ],
  }),
})
