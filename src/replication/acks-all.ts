/**
 * Where `acks=all` is decided: whether a produce may begin, whether it is done, and with what code.
 * Pure. Two errors, each in its place (invariant C13): too few in-sync replicas *before* the append
 * means nothing was written; *after* it, the records are in the log and may stay there.
 */
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'

/** The part of a leader's state that decides; a snapshot taken at the moment of asking. */
export interface CommitState {
  /** Null when this replica does not lead. */
  readonly leaderEpoch: number | null
  /** First offset not known to be on every in-sync replica (exclusive). */
  readonly highWatermark: number
  readonly isrCount: number
  /** Without replicas that a reassignment is adding. */
  readonly replicaCount: number
  /** The topic's `min.insync.replicas`. */
  readonly minInsyncReplicas: number
}

/** A partition of two replicas cannot have three in sync: the lesser of both counts. */
export function effectiveMinInsyncReplicas(
  state: Pick<CommitState, 'minInsyncReplicas' | 'replicaCount'>,
): number {
  return Math.min(state.minInsyncReplicas, state.replicaCount)
}

/** Before the append: NONE, or NOT_ENOUGH_REPLICAS with nothing written. */
export function mayAppendForAll(state: CommitState): ErrorCode {
  return state.isrCount < effectiveMinInsyncReplicas(state)
    ? errors.NOT_ENOUGH_REPLICAS
    : errors.NONE
}

/**
 * After the append: the final code, or 'wait'. An answer is given only while this replica leads in
 * the epoch it appended in (C14); any other leader may have thrown the records away. Below min ISR
 * the high watermark stands still (KIP-966), so nobody waits there for what need not come.
 */
export function outcomeForAll(
  state: CommitState,
  appended: { readonly leaderEpoch: number; readonly requiredOffset: number },
): ErrorCode | 'wait' {
  if (state.leaderEpoch !== appended.leaderEpoch) return errors.NOT_LEADER_OR_FOLLOWER
  if (state.isrCount < effectiveMinInsyncReplicas(state))
    return errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND
  return state.highWatermark < appended.requiredOffset ? 'wait' : errors.NONE
}
