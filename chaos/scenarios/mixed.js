// @ts-check
// Everything at once, for half an hour: a fault every five seconds, several lasting side by side.
import { every, scenario } from 'lograft/chaos'

export default scenario({
  name: 'mixed',
  claim: 'thirty minutes with a fault every five seconds: nothing lost, doubled or reordered',
  seconds: 1_800,
  workloads: ['idempotent', 'groups', 'metadata'],
  faults: every({
    ms: 5_000,
    of: [
      { fault: 'kill', on: 'leader-of(orders-*)', forMs: 3_000 },
      { fault: 'kill', on: 'active-controller', forMs: 3_000 },
      { fault: 'terminate', on: 'random', forMs: 3_000 },
      { fault: 'pause', on: 'leader-of(orders-*)', forMs: 4_000 },
      { fault: 'cut', on: 'leader-of(orders-*)', direction: 'out', forMs: 4_000 },
      { fault: 'cut', on: 'minority', forMs: 4_000 },
      { fault: 'reset', on: 'random', clients: true, forMs: 1_000 },
      { fault: 'delay', on: 'random', delayMs: 100, jitterMs: 50, forMs: 4_000 },
      { fault: 'corrupt', on: 'random', probability: 0.01, forMs: 3_000 },
      { fault: 'slow-fsync', on: 'random', delayMs: 300, forMs: 4_000 },
      { fault: 'disk-full', on: 'random', forMs: 3_000 },
      { fault: 'power-cut', on: 'random', forMs: 3_000 },
      { fault: 'clock-jump', on: 'random', byMs: 60_000, forMs: 4_000 },
    ],
  }),
})
