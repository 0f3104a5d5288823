/**
 * Topics and partitions as the administration tells of them, and the states in which they are
 * found: from the image alone. Pure.
 */
import type { NodeId } from '../../base/ids.ts'
import { effectiveMinIsr } from '../../controller/partition-change-builder.ts'
import { minIsrOf } from '../../controller/partition-control.ts'
import { isReassigning } from '../../controller/reassignment.ts'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { MetadataImage } from '../../metadata/image.ts'
import { originalReplicas } from '../../metadata/image/topics.ts'
import type { PartitionRegistration, TopicImage } from '../../metadata/image/topics.ts'
import { isInternalTopic } from '../../metadata/internal-topics.ts'
import { NO_LEADER } from '../../metadata/records.ts'
import { partitionOf } from './described.ts'

const { PartitionHealth } = lograft.admin.v1

/** A partition where it stands. */
export interface PlacedPartition {
  readonly topic: TopicImage
  readonly index: number
  readonly registration: PartitionRegistration
}

const isUnderReplicated = ({ isr, replicas }: PartitionRegistration) => isr.length < replicas.length
const isOffline = ({ leader }: PartitionRegistration) => leader === NO_LEADER

export function topicSummary({ name, topicId, partitions }: TopicImage) {
  const [first] = partitions
  return {
    ...{ name, topicId, partitions: partitions.length },
    replicationFactor: first === undefined ? 0 : originalReplicas(first).length,
    underReplicatedPartitions: partitions.filter(isUnderReplicated).length,
    offlinePartitions: partitions.filter(isOffline).length,
    internal: isInternalTopic(name),
  }
}

export function partitionDescription({ topic, index, registration }: PlacedPartition) {
  return partitionOf({ topic: topic.name, partition: index }, registration)
}

/** By the number of a `PartitionHealth`, whether a partition is in that state. */
export const HEALTH: Readonly<
  Record<number, (placed: PlacedPartition, image: MetadataImage) => boolean>
> = {
  [PartitionHealth.PARTITION_HEALTH_UNDER_REPLICATED]: ({ registration }) =>
    isUnderReplicated(registration),
  [PartitionHealth.PARTITION_HEALTH_UNDER_MIN_ISR]: ({ topic, registration }, image) =>
    registration.isr.length < effectiveMinIsr(minIsrOf(image, topic.name), registration),
  [PartitionHealth.PARTITION_HEALTH_OFFLINE]: ({ registration }) => isOffline(registration),
  [PartitionHealth.PARTITION_HEALTH_REASSIGNING]: ({ registration }) => isReassigning(registration),
  [PartitionHealth.PARTITION_HEALTH_NOT_PREFERRED]: ({ registration }) =>
    !isOffline(registration) && registration.leader !== registration.replicas[0],
}

/** Partitions of these topics, in order, from the first of `fromTopic` on. */
export function* partitionsOf(
  topics: Iterable<TopicImage>,
  fromTopic: string,
): Generator<PlacedPartition> {
  for (const topic of topics) {
    if (topic.name < fromTopic) continue
    for (const [index, registration] of topic.partitions.entries())
      yield { topic, index, registration }
  }
}

export interface ClusterCounts {
  readonly partitions: number
  readonly underReplicated: number
  readonly offline: number
  readonly leaders: ReadonlyMap<NodeId, number>
  readonly replicas: ReadonlyMap<NodeId, number>
}

/** Counts every partition: made once for each image of the topics. */
const counted = new WeakMap<MetadataImage['topics'], ClusterCounts>()

export function clusterCounts({ topics }: MetadataImage): ClusterCounts {
  const known = counted.get(topics)
  if (known !== undefined) return known
  const leaders = new Map<NodeId, number>()
  const replicas = new Map<NodeId, number>()
  const count = (of: Map<NodeId, number>, id: NodeId) => of.set(id, (of.get(id) ?? 0) + 1)
  let [partitions, underReplicated, offline] = [0, 0, 0]
  for (const { registration } of partitionsOf(topics.byName.values(), '')) {
    partitions += 1
    if (isUnderReplicated(registration)) underReplicated += 1
    if (registration.leader === NO_LEADER) offline += 1
    else count(leaders, registration.leader)
    for (const id of registration.replicas) count(replicas, id)
  }
  const counts = { partitions, underReplicated, offline, leaders, replicas }
  counted.set(topics, counts)
  return counts
}
