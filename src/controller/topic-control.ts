/**
 * Creating and deleting topics. One request is one atomic list of records for the topics that pass;
 * the others get Kafka's exact error, each its own, in Kafka's order of checks. Pure: topic ids and
 * placement draw from the `random` that is passed in.
 */
import type { TopicId, NodeId } from '../base/ids.ts'
import { asNodeId, asTopicId } from '../base/ids.ts'
import type { Random } from '../base/random.ts'
import { uuidFromRandom } from '../bytes/uuid.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { collisionKey } from '../metadata/image/topics.ts'
import type { MetadataRecord } from '../metadata/records.ts'
import { RECORDS_PER_ENTRY_MAX } from '../metadata/records.ts'
import { errors } from '../wire/errors.ts'
import { assignmentFault, countBy, newPartition, usableBrokers } from './new-partition.ts'
import { placeReplicas } from './placement.ts'
import type {
  ConfigRules,
  ControllerSettings,
  CreatableTopic,
  CreateTopicResult,
  CreateTopicsRequest,
  DeletableTopic,
  DeleteTopicResult,
  FailedTopic,
} from './requests.ts'
import type { CommandResult, Fault } from './result.ts'
import { fault } from './result.ts'

export interface TopicControlContext {
  readonly settings: Omit<ControllerSettings, 'foundingConfigs'>
  readonly configRules: ConfigRules
  readonly random: Random
}

/** Its log directory would be the metadata log's. */
const METADATA_TOPIC = '__cluster_metadata'
const NAME_LENGTH_MAX = 249

/** What is wrong with a topic name, or null. */
export function topicNameFault(name: string): string | null {
  if (name === '') return 'a topic name is not empty'
  if (name === '.' || name === '..') return 'a topic name is neither "." nor ".."'
  if (name.length > NAME_LENGTH_MAX)
    return `a topic name has at most ${NAME_LENGTH_MAX} characters, this one has ${name.length}`
  if (!/^[a-zA-Z0-9._-]+$/.test(name))
    return `topic name ${JSON.stringify(name)} holds something else than letters, digits, '.', '_' and '-'`
  return null
}

function failed(
  { code, message }: Fault,
  { name, topicId }: { name: string | null; topicId: TopicId | null },
): FailedTopic {
  return { errorCode: errors[code], errorMessage: message, name, topicId }
}

/** One result per name, in the order of the request. */
export function createTopics(
  image: MetadataImage,
  { topics, validateOnly }: CreateTopicsRequest,
  context: TopicControlContext,
): CommandResult<readonly CreateTopicResult[]> {
  const records: MetadataRecord[] = []
  const results = new Map<string, CreateTopicResult>()
  const asked = countBy(topics, ({ name }) => name)
  const taken = new Map<string, string>()
  for (const topic of topics) {
    const { name } = topic
    if (results.has(name)) continue
    const planned =
      (asked.get(name) ?? 0) > 1
        ? fault('INVALID_REQUEST', `topic ${name} is asked for more than once`)
        : (nameFault(image, name, taken) ?? plan(image, topic, context))
    if ('code' in planned) {
      results.set(name, failed(planned, { name, topicId: null }))
      continue
    }
    const key = collisionKey(name)
    if (key !== null) taken.set(key, name)
    records.push(...planned.records)
    results.set(name, planned.result)
    if (records.length > RECORDS_PER_ENTRY_MAX) return tooMany(topics)
  }
  return { records: validateOnly ? [] : records, reply: [...results.values()], atomic: true }
}

/** The request is one entry, and an entry has a bound. */
function tooMany(topics: readonly CreatableTopic[]): CommandResult<readonly CreateTopicResult[]> {
  const message = `one request creates at most ${RECORDS_PER_ENTRY_MAX} topics, partitions and configs`
  const names = new Set(topics.map(({ name }) => name))
  const reply = [...names].map((name) =>
    failed(fault('POLICY_VIOLATION', message), { name, topicId: null }),
  )
  return { records: [], reply, atomic: true }
}

function nameFault(
  image: MetadataImage,
  name: string,
  taken: ReadonlyMap<string, string>,
): Fault | null {
  if (name === METADATA_TOPIC)
    return fault('TOPIC_AUTHORIZATION_FAILED', `${name} is the cluster's own log`)
  const what = topicNameFault(name)
  if (what !== null) return fault('INVALID_TOPIC_EXCEPTION', what)
  if (image.topics.byName.has(name))
    return fault('TOPIC_ALREADY_EXISTS', `topic ${name} already exists`)
  const key = collisionKey(name)
  const other = key === null ? undefined : (image.topics.byCollisionKey.get(key) ?? taken.get(key))
  if (other === undefined) return null
  return fault('INVALID_TOPIC_EXCEPTION', `topic name ${name} collides with ${other}`)
}

interface Planned {
  readonly records: readonly MetadataRecord[]
  readonly result: CreateTopicResult
}

/** In the order topic, configs, partitions. */
function plan(
  image: MetadataImage,
  topic: CreatableTopic,
  context: TopicControlContext,
): Planned | Fault {
  const configs = configsOf(image, topic, context.configRules)
  if ('code' in configs) return configs
  const placed =
    topic.assignments.length > 0 ? assigned(image, topic) : place(image, topic, context)
  if ('code' in placed) return placed

  const { name } = topic
  const topicId = asTopicId(uuidFromRandom(context.random.bytes(16)))
  const records: MetadataRecord[] = [{ type: 'Topic', name, topicId }]
  for (const [key, value] of configs)
    records.push({ type: 'Config', resourceType: 'topic', resourceName: name, key, value })
  for (const [partition, replicas] of placed.entries())
    records.push(newPartition(image, { topicId, partition, replicas }))
  return {
    records,
    result: {
      errorCode: errors.NONE,
      name,
      topicId,
      partitions: placed.length,
      replicationFactor: placed[0]?.length ?? 0,
      configs: context.configRules.effective(configs, image.configs),
    },
  }
}

function configsOf(
  image: MetadataImage,
  { name: topic, configs }: CreatableTopic,
  rules: ConfigRules,
): ReadonlyMap<string, string> | Fault {
  const overrides = new Map<string, string>()
  for (const { name, value } of configs) {
    if (value === null) return fault('INVALID_CONFIG', `config ${name} has no value`)
    overrides.set(name, value)
  }
  const checked = rules.check({ type: 'topic', name: topic }, overrides, image.configs)
  return 'problem' in checked ? fault('INVALID_CONFIG', checked.problem) : checked.overrides
}

type Placement = readonly (readonly NodeId[])[]

function place(
  image: MetadataImage,
  topic: CreatableTopic,
  { settings, random }: TopicControlContext,
): Placement | Fault {
  const usable = usableBrokers(image)
  if (topic.replicationFactor < -1 || topic.replicationFactor === 0)
    return fault(
      'INVALID_REPLICATION_FACTOR',
      `replication factor ${topic.replicationFactor} is neither positive nor -1, the default`,
    )
  if (topic.partitions < -1 || topic.partitions === 0)
    return fault(
      'INVALID_PARTITIONS',
      `partition count ${topic.partitions} is neither positive nor -1, the default`,
    )
  const partitions = topic.partitions === -1 ? settings.defaultPartitions : topic.partitions
  if (partitions > RECORDS_PER_ENTRY_MAX)
    return fault(
      'POLICY_VIOLATION',
      `one request creates at most ${RECORDS_PER_ENTRY_MAX} partitions`,
    )
  const replicationFactor =
    topic.replicationFactor === -1
      ? (settings.defaultReplicationFactor ?? Math.max(1, Math.min(3, usable.length)))
      : topic.replicationFactor
  const placed = placeReplicas(usable, { partitions, replicationFactor }, random)
  return 'message' in placed ? fault('INVALID_REPLICATION_FACTOR', placed.message) : placed
}

/**
 * A placement by hand: every partition once, from 0 without gaps, one replication factor for all.
 */
function assigned(image: MetadataImage, topic: CreatableTopic): Placement | Fault {
  if (topic.replicationFactor !== -1 || topic.partitions !== -1)
    return fault(
      'INVALID_REQUEST',
      'replication factor and partition count are -1 when replicas are assigned',
    )
  const placed: (readonly NodeId[])[] = []
  const byPartition = [...topic.assignments].sort((a, b) => a.partition - b.partition)
  for (const { partition, brokerIds } of byPartition) {
    if (partition !== placed.length)
      return fault(
        'INVALID_REPLICA_ASSIGNMENT',
        `partitions are assigned once each, from 0 without gaps; found ${partition}`,
      )
    const message = assignmentFault(image, brokerIds, placed[0]?.length ?? brokerIds.length)
    if (message !== null)
      return fault('INVALID_REPLICA_ASSIGNMENT', `partition ${partition}: ${message}`)
    placed.push(brokerIds.map(asNodeId))
  }
  return placed
}

/** One result per topic that was asked for, in the order of the request. */
export function deleteTopics(
  image: MetadataImage,
  topics: readonly DeletableTopic[],
): CommandResult<readonly DeleteTopicResult[]> {
  const records: MetadataRecord[] = []
  const asked = countBy(topics, (topic) => idOf(image, topic))
  const reply = topics.map((topic): DeleteTopicResult => {
    const { name, topicId } = topic
    if ((name === null) === (topicId === null))
      return failed(fault('INVALID_REQUEST', 'a topic is named by its name or by its id'), topic)
    const found = lookUp(image, topic)
    if (found === undefined)
      return name === null
        ? failed(fault('UNKNOWN_TOPIC_ID', `there is no topic of id ${topicId}`), topic)
        : failed(fault('UNKNOWN_TOPIC_OR_PARTITION', `there is no topic ${name}`), topic)
    if ((asked.get(found.topicId) ?? 0) > 1)
      return failed(fault('INVALID_REQUEST', `${found.name} is named more than once`), found)
    records.push({ type: 'RemoveTopic', topicId: found.topicId })
    return { errorCode: errors.NONE, name: found.name, topicId: found.topicId }
  })
  // Each topic goes as a whole; that all go at once is nobody's wish.
  return { records, reply, atomic: false }
}

function lookUp(image: MetadataImage, { name, topicId }: DeletableTopic) {
  if (name !== null) return image.topics.byName.get(name)
  return topicId === null ? undefined : image.topics.byId.get(topicId)
}

const idOf = (image: MetadataImage, topic: DeletableTopic) => lookUp(image, topic)?.topicId ?? ''
