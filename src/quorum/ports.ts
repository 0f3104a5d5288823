/**
 * The sides of the quorum. `MetadataQuorum` is what controller and loader see: append one atomic
 * list of records, hear what was committed. Nothing above it may know how many nodes agree.
 * `EntryLog` is what the quorum asks of a log; `log/Log` fits it structurally (floors: both are on
 * the third, and never import each other). `RaftTransport` is how replicas reach each other.
 */
import type { NodeId } from '../base/ids.ts'
import type { BatchCursor } from '../records/batch.ts'
import type { MetadataImage } from '../metadata/image.ts'
import type { CommittedEntry, MetadataRecord } from '../metadata/records.ts'
import type { ReplicaKey } from '../raft/configuration.ts'
import type { Message } from '../raft/messages.ts'

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
  onSnapshot(image: MetadataImage): void
  onCommitted(entries: readonly CommittedEntry[]): void
  /** Everything that was committed when this node started has been delivered. Once. */
  onCaughtUp?(): void
  onLeadership?(leadership: Leadership): void
}

/** What a snapshot is written from. */
export interface SnapshotSource {
  /** The state after all entries delivered so far. */
  readonly committedImage: MetadataImage
}

/** Agreement on the metadata log. A quorum of one is the smallest of them, not a special case. */
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
  /**
   * Whether this node led in `epoch` after the call, as a quorum confirmed, with all that was
   * committed before the call delivered: then what it knows is the newest there is (Raft thesis
   * §6.4). Never rejects.
   */
  confirmLeadership(epoch: number): Promise<boolean>
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
  /** Drops every batch that reaches beyond `offset`; durable when it returns (S7). */
  truncateTo(offset: number): void
  /** Drops everything and begins again, empty, at `offset`; durable when it returns. */
  truncateFullyAndStartAt(offset: number): void
  advanceHighWatermark(offset: number): boolean
  /** Nothing below is read any more. Answers 0, or an error code. */
  advanceLogStart(offset: number): number
  /** Removes the segments below the log start; a restart begins at `durableStart` or later. */
  removeExpired(durableStart: number): number
  /** Begins a new segment, so that the old one can be forgotten. Answers 0, or an error code. */
  roll(): number
  close(): Promise<void>
}

// --- other replicas

/** Carries messages between replicas: `rpc/` over gRPC, the simulator over a queue of its own. */
export interface RaftTransport {
  /** Once, before anything else. Until then nothing is accepted from anybody. */
  open(events: RaftTransportEvents): void
  /** Who is talked to from now on, never this node itself; streams to all others are closed. */
  setPeers(peers: readonly ReplicaKey[]): void
  /**
   * Queues a message for `message.to`: in order for each receiver, bounded, lost when it cannot be
   * kept (then `onUnreachable` says so). Never throws, never waits, never calls back at once.
   */
  send(message: Message): void
  /**
   * Sends a snapshot beside the stream, resuming an earlier attempt. True once the receiver has all
   * of it, checked and durable. Never rejects; false when it refuses, or `signal` aborts first.
   */
  sendSnapshot(to: ReplicaKey, snapshot: OutgoingSnapshot, signal: AbortSignal): Promise<boolean>
  close(): Promise<void>
}

/** What a transport tells the quorum; never from within a call of the quorum. */
export interface RaftTransportEvents {
  /** In the order in which its sender sent it, or not at all. */
  onMessage(message: Message): void
  /** Messages to it were dropped, or its stream broke. */
  onUnreachable(replica: ReplicaKey): void
  /** This node's own stream to it broke and its address refuses connections (S23, S25). */
  onGone(replica: ReplicaKey): void
  /** A peer wants to send a snapshot; null refuses it. Throws DiskError. */
  onSnapshot(snapshot: SnapshotOffer): IncomingSnapshot | null
}

export interface SnapshotOffer {
  readonly from: ReplicaKey
  /** The first offset not contained, and the epoch of the entry before it. */
  readonly endOffset: number
  readonly epoch: number
  readonly sizeBytes: number
}

export interface OutgoingSnapshot {
  readonly endOffset: number
  readonly epoch: number
  readonly sizeBytes: number
  /** Fewer bytes than asked for only at the end; owned by the caller. Throws DiskError. */
  read(bytePosition: number, maxBytes: number): Uint8Array
}

export interface IncomingSnapshot {
  /** Held from an earlier attempt: the sender goes on from here. */
  readonly receivedBytes: number
  /** In order and without a gap. Throws DiskError. */
  write(bytes: Uint8Array, bytePosition: number): void
  /** All bytes were written: checks them and makes them durable. Rejects when they are no good. */
  finish(): Promise<void>
  /** The stream broke; what was received is kept for the next attempt. Idempotent. */
  abandon(): void
}

/** What a node says of itself to those it is to found a quorum with (S1). */
export interface Introduction {
  readonly replica: ReplicaKey
  /** Of this life of the process. */
  readonly incarnationId: string
  /** Null before the first committed record named it. */
  readonly clusterId: string | null
  /** Whom this node is bound, durably, to found the quorum with; null: its directory is empty. */
  readonly founders: readonly ReplicaKey[] | null
  /** It knows that all founders are bound: the quorum is founded. */
  readonly founded: boolean
}

/** A node that `controller.quorum.voters` names. */
export interface VoterAddress {
  readonly nodeId: NodeId
  readonly host: string
  readonly port: number
}

/** How nodes that are to found a quorum meet. */
export interface FoundingPeers {
  /**
   * Introduces this node and asks who is there; with `proposed` it also asks to be bound to these
   * founders. The answer's `founders` tell whether it is. Rejects when nobody answers in time.
   */
  introduce(
    to: VoterAddress,
    introduction: Introduction,
    proposed: readonly ReplicaKey[] | null,
    signal: AbortSignal,
  ): Promise<Introduction>
  /** Answers others: durably bound before it returns when it accepts `proposed`. Once. */
  onIntroduction(
    answer: (from: Introduction, proposed: readonly ReplicaKey[] | null) => Introduction,
  ): void
}
