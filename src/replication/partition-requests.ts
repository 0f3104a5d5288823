/**
 * What is asked of a partition, and what it answers: shapes only. What comes of it is decided in
 * `partition.ts`.
 */
import type { NodeId, TopicId } from '../base/ids.ts'
import type { EpochEndOffset } from '../log/types.ts'
import type { RecordError } from '../records/validate.ts'
import type { ErrorCode } from '../wire/errors.ts'
import type { FollowerFetch } from './leader-state.ts'
import type { Traffic } from './traffic.ts'

/** Which partition it is, of whom. */
export interface PartitionIdentity {
  readonly topic: string
  readonly topicId: TopicId
  readonly index: number
  /** The broker that it is on. */
  readonly nodeId: NodeId
  /** Of the topic. Default: of its own. */
  readonly traffic?: Traffic
}

/** -1: all in-sync replicas; 0: do not even answer; 1: the leader. */
export type Acks = -1 | 0 | 1

/** What a reader may see: consumers stop at the high watermark or the last stable offset. */
export type Isolation = 'log-end' | 'read-uncommitted' | 'read-committed'

export interface Appended {
  readonly errorCode: ErrorCode
  readonly errorMessage?: string
  readonly recordErrors?: readonly RecordError[]
  /**
   * Beside OUT_OF_ORDER_SEQUENCE_NUMBER, where what went before was appended by an earlier leader:
   * the epoch of this one.
   */
  readonly gapSinceEpoch?: number
  readonly baseOffset: number
  readonly logAppendTimeMs: number
  readonly logStartOffset: number
  /** What acks=all has to see below the high watermark; absent when nothing was appended. */
  readonly waitFor?: { readonly leaderEpoch: number; readonly requiredOffset: number }
}

/** Of what a coordinator appends. */
export interface OwnAppend {
  readonly errorCode: ErrorCode
  /** -1 when nothing was appended. */
  readonly firstOffset: number
}

export interface ReadRequest {
  readonly currentLeaderEpoch: number
  readonly fetchOffset: number
  /** Epoch of the last record the reader has, -1 when it does not say (Fetch v12). */
  readonly lastFetchedEpoch: number
  readonly isolation: Isolation
  readonly maxBytes: number
  /** Return one batch even when it is larger than `maxBytes` (KIP-74). */
  readonly atLeastOneBatch: boolean
  /** The reader is a replica: by asking for an offset it says that it has all before. */
  readonly follower?: Omit<FollowerFetch, 'fetchOffset'>
  /** It was read for this fetch before: what the follower has, it said then. */
  readonly isReadAgain?: boolean
}

export interface ReadResult {
  readonly errorCode: ErrorCode
  readonly highWatermark: number
  readonly lastStableOffset: number
  readonly logStartOffset: number
  /** The reader's log parted from ours: where the epoch it named ends here. */
  readonly divergingEpoch?: EpochEndOffset
  readonly chunks: readonly Uint8Array[]
  readonly sizeBytes: number
}

/** What ListOffsets answers; offset -1 when nothing fits. */
export interface ListedOffset {
  readonly errorCode: ErrorCode
  readonly offset: number
  readonly timestampMs: number
  readonly leaderEpoch: number
}

/** What DeleteRecords did to one partition. */
export interface DeletedRecords {
  /**
   * NONE, NOT_LEADER_OR_FOLLOWER, POLICY_VIOLATION (`cleanup.policy` without delete),
   * OFFSET_OUT_OF_RANGE (beyond the high watermark), KAFKA_STORAGE_ERROR.
   */
  readonly errorCode: ErrorCode
  /** Where the log begins now; -1 beside an error. */
  readonly lowWatermark: number
}

/** DeleteRecords' offset that stands for the high watermark. */
export const UP_TO_HIGH_WATERMARK = -1

/** ListOffsets' special timestamps. */
export const LATEST = -1
export const EARLIEST = -2
export const MAX_TIMESTAMP = -3
export const EARLIEST_LOCAL = -4
