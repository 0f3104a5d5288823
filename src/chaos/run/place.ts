/**
 * Where a run takes place: a cluster that is started for it, one that runs already, or nodes of
 * Apache Kafka.
 */
import { join } from 'node:path'
import { formatHostPort, type HostPort } from '../../config/addresses.ts'
import type { Setting } from '../../embed/api.ts'
import type { Scenario, Step } from '../api.ts'
import { KafkaCluster } from '../cluster/kafka-cluster.ts'
import type { KafkaJars } from '../cluster/kafka-jars.ts'
import { OwnCluster } from '../cluster/own-cluster.ts'
import { RunningCluster } from '../cluster/running-cluster.ts'
import type { Target } from '../cluster/target.ts'
import { Machine } from '../machine/machine.ts'
import { brokersOf } from './parts.ts'
import type { FaultName } from '../faults/spec.ts'
import { OWN_BROKERS } from '../history/events.ts'

export interface PlaceOptions {
  /** A cluster that runs. */
  readonly bootstrap?: readonly HostPort[]
  /** Of a cluster that runs: processes of its nodes that may be killed. */
  readonly pids?: ReadonlyMap<number, number>
  /** Of a cluster that runs: what starts a node again, `{id}` for which. */
  readonly start?: string
  /** Nodes of Apache Kafka from these. */
  readonly kafka?: KafkaJars
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

/** What Kafka does otherwise unless it is told, and whoever compares wants alike. */
const KAFKA_ALIKE = { 'min.insync.replicas': 2 } as const

/** What a power cut loses is known only of processes that note what they write, which costs. */
const POWER: FaultName = 'power-cut'

export function openPlace(place: PlaceOptions, opening: Opening): Promise<Target> {
  const { scenario, steps, directory, random } = opening
  const { bootstrap, pids, start, kafka } = place
  const brokers = brokersOf(scenario)
  const config = { ...scenario.config, ...place.config }
  if (bootstrap)
    return RunningCluster.open({
      ...{ bootstrap, directory },
      ...(pids && { pids }),
      ...(start !== undefined && { start }),
    })
  if (kafka) {
    const { classPath } = kafka
    const alike = { ...KAFKA_ALIKE, ...config }
    return KafkaCluster.start({ directory, classPath, brokers, config: alike })
  }
  const powerMayBeCut = steps.some(({ fault }) => fault === POWER)
  return OwnCluster.start({
    ...{ directory, random, brokers, config },
    switches: steps.some(({ fault }) => SWITCHES.has(fault)),
    machineOf: (nodeId, of) =>
      new Machine({ directory: of, folder: join(directory, `m${nodeId}`), powerMayBeCut }),
    ...(place.program !== undefined && { program: place.program }),
  })
}

/** For people: what a report says the run was made on. */
export function placeName({ bootstrap, kafka }: PlaceOptions): string {
  if (kafka) return `Apache Kafka ${kafka.version}`
  if (bootstrap) return `a running cluster at ${bootstrap.map(formatHostPort).join()}`
  return OWN_BROKERS
}
