/**
 * Where every partition of a cluster is and how large it is, over the Kafka protocol, for the
 * planner.
 */
import { asNodeId } from '../../base/ids.ts'
import type { Cluster } from '../../client/cluster.ts'
import type { ReplicaAdmin, UnderWay } from '../../client/replica-admin.ts'
import { partitionKey } from '../../client/replica-admin.ts'
import type { Layout } from '../../controller/moves.ts'

export interface ClusterLayout extends Layout {
  readonly clusterId: string | null
  readonly topicIds: ReadonlyMap<string, string>
  readonly underWay: readonly UnderWay[]
  /** Bytes of the largest replica; 0 where no broker tells. */
  readonly sizeOf: (topic: string, partition: number) => number
}

export async function clusterLayout(cluster: Cluster, admin: ReplicaAdmin): Promise<ClusterLayout> {
  const underWay = await admin.underWay()
  const { clusterId, brokers, topics } = await cluster.metadata(null)
  const moving = new Set(underWay.map(partitionKey))
  const sizes = new Map<string, number>()
  for (const { nodeId } of brokers) {
    // Sizes are a courtesy: a plan without them is better than none.
    const found = await admin.sizesOn(nodeId, null).catch(() => new Map<string, number>())
    for (const [key, size] of found) sizes.set(key, Math.max(size, sizes.get(key) ?? 0))
  }
  const named = topics.flatMap(({ name, ...topic }) => (name === null ? [] : [{ name, ...topic }]))
  return {
    clusterId,
    underWay,
    topicIds: new Map(named.map(({ name, topicId }) => [name, topicId])),
    sizeOf: (topic, partition) => sizes.get(partitionKey({ topic, partition })) ?? 0,
    // Those that are told of are in service; others are known by their replicas only.
    brokers: brokers.map(({ nodeId, rack }) => ({
      ...{ nodeId: asNodeId(nodeId), rack, inService: true },
    })),
    partitions: named.flatMap(({ name: topic, partitions }) =>
      partitions.map(({ partitionIndex: partition, replicaNodes, leaderId }) => ({
        ...{ topic, partition, replicas: replicaNodes.map(asNodeId), hasLeader: leaderId >= 0 },
        isReassigning: moving.has(partitionKey({ topic, partition })),
      })),
    ),
  }
}
