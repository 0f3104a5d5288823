/**
 * Raft's memory: hard state, entries and the log start, over a log of the broker's own kind. It
 * writes what a batch of the core says in the order that safety asks for: hard state first (S8),
 * then a snapshot or a truncation (S7), then entries; `flush` makes the entries durable. Raft's
 * indexes are offsets + 1.
 */
import assert from 'node:assert'
import type { Clock } from '../base/clock.ts'
import type { Disk } from '../base/disk.ts'
import { DiskError } from '../base/disk.ts'
import type { Configuration, ReplicaKey } from '../raft/configuration.ts'
import type { Entry, SnapshotMark } from '../raft/entry.ts'
import type { Batch, HardState, LogReader, Recovered } from '../raft/types.ts'
import { errors } from '../wire/errors.ts'
import { encodeEntry } from './entry.ts'
import type { ReadEntry } from './entry-reader.ts'
import { readEntries } from './entry-reader.ts'
import type { EntryLog } from './ports.ts'
import type { QuorumState } from './quorum-state.ts'
import { writeQuorumState } from './quorum-state.ts'
import type { Opened } from './recovery.ts'
import { SnapshotCorrupt, type SnapshotId, type SnapshotStore } from './snapshot-store.ts'

export interface StorageOptions {
  readonly disk: Disk
  readonly clock: Clock
  readonly directory: string
  readonly snapshots: SnapshotStore
}

/** Bytes read at once while everything is read. */
const CHUNK_BYTES = 1024 * 1024

/** Nobody votes, and nobody is known: of a node that waits to be added. */
const NOBODY: Configuration = { voters: [], outgoing: [], learners: [] }

export class Storage implements LogReader {
  readonly #options: StorageOptions
  readonly #log: EntryLog
  #state: QuorumState
  /** Of the newest entry, or of the snapshot at which an empty log begins; 0 when there is none. */
  #lastTerm: number
  /** Where the log begins, as the core knows it. */
  #start: SnapshotMark
  /** The newest there is, own or received. */
  #newest: SnapshotId | null
  #highestCommit: number
  /** The number of the batch that was last begun. */
  #lastTried = 0

  constructor(options: StorageOptions, opened: Opened) {
    const { log, state, snapshot } = opened
    this.#options = options
    this.#log = log
    this.#state = state
    this.#newest = snapshot
    this.#start = this.#findStart()
    this.#lastTerm = this.#start.term
    this.#highestCommit = Math.max(snapshot?.endOffset ?? 0, opened.commitOffset)
    const last = this.#log.logEndOffset
    if (last > this.#start.index) this.#lastTerm = this.read(last, last, 1)[0]?.term ?? 0
  }

  // --- what there is

  get state(): QuorumState {
    return this.#state
  }

  /** The log begins behind this index; the entry of it is in a snapshot. */
  get startIndex(): number {
    return this.#start.index
  }

  /** Of the entry at `startIndex`; 0 when there is none. */
  get startTerm(): number {
    return this.#start.term
  }

  get newestSnapshot(): SnapshotId | null {
    return this.#newest
  }

  get logEndOffset(): number {
    return this.#log.logEndOffset
  }

  get flushedOffset(): number {
    return this.#log.flushedOffset
  }

  /** What the core begins with. Everything found counts as durable: flush first. */
  recovered(): Recovered {
    const { term, vote } = this.#state
    const raised = Math.max(term, this.#lastTerm)
    return {
      // A term that only the log knows was never voted in here (S8).
      hardState: { term: raised, vote: raised === term ? vote : null },
      snapshot: this.#start,
      entries: this.#allEntries(),
      commit: Math.max(this.#start.index, Math.min(this.#highestCommit, this.#log.logEndOffset)),
    }
  }

  *#allEntries(): Generator<Entry> {
    const end = this.#log.logEndOffset
    for (let from = this.#start.index; from < end;) {
      const entries = this.entries(from + 1, end + 1, CHUNK_BYTES)
      yield* entries
      from += entries.length
    }
  }

  /** The oldest snapshot that the log follows on; the founders, where it goes back to them. */
  #findStart(): SnapshotMark {
    const { snapshots } = this.#options
    const { logStartOffset } = this.#log
    if (logStartOffset === 0 && this.#newest === null)
      return { index: 0, term: 0, configuration: foundersOf(this.#state) }
    const id = snapshots.list().find(({ endOffset }) => endOffset === logStartOffset)
    const mark = id === undefined ? null : this.#markOf(id)
    const newest = mark ?? (this.#newest && this.#markOf(this.#newest))
    return newest ?? assert.fail('the newest snapshot was read a moment ago')
  }

  /** Null when the snapshot is damaged: the other one has to do. */
  #markOf(id: SnapshotId): SnapshotMark | null {
    const { endOffset: index, epoch: term } = id
    try {
      return { index, term, configuration: this.#options.snapshots.configurationOf(id) }
    } catch (thrown) {
      if (thrown instanceof SnapshotCorrupt) return null
      throw thrown
    }
  }

  // --- reading

  /** As LogReader says; indexes, not offsets. */
  entries(from: number, end: number, maxBytes: number): readonly Entry[] {
    return readEntries(this.#log, { from: from - 1, end: end - 1, maxBytes }).map(asCoreEntry)
  }

  /** Stored entries of indexes from `from` on, up to and including `last`. */
  read(from: number, last: number, maxBytes: number): readonly ReadEntry[] {
    return readEntries(this.#log, { from: from - 1, end: last, maxBytes })
  }

  // --- writing

  /** Bound to found the quorum with these and nobody else, durably (S1). */
  bind(founders: readonly ReplicaKey[]): void {
    assert(!this.#state.founded, 'a quorum is founded once')
    this.#writeState({ founders })
  }

  /** All founders are bound. */
  found(): void {
    this.#writeState({ founded: true })
    this.#start = { index: 0, term: 0, configuration: foundersOf(this.#state) }
  }

  /**
   * Writes what the batch says; entries are durable after the next `flush`. `commit`: the index
   * known to be committed. Throws DiskError; of a transient one, the batch may be written again.
   */
  write({ number, hardState, snapshot, truncateFrom, entries }: Batch, commit: number): void {
    const isAgain = number === this.#lastTried
    this.#lastTried = number
    if (hardState) this.#writeHardState(hardState)
    if (snapshot) this.#beginAt(snapshot)
    if (truncateFrom !== null) this.#truncateTo(truncateFrom - 1)
    const [first] = entries
    assert(isAgain || !first || first.index === this.#log.logEndOffset + 1, 'entries have no gap')
    for (const entry of entries) this.#append(entry, commit)
  }

  #writeHardState({ term, vote }: HardState): void {
    assert(term >= this.#state.term, 'terms only go up')
    // Since the file is written anyway: a log that lacks what was durable then is found out.
    const flushedOffset = Math.max(this.#state.flushedOffset, this.#log.flushedOffset)
    this.#writeState({ term, vote, flushedOffset })
  }

  #writeState(changes: Partial<QuorumState>): void {
    const { disk, directory } = this.#options
    const state = { ...this.#state, ...changes }
    writeQuorumState(disk, directory, state)
    this.#state = state
  }

  /** A received snapshot takes the place of the log. */
  #beginAt({ index, term, configuration }: SnapshotMark): void {
    const id = { endOffset: index, epoch: term }
    this.#options.snapshots.adopt(id)
    this.#lowerFlushedOffset(index)
    this.#log.truncateFullyAndStartAt(index)
    this.#newest = id
    this.#start = { index, term, configuration }
    this.#lastTerm = term
  }

  /** Keeps the entries at offsets below `offset`. */
  #truncateTo(offset: number): void {
    if (offset >= this.#log.logEndOffset) return
    assert(offset >= this.#start.index, 'what is in a snapshot is never truncated')
    this.#lowerFlushedOffset(offset)
    this.#log.truncateTo(offset)
    assert(this.#log.logEndOffset === offset, 'one entry is one batch')
    const [last] = offset === this.#start.index ? [] : this.read(offset, offset, 1)
    this.#lastTerm = last?.term ?? this.#start.term
  }

  /** Before anything above `offset` goes: else a restart would take its absence for damage (S7). */
  #lowerFlushedOffset(offset: number): void {
    if (this.#state.flushedOffset > offset) this.#writeState({ flushedOffset: offset })
  }

  #append(entry: Entry, commit: number): void {
    const offset = entry.index - 1
    // Of a batch whose writing met a full disk, some are there.
    if (offset < this.#log.logEndOffset) return
    const { term } = entry
    const header = {
      index: offset,
      term,
      previousTerm: this.#lastTerm,
      flushedOffset: this.#log.flushedOffset,
      commitOffset: commit,
    }
    const batch = encodeEntry(header, entry, this.#options.clock.wallMs())
    const { errorCode, firstOffset } = this.#log.append(batch, {
      leaderEpoch: term,
      origin: 'coordinator',
    })
    if (errorCode !== errors.NONE) throw this.#refused(errorCode)
    assert(firstOffset === offset, 'an entry lands at the offset it was written for')
    this.#lastTerm = term
  }

  #refused(errorCode: number): Error {
    if (this.#log.offline !== null) return this.#log.offline
    if (errorCode === errors.KAFKA_STORAGE_ERROR)
      return new DiskError('DISK_FULL', 'no space left for the metadata log')
    return new Error(`the metadata log refuses an entry with error ${errorCode}`)
  }

  /** Everything written before the call is durable when it resolves. A rejection is final. */
  async flush(): Promise<void> {
    const upTo = this.#log.logEndOffset
    if (this.#log.flushedOffset >= upTo) return
    await this.#log.flush()
    assert(this.#log.flushedOffset >= upTo, 'a flush makes durable what was appended before it')
  }

  // --- snapshots and the log start

  committedTo(index: number): void {
    this.#log.advanceHighWatermark(index)
  }

  /** Begins a segment, so that those before it can be forgotten as a whole later. */
  roll(): void {
    this.#log.roll()
  }

  tookSnapshot(id: SnapshotId): void {
    if (id.endOffset > (this.#newest?.endOffset ?? 0)) this.#newest = id
  }

  /**
   * Where the log is to begin: behind the older snapshot that is kept. Null: as it is; also when
   * that snapshot is damaged, until two newer ones are there.
   */
  forgettable(): SnapshotMark | null {
    const all = this.#options.snapshots.list()
    const [oldestKept] = all.slice(-SNAPSHOTS_KEPT)
    if (oldestKept === undefined || all.length < SNAPSHOTS_KEPT) return null
    return oldestKept.endOffset > this.#start.index ? this.#markOf(oldestKept) : null
  }

  /** Forgets the log before `start`, then the snapshots before it. The core reads them no more. */
  forgetBefore(start: SnapshotMark): void {
    this.#start = start
    this.#log.advanceLogStart(start.index)
    this.#log.removeExpired(0)
    for (const snapshot of this.#options.snapshots.list().slice(0, -SNAPSHOTS_KEPT))
      this.#options.snapshots.remove(snapshot)
  }

  /** Remembers, when nothing has failed, that all of it is on disk. */
  async close({ hasFailed }: { hasFailed: boolean }): Promise<void> {
    if (!hasFailed && this.#log.flushedOffset > this.#state.flushedOffset)
      this.#writeState({ flushedOffset: this.#log.flushedOffset })
    await this.#log.close()
  }
}

/** The newest, and one more in case it rots. */
const SNAPSHOTS_KEPT = 2

function foundersOf({ founders, founded }: QuorumState): Configuration {
  return founded && founders ? { ...NOBODY, voters: founders } : NOBODY
}

function asCoreEntry({ index, term, payload }: ReadEntry): Entry {
  return { index: index + 1, term, ...payload }
}
