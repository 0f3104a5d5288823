/**
 * What a run is found to be. `unknown` is never a success: what could not be looked at proves
 * nothing.
 */
export type Verdict = 'valid' | 'invalid' | 'unknown'

/** One thing that no cluster may do, with the least that shows it. */
export interface Anomaly {
  /** A name of docs/CHAOS.md's table: `lost-write`, `duplicate`, … */
  readonly kind: string
  readonly sentence: string
  readonly topic?: string
  readonly partition?: number
  /** Between which times it happened, as far as that is known. */
  readonly fromMs?: number
  readonly toMs?: number
  /** The events of the history that show it, a few. */
  readonly evidence: readonly object[]
}

/** What Kafka's model allows, and was seen: told, not judged. */
export interface Allowed {
  readonly kind: string
  readonly count: number
  readonly because: string
}

/** What one checker found. */
export interface Checked {
  /** The first few of each kind. */
  readonly anomalies: readonly Anomaly[]
  /** By kind, how many there were. */
  readonly counts: Readonly<Record<string, number>>
  /** Why something could not be decided, as sentences. */
  readonly unknowns: readonly string[]
  readonly allowed: readonly Allowed[]
}

/** How long a partition took no record that was due, from anybody. */
export interface Gap {
  readonly topic: string
  readonly partition: number
  readonly fromMs: number
  readonly toMs: number
  /** The fault that was going on or had just begun; null: none. */
  readonly faultId: number | null
}

export interface Percentiles {
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

/** One second of a run, by when records were answered. */
export interface Second {
  /** Since the run's beginning. */
  readonly atSecond: number
  readonly ok: number
  readonly fail: number
  readonly unknown: number
  /** Milliseconds of those that were acknowledged, from when they were due; null: none were. */
  readonly latency: Percentiles | null
}

/** All of a run that a report shows and `Scenario.check` sees. */
export interface Findings {
  readonly verdict: Verdict
  readonly anomalies: readonly Anomaly[]
  /** By kind, all of them. */
  readonly counts: Readonly<Record<string, number>>
  readonly unknowns: readonly string[]
  readonly allowed: readonly Allowed[]
  readonly records: { readonly ok: number; readonly fail: number; readonly unknown: number }
  readonly gaps: readonly Gap[]
  /** Milliseconds, of gaps after faults. */
  readonly unavailability: Percentiles
  /** Milliseconds from when a record was due until it was acknowledged, by client. */
  readonly latencies: Readonly<Record<string, Percentiles>>
  readonly seconds: readonly Second[]
  readonly skipped: readonly { readonly what: string; readonly why: string }[]
}
