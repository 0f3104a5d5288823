/**
 * A leader's wish for another ISR, as a compare-and-set: it names the leader epoch and the
 * partition epoch that it saw, and nothing is changed unless both are the present ones (KIP-497,
 * KIP-841, KIP-903). The checks and their order are Kafka's; a leader decides by the error whether
 * its wish was provably not granted. That is so for the request that is answered; where the leader
 * says that an earlier one may still arrive, a refusal raises the partition epoch, so that none can
 * be granted any more (S13). Pure.
 */
import type { MetadataImage } from '../metadata/image.ts'
import { isActive } from '../metadata/image/cluster.ts'
import type { PartitionRegistration, TopicImage } from '../metadata/image/topics.ts'
import { applyEntry } from '../metadata/delta.ts'
import type { PartitionChangeRecord } from '../metadata/records.ts'
import { errors } from '../wire/errors.ts'
import { requireBroker } from './cluster-control.ts'
import { rulesOf } from './partition-control.ts'
import { buildPartitionChange } from './partition-change-builder.ts'
import type { AlterablePartition, AlterPartitionRequest, AlterPartitionResult } from './requests.ts'
import type { CommandResult, Fault } from './result.ts'
import { fault } from './result.ts'

/**
 * STALE_BROKER_EPOCH for the request as a whole. For each partition: UNKNOWN_TOPIC_ID,
 * UNKNOWN_TOPIC_OR_PARTITION, NOT_CONTROLLER (the sender knows more than this controller),
 * FENCED_LEADER_EPOCH, INVALID_REQUEST, INVALID_UPDATE_VERSION, INELIGIBLE_REPLICA; and
 * NEW_LEADER_ELECTED, where the wish was granted and somebody else leads now.
 */
export function alterPartition(
  image: MetadataImage,
  request: AlterPartitionRequest,
): CommandResult<readonly AlterPartitionResult[]> {
  requireBroker(image, request)
  const records: PartitionChangeRecord[] = []
  const faults = new Map<AlterablePartition, Fault>()
  for (const wanted of request.partitions) {
    const change = decide(image, request, wanted)
    if (change !== null && 'code' in change) {
      faults.set(wanted, change)
      if (change.code === 'INELIGIBLE_REPLICA' && wanted.isAskedAgain) records.push(same(wanted))
    } else if (change !== null) records.push(change)
  }
  const { metadataOffset: offset, controllerEpoch: epoch } = image
  const after = applyEntry(image, { offset, epoch, records })
  return {
    records,
    reply: request.partitions.map((wanted) => answer(after, request, wanted, faults.get(wanted))),
    // Each partition is on its own.
    atomic: false,
  }
}

/** The change, null when it is as wished already, or why not. */
function decide(
  image: MetadataImage,
  request: AlterPartitionRequest,
  wanted: AlterablePartition,
): PartitionChangeRecord | Fault | null {
  const topic = image.topics.byId.get(wanted.topicId)
  if (topic === undefined) return fault('UNKNOWN_TOPIC_ID', 'no topic has this id')
  const was = topic.partitions[wanted.partition]
  if (was === undefined) return fault('UNKNOWN_TOPIC_OR_PARTITION', 'no such partition')
  return (
    checkEpochs(was, request, wanted) ??
    checkIsr(image, was, wanted) ??
    change(image, topic, was, wanted)
  )
}

function checkEpochs(
  was: PartitionRegistration,
  { nodeId }: AlterPartitionRequest,
  { leaderEpoch, partitionEpoch }: AlterablePartition,
): Fault | null {
  if (leaderEpoch > was.leaderEpoch)
    return fault('NOT_CONTROLLER', `leader epoch ${leaderEpoch} is not known here yet`)
  if (partitionEpoch > was.partitionEpoch)
    return fault('NOT_CONTROLLER', `partition epoch ${partitionEpoch} is not known here yet`)
  if (leaderEpoch < was.leaderEpoch)
    return fault('FENCED_LEADER_EPOCH', `the leader epoch is ${was.leaderEpoch}`)
  if (was.leader !== nodeId)
    return fault('INVALID_REQUEST', `node ${was.leader} leads, not node ${nodeId}`)
  if (partitionEpoch < was.partitionEpoch)
    return fault('INVALID_UPDATE_VERSION', `the partition epoch is ${was.partitionEpoch}`)
  return null
}

function checkIsr(
  image: MetadataImage,
  { replicas, leader, isr: members }: PartitionRegistration,
  { isr }: AlterablePartition,
): Fault | null {
  const ids = isr.map(({ nodeId }) => nodeId)
  const isSubset = new Set(ids).size === ids.length && ids.every((id) => replicas.includes(id))
  if (ids.length === 0 || !isSubset)
    return fault('INVALID_REQUEST', 'the ISR is some of the replicas, each once')
  if (!ids.some((id) => id === leader))
    return fault('INVALID_REQUEST', 'the leader is a member of the ISR')
  for (const { nodeId, brokerEpoch } of isr) {
    const broker = image.brokers.get(nodeId)
    if (!isActive(broker)) return fault('INELIGIBLE_REPLICA', `broker ${nodeId} is not in service`)
    // -1: the leader has not heard of it in this epoch. Kafka takes that of anybody, for the sake
    // of older brokers; here it is true only of who is a member already.
    const isSilent = brokerEpoch === -1 && members.includes(nodeId)
    if (!isSilent && brokerEpoch !== broker?.brokerEpoch)
      return fault(
        'INELIGIBLE_REPLICA',
        `broker ${nodeId} is in epoch ${broker?.brokerEpoch}, not ${brokerEpoch}`,
      )
  }
  return null
}

/** Changes nothing but the partition epoch. */
function same({ topicId, partition }: AlterablePartition): PartitionChangeRecord {
  return { type: 'PartitionChange', topicId, partition }
}

function change(
  image: MetadataImage,
  topic: TopicImage,
  was: PartitionRegistration,
  { topicId, partition, isr }: AlterablePartition,
): PartitionChangeRecord | null {
  const wanted = isr.map(({ nodeId }) => nodeId)
  return buildPartitionChange(
    { topicId, partition },
    was,
    // In the order of preference, whatever order the leader names them in.
    { isr: was.replicas.filter((id) => wanted.includes(id)), election: 'online' },
    rulesOf(image, topic.name),
  )
}

function answer(
  after: MetadataImage,
  { nodeId }: AlterPartitionRequest,
  { topicId, partition }: AlterablePartition,
  why: Fault | undefined,
): AlterPartitionResult {
  if (why) return { topicId, partition, errorCode: errors[why.code], errorMessage: why.message }
  const now = after.topics.byId.get(topicId)?.partitions[partition]
  if (now === undefined) throw new Error('a partition that was changed is there')
  const { leader, leaderEpoch, isr, partitionEpoch } = now
  // The wish was granted, and ended a reassignment that takes the sender's leadership.
  if (leader !== nodeId) {
    const errorMessage = 'the reassignment is complete; another replica leads'
    return { topicId, partition, errorCode: errors.NEW_LEADER_ELECTED, errorMessage }
  }
  return {
    ...{ topicId, partition, errorCode: errors.NONE },
    ...{ leader, leaderEpoch, isr, partitionEpoch },
  }
}
