/**
 * What one seed tries with groups: a cluster as in `../cluster/swarm.ts`, with an offsets topic
 * that is compacted as it grows, a compacted topic of users, and groups of every kind.
 */
import { OFFSETS_TOPIC } from '../../../src/coordinator/offsets-topic.ts'
import type { ClusterSwarm, OtherTopic } from '../cluster/swarm.ts'
import { clusterSwarmOf } from '../cluster/swarm.ts'
import { Dice } from '../draw.ts'
import type { Assigning } from './protocol.ts'
import { GROUP_TOPIC } from './protocol.ts'

export interface GroupPlan {
  readonly name: string
  /** Of its members; none: simple consumers that only commit. */
  readonly assigning: Assigning | null
  /** Members, or simple consumers. */
  readonly size: number
  /** So many of them are static. */
  readonly statics: number
  /** That its commits are kept for; -1: as the brokers say. */
  readonly retentionMs: number
}

export interface GroupSwarm extends ClusterSwarm {
  readonly groups: readonly GroupPlan[]
  /** That there is to own. */
  readonly owned: number
  readonly offsetsPartitions: number
  readonly sessionMs: number
  readonly rebalanceMs: number
  readonly heartbeatMs: number
  /** Between two commits of a client, and two fetches of offsets, on average. */
  readonly commitMs: number
  /** `offsets.retention.minutes`, in milliseconds. */
  readonly retentionMs: number
  readonly deleteRetentionMs: number
  readonly keys: number
  /** Between two records of the compacted topic; and how many of them are tombstones. */
  readonly keyedMs: number
  readonly tombstones: number
  /** What happens to members, and how often. */
  readonly leaves: number
  readonly crashes: number
  readonly pauses: number
  readonly twins: number
  readonly strays: number
  /** Nodes that come back with another database of views. */
  readonly oldStores: number
  readonly lostStores: number
  /** Nodes that end in the middle of a cleaning. */
  readonly cleaningDeaths: number
}

export const KEYED_TOPIC = 'keyed'

export function groupSwarmOf(seed: number): GroupSwarm {
  const dice = new Dice(seed, 'group swarm')
  const times = (max: number) => (dice.happens(0.6) ? dice.between(1, max) : 0)
  const deleteRetentionMs = dice.pick([0, 300, 1_500])
  const offsetsPartitions = dice.pick([1, 2])
  const retentionMs = dice.pick([1_200, 600_000, 600_000])
  return {
    ...clusterSwarmOf(seed),
    nodes: 3,
    topics: [{ name: GROUP_TOPIC, partitions: 1, replicas: 3, acks: -1, configs: {} }],
    ...{ producers: 0, consumers: 0 },
    metadataLagUs: dice.pick([500, 5_000, 50_000]),
    others: [offsetsTopic(offsetsPartitions), keyedTopic(dice, deleteRetentionMs)],
    nodeFlags: flagsOf(dice, { offsetsPartitions, deleteRetentionMs }),
    storeUs: dice.pick([20, 500, 5_000]),
    groups: groupsOf(dice),
    owned: dice.pick([3, 5]),
    ...{ offsetsPartitions, deleteRetentionMs },
    sessionMs: dice.pick([300, 600]),
    rebalanceMs: dice.pick([400, 800]),
    heartbeatMs: dice.pick([60, 120]),
    commitMs: dice.pick([60, 150]),
    retentionMs,
    nodeOverrides: { 'offsets.retention.minutes': retentionMs / 60_000 },
    keys: dice.pick([3, 30]),
    keyedMs: dice.pick([40, 80]),
    fetchBytes: dice.pick([300, 1_000_000]),
    safetyUs: 3_600_000,
    tombstones: dice.pick([0.1, 0.4]),
    ...{ leaves: times(4), crashes: times(4), pauses: times(4), twins: times(3) },
    strays: times(12),
    oldStores: dice.happens(0.3) ? dice.between(1, 2) : 0,
    lostStores: dice.happens(0.2) ? 1 : 0,
    cleaningDeaths: times(4),
  }
}

function groupsOf(dice: Dice): readonly GroupPlan[] {
  const retentionMs = () => dice.pick([-1, -1, -1, 400])
  const members = (name: string, assigning: Assigning): GroupPlan => {
    const size = dice.between(2, 3)
    const statics = dice.pick([0, 1, size])
    return { name, assigning, size, statics, retentionMs: retentionMs() }
  }
  const plans: readonly GroupPlan[] = [
    members('eager', 'eager'),
    members('coop', 'cooperative'),
    { name: 'simple', assigning: null, size: 2, statics: 0, retentionMs: retentionMs() },
  ]
  const left = plans.filter(() => dice.happens(0.7))
  return left.length > 0 ? left : plans
}

function offsetsTopic(partitions: number): OtherTopic {
  return { name: OFFSETS_TOPIC, partitions, replicas: 3, isInternal: true, configs: {} }
}

function keyedTopic(dice: Dice, deleteRetentionMs: number): OtherTopic {
  const configs = {
    'cleanup.policy': 'compact',
    'segment.bytes': dice.pick(['600', '2000', '1000000']),
    'delete.retention.ms': String(deleteRetentionMs),
    'min.cleanable.dirty.ratio': dice.pick(['0', '0.3']),
  }
  return { name: KEYED_TOPIC, partitions: 1, replicas: 3, isInternal: false, configs }
}

function flagsOf(
  dice: Dice,
  of: { readonly offsetsPartitions: number; readonly deleteRetentionMs: number },
): readonly string[] {
  return [
    `offsets.topic.num.partitions=${of.offsetsPartitions}`,
    `offsets.topic.segment.bytes=${dice.pick([1_500, 6_000, 1_000_000])}`,
    `offsets.retention.check.interval.ms=${dice.pick([200, 700])}`,
    `offsets.commit.timeout.ms=${dice.pick([500, 2_000])}`,
    `group.min.session.timeout.ms=100`,
    `group.initial.rebalance.delay.ms=${dice.pick([0, 100])}`,
    `log.cleaner.backoff.ms=${dice.pick([50, 300])}`,
    `log.cleaner.min.cleanable.ratio=${dice.pick([0, 0.3])}`,
    `log.cleaner.delete.retention.ms=${of.deleteRetentionMs}`,
    `log.tail.cache.bytes=${dice.pick([0, 20_000, 10_000_000])}`,
  ]
}
