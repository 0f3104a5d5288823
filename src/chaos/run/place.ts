/**
 * Where a run takes place: a cluster that is started for it, one that runs already, or nodes of
 * Apache Kafka.
 */
import { join } from 'node:path'
import { formatHostPort, type HostPort } from '../../config/addresses.ts'
import type { Setting } from '../../embed/api.ts'
import type { Scenario, Step } from '../api.ts'
import { OwnCluster } from '../cluster/own-cluster.ts'
import type { Target } from '../cluster/target.ts'
import { Machine } from '../machine/machine.ts'
import type { FaultName } from '../faults/spec.ts'

export interface PlaceOptions {
  /** A cluster that runs. */
  readonly bootstrap?: readonly HostPort[]
  /** Of a cluster that runs: processes of its nodes that may be killed. */
  readonly pids?: ReadonlyMap<number, number>
  /** Of a cluster that runs: what starts a node again, `{id}` for which. */
  readonly start?: string
  /** Apache Kafka, of a version or the `latest` that is known. */
  readonly kafka?: string
  /** Properties of every broker, over those of the scenario. */
  readonly config?: Readonly<Record<string, Setting>>
  /** What brokers run instead of the package's own command. */
  readonly program?: string
}

export interface Opening {
  readonly scenario: Scenario
  readonly steps: readonly Step[]
  /** For data of brokers that are started. */
  readonly directory: string
  readonly random: () => number
}

const SWITCHES: ReadonlySet<FaultName> = new Set<FaultName>([
  'fail-requests',
  'delay-requests',
  'lose-answers',
])

/** What a power cut loses is known only of processes that note what they write, which costs. */
const POWER: FaultName = 'power-cut'

export function openPlace(place: PlaceOptions, opening: Opening): Promise<Target> {
  const { scenario, steps, directory, random } = opening
  const powerMayBeCut = steps.some(({ fault }) => fault === POWER)
  return OwnCluster.start({
    ...{ directory, random, brokers: scenario.brokers ?? DEFAULT_BROKERS },
    config: { ...scenario.config, ...place.config },
    switches: steps.some(({ fault }) => SWITCHES.has(fault)),
    machineOf: (nodeId, of) =>
      new Machine({ directory: of, folder: join(directory, `m${nodeId}`), powerMayBeCut }),
    ...(place.program !== undefined && { program: place.program }),
  })
}

const DEFAULT_BROKERS = 3

/** For people: what a report says the run was made on. */
export function placeName({ bootstrap, kafka }: PlaceOptions): string {
  if (kafka !== undefined) return kafka === 'latest' ? 'Apache Kafka' : `Apache Kafka ${kafka}`
  if (bootstrap) return `a running cluster at ${bootstrap.map(formatHostPort).join()}`
  return 'brokers of its own'
}
