/**
 * A scenario run from a program, a test for instance: what `lograft chaos run` does, without a
 * terminal.
 */
import { LograftError } from '../../base/errors.ts'
import { hostPort } from '../../config/addresses.ts'
import { nearestName } from '../../config/nearest.ts'
import type { Setting } from '../../embed/api.ts'
import { hostRandom } from '../../host/random.ts'
import { keepAlive } from '../../host/keep-alive.ts'
import type { Scenario } from '../api.ts'
import { kafkaJars } from '../cluster/kafka-jars.ts'
import { writeIndex } from '../report/folder.ts'
import type { Results } from '../report/results.ts'
import { scenarioFrom } from './scenario-shape.ts'

export interface ChaosOptions {
  /** What is drawn from it is drawn again. Default: one by chance; it is in the results. */
  readonly seed?: number
  /** How long faults are made, instead of what the scenario says. */
  readonly seconds?: number
  /** Where the report's folder is made. Default: `chaos-report`. */
  readonly report?: string
  /** Keep data and logs of brokers after a run that passed, too. Default: false. */
  readonly keep?: boolean
  /** Properties of every broker by Kafka's names, over those of the scenario. */
  readonly config?: Readonly<Record<string, Setting>>
  /** A cluster that runs, as `host:port`, instead of one that is started. It is hurt. */
  readonly bootstrap?: readonly string[]
  /**
   * Apache Kafka, of which nodes are started instead: the directory of its download, one of its
   * jars, or a class path. Needs Java.
   */
  readonly kafka?: string
  /** Aborts: everything is taken back, read, judged and reported. */
  readonly signal?: AbortSignal
}

export interface ChaosEnd {
  readonly results: Results
  /** Of the report: `index.html`, `results.json`, `history.jsonl`, … */
  readonly folder: string
}

const OPTIONS: Readonly<Record<keyof ChaosOptions, true>> = {
  ...{ seed: true, seconds: true, report: true, keep: true },
  ...{ config: true, bootstrap: true, kafka: true, signal: true },
}

const SEEDS = 0x1_0000_0000

export const seedByChance = (): number => Math.floor(hostRandom.next() * SEEDS)

/**
 * Hurts a cluster and says what that did. Resolves with the verdict whatever it is; rejects when
 * the scenario is none, or the report cannot be written.
 */
export async function chaos(scenario: Scenario, options: ChaosOptions = {}): Promise<ChaosEnd> {
  refuseUnknown(options)
  const { seed = seedByChance(), report = 'chaos-report', keep = false, config = {} } = options
  const { seconds, bootstrap, kafka, signal = new AbortController().signal } = options
  // Late: a scenario imports this module too, and needs nothing of it.
  const { runScenario } = await import('./run.ts')
  const release = keepAlive()
  try {
    const end = await runScenario(scenarioFrom(scenario, 'the scenario'), {
      ...{ seed, report, keep, signal, again: `chaos(scenario, { seed: ${seed} })` },
      place: {
        config,
        ...(bootstrap && { bootstrap: bootstrap.map(place) }),
        ...(kafka !== undefined && { kafka: kafkaJars(kafka) }),
      },
      ...(seconds !== undefined && { seconds }),
    })
    await writeIndex(report)
    return end
  } finally {
    release()
  }
}

/** A program in plain JavaScript is told no types. Throws USAGE. */
function refuseUnknown(options: ChaosOptions): void {
  const known = Object.keys(OPTIONS)
  const strange = Object.keys(options).find((name) => !known.includes(name))
  if (strange === undefined) return
  const nearest = nearestName(strange, known)
  const meant = nearest === null ? `there are ${known.join(', ')}` : `did you mean ${nearest}?`
  throw new LograftError('USAGE', `${strange} is no option of chaos(); ${meant}`)
}

function place(text: string) {
  const parsed = hostPort.parse(text, 'bootstrap')
  if ('problem' in parsed) throw new LograftError('USAGE', `bootstrap: ${parsed.problem}`)
  return parsed.value
}
