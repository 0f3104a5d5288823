/**
 * What the server asks of the controller, wherever that is. Today it is in this process; a client
 * that forwards to the active controller fits the same port. Every call answers only when its
 * records are committed *and* visible in this broker's own metadata.
 */
import type {
  AlterConfigsRequest,
  AlterConfigsResult,
  CreatePartitionsRequest,
  CreatePartitionsResult,
  CreateTopicResult,
  CreateTopicsRequest,
  DeletableTopic,
  DeleteTopicResult,
  ProducerIdBlock,
} from '../controller/requests.ts'

export interface ControllerClient {
  createTopics(request: CreateTopicsRequest): Promise<readonly CreateTopicResult[]>
  createPartitions(request: CreatePartitionsRequest): Promise<readonly CreatePartitionsResult[]>
  deleteTopics(topics: readonly DeletableTopic[]): Promise<readonly DeleteTopicResult[]>
  alterConfigs(request: AlterConfigsRequest): Promise<readonly AlterConfigsResult[]>
  allocateProducerIds(): Promise<ProducerIdBlock>
}
