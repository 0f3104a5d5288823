/**
 * Reassigning replicas (KIP-455): beginning, replacing and cancelling. Each partition is decided on
 * its own and gets Kafka's exact error. What completes a reassignment is in
 * `partition-change-builder.ts`: any later change that finds the replicas in sync. Pure.
 */
import type { NodeId } from '../base/ids.ts'
import { asNodeId } from '../base/ids.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { isActive } from '../metadata/image/cluster.ts'
import type { PartitionRegistration, TopicImage } from '../metadata/image/topics.ts'
import { originalReplicas } from '../metadata/image/topics.ts'
import type { PartitionEvent } from './partition-change-builder.ts'
import { buildPartitionChange } from './partition-change-builder.ts'
import { allowsUnclean, rulesOf } from './partition-control.ts'
import type { Assignment } from './reassignment.ts'
import { cancelled, isReassigning, startOf } from './reassignment.ts'
import type { PartitionResult, Reassignment } from './requests.ts'
import { decideEach, findPartition } from './each-partition.ts'
import type { CommandResult, Fault } from './result.ts'
import { fault } from './result.ts'

/**
 * One result per partition. UNKNOWN_TOPIC_OR_PARTITION, INVALID_REPLICA_ASSIGNMENT,
 * INVALID_REPLICATION_FACTOR, NO_REASSIGNMENT_IN_PROGRESS, INVALID_REQUEST (named twice).
 */
export function alterReassignments(
  image: MetadataImage,
  partitions: readonly Reassignment[],
): CommandResult<readonly PartitionResult[]> {
  return decideEach(partitions, (wanted) => {
    const found = findPartition(image, wanted)
    if ('code' in found) return found
    const { topic, registration } = found
    const { replicas, keepsCount = false } = wanted
    const event =
      replicas === null
        ? cancellation(image, topic, registration)
        : beginning(image, registration, { replicas, keepsCount })
    if ('code' in event) return event
    const at = { topicId: topic.topicId, partition: wanted.partition }
    return buildPartitionChange(at, registration, event, rulesOf(image, topic.name))
  })
}

type Event = PartitionEvent | Fault

function beginning(
  image: MetadataImage,
  was: PartitionRegistration,
  { replicas, keepsCount }: { replicas: readonly number[]; keepsCount: boolean },
): Event {
  const message = targetFault(image, replicas)
  if (message !== null) return fault('INVALID_REPLICA_ASSIGNMENT', message)
  const count = originalReplicas(was).length
  if (keepsCount && replicas.length !== count)
    return fault(
      'INVALID_REPLICATION_FACTOR',
      `the replication factor would change from ${count} to ${replicas.length}`,
    )
  const assignment = startOf(was, replicas.map(asNodeId))
  if (isHeld(image, was, assignment)) return { assignment, election: 'online' }
  return fault(
    'INVALID_REPLICA_ASSIGNMENT',
    'it would drop the only replicas that have everything: those that are being added',
  )
}

/** What is wrong with the replicas that are wanted, or null. They need not be in service. */
function targetFault({ brokers }: MetadataImage, ids: readonly number[]): string | null {
  if (ids.length === 0) return 'no replica is assigned'
  if (new Set(ids).size !== ids.length) return 'a broker is assigned twice'
  const unknown = ids.find((id) => id < 0 || !brokers.has(asNodeId(id)))
  return unknown === undefined ? null : `broker ${unknown} is not registered`
}

function cancellation(image: MetadataImage, topic: TopicImage, was: PartitionRegistration): Event {
  if (!isReassigning(was))
    return fault('NO_REASSIGNMENT_IN_PROGRESS', 'nothing is being reassigned')
  const assignment = cancelled(was)
  if (assignment.replicas.length === 0)
    return fault('INVALID_REPLICA_ASSIGNMENT', 'every replica is being added')
  if (isHeld(image, was, assignment)) return { assignment, election: 'online' }
  if (allowsUnclean(image, topic.name)) return { assignment, election: 'unclean' }
  return fault(
    'INVALID_REPLICA_ASSIGNMENT',
    'none of the original replicas is in sync: it would take an unclean election',
  )
}

/**
 * Who has everything, or most, is not given up for those who have not; and a partition that is led
 * stays led.
 */
function isHeld(
  { brokers }: MetadataImage,
  { isr, elr, lastKnownElr }: PartitionRegistration,
  { replicas }: Assignment,
): boolean {
  const stays = (id: NodeId) => replicas.includes(id)
  if (isr.some(stays)) return true
  if (isr.length > 0) return elr.some((id) => stays(id) && isActive(brokers.get(id)))
  const holders = elr.length > 0 ? elr : lastKnownElr
  return holders.length === 0 || holders.some(stays)
}
