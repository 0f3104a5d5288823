/**
 * What Metadata, DescribeCluster and DescribeTopicPartitions say alike of brokers and partitions.
 * From the published image alone.
 */
import type { NodeId } from '../base/ids.ts'
import type { MetadataImage } from '../metadata/image.ts'
import type { TopicImage } from '../metadata/image/topics.ts'
import { NO_LEADER } from '../metadata/records.ts'
import { topicNameFault } from '../controller/topic-control.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'

/** The brokers that clients can use. */
export function liveBrokers(image: MetadataImage) {
  return [...image.brokers.values()].filter(({ fenced }) => !fenced)
}

/** A partition for whoever wants to read or write it. */
export function describePartition(topic: TopicImage, index: number, { brokers }: MetadataImage) {
  const registration = topic.partitions[index]
  if (!registration) throw new Error(`${topic.name} has no partition ${index}`)
  const { leader, leaderEpoch, replicas, isr } = registration
  const isLive = (id: NodeId) => brokers.get(id)?.fenced === false
  // A leader that clients cannot find among the brokers is none.
  const reachable = leader !== NO_LEADER && isLive(leader)
  return {
    errorCode: reachable ? errors.NONE : errors.LEADER_NOT_AVAILABLE,
    partitionIndex: index,
    leaderId: reachable ? leader : NO_LEADER,
    leaderEpoch,
    replicaNodes: [...replicas],
    isrNodes: [...isr],
    offlineReplicas: replicas.filter((id) => !isLive(id)),
  }
}

/** Why a topic of this name is not described: it is unknown, or could not even be. */
export function absence(name: string): ErrorCode {
  return topicNameFault(name) === null
    ? errors.UNKNOWN_TOPIC_OR_PARTITION
    : errors.INVALID_TOPIC_EXCEPTION
}
