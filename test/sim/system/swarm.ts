/**
 * What one seed tries with whole nodes: every fault and every feature is on or off, and sizes are
 * favoured that are extreme. Bounds of the core are those of production; what can be small here is
 * the snapshots.
 */
import { Dice } from '../draw.ts'
import type { NetworkPlan, Partition } from '../network.ts'
import { PARTITIONS } from '../network.ts'

export interface SystemSwarm {
  readonly founders: number
  /** Nodes that no configuration names, and that may be added. */
  readonly spares: number
  readonly electionMs: number
  /** Nodes start for the first time within this time. */
  readonly foundingUs: number
  readonly network: NetworkPlan
  readonly noticesLoss: number
  readonly noticesCrash: boolean
  readonly syncUs: number
  /** Before a turn that was asked for begins. */
  readonly turnUs: number
  /** By which a clock jumps when it is looked at. */
  readonly lookMs: number
  readonly clockSkew: number
  readonly snapshotBytes: number
  readonly pieceBytes: number
  readonly snapshotCuts: number
  readonly snapshotDamages: number
  readonly safetyUs: number
  readonly proposals: number
  readonly extraBytesMax: number
  readonly reads: number
  readonly transfers: number
  readonly changes: number
  readonly stops: number
  readonly processCrashes: number
  readonly powerCuts: number
  /** Crashes happen within so many changes of the disk; 0: between turns. */
  readonly crashWithin: number
  readonly wipes: number
  /** Wipes, crashes and partitions while the cluster is founded. */
  readonly foundingFaults: number
  readonly stalls: number
  readonly clogs: number
  readonly falseAlarms: number
  readonly partitions: readonly Partition[]
  readonly partitionCount: number
  readonly fullDisks: number
  readonly failedSyncs: number
  readonly rots: number
  /** A node that refuses its disk gets an empty one. */
  readonly replacesRotten: boolean
}

/** Virtual time of the part with faults, in election timeouts. */
const SAFETY_ELECTIONS = 24

export function systemSwarmOf(seed: number): SystemSwarm {
  const dice = new Dice(seed, 'system swarm')
  const on = () => dice.happens(0.5)
  const times = (max: number) => (on() ? dice.between(1, max) : 0)
  const founders = dice.pick([1, 2, 3, 3, 3, 3, 3, 5])
  const electionMs = 1_000
  const electionUs = electionMs * 1_000
  /** Some seeds are about little else. */
  const isFounding = dice.happens(0.15)
  return {
    founders,
    spares: dice.pick([0, 1, 1, 2]),
    electionMs,
    foundingUs: isFounding ? 10 * electionUs : dice.pick([0, electionUs, 4 * electionUs]),
    network: networkOf(dice, electionUs),
    noticesLoss: dice.pick([0, 0.3, 1]),
    noticesCrash: on(),
    syncUs: dice.pick([100, 1_000, 10_000, electionUs / 10, electionUs / 3]),
    turnUs: dice.pick([0, 20, 2_000]),
    lookMs: dice.pick([0, 0, 0, 3]),
    clockSkew: dice.pick([0, 0, 0.05, 0.3]),
    snapshotBytes: dice.pick([1, 500, 500, 2_000, 8_000, 1e9]),
    pieceBytes: dice.pick([40, 300, 5_000]),
    snapshotCuts: dice.pick([0, 0, 0.1, 0.4]),
    snapshotDamages: dice.pick([0, 0, 0.1]),
    safetyUs: SAFETY_ELECTIONS * electionUs,
    proposals: dice.pick([10, 40, 100, 200]),
    extraBytesMax: dice.pick([1, 100, 600]),
    reads: times(30),
    transfers: times(6),
    changes: times(14),
    stops: times(4),
    processCrashes: times(8),
    powerCuts: times(10),
    crashWithin: dice.pick([0, 3, 8, 25]),
    wipes: times(2),
    foundingFaults: isFounding ? dice.between(3, 10) : times(3),
    stalls: times(6),
    clogs: times(8),
    falseAlarms: times(6),
    partitions: PARTITIONS.filter(() => on()),
    partitionCount: times(7),
    fullDisks: dice.happens(0.3) ? dice.between(1, 4) : 0,
    failedSyncs: dice.happens(0.3) ? dice.between(1, 4) : 0,
    rots: dice.happens(0.4) ? dice.between(1, 3) : 0,
    replacesRotten: on(),
  }
}

/** Streams: in order or not at all, but for some seeds that show that the core needs no order. */
function networkOf(dice: Dice, electionUs: number): NetworkPlan {
  return {
    loss: dice.happens(0.5) ? dice.pick([0.01, 0.05, 0.2]) : 0,
    duplication: 0,
    replay: 0,
    isFifo: dice.happens(0.85),
    delayUs: dice.pick([50, 500, 5_000]),
    jitterUs: dice.pick([50, 1_000, electionUs / 50, electionUs / 10]),
  }
}

/** Once the faults are over. */
export const CALM_STREAMS: NetworkPlan = {
  loss: 0,
  duplication: 0,
  replay: 0,
  isFifo: true,
  delayUs: 100,
  jitterUs: 400,
}
