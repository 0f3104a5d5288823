/** Asks what was loaded into a node for its counts: a signal there, one line of JSON back. */
import type { ProcessNode } from '../src/chaos/cluster/process-node.ts'
import { eventually } from '../test/support/within.ts'

const ANSWER_MS = 10_000

/** Resolves with what it answers. */
export async function askProbe<Counts>(node: ProcessNode): Promise<Counts> {
  const answers = () => [...node.output.matchAll(/^probe (\{.*\})$/gm)]
  const before = answers().length
  node.signal('SIGUSR2')
  const answer = await eventually(ANSWER_MS, 'the answer of the probe', () => {
    const all = answers()
    return all.length > before ? (all.at(-1)?.[1] ?? null) : null
  })
  return JSON.parse(answer) as Counts
}
