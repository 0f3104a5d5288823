/**
 * Carries out what the administration wants: all changes of a request or none, in one entry of the
 * metadata log together with the request's idempotency key. Each change is decided upon what the
 * ones before it make, by the same rules that Kafka's requests go by. Pure.
 */
import { isLograftError } from '../base/errors.ts'
import { applyEntry } from '../metadata/delta.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { clusterOverrides, topicOverrides } from '../metadata/image/configs.ts'
import { isInternalTopic } from '../metadata/internal-topics.ts'
import type { MetadataRecord } from '../metadata/records.ts'
import { RECORDS_PER_ENTRY_MAX } from '../metadata/records.ts'
import { errorName, errors, type ErrorCode, type ErrorName } from '../wire/errors.ts'
import { alterConfigs } from './alter-configs.ts'
import { alterReassignments } from './alter-reassignments.ts'
import type {
  ApplyChangesRequest,
  ApplyChangesResult,
  Change,
  ChangeFault,
  CreatedTopic,
  Expectation,
  RequestKey,
} from './changes.ts'
import { unregisterBroker } from './cluster-control.ts'
import { createPartitions } from './create-partitions.ts'
import { electLeaders } from './elect-leaders.ts'
import { isReassigning } from './reassignment.ts'
import type { PartitionName } from './requests.ts'
import type { CommandResult } from './result.ts'
import { refusal } from './result.ts'
import type { TopicControlContext } from './topic-control.ts'
import { createTopics, deleteTopics } from './topic-control.ts'

/** Told of one request at most. */
const FAULTS_MAX = 20

/** What one change comes to. */
interface Decided {
  readonly records: readonly MetadataRecord[]
  readonly created?: CreatedTopic
  readonly elected?: readonly PartitionName[]
}

type Refused = Omit<ChangeFault, 'index'>

/** `nextOffset`: of the entry. DUPLICATE_RESOURCE: another request had that key. */
export function applyChanges(
  image: MetadataImage,
  { changes, validateOnly, requestKey }: ApplyChangesRequest,
  context: TopicControlContext & { readonly nextOffset: number },
): CommandResult<ApplyChangesResult> {
  const appliedAt = requestKey === null ? null : appliedBefore(image, requestKey)
  if (appliedAt !== null) return unchanged({ appliedAt })

  const { nextOffset: offset } = context
  const records: MetadataRecord[] = []
  const faults: ChangeFault[] = []
  const created: CreatedTopic[] = []
  const elected: PartitionName[] = []
  let pending = image
  for (const [index, { change, expects }] of changes.entries()) {
    const refused = expects === null ? null : outdated(pending, expects)
    const decided = refused ?? decide(pending, change, context)
    if ('code' in decided) {
      faults.push({ index, ...decided })
      if (faults.length === FAULTS_MAX) break
      continue
    }
    records.push(...decided.records)
    if (records.length >= RECORDS_PER_ENTRY_MAX) throw tooMuch()
    if (decided.created) created.push(decided.created)
    elected.push(...(decided.elected ?? []))
    const epoch = pending.controllerEpoch
    pending = applyEntry(pending, { offset, epoch, records: decided.records })
  }
  if (faults.length > 0) return unchanged({ faults })
  if (requestKey !== null)
    records.push({ type: 'RequestKey', ...requestKey, metadataOffset: offset })
  const reply = { faults, appliedAt: null, created, elected }
  return { records: validateOnly ? [] : records, reply, atomic: true }
}

function unchanged(part: Partial<ApplyChangesResult>): CommandResult<ApplyChangesResult> {
  const reply = { faults: [], appliedAt: null, created: [], elected: [], ...part }
  return { records: [], reply, atomic: true }
}

function tooMuch() {
  return refusal(
    'POLICY_VIOLATION',
    `it takes more than ${RECORDS_PER_ENTRY_MAX} records at once; ask for less in one request`,
  )
}

function appliedBefore(image: MetadataImage, { key, digest }: RequestKey): number | null {
  const known = image.requestKeys.byKey.get(key)
  if (known === undefined) return null
  if (known.digest === digest) return known.metadataOffset
  throw refusal('DUPLICATE_RESOURCE', `another request had the idempotency key ${key}`)
}

function decide(image: MetadataImage, change: Change, context: TopicControlContext) {
  switch (change.type) {
    case 'create-topic':
      return createTopic(image, change, context)
    case 'delete-topic':
      return deleteTopic(image, change)
    case 'add-partitions': {
      const request = { topics: [change.topic], validateOnly: false }
      return only(createPartitions(image, request, context.random))
    }
    case 'alter-configs': {
      const request = { changes: [change.change], validateOnly: false }
      return only(alterConfigs(image, request, context.configRules))
    }
    case 'reassign':
      return only(alterReassignments(image, [change.partition]))
    case 'cancel-reassignments':
      return cancelReassignments(image)
    case 'elect-leaders':
      return elect(image, change)
    case 'unregister-broker':
      return unregister(image, change)
  }
}

type Of<Type extends Change['type']> = Extract<Change, { readonly type: Type }>

interface Outcome {
  readonly errorCode: ErrorCode
  readonly errorMessage?: string | null
}

/** The outcome of a request for one thing. */
function only<Result extends Outcome>({
  records,
  reply,
}: CommandResult<readonly Result[]>): Decided | Refused {
  const refused = reply.find(({ errorCode }) => errorCode !== errors.NONE)
  return refused === undefined ? { records } : faultOf(refused)
}

function faultOf({ errorCode, errorMessage }: Outcome): Refused {
  const code = errorName(errorCode)
  return { code, message: errorMessage ?? code }
}

function createTopic(
  image: MetadataImage,
  { topic }: Of<'create-topic'>,
  context: TopicControlContext,
): Decided | Refused {
  if (isInternalTopic(topic.name)) return ownTopic(topic.name)
  const { records, reply } = createTopics(image, { topics: [topic], validateOnly: false }, context)
  const [result] = reply
  if (result === undefined || 'errorMessage' in result)
    return faultOf(result ?? { errorCode: errors.UNKNOWN_SERVER_ERROR })
  const { name, topicId, partitions, replicationFactor } = result
  return { records, created: { name, topicId, partitions, replicationFactor } }
}

function deleteTopic(
  image: MetadataImage,
  { name, topicId }: Of<'delete-topic'>,
): Decided | Refused {
  if (isInternalTopic(name)) return ownTopic(name)
  const found = image.topics.byName.get(name)
  if (topicId !== null && found !== undefined && found.topicId !== topicId)
    return {
      code: 'UNKNOWN_TOPIC_ID',
      message: `topic ${name} has the id ${found.topicId} now, not ${topicId}`,
    }
  return only(deleteTopics(image, [{ name, topicId: null }]))
}

function ownTopic(name: string): Refused {
  return {
    code: 'INVALID_TOPIC_EXCEPTION',
    message: `${name} is the cluster's own: it is neither made nor deleted by hand`,
  }
}

function cancelReassignments(image: MetadataImage): Decided | Refused {
  const moving = [...image.topics.byName.values()].flatMap(({ name: topic, partitions }) =>
    partitions.flatMap((registration, partition) =>
      isReassigning(registration) ? [{ topic, partition, replicas: null }] : [],
    ),
  )
  return only(alterReassignments(image, moving))
}

function elect(
  image: MetadataImage,
  { election: type, partitions }: Of<'elect-leaders'>,
): Decided | Refused {
  const { records, reply } = electLeaders(image, { type, partitions })
  const elected = reply.filter(({ errorCode }) => errorCode === errors.NONE)
  const refused = reply.find(
    ({ errorCode }) => errorCode !== errors.NONE && errorCode !== errors.ELECTION_NOT_NEEDED,
  )
  // Of all that there are, those go on that can.
  if (refused !== undefined && partitions !== null) return faultOf(refused)
  return { records, elected: elected.map(({ topic, partition }) => ({ topic, partition })) }
}

function unregister(image: MetadataImage, { nodeId }: Of<'unregister-broker'>): Decided | Refused {
  const broker = image.brokers.get(nodeId)
  if (broker !== undefined && !broker.fenced)
    return {
      code: 'INVALID_REQUEST',
      message: `broker ${nodeId} is in service: shut it down first`,
    }
  let held = 0
  for (const { partitions } of image.topics.byName.values())
    for (const { replicas } of partitions) if (replicas.includes(nodeId)) held += 1
  if (held > 0)
    return {
      code: 'INVALID_REQUEST',
      message: `broker ${nodeId} holds replicas of ${held} partition(s): move them away first`,
    }
  try {
    return { records: unregisterBroker(image, nodeId).records }
  } catch (thrown) {
    if (!isLograftError(thrown)) throw thrown
    return { code: thrown.code as ErrorName, message: thrown.message }
  }
}

/** What is not as it is expected. */
function outdated(image: MetadataImage, expects: Expectation): Refused | null {
  const { topic: name, topicId, partitions, configs, replicas } = expects
  if (name === null) return changedConfig(clusterOverrides(image.configs), configs, 'all brokers')
  const found = image.topics.byName.get(name)
  if (topicId === null) return found === undefined ? null : was(`topic ${name} exists by now`)
  if (found === undefined) return was(`topic ${name} does not exist any more`)
  if (found.topicId !== topicId) return was(`topic ${name} was deleted and created again`)
  if (partitions !== null && partitions !== found.partitions.length)
    return was(`topic ${name} has ${found.partitions.length} partition(s), not ${partitions}`)
  for (const [partition, expected] of replicas) {
    const held = found.partitions[partition]
    if (held === undefined || isReassigning(held) || !isSameList(held.replicas, expected))
      return was(`the replicas of partition ${partition} of topic ${name} were changed`)
  }
  return changedConfig(topicOverrides(image.configs, name), configs, `topic ${name}`)
}

function changedConfig(
  overrides: ReadonlyMap<string, string>,
  expected: ReadonlyMap<string, string | null>,
  whose: string,
): Refused | null {
  for (const [key, value] of expected)
    if ((overrides.get(key) ?? null) !== value) return was(`${key} of ${whose} was changed`)
  return null
}

const was = (message: string): Refused => ({
  code: 'PLAN_OUTDATED',
  message: `${message}; make the plan anew`,
})

function isSameList(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at])
}
