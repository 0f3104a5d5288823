/**
 * The tables of docs/CHAOS.md that are made from what the code says: faults, anomalies, what is
 * allowed, and what runs have found. Each stands between two marks, and everything else on the page
 * is written by hand. Pure.
 */
import { ALLOWED } from '../src/chaos/checkers/allow-list.ts'
import { ANOMALIES } from '../src/chaos/checkers/anomalies.ts'
import { duration } from '../src/chaos/report/words.ts'
import type { Results } from '../src/chaos/report/results.ts'

export type Mark = 'anomalies' | 'allowed' | 'results' | 'faults'

/** What stands between two marks; null when they are not there. */
export function between(page: string, mark: Mark | 'example'): string | null {
  const [open, close] = [`<!-- ${mark} -->\n`, `<!-- /${mark} -->`]
  const from = page.indexOf(open)
  const to = page.indexOf(close)
  return from < 0 || to < from ? null : page.slice(from + open.length, to)
}

export function withTable(page: string, mark: Mark, table: string): string {
  const old = between(page, mark)
  if (old === null)
    throw new Error(`docs/CHAOS.md has no marks <!-- ${mark} --> … <!-- /${mark} -->`)
  const open = `<!-- ${mark} -->\n`
  return page.replace(`${open}${old}`, () => `${open}${table}`)
}

export const anomaliesTable = (): string =>
  table(
    ['anomaly', 'what happened'],
    Object.entries(ANOMALIES).map(([kind, sentence]) => [`\`${kind}\``, sentence]),
  )

export const allowedTable = (): string =>
  table(
    ['what is seen', 'why it may be'],
    Object.entries(ALLOWED).map(([kind, sentence]) => [`\`${kind}\``, sentence]),
  )

/** Of runs that were made, one row each, in the order of their names. */
export function resultsTable(runs: readonly Results[]): string {
  const sorted = [...runs].sort((one, other) => one.scenario.localeCompare(other.scenario, 'en'))
  return table(
    ['scenario', 'faults', 'workloads', 'records', 'verdict', 'longest unavailability'],
    sorted.map(({ scenario, faults, workloads, findings, word }) => [
      `\`${scenario}\``,
      Object.entries(faults)
        .map(([fault, times]) => `${fault} × ${times}`)
        .join(', '),
      Object.entries(workloads)
        .map(([workload, clients]) => `${workload} (${clients.join(', ')})`)
        .join('; '),
      findings.records.ok.toLocaleString('en'),
      word.toLowerCase(),
      findings.unavailability.count === 0 ? 'none' : duration(findings.unavailability.max),
    ]),
  )
}

export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
  return `${line(headings)}|${headings.map(() => '---|').join('')}\n${rows.map(line).join('')}`
}
