// @ts-check
// Members of groups come and go and are killed, and so are the coordinators of their groups.
import { every, scenario } from 'lograft/chaos'

export default scenario({
  name: 'group-churn',
  claim: 'no committed offset is lost or goes back, whoever of a group or its brokers dies',
  seconds: 60,
  workloads: ['groups'],
  faults: every({
    ms: 14_000,
    of: [
      { fault: 'kill', on: 'coordinator-of(groups-lograft)', forMs: 4_000 },
      { fault: 'pause', on: 'leader-of(orders-*)', forMs: 6_000 },
    ],
  }),
})
