/** One cluster run from beginning to end, and what came of it. The same run, the same outcome. */
import type { Failure, Outcome } from '../simulate.ts'
import { failureOf } from '../simulate.ts'
import { ClusterConvergence } from './convergence.ts'
import { clusterScheduleOf } from './schedule.ts'
import { clusterSwarmOf } from './swarm.ts'
import type { ClusterRun } from './world.ts'
import { ClusterWorld, Enough } from './world.ts'

export function clusterRunOf(seed: number): ClusterRun {
  const swarm = clusterSwarmOf(seed)
  return { seed, swarm, schedule: clusterScheduleOf(seed, swarm) }
}

export async function simulateCluster(
  run: ClusterRun,
  { trace = false, until = Infinity }: { readonly trace?: boolean; readonly until?: number } = {},
): Promise<Outcome> {
  const world = new ClusterWorld(run, { trace, until })
  let violation: Failure | null = null
  try {
    await world.runUntil(run.swarm.safetyUs)
    await new ClusterConvergence(world).run()
  } catch (error) {
    if (!(error instanceof Enough)) violation = failureOf(error, world.steps)
  }
  for (const { process } of world.machines) process?.die()
  world.clients.end()
  const { steps, trace: events, marks } = world
  const { hash } = events
  return {
    violation,
    steps,
    isQuorumLost: false,
    hash,
    marks: marks.all,
    lines: () => events.lines(),
  }
}
