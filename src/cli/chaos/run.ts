/**
 * What `lograft chaos run` does: one scenario after the other, each reported in a folder of its
 * own, an index over all. A scenario that fails does not keep the next from being run; Ctrl-C does,
 * after the one that runs was taken back and reported.
 */
import { join, resolve } from 'node:path'
import type { Scenario, Step } from '../../chaos/api.ts'
import { kafkaJars } from '../../chaos/cluster/kafka-jars.ts'
import { stepsOf } from '../../chaos/faults/schedule.ts'
import { writeIndex } from '../../chaos/report/folder.ts'
import type { Results } from '../../chaos/report/results.ts'
import { seedByChance } from '../../chaos/run/chaos.ts'
import { brokersOf, strangePartitions, topicPlans, workloadPlans } from '../../chaos/run/parts.ts'
import type { PlaceOptions } from '../../chaos/run/place.ts'
import { runScenario } from '../../chaos/run/run.ts'
import { isLograftError, LograftError } from '../../base/errors.ts'
import { formatHostPort, type HostPort } from '../../config/addresses.ts'
import type { Output } from '../output.ts'
import { loadScenario, NOT_IN_SUITE, SHORT_SECONDS, SHORT_SUITE, suiteNames } from './scenarios.ts'
import { Screen } from './screen.ts'
import { exitCodeOfRuns, withChaos, type ChaosSession } from './session.ts'
import { sumOf, verdictLines } from './verdict-lines.ts'

export interface ReportFlags {
  readonly report: string
  readonly keep?: true
  readonly json?: true
}

export interface RunFlags extends ReportFlags {
  readonly seed?: number
  readonly seconds?: number
  readonly short?: true
  readonly bootstrap?: readonly HostPort[]
  readonly pid?: readonly (readonly [node: number, pid: number])[]
  readonly start?: string
  readonly kafka?: string
  readonly set?: readonly (readonly [key: string, value: string])[]
}

export async function run(words: readonly string[], flags: RunFlags): Promise<void> {
  await withChaos(async (session) => {
    // All of them before the first is run: a misspelt name is told at once.
    const named = words.length > 0 ? words : flags.short ? SHORT_SUITE : suite()
    const scenarios = await Promise.all(named.map(loadScenario))
    const seconds = flags.seconds ?? (flags.short ? SHORT_SECONDS : undefined)
    if (!flags.bootstrap && (flags.pid || flags.start !== undefined))
      throw new LograftError(
        'USAGE',
        '--pid and --start are of a running cluster: --bootstrap names it',
      )
    if (scenarios.length > 1 && flags.pid && flags.start !== undefined)
      throw new LograftError(
        'USAGE',
        '--pid with --start goes with one scenario: it ends with other processes than it began with',
      )
    const place = placeOf(flags)
    const ones = scenarios.map((scenario, index): One => {
      const seed = flags.seed ?? seedByChance()
      const word = named[index] ?? scenario.name
      const one = { scenario, seed, place, again: againOf(word, seed, flags) }
      const steps = plannedSteps(word, { ...one, seconds: seconds ?? scenario.seconds })
      return { ...one, steps, ...(seconds !== undefined && { seconds }) }
    })
    const results: Results[] = []
    for (const one of ones)
      if (!session.signal.aborted) results.push(await runOne(session, flags, one))
    return ended(session.output, flags, { results, notRun: ones.length - results.length })
  })
}

/** Throws what is wrong with them, and with which scenario. */
function plannedSteps(
  word: string,
  { scenario, seed, seconds, place }: Omit<One, 'again'> & { readonly seconds: number },
): readonly Step[] {
  try {
    const steps = stepsOf(scenario, { seed, durationMs: seconds * 1_000 })
    const plans = topicPlans(scenario, workloadPlans(scenario), brokersOf(scenario))
    const [strange] = place.bootstrap ? [] : strangePartitions(steps, plans)
    if (strange === undefined) return steps
    const names = plans.map(({ name, partitions }) => `${name} (${partitions})`).join(', ')
    throw new LograftError('BAD_SCENARIO', `there is no ${strange}; partitions of ${names}`)
  } catch (thrown) {
    if (!isLograftError(thrown)) throw thrown
    throw new LograftError('BAD_SCENARIO', `${word}: ${thrown.message}`, { cause: thrown })
  }
}

const suite = () => suiteNames().filter((name) => !NOT_IN_SUITE.has(name))

export interface One {
  readonly scenario: Scenario
  readonly seed: number
  readonly seconds?: number
  readonly steps?: readonly Step[]
  readonly lacksCheck?: boolean
  readonly place: PlaceOptions
  readonly again: string
}

/** Runs one and prints what came of it. */
export async function runOne(
  { output, signal }: ChaosSession,
  { report, keep, json }: ReportFlags,
  { scenario, ...one }: One,
): Promise<Results> {
  const watcher = new Screen()
  process.stderr.write(`${scenario.name}, seed ${one.seed}: ${scenario.claim}\n`)
  const more = { report: resolve(report), keep: keep ?? false, signal, watcher }
  const { results, folder } = await runScenario(scenario, { ...one, ...more })
  if (json) await output.printJson({ ...results, report: folder })
  else await output.print(`${verdictLines(results, join(folder, 'index.html')).join('\n')}\n`)
  return results
}

/** The index over all runs, and the sum of these; the exit code. `notRun`: interrupted before. */
export async function ended(
  output: Output,
  { report, json }: ReportFlags,
  { results, notRun }: { readonly results: readonly Results[]; readonly notRun: number },
): Promise<number> {
  if (results.length > 0) await writeIndex(resolve(report))
  if (notRun > 0) process.stderr.write(`interrupted: ${notRun} not run\n`)
  if (!json) await output.print(`\n${sumOf(results)}\n`)
  return exitCodeOfRuns(results, { areAll: notRun === 0 })
}

function placeOf({ bootstrap, pid, start, kafka, set = [] }: RunFlags): PlaceOptions {
  return {
    config: Object.fromEntries(set),
    ...(bootstrap && { bootstrap }),
    ...(pid && { pids: new Map(pid) }),
    ...(start !== undefined && { start }),
    ...(kafka !== undefined && { kafka: kafkaJars(kafka) }),
  }
}

/** The command that does the same again, with everything that chance decided said. */
function againOf(word: string, seed: number, flags: RunFlags): string {
  const { seconds, short, bootstrap, kafka, pid = [], start, set = [] } = flags
  const length = seconds ?? (short ? SHORT_SECONDS : undefined)
  const parts = [
    `lograft chaos run ${quoted(pathOf(word))} --seed ${seed}`,
    length === undefined ? '' : `--seconds ${length}`,
    bootstrap ? `--bootstrap ${bootstrap.map(formatHostPort).join()}` : '',
    kafka === undefined ? '' : `--kafka ${quoted(kafka.split(':').map(resolvedOf).join(':'))}`,
    // Whoever does it again knows which processes they are then.
    ...pid.map(([node]) => `--pid "${node}=\${PID_${node}:?process of node ${node}}"`),
    start === undefined ? '' : `--start ${quoted(start)}`,
    ...set.map(([key, value]) => `--set ${quoted(`${key}=${value}`)}`),
  ]
  return parts.filter((part) => part !== '').join(' ')
}

/** Of a file that is named by its place, wherever it is typed again. */
const resolvedOf = (path: string) => (path === '' ? '' : resolve(path))
const pathOf = (word: string) => (/[/\\.]/.test(word) ? resolve(word) : word)

const quoted = (text: string) =>
  /^[\w.,:/@=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
