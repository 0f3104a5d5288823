/**
 * Which topics a workload reads and writes: those of the scenario that are of its kind, or its own.
 * Pure.
 */
import type { WorkloadName } from '../api.ts'
import type { Lane } from '../clients/protocol.ts'
import type { TopicPlan } from './workload.ts'

type Kind = 'plain' | 'compacted' | 'retained'

const KIND_OF: Readonly<Record<WorkloadName, Kind | null>> = {
  queue: 'plain',
  idempotent: 'plain',
  groups: 'plain',
  compacted: 'compacted',
  retention: 'retained',
  // It makes its own, and deletes them.
  metadata: null,
}

/** Of workloads whose topics the scenario does not name. Small, so that there is much to remove. */
const OWN_TOPICS: Readonly<Record<Kind, Pick<TopicPlan, 'name' | 'partitions' | 'config'>>> = {
  plain: { name: 'orders', partitions: 6, config: {} },
  compacted: {
    ...{ name: 'latest', partitions: 3 },
    config: {
      'cleanup.policy': 'compact',
      'segment.bytes': '65536',
      'min.cleanable.dirty.ratio': '0.01',
      'delete.retention.ms': '60000',
    },
  },
  retained: {
    ...{ name: 'recent', partitions: 3 },
    config: { 'segment.bytes': '65536', 'retention.bytes': '524288' },
  },
}

export const isCompacted = ({ config }: Pick<TopicPlan, 'config'>): boolean =>
  config['cleanup.policy']?.includes('compact') === true

function kindOf(topic: TopicPlan): Kind {
  if (isCompacted(topic)) return 'compacted'
  return 'retention.bytes' in topic.config || 'retention.ms' in topic.config ? 'retained' : 'plain'
}

/** What the scenario names, and what its workloads need beside that. */
export function planTopics(
  workloads: readonly WorkloadName[],
  named: readonly TopicPlan[],
  { replicationFactor }: { readonly replicationFactor: number },
): readonly TopicPlan[] {
  const plans = [...named]
  for (const workload of workloads) {
    const kind = KIND_OF[workload]
    if (kind === null || plans.some((plan) => kindOf(plan) === kind)) continue
    plans.push({ ...OWN_TOPICS[kind], replicationFactor })
  }
  return plans
}

/** The partitions a workload uses. Throws when there is none. */
export function lanesOf(workload: WorkloadName, topics: readonly TopicPlan[]): readonly Lane[] {
  const kind = KIND_OF[workload]
  const lanes = topics
    .filter((topic) => kindOf(topic) === kind)
    .flatMap(({ name, partitions }) =>
      Array.from({ length: partitions }, (_, partition) => ({ topic: name, partition })),
    )
  if (lanes.length === 0)
    throw new Error(`the workload ${workload} needs a topic that is ${kind ?? 'its own'}: name one`)
  return lanes
}
