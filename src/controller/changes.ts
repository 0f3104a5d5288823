/**
 * What the administration changes: a list of changes, carried out together or not at all, and once,
 * however often it is asked for with the same key.
 */
import type { NodeId, TopicId } from '../base/ids.ts'
import type { ErrorName } from '../wire/errors.ts'
import type {
  ConfigChange,
  CreatableTopic,
  ElectionType,
  GrownTopic,
  PartitionName,
  Reassignment,
} from './requests.ts'

export type Change =
  | { readonly type: 'create-topic'; readonly topic: CreatableTopic }
  /** With an id: only the topic that has it. */
  | { readonly type: 'delete-topic'; readonly name: string; readonly topicId: TopicId | null }
  | { readonly type: 'add-partitions'; readonly topic: GrownTopic }
  | { readonly type: 'alter-configs'; readonly change: ConfigChange }
  | { readonly type: 'reassign'; readonly partition: Reassignment }
  /** All moves that are under way are taken back. */
  | { readonly type: 'cancel-reassignments' }
  /** Null for all partitions there are. Where no election is needed, there is none. */
  | {
      readonly type: 'elect-leaders'
      readonly election: ElectionType
      readonly partitions: readonly PartitionName[] | null
    }
  /** Only one that is not in service and holds nothing. */
  | { readonly type: 'unregister-broker'; readonly nodeId: NodeId }

/** What must be so before a change, or it is PLAN_OUTDATED. */
export interface Expectation {
  /** Null: the overrides that are expected are those for all brokers. */
  readonly topic: string | null
  /** Null: there is no such topic. */
  readonly topicId: TopicId | null
  /** How many there are; null: not looked at. */
  readonly partitions: number | null
  /** Overrides as they are; null for none. */
  readonly configs: ReadonlyMap<string, string | null>
  /** By partition. */
  readonly replicas: ReadonlyMap<number, readonly number[]>
}

export interface WantedChange {
  readonly change: Change
  readonly expects: Expectation | null
}

/** An idempotency key, and what it stands for. */
export interface RequestKey {
  readonly key: string
  readonly digest: string
}

export interface ApplyChangesRequest {
  /** Empty with a key: the key alone is noted, of something that was done elsewhere. */
  readonly changes: readonly WantedChange[]
  readonly validateOnly: boolean
  readonly requestKey: RequestKey | null
}

/** A code of the error table, or one of the administration's own. */
export type ChangeErrorName = ErrorName | `${number}` | 'PLAN_OUTDATED'

/** Why the change at `index` cannot be made. */
export interface ChangeFault {
  readonly index: number
  readonly code: ChangeErrorName
  readonly message: string
}

export interface CreatedTopic {
  readonly name: string
  readonly topicId: TopicId
  readonly partitions: number
  readonly replicationFactor: number
}

/** When there are faults nothing was changed, and there is nothing else. */
export interface ApplyChangesResult {
  readonly faults: readonly ChangeFault[]
  /** The offset of the entry in which an earlier request with this key was carried out. */
  readonly appliedAt: number | null
  /** In the order of the request. */
  readonly created: readonly CreatedTopic[]
  /** Partitions that were given another leader by an election that was asked for. */
  readonly elected: readonly PartitionName[]
}
