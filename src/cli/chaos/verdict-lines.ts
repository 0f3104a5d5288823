/** What is printed of a run that ended: a line, and below it what was wrong. Pure. */
import { count, countOf, duration } from '../../chaos/report/words.ts'
import type { Results } from '../../chaos/report/results.ts'

const ANOMALIES_SHOWN = 5
const UNKNOWNS_SHOWN = 5

/** `report`: where its page is. */
export function verdictLines(results: Results, report: string): readonly string[] {
  const { word, scenario, seed, because, findings, faults, passed } = results
  const { records, unavailability, anomalies, unknowns, skipped, counts } = findings
  const made = Object.values(faults).reduce((sum, times) => sum + times, 0)
  const longest =
    unavailability.count === 0 ? 'no gap' : `longest gap ${duration(unavailability.max)}`
  const facts = `${countOf(records.ok, 'record')}, ${countOf(made, 'fault')}, ${longest}`
  const total = Object.values(counts).reduce((sum, times) => sum + times, 0)
  const more = total - Math.min(anomalies.length, ANOMALIES_SHOWN)
  return [
    `${word.toLowerCase().padEnd(10)} ${scenario.padEnd(20)} seed ${seed}  ${facts}`,
    ...(passed ? [] : [`  ${because}`]),
    ...anomalies.slice(0, ANOMALIES_SHOWN).map(({ kind, sentence }) => `  ${kind}: ${sentence}`),
    ...(more > 0 ? [`  … and ${count(more)} more`] : []),
    ...unknowns.slice(0, UNKNOWNS_SHOWN).map((sentence) => `  unknown: ${sentence}`),
    ...skipped.map(({ what, why }) => `  skipped ${what}: ${why}`),
    `  ${report}`,
  ]
}

/** The last line of several runs. */
export function sumOf(results: readonly Results[]): string {
  const passed = results.filter((one) => one.passed).length
  return `${passed} passed, ${results.length - passed} failed`
}
