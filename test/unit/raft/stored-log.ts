/** What one disk holds of a replica: hard state, snapshot, entries. Changed by batches only. */
import assert from 'node:assert'
import type { Configuration } from '../../../src/raft/configuration.ts'
import { sizeOf } from '../../../src/raft/raft-log.ts'
import type { Batch, Entry, HardState, Recovered, SnapshotMark } from '../../../src/raft/types.ts'

export class StoredLog {
  hardState: HardState = { term: 0, vote: null }
  snapshot: SnapshotMark
  entries: Entry[] = []
  /** A leader's snapshot, whole on this disk, that the log does not begin at yet. */
  received: SnapshotMark | null = null

  constructor(configuration: Configuration) {
    this.snapshot = { index: 0, term: 0, configuration }
  }

  copy(): StoredLog {
    const copy = new StoredLog(this.snapshot.configuration)
    copy.hardState = this.hardState
    copy.snapshot = this.snapshot
    copy.entries = [...this.entries]
    copy.received = this.received
    return copy
  }

  get lastIndex(): number {
    return this.snapshot.index + this.entries.length
  }

  get lastTerm(): number {
    return this.termAt(this.lastIndex) ?? 0
  }

  entryAt(index: number): Entry | undefined {
    return this.entries[index - this.snapshot.index - 1]
  }

  /** Null where it is not known. */
  termAt(index: number): number | null {
    if (index === this.snapshot.index) return this.snapshot.term
    return this.entryAt(index)?.term ?? null
  }

  configurationAt(index: number): Configuration {
    const found = this.entries.findLast(
      (entry) => entry.kind === 'configuration' && entry.index <= index,
    )
    return found?.kind === 'configuration' ? found.configuration : this.snapshot.configuration
  }

  get configuration(): Configuration {
    return this.configurationAt(this.lastIndex)
  }

  write({ hardState, snapshot, truncateFrom, entries }: Batch): void {
    if (hardState) this.hardState = hardState
    if (snapshot) {
      this.snapshot = snapshot
      this.entries = []
    }
    if (truncateFrom !== null) this.entries.length = truncateFrom - this.snapshot.index - 1
    for (const entry of entries) {
      assert.equal(entry.index, this.lastIndex + 1, 'a batch continues the log')
      this.entries.push(entry)
    }
  }

  /** A snapshot of what is applied: what it covers is not kept. */
  compact(index: number): SnapshotMark {
    const term = this.termAt(index)
    assert(term !== null && index > this.snapshot.index, `${index} is in the log`)
    const configuration = this.configurationAt(index)
    this.entries = this.entries.slice(index - this.snapshot.index)
    return (this.snapshot = { index, term, configuration })
  }

  /** As a start finds it (SAFETY S8). */
  recover(): Recovered {
    const { received } = this
    const isAhead = received !== null && received.index > this.snapshot.index
    if (isAhead && this.termAt(received.index) !== received.term) {
      this.snapshot = received
      this.entries = []
    }
    if (this.lastTerm > this.hardState.term) this.hardState = { term: this.lastTerm, vote: null }
    const { hardState, snapshot, entries } = this
    return { hardState, snapshot, entries: [...entries], commit: snapshot.index }
  }

  /** Entries from `from` on, below `end`: at least one, then as many as fit. */
  read(from: number, end: number, maxBytes: number): readonly Entry[] {
    const start = this.snapshot.index + 1
    const found: Entry[] = []
    let left = maxBytes
    for (const entry of this.entries.slice(from - start, end - start)) {
      left -= sizeOf(entry)
      if (found.length > 0 && left < 0) break
      found.push(entry)
    }
    return found
  }
}
