/**
 * The log as the core sees it: what is appended, what of it has been handed to the disk, what is
 * durable, what is committed. Entries that are durable and applied leave memory and are read from
 * the disk when a slow replica needs them.
 */
import assert from 'node:assert'
import type { Configuration } from './configuration.ts'
import { TermRuns } from './term-runs.ts'
import type { Entry, Payload, SnapshotMark } from './entry.ts'
import type { LogReader, Recovered } from './types.ts'

/** What an entry costs beside its data. */
const ENTRY_OVERHEAD_BYTES = 32

export class RaftLog {
  readonly #reader: LogReader
  readonly #cachedBytesMax: number
  #snapshot: SnapshotMark
  #terms: TermRuns
  /** The newest entries, without a gap, up to the last. */
  #cached: Entry[]
  #cachedBytes = 0
  #lastIndex: number
  #commit: number
  #applied: number
  #durable: number
  /** Kept, because it never goes back, not even when a snapshot takes the place of the log. */
  #applicable: number
  /** The first entry that no batch has taken yet. */
  #unwritten: number
  #truncateFrom: number | null = null
  /** A snapshot that took the place of the log, until a batch has taken it. */
  #restored: SnapshotMark | null = null
  /** Batches on their way to the disk, and how far each will have made the log durable. */
  #writing: { readonly batch: number; durable: number }[] = []
  /** Configurations in force from their index on; the first is the snapshot's. */
  #configurations: { readonly index: number; readonly configuration: Configuration }[]

  constructor(recovered: Recovered, reader: LogReader, cachedBytesMax: number) {
    const { snapshot, entries, commit } = recovered
    this.#reader = reader
    this.#cachedBytesMax = cachedBytesMax
    this.#snapshot = snapshot
    this.#terms = new TermRuns(snapshot.index, snapshot.term)
    this.#configurations = [snapshot]
    this.#cached = []
    this.#lastIndex = snapshot.index
    for (const entry of entries) {
      this.#add(entry)
      // A long log does not stay in memory, not even while it is read; now and then is enough.
      if (this.#cachedBytes > 2 * cachedBytesMax) this.#dropOldest(this.#lastIndex)
    }
    assert(snapshot.index <= commit && commit <= this.#lastIndex, 'the commit index is in the log')
    this.#commit = commit
    this.#applied = snapshot.index
    this.#durable = this.#lastIndex
    this.#applicable = commit
    this.#unwritten = this.#lastIndex + 1
    this.#trimCache()
  }

  get snapshot(): SnapshotMark {
    return this.#snapshot
  }

  get lastIndex(): number {
    return this.#lastIndex
  }

  get lastTerm(): number {
    return this.#terms.at(this.#lastIndex)
  }

  get commit(): number {
    return this.#commit
  }

  get durable(): number {
    return this.#durable
  }

  /** What may be applied here: committed, and not lost if the power fails now. */
  get applicable(): number {
    return this.#applicable
  }

  /** The one in force: the newest that is appended, committed or not. */
  get configuration(): Configuration {
    return this.#newestConfiguration.configuration
  }

  get configurationIndex(): number {
    return this.#newestConfiguration.index
  }

  /** Those that may be in force elsewhere: the committed one, and all behind it. */
  get configurationsInDoubt(): readonly Configuration[] {
    const committed = this.#configurations.findLastIndex(({ index }) => index <= this.#commit)
    return this.#configurations.slice(committed).map(({ configuration }) => configuration)
  }

  get #newestConfiguration() {
    return this.#configurations.at(-1) ?? assert.fail('a configuration is always in force')
  }

  /** Null below the log start, where it is not known, and behind the log end. */
  termAt(index: number): number | null {
    if (index < this.#snapshot.index || index > this.#lastIndex) return null
    return this.#terms.at(index)
  }

  /** Whether a log that ends so has everything that this one might have committed (Raft §5.4.1). */
  isUpToDate(lastIndex: number, lastTerm: number): boolean {
    return lastTerm > this.lastTerm || (lastTerm === this.lastTerm && lastIndex >= this.#lastIndex)
  }

  /** The largest index ≤ `index` whose term is ≤ `term`; at least the log start. */
  agreesAtMost(index: number, term: number): { readonly index: number; readonly term: number } {
    const known = Math.max(this.#snapshot.index, Math.min(index, this.#lastIndex))
    const at = this.#terms.lastAtMost(known, term)
    return { index: at, term: this.#terms.at(at) }
  }

  /** Entries from `from` on, at most `count`; at least one, then as many as fit in `bytes`. */
  read(from: number, { count, bytes }: { count: number; bytes: number }): readonly Entry[] {
    assert(from > this.#snapshot.index, 'what was compacted is not read')
    const end = Math.min(this.#lastIndex + 1, from + count)
    if (from >= end) return []
    const firstCached = this.#lastIndex + 1 - this.#cached.length
    if (from < firstCached) return this.#reader.entries(from, Math.min(end, firstCached), bytes)
    const found: Entry[] = []
    let left = bytes
    for (const entry of this.#cached.slice(from - firstCached, end - firstCached)) {
      left -= sizeOf(entry)
      if (found.length > 0 && left < 0) break
      found.push(entry)
    }
    return found
  }

  // --- appending

  /** As leader: the next entry. */
  append(term: number, payload: Payload): Entry {
    const entry: Entry = { index: this.#lastIndex + 1, term, ...payload }
    this.#add(entry)
    return entry
  }

  /**
   * As follower: the leader's entries, the first of which follows an entry that both have. What
   * both have already stays as it is: an old append must not shorten the log.
   */
  merge(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (entry.index <= this.#lastIndex) {
        if (this.termAt(entry.index) === entry.term) continue
        this.#truncate(entry.index)
      }
      this.#add(entry)
    }
  }

  #add(entry: Entry): void {
    assert(entry.index === this.#lastIndex + 1, 'entries have no gap')
    this.#terms.note(entry.index, entry.term)
    this.#cached.push(entry)
    this.#cachedBytes += sizeOf(entry)
    this.#lastIndex = entry.index
    if (entry.kind === 'configuration')
      this.#configurations.push({ index: entry.index, configuration: entry.configuration })
  }

  #truncate(from: number): void {
    assert(from > this.#commit, 'what is committed is never truncated')
    const firstCached = this.#lastIndex + 1 - this.#cached.length
    const removed = this.#cached.splice(Math.max(0, from - firstCached))
    for (const entry of removed) this.#cachedBytes -= sizeOf(entry)
    this.#terms.truncateFrom(from)
    while (this.configurationIndex >= from) this.#configurations.pop()
    this.#lastIndex = from - 1
    this.#durable = Math.min(this.#durable, from - 1)
    for (const writing of this.#writing) writing.durable = Math.min(writing.durable, from - 1)
    if (from < this.#unwritten) {
      this.#truncateFrom = Math.min(from, this.#truncateFrom ?? from)
      this.#unwritten = from
    }
  }

  // --- durability

  /** What the batch of that number is to write. */
  takeUnwritten(batch: number) {
    const snapshot = this.#restored
    const truncateFrom = this.#truncateFrom
    const entries = this.#cached.slice(
      this.#cached.length - (this.#lastIndex + 1 - this.#unwritten),
    )
    this.#restored = null
    this.#truncateFrom = null
    this.#unwritten = this.#lastIndex + 1
    this.#writing.push({ batch, durable: this.#lastIndex })
    return { snapshot, truncateFrom, entries }
  }

  get hasUnwritten(): boolean {
    const { lastIndex } = this
    return this.#restored !== null || this.#truncateFrom !== null || this.#unwritten <= lastIndex
  }

  /** That batch, and all before it, are durable. What was truncated meanwhile does not count. */
  persisted(batch: number): void {
    while (this.#writing[0] && this.#writing[0].batch <= batch) {
      this.#durable = Math.max(this.#durable, this.#writing[0].durable)
      this.#writing.shift()
    }
    this.#noteApplicable()
    this.#trimCache()
  }

  // --- commitment, application, compaction

  /** Returns whether it rose. */
  commitTo(index: number): boolean {
    if (index <= this.#commit) return false
    assert(index <= this.#lastIndex, 'only what is in the log is committed')
    this.#commit = index
    this.#noteApplicable()
    return true
  }

  #noteApplicable(): void {
    this.#applicable = Math.max(this.#applicable, Math.min(this.#commit, this.#durable))
  }

  appliedTo(index: number): void {
    assert(index >= this.#applied && index <= this.applicable, 'applied in order, once committed')
    this.#applied = index
    this.#trimCache()
  }

  /** A snapshot of what is applied: what it covers is not read any more. */
  compact(snapshot: SnapshotMark): void {
    const { index, term } = snapshot
    if (index <= this.#snapshot.index) return
    assert(
      index <= this.#applied && this.termAt(index) === term,
      'a snapshot is of what is applied',
    )
    this.#beginAt(snapshot)
  }

  #beginAt(snapshot: SnapshotMark): void {
    this.#terms.forgetBefore(snapshot.index)
    this.#configurations = [
      snapshot,
      ...this.#configurations.filter(({ index }) => index > snapshot.index),
    ]
    this.#snapshot = snapshot
    const firstCached = this.#lastIndex + 1 - this.#cached.length
    this.#dropCached(snapshot.index + 1 - firstCached)
  }

  /** A leader's snapshot in place of the log. It is durable itself; that it counts is not yet. */
  restore(snapshot: SnapshotMark): void {
    assert(snapshot.index > this.#commit, 'a snapshot never goes back')
    this.#snapshot = snapshot
    this.#terms = new TermRuns(snapshot.index, snapshot.term)
    this.#configurations = [snapshot]
    this.#cached = []
    this.#cachedBytes = 0
    this.#lastIndex = snapshot.index
    // Both logs have what was committed before: what was told to be applicable stays so.
    this.#durable = Math.min(this.#commit, this.#durable)
    this.#commit = snapshot.index
    this.#unwritten = snapshot.index + 1
    this.#truncateFrom = null
    this.#writing = []
    this.#restored = snapshot
  }

  #trimCache(): void {
    this.#dropOldest(Math.min(this.#durable, this.#applied))
  }

  /** Forgets what is beyond the bound, up to `removable`: it can be read from the disk. */
  #dropOldest(removable: number): void {
    let first = this.#lastIndex + 1 - this.#cached.length
    let count = 0
    let bytes = this.#cachedBytes
    while (bytes > this.#cachedBytesMax && first <= removable) {
      bytes -= sizeOf(this.#cached[count] as Entry)
      count += 1
      first += 1
    }
    this.#dropCached(count)
  }

  #dropCached(count: number): void {
    if (count <= 0) return
    for (const entry of this.#cached.splice(0, count)) this.#cachedBytes -= sizeOf(entry)
  }
}

/** What an entry takes of any bound in bytes. */
export function sizeOf(entry: Entry): number {
  return ENTRY_OVERHEAD_BYTES + (entry.kind === 'data' ? entry.data.byteLength : 0)
}
