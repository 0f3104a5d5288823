/**
 * A run in the form that programs read: `results.json`, and JUnit's XML for whoever shows tests.
 * Pure.
 */
import type { Findings, Verdict } from '../checkers/verdict.ts'
import { judgedOf } from './judged.ts'
import { tag, type Markup } from './markup.ts'
import type { Story } from './story.ts'

/** Raised when a field changes its meaning; new fields do not raise it. */
const FORMAT = 1

export interface Results {
  readonly format: typeof FORMAT
  readonly version: string
  readonly scenario: string
  readonly claim: string
  readonly seed: number
  readonly target: string
  readonly startedAt: string
  readonly durationMs: number
  readonly expect: 'valid' | 'invalid'
  /** Whether the verdict is the expected one. */
  readonly passed: boolean
  readonly verdict: Verdict
  /** The verdict for people: `Valid`, `Caught`, … */
  readonly word: string
  readonly because: string
  /** How often each kind was done. */
  readonly faults: Readonly<Record<string, number>>
  readonly workloads: Readonly<Record<string, readonly string[]>>
  readonly findings: Findings
}

export function resultsOf({ run, findings, faults, workloads, endMs }: Story): Results {
  const { isPassed, word, because } = judgedOf(run, findings)
  const times: Record<string, number> = {}
  for (const { fault } of faults) times[fault] = (times[fault] ?? 0) + 1
  const { version, scenario, claim, seed, target, startedAt, expect } = run
  return {
    ...{ format: FORMAT, version, scenario, claim, seed, target, startedAt, expect },
    ...{ durationMs: Math.round(endMs), passed: isPassed, verdict: findings.verdict },
    ...{ word, because, faults: times, workloads, findings },
  }
}

/** Reads back what `resultsOf` gave; null when it is something else. */
export function readResults(text: string): Results | null {
  try {
    const value = JSON.parse(text) as Partial<Results> | null
    return value?.format === FORMAT ? (value as Results) : null
  } catch {
    return null
  }
}

/** A test case for each run: an unknown verdict is an error, an unexpected one a failure. */
export function junitOf(runs: readonly Results[]): string {
  const failures = runs.filter(({ passed, verdict }) => !passed && verdict !== 'unknown').length
  const errors = runs.filter(({ passed, verdict }) => !passed && verdict === 'unknown').length
  const suite = tag(
    'testsuite',
    { name: 'lograft chaos', tests: String(runs.length), failures, errors, time: seconds(runs) },
    runs.map(testCase),
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${suite.markup}\n`
}

function testCase(run: Results): Markup {
  const { scenario, claim, findings, passed, verdict, because } = run
  const lines = [
    claim,
    ...findings.anomalies.map(({ kind, sentence }) => `${kind}: ${sentence}`),
    ...findings.unknowns.map((sentence) => `unknown: ${sentence}`),
  ]
  const skipped = findings.skipped.map(({ what, why }) => `skipped: ${what}: ${why}`)
  return tag(
    'testcase',
    { classname: 'lograft.chaos', name: `${scenario} (seed ${run.seed})`, time: seconds([run]) },
    passed
      ? null
      : tag(verdict === 'unknown' ? 'error' : 'failure', { message: because }, lines.join('\n')),
    skipped.length === 0 ? null : tag('system-out', {}, skipped.join('\n')),
  )
}

const seconds = (runs: readonly Results[]) =>
  (runs.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1_000).toFixed(1)
