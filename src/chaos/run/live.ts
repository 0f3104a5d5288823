/**
 * What is going on right now, for whoever watches a run: faults that last, rates, partitions that
 * take nothing. Told every event as it is written; keeps a few numbers.
 */
import type { HistoryEvent, PhaseEvent } from '../history/events.ts'

export interface Glimpse {
  readonly scenario: string
  readonly phase: PhaseEvent['phase'] | null
  readonly nowMs: number
  /** Until faults end by themselves; null when none are made. */
  readonly leftMs: number | null
  readonly faults: readonly {
    readonly id: number
    readonly text: string
    readonly sinceMs: number
  }[]
  /** Records a second, of the last few seconds. */
  readonly rates: Readonly<Record<'ok' | 'fail' | 'unknown', number>>
  readonly totals: Readonly<Record<'ok' | 'fail' | 'unknown', number>>
  /** Partitions that took nothing for longer than usual, the longest first. */
  readonly gaps: readonly { readonly partition: string; readonly sinceMs: number }[]
}

/** Shorter than this is no gap: it is how records come. */
const GAP_MS = 1_000
/** Of rates. */
const WINDOW_MS = 3_000
const GAPS_SHOWN = 8

interface Sample {
  readonly atMs: number
  readonly ok: number
  readonly fail: number
  readonly unknown: number
}

export class Live {
  readonly #scenario: string
  readonly #faultsMs: number
  #nowMs: () => number = () => 0
  #phase: PhaseEvent['phase'] | null = null
  #phaseAtMs = 0
  readonly #faults = new Map<number, { id: number; text: string; sinceMs: number }>()
  readonly #totals = { ok: 0, fail: 0, unknown: 0 }
  /** When a partition took a record last. */
  readonly #lastOk = new Map<string, number>()
  readonly #samples: Sample[] = []

  /** `faultsMs`: how long faults are made. */
  constructor(scenario: string, faultsMs: number) {
    this.#scenario = scenario
    this.#faultsMs = faultsMs
  }

  /** The run's time has begun. */
  begin(nowMs: () => number): void {
    this.#nowMs = nowMs
  }

  take(event: HistoryEvent): void {
    if (event.type === 'send') {
      this.#totals[event.outcome] += 1
      if (event.outcome !== 'ok' || event.partition === null) return
      const key = `${event.topic}-${event.partition}`
      const atMs = event.doneMs ?? this.#nowMs()
      if (atMs > (this.#lastOk.get(key) ?? 0)) this.#lastOk.set(key, atMs)
    } else if (event.type === 'fault') {
      const { id, text, atMs } = event
      this.#faults.set(id, { id, text, sinceMs: atMs })
    } else if (event.type === 'healed') this.#faults.delete(event.id)
    else if (event.type === 'phase') {
      this.#phase = event.phase
      this.#phaseAtMs = event.atMs
      // Rates are of what comes from here on.
      if (event.phase === 'load') this.#samples.push({ atMs: event.atMs, ...this.#totals })
    }
  }

  look(): Glimpse {
    const nowMs = this.#nowMs()
    const isMade = this.#phase === 'faults'
    return {
      ...{ scenario: this.#scenario, phase: this.#phase, nowMs, totals: { ...this.#totals } },
      leftMs: isMade ? Math.max(0, this.#phaseAtMs + this.#faultsMs - nowMs) : null,
      faults: [...this.#faults.values()],
      rates: this.#rates(nowMs),
      gaps: this.#gaps(nowMs),
    }
  }

  #rates(nowMs: number): Glimpse['rates'] {
    // The last one stays, however old: who looks seldom wants the rate since then.
    while (this.#samples.length > 1 && (this.#samples[0]?.atMs ?? nowMs) < nowMs - WINDOW_MS)
      this.#samples.shift()
    const [first] = this.#samples
    const spanMs = first ? nowMs - first.atMs : 0
    this.#samples.push({ atMs: nowMs, ...this.#totals })
    const rate = (of: 'ok' | 'fail' | 'unknown') =>
      first && spanMs > 0 ? ((this.#totals[of] - first[of]) * 1_000) / spanMs : 0
    return { ok: rate('ok'), fail: rate('fail'), unknown: rate('unknown') }
  }

  #gaps(nowMs: number): Glimpse['gaps'] {
    const isLoaded = this.#phase === 'load' || this.#phase === 'faults' || this.#phase === 'heal'
    if (!isLoaded) return []
    return [...this.#lastOk]
      .filter(([, atMs]) => nowMs - atMs > GAP_MS)
      .map(([partition, sinceMs]) => ({ partition, sinceMs }))
      .sort((one, other) => one.sinceMs - other.sinceMs)
      .slice(0, GAPS_SHOWN)
  }
}
