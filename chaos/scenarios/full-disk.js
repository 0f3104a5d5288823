// @ts-check
// The disk of a leader is full for a while, and has room again.
import { every, scenario } from 'lograft/chaos'

export default scenario({
  name: 'full-disk',
  claim: 'a disk that is full and has room again costs no acknowledged record',
  seconds: 60,
  workloads: ['queue', 'idempotent'],
  faults: every({
    ms: 20_000,
    of: [{ fault: 'disk-full', on: 'leader-of(orders-*)', forMs: 8_000 }],
  }),
})
