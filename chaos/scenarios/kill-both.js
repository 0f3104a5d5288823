// @ts-check
// Leader and controller at once: of three, most are gone until they are started again.
import { every, scenario } from 'lograft/chaos'

export default scenario({
  name: 'kill-both',
  claim: 'kill -9 of a leader and of the active controller at once loses no acknowledged record',
  seconds: 60,
  workloads: ['idempotent', 'metadata'],
  faults: every({
    ms: 14_000,
    of: [{ fault: 'kill', on: 'leader-of(orders-*)+active-controller', forMs: 4_000 }],
  }),
})
