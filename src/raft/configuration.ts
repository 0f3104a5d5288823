/**
 * Who votes. While it changes, two sets of voters are in force and both must agree (joint
 * consensus, Raft §6). A configuration is in force as soon as it is appended, and no longer when
 * its entry is truncated. Values: never changed in place.
 */

declare const replicaKey: unique symbol
/**
 * A node on a disk: node id and directory id together, so that a node whose disk was wiped is
 * another replica (SAFETY S1). Opaque here.
 */
export type ReplicaKey = string & { readonly [replicaKey]: never }

export interface Configuration {
  readonly voters: readonly ReplicaKey[]
  /** The voters before the change that is under way; empty when none is. */
  readonly outgoing: readonly ReplicaKey[]
  /** Receive the log and are not counted. */
  readonly learners: readonly ReplicaKey[]
}
