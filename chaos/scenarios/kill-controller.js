// @ts-check
// The active controller dies, again and again, while topics and configurations change.
import { every, scenario } from 'lograft/chaos'

export default scenario({
  name: 'kill-controller',
  claim: 'kill -9 of the active controller undoes no confirmed change and loses no record',
  seconds: 60,
  workloads: ['idempotent', 'metadata'],
  faults: every({ ms: 10_000, of: [{ fault: 'kill', on: 'active-controller', forMs: 3_000 }] }),
})
