/** One run from beginning to end, and what came of it. The same run gives the same outcome. */
import assert from 'node:assert'
import { Convergence } from './convergence.ts'
import { Violation } from './invariants/violation.ts'
import { scheduleOf } from './schedule.ts'
import { swarmOf } from './swarm.ts'
import type { Run } from './world.ts'
import { Enough, World } from './world.ts'

export interface Outcome {
  readonly violation: Failure | null
  readonly steps: number
  /** Too many disks were lost for the second half. */
  readonly isQuorumLost: boolean
  readonly hash: string
  readonly marks: ReadonlySet<string>
  /** The newest events; all of them when a full trace was asked for. */
  readonly lines: () => string[]
}

export interface Failure {
  /** Stays the same while a run is made smaller. */
  readonly invariant: string
  readonly message: string
  readonly step: number
}

export function runOf(seed: number): Run {
  const swarm = swarmOf(seed)
  return { seed, swarm, schedule: scheduleOf(seed, swarm) }
}

export function simulate(
  run: Run,
  { trace = false, until = Infinity }: { readonly trace?: boolean; readonly until?: number } = {},
): Outcome {
  const world = new World(run, { trace, until })
  let violation: Failure | null = null
  let isQuorumLost = false
  try {
    world.start()
    world.scheduler.runUntil(run.swarm.safetyUs)
    isQuorumLost = !new Convergence(world).run()
  } catch (error) {
    if (!(error instanceof Enough)) violation = failureOf(error, world.steps)
  }
  const { steps, trace: events, marks } = world
  const { hash } = events
  return { violation, steps, isQuorumLost, hash, marks: marks.all, lines: () => events.lines() }
}

export function failureOf(error: unknown, step: number): Failure {
  if (error instanceof Violation)
    return { invariant: error.invariant, message: error.message, step }
  // The core found out itself, or the simulator is wrong: the stack says which.
  if (error instanceof assert.AssertionError)
    return { invariant: `assert: ${error.message}`, message: error.stack ?? '', step }
  if (error instanceof Error)
    return { invariant: `error: ${error.message}`, message: error.stack ?? '', step }
  throw error
}
