/**
 * What one seed tries: every fault and every feature is on or off, and sizes are favoured that are
 * extreme. Different subsets find different bugs; everything at once mostly finds that nothing
 * moves.
 */
import type { Bounds } from '../../src/raft/types.ts'
import { Dice } from './draw.ts'
import type { NetworkPlan, Partition } from './network.ts'
import { PARTITIONS } from './network.ts'

export interface Swarm {
  readonly founders: number
  /** Nodes with an empty disk that may be added. */
  readonly spares: number
  readonly tickUs: number
  readonly heartbeatTicks: number
  readonly electionTicks: number
  readonly bounds: Bounds
  readonly network: NetworkPlan
  /** Probability that a lost message is noticed by its sender's driver. */
  readonly noticesLoss: number
  /** Peers of a crashed process see that it is gone. */
  readonly noticesCrash: boolean
  readonly diskUs: number
  /** One sync makes everything durable that was handed over when it began. */
  readonly groupsWrites: boolean
  /** Mean time that inputs are collected before the core is asked what to do; 0: one by one. */
  readonly pumpUs: number
  readonly applyUs: number
  /** Entries between snapshots; 0 for never. */
  readonly snapshotEvery: number
  /** Entries kept before a snapshot's end. */
  readonly trailing: number
  readonly snapshotFailure: number
  readonly snapshotUs: number
  /** Clocks of nodes run up to this much fast or slow. */
  readonly clockSkew: number
  readonly safetyUs: number
  readonly proposals: number
  readonly reads: number
  readonly transfers: number
  readonly resignations: number
  readonly changes: number
  readonly processCrashes: number
  readonly powerCuts: number
  readonly wipes: number
  readonly stalls: number
  readonly clogs: number
  readonly falseAlarms: number
  readonly partitions: readonly Partition[]
  readonly partitionCount: number
  /** Nothing is asked for in the middle third. */
  readonly hasIdlePhase: boolean
}

/** Virtual time of the part with faults, in election timeouts. */
const SAFETY_ELECTIONS = 60

export function swarmOf(seed: number): Swarm {
  const dice = new Dice(seed, 'swarm')
  const on = () => dice.happens(0.5)
  const times = (max: number) => (on() ? dice.between(1, max) : 0)
  const founders = dice.pick([1, 2, 3, 3, 3, 3, 5, 5, 7])
  const tickUs = 10_000
  const heartbeatTicks = dice.pick([1, 1, 2, 4])
  const electionTicks = heartbeatTicks * dice.pick([5, 8, 10])
  const electionUs = electionTicks * tickUs
  const scale = founders >= 7 ? 0.6 : 1
  return {
    founders,
    spares: dice.pick([0, 1, 1, 2]),
    tickUs,
    heartbeatTicks,
    electionTicks,
    bounds: boundsOf(dice),
    network: networkOf(dice, electionUs),
    noticesLoss: dice.pick([0, 0, 0.3, 1]),
    noticesCrash: on(),
    diskUs: dice.pick([10, 200, 2_000, Math.round(electionUs / 10), Math.round(electionUs / 2)]),
    groupsWrites: on(),
    pumpUs: dice.pick([0, 0, 500, 5_000]),
    applyUs: dice.pick([0, 0, 1_000, Math.round(electionUs / 4)]),
    snapshotEvery: dice.pick([0, 3, 3, 10, 40]),
    trailing: dice.pick([0, 0, 2, 10]),
    snapshotFailure: dice.pick([0, 0, 0.3, 0.9]),
    snapshotUs: dice.pick([500, 10_000, electionUs]),
    clockSkew: dice.pick([0, 0, 0.05, 0.3]),
    safetyUs: Math.round(SAFETY_ELECTIONS * scale * electionUs),
    proposals: dice.pick([0, 20, 80, 200]),
    reads: times(40),
    transfers: times(8),
    resignations: times(5),
    changes: times(16),
    processCrashes: times(10),
    powerCuts: times(14),
    wipes: times(2),
    stalls: times(8),
    clogs: times(12),
    falseAlarms: times(10),
    partitions: PARTITIONS.filter(() => on()),
    partitionCount: times(10),
    hasIdlePhase: dice.happens(0.25),
  }
}

function boundsOf(dice: Dice): Bounds {
  return {
    entryBytes: dice.pick([16, 64, 1_000]),
    appendBytes: dice.pick([1, 150, 4_096, 100_000]),
    appendEntries: dice.pick([1, 1, 2, 16, 1_000]),
    inflightAppends: dice.pick([1, 1, 2, 16]),
    inflightBytes: dice.pick([1, 300, 1_000_000]),
    uncommittedBytes: dice.pick([1, 400, 1_000_000, 1_000_000]),
    cachedBytes: dice.pick([0, 0, 300, 1_000_000]),
    reads: dice.pick([1, 4, 100, 100]),
  }
}

function networkOf(dice: Dice, electionUs: number): NetworkPlan {
  const on = () => dice.happens(0.5)
  return {
    loss: on() ? dice.pick([0.01, 0.05, 0.2, 0.3]) : 0,
    duplication: on() ? dice.pick([0.05, 0.3]) : 0,
    replay: on() ? dice.pick([0.02, 0.1, 0.4]) : 0,
    isFifo: on(),
    delayUs: dice.pick([50, 500, 5_000]),
    jitterUs: dice.pick([
      50,
      1_000,
      5_000,
      Math.round(electionUs / 10),
      Math.round(electionUs / 4),
    ]),
  }
}

/** How messages travel once the faults are over. */
export const CALM: NetworkPlan = {
  loss: 0,
  duplication: 0,
  replay: 0,
  isFifo: false,
  delayUs: 100,
  jitterUs: 400,
}
