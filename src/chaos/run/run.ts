/**
 * One run, from a scenario and a seed to a report in a folder of its own. Everything that a verdict
 * needs is in the history there, and the verdict is that of the file, not of what was in memory:
 * who judges the file again finds the same.
 */
import { cp, lstat, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { asError, isLograftError, LograftError } from '../../base/errors.ts'
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
import { judgeHistory } from './judging.ts'
import { Live, type Glimpse } from './live.ts'
import { runEvent, topicPlans, workloadPlans } from './parts.ts'
import { perform } from './perform.ts'
import { openPlace, placeName, type PlaceOptions } from './place.ts'

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
    await play(scenario, {
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

/** From a cluster that is opened to one that has ended. */
async function play(scenario: Scenario, stage: Stage): Promise<void> {
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
  write(runEvent(scenario, { seed, startedAt, nodes, plans, workloads, target: name }))
  if (opened instanceof Error) {
    const sentence = `the cluster did not start: ${opened.message}`
    return write({ type: 'found', atMs: 0, kind: 'unknown', anomaly: 'not-started', sentence })
  }
  for (const { plan, why } of lacks)
    if (why !== null)
      write({ type: 'skipped', atMs: nowMs(), what: `the workload ${plan.workload}`, why })
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
}

/** All but sockets, which are nothing without their process. */
async function keepData(from: string, to: string): Promise<void> {
  const filter = async (path: string) => !(await lstat(path)).isSocket()
  await cp(from, to, { recursive: true, filter })
}

/** An empty folder; what is in it already must be the report of an earlier run of the same. */
async function freshFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const found = await readdir(folder)
  if (found.length > 0 && !found.includes(HISTORY) && !found.includes(SCHEDULE))
    throw new LograftError(
      'USAGE',
      `${folder} holds something that is no report: name another place with --report`,
    )
  for (const name of found) await rm(join(folder, name), { recursive: true, force: true })
  return folder
}
