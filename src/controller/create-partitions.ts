/**
 * Giving topics more partitions (KIP-195). One request is one atomic list of records for the topics
 * that pass; the others get Kafka's exact error, in Kafka's order of checks. What is there stays as
 * it is: partitions are never taken away, and records never move. Pure: placement draws from the
 * `random` that is passed in.
 */
import type { NodeId } from '../base/ids.ts'
import { asNodeId } from '../base/ids.ts'
import type { Random } from '../base/random.ts'
import type { MetadataImage } from '../metadata/image.ts'
import type { TopicImage } from '../metadata/image/topics.ts'
import type { MetadataRecord } from '../metadata/records.ts'
import { RECORDS_PER_ENTRY_MAX } from '../metadata/records.ts'
import { errors } from '../wire/errors.ts'
import { assignmentFault, countBy, newPartition, usableBrokers } from './new-partition.ts'
import { placeReplicas } from './placement.ts'
import { targetReplicas } from './reassignment.ts'
import type { CreatePartitionsRequest, CreatePartitionsResult, GrownTopic } from './requests.ts'
import type { CommandResult, Fault } from './result.ts'
import { fault } from './result.ts'

type Results = readonly CreatePartitionsResult[]

/** One result per name, in the order of the request. */
export function createPartitions(
  image: MetadataImage,
  { topics, validateOnly }: CreatePartitionsRequest,
  random: Random,
): CommandResult<Results> {
  const records: MetadataRecord[] = []
  const results = new Map<string, CreatePartitionsResult>()
  const asked = countBy(topics, ({ name }) => name)
  for (const topic of topics) {
    const { name } = topic
    if (results.has(name)) continue
    const planned =
      (asked.get(name) ?? 0) > 1
        ? fault('INVALID_REQUEST', `topic ${name} is named more than once`)
        : plan(image, topic, random)
    if ('code' in planned) {
      results.set(name, failed(name, planned))
      continue
    }
    records.push(...planned)
    results.set(name, { name, errorCode: errors.NONE, errorMessage: null })
    if (records.length > RECORDS_PER_ENTRY_MAX) return tooMany([...asked.keys()])
  }
  return { records: validateOnly ? [] : records, reply: [...results.values()], atomic: true }
}

function failed(name: string, { code, message }: Fault): CreatePartitionsResult {
  return { name, errorCode: errors[code], errorMessage: message }
}

const TOO_MANY = fault(
  'POLICY_VIOLATION',
  `one request creates at most ${RECORDS_PER_ENTRY_MAX} partitions`,
)

/** The request is one entry, and an entry has a bound. */
function tooMany(names: readonly string[]): CommandResult<Results> {
  return { records: [], reply: names.map((name) => failed(name, TOO_MANY)), atomic: true }
}

function plan(
  image: MetadataImage,
  { name, count, assignments }: GrownTopic,
  random: Random,
): readonly MetadataRecord[] | Fault {
  const topic = image.topics.byName.get(name)
  if (topic === undefined) return fault('UNKNOWN_TOPIC_OR_PARTITION', `there is no topic ${name}`)
  const { topicId, partitions } = topic
  const present = partitions.length
  if (count === present)
    return fault('INVALID_PARTITIONS', `topic ${name} already has ${present} partition(s)`)
  if (count < present)
    return fault(
      'INVALID_PARTITIONS',
      `topic ${name} has ${present} partition(s); ${count} would not be an increase`,
    )
  const placed =
    assignments === null
      ? place(image, topic, count - present, random)
      : assigned(image, topic, count - present, assignments)
  if ('code' in placed) return placed
  return placed.map((replicas, at) =>
    newPartition(image, { topicId, partition: present + at, replicas }),
  )
}

type Placement = readonly (readonly NodeId[])[]

/** A topic's partitions have as many replicas as its first one, or as that one shall have. */
const replicationFactorOf = ({ partitions: [first] }: TopicImage) =>
  first === undefined ? 1 : targetReplicas(first).length

function place(
  image: MetadataImage,
  topic: TopicImage,
  partitions: number,
  random: Random,
): Placement | Fault {
  if (partitions > RECORDS_PER_ENTRY_MAX) return TOO_MANY
  const replicationFactor = replicationFactorOf(topic)
  const placed = placeReplicas(usableBrokers(image), { partitions, replicationFactor }, random)
  return 'message' in placed ? fault('INVALID_REPLICATION_FACTOR', placed.message) : placed
}

/** A placement by hand: the replicas of every new partition, in the order of their numbers. */
function assigned(
  image: MetadataImage,
  topic: TopicImage,
  partitions: number,
  assignments: NonNullable<GrownTopic['assignments']>,
): Placement | Fault {
  if (assignments.length !== partitions)
    return fault(
      'INVALID_REPLICA_ASSIGNMENT',
      `${partitions} partition(s) are to be added, and ${assignments.length} assigned`,
    )
  for (const [at, brokerIds] of assignments.entries()) {
    const message = assignmentFault(image, brokerIds, replicationFactorOf(topic))
    if (message !== null)
      return fault(
        'INVALID_REPLICA_ASSIGNMENT',
        `partition ${topic.partitions.length + at}: ${message}`,
      )
  }
  return assignments.map((brokerIds) => brokerIds.map(asNodeId))
}
