/**
 * One page over several runs: what each was to prove, its verdict, and the way to its own page.
 * Pure.
 */
import { tag, type Markup } from './markup.ts'
import { documentOf } from './page.ts'
import type { Results } from './results.ts'
import { table } from './sections.ts'
import { count, duration } from './words.ts'

export interface IndexedRun {
  /** Beside the index. */
  readonly folder: string
  readonly results: Results
}

/** The latest come first. */
export function indexPageOf(runs: readonly IndexedRun[]): string {
  const sorted = [...runs].sort((one, other) =>
    other.results.startedAt.localeCompare(one.results.startedAt, 'en'),
  )
  const passed = runs.filter(({ results }) => results.passed).length
  const body = tag(
    'main',
    {},
    tag('p', { class: 'eyebrow' }, 'lograft chaos'),
    tag('h1', {}, `${passed} of ${runs.length} runs ended as they should`),
    tag(
      'section',
      {},
      table(
        [
          'verdict',
          'what was to be shown',
          '#faults',
          '#records',
          '#longest gap',
          '#seed',
          'began',
        ],
        sorted.map(row),
      ),
    ),
  )
  return documentOf('lograft chaos', body)
}

function row({ folder, results }: IndexedRun): readonly (string | Markup)[] {
  const { scenario, claim, findings, faults, seed, startedAt } = results
  const colour = results.passed ? 'valid' : results.verdict === 'unknown' ? 'unknown' : 'invalid'
  const times = Object.values(faults).reduce((sum, one) => sum + one, 0)
  const { count: gaps, max } = findings.unavailability
  return [
    tag('span', { class: `badge ${colour}` }, results.word),
    tag(
      'span',
      {},
      tag('a', { href: `${encodeURIComponent(folder)}/index.html` }, scenario),
      tag('br'),
      tag('span', { class: 'quiet' }, claim),
    ),
    count(times),
    count(findings.records.ok),
    gaps === 0 ? 'none' : duration(max),
    String(seed),
    startedAt.slice(0, 16).replace('T', ' '),
  ]
}
