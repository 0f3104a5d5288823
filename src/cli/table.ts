/**
 * Tables and numbers for people: columns as wide as they must be, two blanks between them, numbers
 * to the right, no lines and no colours, so that they read the same in a terminal, a pipe and a
 * mail. Pure.
 */

export type Cell = string | number | null

/**
 * Rows under headings; a column of numbers is aligned to the right, and so are those named `right`;
 * null shows as a dash.
 */
export function table(
  headings: readonly string[],
  rows: readonly (readonly Cell[])[],
  { right = [] }: { readonly right?: readonly string[] } = {},
): string {
  const isNumeric = headings.map(
    (heading, column) =>
      right.includes(heading) ||
      rows.every((row) => typeof row[column] === 'number' || row[column] === null),
  )
  const text = rows.map((row) => row.map(print))
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...text.map((row) => (row[column] ?? '').length)),
  )
  return [headings, ...text]
    .map((row) => {
      const cells = row.map((cell, column) =>
        isNumeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      return `${cells.join('  ').trimEnd()}\n`
    })
    .join('')
}

function print(cell: Cell): string {
  return cell === null ? '-' : String(cell)
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** `1536` → `1.5 KiB`. */
export function printBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`
}

/** `1234567` → `1,234,567`. */
export function printCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `1 record`, `2 records`. */
export function countOf(count: number, noun: string): string {
  return `${printCount(count)} ${noun}${count === 1 ? '' : 's'}`
}
