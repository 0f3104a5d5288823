/**
 * What replication asks of others: of the active controller, wherever it is, and of whoever knows
 * where brokers are. `node/` plugs in who does it.
 */
import type { NodeId, TopicId } from '../base/ids.ts'
import type { ErrorCode } from '../wire/errors.ts'

/** A wish for another ISR, with the state that it would change (KIP-497). */
export interface IsrWish {
  readonly topicId: TopicId
  readonly partition: number
  readonly leaderEpoch: number
  readonly partitionEpoch: number
  readonly isr: readonly { readonly nodeId: NodeId; readonly brokerEpoch: number }[]
  /** It may have been asked for before, and that may still arrive and be granted. */
  readonly isAskedAgain: boolean
}

export interface IsrAnswer {
  readonly topicId: TopicId
  readonly partition: number
  readonly errorCode: ErrorCode
  /** Of what holds then; absent beside an error. */
  readonly partitionEpoch?: number
}

/** How far the log of a replica here reaches, of a partition that nobody leads (SAFETY S11). */
export interface LogEnd {
  readonly topicId: TopicId
  readonly partition: number
  readonly partitionEpoch: number
  /** The leader epoch of its last record; -1 when it is empty. */
  readonly lastEpoch: number
  readonly logEndOffset: number
}

/** The active controller, wherever it is. */
export interface IsrController {
  /**
   * Asks once. Rejects with a LograftError: NOT_CONTROLLER when it could not be asked; after
   * anything else the wishes may still arrive.
   */
  alterPartition(wishes: readonly IsrWish[]): Promise<readonly IsrAnswer[]>
  /** Rejects with a LograftError when it could not be told, or the signal ended it. */
  tellLogEnds(logEnds: readonly LogEnd[], signal: AbortSignal): Promise<unknown>
}

/** A replica that should not count any more, and why (S14). */
export interface Leaving {
  readonly topicId: TopicId
  readonly partition: number
  readonly leaderEpoch: number
  readonly reason: 'corrupt-segment' | 'full-disk' | 'failing-directory' | 'records-lost'
}

export interface LeaveAnswer {
  readonly topicId: TopicId
  readonly partition: number
  readonly errorCode: ErrorCode
  /** It counts nowhere any more; false also where nobody else could lead. */
  readonly hasLeft: boolean
}

/** The active controller, wherever it is. */
export interface LeavingController {
  /**
   * Resolves with what is committed, which may not be applied here yet: where a disk is full,
   * metadata waits for space, too. Rejects with a LograftError when it could not be asked, or
   * whether it was is open.
   */
  leaveIsr(leaving: readonly Leaving[]): Promise<readonly LeaveAnswer[]>
}

/** Where a broker is reached by other brokers. */
export interface BrokerAddress {
  readonly host: string
  readonly port: number
}
