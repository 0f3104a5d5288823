/**
 * What a scenario is: the whole of what somebody writes to hurt a cluster on purpose. Plain data,
 * so that a run can be written down, read by a person, and run again. Nothing here names a type of
 * the broker's own.
 */
import type { Setting, TopicOptions } from '../embed/api.ts'
import type { FaultSpec } from './faults/spec.ts'
import type { Findings } from './checkers/verdict.ts'

export interface Scenario {
  /** Lower case with dashes: its file, its folder in a report. */
  readonly name: string
  /** The sentence that a valid run proves, fit for a README. */
  readonly claim: string
  /** Default 3; the first three are controllers too. */
  readonly brokers?: number
  /** Properties of every broker by Kafka's names, beside the harness's own. */
  readonly config?: Readonly<Record<string, Setting>>
  /** Default: `{ orders: { partitions: 6, replicationFactor: 3 } }`. */
  readonly topics?: Readonly<Record<string, number | TopicOptions>>
  /** Default: `['idempotent']`. Each with every client that can be had, but for those it names. */
  readonly workloads?: readonly WorkloadSpec[]
  /** How long faults are made; a run lasts longer by its start, its healing and its reading. */
  readonly seconds: number
  /** What is done to the cluster. */
  readonly faults: Schedule
  /**
   * What the verdict must be; default `valid`. A negative control says `invalid`, and passes only
   * when an anomaly of one of `mustFind` is found.
   */
  readonly expect?: 'valid' | 'invalid'
  /** Kinds of anomalies; only with `expect: 'invalid'`. */
  readonly mustFind?: readonly string[]
  /** A planted bug of the broker to build in; only for negative controls of this project. */
  readonly plant?: string
  /** Further faults as sentences, none when all is well. Called once, after the checkers. */
  readonly check?: (findings: Findings) => readonly string[]
}

export type WorkloadName =
  'queue' | 'idempotent' | 'groups' | 'metadata' | 'compacted' | 'retention'

export type ClientName = 'lograft' | 'kafkajs' | 'platformatic' | 'librdkafka' | 'kcat'

export type WorkloadSpec =
  | WorkloadName
  | {
      readonly workload: WorkloadName
      readonly clients?: readonly ClientName[]
      /** Records a second, of all its clients together; open loop. */
      readonly rate?: number
      /** Default −1; `1` only in a negative control. */
      readonly acks?: -1 | 1
    }

/**
 * Steps in the order of their times, or how to draw them: `faults: every({ ms: 5_000, of: [...] })`
 */
export type Schedule = readonly Step[] | ((draw: Draw) => readonly Step[])

/** What a schedule is drawn from: always the same for one seed. */
export interface Draw {
  /** How long faults may be made. */
  readonly durationMs: number
  /** Uniform in [0, 1). */
  random(): number
  /** A whole number, both ends included. */
  int(min: number, max: number): number
  pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item
}

/** One fault: when, of what kind, whose, for how long. */
export type Step = FaultSpec & {
  /** From the beginning of the faults. */
  readonly atMs: number
  /**
   * Until it is taken back; what has ended by then (a killed process) is started again. Without it
   * the fault lasts until all is healed at the end.
   */
  readonly forMs?: number
}
