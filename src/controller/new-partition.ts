/**
 * How a partition begins, whether its topic is new or grows: which brokers may have it, what an
 * assignment by hand must be, and the record. Pure.
 */
import type { NodeId, TopicId } from '../base/ids.ts'
import { asNodeId } from '../base/ids.ts'
import type { MetadataImage } from '../metadata/image.ts'
import type { BrokerRegistration } from '../metadata/image/cluster.ts'
import { isActive } from '../metadata/image/cluster.ts'
import type { PartitionRecord } from '../metadata/records.ts'
import { NO_LEADER } from '../metadata/records.ts'

/**
 * Those that new replicas may be placed on: also who is down, however it went, but not who is about
 * to go.
 */
export function usableBrokers({ brokers }: MetadataImage): readonly BrokerRegistration[] {
  return [...brokers.values()].filter((broker) => broker.fenced || !broker.inControlledShutdown)
}

/** What is wrong with replicas assigned by hand, or null. */
export function assignmentFault(
  image: MetadataImage,
  brokerIds: readonly number[],
  replicationFactor: number,
): string | null {
  if (brokerIds.length === 0) return 'no replica is assigned'
  if (new Set(brokerIds).size !== brokerIds.length) return 'a broker is assigned twice'
  const unknown = brokerIds.find((id) => !image.brokers.has(asNodeId(id)))
  if (unknown !== undefined) return `broker ${unknown} is not registered`
  if (brokerIds.length !== replicationFactor)
    return `${brokerIds.length} replicas, where partition 0 has ${replicationFactor}`
  if (!brokerIds.some((id) => isActive(image.brokers.get(asNodeId(id)))))
    return 'none of the assigned brokers is in service'
  return null
}

/** In sync are the replicas in service; the first of them leads. Both epochs begin at 0. */
export function newPartition(
  image: MetadataImage,
  at: { topicId: TopicId; partition: number; replicas: readonly NodeId[] },
): PartitionRecord {
  const isr = at.replicas.filter((id) => isActive(image.brokers.get(id)))
  return {
    type: 'Partition',
    ...at,
    isr,
    elr: [],
    leader: isr[0] ?? NO_LEADER,
    leaderEpoch: 0,
    partitionEpoch: 0,
    addingReplicas: [],
    removingReplicas: [],
    lastKnownElr: [],
  }
}

/** How often each key occurs: what a request names twice is refused. */
export function countBy<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1)
  return counts
}
