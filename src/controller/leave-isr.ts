/**
 * A broker asks that its replicas stop counting (SAFETY S14): something is wrong with their data or
 * their disk. What it asks for commits first, and only then may it cut or fetch anew. Such a
 * replica is neither in sync nor eligible afterwards, and whatever it led another one leads; but
 * where nobody else could lead it stays, and serves what can be read, unless it lost records. Pure.
 *
 * Whoever is to be cut may not come back by what it held before. So the leader epoch rises then,
 * even where the leader stays: what was fetched in the old one counts for no leader any more.
 * Whoever only lacks space keeps what it has, and nobody else is disturbed for it.
 */
import type { MetadataImage } from '../metadata/image.ts'
import { isActive } from '../metadata/image/cluster.ts'
import type { PartitionRegistration, TopicImage } from '../metadata/image/topics.ts'
import { applyEntry } from '../metadata/delta.ts'
import type { PartitionChangeRecord } from '../metadata/records.ts'
import { NO_LEADER } from '../metadata/records.ts'
import { errors } from '../wire/errors.ts'
import { requireBroker } from './cluster-control.ts'
import { electionFor, rulesOf } from './partition-control.ts'
import { buildPartitionChange } from './partition-change-builder.ts'
import type { LeaveIsrRequest, LeaveIsrResult, LeaveReason, LeavingReplica } from './requests.ts'
import type { CommandResult, Fault } from './result.ts'
import { fault } from './result.ts'

/**
 * STALE_BROKER_EPOCH for the request as a whole. For each partition: UNKNOWN_TOPIC_ID,
 * UNKNOWN_TOPIC_OR_PARTITION, NOT_CONTROLLER (the sender knows more than this controller),
 * INVALID_REQUEST (it is no replica).
 */
export function leaveIsr(
  image: MetadataImage,
  request: LeaveIsrRequest,
): CommandResult<readonly LeaveIsrResult[]> {
  requireBroker(image, request)
  const records: PartitionChangeRecord[] = []
  const faults = new Map<LeavingReplica, Fault>()
  for (const leaving of request.partitions) {
    const change = decide(image, request, leaving)
    if (change !== null && 'code' in change) faults.set(leaving, change)
    else if (change !== null) records.push(change)
  }
  const { metadataOffset: offset, controllerEpoch: epoch } = image
  const after = applyEntry(image, { offset, epoch, records })
  return {
    records,
    reply: request.partitions.map((leaving) =>
      answer(after, request, leaving, faults.get(leaving)),
    ),
    // Each partition is on its own.
    atomic: false,
  }
}

/** The change, null when there is none to make, or why not. */
function decide(
  image: MetadataImage,
  { nodeId }: LeaveIsrRequest,
  { topicId, partition, leaderEpoch, reason }: LeavingReplica,
): PartitionChangeRecord | Fault | null {
  const topic = image.topics.byId.get(topicId)
  if (topic === undefined) return fault('UNKNOWN_TOPIC_ID', 'no topic has this id')
  const was = topic.partitions[partition]
  if (was === undefined) return fault('UNKNOWN_TOPIC_OR_PARTITION', 'no such partition')
  if (leaderEpoch > was.leaderEpoch)
    return fault('NOT_CONTROLLER', `leader epoch ${leaderEpoch} is not known here yet`)
  if (!was.replicas.includes(nodeId))
    return fault('INVALID_REQUEST', `node ${nodeId} is no replica`)
  const isOut = !countsOn(was, nodeId)
  // It has left already, and whatever it fetched before is of an older epoch.
  const mustFence = reason === 'corrupt-segment' && leaderEpoch === was.leaderEpoch
  if (isOut && !mustFence) return null
  const at = { topicId, partition }
  const change = isOut ? null : without(image, topic, at, was, nodeId, reason)
  if (!isOut && (change === null || reason !== 'corrupt-segment')) return change
  const leader = change?.leader ?? was.leader
  return { type: 'PartitionChange', ...at, ...change, leader }
}

const countsOn = ({ isr, elr }: PartitionRegistration, nodeId: LeaveIsrRequest['nodeId']) =>
  isr.includes(nodeId) || elr.includes(nodeId)

/** The partition without this replica; null when nobody else could lead it. */
function without(
  image: MetadataImage,
  topic: TopicImage,
  at: Pick<LeavingReplica, 'topicId' | 'partition'>,
  was: PartitionRegistration,
  nodeId: LeaveIsrRequest['nodeId'],
  reason: LeaveReason,
): PartitionChangeRecord | null {
  const change = buildPartitionChange(
    at,
    was,
    {
      isr: was.isr.filter((id) => id !== nodeId),
      dataLosing: [nodeId],
      // Whoever lost nothing stays rather than that.
      election: reason === 'records-lost' ? electionFor(image, topic.name) : 'online',
    },
    rulesOf(image, topic.name, (id) => id !== nodeId && isActive(image.brokers.get(id))),
  )
  // Rather nobody than one that lacks what was acknowledged: the others are waited for (S11).
  if (reason === 'records-lost') return change
  return (change?.leader ?? was.leader) === NO_LEADER ? null : change
}

function answer(
  after: MetadataImage,
  { nodeId }: LeaveIsrRequest,
  { topicId, partition }: LeavingReplica,
  why: Fault | undefined,
): LeaveIsrResult {
  if (why) return { topicId, partition, errorCode: errors[why.code], errorMessage: why.message }
  const now = after.topics.byId.get(topicId)?.partitions[partition]
  if (now === undefined) throw new Error('a partition that was changed is there')
  return { topicId, partition, errorCode: errors.NONE, hasLeft: !countsOn(now, nodeId) }
}
