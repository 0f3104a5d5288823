/**
 * Who counts, worked out anew: were it taken from the core, a mistake there would hide itself.
 */
import type { Configuration, ReplicaKey } from '../../../src/raft/configuration.ts'

/** Whether more than half of every set of voters are among those for whom `holds` is true. */
export function isQuorum(
  { voters, outgoing }: Configuration,
  holds: (replica: ReplicaKey) => boolean,
): boolean {
  const isMajority = (of: readonly ReplicaKey[]) => of.filter(holds).length * 2 > of.length
  return isMajority(voters) && (outgoing.length === 0 || isMajority(outgoing))
}

export function votes({ voters, outgoing }: Configuration, replica: ReplicaKey): boolean {
  return voters.includes(replica) || outgoing.includes(replica)
}

export function isInChange({ outgoing }: Configuration): boolean {
  return outgoing.length > 0
}
