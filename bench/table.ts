/** The rows as one table for people, units in every line. Pure. */
import type { Row } from './row.ts'
import { keepsTarget } from './row.ts'

const HEADINGS = [
  ...['', 'lograft', 'bare loop', 'unit', 'of bare', 'lowest – highest'],
  ...['CPU s/GB', 'bare loop', 'load busy', 'target'],
]
/** Columns that are words; all others are numbers, and stand to the right. */
const WORDS = new Set([0, 3, HEADINGS.length - 1])

export function table(rows: readonly Row[]): string {
  const cells = [HEADINGS, ...rows.map(cellsOf)]
  const widths = HEADINGS.map((_, column) =>
    Math.max(...cells.map((line) => (line[column] ?? '').length)),
  )
  const lines = cells.map((line) =>
    line
      .map((cell, column) => {
        const width = widths[column] ?? 0
        return WORDS.has(column) ? cell.padEnd(width) : cell.padStart(width)
      })
      .join('  ')
      .trimEnd(),
  )
  const notes = rows.flatMap(({ measure, note }) => (note ? [`${measure}: ${note}`] : []))
  return [...lines, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n')
}

function cellsOf(row: Row): string[] {
  const { measure, value, bare, ratio, spread, unit, cpuPerGB, loadBusy } = row
  return [
    measure,
    value === null ? 'skipped' : figure(value),
    bare === undefined ? '' : figure(bare),
    unit,
    ratio === undefined ? '' : percent(ratio),
    spread === undefined ? '' : spread.map(percent).join(' – '),
    ...(cpuPerGB ? cpuPerGB.map((seconds) => seconds.toFixed(2)) : ['', '']),
    loadBusy === undefined ? '' : percent(loadBusy),
    targetOf(row),
  ]
}

function targetOf(row: Row): string {
  if (!row.target) return ''
  const { limit, better } = row.target
  const kept = keepsTarget(row)
  const sign = better === 'more' ? '>=' : '<='
  const wanted = `${sign} ${row.ratio === undefined ? figure(limit) : percent(limit)}`
  return kept === null ? wanted : `${wanted} ${kept ? 'kept' : 'MISSED'}`
}

/** Three significant digits, thousands set apart. */
export function figure(value: number): string {
  if (value !== 0 && Math.abs(value) < 100) return String(Number(value.toPrecision(3)))
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')
}

export const percent = (part: number) => `${Math.round(part * 100)} %`
