/**
 * Every kind of fault with what it takes: what steps of a schedule say, and what is written down.
 * How each is made, and what it needs, is in the files beside this one.
 */

/**
 * Whom a fault hits, found when it is made:
 *
 * - `leader-of(orders-3)`, `leader-of(orders-*)` (of a partition drawn by chance),
 *   `followers-of(orders-3)`, `isr-minus-one(orders-3)` (all in sync but the leader and one more)
 * - `active-controller`, `controllers`
 * - `coordinator-of(group)`
 * - `broker(2)`, `brokers`, `random`, `minority`, `majority`, `all`
 *
 * Several joined by `+` are united. Nodes that do not run are left out.
 */
export type Selector = string

export type Direction = 'both' | 'in' | 'out'

/** Kinds of files of a data directory (docs/DATA_DIR.md). */
export type DamagedFile =
  // Of each partition; a segment that is full, or the one that is written.
  | 'segment'
  | 'active-segment'
  | 'offset-index'
  | 'time-index'
  | 'producer-snapshot'
  | 'leader-epochs'
  | 'partition-metadata'
  // Of all partitions of a node.
  | 'recovery-points'
  | 'log-starts'
  | 'high-watermarks'
  | 'cleaned-offsets'
  | 'compaction-gaps'
  | 'partition-creations'
  // Of the node.
  | 'broker-life'
  | 'clean-shutdown'
  | 'meta-properties'
  | 'offsets-view'
  // Of a controller.
  | 'metadata-log'
  | 'metadata-snapshot'
  | 'quorum-state'

/** `zero`: a page of it. */
export type Manner = 'flip' | 'truncate' | 'zero' | 'delete' | 'old-copy'

export type FaultSpec =
  // Processes.
  | { readonly fault: 'kill' | 'terminate' | 'pause' | 'restart'; readonly on: Selector }
  // The network: between nodes, and with `clients: true` between clients and nodes.
  | {
      readonly fault: 'cut' | 'stall'
      readonly on: Selector
      readonly direction?: Direction
      /** Only what passes between them and these; otherwise all others. */
      readonly from?: Selector
      readonly clients?: boolean
    }
  | {
      readonly fault: 'reset' | 'refuse'
      readonly on: Selector
      readonly from?: Selector
      readonly clients?: boolean
    }
  | {
      readonly fault: 'delay'
      readonly on: Selector
      readonly from?: Selector
      readonly clients?: boolean
      readonly delayMs: number
      readonly jitterMs?: number
    }
  | {
      readonly fault: 'throttle'
      readonly on: Selector
      readonly from?: Selector
      readonly clients?: boolean
      readonly bytesPerSecond: number
    }
  | {
      readonly fault: 'corrupt'
      readonly on: Selector
      readonly from?: Selector
      /** Of pieces that pass, one byte of each hit is changed; 0 to 1. */
      readonly probability: number
    }
  // Disks, by what is loaded into the process before the broker.
  | { readonly fault: 'disk-full'; readonly on: Selector }
  | { readonly fault: 'slow-fsync'; readonly on: Selector; readonly delayMs: number }
  | { readonly fault: 'failing-write' | 'failing-fsync' | 'torn-write'; readonly on: Selector }
  | { readonly fault: 'power-cut'; readonly on: Selector }
  // Files of a node that is killed for it.
  | {
      readonly fault: 'damage'
      readonly on: Selector
      readonly file: DamagedFile
      readonly how: Exclude<Manner, 'old-copy'>
    }
  | { readonly fault: 'old-copy'; readonly on: Selector }
  // Machines.
  | { readonly fault: 'clock-jump'; readonly on: Selector; readonly byMs: number }
  | { readonly fault: 'starve-cpu'; readonly on: Selector }
  | { readonly fault: 'connection-storm'; readonly on: Selector; readonly connections: number }
  // Clusters.
  | { readonly fault: 'reassign'; readonly topic: string }
  | { readonly fault: 'topic-churn'; readonly topics: number }
  | { readonly fault: 'replace-controller'; readonly on: Selector }
  // Switches inside a broker that was started with --enable-faults.
  | (SwitchedRequests & {
      readonly fault: 'fail-requests'
      /** Kafka's name of the error, such as `NOT_LEADER_OR_FOLLOWER`. */
      readonly error: string
    })
  | (SwitchedRequests & { readonly fault: 'delay-requests'; readonly delayMs: number })
  | (SwitchedRequests & { readonly fault: 'lose-answers' })

interface SwitchedRequests {
  readonly on: Selector
  /** Kafka's name of a request, such as `Produce`. */
  readonly api: string
  readonly count: number
  /**
   * Only requests of this client id; with `*` at its end, of all that begin so: followers call
   * themselves `replica-2`.
   */
  readonly client?: string
}

export type FaultName = FaultSpec['fault']
