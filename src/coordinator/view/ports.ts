/**
 * What views ask of others: a database for all of a node, the partitions that are folded into it,
 * and of the log cleaner that it leaves them what they have not folded yet (SAFETY S17).
 */
import type { TopicId } from '../../base/ids.ts'
import type { PartitionName } from '../../log/log-checkpoints.ts'
import type { Log } from '../../log/log.ts'

export type StoreOperation =
  | { readonly type: 'put'; readonly key: Uint8Array; readonly value: Uint8Array }
  | { readonly type: 'del'; readonly key: Uint8Array }

/** Keys from `gte` on, up to but not `lt`, in their order as bytes. */
export interface KeyRange {
  readonly gte: Uint8Array
  readonly lt: Uint8Array
}

export type StoreEntry = readonly [key: Uint8Array, value: Uint8Array]

export interface StoreIterator {
  /** At most `count` entries; none at the end. */
  nextv(count: number): Promise<readonly StoreEntry[]>
  close(): Promise<void>
}

export interface StoreBatch {
  put(key: Uint8Array, value: Uint8Array): unknown
  del(key: Uint8Array): unknown
  /** All or nothing; `sync`: what was written so far is durable when it resolves. */
  write(options: { readonly sync: boolean }): Promise<void>
}

/** The part of `abstract-level` that is used, with bytes as keys and values. */
export interface ViewStore {
  getMany(keys: Uint8Array[]): Promise<readonly (Uint8Array | undefined)[]>
  /** The chained form: an array of operations costs eight times as much. */
  batch(): StoreBatch
  /** Sees what was there when it was made. */
  iterator(range: KeyRange): StoreIterator
}

/** One replica of a coordinator's partition, leader or follower. */
export interface FoldedPartition {
  readonly topic: string
  readonly topicId: TopicId
  readonly index: number
  readonly log: FoldedLog
  /** Calls `wake` whenever the high watermark has moved, and when the log was truncated. */
  watchCommits(wake: () => void): () => void
}

export type FoldedLog = Pick<
  Log,
  'logStartOffset' | 'highWatermark' | 'logEndOffset' | 'epochAt' | 'read'
>

export interface CleanerPorts {
  /** What `cleaner-offset-checkpoint` says of the partition; 0: nothing. */
  cleanedOffset(of: PartitionName): number
  /** Nothing is compacted beyond what `applied` says, until the function that it returns. */
  holdBack(of: PartitionName, applied: () => number): () => void
}
