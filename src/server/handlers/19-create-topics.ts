/**
 * CreateTopics. v4 defaults by -1 (KIP-464) · v5 flexible, effective configs (KIP-525) · v7 topic
 * ids. One topic's failure leaves the others alone; those that succeed are one atomic change.
 */
import { ZERO_UUID } from '../../bytes/uuid.ts'
import type { CreateTopicResult } from '../../controller/requests.ts'
import type { ResponseOf } from '../../wire/api.ts'
import { createTopics } from '../../wire/apis/19-create-topics.ts'
import { errors } from '../../wire/errors.ts'
import { createTopicsForClient } from '../create-topics.ts'
import { handler } from '../handler.ts'
import { clipped } from '../refusals.ts'

export const handleCreateTopics = handler(createTopics, async (request, services, call) => {
  const asked = {
    validateOnly: request.validateOnly,
    topics: request.topics.map(({ numPartitions, assignments, configs, ...topic }) => ({
      name: topic.name,
      partitions: numPartitions,
      replicationFactor: topic.replicationFactor,
      assignments: assignments.map(({ partitionIndex: partition, brokerIds }) => ({
        partition,
        brokerIds,
      })),
      configs,
    })),
  }
  const results = await createTopicsForClient(asked, services, call)
  return { throttleTimeMs: 0, topics: results.map(describe) }
})

function describe(result: CreateTopicResult): ResponseOf<typeof createTopics>['topics'][number] {
  if (result.errorCode !== errors.NONE) {
    const { errorCode, errorMessage } = result as Exclude<CreateTopicResult, { errorCode: 0 }>
    return {
      name: result.name ?? '',
      topicId: ZERO_UUID,
      errorCode,
      errorMessage: clipped(errorMessage),
      configs: [],
    }
  }
  const { name, topicId, partitions, replicationFactor, configs } = result as Extract<
    CreateTopicResult,
    { errorCode: 0 }
  >
  return {
    name,
    topicId,
    errorCode: errors.NONE,
    errorMessage: null,
    numPartitions: partitions,
    replicationFactor,
    configs: configs.map(({ source: configSource, ...config }) => ({ ...config, configSource })),
  }
}
