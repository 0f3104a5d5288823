// @ts-check
// A minority of the controllers is cut off from everybody else, while clients still reach it.
import { every, scenario } from 'lograft/chaos'

export default scenario({
  name: 'cut-minority',
  claim: 'what a minority that is cut off was told stays true, and the majority goes on',
  seconds: 60,
  workloads: ['idempotent', 'metadata'],
  faults: every({ ms: 15_000, of: [{ fault: 'cut', on: 'minority', forMs: 9_000 }] }),
})
