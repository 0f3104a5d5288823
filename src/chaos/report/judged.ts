/**
 * A verdict and what was expected, as a word and a line for people: a control that is caught has
 * passed. Pure.
 */
import type { Findings, Verdict } from '../checkers/verdict.ts'
import type { RunEvent } from '../history/events.ts'
import { countOf } from './words.ts'

export interface Judged {
  readonly isPassed: boolean
  /** `Valid`, `Invalid`, `Unknown`; of a negative control `Caught` or `Not caught`. */
  readonly word: string
  readonly colour: Verdict
  readonly because: string
}

export function judgedOf(
  { expect, mustFind = [] }: Pick<RunEvent, 'expect' | 'mustFind'>,
  findings: Findings,
): Judged {
  const found = foundIn(findings)
  if (expect === 'valid') return plainly(findings, found)
  const isCaught =
    mustFind.length === 0 || mustFind.some((kind) => (findings.counts[kind] ?? 0) > 0)
  if (findings.verdict === 'invalid' && isCaught)
    return { isPassed: true, word: 'Caught', colour: 'valid', because: found }
  const missing = mustFind.length === 0 ? 'no anomaly' : `no ${mustFind.join(', no ')}`
  const because = [`${missing} was found`, undecidedIn(findings)].filter((part) => part !== '')
  return { isPassed: false, word: 'Not caught', colour: 'invalid', because: because.join('; ') }
}

function plainly(findings: Findings, found: string): Judged {
  const { verdict } = findings
  if (verdict === 'valid')
    return {
      isPassed: true,
      word: 'Valid',
      colour: 'valid',
      because: 'nothing lost, nothing wrong',
    }
  if (verdict === 'invalid')
    return { isPassed: false, word: 'Invalid', colour: 'invalid', because: found }
  return { isPassed: false, word: 'Unknown', colour: 'unknown', because: undecidedIn(findings) }
}

/** The first thing that could not be decided, in one line, and how many more there are. */
function undecidedIn({ unknowns: [first, ...more] }: Findings): string {
  if (first === undefined) return ''
  const others = more.length === 0 ? '' : ` (and ${countOf(more.length, 'more thing')})`
  return `not decided: ${first.split('\n')[0] ?? ''}${others}`
}

/** `lost-write × 3, duplicate × 1`. */
function foundIn({ counts }: Findings): string {
  return Object.entries(counts)
    .filter(([, times]) => times > 0)
    .map(([kind, times]) => `${kind} × ${times}`)
    .join(', ')
}
