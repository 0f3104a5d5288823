/**
 * One partition's log: segments on disk, the offsets that bound it, and everything derived from its
 * batches. Appends are synchronous, positional and whole or nothing (SAFETY S18); only fsync waits.
 * It knows nothing of leadership, waiters or topics' names.
 *
 * Invariant: logStartOffset ≤ highWatermark ≤ logEndOffset, flushedOffset ≤ logEndOffset.
 */
import type { ErrorCode } from '../wire/errors.ts'
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

export class Log {
  /** Opens and recovers. Throws `LogCorrupt` or `DiskError`; then nothing was changed. */
  static open(options: LogOptions): Log {
    return new Log(options)
  }

  private constructor(options: LogOptions) {
    this.directory = options.directory
    this.partition = options.partition
  }

  readonly directory: string
  readonly partition: number

  get logStartOffset(): number {
    return 0
  }
  get highWatermark(): number {
    return 0
  }
  /** First offset of the earliest undecided transaction, or the high watermark. */
  get lastStableOffset(): number {
    return 0
  }
  get logEndOffset(): number {
    return 0
  }
  /** Everything below it is fsynced. Also the recovery point. */
  get flushedOffset(): number {
    return 0
  }
  /** Counts truncations: whatever was captured in an older generation is void (S7). */
  get truncationGeneration(): number {
    return 0
  }
  /** The newest leader epoch known, -1 when none. */
  get latestEpoch(): number {
    return -1
  }
  get sizeBytes(): number {
    return 0
  }
  /** Why appends are refused, or null. */
  get offline(): Error | null {
    return null
  }
  get recovery(): RecoveryReport {
    return { scanned: false, cutBytes: 0, removedSegments: 0, cutAtMostOnePartialBatch: true }
  }

  /** Takes over `batches`: they must not be written to afterwards. Whole or nothing. */
  append(_batches: Uint8Array, _options: AppendOptions): AppendResult {
    throw new Error('not built yet')
  }

  read(_options: ReadOptions): ReadResult {
    throw new Error('not built yet')
  }

  /** The first record with a timestamp ≥ `timestampMs`, below `upToOffset`. */
  offsetForTimestamp(
    _timestampMs: number,
    _options: { readonly upToOffset: number },
  ): TimestampOffset | null {
    throw new Error('not built yet')
  }

  /** The first of the records with the largest timestamp, below `upToOffset`. */
  maxTimestamp(_options?: { readonly upToOffset: number }): TimestampOffset | null {
    throw new Error('not built yet')
  }

  endOffsetForEpoch(_epoch: number): EpochEndOffset {
    throw new Error('not built yet')
  }

  /** A leader begins `epoch` at the log end, before its first append. */
  assignEpoch(_epoch: number): void {
    throw new Error('not built yet')
  }

  /** Raises the high watermark to `offset`, at most to the log end; returns whether it rose. */
  advanceHighWatermark(_offset: number): boolean {
    throw new Error('not built yet')
  }

  /** NONE, also when nothing changes; OFFSET_OUT_OF_RANGE beyond the high watermark. */
  advanceLogStart(_offset: number): ErrorCode {
    throw new Error('not built yet')
  }

  /** Drops every batch that reaches beyond `offset`; durable when it returns (S7). */
  truncateTo(_offset: number): void {
    throw new Error('not built yet')
  }

  /** Drops everything and begins again, empty, at `offset`. */
  truncateFullyAndStartAt(_offset: number): void {
    throw new Error('not built yet')
  }

  /** Resolves when all that was appended before the call is durable. Rejects when an fsync failed. */
  flush(): Promise<void> {
    throw new Error('not built yet')
  }

  /** Begins a new segment at the log end; KAFKA_STORAGE_ERROR when the disk will not have it. */
  roll(): ErrorCode {
    throw new Error('not built yet')
  }

  updateConfig(_config: LogConfig): void {
    throw new Error('not built yet')
  }

  /** Flushes, writes what makes the next start fast, closes the files. Idempotent. */
  close(): Promise<void> {
    throw new Error('not built yet')
  }
}
