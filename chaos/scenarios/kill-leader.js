// @ts-check
// The leader of one partition after the other dies without a word, and comes back on its data.
import { every, scenario } from 'lograft/chaos'

export default scenario({
  name: 'kill-leader',
  claim: 'kill -9 of partition leaders loses, repeats and reorders no acknowledged record',
  seconds: 60,
  workloads: ['queue', 'idempotent'],
  faults: every({
    ms: 12_000,
    of: [{ fault: 'kill', on: 'leader-of(orders-*)', forMs: 4_000 }],
  }),
})
