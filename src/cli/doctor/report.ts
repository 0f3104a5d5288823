/** Findings as people and scripts read them: the worst first. Pure. */
import { countOf } from '../table.ts'
import type { Finding, Verdict } from './finding.ts'
import type { Readings } from './readings.ts'
import { checkBrokers } from './checks/brokers.ts'
import { checkQuorum } from './checks/quorum.ts'
import { checkStorage } from './checks/storage.ts'
import { checkTopics } from './checks/topics.ts'

const ORDER: readonly Verdict[] = ['problem', 'warning', 'unknown', 'ok']

const WORDS: Readonly<Record<Verdict, string>> = {
  problem: 'PROBLEM',
  warning: 'WARNING',
  unknown: 'unknown',
  ok: 'ok',
}

/** All that there is to say, the worst first. */
export function examine(readings: Readings): readonly Finding[] {
  const findings = [
    ...checkBrokers(readings),
    ...checkQuorum(readings),
    ...checkTopics(readings),
    ...checkStorage(readings),
  ]
  return ORDER.flatMap((verdict) => findings.filter((finding) => finding.verdict === verdict))
}

/** `healthy`: no problem; a warning is none. */
export const isHealthy = (findings: readonly Finding[]) =>
  findings.every(({ verdict }) => verdict !== 'problem')

const INDENT = ' '.repeat(9)

export function printReport(findings: readonly Finding[]): string {
  const lines = findings.map(({ verdict, says, means, next }) => {
    const more = [means, next && `→ ${next}`].flatMap((line) =>
      line ? [`${INDENT}${line}\n`] : [],
    )
    return `${WORDS[verdict].padEnd(INDENT.length)}${says}\n${more.join('')}`
  })
  const count = (wanted: Verdict) => findings.filter(({ verdict }) => verdict === wanted).length
  const summary = `${countOf(count('problem'), 'problem')}, ${countOf(count('warning'), 'warning')}`
  return `${lines.join('')}\n${summary}\n`
}
