/**
 * What the harness and a client program say to each other. A program is told its order in the
 * first line of its standard input, works until that ends, and says in JSON lines what it does:
 * what it is about to ask before it asks, so that a program that dies leaves nothing unknown to
 * the harness. Lines are arrays, for there are thousands a second: what, which of its roles,
 * when, the rest. Partitions are called by their index in `lanes`. Times are those of the run.
 */
import type { HostPort } from '../../config/addresses.ts'
import type { Outcome } from '../history/events.ts'

export interface Lane {
  readonly topic: string
  readonly partition: number
}

/** One record after the other, each due at a time that no answer changes. */
export interface ProduceRole {
  readonly role: 'produce'
  readonly process: string
  readonly lanes: readonly Lane[]
  /** Records a second, over all lanes in turn. */
  readonly rate: number
  readonly acks: -1 | 1
  readonly idempotent: boolean
  /** So many different keys in each lane, for compacted topics; null: none. */
  readonly keys: number | null
  /** Of records with keys, how many are tombstones; 0 to 1. */
  readonly tombstones: number
}

/** Reads all lanes from their beginning on, by itself. */
export interface FollowRole {
  readonly role: 'follow'
  readonly process: string
  readonly lanes: readonly Lane[]
  /** How often a lane is read again from an earlier offset; null: never. */
  readonly seekEveryMs: number | null
}

/** A member of a group. */
export interface MemberRole {
  readonly role: 'member'
  readonly process: string
  readonly lanes: readonly Lane[]
  readonly group: string
  readonly sessionTimeoutMs: number
  /** Tells every record, not only rows of offsets. */
  readonly tellsRecords: boolean
}

/** Reads all lanes from given offsets to given ends, once. */
export interface ReadRole {
  readonly role: 'read'
  readonly process: string
  readonly lanes: readonly Lane[]
  readonly from: readonly number[]
  /** Exclusive. */
  readonly to: readonly number[]
}

export type Role = ProduceRole | FollowRole | MemberRole | ReadRole

export interface Order {
  readonly bootstrap: readonly HostPort[]
  /** What the machine's clock says when the run's says 0 (`host/clock.ts`). */
  readonly originMs: number
  readonly roles: readonly Role[]
}

type Id = string | null

/** What a program says. The second of each is the index of the role, the third the time. */
export type Line =
  /** Records of consecutive numbers, about to be sent; `keys` for compacted topics. */
  | readonly [
      'sending',
      number,
      number,
      producer: string,
      lane: number,
      firstNumber: number,
      dueMs: readonly number[],
      keys: readonly string[] | null,
      /** Those of them whose value is null. */
      tombstones: readonly number[] | null,
    ]
  /** What became of so many of them; `offset` of the first one, null when the client keeps it. */
  | readonly [
      'sent',
      number,
      number,
      producer: string,
      firstNumber: number,
      count: number,
      outcome: Outcome,
      offset: number | null,
      error: string | null,
    ]
  | readonly [
      'poll',
      number,
      number,
      lane: number,
      offsets: readonly number[],
      ids: readonly Id[],
      keys: readonly (string | null)[] | null,
    ]
  | readonly [
      'position',
      number,
      number,
      why: 'seek' | 'assigned' | 'revoked' | 'crashed',
      lane: number,
      offset: number | null,
    ]
  | readonly [
      'assigned',
      number,
      number,
      member: string,
      /** −1: the client does not tell. */
      generation: number,
      lanes: readonly number[],
    ]
  | readonly ['processed', number, number, lane: number, first: number, last: number]
  | readonly [
      'committing',
      number,
      number,
      lane: number,
      offset: number,
      metadata: string,
      member: string,
      generation: number,
    ]
  | readonly ['committed', number, number, metadata: string, outcome: Outcome, error: string | null]
  /** A reading is at its ends. */
  | readonly ['done', number, number]
  /** What it complains of. */
  | readonly ['log', number, number, sentence: string]

/** Records a client sends to one partition at once; what is more stays due. */
export const RECORDS_AT_ONCE = 500
