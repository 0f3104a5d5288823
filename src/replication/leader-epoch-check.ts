/**
 * Fencing by leader epoch (KIP-320). Pure. Checked *before* leadership: a client with a newer epoch
 * than ours must learn that we are behind, not that we are nobody.
 */
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'

/** What a request says when it does not want to be fenced. */
const NO_LEADER_EPOCH = -1

/** @param ours the epoch of the partition here, whoever leads. */
export function checkLeaderEpoch(requested: number, ours: number): ErrorCode {
  if (requested === NO_LEADER_EPOCH || requested === ours) return errors.NONE
  return requested < ours ? errors.FENCED_LEADER_EPOCH : errors.UNKNOWN_LEADER_EPOCH
}

/**
 * For a replica that metadata, as far as it has come here, does not place on its broker. Who named
 * an epoch may know better, and asks again; of others nothing can be said (as in Kafka).
 */
export function strangerCode(currentLeaderEpoch: number): ErrorCode {
  return currentLeaderEpoch !== NO_LEADER_EPOCH
    ? errors.UNKNOWN_LEADER_EPOCH
    : errors.NOT_LEADER_OR_FOLLOWER
}

/**
 * For an offset beyond the log end, or an epoch that is not known here. A consumer that hears
 * OFFSET_OUT_OF_RANGE goes on at the newest record, or the oldest: a leader that slept, and knows
 * neither the end of the log nor its newest epoch, says that it leads no more. A follower brings
 * its own epoch along.
 * @param knows whether whoever asks may believe this leader: it holds its lease, or he is a
 * follower.
 */
export function beyondTheEndCode(knows: boolean): ErrorCode {
  return knows ? errors.OFFSET_OUT_OF_RANGE : errors.NOT_LEADER_OR_FOLLOWER
}
