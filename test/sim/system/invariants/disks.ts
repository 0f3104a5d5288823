/**
 * What a replica's disk owes at every moment (S2, S6, S8, S10, S18), seen from outside: read from
 * what a power cut would leave, and compared with what the replica says and does.
 */
import type { Message } from '../../../../src/raft/messages.ts'
import { check } from '../../invariants/violation.ts'
import type { DiskView } from '../disk-view.ts'

/** What a core begins with. */
export interface Beginning {
  readonly startIndex: number
  readonly lastIndex: number
  readonly lastTerm: number
  readonly term: number
}

export const disks = {
  /** Whenever something has become durable. */
  changed(key: string, { hardState, logEnd, lastTerm }: DiskView): void {
    const { flushedOffset, term } = hardState
    check(
      flushedOffset <= logEnd,
      'S6-watermark',
      () => `${key} remembers ${flushedOffset} as durable, and has ${logEnd}`,
    )
    check(
      lastTerm <= term,
      'S8-hard-state-first',
      () => `${key} has an entry of term ${lastTerm}, and is in term ${term}`,
    )
  },

  /** A core is there, and has been given nothing yet. */
  begins(key: string, view: DiskView, committed: number, with_: Beginning): void {
    const { startIndex, lastIndex, lastTerm, term } = with_
    check(
      startIndex <= committed,
      '11-log-start',
      () => `${key} has a log that begins at ${startIndex}, which is not committed`,
    )
    check(
      view.lastIndex >= lastIndex,
      '15-durable',
      () => `${key} begins with ${lastIndex}, and ${view.lastIndex} is durable`,
    )
    check(
      term >= Math.max(view.hardState.term, lastTerm),
      '7-term',
      () => `${key} begins in term ${term}, and has known ${view.hardState.term} and ${lastTerm}`,
    )
  },

  /** The log is to end at `offset`. */
  truncates(key: string, offset: number, delivered: number): void {
    check(
      offset >= delivered,
      '11-truncation',
      () => `${key} truncates to ${offset} and has delivered ${delivered}`,
    )
  },

  /** What is below `offset` is to go. */
  forgets(key: string, { snapshots }: DiskView, offset: number): void {
    const isCovered = offset === 0 || snapshots.some(({ index }) => index >= offset)
    check(isCovered, '11-log-start', () => `${key} forgets what is below ${offset}; no snapshot is`)
  },

  /** A snapshot takes the place of the log. */
  installs(key: string, index: number, committed: number): void {
    check(
      index <= committed,
      '11-snapshot',
      () => `${key} installs a snapshot of ${index}, and ${committed} is committed`,
    )
  },

  /** A replica that has failed says something. */
  speaksAfterFailure(key: string, { type }: Message): void {
    const isPromise = type === 'append-response' || type === 'vote-response'
    check(!isPromise, 'S18-stopped', () => `${key} has failed and says ${type}`)
  },

  /** A while after a sync has failed under it. */
  failedSync(key: string, hasStopped: boolean): void {
    check(hasStopped, 'S18-failed-sync', () => `${key} goes on after a failed sync`)
  },
}
