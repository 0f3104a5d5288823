/**
 * Topics and partitions in the calls to the active controller, as bytes
 * (proto/lograft/controller/v1/controller.proto). Pure.
 */
import { uuidToBytes } from '../bytes/uuid.ts'
import type {
  CreatableTopic,
  CreatePartitionsRequest,
  CreatePartitionsResult,
  CreateTopicResult,
  CreateTopicsRequest,
  DeletableTopic,
  DeleteTopicResult,
  FailedTopic,
  GrownTopic,
  Reply,
} from '../controller/requests.ts'
import { lograft } from '../gen/lograft/controller/v1/controller.js'
import { domainCodec, LARGE_REQUEST, must, present, topicIdOf } from './domain-codec.ts'
import type { Codec } from './service.ts'

const wire = lograft.controller.v1
type Wire<Name extends keyof typeof wire> = InstanceType<
  Extract<(typeof wire)[Name], new (...args: never[]) => unknown>
>

// --- creation

export const createTopicsRequestCodec: Codec<CreateTopicsRequest> = domainCodec(
  wire.CreateTopicsRequest,
  ({ topics, validateOnly }: CreateTopicsRequest) => ({
    topics: topics.map(creatableToWire),
    validateOnly,
  }),
  ({ topics, validateOnly }) => ({ topics: topics.map(creatableFromWire), validateOnly }),
  LARGE_REQUEST,
)

export function creatableToWire(topic: CreatableTopic) {
  return {
    ...topic,
    assignments: topic.assignments.map(({ partition, brokerIds }) => ({
      partition,
      brokerIds: [...brokerIds],
    })),
    configs: [...topic.configs],
  }
}

export function creatableFromWire(topic: Wire<'CreatableTopic'>): CreatableTopic {
  return {
    name: topic.name,
    partitions: topic.partitions,
    replicationFactor: topic.replicationFactor,
    assignments: topic.assignments.map(({ partition, brokerIds }) => ({ partition, brokerIds })),
    configs: topic.configs.map(({ name, value }) => ({ name, value })),
  }
}

type CreateTopicsReply = Reply & { readonly topics: readonly CreateTopicResult[] }

export const createTopicsReplyCodec: Codec<CreateTopicsReply> = domainCodec(
  wire.CreateTopicsReply,
  ({ metadataOffset, topics }: CreateTopicsReply) => ({
    metadataOffset,
    topics: topics.map((topic) =>
      isFailed(topic)
        ? { failed: failedToWire(topic) }
        : {
            created: {
              ...topic,
              topicId: uuidToBytes(topic.topicId),
              configs: [...topic.configs],
            },
          },
    ),
  }),
  ({ metadataOffset, topics }) => ({ metadataOffset, topics: topics.map(createdFromWire) }),
)

function createdFromWire({ created, failed }: Wire<'CreatedTopic'>): CreateTopicResult {
  if (failed) return failedFromWire(failed)
  const { name, topicId, partitions, replicationFactor, configs } = present(created, 'an outcome')
  return {
    errorCode: 0,
    name,
    topicId: topicIdOf(topicId),
    partitions,
    replicationFactor,
    configs: configs.map((config) => ({
      name: config.name,
      value: config.value,
      readOnly: config.readOnly,
      source: config.source,
      isSensitive: config.isSensitive,
    })),
  }
}

// --- growth

export const createPartitionsRequestCodec: Codec<CreatePartitionsRequest> = domainCodec(
  wire.CreatePartitionsRequest,
  ({ topics, validateOnly }: CreatePartitionsRequest) => ({
    topics: topics.map(grownToWire),
    validateOnly,
  }),
  ({ topics, validateOnly }) => ({ topics: topics.map(grownFromWire), validateOnly }),
  LARGE_REQUEST,
)

export function grownToWire({ name, count, assignments }: GrownTopic) {
  const partitions = assignments?.map((brokerIds) => ({ brokerIds: [...brokerIds] }))
  return { name, count, ...(partitions && { assignments: { partitions } }) }
}

export function grownFromWire({ name, count, assignments }: Wire<'GrownTopic'>): GrownTopic {
  const placed = assignments?.partitions.map(({ brokerIds }) => brokerIds)
  return { name, count, assignments: placed ?? null }
}

type CreatePartitionsReply = Reply & { readonly topics: readonly CreatePartitionsResult[] }

export const createPartitionsReplyCodec: Codec<CreatePartitionsReply> = domainCodec(
  wire.CreatePartitionsReply,
  ({ metadataOffset, topics }: CreatePartitionsReply) => ({ metadataOffset, topics: [...topics] }),
  ({ metadataOffset, topics }) => ({
    metadataOffset,
    topics: topics.map(({ name, errorCode, errorMessage }) => ({ name, errorCode, errorMessage })),
  }),
)

// --- deletion

export const deleteTopicsRequestCodec: Codec<readonly DeletableTopic[]> = domainCodec(
  wire.DeleteTopicsRequest,
  (topics: readonly DeletableTopic[]) => ({
    topics: topics.map(({ name, topicId }) => ({ name, topicId: topicId && uuidToBytes(topicId) })),
  }),
  ({ topics }) =>
    topics.map(({ name, topicId }) => ({ name, topicId: topicId && topicIdOf(topicId) })),
  LARGE_REQUEST,
)

type DeleteTopicsReply = Reply & { readonly topics: readonly DeleteTopicResult[] }

export const deleteTopicsReplyCodec: Codec<DeleteTopicsReply> = domainCodec(
  wire.DeleteTopicsReply,
  ({ metadataOffset, topics }: DeleteTopicsReply) => ({
    metadataOffset,
    topics: topics.map((topic) =>
      isFailed(topic)
        ? { failed: failedToWire(topic) }
        : { gone: { name: topic.name, topicId: uuidToBytes(topic.topicId) } },
    ),
  }),
  ({ metadataOffset, topics }) => ({ metadataOffset, topics: topics.map(deletedFromWire) }),
)

function deletedFromWire({ gone, failed }: Wire<'DeletedTopic'>): DeleteTopicResult {
  if (failed) return failedFromWire(failed)
  const { name, topicId } = present(gone, 'an outcome')
  return { errorCode: 0, name, topicId: topicIdOf(topicId) }
}

// --- failures

function isFailed(topic: CreateTopicResult | DeleteTopicResult): topic is FailedTopic {
  return topic.errorCode !== 0
}

const failedToWire = ({ errorCode, errorMessage, name, topicId }: FailedTopic) => ({
  errorCode,
  errorMessage,
  name,
  topicId: topicId && uuidToBytes(topicId),
})

function failedFromWire(failed: Wire<'FailedTopic'>): FailedTopic {
  const { errorCode, errorMessage, name, topicId } = failed
  must(errorCode !== 0, 'the error of a failure')
  return { errorCode, errorMessage, name, topicId: topicId && topicIdOf(topicId) }
}
