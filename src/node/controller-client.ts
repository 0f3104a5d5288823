/**
 * The server's way to the controller when both are in one process. It adds what the controller does
 * not know: that this broker has published what was committed, so that whoever is answered can use
 * the new topic here at once.
 */
import type { Controller } from '../controller/controller.ts'
import type { MetadataLoader } from '../metadata/loader.ts'
import type { ControllerClient } from '../server/ports.ts'

export function localController(
  controller: Controller,
  loader: MetadataLoader,
  broker: { readonly nodeId: Parameters<Controller['allocateProducerIds']>[0]['nodeId']; brokerEpoch(): number },
): ControllerClient {
  return {
    async createTopics(request) {
      const { metadataOffset, topics } = await controller.createTopics(request)
      await loader.published(metadataOffset)
      return topics
    },
    async deleteTopics(asked) {
      const { metadataOffset, topics } = await controller.deleteTopics(asked)
      await loader.published(metadataOffset)
      return topics
    },
    allocateProducerIds: () =>
      controller.allocateProducerIds({ nodeId: broker.nodeId, brokerEpoch: broker.brokerEpoch() }),
  }
}
