// @ts-check
// A leader sleeps for longer than its session, wakes, and still believes that it leads.
import { every, scenario } from 'lograft/chaos'

export default scenario({
  name: 'pause-leader',
  claim: 'a leader that wakes after others took over makes nobody lose or see twice a record',
  seconds: 60,
  workloads: ['queue', 'idempotent'],
  faults: every({
    ms: 20_000,
    of: [{ fault: 'pause', on: 'leader-of(orders-*)', forMs: 12_000 }],
  }),
})
