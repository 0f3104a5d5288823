/** Writes down who leads what, who is in sync and who the controller is, as brokers tell it. */
import type { Target } from '../cluster/target.ts'
import { ClusterView, type PartitionView } from '../cluster/view.ts'
import type { HistoryEvent } from '../history/events.ts'
import type { TopicPlan } from '../workloads/workload.ts'

export interface WatchOptions {
  readonly plans: readonly TopicPlan[]
  readonly nowMs: () => number
  readonly write: (event: HistoryEvent) => void
}

export function openView(target: Target, { plans, nowMs, write }: WatchOptions): ClusterView {
  const told = ({ topic, partition, leader, leaderEpoch, isr }: PartitionView, atMs: number) =>
    write({ type: 'leader', atMs, topic, partition, leader, leaderEpoch, isr })
  return new ClusterView({
    topics: plans.map(({ name }) => name),
    doors: new Map(target.nodes.flatMap(({ id, kafka }) => (kafka ? [[id, kafka] as const] : []))),
    nowMs,
    onLeader: (view, _by, atMs) => told(view, atMs),
    onIsr: (view, atMs) => told(view, atMs),
    onController: ({ leader }, atMs) => write({ type: 'controller', atMs, node: leader }),
  })
}
