/**
 * One run, from a scenario and a seed to a report in a folder of its own. Everything that a verdict
 * needs is in the history there, and the verdict is that of the file, not of what was in memory:
 * who judges the file again finds the same.
 */
import { cp, lstat, mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { asError, isLograftError } from '../../base/errors.ts'
import { hostClock, machineMs } from '../../host/clock.ts'
import { tempDirectory } from '../../host/temp-directory.ts'
import type { Scenario, Step } from '../api.ts'
import { drawOf } from '../faults/draw.ts'
import { Nemesis } from '../faults/nemesis.ts'
import { stepsOf, writeSchedule } from '../faults/schedule.ts'
import type { HistoryEvent } from '../history/events.ts'
import { HistoryWriter } from '../history/writer.ts'
import { folderOf, HISTORY, LOGS, SCHEDULE, writeReport } from '../report/folder.ts'
import type { Results } from '../report/results.ts'
import { readEverything } from '../workloads/final-reading.ts'
import { readReplicas } from '../workloads/replicas.ts'
import { startWorkload, whyNot } from '../workloads/table.ts'
import type { TopicPlan } from '../workloads/workload.ts'
import { judgeHistory } from './judging.ts'
import { Live, type Glimpse } from './live.ts'
import { runEvent, topicPlans, workloadPlans } from './parts.ts'
import { perform } from './perform.ts'
import { openPlace, placeName, type PlaceOptions } from './place.ts'
import { deleteTopics } from './topics.ts'

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
  /** The scenario had a `check` that is not here any more. */
  readonly lacksCheck?: boolean
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

/** What is told to whoever watches. */
const NEWS: ReadonlySet<HistoryEvent['type']> = new Set<HistoryEvent['type']>([
  ...(['phase', 'fault', 'healed', 'skipped', 'node', 'found'] as const),
])
const DATA = 'data'
/** Of one who reads everything. */
const READ_MS = 240_000

export async function runScenario(scenario: Scenario, options: RunOptions): Promise<RunEnd> {
  const { seed, report, watcher, keep } = options
  const durationMs = (options.seconds ?? scenario.seconds) * 1_000
  const steps = options.steps ?? stepsOf(scenario, { seed, durationMs })
  const folder = await freshFolder(folderOf(report, scenario.name, seed))
  const config = { ...scenario.config, ...options.place.config }
  const hasCheck = scenario.check !== undefined || options.lacksCheck === true
  const written = { scenario: { ...scenario, config }, seed, durationMs, steps, hasCheck }
  await writeSchedule(join(folder, SCHEDULE), written)
  const writer = new HistoryWriter(join(folder, HISTORY), hostClock)
  const live = new Live(scenario.name, durationMs)
  const write = (event: HistoryEvent) => {
    writer.write(event)
    live.take(event)
    if (NEWS.has(event.type)) watcher?.news(event)
  }
  const directory = await tempDirectory('lograft-chaos')
  let plans: readonly TopicPlan[]
  watcher?.begin(() => live.look())
  try {
    plans = await play(scenario, {
      ...options,
      steps,
      durationMs,
      folder,
      write,
      live,
      directory: directory.path,
    })
  } catch (thrown) {
    // Nothing was begun, and there is nothing to report.
    if (isUsage(thrown)) {
      writer.close()
      await Promise.all([directory.remove(), rm(folder, { recursive: true })])
    }
    throw thrown
  } finally {
    watcher?.end()
  }
  writer.close()
  const story = await judgeHistory(join(folder, HISTORY), scenario.check)
  const results = await writeReport(folder, story, options.again)
  if (!results.passed || keep) await keepData(directory.path, join(folder, DATA))
  await directory.remove()
  // Else they stay, to be looked at, and whoever runs it again is told so.
  if (results.verdict === 'valid' && options.place.bootstrap)
    await deleteTopics(options.place.bootstrap, plans).catch(() => undefined)
  return { results, folder }
}

/** What was asked for makes no sense: not a run that failed. */
const isUsage = (thrown: unknown) => isLograftError(thrown) && thrown.code === 'USAGE'

interface Stage extends RunOptions {
  readonly steps: readonly Step[]
  readonly durationMs: number
  readonly folder: string
  readonly write: (event: HistoryEvent) => void
  readonly live: Live
  readonly directory: string
}

/** From a cluster that is opened to one that has ended; the topics that were to be made. */
async function play(scenario: Scenario, stage: Stage): Promise<readonly TopicPlan[]> {
  const { steps, durationMs, directory, place, seed, write, live, signal, folder } = stage
  const draw = drawOf(seed, 'run')
  const random = () => draw.random()
  const startedAt = new Date(hostClock.wallMs()).toISOString()
  const opened = await openPlace(place, { scenario, steps, directory, random }).catch(asError)
  if (opened instanceof Error && isUsage(opened)) throw opened
  // The run's time begins when the cluster is there.
  const originMs = machineMs()
  const nowMs = () => machineMs() - originMs
  live.begin(nowMs)
  const target = opened instanceof Error ? null : opened
  const lacks = workloadPlans(scenario).map((plan) => {
    return { plan, why: target && whyNot(plan.workload, target) }
  })
  const workloads = lacks.flatMap(({ plan, why }) => (why === null ? [plan] : []))
  const brokers = target?.nodes.filter(({ kafka }) => kafka !== null) ?? []
  const plans = topicPlans(scenario, workloads, brokers.length)
  const nodes = target?.nodes.map(({ id }) => id) ?? []
  const name = placeName(place)
  const circumstances = { seed, startedAt, nodes, plans, workloads, steps: steps.length }
  write(runEvent(scenario, { ...circumstances, target: name }))
  if (opened instanceof Error) {
    const sentence = `the cluster did not start: ${opened.message}`
    write({ type: 'found', atMs: 0, kind: 'unknown', anomaly: 'not-started', sentence })
    return []
  }
  for (const { plan, why } of lacks)
    if (why !== null)
      write({ type: 'skipped', atMs: nowMs(), what: `the workload ${plan.workload}`, why })
  if (stage.lacksCheck) {
    const why = 'it is a function, and a schedule is data'
    write({ type: 'skipped', atMs: nowMs(), what: "the scenario's own check", why })
  }
  const unset = Object.keys(place.bootstrap ? { ...scenario.config, ...place.config } : {})
  if (unset.length > 0) {
    const why = 'brokers that run already keep those they were started with'
    write({ type: 'skipped', atMs: nowMs(), what: `properties of brokers (${unset.join()})`, why })
  }
  const reading = { site: { target: opened, nowMs, write }, topics: plans, deadlineMs: READ_MS }
  await perform(opened, {
    ...{ plans, nowMs, write, signal },
    startWorkloads: () =>
      workloads.map(({ workload, ...plan }) =>
        startWorkload(workload, {
          ...{ target: opened, clock: hostClock, random, nowMs, write, topics: plans, ...plan },
        }),
      ),
    makeFaults: (view, supervisor) => {
      const tell = (event: HistoryEvent) => {
        supervisor.take(event)
        write(event)
      }
      const on = { target: opened, view, seed, durationMs, nowMs, signal, write: tell }
      return new Nemesis(on).run(steps)
    },
    readAll: async () => {
      await readEverything(reading)
      await readReplicas(reading)
    },
    keep: () => opened.keepLogs(join(folder, LOGS)),
  })
  return plans
}

/** All but sockets, which are nothing without their process. */
async function keepData(from: string, to: string): Promise<void> {
  const filter = async (path: string) => !(await lstat(path)).isSocket()
  await cp(from, to, { recursive: true, filter })
}

/** A folder that was not there: an earlier run of the same seed has one, which stays. */
async function freshFolder(wanted: string): Promise<string> {
  await mkdir(dirname(wanted), { recursive: true })
  for (let count = 1; ; count += 1) {
    const folder = count === 1 ? wanted : `${wanted}-${count}`
    try {
      await mkdir(folder)
      return folder
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown
    }
  }
}
