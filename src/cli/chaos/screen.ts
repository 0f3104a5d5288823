/**
 * A run while it lasts: on a terminal a few lines that are drawn over, elsewhere a line for each
 * thing that happens and one with the rates now and then. All of it goes to standard error.
 */
import type { Timer } from '../../base/clock.ts'
import type { HistoryEvent } from '../../chaos/history/events.ts'
import type { Glimpse } from '../../chaos/run/live.ts'
import type { Watcher } from '../../chaos/run/run.ts'
import { clockTime, count, duration } from '../../chaos/report/words.ts'
import { hostClock } from '../../host/clock.ts'

const DRAWN_EVERY_MS = 500
const TOLD_EVERY_MS = 10_000

const PHASES: Readonly<Record<NonNullable<Glimpse['phase']>, string>> = {
  start: 'getting ready',
  load: 'load is on',
  faults: 'faults are made',
  heal: 'everything is taken back',
  read: 'everything is read',
  end: 'judged',
}

/** For one run after the other. */
export class Screen implements Watcher {
  readonly #isDrawn: boolean = process.stderr.isTTY
  #look: (() => Glimpse) | null = null
  #timer: Timer | null = null
  #lines = 0

  begin(look: () => Glimpse): void {
    this.#look = look
    this.#tick()
  }

  news(event: HistoryEvent): void {
    if (this.#isDrawn) return this.#draw()
    const line = newsLine(event)
    if (line !== null) process.stderr.write(`${line}\n`)
  }

  end(): void {
    this.#timer?.cancel()
    this.#timer = null
    this.#look = null
    this.#clear()
  }

  #tick(): void {
    this.#timer = hostClock.timer(this.#isDrawn ? DRAWN_EVERY_MS : TOLD_EVERY_MS, () => {
      const glimpse = this.#look?.()
      if (!glimpse) return
      if (this.#isDrawn) this.#draw()
      else process.stderr.write(`${rateLine(glimpse)}\n`)
      this.#tick()
    })
  }

  #draw(): void {
    const glimpse = this.#look?.()
    if (!glimpse) return
    this.#clear()
    const lines = drawnLines(glimpse, process.stderr.columns || 80)
    process.stderr.write(lines.map((line) => `${line}\n`).join(''))
    this.#lines = lines.length
  }

  #clear(): void {
    // Up over what was drawn, and everything from there on away.
    if (this.#lines > 0) process.stderr.write(`\u001b[${this.#lines}A\u001b[J`)
    this.#lines = 0
  }
}

/** What a terminal of so many columns shows. Pure. */
export function drawnLines(glimpse: Glimpse, columns: number): readonly string[] {
  const { scenario, phase, nowMs, leftMs, faults, rates, totals, gaps } = glimpse
  const what = phase === null ? '' : PHASES[phase]
  const left = leftMs === null ? '' : `, ${duration(leftMs)} left`
  const lasting = faults.map(({ text, sinceMs }) => `${text} (${duration(nowMs - sinceMs)})`)
  const open = gaps.map(({ partition, sinceMs }) => `${partition} (${duration(nowMs - sinceMs)})`)
  return [
    `${scenario}  ${clockTime(nowMs)}  ${what}${left}`,
    `  records     ${ratesOf(rates)}, ${count(totals.ok)} in all`,
    `  faults      ${lasting.join(', ') || 'none'}`,
    `  no records  ${open.join(', ') || 'everywhere some'}`,
  ].map((line) => line.slice(0, Math.max(columns - 1, 20)))
}

function ratesOf({ ok, fail, unknown }: Glimpse['rates']): string {
  const round = (rate: number) => count(Math.round(rate))
  return `${round(ok)}/s acknowledged, ${round(fail)}/s refused, ${round(unknown)}/s unknown`
}

const rateLine = ({ nowMs, rates, totals }: Glimpse) =>
  `[${clockTime(nowMs)}] ${ratesOf(rates)}, ${count(totals.ok)} in all`

/** What is worth a line in a log; null for the rest. Pure. */
export function newsLine(event: HistoryEvent): string | null {
  switch (event.type) {
    case 'phase':
      return `[${clockTime(event.atMs)}] ${PHASES[event.phase]}`
    case 'fault':
      return `[${clockTime(event.atMs)}] fault ${event.id}: ${event.text}`
    case 'healed': {
      const how = event.error === null ? 'is over' : `could not be taken back: ${event.error}`
      return `[${clockTime(event.atMs)}] fault ${event.id} ${how}`
    }
    case 'skipped':
      return `[${clockTime(event.atMs)}] skipped ${event.what}: ${event.why}`
    case 'node':
      return `[${clockTime(event.atMs)}] node ${event.node} ${event.what}`
    case 'found':
      return `[${clockTime(event.atMs)}] ${event.kind}: ${event.sentence}`
    default:
      return null
  }
}
