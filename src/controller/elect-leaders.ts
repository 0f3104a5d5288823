/**
 * Elections that somebody asks for (KIP-183, KIP-460): of the preferred leader where another leads,
 * or of anybody where nobody leads. Each partition is decided on its own and gets Kafka's exact
 * error. Who is elected is decided in `partition-change-builder.ts`. Pure.
 */
import type { MetadataImage } from '../metadata/image.ts'
import type { PartitionRegistration } from '../metadata/image/topics.ts'
import { NO_LEADER } from '../metadata/records.ts'
import { errors } from '../wire/errors.ts'
import { decideEach, findPartition } from './each-partition.ts'
import { buildPartitionChange } from './partition-change-builder.ts'
import { rulesOf } from './partition-control.ts'
import type { ElectLeadersRequest, ElectionType, PartitionResult } from './requests.ts'
import type { CommandResult, Fault } from './result.ts'
import { fault } from './result.ts'

/**
 * One result per partition; of all partitions, only those that needed an election.
 * UNKNOWN_TOPIC_OR_PARTITION, ELECTION_NOT_NEEDED, PREFERRED_LEADER_NOT_AVAILABLE,
 * ELIGIBLE_LEADERS_NOT_AVAILABLE, INVALID_REQUEST (named twice).
 */
export function electLeaders(
  image: MetadataImage,
  { type, partitions }: ElectLeadersRequest,
): CommandResult<readonly PartitionResult[]> {
  const result = decideEach(partitions ?? allOf(image), (wanted) => {
    const found = findPartition(image, wanted)
    if ('code' in found) return found
    const { topic, registration } = found
    const at = { topicId: topic.topicId, partition: wanted.partition }
    if (isAsWanted(registration, type)) return fault('ELECTION_NOT_NEEDED', 'it has that leader')
    const election = { election: type }
    return (
      buildPartitionChange(at, registration, election, rulesOf(image, topic.name)) ?? NOBODY[type]
    )
  })
  if (partitions !== null) return result
  const needed = result.reply.filter(({ errorCode }) => errorCode !== errors.ELECTION_NOT_NEEDED)
  return { ...result, reply: needed }
}

const NOBODY: Readonly<Record<ElectionType, Fault>> = {
  preferred: fault('PREFERRED_LEADER_NOT_AVAILABLE', 'the preferred leader may not lead now'),
  unclean: fault('ELIGIBLE_LEADERS_NOT_AVAILABLE', 'no replica is in service'),
}

function isAsWanted({ replicas, leader }: PartitionRegistration, type: ElectionType): boolean {
  return type === 'preferred' ? leader === replicas[0] : leader !== NO_LEADER
}

function allOf({ topics }: MetadataImage) {
  return [...topics.byName.values()].flatMap(({ name, partitions }) =>
    partitions.map((_, partition) => ({ topic: name, partition })),
  )
}
