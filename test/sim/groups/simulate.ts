/** One run of a cluster with groups from beginning to end, and what came of it. */
import { loadCodec } from '../../../src/records/compression/index.ts'
import { Enough } from '../cluster/world.ts'
import type { Failure, Outcome } from '../simulate.ts'
import { failureOf } from '../simulate.ts'
import { GroupsConvergence } from './convergence.ts'
import { groupDecisionsOf, groupScheduleOf } from './schedule.ts'
import { groupSwarmOf } from './swarm.ts'
import type { GroupsRun } from './world.ts'
import { GroupsWorld } from './world.ts'

export function groupsRunOf(seed: number): GroupsRun {
  const swarm = groupSwarmOf(seed)
  return {
    ...{ seed, swarm, schedule: groupScheduleOf(seed, swarm) },
    decisions: groupDecisionsOf(seed, swarm),
  }
}

export async function simulateGroups(
  run: GroupsRun,
  { trace = false, until = Infinity }: { readonly trace?: boolean; readonly until?: number } = {},
): Promise<Outcome> {
  // The cleaner loads it, which takes real time once.
  await loadCodec('zstd')
  const world = new GroupsWorld(run, { trace, until })
  const { cluster } = world
  let violation: Failure | null = null
  try {
    await cluster.runUntil(run.swarm.safetyUs)
    await new GroupsConvergence(world).run()
  } catch (error) {
    if (!(error instanceof Enough)) violation = failureOf(error, cluster.steps)
  }
  for (const { process } of cluster.machines) process?.die()
  cluster.clients.end()
  const { steps, trace: events } = cluster
  const { hash } = events
  const { marks } = world
  return {
    ...{ violation, steps, isQuorumLost: false, hash, marks },
    lines: () => events.lines(),
  }
}
