/**
 * What goes into the core and what comes out of it. Indexes begin at 1 and are dense; index 0, term
 * 0 is the place before the first entry. Times are ticks; sizes are bytes.
 */
import type { ReplicaKey } from './configuration.ts'
import type { Entry, SnapshotMark } from './entry.ts'
import type { Message } from './messages.ts'

/** Durable before anything that depends on it is said (Raft §5.1; SAFETY S8). */
export interface HardState {
  readonly term: number
  /** For whom this replica voted in `term`. */
  readonly vote: ReplicaKey | null
}

/** What a replica finds on its disk when it starts. */
export interface Recovered {
  readonly hardState: HardState
  /** Where the log begins. A founder has index 0, term 0 and the founding configuration (S1). */
  readonly snapshot: SnapshotMark
  /** The entries behind the snapshot's, read once. By `LogReader` when they are not in memory. */
  readonly entries: Iterable<Entry>
  /** Known to be committed: at least the snapshot's index. */
  readonly commit: number
}

/** Reads entries that are durable. Synchronous: the log is local. */
export interface LogReader {
  /**
   * Entries from `from` on, below `end`: at least one, then as many as fit in `maxBytes`. All of
   * them are behind the last compaction.
   */
  entries(from: number, end: number, maxBytes: number): readonly Entry[]
}

export interface RaftOptions {
  readonly self: ReplicaKey
  readonly recovered: Recovered
  readonly reader: LogReader
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** A follower campaigns after between one and two of these without a leader. */
  readonly electionTicks: number
  readonly heartbeatTicks: number
  readonly bounds: Bounds
}

export interface Bounds {
  /** Of one entry's data. */
  readonly entryBytes: number
  /** Of the entries of one append; one entry always fits. */
  readonly appendBytes: number
  readonly appendEntries: number
  /** Appends to one replica that are not answered yet. */
  readonly inflightAppends: number
  readonly inflightBytes: number
  /** Data of a leader's entries that are not committed yet. */
  readonly uncommittedBytes: number
  /** Entries kept in memory once they are durable and applied. */
  readonly cachedBytes: number
  /** Reads that wait for a quorum. */
  readonly reads: number
}

/** A number by which the driver knows what it asked. Never used twice in one life of a core. */
export type RequestId = number

export type Input =
  | { readonly type: 'tick'; readonly ticks: number }
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'propose'; readonly id: RequestId; readonly data: Uint8Array }
  /** Asks for an index that everything acknowledged before now is at or below (Raft §6.4). */
  | { readonly type: 'read'; readonly id: RequestId }
  | { readonly type: 'configure'; readonly id: RequestId; readonly change: ConfigurationChange }
  | { readonly type: 'transfer'; readonly id: RequestId; readonly to: ReplicaKey }
  /** Gives leadership up, naming successors in order of preference. */
  | { readonly type: 'resign' }
  /** The batch of that number, and all before it, are durable. */
  | { readonly type: 'persisted'; readonly batch: number }
  /** The state machine has taken everything up to `index`. */
  | { readonly type: 'applied'; readonly index: number }
  /** A snapshot is durable here; what is behind the log start may be forgotten. */
  | { readonly type: 'compacted'; readonly snapshot: SnapshotMark }
  /** Sending a snapshot ended; on success its receiver's own answer is waited for. */
  | {
      readonly type: 'snapshot-sent'
      readonly to: ReplicaKey
      readonly session: number
      readonly ok: boolean
    }
  /** Messages to this replica were lost, or its stream broke. */
  | { readonly type: 'unreachable'; readonly replica: ReplicaKey }
  /** Its own stream broke and its address refuses connections: the process is gone (S25). */
  | { readonly type: 'gone'; readonly replica: ReplicaKey }

export type ConfigurationChange =
  | { readonly type: 'add-learner'; readonly replica: ReplicaKey }
  | { readonly type: 'remove-learner'; readonly replica: ReplicaKey }
  /** New voters must be learners that have caught up. */
  | { readonly type: 'set-voters'; readonly voters: readonly ReplicaKey[] }

/** Why nothing was appended, or no read index given: nothing will come of it. */
export type Refusal =
  | 'not-leader'
  | 'too-large'
  | 'overloaded'
  /** A transfer of leadership is under way. */
  | 'transferring'
  /** Another change is not committed, or nothing of this leader's term is. */
  | 'change-pending'
  /** A new voter is no learner, or too far behind. */
  | 'not-caught-up'
  | 'unknown-replica'
  /** The successor did not take over within an election timeout. */
  | 'timed-out'
  /** It is as asked for already, or would leave no voter. */
  | 'no-change'

export type Answer =
  /** Appended. Whether it commits is told later, or never: then it is unknown. */
  | {
      readonly type: 'accepted'
      readonly id: RequestId
      readonly index: number
      readonly term: number
    }
  | { readonly type: 'refused'; readonly id: RequestId; readonly reason: Refusal }
  /** It is committed at the index it was accepted at. */
  | { readonly type: 'committed'; readonly id: RequestId; readonly index: number }
  /** Leadership was lost before it was committed: it may yet be, or not. */
  | { readonly type: 'unknown'; readonly id: RequestId }
  /** A read may be served once `index` is applied. */
  | { readonly type: 'readable'; readonly id: RequestId; readonly index: number }

export type Role = 'follower' | 'pre-candidate' | 'candidate' | 'leader'

/** What is to be written, whole or nothing of it, after all batches before it. */
export interface Batch {
  /** Counts up from 1. */
  readonly number: number
  /** To be durable before the rest of the batch is begun (S8). */
  readonly hardState: HardState | null
  /** Replaces the whole log, before any entries; it is durable itself already. */
  readonly snapshot: SnapshotMark | null
  /** Entries from this index on are to be removed first (S7); null when none are. */
  readonly truncateFrom: number | null
  readonly entries: readonly Entry[]
}

export interface Ready {
  readonly batch: Batch | null
  /** What they promise is durable: may be sent at once. In order, for each receiver. */
  readonly messages: readonly Message[]
  /** Committed and durable here up to this index: may be applied. */
  readonly applicable: number
  readonly answers: readonly Answer[]
  /** The newest snapshot is to go to these, then a message of type `snapshot` that names it. */
  readonly snapshots: readonly SnapshotWanted[]
  readonly status: Status
}

export interface SnapshotWanted {
  readonly to: ReplicaKey
  readonly term: number
  readonly session: number
}

export interface Status {
  readonly role: Role
  readonly term: number
  readonly leader: ReplicaKey | null
  readonly commit: number
}

/** One other member, as its leader knows it. */
export interface ReplicaStatus {
  readonly replica: ReplicaKey
  readonly state: 'probe' | 'replicate' | 'snapshot'
  /** It has everything up to here, durably. */
  readonly match: number
  /** Ticks since it was last heard of. */
  readonly silentTicks: number
  /** Ticks since it last had everything the leader had. */
  readonly behindTicks: number
}
