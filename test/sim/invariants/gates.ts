/**
 * Group 8: nothing is said before it is durable. Checked against what the disk has at the moment at
 * which a message leaves, not against what the core believes.
 */
import type { Message } from '../../../src/raft/messages.ts'
import type { Observed, Replicas } from './observed.ts'
import { check } from './violation.ts'

export class Gates {
  readonly #replicas: Replicas

  constructor(replicas: Replicas) {
    this.#replicas = replicas
  }

  sent(replica: Observed, message: Message): void {
    const { key, durable, status } = replica
    const { hardState, log } = durable
    if (message.type === 'pre-vote' || message.type === 'pre-vote-response') return
    check(
      message.term <= hardState.term,
      '8-term-gate',
      () => `${key} speaks in term ${message.term}, durable is ${hardState.term}`,
    )
    check(
      message.term === status.term,
      '8-old-term',
      () => `${key} is in term ${status.term} and speaks in term ${message.term}`,
    )
    if (message.type === 'vote-response' && message.granted)
      check(
        hardState.term > message.term || hardState.vote === message.to,
        '8-vote-gate',
        () => `${key} grants a vote to ${message.to} that is not durable`,
      )
    if (message.type !== 'append-response') return
    check(
      message.index <= log.lastIndex,
      '8-ack-gate',
      () => `${key} acknowledges ${message.index}, durable is ${log.lastIndex}`,
    )
    this.#equalsLeader(replica, message)
  }

  /** Group 9: what is acknowledged is what the leader has there. */
  #equalsLeader({ key, durable }: Observed, message: Extract<Message, { index: number }>): void {
    const leader = this.#replicas.get(message.to)
    const { index, term } = message
    if (!leader?.isUp || leader.status.role !== 'leader' || leader.status.term !== term) return
    if (index <= Math.max(leader.log.startIndex, durable.log.startIndex)) return
    check(
      leader.log.chainAt(index) === durable.log.chainAt(index),
      '9-acknowledged',
      () => `${key} acknowledges ${index} to ${message.to}, which has something else there`,
    )
  }
}
