/**
 * Groups 4, 5 and 6: one history of committed entries; every step of it held durably by a quorum;
 * every later leader has it; every state machine is a beginning of it.
 */
import type { Configuration, ReplicaKey } from '../../../src/raft/configuration.ts'
import type { Entry } from '../../../src/raft/entry.ts'
import type { Status } from '../../../src/raft/types.ts'
import type { StoredSnapshot } from '../chained-log.ts'
import type { Observed, Replicas } from './observed.ts'
import { check } from './violation.ts'
import { isQuorum } from './voters.ts'

export class Commits {
  readonly #replicas: Replicas
  readonly #onEntry: (entry: Entry) => void
  /** The hash of everything up to each index. */
  readonly #chains: number[] = [0]
  /** The term of the leader that was the first to commit each index. */
  readonly #terms: number[] = [0]
  readonly #configurations: { readonly index: number; readonly text: string }[] = []

  /** `onEntry` is told every entry once, when it is committed. */
  constructor(replicas: Replicas, onEntry: (entry: Entry) => void) {
    this.#replicas = replicas
    this.#onEntry = onEntry
  }

  /** The last committed index that anybody knows. */
  get end(): number {
    return this.#chains.length - 1
  }

  chainAt(index: number): number | undefined {
    return this.#chains[index]
  }

  /** `inForce`: the configurations that were the newest of its log while it stepped. */
  status(
    replica: Observed,
    before: Status,
    after: Status,
    inForce: readonly Configuration[],
  ): void {
    const { key, log } = replica
    const { commit } = after
    check(commit >= before.commit, '6-commit', () => `${key} takes back commit ${before.commit}`)
    check(commit <= log.lastIndex, '6-commit', () => `${key} commits ${commit}, which it has not`)
    if (commit > this.end) this.#advance(replica, before, after, inForce)
    if (commit > before.commit)
      check(
        log.chainAt(commit) === this.#chains[commit],
        '5-state-machine',
        () => `${key} has something else committed at ${commit}`,
      )
    const isNewLeader = after.role === 'leader' && before.role !== 'leader'
    if (isNewLeader) this.#hasAll(replica, after.term)
  }

  #advance(
    replica: Observed,
    before: Status,
    after: Status,
    inForce: readonly Configuration[],
  ): void {
    const { key, log } = replica
    const { commit } = after
    const leads = before.role === 'leader' || after.role === 'leader'
    check(leads, '6-commit', () => `${key} knows ${commit} before any leader did`)
    if (before.role === 'leader')
      check(
        log.termAt(commit) === before.term,
        '6-own-term',
        () => `${key} commits an entry of term ${log.termAt(commit)} in term ${before.term}`,
      )
    check(
      inForce.some((configuration) => this.#isHeld(configuration, log, commit)),
      '6-quorum',
      () => `${key} commits ${commit}, and no quorum has it`,
    )
    for (let index = this.end + 1; index <= commit; index += 1) {
      this.#append(replica, index)
      this.#terms.push(before.term)
    }
    for (const other of this.#replicas.values())
      if (other.isUp && other.status.role === 'leader' && other.status.term > before.term)
        if (other !== replica) this.#hasAll(other, other.status.term)
  }

  #append({ key, log }: Observed, index: number): void {
    const entry = log.entryAt(index)
    check(entry !== null, '6-commit', () => `${key} commits ${index} out of a snapshot`)
    if (!entry) return
    if (entry.kind === 'configuration')
      check(
        this.#isHeld(entry.configuration, log, index),
        '10-joint-quorum',
        () => `a configuration at ${index} is committed without a quorum of its own`,
      )
    if (entry.kind === 'configuration')
      this.#configurations.push({ index, text: JSON.stringify(entry.configuration) })
    this.#chains.push(log.chainAt(index) ?? 0)
    this.#onEntry(entry)
  }

  #isHeld(configuration: Configuration, log: Observed['log'], index: number): boolean {
    const chain = log.chainAt(index)
    return isQuorum(configuration, (voter) => this.#has(voter, index, chain))
  }

  #has(voter: ReplicaKey, index: number, chain: number | null): boolean {
    const durable = this.#replicas.get(voter)?.durable.log
    if (!durable || durable.lastIndex < index) return false
    return durable.startIndex > index || durable.chainAt(index) === chain
  }

  /** A leader has everything that was committed in terms before its own. */
  #hasAll({ key, log }: Observed, term: number): void {
    let index = this.end
    while (index > 0 && (this.#terms[index] as number) >= term) index -= 1
    const has = log.startIndex > index || log.chainAt(index) === this.#chains[index]
    check(has, '4-leader-completeness', () => `${key} leads term ${term} without ${index}`)
  }

  // --- state machines

  applicable({ key, durable, status }: Observed, index: number): void {
    const { lastIndex } = durable.log
    check(
      index <= status.commit && index <= lastIndex,
      '6-applicable',
      () => `${key} may apply ${index}: commit ${status.commit}, durable ${lastIndex}`,
    )
  }

  /** The state machine has taken everything up to there. */
  applied(replica: Observed, index: number, chain: number): void {
    const { key } = replica
    check(index > replica.applied, '5-applied-once', () => `${key} applies ${index} again`)
    check(
      chain === this.#chains[index],
      '5-state-machine',
      () => `${key} has another state at ${index}`,
    )
    replica.applied = index
  }

  /** A snapshot was made, or has arrived. */
  snapshot({ key }: Observed, { mark, chain }: StoredSnapshot): void {
    const { index, configuration } = mark
    check(
      index <= this.end && this.#chains[index] === chain,
      '11-snapshot',
      () => `${key} has a snapshot of ${index} that is not the committed state`,
    )
    // Whoever joined later does not know the founders.
    const inForce = this.#configurations.findLast((entry) => entry.index <= index)
    check(
      !inForce || inForce.text === JSON.stringify(configuration),
      '11-snapshot-configuration',
      () => `${key} has a snapshot of ${index} with another configuration than was in force`,
    )
  }
}
