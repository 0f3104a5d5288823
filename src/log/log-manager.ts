/**
 * All logs of one log directory: loading, creation, deletion, checkpoints, retention, the clean-
 * shutdown marker. The directory's lock and the metadata log are not its business. It never deletes
 * what it does not understand: a directory is renamed first, a log that cannot be opened stays, and
 * what is not ours is left alone.
 */
import assert from 'node:assert'
import type { Background } from '../base/background.ts'
import { every } from '../base/background.ts'
import type { Clock } from '../base/clock.ts'
import type { Disk } from '../base/disk.ts'
import { DiskError } from '../base/disk.ts'
import { LograftError, asError } from '../base/errors.ts'
import type { TopicId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { Random } from '../base/random.ts'
import type { OffsetCheckpointEntry } from './checkpoint.ts'
import { leaveCleanShutdownMarker, takeCleanShutdownMarker } from './clean-shutdown.ts'
import type { DirectorySurvey, FoundPartition } from './directory-survey.ts'
import { surveyDirectory, surveyEntry } from './directory-survey.ts'
import { goneDirectoryName, partitionDirectoryName } from './file-names.ts'
import { FilePool } from './file-pool.ts'
import { Log } from './log.ts'
import { OffsetCheckpoint } from './offset-checkpoint.ts'
import { writePartitionMetadata } from './partition-metadata.ts'
import { SyncGate } from './sync-gate.ts'
import { TailCache } from './tail-cache.ts'
import { Trash } from './trash.ts'
import type { LogConfig } from './types.ts'
import { LogCorrupt } from './types.ts'

const TAIL_CACHE_BYTES = 128 * 1024 * 1024
const HIGH_WATERMARK_CHECKPOINT_INTERVAL_MS = 5_000
const RECOVERY_POINT_CHECKPOINT_INTERVAL_MS = 60_000
const RETENTION_CHECK_INTERVAL_MS = 300_000
const PRODUCER_EXPIRATION_CHECK_INTERVAL_MS = 600_000
const FLUSH_CHECK_INTERVAL_MS = 1_000
/** How long a topic's deleted directories stay when nobody knows its config any more. */
const ORPHAN_DELETE_DELAY_MS = 60_000

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
  /** Shared by the directories of a node. Defaults: of its own. */
  readonly syncGate?: SyncGate
  readonly tailCache?: TailCache
  /** Milliseconds; defaults are Kafka's. */
  readonly producerIdExpirationMs?: number
  readonly highWatermarkCheckpointIntervalMs?: number
  readonly recoveryPointCheckpointIntervalMs?: number
  readonly retentionCheckIntervalMs?: number
}

export interface LoadFailure {
  readonly topic: string
  readonly partition: number
  /** LogCorrupt or DiskError. */
  readonly error: Error
}

export interface ManagedLog {
  readonly topic: string
  readonly partition: number
  readonly topicId: TopicId
  readonly log: Log
}

export class LogManager {
  /** The broker epoch in the clean-shutdown marker; null after an unclean stop. */
  readonly cleanShutdownBrokerEpoch: number | null
  readonly #options: LogManagerOptions
  readonly #logs = new Map<string, ManagedLog>()
  readonly #failures: LoadFailure[] = []
  readonly #recoveryPoints: OffsetCheckpoint
  readonly #logStarts: OffsetCheckpoint
  readonly #highWatermarks: OffsetCheckpoint
  /** Ours, not Kafka's: below these offsets compaction may have left gaps between batches. */
  readonly #gaps: OffsetCheckpoint
  readonly #shared: {
    readonly files: FilePool
    readonly syncGate: SyncGate
    readonly tailCache: TailCache
    readonly trash: Trash
  }
  #loops: Background[] = []
  #offline: Error | null = null
  #closing: Promise<boolean> | null = null

  /**
   * Loads every log of the directory. Throws when an identity file is missing or bad beside a log
   * (LograftError IDENTITY_LOST, S2); a log that cannot be opened goes to `failures`.
   */
  static open(options: LogManagerOptions): LogManager {
    return new LogManager(options)
  }

  private constructor(options: LogManagerOptions) {
    const { disk, directory } = options
    this.#options = options
    this.#shared = {
      files: new FilePool({ disk }),
      syncGate: options.syncGate ?? new SyncGate(),
      tailCache: options.tailCache ?? new TailCache({ budgetBytes: TAIL_CACHE_BYTES }),
      trash: new Trash(options),
    }
    disk.makeDirectory(directory)
    // Identities first: a refusal must leave everything as it was, the marker included.
    const survey = surveyDirectory(disk, directory)
    const marker = takeCleanShutdownMarker(disk, directory)
    this.cleanShutdownBrokerEpoch = marker?.brokerEpoch ?? null
    const checkpoint = (name: string) => new OffsetCheckpoint(disk, `${directory}/${name}`)
    this.#recoveryPoints = checkpoint('recovery-point-offset-checkpoint')
    this.#logStarts = checkpoint('log-start-offset-checkpoint')
    this.#highWatermarks = checkpoint('replication-offset-checkpoint')
    this.#gaps = checkpoint('compaction-gaps-offset-checkpoint')
    this.#tidyUp(survey)
    for (const partition of survey.partitions) this.#load(partition, marker !== null)
  }

  /** Logs that are there but could not be opened; never recreated empty. */
  get failures(): readonly LoadFailure[] {
    return this.#failures
  }

  get(topic: string, partition: number): Log | undefined {
    return this.#logs.get(partitionDirectoryName(topic, partition))?.log
  }

  /** The topic id in `partition.metadata` of a log that is open. */
  topicIdOf(topic: string, partition: number): TopicId | undefined {
    return this.#logs.get(partitionDirectoryName(topic, partition))?.topicId
  }

  logs(): Iterable<ManagedLog> {
    return this.#logs.values()
  }

  // --- loading

  /** Tells of what was found, and clears away what creations and deletions left behind. */
  #tidyUp({ unfinished, deleted, stray, foreign }: DirectorySurvey): void {
    const { logger } = this.#options
    for (const { path, reason } of foreign)
      logger.warn({ path, reason }, 'not one of ours, left alone')
    for (const path of stray) logger.info({ path }, 'stray directory kept')
    for (const path of deleted) this.#shared.trash.removeDirectory(path, ORPHAN_DELETE_DELAY_MS)
    for (const { path, files } of unfinished) this.#removeUnfinished(path, files)
  }

  /** File by file, then the empty directory: what may have come meanwhile stays, and it with it. */
  #removeUnfinished(path: string, files: readonly string[]): void {
    const { disk, logger } = this.#options
    try {
      for (const name of files) disk.remove(`${path}/${name}`)
      disk.removeDirectory(path)
      logger.info({ path }, 'unfinished creation removed')
    } catch (thrown) {
      if (!(thrown instanceof DiskError)) throw thrown
      logger.warn({ path, err: thrown }, 'unfinished creation not removed')
    }
  }

  #load({ topic, partition, topicId }: FoundPartition, cleanShutdown: boolean): void {
    const config = this.#options.configOf(topic)
    try {
      this.#open({ topic, partition, topicId, config, cleanShutdown })
    } catch (thrown) {
      if (!(thrown instanceof LogCorrupt || thrown instanceof DiskError)) throw thrown
      this.#options.logger.error({ topic, partition, err: thrown }, 'log not opened')
      this.#failures.push({ topic, partition, error: thrown })
    }
  }

  #open(of: {
    readonly topic: string
    readonly partition: number
    readonly topicId: TopicId
    readonly config: LogConfig
    readonly cleanShutdown: boolean
  }): Log {
    const { topic, partition, topicId, config, cleanShutdown } = of
    const name = partitionDirectoryName(topic, partition)
    const { disk, clock, logger, random, producerIdExpirationMs } = this.#options
    const log = Log.open({
      ...this.#shared,
      disk,
      clock,
      logger,
      random,
      directory: `${this.#options.directory}/${name}`,
      topicId,
      partition,
      config,
      recoveryPoint: this.#recoveryPoints.get(topic, partition) ?? 0,
      logStartOffset: this.#logStarts.get(topic, partition) ?? 0,
      highWatermark: this.#highWatermarks.get(topic, partition) ?? 0,
      gapsAllowedBelow: this.#gaps.get(topic, partition) ?? 0,
      cleanShutdown,
      ...(producerIdExpirationMs === undefined ? {} : { producerIdExpirationMs }),
      lowerRecoveryPoint: (offset) => this.#lower({ topic, partition, offset }),
      onOffline: (error) => this.#goOffline(error),
      onFatal: (error) => this.#options.onFatal(error),
    })
    this.#logs.set(name, { topic, partition, topicId, log })
    return log
  }

  // --- creation and deletion

  /**
   * Creates an empty log, durably, or returns the one that is there. Throws LograftError
   * INCONSISTENT_TOPIC_ID when that is of another life of the topic, the failure of a log that is
   * there but could not be opened, DIRECTORY_TAKEN when what stands there is not ours (nothing is
   * changed then), or DiskError.
   */
  create({
    topic,
    partition,
    topicId,
    config,
  }: {
    readonly topic: string
    readonly partition: number
    readonly topicId: TopicId
    readonly config: LogConfig
  }): Log {
    const name = partitionDirectoryName(topic, partition)
    const existing = this.#logs.get(name)
    if (existing) {
      if (existing.topicId === topicId) return existing.log
      throw new LograftError(
        'INCONSISTENT_TOPIC_ID',
        `${name} holds the log of topic id ${existing.topicId}, not of ${topicId}`,
      )
    }
    const failure = this.#failureOf(topic, partition)
    if (failure) throw failure.error
    const isBegun = this.#isBegun(name, topicId)
    // What the checkpoints say of this name is of an earlier topic.
    this.#lower({ topic, partition, offset: 0 })
    const { disk, directory } = this.#options
    if (!isBegun) {
      disk.makeDirectory(`${directory}/${name}`)
      writePartitionMetadata(disk, `${directory}/${name}`, topicId)
    }
    // Before the log is anybody's: one that was handed out is never created again.
    disk.syncDirectory(directory)
    return this.#open({ topic, partition, topicId, config, cleanShutdown: true })
  }

  /**
   * Whether an earlier try has come as far as `partition.metadata`. Throws when the place is taken:
   * nothing is mixed with a log, or deleted for one.
   */
  #isBegun(name: string, topicId: TopicId): boolean {
    const { disk, directory } = this.#options
    const found = surveyEntry(disk, directory, name)
    if (found === null || found.type === 'unfinished') return false
    if (found.type === 'partition') {
      if (found.topicId !== topicId)
        throw new LograftError(
          'INCONSISTENT_TOPIC_ID',
          `${directory}/${name} is of topic id ${found.topicId}, not of ${topicId}`,
        )
      if (!found.hasRecords) return true
      // Perhaps a copy that is still under way: what is missing at its end must not be cut off.
      throw new LograftError(
        'DIRECTORY_TAKEN',
        `${directory}/${name} came with records while the node was running. Nothing was changed. ` +
          `Restart the node to have it checked and opened.`,
      )
    }
    const what =
      found.type === 'foreign' ? found.reason : `its partition.metadata is ${found.metadata}`
    throw new LograftError(
      'DIRECTORY_TAKEN',
      `${directory}/${name} is where this partition belongs, and it is not ours (${what}). ` +
        `Nothing was changed. Move it out of ${directory} and restart the node.`,
    )
  }

  /** Renames the directory to `…-delete`; it is removed after `file.delete.delay.ms`. */
  delete(topic: string, partition: number): void {
    const delayMs = this.get(topic, partition)?.config['file.delete.delay.ms']
    const path = this.#renameAway(topic, partition, 'delete')
    if (path !== null) this.#shared.trash.removeDirectory(path, delayMs ?? ORPHAN_DELETE_DELAY_MS)
  }

  /** Renames the directory to `…-stray` and keeps it: metadata does not know it. */
  setAside(topic: string, partition: number): void {
    const path = this.#renameAway(topic, partition, 'stray')
    if (path !== null) this.#options.logger.warn({ path }, 'stray directory set aside')
  }

  #renameAway(topic: string, partition: number, why: 'delete' | 'stray'): string | null {
    const { disk, directory, random } = this.#options
    const name = partitionDirectoryName(topic, partition)
    const failure = this.#failureOf(topic, partition)
    const managed = this.#logs.get(name)
    if (!managed && !failure) return null
    managed?.log.abandon()
    const unique = Array.from(random.bytes(16), (byte) => byte.toString(16).padStart(2, '0'))
    const path = `${directory}/${goneDirectoryName({ topic, partition }, unique.join(''), why)}`
    disk.rename(`${directory}/${name}`, path)
    disk.syncDirectory(directory)
    this.#logs.delete(name)
    if (failure) this.#failures.splice(this.#failures.indexOf(failure), 1)
    return path
  }

  #failureOf(topic: string, partition: number): LoadFailure | undefined {
    return this.#failures.find(
      (failure) => failure.topic === topic && failure.partition === partition,
    )
  }

  /** Gives every log of the topic its new config. */
  updateConfig(topic: string, config: LogConfig): void {
    for (const managed of this.#logs.values())
      if (managed.topic === topic) managed.log.updateConfig(config)
  }

  #goOffline(error: Error): void {
    if (this.#offline) return
    this.#offline = error
    for (const { log } of this.#logs.values()) log.takeOffline(error)
    this.#options.onOffline?.(error)
  }

  // --- checkpoints

  /** Durably: neither the recovery point nor the log start of the partition is above `offset`. */
  #lower(to: OffsetCheckpointEntry): void {
    const lowered = (entries: readonly OffsetCheckpointEntry[]) =>
      entries.map((entry) =>
        entry.topic === to.topic && entry.partition === to.partition
          ? { ...entry, offset: Math.min(entry.offset, to.offset) }
          : entry,
      )
    if (this.#recoveryPoints.mayExceed(to))
      this.#recoveryPoints.writeNow(lowered(this.#recoveryPointEntries()))
    if (this.#logStarts.mayExceed(to)) this.#logStarts.writeNow(lowered(this.#logStartEntries()))
  }

  #recoveryPointEntries(): readonly OffsetCheckpointEntry[] {
    return this.#entries(this.#recoveryPoints, (log) => log.flushedOffset)
  }

  #logStartEntries(): readonly OffsetCheckpointEntry[] {
    return this.#entries(this.#logStarts, (log) => log.logStartOffset)
  }

  /**
   * An entry for each log; those that could not be opened keep theirs, or the next start would take
   * the damage for a torn tail.
   */
  #entries(
    checkpoint: OffsetCheckpoint,
    offsetOf: (log: Log) => number,
  ): readonly OffsetCheckpointEntry[] {
    const kept = this.#failures.map(({ topic, partition }) => ({
      topic,
      partition,
      offset: checkpoint.get(topic, partition) ?? 0,
    }))
    const current = Array.from(this.#logs.values(), ({ topic, partition, log }) => ({
      topic,
      partition,
      offset: offsetOf(log),
    }))
    return [...kept, ...current]
  }

  /** Writes `replication-offset-checkpoint`. */
  async checkpointHighWatermarks(): Promise<void> {
    const entries = this.#entries(this.#highWatermarks, (log) => log.highWatermark)
    await this.#gated(() => this.#highWatermarks.write(entries))
  }

  /** Writes the recovery points, the log starts, and where compaction may have left gaps. */
  async checkpointRecoveryPoints(): Promise<void> {
    await this.#gated(() => this.#recoveryPoints.write(this.#recoveryPointEntries()))
    await this.#gated(() => this.#logStarts.write(this.#logStartEntries()))
    const gaps = this.#entries(this.#gaps, (log) => log.gapsAllowedBelow)
    await this.#gated(() => this.#gaps.write(gaps.filter(({ offset }) => offset > 0)))
  }

  /** A full disk leaves the older checkpoint, which is as good; a failed fsync stops the node. */
  async #gated(write: () => Promise<void>): Promise<void> {
    await this.#shared.syncGate.enter()
    try {
      await write()
    } catch (thrown) {
      const error = asError(thrown)
      // A stop tells of it by itself.
      if (!this.#closing) this.#options.logger.error({ err: error }, 'checkpoint not written')
      if (!(error instanceof DiskError && error.code === 'DISK_FULL')) this.#options.onFatal(error)
      throw error
    } finally {
      this.#shared.syncGate.leave()
    }
  }

  // --- periodic work

  /** Deletes old segments of every log; returns how many. */
  applyRetention(): number {
    const nowMs = this.#options.clock.wallMs()
    let deleted = 0
    for (const { log } of this.#logs.values()) deleted += log.applyRetention(nowMs)
    return deleted
  }

  /** Begins the periodic work: checkpoints, retention, flush.ms, expiration of producer ids. */
  start(): void {
    assert(this.#loops.length === 0, 'a log manager is started once')
    const options = this.#options
    const { clock } = options
    const loop = (name: string, intervalMs: number, round: () => void | Promise<void>) =>
      every(clock, { name: `log manager: ${name}`, intervalMs }, round, (error) =>
        options.onFatal(error),
      )
    const survive = (write: () => Promise<void>) => () => write().catch(() => {})
    this.#loops = [
      loop(
        'high watermarks',
        options.highWatermarkCheckpointIntervalMs ?? HIGH_WATERMARK_CHECKPOINT_INTERVAL_MS,
        survive(() => this.checkpointHighWatermarks()),
      ),
      loop(
        'recovery points',
        options.recoveryPointCheckpointIntervalMs ?? RECOVERY_POINT_CHECKPOINT_INTERVAL_MS,
        survive(() => this.checkpointRecoveryPoints()),
      ),
      loop('retention', options.retentionCheckIntervalMs ?? RETENTION_CHECK_INTERVAL_MS, () => {
        this.applyRetention()
      }),
      loop('flush', FLUSH_CHECK_INTERVAL_MS, () => {
        for (const { log } of this.#logs.values()) log.flushIfDue(clock.monotonicMs())
      }),
      loop('producer ids', PRODUCER_EXPIRATION_CHECK_INTERVAL_MS, () => {
        for (const { log } of this.#logs.values()) log.expireProducers(clock.wallMs())
      }),
    ]
  }

  /**
   * Stops the periodic work, flushes and closes all logs, writes the checkpoints, and, when all of
   * that succeeded, leaves the clean-shutdown marker. Resolves to whether it did. Idempotent.
   */
  close({ brokerEpoch }: { readonly brokerEpoch: number }): Promise<boolean> {
    this.#closing ??= this.#close(brokerEpoch)
    return this.#closing
  }

  async #close(brokerEpoch: number): Promise<boolean> {
    const { disk, directory, logger } = this.#options
    await Promise.all(this.#loops.map((loop) => loop.stop()))
    const closed = await Promise.allSettled(
      Array.from(this.#logs.values(), ({ log }) => log.close()),
    )
    await this.#shared.trash.close()
    try {
      for (const result of closed) if (result.status === 'rejected') throw asError(result.reason)
      if (this.#offline) throw this.#offline
      await this.checkpointHighWatermarks()
      await this.checkpointRecoveryPoints()
      leaveCleanShutdownMarker(disk, directory, { brokerEpoch })
      return true
    } catch (thrown) {
      logger.error({ directory, err: asError(thrown) }, 'the stop is not clean')
      return false
    }
  }
}
