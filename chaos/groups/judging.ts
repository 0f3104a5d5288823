/**
 * What passed on the wire, as the events that the checkers of `src/chaos` judge: a code says
 * whether a commit was acknowledged, refused for certain, or may have been appended.
 */
import { check } from '../../src/chaos/checkers/checker.ts'
import { checkCommitLog, CommitsChecker } from '../../src/chaos/checkers/commits.ts'
import { OwnersChecker } from '../../src/chaos/checkers/owners.ts'
import { ProcessedChecker } from '../../src/chaos/checkers/processed.ts'
import { merge } from '../../src/chaos/checkers/anomalies.ts'
import type { Checked } from '../../src/chaos/checkers/verdict.ts'
import type { CommitEvent, HistoryEvent, Outcome } from '../../src/chaos/history/events.ts'
import { errorName, errors, type ErrorCode } from '../../src/wire/errors.ts'
import type { Commit, GroupHistory, LoggedCommit, Processed } from './history.ts'

/** What a broker has received it appends within that time, or its connection is gone. */
const APPENDED_WITHIN_MS = 10_000

/** The append may have happened, and its replication not been waited for. */
const OPEN: ReadonlySet<ErrorCode> = new Set([
  errors.NOT_COORDINATOR,
  errors.COORDINATOR_NOT_AVAILABLE,
  errors.REQUEST_TIMED_OUT,
])

function outcomeOf(code: ErrorCode | null): Outcome {
  if (code === errors.NONE) return 'ok'
  return code === null || OPEN.has(code) ? 'unknown' : 'fail'
}

const by = (process: string) => ({ process, workload: 'groups', client: 'lograft' }) as const

function commitEvent(topic: string, commit: Commit): CommitEvent {
  const { group, client, memberId, generation, partition, offset, metadata, code } = commit
  return {
    ...{ type: 'commit', ...by(client), group, member: memberId, generation, topic, partition },
    ...{ offset, metadata, sentMs: commit.askedMs, doneMs: commit.answeredMs },
    ...{ outcome: outcomeOf(code), ...(code && { error: errorName(code) }) },
  }
}

function eventsOf(topic: string, { commits, fetches, assigned }: GroupHistory): HistoryEvent[] {
  return [
    ...commits.map((commit) => commitEvent(topic, commit)),
    ...fetches.map((fetched): HistoryEvent => {
      const { group, partition, offset, metadata, askedMs, answeredMs } = fetched
      return {
        ...{ type: 'committed', ...by(fetched.by), group, topic, partition, offset, metadata },
        ...{ sentMs: askedMs, doneMs: answeredMs },
      }
    }),
    ...assigned.map((given): HistoryEvent => {
      const { group, memberId, generation, partitions, answeredMs } = given
      return {
        ...{ type: 'assigned', ...by(memberId), group, member: memberId, generation },
        ...{ partitions: partitions.map((partition) => ({ topic, partition })) },
        atMs: answeredMs,
      }
    }),
  ]
}

/** Answers of coordinators, and whose partitions were. */
export function judgeAnswers(topic: string, history: GroupHistory): Checked {
  const events = eventsOf(topic, history)
  const commits = new CommitsChecker({ appendedWithinMs: APPENDED_WITHIN_MS, asksInTheEnd: false })
  return merge([check(commits, events), check(new OwnersChecker(), events)])
}

/** The log of the coordinators. */
export function judgeLog(
  topic: string,
  commits: readonly Commit[],
  logged: readonly LoggedCommit[],
): Checked {
  return checkCommitLog(
    commits.map((commit) => commitEvent(topic, commit)),
    logged.map((record) => ({ ...record, topic })),
  )
}

/** Every record up to the end of each partition was processed by somebody of the group. */
export function judgeProcessed(
  topic: string,
  group: string,
  { processed, ends }: { processed: readonly Processed[]; ends: ReadonlyMap<number, number> },
): Checked {
  const place = { ...by(group), group, topic }
  return check(new ProcessedChecker(), [
    ...processed.map(({ partition, first, last }): HistoryEvent => ({
      ...{ type: 'processed', ...place, partition, first, last, atMs: 0 },
    })),
    // It has committed all there is, or its run is told that it has not.
    ...[...ends].map(([partition, offset]): HistoryEvent => ({
      ...{ type: 'commit', ...place, member: '', generation: -1, partition, offset },
      ...{ metadata: '', sentMs: 0, doneMs: 0, outcome: 'ok' },
    })),
  ])
}
