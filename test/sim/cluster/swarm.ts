/**
 * What one seed tries with a cluster: every fault and every feature is on or off, and sizes are
 * favoured that are extreme.
 */
import type { NodeConfig } from '../../../src/config/node-options.ts'
import { Dice } from '../draw.ts'
import type { Partition } from '../network.ts'
import { PARTITIONS } from '../network.ts'
import type { Timing } from './node-config.ts'
import type { WirePlan } from './wires.ts'

export interface TopicPlan {
  readonly name: string
  readonly partitions: number
  readonly replicas: number
  readonly acks: -1 | 1
  readonly configs: Readonly<Record<string, string>>
}

export interface OtherTopic extends Omit<TopicPlan, 'acks'> {
  /** The nodes create it by themselves. */
  readonly isInternal: boolean
}

export interface ClusterSwarm {
  readonly nodes: number
  readonly topics: readonly TopicPlan[]
  /** Others that the cluster has, which whoever uses them watches (`guests.ts`). */
  readonly others?: readonly OtherTopic[]
  /** Options of nodes, `name=value`, beside what `timing` says. */
  readonly nodeFlags?: readonly string[]
  /** Beyond what options may say. */
  readonly nodeOverrides?: Partial<NodeConfig>
  /** What their databases of views take to answer, on average; not given: nothing. */
  readonly storeUs?: number
  readonly timing: Timing
  readonly wires: WirePlan
  readonly electionUs: number
  readonly commitUs: number
  readonly metadataLagUs: number
  readonly metadataSnapshots: number
  readonly syncUs: number
  readonly turnUs: number
  readonly clockSkew: number
  readonly safetyUs: number
  /** Of every partition. */
  readonly producers: number
  readonly consumers: number
  /** Between two batches of a producer, on average. */
  readonly paceUs: number
  readonly recordsMax: number
  readonly valueBytes: number
  readonly fetchBytes: number
  readonly produceTimeoutMs: number
  readonly stops: number
  readonly kills: number
  readonly powerCuts: number
  readonly wipes: number
  readonly fullDisks: number
  readonly failedSyncs: number
  /** Crashes happen within so many changes of the disk; 0: between turns. */
  readonly crashWithin: number
  readonly stalls: number
  readonly partitions: readonly Partition[]
  readonly partitionCount: number
  readonly controllerChanges: number
  readonly reassignments: number
  readonly preferredElections: number
  readonly metadataHolds: number
  /** How often faults come together so. */
  readonly aimedAt: {
    readonly sleepers: number
    readonly unheardWishes: number
    readonly lateWishes: number
  }
}

export function clusterSwarmOf(seed: number): ClusterSwarm {
  const dice = new Dice(seed, 'cluster swarm')
  const on = () => dice.happens(0.5)
  const times = (max: number) => (on() ? dice.between(1, max) : 0)
  const sessionMs = dice.pick([300, 600])
  return {
    nodes: dice.pick([3, 3, 3, 4]),
    topics: topicsOf(dice),
    timing: {
      sessionMs,
      heartbeatMs: dice.pick([60, 120]),
      lagMs: dice.pick([150, 300, 800]),
      fetchWaitMs: dice.pick([50, 200]),
      highWatermarkCheckpointMs: dice.pick([200, 1_000]),
      flushCheckpointMs: dice.pick([500, 3_000]),
    },
    wires: { delayUs: dice.pick([100, 1_000, 5_000]), jitterUs: dice.pick([100, 2_000, 15_000]) },
    electionUs: dice.pick([50_000, 250_000]),
    commitUs: dice.pick([500, 5_000, 30_000]),
    metadataLagUs: dice.pick([500, 5_000, 50_000, 200_000]),
    metadataSnapshots: dice.pick([0, 0, 0.3]),
    syncUs: dice.pick([200, 2_000, 30_000]),
    turnUs: dice.pick([0, 20, 1_000]),
    clockSkew: dice.pick([0, 0, 0.1]),
    safetyUs: 4_500_000,
    producers: dice.pick([1, 1, 1, 2]),
    consumers: dice.pick([0, 1]),
    paceUs: dice.pick([15_000, 40_000, 100_000]),
    recordsMax: dice.pick([1, 3, 10]),
    valueBytes: dice.pick([10, 100]),
    fetchBytes: dice.pick([1, 300, 1_000_000]),
    produceTimeoutMs: dice.pick([200, 1_000]),
    stops: times(3),
    kills: times(5),
    powerCuts: times(2),
    wipes: dice.happens(0.3) ? dice.between(1, 2) : 0,
    fullDisks: dice.happens(0.3) ? dice.between(1, 2) : 0,
    failedSyncs: dice.happens(0.2) ? 1 : 0,
    crashWithin: dice.pick([0, 0, 3, 10]),
    stalls: times(3),
    partitions: PARTITIONS.filter(() => on()),
    partitionCount: times(4),
    controllerChanges: times(4),
    reassignments: dice.happens(0.4) ? dice.between(1, 4) : 0,
    preferredElections: times(3),
    metadataHolds: times(4),
    aimedAt: aimsOf(new Dice(seed, 'cluster aims')),
  }
}

/** Drawn apart, so that the rest of a seed stays what it was. */
function aimsOf(dice: Dice): ClusterSwarm['aimedAt'] {
  const some = () => (dice.happens(0.25) ? dice.between(1, 2) : 0)
  return { sleepers: some(), unheardWishes: some(), lateWishes: some() }
}

function topicsOf(dice: Dice): readonly TopicPlan[] {
  const segment = { 'segment.bytes': dice.pick(['2000', '6000', '1000000']) }
  const plain = { replicas: 3, acks: -1 as const, configs: segment }
  const others: readonly TopicPlan[] = [
    { ...plain, name: 'flushed', partitions: 1, configs: { ...segment, 'flush.messages': '1' } },
    { ...plain, name: 'careless', partitions: 1, acks: 1 },
    { ...plain, name: 'single', partitions: 1, replicas: 1 },
    {
      ...plain,
      name: 'strict',
      partitions: 1,
      configs: { ...segment, 'min.insync.replicas': '3' },
    },
  ]
  const partitions = dice.pick([1, 1, 2])
  return [{ ...plain, name: 't', partitions }, ...(dice.happens(0.6) ? [dice.pick(others)] : [])]
}
