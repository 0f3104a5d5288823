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

/** The sets of voters that must each agree: one, or two while they change. */
export function votingSets({
  voters,
  outgoing,
}: Configuration): readonly (readonly ReplicaKey[])[] {
  return outgoing.length === 0 ? [voters] : [voters, outgoing]
}

export function isJoint({ outgoing }: Configuration): boolean {
  return outgoing.length > 0
}

export function isVoter({ voters, outgoing }: Configuration, replica: ReplicaKey): boolean {
  return voters.includes(replica) || outgoing.includes(replica)
}

export function isMember(configuration: Configuration, replica: ReplicaKey): boolean {
  return isVoter(configuration, replica) || configuration.learners.includes(replica)
}

/** Voters of both sets, then learners; each once. */
export function membersOf({ voters, outgoing, learners }: Configuration): readonly ReplicaKey[] {
  return [...new Set([...voters, ...outgoing, ...learners])]
}

/** The change begins: both sets must agree from here on. New voters are no learners any more. */
export function entering(from: Configuration, voters: readonly ReplicaKey[]): Configuration {
  return {
    voters,
    outgoing: from.voters,
    learners: from.learners.filter((learner) => !voters.includes(learner)),
  }
}

/** The change ends: only the new set is asked. Who is in neither list is out. */
export function leaving({ voters, learners }: Configuration): Configuration {
  return { voters, outgoing: [], learners }
}
