/** What is asked of a leader about its voters: changes that make sense, and some that do not. */
import type { Configuration, ReplicaKey } from '../../src/raft/configuration.ts'
import { isMember } from '../../src/raft/configuration.ts'
import type { ConfigurationChange } from '../../src/raft/types.ts'

/** A replica that may be in a configuration, or come into it. */
export interface Candidate {
  readonly key: ReplicaKey
}

/** Its newest configuration is in force. */
export interface Leader extends Candidate {
  readonly configuration: Configuration
}

/**
 * Null for a change after which dead disks could stop the cluster for good: an operator must not
 * ask for that.
 */
export function changeOf(
  leader: Leader,
  replicas: readonly Candidate[],
  pick: { readonly choice: number; readonly detail: number },
): ConfigurationChange | null {
  const change = someChange(leader, replicas, pick)
  if (change?.type !== 'set-voters') return change
  const isAlive = (key: ReplicaKey) => replicas.some((replica) => replica.key === key)
  const alive = change.voters.filter(isAlive).length
  return alive * 2 > change.voters.length ? change : null
}

/** `choice` says what kind of change, `detail` whom it concerns. */
function someChange(
  leader: Leader,
  replicas: readonly Candidate[],
  { choice, detail }: { readonly choice: number; readonly detail: number },
): ConfigurationChange | null {
  const { configuration } = leader
  const { voters, learners } = configuration
  const keys = replicas.map(({ key }) => key)
  const strangers = keys.filter((key) => !isMember(configuration, key))
  const pick = (from: readonly ReplicaKey[]) => from[detail % from.length]
  const stranger = pick(strangers)
  const learner = pick(learners)
  const voter = pick(voters)
  /** Voters whose disk was wiped: dead for good. */
  const dead = voters.filter((key) => !keys.includes(key))
  const alive = voters.filter((key) => keys.includes(key))
  switch (choice % 9) {
    case 0:
    case 1:
      return stranger === undefined ? null : { type: 'add-learner', replica: stranger }
    case 2:
      return learner === undefined ? null : { type: 'remove-learner', replica: learner }
    case 3:
      // Everybody alive votes.
      return { type: 'set-voters', voters: [...alive, ...learners] }
    case 4:
      // Some learner takes the place of a dead voter, or of any.
      if (learner === undefined) return null
      return {
        type: 'set-voters',
        voters: [...voters.filter((key) => key !== (dead[0] ?? voter)), learner],
      }
    case 5:
    case 7:
      return { type: 'set-voters', voters: voters.filter((key) => key !== leader.key) }
    case 6:
      return { type: 'set-voters', voters: voters.filter((key) => key !== voter) }
    default:
      // Learners alone, or somebody who is no learner.
      return { type: 'set-voters', voters: learners.length > 0 ? learners : keys.slice(-1) }
  }
}
