/**
 * The process that makes load, so that it and the broker have a core each. It runs one plan after
 * another as its parent sends them (load.ts) and stays warm in between: both sides of a comparison
 * are driven by the same compiled code.
 */
import { asError } from '../src/base/errors.ts'
import { runFetches } from '../src/cli/bench/fetch-load.ts'
import type { LoadResult } from '../src/cli/bench/load-result.ts'
import { runRequests } from '../src/cli/bench/request-load.ts'
import type { RequestSource } from '../src/cli/bench/request-sender.ts'
import {
  apiVersionsSource,
  batchOf,
  metadataSource,
  produceSource,
} from '../src/cli/bench/requests.ts'
import { commitSource } from './commit-source.ts'
import { runEndToEnd } from './end-to-end.ts'
import { runFollowing } from './following-load.ts'
import type { AskPlan, LoadPlan, LoadReply, ProducePlan } from './load-plan.ts'

function run(plan: LoadPlan): Promise<LoadResult> {
  if (plan.type === 'fetch') return runFetches(plan.sources, plan)
  if (plan.type === 'end-to-end') return runEndToEnd(plan)
  if (plan.type === 'following') return runFollowing(plan)
  if (plan.type === 'commit') return runRequests(plan.committers.map(commitSource), plan)
  return runRequests(sourcesOf(plan), plan)
}

function sourcesOf(plan: ProducePlan | AskPlan): readonly RequestSource[] {
  const { address, topic, connections } = plan
  const each = (source: (partition: number) => RequestSource) =>
    Array.from({ length: connections }, (_, partition) => source(partition))
  if (plan.type !== 'produce')
    return each(() =>
      plan.type === 'metadata' ? metadataSource(address, topic) : apiVersionsSource(address),
    )
  const batch = batchOf(plan.recordBytes, plan.batchBytes)
  return each((partition) => produceSource({ address, topic, partition }, batch, plan.acks))
}

process.on('message', (plan: LoadPlan) => {
  const reply = (message: LoadReply) => process.send?.(message)
  run(plan).then(
    (result) => reply({ result }),
    (thrown: unknown) => reply({ error: asError(thrown).stack ?? asError(thrown).message }),
  )
})
process.on('disconnect', () => process.exit())
