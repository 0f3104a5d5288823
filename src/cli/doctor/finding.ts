/** What a check of `lograft doctor` says: a verdict, what was seen, what it means, what to do. */
import { countOf } from '../table.ts'

export type Verdict =
  /** Broken now, or certain to lose or refuse something. */
  | 'problem'
  /** It works, and will not when the next thing goes wrong. */
  | 'warning'
  /** It cannot be told from here, and `says` why. */
  | 'unknown'
  | 'ok'

export interface Finding {
  /** The same words each time, for scripts: `disk-space`. */
  readonly check: string
  readonly verdict: Verdict
  /** What was seen. */
  readonly says: string
  /** What follows from it. Absent where nothing does. */
  readonly means?: string
  /** What to do next. Absent where nothing is to be done. */
  readonly next?: string
}

/** Named in a finding; the others are counted. */
const NAMED_MAX = 5

/** `a, b, c and 12 more`. */
export function namesOf(names: readonly string[]): string {
  const named = names.slice(0, NAMED_MAX).join(', ')
  return names.length > NAMED_MAX ? `${named} and ${names.length - NAMED_MAX} more` : named
}

/** `1 topic has`, `2 topics have`. */
export function they(count: number, noun: string, [one, many]: readonly [string, string]): string {
  return `${countOf(count, noun)} ${count === 1 ? one : many}`
}
