/**
 * The server's way to the active controller. It adds what the controller does not know: that this
 * broker has published what was committed, so that whoever is answered can use the new topic here
 * at once. A refusal of the whole command becomes one of each of its parts.
 */
import type { NodeId } from '../base/ids.ts'
import type { FailedTopic } from '../controller/requests.ts'
import type { ControllerClient } from '../server/ports.ts'
import { refusalOf } from '../server/refusals.ts'
import { errors } from '../wire/errors.ts'
import type { Cluster } from './metadata.ts'

export function controllerClient(
  { commands: controller, loader }: Cluster,
  broker: { readonly nodeId: NodeId; readonly brokerEpoch: number },
): ControllerClient {
  return {
    async createTopics(request) {
      try {
        const { metadataOffset, topics } = await controller.createTopics(request)
        await loader.published(metadataOffset)
        return topics
      } catch (thrown) {
        return request.topics.map(({ name }) => failed(thrown, { name, topicId: null }))
      }
    },
    async createPartitions(request) {
      try {
        const { metadataOffset, topics } = await controller.createPartitions(request)
        await loader.published(metadataOffset)
        return topics
      } catch (thrown) {
        return request.topics.map(({ name }) => ({ name, ...refusalOf(thrown) }))
      }
    },
    async deleteTopics(asked) {
      try {
        const { metadataOffset, topics } = await controller.deleteTopics(asked)
        await loader.published(metadataOffset)
        return topics
      } catch (thrown) {
        return asked.map((topic) => failed(thrown, topic))
      }
    },
    async alterConfigs(request) {
      try {
        const { metadataOffset, resources } = await controller.alterConfigs(request)
        await loader.published(metadataOffset)
        return resources
      } catch (thrown) {
        return request.changes.map(({ resource }) => ({ resource, ...refusalOf(thrown) }))
      }
    },
    async alterReassignments(asked) {
      try {
        const { metadataOffset, partitions } = await controller.alterReassignments(asked)
        await loader.published(metadataOffset)
        return partitions
      } catch (thrown) {
        return asked.map(({ topic, partition }) => ({ topic, partition, ...refusalOf(thrown) }))
      }
    },
    async electLeaders(request) {
      try {
        const { metadataOffset, partitions } = await controller.electLeaders(request)
        await loader.published(metadataOffset)
        return { errorCode: errors.NONE, partitions }
      } catch (thrown) {
        const refusal = refusalOf(thrown)
        if (request.partitions === null) return { errorCode: refusal.errorCode, partitions: [] }
        const partitions = request.partitions.map((name) => ({ ...name, ...refusal }))
        return { errorCode: errors.NONE, partitions }
      }
    },
    async unregisterBroker(nodeId) {
      try {
        const { metadataOffset } = await controller.unregisterBroker(nodeId)
        await loader.published(metadataOffset)
        return { errorCode: errors.NONE, errorMessage: null }
      } catch (thrown) {
        return refusalOf(thrown)
      }
    },
    allocateProducerIds: () => controller.allocateProducerIds(broker),
  }
}

function failed(thrown: unknown, topic: Pick<FailedTopic, 'name' | 'topicId'>): FailedTopic {
  return { ...topic, ...refusalOf(thrown) }
}
