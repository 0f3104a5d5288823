/**
 * What a report tells, gathered from a history in one pass: what was done when, who led what, which
 * clients said what. It keeps what is drawn and nothing else, so a history of millions of records
 * costs no more than one of a thousand. Pure.
 */
import type { Findings } from '../checkers/verdict.ts'
import type { HistoryEvent, PhaseEvent, RunEvent } from '../history/events.ts'

export interface FaultBand {
  readonly id: number
  readonly fault: string
  readonly text: string
  readonly nodes: readonly number[]
  readonly fromMs: number
  readonly toMs: number
  /** Why it could not be taken back; null when it was. */
  readonly error: string | null
}

/** From here on until the next one. */
export interface Reign {
  readonly atMs: number
  /** −1: nobody. */
  readonly node: number
}

export interface Lane {
  readonly topic: string
  readonly partition: number
  readonly reigns: readonly Reign[]
}

/** What came of records that were due in one interval. */
export interface Moment {
  readonly atMs: number
  readonly ok: number
  readonly fail: number
  readonly unknown: number
  /** Milliseconds from when a record was due; null where none was acknowledged. */
  readonly p50: number | null
  readonly p99: number | null
  readonly max: number | null
}

export interface Series {
  readonly everyMs: number
  readonly moments: readonly Moment[]
}

export interface Story {
  readonly run: RunEvent
  readonly endMs: number
  readonly phases: readonly PhaseEvent[]
  readonly faults: readonly FaultBand[]
  readonly lanes: readonly Lane[]
  readonly controllers: readonly Reign[]
  readonly nodes: readonly { readonly atMs: number; readonly node: number; readonly what: string }[]
  /** Sentences of clients with how often each came, most often first. */
  readonly complaints: readonly {
    readonly process: string
    readonly sentence: string
    readonly count: number
  }[]
  /** What ran, and through which clients, as the history shows it. */
  readonly workloads: Readonly<Record<string, readonly string[]>>
  readonly series: Series
  readonly findings: Findings
}

/** Nobody reads more, and a cluster that is hurt for hours must not fill the memory. */
const NODE_EVENTS_MAX = 2_000
const COMPLAINTS_MAX = 200

export class Storyteller {
  #run: RunEvent | null = null
  #endMs = 0
  readonly #phases: PhaseEvent[] = []
  readonly #faults = new Map<number, FaultBand>()
  readonly #lanes = new Map<string, { topic: string; partition: number; reigns: Reign[] }>()
  readonly #controllers: Reign[] = []
  readonly #nodes: { atMs: number; node: number; what: string }[] = []
  readonly #complaints: { process: string; sentence: string; count: number }[] = []
  readonly #workloads = new Map<string, Set<string>>()

  take(event: HistoryEvent): void {
    switch (event.type) {
      case 'run':
        this.#run = event
        return
      case 'phase':
        this.#phases.push(event)
        return this.#until(event.atMs)
      case 'fault': {
        const { id, text, nodes, atMs, step } = event
        const band = { id, text, nodes, fault: step.fault, fromMs: atMs, toMs: Infinity }
        this.#faults.set(id, { ...band, error: null })
        return this.#until(atMs)
      }
      case 'healed': {
        const band = this.#faults.get(event.id)
        if (band) this.#faults.set(band.id, { ...band, toMs: event.atMs, error: event.error })
        return this.#until(event.atMs)
      }
      case 'skipped':
        if (event.id !== undefined) this.#faults.delete(event.id)
        return this.#until(event.atMs)
      case 'leader':
        return this.#leader(event.topic, event.partition, event.atMs, event.leader)
      case 'controller':
        reign(this.#controllers, event.atMs, event.node)
        return this.#until(event.atMs)
      case 'node':
        if (this.#nodes.length < NODE_EVENTS_MAX) this.#nodes.push(event)
        return this.#until(event.atMs)
      case 'complaint':
        if (this.#complaints.length < COMPLAINTS_MAX) this.#complaints.push(event)
        return
      case 'send':
      case 'poll':
      case 'commit':
      case 'metadata':
        return this.#ran(event.workload, event.client)
      default:
    }
  }

  /** Throws when the history does not say what run it is of. */
  finish(findings: Findings): Story {
    if (!this.#run) throw new Error('the history has no `run` event')
    const series = seriesOf(findings)
    const last = series.moments.at(-1)
    if (last) this.#until(last.atMs + series.everyMs)
    const endMs = this.#endMs
    return {
      ...{ run: this.#run, endMs, findings, series },
      phases: this.#phases,
      faults: [...this.#faults.values()].map((band) => ({
        ...band,
        toMs: Math.min(band.toMs, endMs),
      })),
      lanes: [...this.#lanes.values()].sort(
        (one, other) =>
          one.topic.localeCompare(other.topic, 'en') || one.partition - other.partition,
      ),
      controllers: this.#controllers,
      nodes: this.#nodes,
      complaints: this.#complaints.sort((one, other) => other.count - one.count),
      workloads: Object.fromEntries(
        [...this.#workloads].map(([workload, clients]) => [workload, [...clients].sort()]),
      ),
    }
  }

  #leader(topic: string, partition: number, atMs: number, node: number): void {
    const key = `${topic}-${partition}`
    const lane = this.#lanes.get(key) ?? { topic, partition, reigns: [] }
    this.#lanes.set(key, lane)
    reign(lane.reigns, atMs, node)
    this.#until(atMs)
  }

  #ran(workload: string, client: string): void {
    const clients = this.#workloads.get(workload)
    if (clients) clients.add(client)
    else this.#workloads.set(workload, new Set([client]))
  }

  #until(atMs: number): void {
    this.#endMs = Math.max(this.#endMs, atMs)
  }
}

/** Second by second, with none left out. */
function seriesOf({ seconds }: Findings): Series {
  const known = new Map(seconds.map((second) => [second.atSecond, second]))
  const first = seconds[0]?.atSecond ?? 0
  const last = seconds.at(-1)?.atSecond ?? -1
  const moments = Array.from({ length: last - first + 1 }, (_, index): Moment => {
    const second = known.get(first + index)
    const latency = second?.latency ?? null
    return {
      ...{ atMs: (first + index) * 1_000, ok: second?.ok ?? 0, fail: second?.fail ?? 0 },
      ...{ unknown: second?.unknown ?? 0, p50: latency?.p50 ?? null },
      ...{ p99: latency?.p99 ?? null, max: latency?.max ?? null },
    }
  })
  return { everyMs: 1_000, moments }
}

/** A change of the ISR or the epoch alone is no new reign. */
function reign(reigns: Reign[], atMs: number, node: number): void {
  if (reigns.at(-1)?.node !== node) reigns.push({ atMs, node })
}
