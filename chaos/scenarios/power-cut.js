// @ts-check
// A broker dies as in a power cut: what it had not fsynced is gone, or partly.
import { every, scenario } from 'lograft/chaos'

export default scenario({
  name: 'power-cut',
  claim: 'a broker that loses what it had not fsynced costs no acknowledged record',
  seconds: 60,
  workloads: ['queue', 'idempotent'],
  faults: every({ ms: 15_000, of: [{ fault: 'power-cut', on: 'random', forMs: 4_000 }] }),
})
