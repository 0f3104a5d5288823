/**
 * What a log takes and gives: options, results, and the one error that refuses to open it. Offsets
 * are exclusive ends wherever they end something (docs/GLOSSARY.md).
 */
import type { Clock } from '../base/clock.ts'
import type { Disk } from '../base/disk.ts'
import { LograftError } from '../base/errors.ts'
import type { TopicId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { Random } from '../base/random.ts'
import type { BatchCursor } from '../records/batch.ts'
import type { ErrorCode } from '../wire/errors.ts'
import type { FilePool } from './file-pool.ts'
import type { SyncGate } from './sync-gate.ts'
import type { TailCache } from './tail-cache.ts'
import type { Trash } from './trash.ts'

/** The topic options a log reads, by Kafka's names; `TopicConfig` fits. Infinity means never. */
export interface LogConfig {
  readonly 'cleanup.policy': readonly ('delete' | 'compact')[]
  readonly 'delete.retention.ms': number
  readonly 'file.delete.delay.ms': number
  readonly 'flush.messages': number
  readonly 'flush.ms': number
  readonly 'index.interval.bytes': number
  readonly 'max.compaction.lag.ms': number
  readonly 'min.cleanable.dirty.ratio': number
  readonly 'min.compaction.lag.ms': number
  readonly 'retention.bytes': number
  readonly 'retention.ms': number
  readonly 'segment.bytes': number
  readonly 'segment.index.bytes': number
  readonly 'segment.jitter.ms': number
  readonly 'segment.ms': number
}

/**
 * How the metadata log is recovered: all of it is scanned, and its own entries say what was
 * durable.
 */
export interface RecoveryHook {
  /** The flushed offset (exclusive) that this valid batch claims, or null. */
  watermarkOf(batch: BatchCursor): number | null
  /** The flushed offset known from elsewhere (`quorum-state`); 0 when nothing is known. */
  readonly durableWatermark: number
  /**
   * Why a batch with a good CRC is bad all the same (term and index under the CRC, S5), or null.
   */
  check?(batch: BatchCursor): string | null
}

export interface LogOptions {
  readonly disk: Disk
  readonly clock: Clock
  readonly logger: Logger
  /** The partition's directory, absolute; it is created when missing. */
  readonly directory: string
  /** Null only for logs that belong to no topic (the metadata log). */
  readonly topicId: TopicId | null
  readonly partition: number
  readonly config: LogConfig
  /**
   * From the checkpoints: below it everything was durable. Null when they do not say; then a gap
   * between segments is refused, because nobody can tell a lost segment from a torn tail.
   */
  readonly recoveryPoint: number | null
  readonly logStartOffset: number
  /** A checkpoint says where the log begins: then files that are missing there were not deleted. */
  readonly isLogStartKnown?: boolean | undefined
  readonly highWatermark: number
  /** Whether the directory's clean-shutdown marker was there: then nothing is scanned. */
  readonly cleanShutdown: boolean
  /** The machine went down since: what was not fsynced may be gone, and nobody counts on it. */
  readonly unsyncedMayBeGone?: boolean | undefined
  /** The directory was just made, by whoever opens the log: nothing of a log is in it. */
  readonly isFresh?: boolean
  readonly recovery?: RecoveryHook
  /** Below this offset batches may be missing between batches (compaction was on once). */
  readonly gapsAllowedBelow?: number | undefined
  /** Below this offset it was compacted, as far as that is durable. Default: 0. */
  readonly cleanedOffset?: number | undefined
  /** Milliseconds without a batch after which a producer id is forgotten. Default: 86,400,000. */
  readonly producerIdExpirationMs?: number | undefined
  /** Shared by the logs of a node. Defaults: of its own. */
  readonly tailCache?: TailCache
  readonly files?: FilePool
  readonly syncGate?: SyncGate
  /** Where deleted segments go. Default: removed at once. */
  readonly trash?: Trash
  /** For `segment.jitter.ms`. Default: no jitter. */
  readonly random?: Random
  /**
   * Makes "the recovery point is at most `offset`" durable before it returns (S7), and so for every
   * other offset that is kept of the log; called before bytes below one of them are cut. Whoever
   * keeps them must give it.
   */
  readonly lowerRecoveryPoint?: (offset: number) => void
  /** A write error other than "disk full": the log refuses appends from now on. Called once. */
  readonly onOffline?: (error: Error) => void
  /** A failed fsync: the node must stop (S18). Called once. */
  readonly onFatal?: (error: Error) => void
}

export type AppendOrigin = 'client' | 'replication' | 'coordinator'

export interface AppendOptions {
  /** Stamped into the batches, but for origin `replication`, whose batches carry theirs. */
  readonly leaderEpoch: number
  readonly origin: AppendOrigin
  /**
   * Replicated batches that end at or below this offset were committed without this replica. It
   * catches up with them and nobody reads them at the tail: memory does not keep them. Default: 0.
   */
  readonly committedBelow?: number
}

export interface AppendResult {
  /**
   * NONE; KAFKA_STORAGE_ERROR (disk full or log offline), RECORD_LIST_TOO_LARGE (beyond
   * segment.bytes), CORRUPT_MESSAGE, OFFSET_OUT_OF_RANGE (replication, not at the log end),
   * INVALID_PRODUCER_EPOCH, OUT_OF_ORDER_SEQUENCE_NUMBER, INVALID_TXN_STATE.
   */
  readonly errorCode: ErrorCode
  /**
   * First and last offset of what was appended (of the original, for a duplicate); else -1. With
   * OUT_OF_ORDER_SEQUENCE_NUMBER the last is that of what the producer appended before a gap.
   */
  readonly firstOffset: number
  readonly lastOffset: number
  /** For LogAppendTime topics the time stamped, else -1. */
  readonly logAppendTimeMs: number
  /** The batch was in the log already: nothing was written, and it is a success. */
  readonly duplicate: boolean
}

export interface ReadOptions {
  readonly fromOffset: number
  /** Exclusive: only batches that end at or below it are returned. */
  readonly upToOffset: number
  readonly maxBytes: number
  /** Return the first batch even when it alone is beyond `maxBytes` (KIP-74). */
  readonly atLeastOneBatch: boolean
}

export interface ReadResult {
  /** NONE; OFFSET_OUT_OF_RANGE (below log start or beyond log end); KAFKA_STORAGE_ERROR. */
  readonly errorCode: ErrorCode
  /**
   * Whole batches; the first one holds `fromOffset` (it may begin before it) or the next offset
   * there is. Borrowed for ever: nobody writes into these bytes again, and nobody may.
   */
  readonly chunks: readonly Uint8Array[]
  readonly sizeBytes: number
}

export interface TimestampOffset {
  readonly offset: number
  readonly timestampMs: number
  readonly leaderEpoch: number
}

export interface EpochEndOffset {
  /** The largest epoch known that is not above the one asked for; -1 when undefined. */
  readonly leaderEpoch: number
  /** The first offset above it; -1 when undefined. */
  readonly endOffset: number
}

/** What recovery did at opening. */
export interface RecoveryReport {
  readonly scanned: boolean
  readonly cutBytes: number
  readonly removedSegments: number
}

/** Damage below what was known to be durable. Opening stops, and nothing was changed. */
export class LogCorrupt extends LograftError<'LOG_CORRUPT'> {
  override readonly name = 'LogCorrupt'
  readonly path: string
  readonly bytePosition: number
  readonly offset: number

  constructor(
    message: string,
    at: { readonly path: string; readonly bytePosition: number; readonly offset: number },
  ) {
    super('LOG_CORRUPT', message)
    this.path = at.path
    this.bytePosition = at.bytePosition
    this.offset = at.offset
  }
}
