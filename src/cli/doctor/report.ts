/**
 * Findings as people and scripts read them: the worst first. Without a majority of controllers it
 * believes what answers more than metadata. Pure.
 */
import { countOf } from '../table.ts'
import type { Finding, Verdict } from './finding.ts'
import { isLost, type Readings, type TopicReading } from './readings.ts'
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
export function examine(gathered: Readings): readonly Finding[] {
  const readings = isLost(gathered.quorum) ? asItIsNow(gathered) : gathered
  const findings = [
    ...checkBrokers(readings),
    ...checkQuorum(readings),
    ...checkTopics(readings),
    ...checkStorage(readings),
  ]
  return ORDER.flatMap((verdict) => findings.filter((finding) => finding.verdict === verdict))
}

/**
 * Without a majority of controllers nobody notes who has gone: metadata tell of leaders and
 * replicas in sync that are there no more.
 */
function asItIsNow(readings: Readings): Readings {
  const { brokers, topics } = readings
  const silent = new Set(
    brokers.filter(({ reached }) => reached.by === 'nobody').map(({ nodeId }) => nodeId),
  )
  const partitions = (all: TopicReading['partitions']) =>
    all.map(({ leader, isr, ...rest }) => ({
      ...rest,
      leader: leader === null || silent.has(leader) ? null : leader,
      isr: isr.filter((nodeId) => !silent.has(nodeId)),
    }))
  return {
    ...readings,
    topics: topics.map((topic) => ({ ...topic, partitions: partitions(topic.partitions) })),
  }
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
