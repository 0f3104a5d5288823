/**
 * The worlds that seeds are run in: Raft cores on model disks; whole nodes of the quorum, real log
 * and driver, on simulated ones; clusters of whole brokers with their controllers, above a
 * simulated quorum; and such clusters with consumer groups. To whoever runs them they look alike.
 */
import { CLUSTER_MARKS } from './cluster/marks.ts'
import { clusterRunOf, simulateCluster } from './cluster/simulate.ts'
import { GROUPS_MARKS } from './groups/marks.ts'
import { groupsRunOf, simulateGroups } from './groups/simulate.ts'
import { MARKS } from './marks.ts'
import type { Outcome } from './simulate.ts'
import { runOf, simulate } from './simulate.ts'
import { SYSTEM_MARKS } from './system/marks.ts'
import { simulateSystem, systemRunOf } from './system/simulate.ts'

export const WORLD_NAMES = ['core', 'system', 'cluster', 'groups'] as const
export type WorldName = (typeof WORLD_NAMES)[number]

export interface Options {
  readonly trace?: boolean
  readonly until?: number
}

export interface World {
  /** What a batch of seeds must come to. */
  readonly marks: readonly string[]
  run(seed: number, options?: Options): Promise<Outcome>
}

export const WORLDS: Readonly<Record<WorldName, World>> = {
  core: {
    marks: MARKS,
    run: (seed, options) => Promise.resolve(simulate(runOf(seed), options)),
  },
  system: {
    marks: SYSTEM_MARKS,
    run: (seed, options) => simulateSystem(systemRunOf(seed), options),
  },
  cluster: {
    marks: CLUSTER_MARKS,
    run: (seed, options) => simulateCluster(clusterRunOf(seed), options),
  },
  groups: {
    marks: GROUPS_MARKS,
    run: (seed, options) => simulateGroups(groupsRunOf(seed), options),
  },
}
