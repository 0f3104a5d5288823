/**
 * What the server asks of others: of the controller, wherever that is, and of the disk.
 */
import type { VolumeBytes } from '../base/disk.ts'
import type {
  AlterConfigsRequest,
  AlterConfigsResult,
  CreatePartitionsRequest,
  CreatePartitionsResult,
  CreateTopicResult,
  CreateTopicsRequest,
  DeletableTopic,
  DeleteTopicResult,
  ElectLeadersRequest,
  PartitionResult,
  ProducerIdBlock,
  Reassignment,
} from '../controller/requests.ts'
import type { NodeId } from '../base/ids.ts'
import type { QuorumAdmin } from '../quorum/admin.ts'
import type { ErrorCode } from '../wire/errors.ts'

/** The one directory that everything is kept in. */
export interface LogDirectory {
  readonly path: string
  /** The volume it is on. Throws DiskError. */
  readonly volume: () => VolumeBytes
}

/**
 * Today the controller is in this process; a client that forwards to the active one fits the same
 * port. Every call answers only when its records are committed *and* visible in this broker's own
 * metadata.
 */
export interface ControllerClient {
  createTopics(request: CreateTopicsRequest): Promise<readonly CreateTopicResult[]>
  createPartitions(request: CreatePartitionsRequest): Promise<readonly CreatePartitionsResult[]>
  deleteTopics(topics: readonly DeletableTopic[]): Promise<readonly DeleteTopicResult[]>
  alterConfigs(request: AlterConfigsRequest): Promise<readonly AlterConfigsResult[]>
  alterReassignments(partitions: readonly Reassignment[]): Promise<readonly PartitionResult[]>
  /** With an error of its own where all are asked for, and so no partition is there to have it. */
  electLeaders(
    request: ElectLeadersRequest,
  ): Promise<{ readonly errorCode: ErrorCode; readonly partitions: readonly PartitionResult[] }>
  unregisterBroker(nodeId: NodeId): Promise<Outcome>
  allocateProducerIds(): Promise<ProducerIdBlock>
}

/** What became of a request that is about one thing. */
export interface Outcome {
  readonly errorCode: ErrorCode
  readonly errorMessage: string | null
}

/** The metadata quorum, as its leader tells of it and changes it. Rejects as `QuorumAdmin` does. */
export type Quorum = Pick<QuorumAdmin, 'describe' | 'add' | 'remove'>
