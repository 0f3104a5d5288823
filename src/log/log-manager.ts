/**
 * All logs of one log directory: loading, creation, deletion, checkpoints, retention, the clean-
 * shutdown marker. The directory's lock and the metadata log are not its business.
 */
import type { Clock } from '../base/clock.ts'
import type { Disk } from '../base/disk.ts'
import type { TopicId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { Random } from '../base/random.ts'
import type { Log } from './log.ts'
import type { LogConfig } from './types.ts'

export interface LogManagerOptions {
  readonly disk: Disk
  readonly clock: Clock
  readonly logger: Logger
  readonly random: Random
  /** One of `log.dirs`, absolute. Its lock is held by whoever calls (S4). */
  readonly directory: string
  /** The resolved config of a topic found on disk. */
  readonly configOf: (topic: string) => LogConfig
  /** A failed fsync: stop the node. */
  readonly onFatal: (error: Error) => void
  /** A write error: this directory is not to be trusted; every log in it refuses appends. */
  readonly onOffline?: (error: Error) => void
  readonly tailCacheBytes?: number
  readonly producerIdExpirationMs?: number
  readonly highWatermarkCheckpointIntervalMs?: number
  readonly recoveryPointCheckpointIntervalMs?: number
  readonly retentionCheckIntervalMs?: number
}

export interface LoadFailure {
  readonly topic: string
  readonly partition: number
  readonly error: Error
}

export class LogManager {
  /** Loads every log of the directory. Throws when the directory or an identity file is bad (S2). */
  static open(options: LogManagerOptions): LogManager {
    return new LogManager(options)
  }

  private constructor(_options: LogManagerOptions) {}

  /** Logs that are there but could not be opened (LogCorrupt); never recreated empty. */
  get failures(): readonly LoadFailure[] {
    return []
  }

  /** The broker epoch in the clean-shutdown marker; null after an unclean stop. */
  get cleanShutdownBrokerEpoch(): number | null {
    return null
  }

  get(_topic: string, _partition: number): Log | undefined {
    throw new Error('not built yet')
  }

  /** The topic id in `partition.metadata` of a log that is loaded. */
  topicIdOf(_topic: string, _partition: number): TopicId | undefined {
    throw new Error('not built yet')
  }

  logs(): Iterable<{
    readonly topic: string
    readonly partition: number
    readonly topicId: TopicId
    readonly log: Log
  }> {
    throw new Error('not built yet')
  }

  /** Creates an empty log, durably; returns the existing one when its topic id is the same. */
  create(_options: {
    readonly topic: string
    readonly partition: number
    readonly topicId: TopicId
    readonly config: LogConfig
  }): Log {
    throw new Error('not built yet')
  }

  /** Renames the directory to `…-delete` and removes it after `file.delete.delay.ms`. */
  delete(_topic: string, _partition: number): void {
    throw new Error('not built yet')
  }

  /** Renames the directory to `…-stray` and keeps it: metadata does not know it. */
  setAside(_topic: string, _partition: number): void {
    throw new Error('not built yet')
  }

  updateConfig(_topic: string, _config: LogConfig): void {
    throw new Error('not built yet')
  }

  /** Begins the periodic work: checkpoints, retention, flush.ms, expiration of producer ids. */
  start(): void {
    throw new Error('not built yet')
  }

  /** Stops the periodic work, flushes and closes all logs, and leaves the clean-shutdown marker. */
  close(_options: { readonly brokerEpoch: number }): Promise<void> {
    throw new Error('not built yet')
  }
}
