/** One system run from beginning to end, and what came of it. The same run, the same outcome. */
import type { Failure, Outcome } from '../simulate.ts'
import { failureOf } from '../simulate.ts'
import { SystemConvergence } from './convergence.ts'
import { systemScheduleOf } from './schedule.ts'
import { systemSwarmOf } from './swarm.ts'
import type { SystemRun } from './world.ts'
import { Enough, SystemWorld } from './world.ts'

export function systemRunOf(seed: number): SystemRun {
  const swarm = systemSwarmOf(seed)
  return { seed, swarm, schedule: systemScheduleOf(seed, swarm) }
}

export async function simulateSystem(
  run: SystemRun,
  { trace = false, until = Infinity }: { readonly trace?: boolean; readonly until?: number } = {},
): Promise<Outcome> {
  const world = new SystemWorld(run, { trace, until })
  let violation: Failure | null = null
  let isQuorumLost = false
  try {
    await world.runUntil(run.swarm.safetyUs)
    isQuorumLost = !(await new SystemConvergence(world).run())
  } catch (error) {
    if (!(error instanceof Enough)) violation = failureOf(error, world.steps)
  }
  for (const host of world.hosts) host.life?.process.die()
  const { steps, trace: events, marks } = world
  const { hash } = events
  return { violation, steps, isQuorumLost, hash, marks: marks.all, lines: () => events.lines() }
}
