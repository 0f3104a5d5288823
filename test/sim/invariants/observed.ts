/**
 * One replica as it is seen from outside: what it said of itself, the log it must have in memory
 * (put together from its batches), and what its disk has. A replica whose disk was wiped stays here
 * as it last was: what it had promised counts.
 */
import type { ReplicaKey } from '../../../src/raft/configuration.ts'
import type { HardState, Status } from '../../../src/raft/types.ts'
import type { StoredSnapshot } from '../chained-log.ts'
import { ChainedLog } from '../chained-log.ts'
import type { StoredLog } from '../model-disk.ts'

/** What would be found on the disk now. */
export interface Durable {
  readonly hardState: HardState
  readonly log: DurableLog
}

export interface DurableLog {
  readonly start: StoredSnapshot
  readonly startIndex: number
  readonly lastIndex: number
  readonly lastChain: number
  /** Null where it is not known. */
  chainAt(index: number): number | null
}

export class Observed {
  readonly key: ReplicaKey
  readonly durable: Durable
  log: ChainedLog
  status: Status
  isUp = true
  /** The state machine of this life has everything up to here. */
  applied: number
  /** The largest applicable index it has announced in this life. */
  applicable: number

  constructor(key: ReplicaKey, durable: Durable) {
    this.key = key
    this.durable = durable
    this.log = new ChainedLog(durable.log.start)
    this.status = { role: 'follower', term: 0, leader: null, commit: 0 }
    this.applied = 0
    this.applicable = 0
  }

  /** A life begins: its core from `recovered`, its state machine from `state`. */
  start({ snapshot, entries, hardState, commit }: StoredLog, state: StoredSnapshot): void {
    this.log = new ChainedLog(this.durable.log.start, entries)
    this.status = { role: 'follower', term: hardState.term, leader: null, commit }
    this.isUp = true
    this.applied = state.mark.index
    this.applicable = snapshot.index
  }
}

export type Replicas = ReadonlyMap<ReplicaKey, Observed>
