/**
 * What groups asked their coordinators to remember, and what they were told, as it passed on the
 * wire: the word of a client is not needed for any of it, also not of one that is dead. Times are
 * those of the run. A request is known before its broker has it, an answer before its client.
 */
import type { ErrorCode } from '../../src/wire/errors.ts'

/** Of one partition, in the order in which they were asked for. */
export interface Commit {
  readonly group: string
  readonly client: string
  /** Empty: of no member. */
  readonly memberId: string
  /** −1: of no member. */
  readonly generation: number
  readonly partition: number
  readonly offset: number
  /** Every commit has its own, so it is known again. */
  readonly metadata: string
  readonly node: number
  readonly askedMs: number
  answeredMs: number | null
  /** Null: no answer came. */
  code: ErrorCode | null
}

/** What a coordinator said is committed; offset −1: nothing. */
export interface Fetched {
  readonly by: string
  readonly group: string
  readonly partition: number
  readonly offset: number
  readonly metadata: string
  readonly askedMs: number
  readonly answeredMs: number
}

/** What a member was told to read, in a generation. */
export interface Assigned {
  readonly group: string
  readonly memberId: string
  readonly generation: number
  readonly partitions: readonly number[]
  readonly answeredMs: number
}

export interface GroupHistory {
  readonly commits: readonly Commit[]
  readonly fetches: readonly Fetched[]
  readonly assigned: readonly Assigned[]
}

/** A record of the coordinator's log that says where a group continues. */
export interface LoggedCommit {
  readonly group: string
  readonly partition: number
  readonly offset: number
  readonly metadata: string
}

/** What a member has processed: `first` and `last` of a row without a gap. */
export interface Processed {
  readonly partition: number
  readonly first: number
  readonly last: number
}

export const placeOf = ({ group, partition }: { group: string; partition: number }) =>
  `${group} ${partition}`
