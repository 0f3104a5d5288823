/**
 * The metadata records: everything the cluster knows is a fold over these. They are produced by the
 * controller's commands, stored by `codec.ts` (proto/lograft/metadata/v1/records.proto documents
 * every field) and applied by `delta.ts`; nothing else changes metadata.
 * In a change record an absent field means "as before". (KIP-631 is the model.)
 */
import type { NodeId, TopicId } from '../base/ids.ts'

/** Nobody leads this partition. */
export const NO_LEADER = -1

/** Names the cluster; the first record of every log. */
export interface ClusterIdRecord {
  readonly type: 'ClusterId'
  readonly clusterId: string
}

/** The level of a feature that all nodes agree to use; 0 is off. */
export interface FeatureLevelRecord {
  readonly type: 'FeatureLevel'
  readonly name: string
  readonly level: number
}

/** A broker's process registers: new, or again with changed addresses. Replaces what was known. */
export interface RegisterBrokerRecord {
  readonly type: 'RegisterBroker'
  readonly nodeId: NodeId
  /** Fresh for every process. */
  readonly incarnationId: string
  /** Of the disk's contents. */
  readonly directoryId: string
  /** The metadata offset at which this incarnation first registered. */
  readonly brokerEpoch: number
  readonly host: string
  readonly port: number
  readonly rack: string | null
  readonly fenced: boolean
  readonly inControlledShutdown: boolean
}

export interface UnregisterBrokerRecord {
  readonly type: 'UnregisterBroker'
  readonly nodeId: NodeId
  readonly brokerEpoch: number
}

/** Fences, unfences or retires a registered broker. */
export interface BrokerRegistrationChangeRecord {
  readonly type: 'BrokerRegistrationChange'
  readonly nodeId: NodeId
  readonly brokerEpoch: number
  readonly fenced?: boolean
  readonly inControlledShutdown?: boolean
}

export interface TopicRecord {
  readonly type: 'Topic'
  readonly name: string
  readonly topicId: TopicId
}

/** The whole state of one partition: at its creation, and in snapshots. */
export interface PartitionRecord {
  readonly type: 'Partition'
  readonly topicId: TopicId
  readonly partition: number
  /** In order of preference: the first is the preferred leader. */
  readonly replicas: readonly NodeId[]
  readonly isr: readonly NodeId[]
  readonly elr: readonly NodeId[]
  readonly leader: NodeId | typeof NO_LEADER
  readonly leaderEpoch: number
  readonly partitionEpoch: number
  readonly addingReplicas: readonly NodeId[]
  readonly removingReplicas: readonly NodeId[]
  readonly lastKnownElr: readonly NodeId[]
}

/** Changes one partition; its partition epoch rises by one, whatever changed. */
export interface PartitionChangeRecord {
  readonly type: 'PartitionChange'
  readonly topicId: TopicId
  readonly partition: number
  readonly replicas?: readonly NodeId[]
  readonly isr?: readonly NodeId[]
  readonly elr?: readonly NodeId[]
  /** Naming the present leader again still raises the leader epoch. */
  readonly leader?: NodeId | typeof NO_LEADER
  readonly addingReplicas?: readonly NodeId[]
  readonly removingReplicas?: readonly NodeId[]
  readonly lastKnownElr?: readonly NodeId[]
  /** Said of an election: the new leader may lack acknowledged records. Changes nothing. */
  readonly mayLoseRecords?: true
}

/** Deletes a topic, its partitions and its configs. The id never returns. */
export interface RemoveTopicRecord {
  readonly type: 'RemoveTopic'
  readonly topicId: TopicId
}

/** `broker` with an empty name is the cluster-wide level, as in Kafka. */
export type ConfigResourceType = 'topic' | 'broker'

export interface ConfigRecord {
  readonly type: 'Config'
  readonly resourceType: ConfigResourceType
  /** Topic name; node id as text, or empty for all brokers. */
  readonly resourceName: string
  readonly key: string
  /** Null removes the override. */
  readonly value: string | null
}

/** A block of producer ids was given away; the next block begins at `nextProducerId`. */
export interface ProducerIdsRecord {
  readonly type: 'ProducerIds'
  readonly nodeId: NodeId
  readonly brokerEpoch: number
  readonly nextProducerId: number
}

/** Where a controller is found. Replaces what was known of it. (KIP-919 is the model.) */
export interface RegisterControllerRecord {
  readonly type: 'RegisterController'
  readonly nodeId: NodeId
  /** Of the disk's contents. */
  readonly directoryId: string
  /** Fresh for every process. */
  readonly incarnationId: string
  /** Of its gRPC listener. */
  readonly host: string
  readonly port: number
}

/**
 * A request with an idempotency key was carried out, by this entry. (The key and the request are of
 * the admin API.)
 */
export interface RequestKeyRecord {
  readonly type: 'RequestKey'
  readonly key: string
  /** Of the request's content. */
  readonly digest: string
  /** Of this entry. */
  readonly metadataOffset: number
}

/** Changes nothing. */
export interface NoOpRecord {
  readonly type: 'NoOp'
}

export type MetadataRecord =
  | ClusterIdRecord
  | FeatureLevelRecord
  | RegisterBrokerRecord
  | UnregisterBrokerRecord
  | BrokerRegistrationChangeRecord
  | TopicRecord
  | PartitionRecord
  | PartitionChangeRecord
  | RemoveTopicRecord
  | ConfigRecord
  | ProducerIdsRecord
  | RegisterControllerRecord
  | RequestKeyRecord
  | NoOpRecord

/** Records of one log entry at most; an entry is applied whole or not at all (KIP-631's bound). */
export const RECORDS_PER_ENTRY_MAX = 10_000

/** One committed entry of the metadata log: an atomic list of records at one offset. */
export interface CommittedEntry {
  readonly offset: number
  /** Controller epoch (the Raft term) in which it was written. */
  readonly epoch: number
  /** Empty for an entry that concerns the quorum alone. */
  readonly records: readonly MetadataRecord[]
}
