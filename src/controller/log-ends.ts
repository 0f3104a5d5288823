/**
 * Partitions of which nobody is known to hold everything, because power was cut from the last that
 * did (SAFETY S11). Their replicas tell how far their logs reach; the one that reaches farthest
 * leads, when all have told, or after a bounded wait those of whom one was among the last. Soft
 * state of the active controller: the next one is told again. Pure.
 */
import type { NodeId, TopicId } from '../base/ids.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { isActive } from '../metadata/image/cluster.ts'
import type { PartitionRegistration } from '../metadata/image/topics.ts'
import { isLost } from '../metadata/image/topics.ts'
import type { PartitionChangeRecord } from '../metadata/records.ts'
import { buildPartitionChange } from './partition-change-builder.ts'
import { rulesOf } from './partition-control.ts'
import type { LogEnd, LogEndsRequest } from './requests.ts'

export interface PartitionId {
  readonly topicId: TopicId
  readonly partition: number
}

interface Told extends Pick<LogEnd, 'partitionEpoch' | 'lastEpoch' | 'logEndOffset'> {
  readonly nodeId: NodeId
  readonly brokerEpoch: number
}

export const keyOf = ({ topicId, partition }: PartitionId) => `${topicId} ${partition}`

export class LogEnds {
  /** By partition, then by replica; of lost partitions only. */
  readonly #told = new Map<string, Map<NodeId, Told>>()
  /** Partitions that have waited long enough for all of their replicas. */
  readonly #overdue = new Set<string>()

  /** What a registered broker tells. What is not lost, or not its own, is of no interest. */
  tell(image: MetadataImage, { nodeId, brokerEpoch, partitions }: LogEndsRequest): void {
    for (const { topicId, partition, ...end } of partitions) {
      const registration = lostPartition(image, { topicId, partition })
      if (!registration?.replicas.includes(nodeId)) continue
      const key = keyOf({ topicId, partition })
      const told = this.#told.get(key) ?? new Map<NodeId, Told>()
      this.#told.set(key, told)
      told.set(nodeId, { ...end, nodeId, brokerEpoch })
    }
  }

  /** These have waited long enough: one of the last replicas need not be heard with all others. */
  giveUpWaiting(partitions: readonly PartitionId[]): void {
    for (const at of partitions) this.#overdue.add(keyOf(at))
  }

  /** The elections that can be held among these partitions. */
  elections(
    image: MetadataImage,
    partitions: readonly PartitionId[],
  ): readonly PartitionChangeRecord[] {
    return partitions.flatMap((at) => {
      const key = keyOf(at)
      const was = lostPartition(image, at)
      const topic = image.topics.byId.get(at.topicId)
      if (was === null || topic === undefined) {
        this.#told.delete(key)
        this.#overdue.delete(key)
        return []
      }
      const leader = farthest(this.#valid(image, at, was), was, this.#overdue.has(key))
      if (leader === null) return []
      const { topicId, partition } = at
      const event = { isr: [leader], election: 'online', mayLoseRecords: true } as const
      const rules = rulesOf(image, topic.name)
      return buildPartitionChange({ topicId, partition }, was, event, rules) ?? []
    })
  }

  /** What replicas in service told of the partition as it is now. */
  #valid(image: MetadataImage, at: PartitionId, was: PartitionRegistration): readonly Told[] {
    return [...(this.#told.get(keyOf(at))?.values() ?? [])].filter(
      ({ nodeId, brokerEpoch, partitionEpoch }) => {
        const broker = image.brokers.get(nodeId)
        const isPresent = isActive(broker) && broker?.brokerEpoch === brokerEpoch
        return isPresent && partitionEpoch === was.partitionEpoch && was.replicas.includes(nodeId)
      },
    )
  }
}

/** Every partition of which nobody is known to hold everything. */
export function lostPartitions({ topics }: MetadataImage): readonly PartitionId[] {
  return [...topics.byId.values()].flatMap(({ topicId, partitions }) =>
    partitions.flatMap((was, partition) => (isLost(was) ? [{ topicId, partition }] : [])),
  )
}

/** The partition, if it is one of those. */
export function lostPartition(
  { topics }: MetadataImage,
  { topicId, partition }: PartitionId,
): PartitionRegistration | null {
  const registration = topics.byId.get(topicId)?.partitions[partition]
  return registration && isLost(registration) ? registration : null
}

/**
 * Who of them reaches farthest: the greatest epoch, then the greatest end, then the most preferred.
 * Null while it is too early to say. Without one of the last in sync no wait is long enough: the
 * others may lack much more than the last moments.
 */
function farthest(
  told: readonly Told[],
  { replicas, lastKnownElr }: PartitionRegistration,
  isOverdue: boolean,
): NodeId | null {
  const areAll = replicas.every((id) => told.some(({ nodeId }) => nodeId === id))
  const isOneOfTheLast = told.some(({ nodeId }) => lastKnownElr.includes(nodeId))
  if (!isOneOfTheLast || !(areAll || isOverdue)) return null
  const [first] = [...told].sort(
    (one, other) =>
      other.lastEpoch - one.lastEpoch ||
      other.logEndOffset - one.logEndOffset ||
      replicas.indexOf(one.nodeId) - replicas.indexOf(other.nodeId),
  )
  return first?.nodeId ?? null
}
