/**
 * What coordinators ask of others: of the view, which is the fold of the committed records of their
 * partition (SAFETY S15–S17); of the partition itself; of the controller. Everything else they are
 * told, see `shard.ts`.
 */
import type { TopicId } from '../base/ids.ts'
import type { TopicConfig } from '../config/topic-options.ts'
import type { Log } from '../log/log.ts'
import type { ErrorCode } from '../wire/errors.ts'
import type { CoordinatorRecord } from './shard.ts'

/**
 * The last committed record of every key of one partition, on every replica of it. Only what is
 * committed gets in; whoever reads takes what was decided and is not in it yet from the shard.
 *
 * A reading that begins when everything before `appliedOffset` is in the view says so; until it
 * ends the shard must not be told of a later one (`CoordinatorShard.applied`). Otherwise a record
 * that is applied meanwhile would be in neither.
 */
export interface CommittedView {
  /** Everything before this offset is in the view; -1: nothing may be read from it for now. */
  readonly appliedOffset: number
  /** The values of these keys, in their order; null for what is not there. */
  get(keys: readonly Uint8Array[]): Promise<readonly (Uint8Array | null)[]>
  /** The records whose keys begin like this, in the order of their keys. */
  beginningWith(prefix: Uint8Array): AsyncIterable<CoordinatorRecord>
}

/** A view that is kept up to date, on whatever replica. */
export interface FollowedView extends CommittedView {
  /** Offsets of the log that were folded into it since it is followed. */
  readonly foldedOffsets: number
  /** Calls `moved` whenever the applied offset has moved. */
  watch(moved: () => void): () => void
}

/** All views of a node. */
export interface Views {
  /** From now on its committed records are folded; again, when the partition is another object. */
  follow(partition: CoordinatorPartition): FollowedView
  /** The replica is not here any more. */
  forget(name: { readonly topicId: TopicId; readonly partition: number }): unknown
}

/**
 * The partition that a coordinator keeps its records in, as this broker has it; `replication/` fits
 * it. It may be replaced by another one of the same number, and leads nothing any more then.
 */
export interface CoordinatorPartition {
  readonly topic: string
  readonly topicId: TopicId
  readonly index: number
  readonly log: Pick<Log, 'highWatermark' | 'logStartOffset' | 'logEndOffset' | 'epochAt' | 'read'>
  readonly config: Pick<TopicConfig, 'max.message.bytes'>
  /** Null when this replica does not lead. */
  readonly leading: {
    readonly leaderEpoch: number
    /** Where the log ended when the epoch began. */
    readonly epochStartOffset: number
  } | null
  /** Whole batches, all or none of them, in this epoch or not at all. */
  appendOwn(
    batches: Uint8Array,
    leaderEpoch: number,
  ): { readonly errorCode: ErrorCode; readonly firstOffset: number }
  /** Whether all in-sync replicas have everything before `requiredOffset`: a code, or 'wait'. */
  outcome(
    acks: -1,
    waitFor: { readonly leaderEpoch: number; readonly requiredOffset: number },
  ): ErrorCode | 'wait'
  /** Calls `wake` after every move of the high watermark and every change of leadership. */
  watchCommits(wake: () => void): () => void
}

/** A topic of the cluster's own that is wanted. */
export interface WantedTopic {
  readonly name: string
  readonly partitions: number
  readonly replicationFactor: number
  readonly configs: ReadonlyMap<string, string>
}

/** The active controller, wherever it is. */
export interface TopicCreator {
  /** Resolves when the topic is known here, or with why it is not. */
  createTopic(
    topic: WantedTopic,
  ): Promise<{ readonly errorCode: ErrorCode; readonly reason: string | null }>
}
