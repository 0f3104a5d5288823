/**
 * One run, from a scenario and a seed to a report in a folder of its own. Everything that a verdict
 * needs is in the history there, and the verdict is that of the file, not of what was in memory: who
 * judges the file again finds the same.
 */
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { LograftError } from '../../base/errors.ts'
import { hostClock, machineMs } from '../../host/clock.ts'
import { tempDirectory } from '../../host/temp-directory.ts'
import { VERSION } from '../../version.ts'
import type { Scenario, Step, WorkloadSpec } from '../api.ts'
import type { HistoryEvent, RunEvent } from '../history/events.ts'
import { HistoryWriter } from '../history/writer.ts'
import { folderOf, HISTORY, SCHEDULE, writeReport } from '../report/folder.ts'
import type { Results } from '../report/results.ts'
import { isCompacted } from '../workloads/topics.ts'
import type { TopicPlan } from '../workloads/workload.ts'
import { judgeHistory, tellFurther } from './judging.ts'
import { Live, type Glimpse } from './live.ts'
import { DEFAULT_BROKERS, openPlace, placeName, type PlaceOptions } from './place.ts'
import { perform } from './perform.ts'

/** Who watches a run while it lasts. */
export interface Watcher {
  begin(look: () => Glimpse): void
  /** Everything but what clients did, as it is written down. */
  news(event: HistoryEvent): void
  end(): void
}

export interface RunOptions {
  readonly seed: number
  /** Instead of those that the seed draws: of a run that is done again. */
  readonly steps?: readonly Step[]
  /** How long faults are made, instead of what the scenario says. */
  readonly seconds?: number
  readonly place: PlaceOptions
  /** The folder of this run is made in it. */
  readonly report: string
  /** Data and logs of nodes are kept after a run that passed, too. */
  readonly keep: boolean
  /** The command that runs the same once more. */
  readonly again: string
  /** Aborts: no more faults; heal, read, judge, report. */
  readonly signal: AbortSignal
  readonly watcher?: Watcher
}

export interface RunEnd {
  readonly results: Results
  /** Where its report is. */
  readonly folder: string
}

/** Of all clients of one workload together; what two cores take beside three brokers. */
const RATE = 300
/** What is told to whoever watches. */
const NEWS: ReadonlySet<HistoryEvent['type']> = new Set<HistoryEvent['type']>([
  ...(['phase', 'fault', 'healed', 'skipped', 'node', 'found'] as const),
])
const DATA = 'data'

export async function runScenario(scenario: Scenario, options: RunOptions): Promise<RunEnd> {
  const { seed, report, watcher, keep } = options
  const durationMs = (options.seconds ?? scenario.seconds) * 1_000
  const steps = options.steps ?? stepsOf(scenario, { seed, durationMs })
  const folder = await freshFolder(folderOf(report, scenario.name, seed))
  await writeSchedule(join(folder, SCHEDULE), { scenario, seed, durationMs, steps })
  const writer = new HistoryWriter(join(folder, HISTORY), hostClock)
  const live = new Live(scenario.name, durationMs)
  const write = (event: HistoryEvent) => {
    writer.write(event)
    live.take(event)
    if (NEWS.has(event.type)) watcher?.news(event)
  }
  const directory = await tempDirectory('lograft-chaos')
  watcher?.begin(() => live.look())
  try {
    await play(scenario, { ...options, steps, folder, write, live, directory: directory.path })
  } finally {
    watcher?.end()
  }
  writer.close()
  const story = await judgeHistory(join(folder, HISTORY), scenario)
  const results = await writeReport(folder, story, options.again)
  if (!results.passed || keep) await cp(directory.path, join(folder, DATA), { recursive: true })
  await directory.remove()
  return { results, folder }
}

interface Stage extends RunOptions {
  readonly steps: readonly Step[]
  readonly folder: string
  readonly write: (event: HistoryEvent) => void
  readonly live: Live
  readonly directory: string
}

/** From a cluster that is opened to one that has ended. */
async function play(scenario: Scenario, stage: Stage): Promise<void> {
  const { steps, directory, place, seed, write, live, signal, folder } = stage
  const random = seeded(seed, 'run')
  const specs = workloadsOf(scenario)
  let target: Target | null = null
  let failure = ''
  try {
    target = await openPlace(place, { scenario, steps, directory, random })
  } catch (thrown) {
    failure = asError(thrown).message
  }
  // The run's time begins when the cluster is there.
  const originMs = machineMs()
  const nowMs = () => machineMs() - originMs
  live.begin(nowMs)
  const plans = plansOf(scenario, specs, target?.nodes.length ?? 0)
  write(runEvent(scenario, { seed, plans, place, nodes: target?.nodes.map(({ id }) => id) ?? [] }))
  if (!target) {
    const sentence = `the cluster did not start: ${failure}`
    write({ type: 'found', atMs: 0, kind: 'unknown', anomaly: 'not-started', sentence })
    return
  }
  let view: ClusterView | null = null
  await perform(target, {
    ...{ plans, nowMs, write, signal },
    watchLeaders: (on) => {
      const opened = openView(on, { plans, nowMs, write })
      view = opened
      return () => opened.close()
    },
    startWorkloads: (on) =>
      specs.map((spec) => startWorkload(spec.workload, siteOf(spec, { target: on, plans }))),
    makeFaults: (on, supervisor) => makeFaults(),
    readAll: (on) => readAll(on),
    keep: (on) => on.keepLogs(join(folder, LOGS)),
  })
}
