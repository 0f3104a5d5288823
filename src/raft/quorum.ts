/** The arithmetic of majorities: of one set of voters, or of each of two (Raft §6). Pure. */
import assert from 'node:assert'
import type { Configuration, ReplicaKey } from './configuration.ts'
import { votingSets } from './configuration.ts'

/** How many of `count` voters are more than half. */
export function majorityOf(count: number): number {
  return Math.floor(count / 2) + 1
}

/** The largest value that a majority of every set has reached. */
export function reachedByQuorum(
  configuration: Configuration,
  valueOf: (replica: ReplicaKey) => number,
): number {
  return Math.min(...votingSets(configuration).map((voters) => reachedByMajority(voters, valueOf)))
}

function reachedByMajority(
  voters: readonly ReplicaKey[],
  valueOf: (replica: ReplicaKey) => number,
): number {
  assert(voters.length > 0, 'a set of voters is never empty')
  const values = voters.map(valueOf).sort((a, b) => b - a)
  return values[majorityOf(voters.length) - 1] as number
}

export type VoteResult = 'won' | 'lost' | 'pending'

/** What the votes given so far come to. Votes of others than voters are not looked at. */
export function voteResult(
  configuration: Configuration,
  votes: ReadonlyMap<ReplicaKey, boolean>,
): VoteResult {
  const results = votingSets(configuration).map((voters) => majorityVote(voters, votes))
  if (results.includes('lost')) return 'lost'
  return results.includes('pending') ? 'pending' : 'won'
}

function majorityVote(
  voters: readonly ReplicaKey[],
  votes: ReadonlyMap<ReplicaKey, boolean>,
): VoteResult {
  const needed = majorityOf(voters.length)
  const granted = voters.filter((voter) => votes.get(voter) === true).length
  if (granted >= needed) return 'won'
  const refused = voters.filter((voter) => votes.get(voter) === false).length
  return voters.length - refused < needed ? 'lost' : 'pending'
}
