/**
 * Faults as bars, one below the other where they overlap; a label stands beside its bar as long as
 * there is room for it. Pure.
 */
import { RIGHT, type Times } from './axes.ts'
import { tag, type Markup } from './markup.ts'
import type { FaultBand } from './story.ts'
import { clockTime, duration } from './words.ts'

const ROW = 20
const ROWS_MAX = 6
/** Narrower bars than this could not be seen. */
const WIDTH_MIN = 3
/** Of a letter of the labels, about. */
const LETTER = 6.2
const LABEL_GAP = 5

export interface FaultRows {
  readonly height: number
  readonly bars: Markup
}

interface Placed {
  readonly band: FaultBand
  readonly row: number
  readonly hasLabel: boolean
}

/**
 * `top`: where the first row begins. A label stands behind its bar where there is room in the row;
 * where there is not, the bar has its text as a tooltip and in the table of faults.
 */
export function faultRows(faults: readonly FaultBand[], times: Times, top: number): FaultRows {
  const placed = place(faults, times)
  const rows = placed.reduce((most, { row }) => Math.max(most, row + 1), 0)
  const bars = placed.map(({ band, row, hasLabel }) => {
    const from = times.x(band.fromMs)
    const width = Math.max(WIDTH_MIN, times.x(band.toMs) - from)
    const y = top + row * ROW
    return tag(
      'g',
      { class: band.error === null ? 'fault' : 'fault stuck', 'data-fault': band.id },
      tag('title', {}, tooltipOf(band)),
      tag('rect', { x: from, y: y + 3, width, height: ROW - 6, rx: 3 }),
      hasLabel ? tag('text', labelPlace(from, width, band.text, y), band.text) : null,
    )
  })
  return { height: rows * ROW, bars: tag('g', { class: 'faults' }, bars) }
}

function labelPlace(from: number, width: number, text: string, y: number) {
  const before = from + width + LABEL_GAP + text.length * LETTER > RIGHT
  return before
    ? { x: from - LABEL_GAP, y: y + 14, 'text-anchor': 'end' }
    : { x: from + width + LABEL_GAP, y: y + 14 }
}

function place(faults: readonly FaultBand[], times: Times): readonly Placed[] {
  const ends: number[] = []
  return faults.map((band) => {
    const from = times.x(band.fromMs)
    const to = Math.max(from + WIDTH_MIN, times.x(band.toMs))
    const label = LABEL_GAP + band.text.length * LETTER
    const before = to + label > RIGHT
    const free = (start: number) => ends.findIndex((end) => end <= start)
    let row = free(before ? from - label : from)
    let hasLabel = row >= 0
    if (row < 0 && ends.length < ROWS_MAX) {
      row = ends.push(0) - 1
      hasLabel = true
    }
    if (row < 0) row = free(from)
    // All rows are taken: over the one that ends first.
    if (row < 0) row = ends.indexOf(Math.min(...ends))
    ends[row] = Math.max(ends[row] ?? 0, to + (hasLabel && !before ? label + LABEL_GAP : 2))
    return { band, row, hasLabel }
  })
}

function tooltipOf({ id, text, fromMs, toMs, error }: FaultBand): string {
  const lasted = `${clockTime(fromMs)} to ${clockTime(toMs)}, ${duration(toMs - fromMs)}`
  return `${id}: ${text}\n${lasted}${error === null ? '' : `\nnot taken back: ${error}`}`
}
