/**
 * What `lograft chaos replay` does: the steps of a schedule once more, on a cluster of its own.
 * What a scenario of the suite demands beside its steps (`check`) is demanded again, as it is now.
 */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { LograftError } from '../../base/errors.ts'
import type { Scenario } from '../../chaos/api.ts'
import { readSchedule } from '../../chaos/faults/schedule.ts'
import { SCHEDULE } from '../../chaos/report/folder.ts'
import { scenarioFrom } from '../../chaos/run/scenario-shape.ts'
import { ended, runOne, type ReportFlags } from './run.ts'
import { loadScenario, suiteNames } from './scenarios.ts'
import { withChaos } from './session.ts'

export type ReplayFlags = ReportFlags

export async function replay(path: string, flags: ReplayFlags): Promise<void> {
  await withChaos(async (session) => {
    const file = scheduleAt(path)
    const { scenario, seed, durationMs, steps, hasCheck } = await readSchedule(file)
    const checked = await whole(scenario, file)
    const lacksCheck = hasCheck && checked.check === undefined
    const again = `lograft chaos replay ${path}`
    const seconds = durationMs / 1_000
    const one = { scenario: checked, seed, steps, seconds, lacksCheck, place: {}, again }
    const result = await runOne(session, flags, one)
    return ended(session.output, flags, { results: [result], notRun: 0 })
  })
}

function scheduleAt(path: string): string {
  if (!existsSync(path))
    throw new LograftError('USAGE', `there is no ${path}: name the folder of a report`)
  const file = statSync(path).isDirectory() ? join(path, SCHEDULE) : path
  if (existsSync(file)) return file
  throw new LograftError('USAGE', `${path} has no ${SCHEDULE}: it is not the folder of a report`)
}

/** A file has no functions; those of the suite are known by their name. */
async function whole(scenario: Scenario, file: string): Promise<Scenario> {
  const checked = scenarioFrom(scenario, file)
  if (!suiteNames().includes(checked.name)) return checked
  const { check } = await loadScenario(checked.name)
  return { ...checked, ...(check && { check }) }
}
