/**
 * What the controller can be asked, and what it answers: the vocabulary of the Kafka handlers and
 * of the admin API. Refusals of a whole request are thrown as `LograftError` with a code of the
 * error table; refusals of one topic are values, as a request holds hundreds (ADR 7).
 */
import type { NodeId, TopicId } from '../base/ids.ts'
import type { ConfigResource, ConfigsImage } from '../metadata/image/configs.ts'
import type { RegisterControllerRecord } from '../metadata/records.ts'
import type { ErrorCode } from '../wire/errors.ts'

/** Every reply tells the metadata offset at which what it says holds. */
export interface Reply {
  readonly metadataOffset: number
}

/** How the broker's previous process ended, as far as its disk tells (S11). */
export type RestartKind = 'clean' | 'killed' | 'unclean'

export interface RegisterBrokerRequest {
  readonly nodeId: NodeId
  /** Fresh for every process. */
  readonly incarnationId: string
  readonly directoryId: string
  readonly host: string
  readonly port: number
  readonly rack: string | null
  readonly restart: RestartKind
  /** What the broker's disk says its last epoch was; -1 when it says nothing. */
  readonly previousBrokerEpoch: number
}

export interface RegisterBrokerReply {
  readonly brokerEpoch: number
}

export interface BrokerRequest {
  readonly nodeId: NodeId
  readonly brokerEpoch: number
}

export interface CreatableTopic {
  readonly name: string
  /** -1 for the default (or with `assignments`). */
  readonly partitions: number
  /** -1 for the default (or with `assignments`). */
  readonly replicationFactor: number
  /** Manual placement; empty to let the controller place. */
  readonly assignments: readonly { partition: number; brokerIds: readonly number[] }[]
  readonly configs: readonly { name: string; value: string | null }[]
}

export interface CreateTopicsRequest {
  readonly topics: readonly CreatableTopic[]
  readonly validateOnly: boolean
}

/** One line of CreateTopics' effective configuration (v5). `source` as in DescribeConfigs. */
export interface EffectiveConfig {
  readonly name: string
  readonly value: string | null
  readonly readOnly: boolean
  readonly source: number
  readonly isSensitive: boolean
}

export type CreateTopicResult =
  | {
      readonly errorCode: 0
      readonly name: string
      readonly topicId: TopicId
      readonly partitions: number
      readonly replicationFactor: number
      readonly configs: readonly EffectiveConfig[]
    }
  | FailedTopic

export interface FailedTopic {
  readonly errorCode: ErrorCode
  readonly errorMessage: string
  /** Null when the topic was asked for by an id that is not known. */
  readonly name: string | null
  readonly topicId: TopicId | null
}

/** One of the two is set. */
export interface DeletableTopic {
  readonly name: string | null
  readonly topicId: TopicId | null
}

export type DeleteTopicResult =
  { readonly errorCode: 0; readonly name: string; readonly topicId: TopicId } | FailedTopic

export interface GrownTopic {
  readonly name: string
  /** How many partitions there shall be in all. */
  readonly count: number
  /** The replicas of each new partition; null to let the controller place them. */
  readonly assignments: readonly (readonly number[])[] | null
}

export interface CreatePartitionsRequest {
  readonly topics: readonly GrownTopic[]
  readonly validateOnly: boolean
}

export interface CreatePartitionsResult {
  readonly name: string
  readonly errorCode: ErrorCode
  readonly errorMessage: string | null
}

export interface PartitionName {
  readonly topic: string
  readonly partition: number
}

/** What became of one partition that a request names. */
export interface PartitionResult extends PartitionName {
  readonly errorCode: ErrorCode
  readonly errorMessage: string | null
}

/** Replicas in the order of preference; null takes back what is under way. */
export interface Reassignment extends PartitionName {
  readonly replicas: readonly number[] | null
  /** INVALID_REPLICATION_FACTOR where there would be more or fewer than now (KIP-860). */
  readonly keepsCount?: boolean
}

export type ElectionType = 'preferred' | 'unclean'

export interface ElectLeadersRequest {
  readonly type: ElectionType
  /** Null for all there are. */
  readonly partitions: readonly PartitionName[] | null
}

export interface ProducerIdBlock {
  readonly firstProducerId: number
  readonly count: number
}

/** One change of one option. Items are separated by commas, as in any list option. */
export type ConfigOperation =
  | { readonly type: 'set' | 'append' | 'subtract'; readonly name: string; readonly value: string }
  | { readonly type: 'delete'; readonly name: string }

export interface ConfigChange {
  readonly resource: ConfigResource
  readonly operations: readonly ConfigOperation[]
  /** What no operation names loses its override. */
  readonly replacesAll: boolean
}

export interface AlterConfigsRequest {
  readonly changes: readonly ConfigChange[]
  readonly validateOnly: boolean
}

export interface AlterConfigsResult {
  readonly resource: ConfigResource
  readonly errorCode: ErrorCode
  readonly errorMessage: string | null
}

/** What the controller asks of the tables of options; `node/config-rules.ts` answers. */
export interface ConfigRules {
  /** The overrides of a resource as they are to be kept, or what is wrong with them. */
  check(
    resource: ConfigResource,
    overrides: ReadonlyMap<string, string>,
    configs: ConfigsImage,
  ): { readonly overrides: ReadonlyMap<string, string> } | { readonly problem: string }
  /** What a list option of the resource holds without an override; null when it is no list. */
  inheritedItems(
    resource: ConfigResource,
    name: string,
    configs: ConfigsImage,
  ): readonly string[] | null
  /** What holds for a topic with these overrides. */
  effective(
    overrides: ReadonlyMap<string, string>,
    configs: ConfigsImage,
  ): readonly EffectiveConfig[]
}

/** The node's settings that commands need. */
export interface ControllerSettings {
  /** `num.partitions`. */
  readonly defaultPartitions: number
  /** `default.replication.factor`; null for min(3, registered brokers). */
  readonly defaultReplicationFactor: number | null
  /**
   * Cluster-level settings written when the cluster is founded, by Kafka's name (S12):
   * `min.insync.replicas`, `unclean.leader.election.enable`.
   */
  readonly foundingConfigs: ReadonlyMap<string, string>
}

/** Where a controller is found, as it says itself. */
export type RegisterControllerRequest = Omit<RegisterControllerRecord, 'type'>

/** An ISR that a leader wishes for, and what it saw when it wished. */
export interface AlterablePartition {
  readonly topicId: TopicId
  readonly partition: number
  readonly leaderEpoch: number
  readonly partitionEpoch: number
  /** With the broker epoch each was heard of in; -1 when it was not heard of in this epoch. */
  readonly isr: readonly { readonly nodeId: NodeId; readonly brokerEpoch: number }[]
  /** An earlier request with this wish may still arrive: if this is refused, so must that be. */
  readonly isAskedAgain?: boolean
}

export interface AlterPartitionRequest extends BrokerRequest {
  readonly partitions: readonly AlterablePartition[]
}

export type AlterPartitionResult = {
  readonly topicId: TopicId
  readonly partition: number
} & (
  | {
      readonly errorCode: 0
      readonly leader: NodeId | -1
      readonly leaderEpoch: number
      readonly isr: readonly NodeId[]
      readonly partitionEpoch: number
    }
  | { readonly errorCode: ErrorCode; readonly errorMessage: string }
)

/**
 * Why a replica should not count (S14). Only what is corrupt is cut when it has left. What was lost
 * was lost before the broker came into service, when recovery cut what no kill leaves (S11).
 */
export type LeaveReason = 'corrupt-segment' | 'full-disk' | 'failing-directory' | 'records-lost'

/** A replica of the broker that asks. */
export interface LeavingReplica {
  readonly topicId: TopicId
  readonly partition: number
  /** The newest one in which it may have fetched, or led. */
  readonly leaderEpoch: number
  readonly reason: LeaveReason
}

export interface LeaveIsrRequest extends BrokerRequest {
  readonly partitions: readonly LeavingReplica[]
}

export type LeaveIsrResult = {
  readonly topicId: TopicId
  readonly partition: number
} & (
  | {
      readonly errorCode: 0
      /** It is neither in sync nor eligible any more; false where nobody else could lead. */
      readonly hasLeft: boolean
    }
  | { readonly errorCode: ErrorCode; readonly errorMessage: string }
)

/** How far a replica's log reaches, of a partition of which nobody is known to hold everything. */
export interface LogEnd {
  readonly topicId: TopicId
  readonly partition: number
  /** The state of the partition in which it was looked at; the log stays as it is in that state. */
  readonly partitionEpoch: number
  /** The leader epoch of its last record; -1 when it is empty. */
  readonly lastEpoch: number
  readonly logEndOffset: number
}

export interface LogEndsRequest extends BrokerRequest {
  readonly partitions: readonly LogEnd[]
}
