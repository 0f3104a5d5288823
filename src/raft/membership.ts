/**
 * Changing who votes, from the leader's side. One change at a time, and none before an entry of the
 * leader's own term is committed (the correction of 2015 to the published algorithm).
 */
import type { Configuration, ReplicaKey } from './configuration.ts'
import { entering, isJoint, isMember, isVoter, leaving } from './configuration.ts'
import type { Core } from './core.ts'
import type { Progress } from './progress.ts'
import type { ConfigurationChange, Refusal } from './types.ts'

export class Membership {
  readonly #core: Core
  /** What a replica must have to count as caught up: the log end of one heartbeat ago. */
  #caughtUp: number
  #atHeartbeat: number

  constructor(core: Core) {
    this.#core = core
    this.#caughtUp = core.log.lastIndex
    this.#atHeartbeat = core.log.lastIndex
  }

  noteHeartbeat(): void {
    this.#caughtUp = this.#atHeartbeat
    this.#atHeartbeat = this.#core.log.lastIndex
  }

  /** The configuration to append, or why there is none. */
  change(
    change: ConfigurationChange,
    progress: ReadonlyMap<ReplicaKey, Progress>,
  ): Configuration | Refusal {
    const { log, term } = this.#core
    const { configuration, configurationIndex, commit } = log
    const isPending = configurationIndex > commit || isJoint(configuration)
    if (isPending || log.termAt(commit) !== term) return 'change-pending'
    const { learners } = configuration
    switch (change.type) {
      case 'add-learner':
        if (isMember(configuration, change.replica)) return 'no-change'
        return { ...configuration, learners: [...learners, change.replica] }
      case 'remove-learner':
        if (!learners.includes(change.replica)) return 'unknown-replica'
        return { ...configuration, learners: learners.filter((of) => of !== change.replica) }
      case 'set-voters':
        return this.#setVoters([...new Set(change.voters)], progress)
    }
  }

  #setVoters(
    voters: readonly ReplicaKey[],
    progress: ReadonlyMap<ReplicaKey, Progress>,
  ): Configuration | Refusal {
    const { configuration } = this.#core.log
    const added = voters.filter((voter) => !isVoter(configuration, voter))
    const isSame = added.length === 0 && voters.length === configuration.voters.length
    if (voters.length === 0 || isSame) return 'no-change'
    for (const voter of added) {
      if (!configuration.learners.includes(voter)) return 'unknown-replica'
      if ((progress.get(voter)?.match ?? 0) < this.#caughtUp) return 'not-caught-up'
    }
    return entering(configuration, voters)
  }

  /** Once the joint configuration is committed, the new one alone is enough. */
  leavingJoint(): Configuration | null {
    const { configuration, configurationIndex, commit } = this.#core.log
    return isJoint(configuration) && configurationIndex <= commit ? leaving(configuration) : null
  }

  /** This leader is no voter any more, and that is committed. */
  get isRemoved(): boolean {
    const { log, self } = this.#core
    const { configuration, configurationIndex, commit } = log
    return configurationIndex <= commit && !isVoter(configuration, self)
  }
}
