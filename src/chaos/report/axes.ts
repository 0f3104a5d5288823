/**
 * Where things stand in a chart: time from left to right, the same for all panels; latencies from
 * bottom to top, each line ten times the one below. Pure.
 */
import { tag, type Markup } from './markup.ts'
import { clockTime } from './words.ts'

/** Of the whole drawing; it is scaled to the page. */
export const WIDTH = 1120
export const LEFT = 96
export const RIGHT = WIDTH - 12

/** Time between two marks is the first of these that leaves room for their labels. */
const TICKS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600].map((s) => s * 1_000)
const TICKS_MAX = 14

export interface Times {
  readonly endMs: number
  /** The place of a time. */
  readonly x: (ms: number) => number
}

export function timesUntil(endMs: number): Times {
  const span = Math.max(endMs, 1)
  const x = (ms: number) => LEFT + (Math.min(Math.max(ms, 0), span) / span) * (RIGHT - LEFT)
  return { endMs: span, x }
}

/** Marks of time along the bottom of what ends at `bottom`, with lines up to `top`. */
export function timeAxis(times: Times, { top, bottom }: { top: number; bottom: number }): Markup {
  const every = TICKS_MS.find((ms) => times.endMs / ms <= TICKS_MAX) ?? times.endMs / TICKS_MAX
  const ticks = Array.from({ length: Math.floor(times.endMs / every) + 1 }, (_, i) => i * every)
  return tag(
    'g',
    { class: 'axis' },
    ticks.map((ms) => [
      tag('line', { x1: times.x(ms), x2: times.x(ms), y1: top, y2: bottom, class: 'grid' }),
      tag('text', { x: times.x(ms), y: bottom + 16, 'text-anchor': 'middle' }, clockTime(ms)),
    ]),
  )
}

export interface LogScale {
  readonly y: (value: number) => number
  readonly decades: readonly number[]
}

/** From one millisecond up; what is below stands on the ground. */
export function logScale(largest: number, box: { top: number; bottom: number }): LogScale {
  const top = Math.max(2, Math.ceil(Math.log10(Math.max(largest, 1))))
  const y = (value: number) => {
    const share = Math.min(Math.log10(Math.max(value, 1)) / top, 1)
    return box.bottom - share * (box.bottom - box.top)
  }
  return { y, decades: Array.from({ length: top + 1 }, (_, power) => 10 ** power) }
}

export function logAxis({ y, decades }: LogScale): Markup {
  return tag(
    'g',
    { class: 'axis' },
    decades.map((ms) => [
      tag('line', { x1: LEFT, x2: RIGHT, y1: y(ms), y2: y(ms), class: 'grid' }),
      tag('text', { x: LEFT - 8, y: y(ms) + 4, 'text-anchor': 'end' }, decade(ms)),
    ]),
  )
}

/** `10 ms`, `100 s`. */
const decade = (ms: number) => (ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`)

/** A round number at or above `largest`, for the top of a linear axis. */
export function roundedUp(largest: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(largest, 1)))
  return ([1, 2, 5, 10].find((step) => step * power >= largest) ?? 10) * power
}
