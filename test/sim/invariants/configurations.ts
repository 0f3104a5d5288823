/**
 * Group 10: how the set of voters may change (S10). One change at a time, none before the leader
 * has committed in its term, joint configurations entered and left as they must be; and whoever is
 * out, once that is committed, does not lead.
 */
import type { Configuration } from '../../../src/raft/configuration.ts'
import type { Entry } from '../../../src/raft/entry.ts'
import type { Status } from '../../../src/raft/types.ts'
import type { Observed } from './observed.ts'
import { check } from './violation.ts'
import { isInChange, votes } from './voters.ts'

export class Configurations {
  /** A leader appends a configuration; called before its log has it. */
  appended({ key, log }: Observed, after: Status, entry: Entry): void {
    if (entry.kind !== 'configuration' || after.role !== 'leader') return
    if (entry.term !== after.term) return
    const { commit } = after
    check(
      log.configurationIndex <= commit,
      '10-one-change',
      () => `${key} changes the configuration while ${log.configurationIndex} is not committed`,
    )
    check(
      log.termAt(commit) === after.term,
      '10-own-term',
      () => `${key} changes the configuration before anything of term ${after.term} is committed`,
    )
    check(
      isStep(log.configuration, entry.configuration),
      '10-step',
      () => `${key} appends a configuration that does not follow the one before`,
    )
  }

  status({ key, log }: Observed, { role, commit }: Status): void {
    check(
      role !== 'leader' || log.configurationIndex > commit || votes(log.configuration, key),
      '10-removed-leader',
      () => `${key} leads, and is no voter any more`,
    )
  }
}

/** Whether quorums of both intersect, by the form of the change. */
function isStep(from: Configuration, to: Configuration): boolean {
  const isSame = (one: readonly string[], other: readonly string[]) =>
    one.length === other.length && one.every((key) => other.includes(key))
  if (isInChange(from)) return isSame(from.voters, to.voters) && !isInChange(to)
  if (!isInChange(to)) return isSame(from.voters, to.voters)
  const added = to.voters.filter((voter) => !from.voters.includes(voter))
  const wereLearners = added.every((voter) => from.learners.includes(voter))
  return isSame(to.outgoing, from.voters) && to.voters.length > 0 && wereLearners
}
