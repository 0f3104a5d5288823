/**
 * What coordinators ask of others: of the view, which is the fold of the committed records of their
 * partition (SAFETY S15–S17). Everything else they are told, see `shard.ts`.
 */
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
  /** Everything before this offset is in the view. */
  readonly appliedOffset: number
  /** The values of these keys, in their order; null for what is not there. */
  get(keys: readonly Uint8Array[]): Promise<readonly (Uint8Array | null)[]>
  /** The records whose keys begin like this, in the order of their keys. */
  beginningWith(prefix: Uint8Array): AsyncIterable<CoordinatorRecord>
}
