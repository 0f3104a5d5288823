/**
 * What happened in a run, one event a line: what clients asked and were told, what was done to the
 * cluster, what was found in the end. Everything a verdict needs is here, so that `lograft chaos
 * check` can judge a file alone. Times are milliseconds on the run's own clock, which never goes
 * back. What nobody knows is `unknown`, never `fail`: it may have happened, or may yet happen.
 */
import type { ClientName, Step, WorkloadName } from '../api.ts'

export type Outcome =
  /** Promised: it must be found for ever. */
  | 'ok'
  /** Refused for certain: it must never be found. */
  | 'fail'
  /** Not answered, or answered by what leaves it open. */
  | 'unknown'

/**
 * Who did something: one connection or one thread of a client. Retired after an unknown outcome.
 */
interface Done {
  /** `kafkajs/2`: unique in a run. */
  readonly process: string
  readonly workload: WorkloadName
  readonly client: ClientName
}

/** `target` of a run on brokers that were started for it: their disks can be looked at. */
export const OWN_BROKERS = 'brokers of its own'

export interface RunEvent {
  readonly type: 'run'
  readonly version: string
  readonly scenario: string
  readonly claim: string
  readonly seed: number
  /** ISO 8601, for logs of nodes. */
  readonly startedAt: string
  /** Where it took place, for people, or `OWN_BROKERS`. */
  readonly target: string
  readonly nodes: readonly number[]
  readonly topics: Readonly<
    Record<string, { partitions: number; replicationFactor: number; compacted: boolean }>
  >
  readonly expect: 'valid' | 'invalid'
  /** Of a negative control: one of these kinds of anomalies must be found. */
  readonly mustFind?: readonly string[]
  /** Those that were to run: one of which nothing is found proves nothing. */
  readonly workloads?: readonly WorkloadName[]
  /** How many faults were to be made. */
  readonly steps?: number
}

/** What part of the run begins: start, warm-up, faults, healing, reading. */
export interface PhaseEvent {
  readonly type: 'phase'
  readonly phase: 'start' | 'load' | 'faults' | 'heal' | 'read' | 'end'
  readonly atMs: number
}

export interface FaultEvent {
  readonly type: 'fault'
  readonly id: number
  readonly atMs: number
  readonly step: Step
  readonly nodes: readonly number[]
  /** For people. */
  readonly text: string
}

export interface HealedEvent {
  readonly type: 'healed'
  readonly id: number
  readonly atMs: number
  /** Why it could not be taken back; null when it was. */
  readonly error: string | null
}

/** A fault or a workload or a client that could not be had; never silently. */
export interface SkippedEvent {
  readonly type: 'skipped'
  readonly atMs: number
  readonly what: string
  readonly why: string
  /** Of a fault that was begun, and could not be made. */
  readonly id?: number
}

/** A partition has a new leader or epoch, or its ISR changed; leader −1: nobody. */
export interface LeaderEvent {
  readonly type: 'leader'
  readonly atMs: number
  readonly topic: string
  readonly partition: number
  readonly leader: number
  readonly leaderEpoch: number
  readonly isr: readonly number[]
}

export interface ControllerEvent {
  readonly type: 'controller'
  readonly atMs: number
  /** −1: nobody known. */
  readonly node: number
}

/** A node began, serves, ended. */
export interface NodeEvent {
  readonly type: 'node'
  readonly atMs: number
  readonly node: number
  readonly what: string
}

/** One record of a producer, written when its outcome is known, or at the end. */
export interface SendEvent extends Done {
  readonly type: 'send'
  readonly producer: string
  /** Ascending in the order of sending, for one producer. */
  readonly number: number
  readonly topic: string
  /** Null while the client has not told. */
  readonly partition: number | null
  /** When it should have been sent: latency counts from here (open loop). */
  readonly dueMs: number
  readonly sentMs: number
  /** Null: never answered, or the client does not tell when. */
  readonly doneMs: number | null
  readonly outcome: Outcome
  readonly offset: number | null
  /** Of a compacted topic; the value is `producer:number` all the same. */
  readonly key?: string
  /** It has no value: the key is to be gone. */
  readonly tombstone?: boolean
  readonly error?: string
  /** The producer sends duplicates away and keeps its order (idempotent). */
  readonly idempotent: boolean
}

/** What a consumer got in one poll of one partition; `ids[i]` is what was at `offsets[i]`. */
export interface PollEvent extends Done {
  readonly type: 'poll'
  readonly mode: 'assign' | 'subscribe'
  readonly topic: string
  readonly partition: number
  readonly atMs: number
  readonly offsets: readonly number[]
  /**
   * `producer:number`; null for bytes that nobody sent. Of a compacted topic null is a tombstone,
   * and `?` stands for bytes that nobody sent.
   */
  readonly ids: readonly (string | null)[]
}

/** From here on a consumer reads at `offset`, by its own will or its group's. */
export interface PositionEvent extends Done {
  readonly type: 'position'
  readonly why: 'seek' | 'assigned' | 'revoked' | 'crashed'
  readonly topic: string
  readonly partition: number
  readonly offset: number | null
  readonly atMs: number
}

export interface CommitEvent extends Done {
  readonly type: 'commit'
  readonly group: string
  readonly member: string
  /** −1: the client does not tell. */
  readonly generation: number
  readonly topic: string
  readonly partition: number
  readonly offset: number
  /** Unique for each commit, so it is known again. */
  readonly metadata: string
  readonly sentMs: number
  readonly doneMs: number | null
  readonly outcome: Outcome
  readonly error?: string
}

/** What a coordinator said is committed; offset −1: nothing. */
export interface CommittedEvent extends Done {
  readonly type: 'committed'
  readonly group: string
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly metadata: string
  readonly sentMs: number
  readonly doneMs: number
}

/** What a member was told to read, in a generation. */
export interface AssignedEvent extends Done {
  readonly type: 'assigned'
  readonly group: string
  readonly member: string
  /** −1: the client does not tell. */
  readonly generation: number
  readonly partitions: readonly { readonly topic: string; readonly partition: number }[]
  readonly atMs: number
}

/** A row of offsets without a gap that a group's member has processed. */
export interface ProcessedEvent extends Done {
  readonly type: 'processed'
  readonly group: string
  readonly topic: string
  readonly partition: number
  readonly first: number
  readonly last: number
  readonly atMs: number
}

/** An operation on metadata: for each key a linearizable register. */
export interface MetadataEvent extends Done {
  readonly type: 'metadata'
  /** `create`, `delete` of topic `key`; `set` and `get` of a config of topic `key`. */
  readonly op: 'create' | 'delete' | 'describe' | 'set' | 'get'
  readonly key: string
  /** Written by `set`, read by `get`; of `create` and `describe` the topic id; null: absent. */
  readonly value: string | null
  readonly sentMs: number
  readonly doneMs: number | null
  readonly outcome: Outcome
  readonly error?: string
}

/**
 * All of a partition, read from its log start after everything was whole again; of a large one
 * several, one behind the other.
 */
export interface FinalEvent {
  readonly type: 'final'
  /** Who read: a client's name. */
  readonly reader: string
  readonly topic: string
  readonly partition: number
  readonly logStartOffset: number
  readonly offsets: readonly number[]
  /** As in a poll. */
  readonly ids: readonly (string | null)[]
  /** Of a compacted topic. */
  readonly keys?: readonly (string | null)[]
}

/** A reader did not come to the end of a partition: what it has not told proves nothing. */
export interface UnreadEvent {
  readonly type: 'unread'
  readonly reader: string
  readonly topic: string
  readonly partition: number
}

/** A replica's log as it lies on its disk. */
export interface ReplicaEvent {
  readonly type: 'replica'
  readonly node: number
  readonly topic: string
  readonly partition: number
  readonly highWatermark: number
  readonly logStartOffset: number
  /** `[baseOffset, lastOffset, leaderEpoch, sizeBytes, crc]` of each batch. */
  readonly batches: readonly (readonly [number, number, number, number, number])[]
}

/** Something a checker cannot see in other events, such as a node that did not come back. */
export interface FoundEvent {
  readonly type: 'found'
  readonly atMs: number
  readonly kind: 'invalid' | 'unknown'
  readonly anomaly: string
  readonly sentence: string
}

/** Sentences of clients, as often as each came. */
export interface ComplaintEvent {
  readonly type: 'complaint'
  readonly process: string
  readonly sentence: string
  readonly count: number
}

export type HistoryEvent =
  | RunEvent
  | PhaseEvent
  | FaultEvent
  | HealedEvent
  | SkippedEvent
  | LeaderEvent
  | ControllerEvent
  | NodeEvent
  | SendEvent
  | PollEvent
  | PositionEvent
  | CommitEvent
  | CommittedEvent
  | AssignedEvent
  | ProcessedEvent
  | MetadataEvent
  | FinalEvent
  | UnreadEvent
  | ReplicaEvent
  | FoundEvent
  | ComplaintEvent
