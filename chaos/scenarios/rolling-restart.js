// @ts-check
// Brokers end in order, one after the other, as they do when a new release is installed.
import { scenario } from 'lograft/chaos'

const LONGEST_MS = 5_000

export default scenario({
  name: 'rolling-restart',
  claim: 'a rolling restart loses no record, and no partition is unavailable for 5 s',
  seconds: 60,
  workloads: ['queue', 'idempotent'],
  faults: [
    { fault: 'restart', on: 'broker(1)', atMs: 2_000 },
    { fault: 'restart', on: 'broker(2)', atMs: 22_000 },
    { fault: 'restart', on: 'broker(3)', atMs: 42_000 },
  ],
  check: ({ unavailability }) =>
    unavailability.max <= LONGEST_MS
      ? []
      : [`a partition took no record for ${Math.round(unavailability.max)} ms`],
})
