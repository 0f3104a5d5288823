/**
 * What happens to members and to the databases of nodes, decided before a run begins: none of it
 * depends on anything else, so that any part of a schedule is a schedule.
 */
import type { ClusterDecision } from '../cluster/schedule.ts'
import { clusterScheduleOf } from '../cluster/schedule.ts'
import { Dice } from '../draw.ts'
import type { GroupSwarm } from './swarm.ts'

/** `pick` says which group, and which of its members. */
export type GroupDecision = { readonly at: number; readonly pick: number } & (
  | {
      readonly type: 'leave' | 'crash'
      readonly isHeard: boolean
      /** Until somebody takes its place. */
      readonly forUs: number
    }
  | { readonly type: 'pause'; readonly forUs: number }
  /** Somebody else comes under its name. */
  | { readonly type: 'twin' }
  /** A commit of somebody who was there once, or never. */
  | { readonly type: 'stray'; readonly isKnown: boolean }
)

const BEGUN_US = 1_200_000

export function groupDecisionsOf(seed: number, swarm: GroupSwarm): readonly GroupDecision[] {
  const dice = new Dice(seed, 'group operations')
  const { safetyUs, sessionMs } = swarm
  const when = () => ({
    at: BEGUN_US + Math.round((safetyUs - BEGUN_US) * dice.next()),
    pick: dice.next(),
  })
  const forUs = () => Math.round(sessionMs * 1_000 * dice.pick([0.2, 0.9, 1.5, 3]))
  const many = (count: number, make: () => GroupDecision) => Array.from({ length: count }, make)
  return [
    ...many(swarm.leaves, () => ({ ...when(), type: 'leave', isHeard: true, forUs: forUs() })),
    ...many(swarm.crashes, () => {
      return { ...when(), type: 'crash', isHeard: dice.happens(0.5), forUs: forUs() }
    }),
    ...many(swarm.pauses, () => ({ ...when(), type: 'pause', forUs: forUs() })),
    ...many(swarm.twins, () => ({ ...when(), type: 'twin' })),
    ...many(swarm.strays, () => ({ ...when(), type: 'stray', isKnown: dice.happens(0.8) })),
  ]
}

export function groupScheduleOf(seed: number, swarm: GroupSwarm): readonly ClusterDecision[] {
  const dice = new Dice(seed, 'stores of views')
  const { safetyUs, nodes, timing } = swarm
  const store = (isEmpty: boolean): ClusterDecision => ({
    at: BEGUN_US + Math.round((safetyUs - BEGUN_US) * dice.next()),
    ...{ type: 'other-store', to: dice.below(nodes), isEmpty },
    forUs: Math.round(timing.sessionMs * 1_000 * dice.pick([0.1, 1.5])),
  })
  const stores = [
    ...Array.from({ length: swarm.oldStores }, () => store(false)),
    ...Array.from({ length: swarm.lostStores }, () => store(true)),
  ]
  const death = (): ClusterDecision => ({
    at: BEGUN_US + Math.round((safetyUs - BEGUN_US) * dice.next()),
    ...{ type: dice.pick(['kill', 'power-cut'] as const), to: dice.below(nodes) },
    forUs: Math.round(timing.sessionMs * 1_000 * dice.pick([0.1, 1.5])),
    ...{ change: dice.below(6), near: dice.pick(['.cleaned', '.swap'] as const) },
  })
  const cleaningDeaths = Array.from({ length: swarm.cleaningDeaths }, death)
  return [...clusterScheduleOf(seed, swarm), ...stores, ...cleaningDeaths]
}
