/**
 * What replicas say to each other. Lost, repeated and reordered messages are harmless. Every one
 * carries the sender's term; a pre-vote, and its grant, carry the term that would be campaigned in.
 */
import type { ReplicaKey } from './configuration.ts'
import type { Entry, SnapshotMark } from './entry.ts'

export type Message = {
  readonly from: ReplicaKey
  readonly to: ReplicaKey
  readonly term: number
} & Content

export type Content =
  | { readonly type: 'pre-vote'; readonly lastIndex: number; readonly lastTerm: number }
  | { readonly type: 'pre-vote-response'; readonly granted: boolean }
  | {
      readonly type: 'vote'
      readonly lastIndex: number
      readonly lastTerm: number
      /** The leader itself asked for this election: nobody protects it. */
      readonly isTransfer: boolean
    }
  | { readonly type: 'vote-response'; readonly granted: boolean }
  | {
      readonly type: 'append'
      /** Changes whenever the leader forgets what the receiver has; answers repeat it. */
      readonly session: number
      readonly previousIndex: number
      readonly previousTerm: number
      readonly entries: readonly Entry[]
      readonly commit: number
    }
  /** The receiver's log equals the leader's up to `index`, durably. */
  | { readonly type: 'append-response'; readonly session: number; readonly index: number }
  | {
      readonly type: 'append-rejection'
      readonly session: number
      /** The append's. */
      readonly previousIndex: number
      /** The receiver's log agrees at this index at the latest: its term there is `hintTerm`. */
      readonly hintIndex: number
      readonly hintTerm: number
    }
  | {
      readonly type: 'heartbeat'
      readonly session: number
      /** Never above what the receiver is known to have. */
      readonly commit: number
      /** The newest read that waits for a quorum; 0 for none. */
      readonly read: number
    }
  | {
      readonly type: 'heartbeat-response'
      readonly session: number
      readonly read: number
      /** Up to here the receiver has compared its log with this leader's. */
      readonly matched: number
    }
  /** The snapshot itself went before, beside this stream. */
  | { readonly type: 'snapshot'; readonly session: number; readonly snapshot: SnapshotMark }
  /** Campaign at once. */
  | { readonly type: 'timeout-now' }
  /** The leader gives up; who is to follow it, the best first. */
  | { readonly type: 'resignation'; readonly successors: readonly ReplicaKey[] }
