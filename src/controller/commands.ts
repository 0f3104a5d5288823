/**
 * The commands of the active controller: the vocabulary of `requests.ts` and `changes.ts` put to
 * use.
 */
import type { NodeId } from '../base/ids.ts'
import type { ApplyChangesRequest, ApplyChangesResult } from './changes.ts'
import type {
  AlterConfigsRequest,
  AlterConfigsResult,
  AlterPartitionRequest,
  AlterPartitionResult,
  BrokerRequest,
  CreatePartitionsRequest,
  CreatePartitionsResult,
  CreateTopicResult,
  CreateTopicsRequest,
  DeletableTopic,
  DeleteTopicResult,
  ElectLeadersRequest,
  LeaveIsrRequest,
  LeaveIsrResult,
  LogEndsRequest,
  PartitionResult,
  ProducerIdBlock,
  Reassignment,
  RegisterBrokerReply,
  RegisterBrokerRequest,
  RegisterControllerRequest,
  Reply,
} from './requests.ts'

/**
 * What the active controller can be asked, wherever it is: `controller.ts` answers in its own
 * process, `rpc/` carries the same calls to it from others. Commands reject with a LograftError:
 * NOT_CONTROLLER (nothing was done: ask another one), REQUEST_TIMED_OUT (whether it took effect is
 * open), KAFKA_STORAGE_ERROR (no space), POLICY_VIOLATION (too much at once), OVERLOADED (try
 * again), or the codes named at the command.
 */
export interface ControllerCommands {
  /** INVALID_REGISTRATION, DUPLICATE_BROKER_REGISTRATION. The broker comes in fenced. */
  registerBroker(request: RegisterBrokerRequest): Promise<RegisterBrokerReply & Reply>
  /**
   * BROKER_ID_NOT_REGISTERED. The cluster forgets the broker, and counts on what it holds no more.
   * If its process runs, it stops; started again it registers anew.
   */
  unregisterBroker(nodeId: NodeId): Promise<Reply>
  /** Where a controller is found from now on. */
  registerController(request: RegisterControllerRequest): Promise<Reply>
  /**
   * Has a broker's process hand over and end; nothing of that is committed yet.
   * BROKER_ID_NOT_REGISTERED, BROKER_NOT_AVAILABLE (it is not in service).
   */
  shutDownBroker(nodeId: NodeId): Promise<Reply>
  /** One result per name; one atomic entry for all that succeed. */
  createTopics(
    request: CreateTopicsRequest,
  ): Promise<Reply & { readonly topics: readonly CreateTopicResult[] }>
  /** One result per name; one atomic entry for all that succeed. */
  createPartitions(
    request: CreatePartitionsRequest,
  ): Promise<Reply & { readonly topics: readonly CreatePartitionsResult[] }>
  /** One result per topic asked for. */
  deleteTopics(
    topics: readonly DeletableTopic[],
  ): Promise<Reply & { readonly topics: readonly DeleteTopicResult[] }>
  /** One result per resource. */
  alterConfigs(
    request: AlterConfigsRequest,
  ): Promise<Reply & { readonly resources: readonly AlterConfigsResult[] }>
  /** One result per partition. */
  alterReassignments(
    partitions: readonly Reassignment[],
  ): Promise<Reply & { readonly partitions: readonly PartitionResult[] }>
  /** One result per partition; of all partitions, only those that needed an election. */
  electLeaders(
    request: ElectLeadersRequest,
  ): Promise<Reply & { readonly partitions: readonly PartitionResult[] }>
  /**
   * All changes or none. DUPLICATE_RESOURCE: another request had that key. What is wrong with
   * single changes is in the reply.
   */
  applyChanges(request: ApplyChangesRequest): Promise<ApplyChangesResult & Reply>
  /** STALE_BROKER_EPOCH. */
  allocateProducerIds(request: BrokerRequest): Promise<ProducerIdBlock & Reply>
  /** STALE_BROKER_EPOCH. One result per partition. */
  alterPartition(
    request: AlterPartitionRequest,
  ): Promise<Reply & { readonly partitions: readonly AlterPartitionResult[] }>
  /** STALE_BROKER_EPOCH. One result per partition. */
  leaveIsr(
    request: LeaveIsrRequest,
  ): Promise<Reply & { readonly partitions: readonly LeaveIsrResult[] }>
  /** STALE_BROKER_EPOCH. What is told may elect a leader where nobody holds everything (S11). */
  tellLogEnds(request: LogEndsRequest): Promise<Reply>
}
