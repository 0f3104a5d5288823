/**
 * One partition's log: segments on disk, the offsets that bound it, and everything derived from its
 * batches. Appends are synchronous, positional and whole or nothing (SAFETY S18); only fsync waits.
 * It knows nothing of leadership, waiters or topics' names.
 *
 * Invariant: logStartOffset ≤ highWatermark ≤ logEndOffset, flushedOffset ≤ logEndOffset. Nothing
 * derived (indexes, tail, producers, epochs, log end) moves before all bytes are written.
 */
import assert from 'node:assert'
import { DiskError, isTransient } from '../base/disk.ts'
import { asError } from '../base/errors.ts'
import { BatchCursor } from '../records/batch.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import { checkReplicated, isWholeBatches, lastGapEnd } from './append-check.ts'
import { LogCleaning } from './cleaner/log-cleaning.ts'
import { isCompacted, segmentMsOf } from './cleaner/selection.ts'
import { EpochFile } from './epoch-file.ts'
import { FilePool } from './file-pool.ts'
import type { FlushRound } from './flusher.ts'
import { Flusher } from './flusher.ts'
import type { EpochEntry, LeaderEpochCache } from './leader-epoch-cache.ts'
import { epochBeyondMetadata } from './leader-epoch-cache.ts'
import { loadLog } from './loader.ts'
import type { LossMarks } from './loss-marks.ts'
import { EMPTY_READ, refused, refusedRead } from './log-answers.ts'
import { LogReader, segmentOf } from './log-reader.ts'
import { LogRules } from './log-rules.ts'
import type { SegmentsSync } from './log-segments.ts'
import { LogSegments } from './log-segments.ts'
import { loadProducers } from './producer-loading.ts'
import { ProducerSnapshots } from './producer-snapshots.ts'
import type { ProducerState } from './producer-state.ts'
import { expiredIfReadable } from './retention.ts'
import type { Segment, SegmentRules } from './segment.ts'
import { UndoFailed } from './segment.ts'
import { SyncFailed } from './sync-failed.ts'
import { SyncGate } from './sync-gate.ts'
import type { LogTail } from './tail-cache.ts'
import { TailCache } from './tail-cache.ts'
import { findByTimestamp, findLargestTimestamp } from './timestamp-lookup.ts'
import type {
  AppendOptions,
  AppendResult,
  EpochEndOffset,
  LogConfig,
  LogOptions,
  ReadOptions,
  ReadResult,
  RecoveryReport,
  TimestampOffset,
} from './types.ts'

const PRODUCER_ID_EXPIRATION_MS = 86_400_000
const OWN_TAIL_CACHE_BYTES = 16 * 1024 * 1024
/** Bytes that are not fsynced before a background fsync bounds them (S20). */
const DIRTY_BYTES_MAX = 16 * 1024 * 1024

export class Log {
  readonly directory: string
  readonly partition: number
  /** What recovery found and did at opening. */
  readonly recovery: RecoveryReport
  /** Whether records were gone then that somebody may count on (S11). */
  readonly loss: LossMarks
  /** What the cleaner asks of this log, and does to it. */
  readonly cleaning: LogCleaning
  /** Told when records are gone from the front; set by whoever has readers to tell. */
  onLogStartMoved: () => void = () => {}
  /** Told when damage was found by nobody's read (`damagedAt`). */
  onDamageFound: () => void = () => {}
  readonly #options: LogOptions
  readonly #rules: SegmentRules
  readonly #segments: LogSegments
  readonly #epochs: LeaderEpochCache
  readonly #epochFile: EpochFile
  readonly #tail: LogTail
  readonly #flusher: Flusher
  readonly #reader: LogReader
  readonly #snapshots: ProducerSnapshots
  #producers: ProducerState
  #config: LogConfig
  #logStartOffset: number
  #highWatermark: number
  #logEndOffset: number
  #flushedOffset: number
  #gapsAllowedBelow: number
  #generation = 0
  #appendedBytes = 0
  #appendedBytesFlushed = 0
  #lastFlushMs: number
  #offline: Error | null = null
  #full = false
  /** Only the first failure of a row is told. */
  #unreadable = false
  #state: 'open' | 'closing' | 'closed' = 'open'
  #closing: Promise<void> | null = null

  /** Opens and recovers. Throws `LogCorrupt` or `DiskError`; no batch was changed then. */
  static open(options: LogOptions): Log {
    return new Log(options)
  }

  private constructor(options: LogOptions) {
    this.#options = options
    this.directory = options.directory
    this.partition = options.partition
    this.#config = options.config
    this.#gapsAllowedBelow = options.gapsAllowedBelow ?? 0
    this.#rules = this.#segmentRules(options.files ?? new FilePool({ disk: options.disk }))
    const nextRollJitterMs = () => this.#nextRollJitterMs()
    const { disk, clock, logger, directory, trash } = options
    // Named one by one here and below: V8 makes a hash table of an object with many spread into it.
    const loaded = loadLog({
      ...{ disk, clock, logger, directory, rules: this.#rules, nextRollJitterMs },
      recoveryPoint: options.recoveryPoint,
      ...{ logStartOffset: options.logStartOffset, isLogStartKnown: !!options.isLogStartKnown },
      highWatermark: options.highWatermark,
      cleanShutdown: options.cleanShutdown,
      unsyncedMayBeGone: options.unsyncedMayBeGone === true,
      isFresh: options.isFresh === true,
      recovery: options.recovery,
      producerIdExpirationMs: options.producerIdExpirationMs ?? PRODUCER_ID_EXPIRATION_MS,
    })
    this.recovery = loaded.report
    this.loss = loaded.loss
    const deleteDelayMs = () => this.#config['file.delete.delay.ms']
    const files = { disk, clock, rules: this.#rules, trash, nextRollJitterMs, deleteDelayMs }
    this.#segments = new LogSegments(files, loaded.segments, loaded)
    this.#epochs = loaded.epochs
    this.#epochFile = this.#openEpochFile(loaded.epochsOnDisk)
    this.#producers = loaded.producers
    this.#snapshots = new ProducerSnapshots(options.disk, this.directory, loaded.snapshots)
    this.#reader = new LogReader(options.logger)
    this.#logStartOffset = loaded.logStartOffset
    this.#logEndOffset = loaded.logEndOffset
    this.#flushedOffset = loaded.flushedOffset
    const { logStartOffset, logEndOffset } = loaded
    this.#highWatermark = Math.max(logStartOffset, Math.min(options.highWatermark, logEndOffset))
    this.#lastFlushMs = options.clock.monotonicMs()
    const cache = options.tailCache ?? new TailCache({ budgetBytes: OWN_TAIL_CACHE_BYTES })
    this.#tail = cache.tail()
    const syncGate = options.syncGate ?? new SyncGate()
    const flushed = { beginFlush: () => this.#beginFlush() }
    this.#flusher = new Flusher(flushed, syncGate, (error) => this.#fsyncFailed(error))
    this.cleaning = this.#openCleaning(syncGate)
  }

  get logStartOffset(): number {
    return this.#logStartOffset
  }

  get highWatermark(): number {
    return this.#highWatermark
  }

  /** First offset of the earliest undecided transaction, or the high watermark. */
  get lastStableOffset(): number {
    const undecided = this.#producers.firstUndecidedOffset(this.#highWatermark)
    return undecided === null ? this.#highWatermark : Math.min(undecided, this.#highWatermark)
  }

  get logEndOffset(): number {
    return this.#logEndOffset
  }

  /** Everything below it is fsynced. It is the recovery point. */
  get flushedOffset(): number {
    return this.#flushedOffset
  }

  /** Counts truncations: what was captured in an older generation is void (S7). */
  get truncationGeneration(): number {
    return this.#generation
  }

  /** The newest leader epoch known, -1 when none. */
  get latestEpoch(): number {
    return this.#epochs.latestEpoch
  }

  /** Where each epoch begins, ascending. Borrowed. */
  get leaderEpochs(): readonly EpochEntry[] {
    return this.#epochs.entries
  }

  get sizeBytes(): number {
    return this.#segments.sizeBytes
  }

  get segmentCount(): number {
    return this.#segments.all.length
  }

  /** Of this moment: what comes next may change or replace it. */
  get producers(): Pick<ProducerState, 'size' | 'entries'> {
    return this.#producers
  }

  /** Why appends are refused (until a restart), or null. A full disk is not a reason. */
  get offline(): Error | null {
    return this.#offline
  }

  /** There was no space for the last append. */
  get isFull(): boolean {
    return this.#full
  }

  /** Where a batch could not be read, and still cannot: the first place known, or null. */
  get damagedAt(): number | null {
    const { damagedAt } = this.#reader
    return damagedAt === null || damagedAt < this.#logStartOffset ? null : damagedAt
  }

  /** Below this offset batches may be missing between batches; to be kept across restarts. */
  get gapsAllowedBelow(): number {
    return isCompacted(this.#config) ? this.#logEndOffset : this.#gapsAllowedBelow
  }

  /** The topic id it was opened with; null for the metadata log. */
  get topicId(): LogOptions['topicId'] {
    return this.#options.topicId
  }

  get config(): LogConfig {
    return this.#config
  }

  // --- appending

  /**
   * Appends whole batches. `batches` is borrowed until this returns (for clients and coordinators
   * offsets and epoch are stamped into it). Whole or nothing, but that of
   * replicated batches a sound prefix may be in the log when the answer is an error: see the end.
   */
  append(batches: Uint8Array, options: AppendOptions): AppendResult {
    const { leaderEpoch, origin } = options
    if (this.#offline || this.#state !== 'open') return refused(errors.KAFKA_STORAGE_ERROR)
    const batch = new BatchCursor(batches)
    if (!isWholeBatches(batch)) return refused(errors.CORRUPT_MESSAGE)
    if (origin === 'replication') return this.#appendReplicated(batch, options)

    assert(leaderEpoch >= this.#epochs.latestEpoch, 'a leader appends in its own epoch')
    if (batches.byteLength > this.#config['segment.bytes'])
      return refused(errors.RECORD_LIST_TOO_LARGE)
    if (origin === 'client' && batch.isIdempotent) {
      const verdict = this.#producers.check(batch)
      if (verdict.type === 'refuse')
        return { ...refused(verdict.errorCode), lastOffset: verdict.lastOffset }
      if (verdict.type === 'duplicate') {
        const { firstOffset, lastOffset, timestampMs } = verdict.of
        const logAppendTimeMs = batch.timestampType === 'LogAppendTime' ? timestampMs : -1
        return { errorCode: errors.NONE, firstOffset, lastOffset, logAppendTimeMs, duplicate: true }
      }
    }
    const firstOffset = this.#logEndOffset
    let baseOffset = firstOffset
    for (; batch.at < batches.byteLength; batch.next()) {
      batch.stamp({ baseOffset, leaderEpoch })
      baseOffset = batch.nextOffset
    }
    const errorCode = this.#write(batches, batch)
    if (errorCode !== errors.NONE) return refused(errorCode)
    batch.at = 0
    return {
      errorCode,
      firstOffset,
      lastOffset: this.#logEndOffset - 1,
      logAppendTimeMs: batch.timestampType === 'LogAppendTime' ? batch.maxTimestampMs : -1,
      duplicate: false,
    }
  }

  /** Batches that carry their leader's offsets and epochs, one run per segment they go to. */
  #appendReplicated(batch: BatchCursor, options: AppendOptions): AppendResult {
    const { leaderEpoch: mostEpoch, committedBelow = 0 } = options
    const end = this.#logEndOffset
    const problem = checkReplicated(batch, {
      logEndOffset: end,
      lastEpoch: this.#epochs.epochAt(end - 1) ?? -1,
      mostEpoch,
      // An empty log may begin in the middle of a batch: at a leader's log start (KIP-107).
      mayBeginBefore: this.#logStartOffset === end && this.#segments.all.length === 1,
    })
    if (problem !== null) return refused(problem)
    batch.at = 0
    const firstOffset = batch.baseOffset
    const gapsEnd = lastGapEnd(batch, end)
    if (gapsEnd !== null) this.#gapsAllowedBelow = Math.max(this.#gapsAllowedBelow, gapsEnd)
    const { bytes } = batch
    for (let from = 0; from < bytes.byteLength;) {
      const to = this.#runEnd(batch, from)
      const run = bytes.subarray(from, to)
      const errorCode =
        firstOffset < end && from === 0
          ? this.#beginBefore(run, firstOffset, committedBelow)
          : this.#write(run, new BatchCursor(run), committedBelow)
      if (errorCode !== errors.NONE) return refused(errorCode)
      from = to
    }
    const lastOffset = this.#logEndOffset - 1
    return {
      errorCode: errors.NONE,
      firstOffset,
      lastOffset,
      logAppendTimeMs: -1,
      duplicate: false,
    }
  }

  /** Where the run ends that begins at `from` and fits what is left of the segment, or the next. */
  #runEnd(batch: BatchCursor, from: number): number {
    batch.at = from
    const segmentBytes = this.#config['segment.bytes']
    const left = segmentBytes - this.#segments.active.sizeBytes
    const room = batch.sizeBytes > left ? segmentBytes : left
    batch.next()
    while (batch.at < batch.bytes.byteLength && batch.at + batch.sizeBytes - from <= room)
      batch.next()
    return batch.at
  }

  /** The first batch of an empty log begins below its log start, which stays where it is. */
  #beginBefore(run: Uint8Array, baseOffset: number, committedBelow: number): ErrorCode {
    const { logStartOffset } = this
    try {
      this.truncateFullyAndStartAt(baseOffset)
    } catch (thrown) {
      return this.#writeFailed(asError(thrown))
    }
    const errorCode = this.#write(run, new BatchCursor(run), committedBelow)
    if (errorCode !== errors.NONE) return errorCode
    this.#highWatermark = Math.max(this.#highWatermark, logStartOffset)
    this.advanceLogStart(logStartOffset)
    return errorCode
  }

  /** Writes stamped batches behind the log end, then lets everything derived follow. */
  #write(batches: Uint8Array, batch: BatchCursor, committedBelow = 0): ErrorCode {
    batch.at = 0
    let mustRoll: boolean
    try {
      this.#segments.active.prepareToAppend()
      mustRoll = this.#mustRoll(batch)
    } catch (thrown) {
      return this.#notPrepared(asError(thrown))
    }
    this.#unreadable = false
    try {
      if (mustRoll) this.#roll()
      this.#segments.active.write([batches], batches.byteLength)
    } catch (thrown) {
      return this.#writeFailed(asError(thrown))
    }
    const nowMs = this.#options.clock.wallMs()
    const segment = this.#segments.active
    for (batch.at = 0; batch.at < batches.byteLength; batch.next()) {
      segment.advance(batch)
      // Behind a hole too: an epoch that others compacted away may have begun in it.
      this.#epochs.assign(batch.partitionLeaderEpoch, this.#logEndOffset)
      if (batch.isIdempotent) this.#producers.update(batch, nowMs)
      this.#logEndOffset = batch.nextOffset
    }
    this.#segments.noteWritten()
    // It would drive other tails out, and have the whole heap collected again and again.
    if (this.#logEndOffset <= committedBelow) this.#tail.clear()
    else this.#tail.append(batches, batch)
    this.#appendedBytes += batches.byteLength
    if (this.#full) this.#options.logger.info({ directory: this.directory }, 'disk has space again')
    this.#full = false
    this.#flushWhenDue()
    return errors.NONE
  }

  #mustRoll(batch: BatchCursor): boolean {
    const { bytes } = batch
    const sizeBytes = bytes.byteLength
    let timestampMs = batch.maxTimestampMs
    let { lastOffset } = batch
    for (batch.next(); batch.at < sizeBytes; batch.next()) {
      timestampMs = Math.max(timestampMs, batch.maxTimestampMs)
      lastOffset = batch.lastOffset
    }
    return this.#segments.active.mustRollBefore(
      { sizeBytes, lastOffset, timestampMs },
      {
        segmentBytes: this.#config['segment.bytes'],
        segmentMs: segmentMsOf(this.#config),
        indexBytes: this.#config['segment.index.bytes'],
        nowMs: this.#options.clock.wallMs(),
      },
    )
  }

  /** Nothing was written: what could not be read costs this append, not the directory. */
  #notPrepared(error: Error): ErrorCode {
    if (!(error instanceof DiskError)) throw error
    if (!this.#unreadable)
      this.#options.logger.error(
        { directory: this.directory, err: error },
        'append refused: the end of the log cannot be read',
      )
    this.#unreadable = true
    return errors.KAFKA_STORAGE_ERROR
  }

  /**
   * A full disk refuses and recovers, and so does a lack of descriptors, which the checkpoints tell
   * of; anything else takes the log offline (S18).
   */
  #writeFailed(error: Error): ErrorCode {
    if (isTransient(error)) {
      const isFull = error.code === 'DISK_FULL'
      if (isFull && !this.#full)
        this.#options.logger.error({ directory: this.directory, err: error }, 'disk full')
      this.#full ||= isFull
      return errors.KAFKA_STORAGE_ERROR
    }
    if (!(error instanceof DiskError || error instanceof UndoFailed)) throw error
    this.#goOffline(error)
    return errors.KAFKA_STORAGE_ERROR
  }

  /** Its directory failed elsewhere: appends are refused from now on. Says and calls nothing. */
  takeOffline(error: Error): void {
    this.#offline ??= error
  }

  /** Unless it was an fsync that failed: then the node stops. */
  #goOffline(error: Error): void {
    if (this.#offline) return
    if (error instanceof SyncFailed) return this.#fsyncFailed(error)
    this.#offline = error
    this.#options.logger.error({ directory: this.directory, err: error }, 'log is offline')
    this.#options.onOffline?.(error)
  }

  // --- reading

  /**
   * Whole batches from the one that holds `fromOffset` on: from memory where the tail has them,
   * else from the files, every byte checked. Damage is answered with KAFKA_STORAGE_ERROR.
   */
  read(options: ReadOptions): ReadResult {
    const { fromOffset, maxBytes } = options
    if (fromOffset < this.#logStartOffset || fromOffset > this.#logEndOffset)
      return refusedRead(errors.OFFSET_OUT_OF_RANGE)
    if (this.#state === 'closed') return refusedRead(errors.KAFKA_STORAGE_ERROR)
    const upToOffset = Math.min(options.upToOffset, this.#logEndOffset)
    if (fromOffset >= upToOffset) return EMPTY_READ

    const { atLeastOneBatch } = options
    const fromTail = this.#tail.read(fromOffset, { upToOffset, maxBytes, atLeastOneBatch })
    if (fromTail) return { errorCode: errors.NONE, ...fromTail }
    const log = {
      segments: this.#segments.all,
      tail: this.#tail,
      rules: this.#rules,
      logStartOffset: this.#logStartOffset,
      logEndOffset: this.#logEndOffset,
    }
    return this.#reader.read(log, { fromOffset, upToOffset, maxBytes, atLeastOneBatch })
  }

  /** The first record with a timestamp ≥ `timestampMs`, below `upToOffset`. */
  offsetForTimestamp(
    timestampMs: number,
    { upToOffset }: { readonly upToOffset: number },
  ): TimestampOffset | null {
    if (this.#isClosed()) return null
    const range = { from: this.#logStartOffset, upTo: Math.min(upToOffset, this.#logEndOffset) }
    return findByTimestamp(this.#segments.all, timestampMs, range)
  }

  /** The first of the records with the largest timestamp, below `upToOffset`. */
  maxTimestamp({ upToOffset }: { readonly upToOffset?: number } = {}): TimestampOffset | null {
    if (this.#isClosed()) return null
    const upTo = Math.min(upToOffset ?? Infinity, this.#logEndOffset)
    return findLargestTimestamp(this.#segments.all, { from: this.#logStartOffset, upTo })
  }

  /** How far `epoch` went, as this log knows it (KIP-101); -1/-1 when it does not. */
  endOffsetForEpoch(epoch: number): EpochEndOffset {
    return this.#epochs.endOffsetFor(epoch, this.#logEndOffset)
  }

  /** The leader epoch of the record at `offset`; null when no epoch is known there. */
  epochAt(offset: number): number | null {
    return this.#epochs.epochAt(offset)
  }

  /**
   * A leader begins `epoch` at the log end, before its first append. When batches are here of a
   * later epoch than the metadata has given out, this log (and no other) is `offline` afterwards.
   */
  assignEpoch(epoch: number): void {
    const { latestEpoch } = this
    if (epoch < latestEpoch) {
      this.#epochs.truncateFromEnd(this.#logEndOffset)
      if (epoch < this.#epochs.latestEpoch) return this.#epochBeyondMetadata(epoch)
      this.#options.logger.warn(
        { directory: this.directory, leaderEpoch: latestEpoch, assigned: epoch },
        'a leader epoch that nobody was given, and no batch carries, was dropped',
      )
    }
    this.#epochs.assign(epoch, this.#logEndOffset)
  }

  /** The disk works; it is these batches that cannot be, so the directory stays online. */
  #epochBeyondMetadata(assigned: number): void {
    const { latestEpoch } = this
    const error = epochBeyondMetadata(this.directory, { latestEpoch, assigned })
    this.takeOffline(error)
    this.#options.logger.error({ directory: this.directory, err: error }, 'log is offline')
  }

  // --- moving the bounds

  /** Raises the high watermark to `offset`, at most to the log end; returns whether it rose. */
  advanceHighWatermark(offset: number): boolean {
    const raised = Math.min(offset, this.#logEndOffset)
    if (raised <= this.#highWatermark) return false
    this.#highWatermark = raised
    return true
  }

  /** NONE, also when nothing changes; OFFSET_OUT_OF_RANGE beyond the high watermark. */
  advanceLogStart(offset: number): ErrorCode {
    if (offset > this.#highWatermark) return errors.OFFSET_OUT_OF_RANGE
    if (offset <= this.#logStartOffset) return errors.NONE
    this.#logStartOffset = offset
    this.#epochs.truncateFromStart(offset)
    this.onLogStartMoved()
    return errors.NONE
  }

  /**
   * Drops every batch that reaches beyond `offset`; durable when it returns (S7). The log end is
   * then at or below `offset`, at the end of a batch. Throws DiskError: a
   * transient one when nothing was changed and it may be tried again, else the log may be offline
   * (`offline` tells).
   */
  truncateTo(offset: number): void {
    assert(this.#state === 'open', 'a closed log is not truncated')
    if (offset < this.#segments.first.baseOffset) return this.truncateFullyAndStartAt(offset)
    if (offset >= this.#logEndOffset) {
      // An epoch without a batch goes nevertheless: it was never anybody's.
      this.#epochs.truncateFromEnd(this.#logEndOffset)
      return
    }
    const index = segmentOf(this.#segments.all, offset)
    const segment = this.#segments.all[index] as Segment
    const { bytePosition, endOffset } = this.#cutPlace(segment, offset)
    const { cleanedOffset } = this.cleaning
    if (Math.max(this.#flushedOffset, this.#highWatermark, cleanedOffset) > endOffset)
      this.#lowerRecoveryPoint(endOffset)
    this.#touchingDisk(() => {
      this.#generation += 1
      this.#segments.removeBehind(index)
      this.#snapshots.dropAbove(endOffset)
      this.#segments.cutActive(bytePosition)
      this.#segments.syncDirectory()
      this.#tail.truncateTo(endOffset)
      this.#epochs.truncateFromEnd(endOffset)
      this.#endAt(endOffset)
      this.#rollBackProducers(endOffset)
    })
  }

  #cutPlace(segment: Segment, offset: number): { bytePosition: number; endOffset: number } {
    const located = segment.locate(offset)
    // Where compaction left a hole, the log ends in front of it: with the last batch there is.
    if (located.type === 'found')
      return { bytePosition: located.bytePosition, endOffset: located.endBefore }
    if (located.type === 'beyond')
      return { bytePosition: segment.sizeBytes, endOffset: located.nextOffset }
    this.#reader.report(segment, located)
    return { bytePosition: located.bytePosition, endOffset: located.offset }
  }

  /**
   * Drops everything and begins again, empty, at `offset`. Throws DiskError; see `truncateTo`.
   */
  truncateFullyAndStartAt(offset: number): void {
    assert(this.#state === 'open', 'a closed log is not truncated')
    this.#lowerRecoveryPoint(Math.min(this.#segments.first.baseOffset, offset))
    this.#touchingDisk(() => {
      this.#generation += 1
      this.#snapshots.dropAbove(-1)
      this.#segments.restartAt(offset)
      this.#segments.syncDirectory()
      this.#tail.clear()
      this.#epochs.clear()
      this.#producers.clear()
      this.#reader.endsAt(-1)
      this.#logStartOffset = offset
      this.#logEndOffset = offset
      this.#highWatermark = offset
      this.#flushedOffset = offset
      this.cleaning.truncatedTo(offset)
    })
  }

  /** The log end fell back to `offset`, and everything in front of it may be durable. */
  #endAt(offset: number): void {
    this.#logEndOffset = offset
    this.#reader.endsAt(offset)
    this.cleaning.truncatedTo(offset)
    if (offset < this.#highWatermark) {
      const { highWatermark } = this
      this.#options.logger.warn(
        { directory: this.directory, offset, highWatermark },
        'truncated below the high watermark',
      )
    }
    this.#highWatermark = Math.min(this.#highWatermark, offset)
    this.#logStartOffset = Math.min(this.#logStartOffset, offset)
    this.#flushedOffset = this.#segments.isSynced ? offset : Math.min(this.#flushedOffset, offset)
  }

  #rollBackProducers(offset: number): void {
    if (this.#producers.rollBackTo(offset)) return
    const { producers } = loadProducers({
      disk: this.#options.disk,
      directory: this.directory,
      segments: this.#segments.all,
      snapshots: this.#snapshots.offsets,
      logEndOffset: offset,
      noProducersFrom: Infinity,
      nowMs: this.#options.clock.wallMs(),
      expirationMs: this.#options.producerIdExpirationMs ?? PRODUCER_ID_EXPIRATION_MS,
    })
    this.#producers = producers
  }

  /** The first step of a truncation: a full disk that refuses it has changed nothing. */
  #lowerRecoveryPoint(offset: number): void {
    try {
      this.#options.lowerRecoveryPoint?.(offset)
    } catch (thrown) {
      if (!isTransient(thrown)) this.#goOffline(asError(thrown))
      throw thrown
    }
  }

  #touchingDisk(action: () => void): void {
    try {
      action()
    } catch (thrown) {
      this.#goOffline(asError(thrown))
      throw thrown
    }
  }

  // --- segments

  /** Begins a new segment at the log end; KAFKA_STORAGE_ERROR when the disk will not have it. */
  roll(): ErrorCode {
    if (this.#offline || this.#state !== 'open') return errors.KAFKA_STORAGE_ERROR
    if (this.#segments.active.sizeBytes === 0) return errors.NONE
    try {
      this.#roll()
      return errors.NONE
    } catch (thrown) {
      return this.#writeFailed(asError(thrown))
    }
  }

  #roll(): void {
    const { active } = this.#segments
    assert(this.#logEndOffset > active.baseOffset, 'a segment that is rolled holds something')
    this.#segments.roll(this.#logEndOffset)
    this.#takeSnapshot()
    void this.#flusher.flush()
  }

  #nextRollJitterMs(): number {
    return (this.#options.random?.next() ?? 0) * this.#config['segment.jitter.ms']
  }

  #takeSnapshot(): void {
    const bases = new Set(this.#segments.all.map(({ baseOffset }) => baseOffset))
    this.#snapshots.take(this.#logEndOffset, this.#producers, bases)
  }

  /**
   * The log begins behind the segments that are too old or too many (compacted logs keep theirs).
   * Their files stay; returns whether any files are below the log start.
   */
  expire(nowMs: number): boolean {
    if (this.#offline || this.#state !== 'open') return false
    const { all } = this.#segments
    const { count, reason } = expiredIfReadable(all, { log: this, nowMs }, this.#options.logger)
    const isNew = reason !== null && reason !== 'log start'
    if (isNew && (count < all.length || this.roll() === errors.NONE)) {
      this.advanceLogStart((all[count] as Segment).baseOffset)
      this.#options.logger.info({ directory: this.directory, count, reason }, 'segments expired')
    }
    return segmentOf(all, this.#logStartOffset) > 0
  }

  /**
   * Removes the segments below the log start; returns how many. A restart must not find some of
   * them and a gap: `durableStart` is where it begins at the earliest, and what is above that goes
   * file by file, each durably before the next. A disk that fails takes the log offline.
   */
  removeExpired(durableStart: number): number {
    if (this.#offline || this.#state !== 'open') return 0
    const { all } = this.#segments
    const count = segmentOf(all, this.#logStartOffset)
    if (count === 0) return 0
    try {
      this.#segments.removeFirst(count, { inAnyOrder: segmentOf(all, durableStart) })
    } catch (thrown) {
      if (!(thrown instanceof DiskError)) throw thrown
      // They are out of the log all the same; a restart finds their files again.
      this.#goOffline(thrown)
    }
    this.#options.logger.info({ directory: this.directory, count }, 'segments deleted')
    return count
  }

  /** Forgets producers that have been silent for `producer.id.expiration.ms`. */
  expireProducers(nowMs: number): void {
    const expirationMs = this.#options.producerIdExpirationMs ?? PRODUCER_ID_EXPIRATION_MS
    this.#producers.expire(nowMs - expirationMs)
  }

  updateConfig(config: LogConfig): void {
    // What compaction may have removed until now stays removed when it is switched off.
    if (this.cleaning.isCompacted && !isCompacted(config))
      this.#gapsAllowedBelow = this.#logEndOffset
    this.#config = config
    if (this.#state === 'open') this.#flushWhenDue()
  }

  #segmentRules(pool: FilePool): SegmentRules {
    return new LogRules({
      pool,
      logger: this.#options.logger,
      directory: this.directory,
      indexIntervalBytes: () => this.#config['index.interval.bytes'],
      gapsAllowedBelow: () => (isCompacted(this.#config) ? Infinity : this.#gapsAllowedBelow),
      epochAt: (offset) => this.#epochs.epochAt(offset),
      flush: () => this.#flusher.flush(),
      indexFailed: (error) => this.#goOffline(error),
    })
  }

  #openCleaning(syncGate: SyncGate): LogCleaning {
    return new LogCleaning({
      log: this,
      segments: this.#segments,
      rules: this.#rules,
      syncGate,
      cleanedOffset: this.#options.cleanedOffset ?? 0,
      producers: () => this.#producers.entries(),
      isOpen: () => this.#state === 'open' && !this.#offline,
      epochsKept: () => this.#epochFile.covers(this.#epochs.entries, this.#flushedOffset),
      replacedBelow: (offset) => this.#tail.forgetBelow(offset),
      damaged: (segment, damaged) => {
        this.#reader.report(segment, damaged)
        this.onDamageFound()
      },
      failed: (error) => this.#goOffline(error),
    })
  }

  // --- flushing

  /**
   * Resolves when all that was appended before the call is durable (or was truncated, or the log
   * abandoned, meanwhile: compare `flushedOffset`). Rejects with SyncFailed when an fsync failed,
   * and then for ever: `onFatal` was called. Rejects with another DiskError when a file would not
   * open: the log is offline then. A full disk never rejects it: what is appended is in its place
   * already, and the leader epochs, which the batches repeat, are written with a later flush.
   */
  flush(): Promise<void> {
    return this.#flusher.flush()
  }

  /**
   * Flushes in the background when `flush.ms` has passed since, or the last try could not begin.
   */
  flushIfDue(nowMonotonicMs: number): void {
    const isDirty = this.#flushedOffset < this.#logEndOffset
    const isDue = nowMonotonicMs - this.#lastFlushMs >= this.#config['flush.ms']
    if (isDirty && (isDue || this.#flusher.isOwed)) void this.#flusher.flush()
  }

  #flushWhenDue(): void {
    const unflushed = this.#logEndOffset - this.#flushedOffset
    const dirtyBytes = this.#appendedBytes - this.#appendedBytesFlushed
    if (unflushed >= this.#config['flush.messages'] || dirtyBytes >= DIRTY_BYTES_MAX)
      void this.#flusher.flush()
  }

  #beginFlush(): FlushRound {
    const isVoid = () => this.#isClosed()
    if (isVoid()) return { syncs: [], isVoid, succeeded: () => {}, ended: () => {} }
    const generation = this.#generation
    const endOffset = this.#logEndOffset
    const appendedBytes = this.#appendedBytes
    const segments = this.#beginSync()
    const syncs = [...segments.syncs]
    if (!this.#epochFile.holds(this.#epochs.withBatches(endOffset)))
      syncs.push(() => this.#writeEpochs())
    return {
      syncs: syncs.map((sync) => () => this.#unlessGone(sync)),
      // A deleted log's directory may be a new log's by now. A truncation voids nothing here: the
      // fsyncs are as good as before, and what they say is compared with its generation.
      isVoid,
      succeeded: () => {
        if (generation !== this.#generation) return
        segments.succeeded()
        this.#flushedOffset = Math.max(this.#flushedOffset, endOffset)
        this.#appendedBytesFlushed = appendedBytes
        this.#lastFlushMs = this.#options.clock.monotonicMs()
      },
      ended: () => segments.ended(),
    }
  }

  /** An fsync that could not begin says nothing about bytes; but they cannot be made durable. */
  #beginSync(): SegmentsSync {
    try {
      return this.#segments.beginSync()
    } catch (thrown) {
      if (thrown instanceof DiskError && !isTransient(thrown)) this.#goOffline(thrown)
      throw thrown
    }
  }

  #writeEpochs(): Promise<void> {
    const generation = this.#generation
    const isWanted = () => !this.#isClosed() && generation === this.#generation
    return this.#epochFile.write(this.#epochs.withBatches(this.#logEndOffset), isWanted)
  }

  #openEpochFile(onDisk: readonly EpochEntry[]): EpochFile {
    const { disk, logger } = this.#options
    const { directory } = this
    return new EpochFile(
      disk,
      { directory, onDisk },
      {
        failed: (error) => (this.#isClosed() ? undefined : this.#goOffline(error)),
        refused: (error) => {
          // A stop goes on to its checkpoints, and those tell of it.
          if (this.#state === 'open')
            logger.error({ directory, err: error }, 'disk full: leader epochs not written')
        },
      },
    )
  }

  /** The directory of a deleted log is renamed under its last fsyncs; nobody waits for those. */
  async #unlessGone(sync: () => Promise<void>): Promise<void> {
    try {
      await sync()
    } catch (thrown) {
      const isGone = thrown instanceof DiskError && thrown.code === 'NOT_FOUND'
      if (!(isGone && this.#state === 'closed')) throw thrown
    }
  }

  #fsyncFailed(error: Error): void {
    if (this.#offline instanceof SyncFailed) return
    this.#offline ??= error
    this.#options.logger.fatal({ directory: this.directory, err: error }, 'fsync failed')
    this.#options.onFatal?.(error)
  }

  // --- the end

  /**
   * Flushes, writes what makes the next start fast, closes the files. Idempotent. Rejects when
   * something was not made durable: then the stop was not clean.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    if (this.#state === 'closed') return
    this.#state = 'closing'
    try {
      if (this.#offline) throw this.#offline
      this.#takeSnapshot()
      await this.#flusher.flush()
      // Abandoned meanwhile, its files may be another log's.
      if (!this.#isClosed()) this.#segments.close()
    } finally {
      await this.#flusher.idle()
      this.#state = 'closed'
      this.#segments.abandon()
      this.#tail.clear()
    }
  }

  /** Asked anew after every await: `abandon` may come at any time. */
  #isClosed(): boolean {
    return this.#state === 'closed'
  }

  /** Closes the files as they are, because the directory is to be deleted or set aside. */
  abandon(): void {
    this.#state = 'closed'
    this.#closing ??= this.#flusher.idle()
    this.#segments.abandon()
    this.#tail.clear()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}
