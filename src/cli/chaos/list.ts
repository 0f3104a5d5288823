/** What `lograft chaos list` does: the default suite, by what each of it shows. */
import type { Scenario } from '../../chaos/api.ts'
import { needsOf } from '../../chaos/faults/kinds.ts'
import { stepsOf } from '../../chaos/faults/schedule.ts'
import type { Output } from '../output.ts'
import { DONE } from '../session.ts'
import { withChaos } from './session.ts'
import { loadScenario, NOT_IN_SUITE, SHORT_SUITE, suiteNames } from './scenarios.ts'

const LONG_MS = 3_600_000

export async function list(flags: { readonly json?: true }): Promise<void> {
  await withChaos(({ output }) => print(output, flags))
}

async function print(output: Output, { json }: { readonly json?: true }): Promise<number> {
  const scenarios = await Promise.all(suiteNames().map(loadScenario))
  const rows = scenarios.map(described)
  if (json) {
    await output.printJson({ scenarios: rows })
    return DONE
  }
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
  return DONE
}

function described(scenario: Scenario) {
  const { name, claim, seconds, workloads = ['idempotent'] } = scenario
  return {
    ...{ name, claim, seconds, needs: needsOfScenario(scenario) },
    workloads: workloads.map((one) => (typeof one === 'string' ? one : one.workload)),
    isInSuite: !NOT_IN_SUITE.has(name),
    isInShort: SHORT_SUITE.includes(name),
  }
}

/** What the faults of one schedule need; a long one, so that all kinds of it are drawn. */
function needsOfScenario(scenario: Scenario): readonly string[] {
  const steps = stepsOf(scenario, { seed: 1, durationMs: LONG_MS })
  return [...new Set(steps.flatMap(({ fault }) => needsOf(fault)))].sort()
}
