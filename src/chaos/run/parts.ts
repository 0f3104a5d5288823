/**
 * What a run is made of, from what its scenario says and from what it left open: workloads, topics,
 * the first event of its history. Pure.
 */
import { VERSION } from '../../version.ts'
import type { ClientName, Scenario, Step, WorkloadName } from '../api.ts'
import { CLIENTS } from '../clients/available.ts'
import { parseSelector, partitionsIn, type PartitionName } from '../faults/selectors.ts'
import type { RunEvent } from '../history/events.ts'
import { isCompacted, planTopics } from '../workloads/topics.ts'
import type { TopicPlan } from '../workloads/workload.ts'
import { namedTopics } from './topics.ts'

/** Records a second of all clients of a workload; what two cores take beside three brokers. */
const RATE = 200
const REPLICAS = 3

export interface WorkloadPlan {
  readonly workload: WorkloadName
  readonly clients: readonly ClientName[]
  readonly rate: number
  readonly acks: -1 | 1
}

export function workloadPlans({ workloads = ['idempotent'] }: Scenario): readonly WorkloadPlan[] {
  return workloads.map((one) => {
    const said = typeof one === 'string' ? { workload: one } : one
    return { clients: CLIENTS, rate: RATE, acks: -1, ...said }
  })
}

export const brokersOf = ({ brokers = 3 }: Scenario): number => brokers

/** The topics of a cluster of so many nodes. */
export function topicPlans(
  scenario: Scenario,
  workloads: readonly WorkloadPlan[],
  nodes: number,
): readonly TopicPlan[] {
  const replicationFactor = Math.min(REPLICAS, Math.max(nodes, 1))
  const names = workloads.map(({ workload }) => workload)
  return planTopics(names, namedTopics(scenario, replicationFactor), { replicationFactor })
}

/**
 * What steps name and a run on brokers of its own will not have: a misspelt topic, a partition too
 * many. Of topics with two underscores (`__consumer_offsets`) nobody knows before.
 */
export function strangePartitions(
  steps: readonly Step[],
  topics: readonly TopicPlan[],
): readonly string[] {
  const named = steps.flatMap((step): readonly PartitionName[] => {
    if ('on' in step) return partitionsIn(parseSelector(step.on))
    return step.fault === 'reassign' ? [{ topic: step.topic, partition: null }] : []
  })
  const isThere = ({ topic, partition }: PartitionName) =>
    topic.startsWith('__') ||
    topics.some(({ name, partitions }) => name === topic && (partition ?? 0) < partitions)
  const strange = named.filter((one) => !isThere(one))
  return [...new Set(strange.map(({ topic, partition }) => `${topic}-${partition ?? '*'}`))]
}

export interface Circumstances {
  readonly seed: number
  /** Where it takes place, for people. */
  readonly target: string
  readonly startedAt: string
  readonly nodes: readonly number[]
  readonly plans: readonly TopicPlan[]
  readonly workloads: readonly WorkloadPlan[]
  /** How many faults are to be made. */
  readonly steps: number
}

/** The first event of a history. */
export function runEvent(
  { name, claim, expect = 'valid', mustFind }: Scenario,
  { plans, workloads, ...circumstances }: Circumstances,
): RunEvent {
  const topics = plans.map((plan) => {
    const { partitions, replicationFactor } = plan
    return [plan.name, { partitions, replicationFactor, compacted: isCompacted(plan) }] as const
  })
  return {
    ...{ type: 'run', version: VERSION, scenario: name, claim, expect, ...circumstances },
    topics: Object.fromEntries(topics),
    workloads: workloads.map(({ workload }) => workload),
    ...(mustFind && { mustFind }),
  }
}
