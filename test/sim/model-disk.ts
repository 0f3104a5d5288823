/**
 * What one replica has on its disk, and what is on its way there. Writes become durable one after
 * the other, in the order they were handed over. A power cut keeps any beginning of those that were
 * under way; of a batch the hard state first, then the truncation, then the entries (S7, S8).
 *
 * What the core's driver owes to safety is written down here too: a snapshot of its own, and the
 * commit index it will start from, become durable only after all batches handed over before them;
 * a snapshot that came from a leader counts only once the batch that names it is durable.
 */
import type { Configuration } from '../../src/raft/configuration.ts'
import type { Entry, SnapshotMark } from '../../src/raft/entry.ts'
import type { Batch, HardState, Recovered } from '../../src/raft/types.ts'
import type { StoredSnapshot } from './chained-log.ts'
import { ChainedLog } from './chained-log.ts'
import { Violation } from './invariants/violation.ts'

/** All entries at once: a model's logs are short. */
export interface StoredLog extends Recovered {
  readonly entries: readonly Entry[]
}

export type Write =
  | {
      readonly type: 'batch'
      readonly batch: Batch
      /** The one that the batch names. */
      readonly restored: StoredSnapshot | null
      /** Known when the batch was handed over. */
      readonly commit: number
    }
  | {
      readonly type: 'snapshot'
      readonly snapshot: StoredSnapshot
      /** Where the log begins from then on: the snapshot's end, or an entry before it. */
      readonly logStart: number
    }

/** How much of the first unfinished batch a power cut leaves. */
export interface Tear {
  /** Whole writes that survive. */
  readonly writes: number
  /**
   * Of the next batch: nothing, its hard state, its truncation or snapshot too, some entries too.
   */
  readonly steps: 0 | 1 | 2 | 3
  /** Share of the entries that survive, in [0, 1). */
  readonly share: number
}

/** Snapshots that arrived and are not named by a batch yet. */
const STAGED_MAX = 4

export class ModelDisk {
  readonly log: ChainedLog
  hardState: HardState = { term: 0, vote: null }
  newest: StoredSnapshot
  #commit = 0
  #forgettable: SnapshotMark
  #queue: Write[] = []
  readonly #staged = new Map<number, StoredSnapshot>()

  /** An empty disk; founders know the founding configuration, others nobody. */
  constructor(founding: Configuration) {
    const mark = { index: 0, term: 0, configuration: founding }
    this.newest = { mark, chain: 0 }
    this.#forgettable = mark
    this.log = new ChainedLog(this.newest)
  }

  get pending(): number {
    return this.#queue.length
  }

  writeBatch(batch: Batch, commit: number): void {
    const restored = batch.snapshot && this.#takeStaged(batch.snapshot)
    this.#queue.push({ type: 'batch', batch, restored, commit })
  }

  writeSnapshot(snapshot: StoredSnapshot, logStart: number): void {
    this.#queue.push({ type: 'snapshot', snapshot, logStart })
  }

  /** A leader's snapshot has arrived as a whole. */
  stage(snapshot: StoredSnapshot): void {
    this.#staged.set(snapshot.mark.index, snapshot)
    for (const index of this.#staged.keys()) {
      if (this.#staged.size <= STAGED_MAX) break
      this.#staged.delete(index)
    }
  }

  hasStaged({ index, term }: SnapshotMark): boolean {
    return this.#staged.get(index)?.mark.term === term
  }

  /** The snapshot that a batch names. */
  staged(mark: SnapshotMark): StoredSnapshot | null {
    return this.hasStaged(mark) ? (this.#staged.get(mark.index) ?? null) : null
  }

  #takeStaged(mark: SnapshotMark): StoredSnapshot {
    const staged = this.#staged.get(mark.index)
    if (staged?.mark.term !== mark.term)
      throw new Violation('11-snapshot', `the core installs a snapshot ${mark.index} nobody sent`)
    this.#staged.delete(mark.index)
    return staged
  }

  /** The oldest write is durable now. */
  finishFirst(): Write | null {
    const write = this.#queue.shift()
    if (!write) return null
    if (write.type === 'batch') this.#finishBatch(write)
    else this.#finishSnapshot(write)
    return write
  }

  #finishBatch({ batch, restored, commit }: Extract<Write, { type: 'batch' }>): void {
    if (batch.hardState) this.hardState = batch.hardState
    this.#beginLog(batch, restored)
    for (const entry of batch.entries) this.#append(entry)
    this.#commit = Math.max(this.#commit, commit)
  }

  #beginLog({ truncateFrom }: Batch, restored: StoredSnapshot | null): void {
    if (restored) {
      this.newest = restored
      this.log.restart(restored)
    }
    if (truncateFrom !== null) this.log.truncateFrom(truncateFrom)
  }

  #append(entry: Entry): void {
    if (entry.index !== this.log.lastIndex + 1)
      throw new Violation(
        '3-log-gap',
        `entry ${entry.index} is written behind ${this.log.lastIndex}`,
      )
    this.log.append(entry)
  }

  #finishSnapshot({ snapshot, logStart }: Extract<Write, { type: 'snapshot' }>): void {
    if (snapshot.mark.index <= this.newest.mark.index) return
    this.newest = snapshot
    this.#commit = Math.max(this.#commit, snapshot.mark.index)
    if (logStart > this.log.startIndex) this.#forgettable = this.log.markAt(logStart)
  }

  /** Where the log might begin: what is before it is in the newest snapshot. */
  get forgettable(): SnapshotMark {
    return this.#forgettable
  }

  /** The core reads nothing before that any more. */
  forgetTo({ index }: SnapshotMark): void {
    this.log.forgetTo(Math.min(index, this.log.lastIndex))
  }

  // --- crashes

  /** The process is gone; what it had handed over was written. */
  crash(): void {
    while (this.finishFirst());
    this.#staged.clear()
  }

  /**
   * The power is gone: a beginning of what was under way survives. Returns how many writes do not.
   */
  cutPower({ writes, steps, share }: Tear): number {
    for (let count = 0; count < writes; count += 1) this.finishFirst()
    const torn = this.#queue[0]
    const lost = this.#queue.length
    this.#queue = []
    this.#staged.clear()
    if (torn?.type === 'batch' && steps > 0) this.#tear(torn, steps, share)
    return lost
  }

  #tear(
    { batch, restored }: Extract<Write, { type: 'batch' }>,
    steps: number,
    share: number,
  ): void {
    if (batch.hardState) this.hardState = batch.hardState
    if (steps < 2) return
    this.#beginLog(batch, restored)
    if (steps < 3) return
    const count = Math.floor(batch.entries.length * share)
    for (const entry of batch.entries.slice(0, count)) this.#append(entry)
  }

  /** What the next life begins with. */
  recovered(): StoredLog {
    const { log, hardState, newest } = this
    const commit = Math.max(newest.mark.index, log.startIndex, this.#commit)
    if (log.lastTerm > hardState.term)
      throw new Violation('8-term-gate', `an entry of term ${log.lastTerm} is durable before it`)
    return {
      hardState,
      snapshot: log.start.mark,
      entries: [...log.entries],
      commit: Math.min(commit, log.lastIndex),
    }
  }
}
