/**
 * Things that must happen sometimes: a batch of seeds that never comes to one of them tests less
 * than it says. They are seen from outside, in what replicas say and what becomes of them.
 */
import type { ReplicaKey } from '../../src/raft/configuration.ts'
import { isJoint, isVoter } from '../../src/raft/configuration.ts'
import type { Message } from '../../src/raft/messages.ts'
import type { Answer, Ready, Status } from '../../src/raft/types.ts'
import type { ChainedLog } from './chained-log.ts'

export const MARKS = [
  // Elections.
  'pre-vote granted',
  'pre-vote refused',
  'vote granted',
  'vote refused',
  'learner granted a vote',
  'became leader',
  'sole voter became leader',
  'led again in another life',
  'candidate gave up',
  'candidate found a leader',
  'candidate timed out',
  'leader without a quorum stepped down',
  'leader was deposed',
  'learned a higher term from an answer',
  // Replication.
  'append without entries',
  'append with several entries',
  'append rejected',
  'rejection hinted over several entries',
  'log truncated',
  'configuration truncated',
  'truncated what is being written',
  'batch truncates and appends',
  'heartbeat carried a read',
  'commit learned from a heartbeat',
  'commit learned from an append',
  'read from the disk',
  'message to a wiped disk',
  // Snapshots.
  'snapshot sent',
  'sending a snapshot failed',
  'snapshot installed',
  'snapshot installed over a longer log',
  'snapshot not needed any more',
  'restarted from a snapshot',
  // Disks.
  'restarted with a log',
  'crash in a write',
  'power cut in a write',
  'power cut lost a write',
  'only the hard state survived',
  'only the truncation survived',
  'some entries survived',
  'several batches under way',
  'wiped',
  // Membership.
  'learner added',
  'learner removed',
  'learner from a wiped disk added',
  'joint configuration entered',
  'joint configuration left',
  'joint configuration left by another leader',
  'voter replaced',
  'leader removed itself',
  'removed leader handed over',
  'whole set of voters replaced',
  // Handing over.
  'transfer took place',
  'transfer timed out',
  'resigned',
  'first successor was told',
  'vote protected the leader no more',
  // Answers.
  'committed',
  'unknown',
  'unknown was committed after all',
  'unknown was never committed',
  'readable',
  'refused: not-leader',
  'refused: too-large',
  'refused: overloaded',
  'refused: transferring',
  'refused: change-pending',
  'refused: not-caught-up',
  'refused: unknown-replica',
  'refused: timed-out',
  'refused: no-change',
  // The end.
  'healed and agreed',
  'agreed without some nodes',
  'rejoined without deposing',
] as const

export type Mark = (typeof MARKS)[number]

export class Marks {
  readonly #hit = new Set<Mark>()

  hit(mark: Mark): void {
    this.#hit.add(mark)
  }

  get all(): ReadonlySet<Mark> {
    return this.#hit
  }
}

export interface Seen {
  readonly key: ReplicaKey
  readonly before: Status
  /** As it was before the batch. */
  readonly log: ChainedLog
  readonly ready: Ready
  /** Writes under way. */
  readonly pending: number
}

/** What one `Ready` shows. */
export function noteReady(marks: Marks, seen: Seen): void {
  noteRole(marks, seen)
  noteBatch(marks, seen)
  for (const message of seen.ready.messages) noteMessage(marks, seen, message)
  for (const answer of seen.ready.answers) noteAnswer(marks, answer)
  if (seen.pending > 1) marks.hit('several batches under way')
}

function noteRole(marks: Marks, { key, before, log, ready }: Seen): void {
  const { role, term, leader } = ready.status
  const isSameTerm = term === before.term
  if (role === 'leader' && before.role !== 'leader') {
    marks.hit('became leader')
    if (log.configuration.voters.length === 1) marks.hit('sole voter became leader')
  }
  if (before.role === 'leader' && role !== 'leader') {
    const isRemoved = !isVoter(log.configuration, key)
    if (isRemoved) marks.hit('leader removed itself')
    else marks.hit(isSameTerm ? 'leader without a quorum stepped down' : 'leader was deposed')
  }
  if (before.role !== 'candidate') return
  if (role === 'pre-candidate') marks.hit('candidate timed out')
  if (role === 'follower') marks.hit(leader ? 'candidate found a leader' : 'candidate gave up')
}

function noteBatch(marks: Marks, { before, log, ready, pending }: Seen): void {
  const { batch, status } = ready
  if (!batch) return
  const { truncateFrom, snapshot, entries } = batch
  if (truncateFrom !== null) {
    marks.hit('log truncated')
    if (log.configurationIndex >= truncateFrom) marks.hit('configuration truncated')
    if (pending > 0) marks.hit('truncated what is being written')
    if (entries.length > 0) marks.hit('batch truncates and appends')
  }
  if (snapshot) {
    marks.hit('snapshot installed')
    if (log.lastIndex > snapshot.index) marks.hit('snapshot installed over a longer log')
  }
  for (const entry of entries) {
    if (entry.kind !== 'configuration' || status.role !== 'leader') continue
    const { configuration } = log
    const { voters, learners } = entry.configuration
    if (isJoint(entry.configuration)) {
      marks.hit('joint configuration entered')
      const isAllNew = !voters.some((voter) => configuration.voters.includes(voter))
      if (isAllNew) marks.hit('whole set of voters replaced')
    } else if (isJoint(configuration)) {
      marks.hit('joint configuration left')
      const inherited = log.termAt(log.configurationIndex)
      if (inherited !== null && inherited < before.term)
        marks.hit('joint configuration left by another leader')
      if (configuration.outgoing.some((voter) => !voters.includes(voter)))
        marks.hit('voter replaced')
    } else if (learners.length > configuration.learners.length) {
      marks.hit('learner added')
      if (!learners.at(-1)?.endsWith('.1')) marks.hit('learner from a wiped disk added')
    } else marks.hit('learner removed')
  }
}

function noteMessage(marks: Marks, { before, log, ready }: Seen, message: Message): void {
  switch (message.type) {
    case 'pre-vote-response':
      return marks.hit(message.granted ? 'pre-vote granted' : 'pre-vote refused')
    case 'vote-response':
      if (message.granted && log.configuration.learners.includes(message.from))
        marks.hit('learner granted a vote')
      return marks.hit(message.granted ? 'vote granted' : 'vote refused')
    case 'vote':
      if (message.isTransfer) marks.hit('vote protected the leader no more')
      return
    case 'append':
      if (message.entries.length === 0) marks.hit('append without entries')
      if (message.entries.length > 1) marks.hit('append with several entries')
      return
    case 'append-response':
      if (message.session === 0) marks.hit('learned a higher term from an answer')
      else if (ready.status.commit > before.commit) marks.hit('commit learned from an append')
      return
    case 'append-rejection':
      marks.hit('append rejected')
      if (message.hintIndex < message.previousIndex - 1)
        marks.hit('rejection hinted over several entries')
      return
    case 'heartbeat':
      if (message.read > 0) marks.hit('heartbeat carried a read')
      return
    case 'heartbeat-response':
      if (ready.status.commit > before.commit) marks.hit('commit learned from a heartbeat')
      return
    case 'timeout-now':
      if (ready.status.role !== 'leader') marks.hit('removed leader handed over')
      return
    case 'resignation':
      return marks.hit('resigned')
    default:
      return
  }
}

function noteAnswer(marks: Marks, answer: Answer): void {
  if (answer.type === 'refused') {
    marks.hit(`refused: ${answer.reason}`)
    if (answer.reason === 'timed-out') marks.hit('transfer timed out')
  } else if (answer.type !== 'accepted') marks.hit(answer.type)
}
