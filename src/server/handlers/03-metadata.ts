/**
 * Metadata. v1 null means all topics, empty means none · v4 auto-creation may be declined ·
 * v7 leader epochs · v8 authorized operations (KIP-430) · v9 flexible · v10 topic ids (KIP-516) ·
 * v12 topics may be asked for by id.
 *
 * Answers from the published image alone. A missing topic is created first where that is wanted, so
 * that the first answer already names its leaders.
 */
import type { TopicId } from '../../base/ids.ts'
import { asTopicId } from '../../base/ids.ts'
import { ZERO_UUID } from '../../bytes/uuid.ts'
import type { MetadataImage } from '../../metadata/image.ts'
import type { TopicImage } from '../../metadata/image/topics.ts'
import { topicNameFault } from '../../controller/topic-control.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import type { RequestOf, ResponseOf } from '../../wire/api.ts'
import { metadata as metadataApi } from '../../wire/apis/03-metadata.ts'
import { CLUSTER_OPERATIONS, NOT_REQUESTED, TOPIC_OPERATIONS } from '../authorized-operations.ts'
import { CloseConnection } from '../answer.ts'
import { createTopicsForClient } from '../create-topics.ts'
import { controllerIdFor } from '../controller-id.ts'
import { absence, describePartition, liveBrokers } from '../descriptions.ts'
import type { Call, Services } from '../handler.ts'
import { handler } from '../handler.ts'
import { isInternalTopic } from '../../metadata/internal-topics.ts'

type Request = RequestOf<typeof metadataApi>
type Topics = NonNullable<ResponseOf<typeof metadataApi>['topics']>

/** What a topic is that nobody described: the cluster's defaults. */
const DEFAULTS = { partitions: -1, replicationFactor: -1, assignments: [], configs: [] }
const TOPIC_IDS_ASKED_SINCE = 12

export const handleMetadata = handler(metadataApi, (request, services, call) => {
  const { apiVersion } = call
  // v0 has no null: there an empty list means all topics.
  const wantsAll = request.topics === null || (apiVersion === 0 && request.topics.length === 0)
  const named = wantsAll ? [] : (request.topics ?? [])
  const idsAsked = apiVersion >= TOPIC_IDS_ASKED_SINCE
  if (!idsAsked && named.some(({ name }) => name === null))
    throw new CloseConnection('Metadata before version 12 asks for topics by name only')
  const asked = idsAsked ? named.map(byIdIfGiven) : named

  const missing = wantsAll ? [] : missingNames(asked, services.metadata())
  const creates = request.allowAutoTopicCreation && services.config['auto.create.topics.enable']
  const wanted = { ...request, topics: wantsAll ? null : asked }
  if (missing.length === 0 || !creates) return respond(wanted, services, new Map())
  return autoCreate(missing, services, call).then((refusals) => respond(wanted, services, refusals))
})

/** An id decides; the name beside it is then whatever the client left there, Java's is empty. */
function byIdIfGiven<T extends { name: string | null; topicId: string }>(topic: T): T {
  return topic.topicId === ZERO_UUID ? topic : { ...topic, name: null }
}

function missingNames(asked: NonNullable<Request['topics']>, image: MetadataImage): string[] {
  const names = new Set<string>()
  for (const { name } of asked)
    if (name !== null && !image.topics.byName.has(name) && topicNameFault(name) === null)
      names.add(name)
  return [...names]
}

/** Creates with the cluster's defaults; the codes of those that could not be. */
async function autoCreate(
  names: readonly string[],
  services: Services,
  call: Call,
): Promise<Map<string, ErrorCode>> {
  const topics = names.map((name) => ({ name, ...DEFAULTS }))
  const results = await createTopicsForClient({ topics, validateOnly: false }, services, call)
  const refusals = new Map<string, ErrorCode>()
  for (const { name, errorCode } of results) {
    if (errorCode === errors.NONE)
      services.logger.info({ topic: name }, 'topic created on first use')
    else if (name !== null && errorCode !== errors.TOPIC_ALREADY_EXISTS)
      refusals.set(name, errorCode)
  }
  return refusals
}

/** Topics null: all. */
function respond(
  request: Request,
  services: Services,
  refusals: ReadonlyMap<string, ErrorCode>,
): ResponseOf<typeof metadataApi> {
  const image = services.metadata()
  const { includeTopicAuthorizedOperations, includeClusterAuthorizedOperations } = request
  const found = (topic: TopicImage): Topics[number] => ({
    errorCode: errors.NONE,
    name: topic.name,
    topicId: topic.topicId,
    isInternal: isInternalTopic(topic.name),
    partitions: topic.partitions.map((_, index) => describePartition(topic, index, image)),
    topicAuthorizedOperations: includeTopicAuthorizedOperations ? TOPIC_OPERATIONS : NOT_REQUESTED,
  })
  const lookUp = ({ name, topicId }: { name: string | null; topicId: string }) => {
    const topic =
      name === null ? image.topics.byId.get(asTopicId(topicId)) : image.topics.byName.get(name)
    return topic ? found(topic) : absent(name, asTopicId(topicId), refusals)
  }
  return {
    throttleTimeMs: 0,
    brokers: liveBrokers(image).map(({ nodeId, host, port, rack }) => ({
      nodeId,
      host,
      port,
      rack,
    })),
    clusterId: image.clusterId,
    controllerId: controllerIdFor(services, image),
    topics: request.topics
      ? distinct(request.topics).map(lookUp)
      : [...image.topics.byName.values()].map(found),
    clusterAuthorizedOperations: includeClusterAuthorizedOperations
      ? CLUSTER_OPERATIONS
      : NOT_REQUESTED,
  }
}

/** A topic asked for many times is described once: descriptions are larger than questions. */
function distinct(asked: NonNullable<Request['topics']>): NonNullable<Request['topics']> {
  return [...new Map(asked.map((topic) => [topic.name ?? `\0${topic.topicId}`, topic])).values()]
}

function absent(
  name: string | null,
  topicId: TopicId,
  refusals: ReadonlyMap<string, ErrorCode>,
): Topics[number] {
  const errorCode = name === null ? errors.UNKNOWN_TOPIC_ID : (refusals.get(name) ?? absence(name))
  return {
    errorCode,
    name,
    topicId: name === null ? topicId : ZERO_UUID,
    isInternal: false,
    partitions: [],
    topicAuthorizedOperations: NOT_REQUESTED,
  }
}
