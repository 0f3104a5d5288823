/**
 * The decisions of a cluster run, made before it begins: none depends on another nor on what nodes
 * do, so that any part of a schedule is a schedule.
 */
import { Dice } from '../draw.ts'
import type { Partition } from '../network.ts'
import type { ClusterSwarm } from './swarm.ts'

/** Part of a file's name: where order matters most. */
export type Near = '.log' | 'checkpoint' | 'broker-life' | '.cleaned' | '.swap' | null

/** A partition that is to be. */
export interface Place {
  readonly topic: string
  readonly index: number
  readonly replicas: number
}

/** A node, the leader of a partition, one of its followers, or the active controller. */
export type Target =
  | number
  | 'controller'
  | { readonly leaderOf: number }
  | { readonly followerOf: number; readonly pick: number }

export type ClusterDecision = { readonly at: number } & (
  | { readonly type: 'produce'; readonly producer: number; readonly count: number }
  | { readonly type: 'stop'; readonly to: Target; readonly forUs: number }
  | {
      readonly type: 'kill' | 'power-cut'
      readonly to: Target
      readonly forUs: number
      /** Before which change of the disk, from the first of such a file on; 0 of any: at once. */
      readonly change: number
      readonly near: Near
    }
  | { readonly type: 'wipe'; readonly to: Target; readonly forUs: number }
  /** It ends, and comes back with another database of views: none, or an old copy of its own. */
  | {
      readonly type: 'other-store'
      readonly to: Target
      readonly forUs: number
      readonly isEmpty: boolean
    }
  | { readonly type: 'full-disk'; readonly to: Target; readonly forUs: number }
  /** The next sync of its disk fails. */
  | { readonly type: 'failed-sync'; readonly to: Target; readonly forUs: number }
  | { readonly type: 'stall'; readonly to: Target; readonly forUs: number }
  | {
      readonly type: 'partition'
      readonly mode: Partition
      readonly pick: number
      readonly forUs: number
    }
  | { readonly type: 'elect-controller' }
  /** `pick` decides where to; now and then it is taken back instead. */
  | { readonly type: 'reassign'; readonly partition: number; readonly pick: number }
  | { readonly type: 'elect-preferred' }
  | { readonly type: 'hold-metadata'; readonly to: Target; readonly forUs: number }
  /** A leader, until it is replaced; clients find it before it knows. */
  | {
      readonly type: 'sleep'
      readonly to: { readonly leaderOf: number }
      readonly forUs: number
      readonly unawareUs: number
    }
  /** All wishes for another ISR so long: granted and not heard of, with metadata late; or late. */
  | {
      readonly type: 'wish-trouble'
      readonly forUs: number
      readonly isUnheard: boolean
      readonly lateUs: number
    }
)

const many = (count: number, make: () => ClusterDecision) => Array.from({ length: count }, make)

/** The world is founded and its topics are made before. */
const FOUNDED_US = 800_000

export function clusterScheduleOf(seed: number, swarm: ClusterSwarm): readonly ClusterDecision[] {
  const decisions = [
    ...operations(new Dice(seed, 'cluster operations'), swarm),
    ...faults(new Dice(seed, 'cluster faults'), swarm),
    ...aimed(new Dice(seed, 'cluster aimed faults'), swarm),
  ]
  return decisions.filter(({ at }) => at <= swarm.safetyUs).sort((one, other) => one.at - other.at)
}

/** Those that are watched come first. */
export function partitionsOf({
  topics,
  others = [],
}: Pick<ClusterSwarm, 'topics' | 'others'>): readonly Place[] {
  return [...topics, ...others].flatMap(({ name: topic, partitions, replicas }) =>
    Array.from({ length: partitions }, (_, index) => ({ topic, index, replicas })),
  )
}

function operations(dice: Dice, swarm: ClusterSwarm): ClusterDecision[] {
  const { safetyUs, paceUs, recordsMax, producers, topics } = swarm
  const decisions: ClusterDecision[] = []
  const count = partitionsOf({ topics }).length * producers
  for (let producer = 0; producer < count; producer += 1)
    for (let at = 300_000; at < safetyUs;) {
      at += Math.round(2 * paceUs * dice.next())
      decisions.push({ at, type: 'produce', producer, count: 1 + dice.below(recordsMax) })
    }
  return decisions
}

function faults(dice: Dice, swarm: ClusterSwarm): ClusterDecision[] {
  const { safetyUs, nodes, timing, crashWithin } = swarm
  const partitions = partitionsOf(swarm).length
  const at = () => FOUNDED_US + Math.round((safetyUs - FOUNDED_US) * dice.next())
  const to = (): Target => {
    const which = dice.next()
    if (which < 0.4) return { leaderOf: dice.below(partitions) }
    if (which < 0.6) return { followerOf: dice.below(partitions), pick: dice.next() }
    return which < 0.75 ? 'controller' : dice.below(nodes)
  }
  const forUs = () =>
    Math.round(timing.sessionMs * 1_000 * dice.pick([0.1, 0.5, 1.2, 2.5]) * (0.5 + dice.next()))
  const death = (type: 'kill' | 'power-cut') => (): ClusterDecision => {
    const near = crashWithin > 0 ? dice.pick(NEAR) : null
    const isAtOnce = near === null && dice.happens(0.4)
    const change = isAtOnce ? 0 : dice.below(crashWithin + 1)
    return { at: at(), type, to: to(), forUs: forUs(), change, near }
  }
  return [
    ...many(swarm.stops, () => ({ at: at(), type: 'stop', to: to(), forUs: forUs() })),
    ...many(swarm.kills, death('kill')),
    ...many(swarm.powerCuts, death('power-cut')),
    ...many(swarm.wipes, () => ({ at: at(), type: 'wipe', to: to(), forUs: forUs() })),
    ...many(swarm.fullDisks, () => ({ at: at(), type: 'full-disk', to: to(), forUs: forUs() })),
    ...many(swarm.failedSyncs, () => ({ at: at(), type: 'failed-sync', to: to(), forUs: forUs() })),
    ...many(swarm.stalls, () => ({ at: at(), type: 'stall', to: to(), forUs: forUs() })),
    ...many(swarm.partitions.length > 0 ? swarm.partitionCount : 0, () => ({
      ...{ at: at(), type: 'partition', mode: dice.pick(swarm.partitions) },
      ...{ pick: dice.next(), forUs: forUs() },
    })),
    ...many(swarm.reassignments, () => {
      return { at: at(), type: 'reassign', partition: dice.below(partitions), pick: dice.next() }
    }),
    ...many(swarm.preferredElections, () => ({ at: at(), type: 'elect-preferred' })),
    ...many(swarm.controllerChanges, () => ({ at: at(), type: 'elect-controller' })),
    ...many(swarm.metadataHolds, () => ({
      at: at(),
      type: 'hold-metadata',
      to: to(),
      forUs: forUs(),
    })),
  ]
}

const NEAR: readonly Near[] = [null, null, '.log', 'checkpoint', 'broker-life']

/** Faults that come together, each where the other one hurts. */
function aimed(dice: Dice, swarm: ClusterSwarm): ClusterDecision[] {
  const { safetyUs, timing, aimedAt } = swarm
  const sessionUs = timing.sessionMs * 1_000
  const partitions = partitionsOf(swarm).length
  const at = () => FOUNDED_US + Math.round((0.8 * safetyUs - FOUNDED_US) * dice.next())
  const around = (us: number) => Math.round(us * (0.5 + dice.next()))
  const sleep = (): ClusterDecision[] => {
    const to = { leaderOf: dice.below(partitions) }
    const forUs = Math.round(sessionUs * (2.3 + dice.next()))
    const unawareUs = around(150_000)
    const room = safetyUs - FOUNDED_US - forUs - unawareUs
    const begin = FOUNDED_US + Math.round(room * dice.next())
    return [{ at: begin, type: 'sleep', to, forUs, unawareUs }]
  }
  /** A follower that comes and goes while wishes for it are in trouble. */
  const flap = (isUnheard: boolean) => (): ClusterDecision[] => {
    const to = { followerOf: dice.below(partitions), pick: dice.next() }
    const [begin, lateUs] = [at(), around(isUnheard ? 200_000 : 400_000)]
    const death = { change: 0, near: null, forUs: around(50_000) }
    const type = dice.pick(['kill', 'power-cut'] as const)
    const again: ClusterDecision = {
      ...{ at: begin + around(500_000), to },
      ...(isUnheard ? { type: 'stall', forUs: around(300_000) } : { ...death, type }),
    }
    return [
      { at: begin, type: 'kill', to, ...death },
      { at: begin, type: 'wish-trouble', forUs: 1_500_000, isUnheard, lateUs },
      again,
    ]
  }
  const times = (count: number, make: () => ClusterDecision[]) =>
    Array.from({ length: count }, make).flat()
  return [
    ...times(aimedAt.sleepers, sleep),
    ...times(aimedAt.unheardWishes, flap(true)),
    ...times(aimedAt.lateWishes, flap(false)),
  ]
}
