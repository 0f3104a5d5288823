/**
 * The metadata quorum at size one: the real log, the real commit rule (fsync first, then count
 * oneself, never before), the real hard state. Every start is a new term, so that no (offset, term)
 * is ever written twice (invariant A11). Proposals that arrive while an fsync runs share the next.
 * A failed fsync is never retried: the node stops (SAFETY S5–S8, S18).
 */
import assert from 'node:assert'
import type { Clock } from '../base/clock.ts'
import type { Disk } from '../base/disk.ts'
import { DiskError } from '../base/disk.ts'
import { asError } from '../base/errors.ts'
import type { NodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import { RECORDS_PER_ENTRY_MAX, type MetadataRecord } from '../metadata/records.ts'
import { errors } from '../wire/errors.ts'
import { ENTRY_BYTES_MAX, encodeEntry } from './entry.ts'
import type {
  Append,
  AppendOutcome,
  EntryLog,
  Leadership,
  MetadataQuorum,
  OpenEntryLog,
  QuorumListener,
  SnapshotSource,
} from './ports.ts'
import { writeQuorumState } from './quorum-state.ts'
import { recover, replay, type ReplayProgress } from './recovery.ts'
import { SnapshotStore } from './snapshot-store.ts'

export interface QuorumOfOneOptions {
  readonly disk: Disk
  readonly clock: Clock
  readonly logger: Logger
  /** The log's directory, `__cluster_metadata-0`, absolute; created when missing. */
  readonly directory: string
  readonly nodeId: NodeId
  readonly directoryId: string
  readonly openLog: OpenEntryLog
  readonly snapshotSource: SnapshotSource
  /** `metadata.log.max.record.bytes.between.snapshots`. */
  readonly maxBytesBetweenSnapshots: number
  /** The node must stop: a failed fsync, a lost log, a record that could not be applied. Once. */
  readonly onFatal: (error: Error) => void
}

/** Entries that wait for their fsync at most. */
const UNCOMMITTED_MAX = 1_000
/** The newest, and one more in case it rots. */
const SNAPSHOTS_KEPT = 2

interface Proposal {
  readonly offset: number
  readonly records: readonly MetadataRecord[]
  readonly sizeBytes: number
  settle(outcome: AppendOutcome): void
}

export class QuorumOfOne implements MetadataQuorum {
  readonly #options: QuorumOfOneOptions
  readonly #logger: Logger
  readonly #snapshots: SnapshotStore
  readonly #listeners: QuorumListener[] = []
  #log: EntryLog | null = null
  #state: 'new' | 'starting' | 'running' | 'stopped' = 'new'
  #failed = false
  #leadership: Leadership = { epoch: -1, leaderId: null, isLeader: false }
  #commitOffset = 0
  /** Term of the newest entry of the log; 0 when there is none. */
  #lastTerm = 0
  #uncommitted: Proposal[] = []
  #committing: Promise<void> | null = null
  #bytesSinceSnapshot = 0
  #snapshotting: Promise<void> | null = null

  constructor(options: QuorumOfOneOptions) {
    this.#options = options
    this.#logger = options.logger.child({ component: 'quorum' })
    this.#snapshots = new SnapshotStore(options)
  }

  get leadership(): Leadership {
    return this.#leadership
  }

  get nextOffset(): number {
    return this.#log?.logEndOffset ?? 0
  }

  get commitOffset(): number {
    return this.#commitOffset
  }

  subscribe(listener: QuorumListener): void {
    assert(this.#state === 'new', 'listeners subscribe before the start')
    this.#listeners.push(listener)
  }

  /**
   * Recovers, replays everything to the listeners, begins a new term and leads in it. Throws
   * MetadataUnusable when what is on disk cannot be trusted; nothing was deleted then.
   */
  async start(onProgress: (progress: ReplayProgress) => void = () => {}): Promise<void> {
    assert(this.#state === 'new', 'a quorum starts once')
    this.#state = 'starting'
    try {
      await this.#lead(await this.#recover(onProgress))
    } catch (thrown) {
      await this.close().catch(() => {})
      throw thrown
    }
  }

  append(epoch: number, records: readonly MetadataRecord[]): Append {
    const refused = (reason: Extract<Append, { accepted: false }>['reason']) =>
      ({ accepted: false, reason }) as const
    if (this.#state !== 'running') return refused('stopped')
    if (!this.#leadership.isLeader || epoch !== this.#leadership.epoch) return refused('not-leader')
    if (this.#uncommitted.length >= UNCOMMITTED_MAX) return refused('overloaded')
    if (records.length > RECORDS_PER_ENTRY_MAX) return refused('too-large')
    return this.#propose(epoch, records)
  }

  /**
   * Waits for what was accepted, remembers that all of it is on disk, closes the log. Idempotent.
   */
  async close(): Promise<void> {
    if (this.#state === 'stopped') return
    this.#state = 'stopped'
    await this.#committing
    await this.#snapshotting
    const log = this.#log
    if (log === null) return
    if (!this.#failed && this.#leadership.isLeader) {
      const { disk, directory, nodeId, directoryId } = this.#options
      const votedFor = { nodeId, directoryId }
      const flushedOffset = this.#commitOffset
      writeQuorumState(disk, directory, { term: this.#leadership.epoch, votedFor, flushedOffset })
    }
    await log.close()
  }

  /** Brings back what is on disk and begins a new term, durably. Returns the term. */
  async #recover(onProgress: (progress: ReplayProgress) => void): Promise<number> {
    const { disk, directory, nodeId, directoryId } = this.#options
    const { log, state, snapshot } = recover({
      ...{ disk, directory, logger: this.#logger, snapshots: this.#snapshots },
      openLog: (opening) => (this.#log = this.#options.openLog(opening)),
    })
    // What recovery found may still be in the page cache only; it counts once it is on disk.
    await this.#flush(log)
    const listeners = this.#listeners
    const { lastTerm, replayedBytes } = replay({ log, snapshot, listeners, onProgress })
    this.#commitOffset = log.logEndOffset
    this.#bytesSinceSnapshot = replayedBytes
    this.#lastTerm = lastTerm
    log.advanceHighWatermark(log.logEndOffset)

    const term = Math.max(state?.term ?? 0, lastTerm) + 1
    const flushedOffset = log.logEndOffset
    writeQuorumState(disk, directory, { term, votedFor: { nodeId, directoryId }, flushedOffset })
    return term
  }

  /** Commits an entry of the new term and only then says that this node leads (Raft §5.4.2, §8). */
  async #lead(term: number): Promise<void> {
    const claim = this.#propose(term, [{ type: 'NoOp' }])
    if (!claim.accepted)
      throw new DiskError('DISK_FULL', `no space for the first metadata entry of term ${term}`)
    const { outcome } = await claim.outcome
    if (outcome !== 'ok') throw new DiskError('DISK_FAILED', 'the metadata log failed at its start')
    for (const listener of this.#listeners) listener.onCaughtUp?.()
    this.#state = 'running'
    this.#leadership = { epoch: term, leaderId: this.#options.nodeId, isLeader: true }
    this.#logger.info({ term, offset: this.#commitOffset }, 'leading the metadata quorum')
    for (const listener of this.#listeners) listener.onLeadership?.(this.#leadership)
  }

  #propose(term: number, records: readonly MetadataRecord[]): Append {
    const log = this.#started()
    const offset = log.logEndOffset
    const header = {
      index: offset,
      term,
      previousTerm: this.#lastTerm,
      flushedOffset: this.#commitOffset,
    }
    const batch = encodeEntry(header, records, this.#options.clock.wallMs())
    if (batch.byteLength > ENTRY_BYTES_MAX) return { accepted: false, reason: 'too-large' }

    const { errorCode, firstOffset } = log.append(batch, {
      leaderEpoch: term,
      origin: 'coordinator',
    })
    if (errorCode !== errors.NONE) return this.#refuse(log, errorCode)
    assert(firstOffset === offset, 'an entry lands at the offset it was written for')
    this.#lastTerm = term
    const outcome = new Promise<AppendOutcome>((settle) => {
      this.#uncommitted.push({ offset, records, sizeBytes: batch.byteLength, settle })
    })
    this.#committing ??= this.#commitAll(log)
    return { accepted: true, offset, outcome }
  }

  #refuse(log: EntryLog, errorCode: number): Append {
    if (log.offline !== null) {
      this.#fail(log.offline)
      return { accepted: false, reason: 'stopped' }
    }
    if (errorCode === errors.KAFKA_STORAGE_ERROR) return { accepted: false, reason: 'disk-full' }
    return { accepted: false, reason: 'too-large' }
  }

  /** One fsync after the other until nothing waits. Never rejects. */
  async #commitAll(log: EntryLog): Promise<void> {
    try {
      while (this.#uncommitted.length > 0 && !this.#failed) {
        // Captured before the fsync begins: what is appended meanwhile belongs to the next (S7).
        const upTo = log.logEndOffset
        await this.#flush(log)
        this.#commit(log, upTo)
      }
    } catch (thrown) {
      this.#fail(asError(thrown))
    } finally {
      this.#committing = null
    }
  }

  async #flush(log: EntryLog): Promise<void> {
    const upTo = log.logEndOffset
    await log.flush()
    assert(log.flushedOffset >= upTo, 'a flush makes durable what was appended before it')
  }

  /** Everything below `upTo` is on the only disk there is, hence committed: tell, then answer. */
  #commit(log: EntryLog, upTo: number): void {
    const committed = this.#uncommitted.filter(({ offset }) => offset < upTo)
    this.#uncommitted = this.#uncommitted.filter(({ offset }) => offset >= upTo)
    this.#commitOffset = upTo
    log.advanceHighWatermark(upTo)
    const epoch = this.#lastTerm
    const entries = committed.map(({ offset, records }) => ({ offset, epoch, records }))
    try {
      for (const listener of this.#listeners) listener.onCommitted(entries)
    } catch (thrown) {
      for (const proposal of committed) proposal.settle({ outcome: 'unknown' })
      throw thrown
    }
    for (const proposal of committed) proposal.settle({ outcome: 'ok', offset: proposal.offset })
    for (const { sizeBytes } of committed) this.#bytesSinceSnapshot += sizeBytes
    this.#snapshotIfDue(log)
  }

  #snapshotIfDue(log: EntryLog): void {
    const limit = this.#options.maxBytesBetweenSnapshots
    if (this.#state !== 'running' || this.#snapshotting !== null) return
    if (this.#bytesSinceSnapshot < limit) return
    this.#bytesSinceSnapshot = 0
    this.#snapshotting = this.#takeSnapshot(log).finally(() => {
      this.#snapshotting = null
    })
  }

  /** Never rejects. A full disk costs a snapshot, not the node. */
  async #takeSnapshot(log: EntryLog): Promise<void> {
    try {
      const { endOffset, epoch, records } = this.#options.snapshotSource.committedSnapshot()
      assert(endOffset === this.#commitOffset, 'a snapshot holds exactly what was committed')
      // A segment that ends where the snapshot does can be forgotten as a whole later.
      log.roll()
      await this.#snapshots.write({ endOffset, epoch }, records)
      this.#logger.info({ endOffset, epoch }, 'metadata snapshot taken')
      this.#trim(log)
    } catch (thrown) {
      const err = asError(thrown)
      if (!(err instanceof DiskError) || err.code !== 'DISK_FULL') return this.#fail(err)
      this.#logger.warn({ err }, 'no space for a metadata snapshot')
    }
  }

  /**
   * Forgets the log behind the oldest snapshot that is kept, then the snapshots before that one.
   */
  #trim(log: EntryLog): void {
    const all = this.#snapshots.list()
    const [oldestKept] = all.slice(-SNAPSHOTS_KEPT)
    if (oldestKept === undefined || all.length < SNAPSHOTS_KEPT) return
    log.advanceLogStart(oldestKept.endOffset)
    log.removeExpired(0)
    for (const snapshot of all.slice(0, -SNAPSHOTS_KEPT)) this.#snapshots.remove(snapshot)
  }

  #started(): EntryLog {
    assert(this.#log !== null, 'the quorum has been started')
    return this.#log
  }

  /** What waits may be on disk or not: nobody is told that it failed. */
  #fail(error: Error): void {
    if (this.#failed) return
    this.#failed = true
    this.#state = 'stopped'
    this.#leadership = { ...this.#leadership, leaderId: null, isLeader: false }
    this.#logger.fatal({ err: error }, 'the metadata log failed')
    for (const proposal of this.#uncommitted.splice(0)) proposal.settle({ outcome: 'unknown' })
    this.#options.onFatal(error)
  }
}
