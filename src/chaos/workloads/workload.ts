/** What runs against a cluster while it is hurt, and writes down what it asked and was told. */
import type { Clock } from '../../base/clock.ts'
import type { ClientName, WorkloadName } from '../api.ts'
import type { Target } from '../cluster/target.ts'
import type { HistoryEvent } from '../history/events.ts'

export interface TopicPlan {
  readonly name: string
  readonly partitions: number
  readonly replicationFactor: number
  readonly config: Readonly<Record<string, string>>
}

export interface WorkloadSite {
  readonly target: Target
  readonly clock: Clock
  readonly random: () => number
  /** Milliseconds on the run's own clock. */
  readonly nowMs: () => number
  readonly write: (event: HistoryEvent) => void
  /** Which clients; those that cannot be had are written down as skipped. */
  readonly clients: readonly ClientName[]
  readonly topics: readonly TopicPlan[]
  /** Records a second, of all clients together. */
  readonly rate: number
  readonly acks: -1 | 1
}

/** A running workload. */
export interface Workload {
  readonly name: WorkloadName
  /** Resolves when each of its clients was answered once; rejects when one never was. */
  readonly ready: Promise<void>
  /** Since the start, for live progress. */
  readonly totals: { readonly ok: number; readonly fail: number; readonly unknown: number }
  /**
   * Nothing new is asked; resolves when all that was asked is answered, or given up after
   * `deadlineMs`, and all is written.
   */
  stop(deadlineMs: number): Promise<void>
}
