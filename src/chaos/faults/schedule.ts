/**
 * The schedule of a run: its steps, drawn from a seed or written down by a person, checked before
 * anything is started, and kept in a file that a person can read, with one step on a line.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { asError, LograftError } from '../../base/errors.ts'
import { nearestName } from '../../config/nearest.ts'
import type { Draw, Scenario, Schedule, Step } from '../api.ts'
import { drawOf } from './draw.ts'
import { FAULT_NAMES, parametersOf } from './parameters.ts'
import type { FaultSpec } from './spec.ts'

const STEPS_MAX = 100_000
/** A fault that is shorter is none. */
const SHORTEST_MS = 100
/** Of a step's time before a period of `every` is over, drawn. */
const JITTER = 0.25
const TIMES = ['atMs', 'forMs']

/** What is to be done to a cluster, and in which scenario. */
export interface WrittenSchedule {
  /** Without what is a function in it. */
  readonly scenario: Scenario
  readonly seed: number
  readonly durationMs: number
  readonly steps: readonly Step[]
  /** The scenario has a `check`, which is a function and not here. */
  readonly hasCheck: boolean
}

/**
 * The steps of a run; the same seed has the same. Throws INVALID_CONFIG. In a run that is shorter
 * than its scenario says, steps behind its end are left out, but not all of them.
 */
export function stepsOf(
  scenario: Pick<Scenario, 'faults' | 'seconds'>,
  { seed, durationMs }: { readonly seed: number; readonly durationMs: number },
): readonly Step[] {
  const { faults, seconds } = scenario
  const drawn = typeof faults === 'function' ? faults(drawOf(seed, 'schedule', durationMs)) : faults
  const steps = checkSteps(drawn, Math.max(durationMs, seconds * 1_000))
  const [first] = steps
  if (first !== undefined && first.atMs >= durationMs)
    throw invalid(`the first fault is at ${first.atMs} ms, and faults end after ${durationMs} ms`)
  return steps.filter(({ atMs }) => atMs < durationMs)
}

/** One fault of several, drawn by chance, again and again: a step in each period of `ms`. */
export function every({
  ms,
  of,
}: {
  readonly ms: number
  readonly of: readonly (FaultSpec & { readonly forMs?: number })[]
}): Schedule {
  if (!Number.isSafeInteger(ms) || ms < SHORTEST_MS)
    throw invalid(`every: ms must be a whole number, ${SHORTEST_MS} or more`)
  if (!Array.isArray(of) || of.length === 0) throw invalid('every: of must have a fault at least')
  return (draw) => everyStep(ms, of, draw)
}

function everyStep(
  ms: number,
  of: readonly (FaultSpec & { readonly forMs?: number })[],
  draw: Draw,
): readonly Step[] {
  const steps: Step[] = []
  for (let fromMs = 0; fromMs < draw.durationMs; fromMs += ms) {
    // A run that is shorter than that has its fault all the same.
    const roomMs = Math.max(0, draw.durationMs - fromMs - SHORTEST_MS)
    const atMs = fromMs + draw.int(0, Math.floor(Math.min(ms * JITTER, roomMs)))
    const { forMs, ...spec } = draw.pick(of)
    const leftMs = draw.durationMs - atMs
    if (leftMs < SHORTEST_MS) break
    steps.push({ atMs, ...spec, ...(forMs !== undefined && { forMs: Math.min(forMs, leftMs) }) })
  }
  return steps
}

/** Throws INVALID_CONFIG, which says which step is wrong, and what would be right. */
export function checkSteps(steps: unknown, durationMs: number): readonly Step[] {
  if (!Array.isArray(steps)) throw invalid('faults must be a list of steps')
  if (steps.length > STEPS_MAX) throw invalid(`faults: more than ${STEPS_MAX} steps`)
  const checked = steps.map((step: unknown, index) => checkStep(step, index, durationMs))
  return checked.sort((one, other) => one.atMs - other.atMs)
}

function checkStep(step: unknown, index: number, durationMs: number): Step {
  const fail = (problem: string) => invalid(`faults[${index}]: ${problem}`)
  if (typeof step !== 'object' || step === null) throw fail('must be a step, such as a kill')
  const given = step as Readonly<Record<string, unknown>>
  const name = FAULT_NAMES.find((known) => known === given['fault'])
  if (name === undefined) throw fail(unknownFault(given['fault']))
  const parameters = parametersOf(name)
  for (const key of Object.keys(given))
    if (key !== 'fault' && !TIMES.includes(key) && !Object.hasOwn(parameters, key)) {
      const known = [...Object.keys(parameters), ...TIMES]
      const meant = nearestName(key, known)
      throw fail(
        `${name} takes no ${key}${meant === null ? `; it takes ${known.join(', ')}` : `; did you mean ${meant}?`}`,
      )
    }
  for (const [key, { check, isRequired }] of Object.entries(parameters)) {
    if (given[key] === undefined && !isRequired) continue
    const problem = given[key] === undefined ? 'is missing' : check(given[key])
    if (problem !== null) throw fail(`${key} ${problem}`.replace(' : ', ': '))
  }
  checkTimes(given, durationMs, fail)
  return step as Step
}

function checkTimes(
  { atMs, forMs }: Readonly<Record<string, unknown>>,
  durationMs: number,
  fail: (problem: string) => LograftError,
): void {
  if (!Number.isSafeInteger(atMs) || (atMs as number) < 0)
    throw fail('atMs must be a whole number of milliseconds, from the beginning of the faults')
  if ((atMs as number) >= durationMs)
    throw fail(`atMs ${atMs as number} is behind the end of the faults, ${durationMs} ms`)
  if (forMs === undefined) return
  if (!Number.isSafeInteger(forMs) || (forMs as number) < 1)
    throw fail('forMs must be a whole number of milliseconds, 1 or more')
}

function unknownFault(name: unknown): string {
  if (typeof name !== 'string') return `fault must be one of ${FAULT_NAMES.join(', ')}`
  const meant = nearestName(name, FAULT_NAMES)
  const instead =
    meant === null ? `; there are ${FAULT_NAMES.join(', ')}` : `; did you mean ${meant}?`
  return `there is no fault ${name}${instead}`
}

export async function writeSchedule(path: string, schedule: WrittenSchedule): Promise<void> {
  await writeFile(path, formatSchedule(schedule))
}

/** Throws INVALID_CONFIG for what is none. */
export async function readSchedule(path: string): Promise<WrittenSchedule> {
  const content = await readFile(path, 'utf8')
  try {
    return parseSchedule(content)
  } catch (thrown) {
    throw invalid(`${path} is no schedule: ${asError(thrown).message}`)
  }
}

export function formatSchedule(schedule: WrittenSchedule): string {
  const { scenario, seed, durationMs, steps, hasCheck } = schedule
  const { faults: _faults, check: _check, ...data } = scenario
  const lines = steps.map((step) => `    ${JSON.stringify(step)}`)
  return [
    '{',
    `  "scenario": ${JSON.stringify(data)},`,
    `  "seed": ${seed},`,
    `  "durationMs": ${durationMs},`,
    `  "hasCheck": ${hasCheck},`,
    `  "steps": [`,
    lines.join(',\n'),
    '  ]',
    '}',
    '',
  ].join('\n')
}

export function parseSchedule(content: string): WrittenSchedule {
  const parsed = JSON.parse(content) as Partial<Record<keyof WrittenSchedule, unknown>>
  const { scenario, seed, durationMs } = parsed
  if (typeof scenario !== 'object' || scenario === null) throw invalid('scenario is missing')
  if (!Number.isSafeInteger(seed)) throw invalid('seed must be a whole number')
  if (!Number.isSafeInteger(durationMs) || (durationMs as number) < 1)
    throw invalid('durationMs must be a whole number, 1 or more')
  const steps = checkSteps(parsed.steps, durationMs as number)
  return {
    scenario: { ...scenario, faults: steps } as Scenario,
    seed: seed as number,
    durationMs: durationMs as number,
    steps,
    hasCheck: parsed.hasCheck === true,
  }
}

const invalid = (problem: string) => new LograftError('INVALID_CONFIG', problem)
