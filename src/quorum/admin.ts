/**
 * What the quorum says of itself, and how its voters are changed, by people: the shape that the
 * administration has of it. Kafka's words (KIP-595, KIP-836, KIP-853). Times are milliseconds.
 */
import type { NodeId } from '../base/ids.ts'
import type { VoterAddress } from './ports.ts'

export interface ReplicaDescription {
  readonly nodeId: NodeId
  readonly directoryId: string
  /** `outgoing`: a voter that a change under way removes. */
  readonly role: 'voter' | 'outgoing' | 'learner'
  /** Of its gRPC listener, as committed metadata has it; null when it has never been said. */
  readonly address: { readonly host: string; readonly port: number } | null
  /** As the leader knows it; null before it was heard of. */
  readonly logEndOffset: number | null
  /**
   * Since the leader last heard of it; 0 for the leader. Where `logEndOffset` is null, this leader
   * has not heard of it at all: then both times are at least so long.
   */
  readonly silentMs: number
  /** Since it was last known to have everything that the leader had; 0 when it has. */
  readonly behindMs: number
}

export interface QuorumDescription {
  readonly clusterId: string | null
  readonly leaderId: NodeId
  readonly epoch: number
  /** Everything below is committed. */
  readonly highWatermark: number
  readonly logEndOffset: number
  readonly replicas: readonly ReplicaDescription[]
}

/** A node that is to vote, by where it is found. */
export interface NewVoter extends VoterAddress {
  /** That its disk must have; INVALID_VOTER_KEY for another. Null, or absent: whichever it has. */
  readonly directoryId?: string | null
}

/**
 * Only the leader answers; all reject with LograftError: NOT_CONTROLLER (nothing was done: ask the
 * leader), REQUEST_TIMED_OUT (open whether it will take effect), INVALID_REQUEST (it would leave no
 * majority, says the arithmetic), VOTER_NOT_FOUND, DUPLICATE_VOTER.
 */
export interface QuorumAdmin {
  /** Linearizable: confirmed by a majority. */
  describe(): Promise<QuorumDescription>
  /** Resolves when that voter leads; null: the one that is best prepared. */
  transfer(to: NodeId | null, signal: AbortSignal): Promise<void>
  /**
   * Asks the node at that address who it is, lets it catch up as a learner, and then vote. The node
   * must wait to be added (its directory is new). `replaces`: a voter that goes in the same step.
   */
  add(voter: NewVoter, replaces: NodeId | null, signal: AbortSignal): Promise<void>
  /**
   * Voters, or learners, that go in one step. `directoryId`: of the one node that is named, and
   * VOTER_NOT_FOUND when its disk is another one.
   */
  remove(
    nodeIds: readonly NodeId[],
    signal: AbortSignal,
    directoryId?: string | null,
  ): Promise<void>
}
