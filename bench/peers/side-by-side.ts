/** The figures of all peers as one table, a peer a column; units in every line. Pure. */
import type { Figures, Peer, Result } from './measure.ts'

type Line = readonly [name: string, unit: string, of: (result: Result) => number | null]

const LINES: readonly Line[] = [
  ['throughput', 'MB/s', ({ run }) => run?.megabytesPerSecond ?? null],
  ['latency p50', 'ms', ({ run }) => run?.p50Ms ?? null],
  ['latency p99', 'ms', ({ run }) => run?.p99Ms ?? null],
  ['broker CPU', 's/GB', ({ cpuSecondsPerGB }) => cpuSecondsPerGB],
  ['broker memory', 'MB', ({ residentMB }) => residentMB],
]

export function sideBySide(peers: readonly Peer[], figures: readonly Figures[]): string {
  const rows = figures.flatMap(({ name, results }) => rowsOf(name, results))
  const first = peers[0]?.name ?? ''
  const headings = ['', ...peers.map(({ name }) => name), 'unit', `${first} of the last`]
  const shown = peers.length > 1 ? headings : headings.slice(0, -1)
  const cells = [shown, ...rows.map((row) => row.slice(0, shown.length))]
  const lines = aligned(cells, peers.length + 1)
  const notes = figures.flatMap(({ name, results }) =>
    results.flatMap(({ peer, failure, isUnserved }) =>
      failure === null
        ? []
        : [`${name}, ${peer}: ${isUnserved ? 'SKIPPED' : 'FAILED'}: ${failure}`],
    ),
  )
  return [...lines, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n')
}

/** Figures to the right; words, in the first column and the one of units, to the left. */
export function aligned(
  cells: readonly (readonly string[])[],
  units = (cells[0]?.length ?? 0) - 1,
): readonly string[] {
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  return cells.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === units
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}

function rowsOf(name: string, results: readonly Result[]): string[][] {
  return LINES.flatMap(([what, unit, of]) => {
    const values = results.map(of)
    if (values.every((value) => value === null)) return []
    const [first, last] = [values[0] ?? null, values.at(-1) ?? null]
    const ratio = first === null || last === null || last === 0 ? '' : `${figure(first / last)} ×`
    return [[`${name}, ${what}`, ...values.map(cell), unit, ratio]]
  })
}

const cell = (value: number | null) => (value === null ? '-' : figure(value))
const figure = (value: number) =>
  value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)))
