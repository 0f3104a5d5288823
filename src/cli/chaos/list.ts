/** What `lograft chaos list` does: the default suite, by what each of it shows. */
import type { Scenario } from '../../chaos/api.ts'
import { Output } from '../output.ts'
import { loadScenario, NOT_IN_SUITE, SHORT_SUITE, suiteNames } from './scenarios.ts'

export async function list({ json }: { readonly json?: true }): Promise<void> {
  const scenarios = await Promise.all(suiteNames().map(loadScenario))
  const output = new Output()
  const rows = scenarios.map(described)
  if (json) return void (await output.printJson({ scenarios: rows }))
  const lines = rows.map(
    ({ name, claim, seconds, workloads, needs, isInSuite, isInShort }) =>
      `${name}\n  ${claim}\n  ${[
        `${seconds} s`,
        workloads.join(', '),
        ...(needs.length > 0 ? [`needs ${needs.join(', ')}`] : []),
        ...(isInShort ? ['in --short'] : isInSuite ? [] : ['only when named']),
      ].join('; ')}\n`,
  )
  await output.print(lines.join('\n'))
}

function described(scenario: Scenario) {
  const { name, claim, seconds, workloads = ['idempotent'] } = scenario
  return {
    ...{ name, claim, seconds, needs: needsOf(scenario) },
    workloads: workloads.map((one) => (typeof one === 'string' ? one : one.workload)),
    isInSuite: !NOT_IN_SUITE.has(name),
    isInShort: SHORT_SUITE.includes(name),
  }
}
