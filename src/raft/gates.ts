/**
 * The durability gates: no message leaves before what it promises is durable. Three rules, here and
 * nowhere else.
 *
 * 1. Term: nothing of term T leaves before T is durable. Pre-votes bind nobody and are exempt.
 * 2. Vote and acknowledgement: a granted vote is durable; an acknowledged index is durable.
 * 3. Self: a candidate's own vote and a leader's own entries count when they are durable
 *    (`ownVote`, and `RaftLog.durable` in the quorum).
 *
 * Without the third, a candidate could win by the votes of others, lose its own vote with the
 * power, and be elected again in the same term: one leader too many for Raft §5.2.
 */
import type { Message } from './messages.ts'
import type { HardState } from './types.ts'

/** What this replica would find again after a power cut now. */
export interface Durable {
  readonly hardState: HardState
  /** Of the log that is in force now: entries up to here. */
  readonly index: number
}

function mayLeave(message: Message, durable: Durable): boolean {
  const { hardState, index } = durable
  if (message.type === 'pre-vote' || message.type === 'pre-vote-response') return true
  if (message.term > hardState.term) return false
  switch (message.type) {
    case 'vote-response':
      return !message.granted || (hardState.term === message.term && hardState.vote === message.to)
    case 'append-response':
      return message.index <= index
    default:
      return true
  }
}

/** Whether a candidate of `term` may count its own vote. */
export function ownVote(self: HardState['vote'], term: number, { hardState }: Durable): boolean {
  return hardState.term === term && hardState.vote === self
}

/** A disk that stands still must not fill the memory; any message may be lost. */
const WAITING_MAX = 4_096

/** Messages that wait at the gates, in the order they were written. */
export class Outbox {
  #waiting: Message[] = []

  add(message: Message): void {
    this.#waiting.push(message)
  }

  /**
   * Those that may leave now. What an older term said is dropped: the log may have changed under
   * an acknowledgement that waited.
   */
  take(durable: Durable, term: number): readonly Message[] {
    const leaving: Message[] = []
    const waiting: Message[] = []
    for (const message of this.#waiting)
      if (message.term < term) continue
      else (mayLeave(message, durable) ? leaving : waiting).push(message)
    this.#waiting = waiting.slice(-WAITING_MAX)
    return leaving
  }
}
