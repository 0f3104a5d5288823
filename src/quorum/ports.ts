/**
 * The two sides of the quorum. `MetadataQuorum` is what controller and loader see: append one
 * atomic list of records, hear what was committed. Nothing above it may know how many nodes agree.
 * `EntryLog` is what the quorum asks of a log; `log/Log` fits it structurally (floors: both are on
 * the third, and never import each other).
 */
import type { NodeId } from '../base/ids.ts'
import type { BatchCursor } from '../records/batch.ts'
import type { CommittedEntry, CommittedSnapshot, MetadataRecord } from '../metadata/records.ts'

/** Why nothing was appended. */
export type AppendRefusal =
  /** This node does not lead, or leads in another epoch. */
  | 'not-leader'
  /** More than the entry bound, in records or bytes. */
  | 'too-large'
  /** No space; the quorum recovers by itself when there is some (S18). */
  | 'disk-full'
  /** Too many entries wait for their commitment. */
  | 'overloaded'
  /** The quorum is not started, stopping, stopped or failed. */
  | 'stopped'

/** What became of an entry that was appended. */
export type AppendOutcome =
  /** Committed, and delivered to every listener of this node. */
  | { readonly outcome: 'ok'; readonly offset: number }
  /** Certainly never part of the log. */
  | { readonly outcome: 'failed'; readonly reason: 'not-leader' }
  /** Leadership was lost or the disk failed in between: it may yet be committed, or not. */
  | { readonly outcome: 'unknown' }

/** An append is accepted or refused at once; when it is accepted, it has its offset. */
export type Append =
  | { readonly accepted: false; readonly reason: AppendRefusal }
  | {
      readonly accepted: true
      readonly offset: number
      /** Never rejects. */
      readonly outcome: Promise<AppendOutcome>
    }

/** Who leads, as this node knows it. */
export interface Leadership {
  /** Controller epoch (the Raft term). */
  readonly epoch: number
  /** Null while nobody is known to lead. */
  readonly leaderId: NodeId | null
  /**
   * This node leads: it has committed an entry of this epoch and delivered everything before it.
   */
  readonly isLeader: boolean
}

/**
 * What a listener is told, synchronously and in offset order. An error thrown by one is a broken
 * invariant: the node stops.
 */
export interface QuorumListener {
  /** Replaces everything delivered before. Comes first at start when there is a snapshot. */
  onSnapshot(snapshot: CommittedSnapshot): void
  onCommitted(entries: readonly CommittedEntry[]): void
  /** Everything that was committed when this node started has been delivered. Once. */
  onCaughtUp?(): void
  onLeadership?(leadership: Leadership): void
}

/** The committed state, as records: what a snapshot is written from. */
export interface SnapshotSource {
  /** The state after all entries delivered so far; must not change while it is being read. */
  committedSnapshot(): Omit<CommittedSnapshot, 'records'> & {
    readonly records: Iterable<MetadataRecord>
  }
}

/** Agreement on the metadata log. The quorum of one is the smallest of them, not a special case. */
export interface MetadataQuorum {
  readonly leadership: Leadership
  /** The offset the next `append` gets; true until the next `append` or `await`. */
  readonly nextOffset: number
  /** Everything below is committed. */
  readonly commitOffset: number
  /** Before `start`; called in the order of subscription. */
  subscribe(listener: QuorumListener): void
  /**
   * Appends `records` as one entry, all or nothing, if this node leads in `epoch`. Synchronous up
   * to the page cache; the outcome follows once the entry is durable on a quorum, after the
   * listeners were told.
   */
  append(epoch: number, records: readonly MetadataRecord[]): Append
}

/** What the quorum knows that a log's recovery needs (S5, S6). */
export interface EntryRecovery {
  /** The flushed offset a valid batch tells; null when it tells none. */
  watermarkOf(batch: BatchCursor): number | null
  /** Everything below is known to have been fsynced, whatever the batches say. */
  readonly durableWatermark: number
  /** What is wrong with a batch whose CRC is right; null when nothing is. */
  check(batch: BatchCursor): string | null
}

/** Opens the log of a directory, recovering it. Throws LograftError 'LOG_CORRUPT' for bit rot. */
export type OpenEntryLog = (options: {
  readonly directory: string
  readonly recovery: EntryRecovery
  /** Nothing below is needed any more; what is found may begin later. */
  readonly logStartOffset: number
  /** Everything below was fsynced. */
  readonly recoveryPoint: number
}) => EntryLog

/** A log of one-record batches: offset = index, partition leader epoch = term. */
export interface EntryLog {
  readonly logStartOffset: number
  readonly logEndOffset: number
  /** Everything below is fsynced. */
  readonly flushedOffset: number
  /** Why appends are refused for good, or null. */
  readonly offline: Error | null
  /**
   * Stamps base offset and leader epoch in place and writes, whole or nothing. With an error code
   * other than 0 nothing was written: no space while `offline` is null, else the log is lost.
   */
  append(
    batch: Uint8Array,
    options: { readonly leaderEpoch: number; readonly origin: 'coordinator' },
  ): { readonly errorCode: number; readonly firstOffset: number }
  /** Whole batches from `fromOffset` on, none that reaches beyond `upToOffset` (exclusive). */
  read(options: {
    readonly fromOffset: number
    readonly upToOffset: number
    readonly maxBytes: number
    readonly atLeastOneBatch: boolean
  }): { readonly errorCode: number; readonly chunks: readonly Uint8Array[] }
  /** Makes everything appended before the call durable. A rejection is never retried. */
  flush(): Promise<void>
  advanceHighWatermark(offset: number): boolean
  /** Nothing below is read any more. Answers 0, or an error code. */
  advanceLogStart(offset: number): number
  /** Removes the segments below the log start; a restart begins at `durableStart` or later. */
  removeExpired(durableStart: number): number
  /** Begins a new segment, so that the old one can be forgotten. Answers 0, or an error code. */
  roll(): number
  close(): Promise<void>
}
