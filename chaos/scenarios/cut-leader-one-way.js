// @ts-check
// Packets of a leader are lost in one direction only: it hears the others, or they hear it.
import { every, scenario } from 'lograft/chaos'

export default scenario({
  name: 'cut-leader-one-way',
  claim: 'a leader cut off from the others in one direction costs no acknowledged record',
  seconds: 60,
  workloads: ['queue', 'idempotent'],
  faults: every({
    ms: 15_000,
    of: [
      { fault: 'cut', on: 'leader-of(orders-*)', direction: 'out', forMs: 8_000 },
      { fault: 'cut', on: 'leader-of(orders-*)', direction: 'in', forMs: 8_000 },
    ],
  }),
})
