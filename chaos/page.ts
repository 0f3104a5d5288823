/**
 * The tables of docs/CHAOS.md that are made from what the code says: faults, anomalies, what is
 * allowed, and what runs have found. Each stands between two marks, and everything else on the page
 * is written by hand. Pure.
 */
import { ALLOWED } from '../src/chaos/checkers/allow-list.ts'
import { ANOMALIES } from '../src/chaos/checkers/anomalies.ts'
import { needsOf } from '../src/chaos/faults/kinds.ts'
import { FAULT_NAMES } from '../src/chaos/faults/parameters.ts'
import type { FaultName } from '../src/chaos/faults/spec.ts'
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

/** What each kind of fault is, for people, and what it takes beside `on`. */
const FAULTS: Readonly<Record<FaultName, readonly [what: string, takes: string]>> = {
  kill: ['SIGKILL; started again when it is taken back', ''],
  terminate: ['SIGTERM; started again when it is taken back', ''],
  pause: ['SIGSTOP, and SIGCONT: its connections stay and hear nothing', ''],
  restart: ['ended in order and started again at once', ''],
  cut: [
    'nothing passes on any connection of it, in both directions or one, and nobody is told',
    'direction, from, clients',
  ],
  stall: [
    'the same on connections that others have opened to it alone',
    'direction, from, clients',
  ],
  reset: ['connections are reset, again and again', 'from, clients'],
  refuse: ['connections are refused', 'from, clients'],
  delay: ['everything comes later', 'delayMs, jitterMs, from, clients'],
  throttle: ['so many bytes a second and no more', 'bytesPerSecond, from, clients'],
  corrupt: ['a byte of a piece that passes is changed', 'probability, from'],
  'disk-full': ['writes find no room', ''],
  'slow-fsync': ['every fsync takes so long', 'delayMs'],
  'failing-write': ['writes fail with EIO', ''],
  'failing-fsync': ['fsync fails with EIO', ''],
  'torn-write': ['it dies in the middle of its next write', ''],
  'power-cut': ['killed, and what it had not fsynced is gone, or partly', ''],
  damage: ['killed, and files of a kind are damaged while it is down', 'file, how'],
  'old-copy': ['killed, and an older copy of its directory is put back', ''],
  'clock-jump': ['the wall clock jumps; monotonic time does not', 'byMs'],
  'starve-cpu': ['busy neighbours take its processor', ''],
  'connection-storm': ['so many connections come at once', 'connections'],
  reassign: ['the replicas of a partition are moved; without `on`', 'topic'],
  'topic-churn': ['topics are created and deleted; without `on`', 'topics'],
  'replace-controller': [
    'a controller leaves the quorum; taken back, it is started anew and joins again',
    '',
  ],
  'fail-requests': [
    'so many requests of a kind are answered with an error',
    'api, count, client, error',
  ],
  'delay-requests': ['so many requests of a kind wait', 'api, count, client, delayMs'],
  'lose-answers': [
    'so many requests take effect, and their answers are lost',
    'api, count, client',
  ],
}

export const faultsTable = (): string =>
  table(
    ['fault', 'what happens', 'takes, beside `on`', 'needs'],
    FAULT_NAMES.map((name) => {
      const [what, takes] = FAULTS[name]
      return [`\`${name}\``, what, takes, needsOf(name).join(', ')]
    }),
  )
