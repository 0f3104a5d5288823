/**
 * Groups 1 and 7 of the invariants: one leader in a term, over all of history; terms and votes that
 * never go back; leaders with the durable votes of a quorum, their own among them.
 */
import type { ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Message } from '../../../src/raft/messages.ts'
import type { HardState, Status } from '../../../src/raft/types.ts'
import type { Observed } from './observed.ts'
import { check } from './violation.ts'
import { isQuorum, votes } from './voters.ts'

export class Elections {
  /** Who led in a term, and in which of its lives. */
  readonly #leaders = new Map<number, { readonly key: ReplicaKey; readonly life: number }>()
  /** For each term, whom each voter has voted for. */
  readonly #votes = new Map<number, Map<ReplicaKey, ReplicaKey>>()

  /** A hard state is handed to the disk. */
  hardState({ key }: Observed, before: Status, next: HardState): void {
    check(next.term >= before.term, '7-term', () => `${key} goes back to term ${next.term}`)
  }

  /** A hard state has become durable in place of another. */
  durable({ key }: Observed, before: HardState, now: HardState): void {
    const isOlder = now.term < before.term
    check(!isOlder, '7-term', () => `${key} went back from term ${before.term} to ${now.term}`)
    const isChanged = now.term === before.term && before.vote !== null && now.vote !== before.vote
    check(!isChanged, '7-vote', () => `${key} changed its vote in term ${now.term}`)
    if (now.vote !== null) this.#note(key, now.term, now.vote)
  }

  sent(replica: Observed, message: Message): void {
    const { key, log, status } = replica
    if (message.type === 'vote' || message.type === 'pre-vote') {
      // Who leaves may campaign until that is committed (thesis §4.2.2).
      const { configurations } = log
      const committed = configurations.findLastIndex(({ index }) => index <= status.commit)
      const mayCampaign = configurations
        .slice(committed)
        .some(({ configuration }) => votes(configuration, key))
      check(mayCampaign, '10-campaign', () => `${key} campaigns and is no voter`)
    }
    if (message.type === 'vote-response' && message.granted)
      this.#note(key, message.term, message.to)
  }

  #note(voter: ReplicaKey, term: number, candidate: ReplicaKey): void {
    const given = this.#votes.get(term) ?? new Map<ReplicaKey, ReplicaKey>()
    this.#votes.set(term, given)
    const other = given.get(voter)
    check(
      other === undefined || other === candidate,
      '7-vote',
      () => `${voter} voted for ${other ?? ''} and ${candidate} in term ${term}`,
    )
    given.set(voter, candidate)
  }

  status(replica: Observed, before: Status, after: Status, life: number): void {
    const { key, durable } = replica
    check(after.term >= before.term, '7-term', () => `${key} is back in term ${after.term}`)
    if (after.role !== 'leader') return
    const leader = this.#leaders.get(after.term)
    const isSame = leader !== undefined && leader.key === key && leader.life === life
    check(
      leader === undefined || isSame,
      '1-election-safety',
      () => `${key} leads in term ${after.term}, which ${leader?.key ?? ''} has led`,
    )
    if (isSame) return
    this.#leaders.set(after.term, { key, life })
    const { term, vote } = durable.hardState
    check(
      term === after.term && vote === key,
      '8-own-vote',
      () => `${key} leads in term ${after.term} without its own durable vote`,
    )
    this.#elected(replica, after.term)
  }

  #elected({ key, log }: Observed, term: number): void {
    const given = this.#votes.get(term)
    check(
      isQuorum(log.configuration, (voter) => given?.get(voter) === key),
      '1-quorum-of-votes',
      () => `${key} leads in term ${term} with the votes of ${[...(given?.keys() ?? [])].join()}`,
    )
  }
}
