// @ts-check
// Files of a broker that is down are damaged; it finds that out, and mends itself or takes them anew.
import { every, scenario } from 'lograft/chaos'

export default scenario({
  name: 'file-damage',
  claim: 'a broker whose files were damaged while it was down serves no wrong record',
  seconds: 60,
  // In a minute there are to be files of every kind.
  config: { 'log.segment.bytes': 16_384, 'log.flush.offset.checkpoint.interval.ms': 2_000 },
  workloads: ['queue', 'idempotent'],
  faults: every({
    ms: 15_000,
    of: [
      { fault: 'damage', on: 'random', file: 'active-segment', how: 'truncate', forMs: 3_000 },
      { fault: 'damage', on: 'random', file: 'offset-index', how: 'flip', forMs: 3_000 },
      { fault: 'damage', on: 'random', file: 'time-index', how: 'zero', forMs: 3_000 },
      { fault: 'damage', on: 'random', file: 'leader-epochs', how: 'delete', forMs: 3_000 },
      { fault: 'damage', on: 'random', file: 'high-watermarks', how: 'delete', forMs: 3_000 },
      { fault: 'damage', on: 'random', file: 'recovery-points', how: 'truncate', forMs: 3_000 },
    ],
  }),
})
