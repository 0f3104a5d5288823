/**
 * All logs of one log directory: loading, creation, deletion, checkpoints, retention, the clean-
 * shutdown marker. The directory's lock and the metadata log are not its business. It never deletes
 * what it does not understand: a directory is renamed first, a log that cannot be opened stays, and
 * what is not ours is left alone.
 */
import assert from 'node:assert'
import type { Background } from '../base/background.ts'
import type { Clock } from '../base/clock.ts'
import type { Disk } from '../base/disk.ts'
import { DiskError } from '../base/disk.ts'
import { LograftError, asError } from '../base/errors.ts'
import type { TopicId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { Random } from '../base/random.ts'
import { CheckpointWriter } from './checkpoint-writer.ts'
import { leaveCleanShutdownMarker, takeCleanShutdownMarker } from './clean-shutdown.ts'
import { isBegun } from './creation-place.ts'
import { CreationList } from './creations.ts'
import type { DirectorySurvey, FoundPartition } from './directory-survey.ts'
import { deletedFrom, surveyDirectory } from './directory-survey.ts'
import { BEGIN_ANEW_FILE, goneDirectoryName, partitionDirectoryName } from './file-names.ts'
import { FilePool } from './file-pool.ts'
import type { PartitionName } from './log-checkpoints.ts'
import { LogCheckpoints } from './log-checkpoints.ts'
import { settleLogStarts } from './log-starts.ts'
import type { CreateRequest, LoadFailure, ManagedLog } from './managed-log.ts'
import { Log } from './log.ts'
import type { PeriodicIntervals } from './periodic-work.ts'
import { periodicWork } from './periodic-work.ts'
import { beginPartitionMetadata, writePartitionMetadata } from './partition-metadata.ts'
import { stoppingUnlessSynced, SyncFailed, syncing, syncingNow } from './sync-failed.ts'
import { SyncGate } from './sync-gate.ts'
import { TailCache } from './tail-cache.ts'
import { removeUnfinished, Trash } from './trash.ts'
import type { LogConfig, LogOptions } from './types.ts'
import { UnopenedLogs } from './unopened-logs.ts'

const TAIL_CACHE_BYTES = 128 * 1024 * 1024
/** How long a topic's deleted directories stay when nobody knows its config any more. */
const ORPHAN_DELETE_DELAY_MS = 60_000
/** At the stop all threads of libuv's pool are free for fsyncs. */
const SYNCS_AT_CLOSE = 4

export interface LogManagerOptions extends PeriodicIntervals {
  readonly disk: Disk
  readonly clock: Clock
  readonly logger: Logger
  readonly random: Random
  /** One of `log.dirs`, absolute. Its lock is held by whoever calls (S4). */
  readonly directory: string
  /** The resolved config of a topic found on disk. */
  readonly configOf: (topic: string) => LogConfig
  /** See `LogOptions`. */
  readonly unsyncedMayBeGone?: boolean
  /** A failed fsync: stop the node. */
  readonly onFatal: (error: Error) => void
  /** A write error: this directory is not to be trusted; every log in it refuses appends. */
  readonly onOffline?: (error: Error) => void
  /** Shared by the directories of a node. Defaults: of its own. */
  readonly syncGate?: SyncGate
  readonly tailCache?: TailCache
  /**
   * How many descriptors the process may have (`host/limits.ts`); the logs take half of them, at
   * most 2,000. Default: 1,024.
   */
  readonly openFilesLimit?: number
  /** Milliseconds; defaults are Kafka's. */
  readonly producerIdExpirationMs?: number
}

interface RenamedAway {
  readonly of: PartitionName
  /** Its directory now. */
  readonly path: string
  /** To be called when the rename is durable. */
  readonly forget: () => void
}

export class LogManager {
  /** The broker epoch in the clean-shutdown marker; null after an unclean stop. */
  readonly cleanShutdownBrokerEpoch: number | null
  readonly #options: LogManagerOptions
  readonly #logs = new Map<string, ManagedLog>()
  readonly #unopened: UnopenedLogs
  readonly #checkpoints: LogCheckpoints
  readonly #writer: CheckpointWriter
  readonly #creations: CreationList
  /** Without a directory, and the offset that each is known to have reached. By directory. */
  readonly #lost = new Map<string, PartitionName & { readonly offset: number }>()
  readonly #shared: {
    readonly files: FilePool
    readonly syncGate: SyncGate
    readonly tailCache: TailCache
    readonly trash: Trash
  }
  /** Topic ids of logs that `prepare` has made the place for, durably. By directory. */
  readonly #prepared = new Map<string, TopicId>()
  /** Directories with nothing in them but the word of an operator that this is so. */
  readonly #begunAnew = new Set<string>()
  #loops: Background[] = []
  /** Their renames are being made durable. */
  readonly #deletions = new Set<Promise<void>>()
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
    const { disk, directory, openFilesLimit } = options
    this.#options = options
    this.#unopened = new UnopenedLogs(options.logger)
    this.#shared = {
      files: new FilePool({ disk, openFilesLimit }),
      syncGate: options.syncGate ?? new SyncGate(),
      tailCache: options.tailCache ?? new TailCache({ budgetBytes: TAIL_CACHE_BYTES }),
      trash: new Trash(options),
    }
    if (!disk.exists(directory)) {
      disk.makeDirectory(directory)
      disk.syncDirectory(directory.slice(0, Math.max(1, directory.lastIndexOf('/'))))
    }
    // Identities first: a refusal must leave everything as it was, the marker included.
    this.#creations = new CreationList(disk, directory)
    const survey = surveyDirectory(disk, directory, this.#creations.entries)
    const marker = takeCleanShutdownMarker(disk, directory)
    this.cleanShutdownBrokerEpoch = marker?.brokerEpoch ?? null
    this.#checkpoints = new LogCheckpoints(disk, directory, {
      open: () => this.#logs.values(),
      kept: () => [...this.#unopened.all, ...this.#lost.values()],
    })
    this.#writer = new CheckpointWriter(options, {
      ...{ logs: this.#logs, checkpoints: this.#checkpoints, creations: this.#creations },
      ...{ syncGate: this.#shared.syncGate, files: this.#shared.files },
    })
    this.#findLost(survey)
    // What a killed process renamed may not be durable, and counts as kept from here on.
    if (marker === null) disk.syncDirectory(directory)
    for (const found of survey.partitions) {
      const name = partitionDirectoryName(found.topic, found.partition)
      this.#load(found, marker !== null && !marker.notOpened.includes(name))
    }
    for (const partition of survey.begun) this.#loadBegun(partition)
    this.#beginAnew(survey)
    this.#tidyUp(survey)
  }

  /** Logs that are there but could not be opened; never recreated empty. */
  get failures(): readonly LoadFailure[] {
    return this.#unopened.all
  }

  /** Once more, if a log could not be opened for want of space or of file descriptors. */
  openAgain(of: PartitionName): void {
    this.#unopened.openAgain(of)
  }

  /**
   * LOG_MISSING when the partition is known to have held records and its directory is not there:
   * an empty log in its place would give offsets out twice. Null otherwise.
   */
  lostLog(topic: string, partition: number): LograftError | null {
    const { directory } = this.#options
    const name = partitionDirectoryName(topic, partition)
    const lost = this.#lost.get(name)
    if (!lost) return null
    return new LograftError(
      'LOG_MISSING',
      `${directory}/${name} is missing, and this log is known to have reached offset ` +
        `${lost.offset}. Nothing was created in its place, or its offsets would be given out ` +
        `twice. Stop the node, restore the directory from a copy, and start; or delete the topic. ` +
        `To give up what was in it: make the directory with an empty file ${BEGIN_ANEW_FILE} in ` +
        `it, and start.`,
    )
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

  /** A directory that was renamed by a deletion is not missing. */
  #findLost({ partitions, begun, deleted }: DirectorySurvey): void {
    const { directory, logger } = this.#options
    const accounted = new Set(
      [...partitions, ...begun, ...deleted.map((path) => deletedFrom(path, directory))].map(
        ({ topic, partition }) => partitionDirectoryName(topic, partition),
      ),
    )
    for (const { topic, partition, offset } of this.#checkpoints.reachedOffsets()) {
      const name = partitionDirectoryName(topic, partition)
      if (accounted.has(name)) continue
      this.#lost.set(name, { topic, partition, offset })
      logger.warn({ path: `${directory}/${name}`, offset }, 'directory of a log is missing')
    }
  }

  /**
   * Somebody has given these up: nothing is known of them any more, durably. The file that said so
   * stays until nobody takes the new log for the one that was lost (S11).
   */
  #beginAnew({ unfinished }: DirectorySurvey): void {
    const { directory, logger } = this.#options
    for (const { path, files } of unfinished)
      if (files.includes(BEGIN_ANEW_FILE)) this.#begunAnew.add(path.slice(directory.length + 1))
    const lost = [...this.#begunAnew].flatMap((name) => this.#lost.get(name) ?? [])
    if (lost.length === 0) return
    this.#checkpoints.forget(lost)
    for (const { topic, partition, offset } of lost) {
      this.#lost.delete(partitionDirectoryName(topic, partition))
      logger.warn({ topic, partition, offset }, 'log given up, to begin anew')
    }
  }

  /** Tells of what was found, and clears away what creations and deletions left behind. */
  #tidyUp({ unfinished, deleted, stray, foreign }: DirectorySurvey): void {
    const { logger } = this.#options
    for (const { path, reason } of foreign)
      logger.warn({ path, reason }, 'not one of ours, left alone')
    for (const path of stray) logger.info({ path }, 'stray directory kept')
    for (const path of deleted)
      this.#shared.trash.removeDirectory(path, ORPHAN_DELETE_DELAY_MS, () =>
        this.#forgetDeleted(deletedFrom(path, this.#options.directory)),
      )
    for (const { path, files } of unfinished)
      if (!files.includes(BEGIN_ANEW_FILE)) removeUnfinished(path, files, this.#options)
  }

  /** A power cut took `partition.metadata`, and with it perhaps all that came later. */
  #loadBegun(found: FoundPartition): void {
    const { disk, directory, logger } = this.#options
    const path = `${directory}/${partitionDirectoryName(found.topic, found.partition)}`
    this.#unopened.open(found, () => {
      this.#orStop(() => writePartitionMetadata(disk, path, found.topicId))
      logger.info({ path, topicId: found.topicId }, 'unfinished creation finished')
      this.#open({ ...found, config: this.#options.configOf(found.topic), cleanShutdown: false })
    })
  }

  #load(found: FoundPartition, cleanShutdown: boolean): void {
    this.#unopened.open(found, () => {
      this.#open({ ...found, config: this.#options.configOf(found.topic), cleanShutdown })
    })
  }

  #open(of: {
    readonly topic: string
    readonly partition: number
    readonly topicId: TopicId
    readonly config: LogConfig
    readonly cleanShutdown: boolean
    readonly isFresh?: boolean
  }): Log {
    const { topic, partition, topicId, config, cleanShutdown, isFresh = false } = of
    const name = partitionDirectoryName(topic, partition)
    const { disk, clock, logger, random, producerIdExpirationMs } = this.#options
    const { unsyncedMayBeGone } = this.#options
    const checkpointed = this.#checkpoints.of({ topic, partition })
    const { recoveryPoint, logStartOffset, highWatermark, gapsAllowedBelow } = checkpointed
    const { cleanedOffset, isLogStartKnown } = checkpointed
    const options: LogOptions = {
      ...this.#shared,
      ...{ disk, clock, logger, random, producerIdExpirationMs },
      directory: `${this.#options.directory}/${name}`,
      ...{ topicId, partition, config, cleanShutdown, unsyncedMayBeGone, isFresh },
      ...{ logStartOffset, isLogStartKnown, highWatermark, gapsAllowedBelow, cleanedOffset },
      // Of a log that was just created nothing was durable, or the checkpoints would say so.
      recoveryPoint: recoveryPoint ?? (this.#creations.entries.has(name) ? 0 : null),
      lowerRecoveryPoint: (offset) => this.#checkpoints.lower({ topic, partition, offset }),
      onOffline: (error) => this.#goOffline(error),
      onFatal: this.#options.onFatal,
    }
    const log = this.#orStop(() => Log.open(options))
    if (this.#offline) log.takeOffline(this.#offline)
    this.#logs.set(name, { topic, partition, topicId, log })
    return log
  }

  // --- creation and deletion

  /**
   * Does beforehand, off the event loop, what `createEach` would wait for: where these logs are new
   * and nothing is in their way, all that must be durable is, when it resolves. What goes wrong is
   * left to `createEach`, which tries again and tells.
   */
  async prepare(requests: readonly CreateRequest[]): Promise<void> {
    const fresh = requests.filter((request) => this.#isFree(request))
    if (fresh.length === 0) return
    await this.#shared.syncGate.enter()
    try {
      await this.#checkpoints.forgetInBackground(fresh)
      for (const request of fresh) this.#options.disk.makeDirectory(this.#pathOf(request))
      await this.#creations.addInBackground(fresh)
      for (const request of fresh) this.#prepared.set(nameOf(request), request.topicId)
    } catch (thrown) {
      if (!(thrown instanceof DiskError)) throw thrown
      if (thrown instanceof SyncFailed) this.#options.onFatal(thrown)
    } finally {
      this.#shared.syncGate.leave()
    }
  }

  /** Nothing is there, and nothing is known of it. */
  #isFree(request: CreateRequest): boolean {
    const name = nameOf(request)
    if (this.#logs.has(name) || this.#lost.has(name) || this.#unopened.why(request)) return false
    return !this.#options.disk.exists(this.#pathOf(request))
  }

  /** `createAll` for one; throws what is wrong. */
  create(request: CreateRequest): Log {
    const [answer] = this.createAll([request])
    if (answer instanceof Log) return answer
    throw answer ?? new Error('a creation without an answer')
  }

  /**
   * Creates empty logs, durably, or returns those that are there, in the order of the requests, no
   * two of which may be of one partition. Costs two fsyncs, however many they are. Instead of a
   * log: LograftError INCONSISTENT_TOPIC_ID when that is of another life of the topic, the failure
   * of a log that is there but could not be opened, LOG_MISSING (see `lostLog`, and `isNew`),
   * DIRECTORY_TAKEN when what stands there is not ours (nothing is changed then), or DiskError.
   */
  createAll(requests: readonly CreateRequest[]): readonly (Log | LograftError)[] {
    return [...this.createEach(requests)]
  }

  /**
   * `createAll`, one after the other, for who lets others have a turn in between: what they share,
   * the fsyncs too, is done before the first. One that others have opened meanwhile is theirs, too.
   */
  *createEach(requests: readonly CreateRequest[]): Generator<Log | LograftError, void> {
    const answers = new Map<CreateRequest, Log | LograftError>()
    const answer = (request: CreateRequest, action: () => Log | null) => {
      try {
        const log = action()
        if (log) answers.set(request, log)
      } catch (thrown) {
        if (!(thrown instanceof LograftError)) throw thrown
        answers.set(request, thrown)
      }
    }
    const open = () => requests.filter((request) => !answers.has(request))
    const begun = new Set<CreateRequest>()
    for (const request of requests)
      answer(request, () => {
        const existing = this.#existing(request)
        if (!existing && isBegun(request, this.#options)) begun.add(request)
        if (!existing && !request.isNew) this.#refuseLost(request)
        return existing
      })
    try {
      this.#orStop(() => this.#withRoom(() => this.#beginCreating(open())))
    } catch (thrown) {
      for (const request of open())
        answer(request, () => {
          throw thrown
        })
    }
    for (const request of requests) {
      if (!answers.has(request))
        answer(request, () => {
          return this.#existing(request) ?? this.#openNew(request, begun.has(request))
        })
      yield answers.get(request) as Log | LograftError
    }
  }

  /** `isNamed`: an earlier try has come as far as `partition.metadata`. */
  #openNew(request: CreateRequest, isNamed: boolean): Log {
    const path = this.#pathOf(request)
    if (!isNamed) beginPartitionMetadata(this.#options.disk, path, request.topicId)
    const isFresh =
      !isNamed && !this.#begunAnew.has(partitionDirectoryName(request.topic, request.partition))
    return this.#open({ ...request, cleanShutdown: true, isFresh })
  }

  /**
   * Once more when no descriptor was left and logs can spare some: what it does may be repeated.
   */
  #withRoom(action: () => void): void {
    try {
      action()
    } catch (thrown) {
      const isCrowded = thrown instanceof DiskError && thrown.code === 'TOO_MANY_FILES'
      if (!isCrowded || this.#shared.files.makeRoom() === 0) throw thrown
      action()
    }
  }

  /** The log that is there already, or null. Throws when it cannot be the one that is wanted. */
  #existing({ topic, partition, topicId }: CreateRequest): Log | null {
    const name = partitionDirectoryName(topic, partition)
    const why = this.#unopened.why({ topic, partition })
    if (why) throw why
    const existing = this.#logs.get(name)
    if (!existing || existing.topicId === topicId) return existing?.log ?? null
    throw new LograftError(
      'INCONSISTENT_TOPIC_ID',
      `${name} holds the log of topic id ${existing.topicId}, not of ${topicId}`,
    )
  }

  #refuseLost({ topic, partition }: PartitionName): void {
    const lost = this.lostLog(topic, partition)
    if (lost) throw lost
  }

  /**
   * All that must be durable before a record may be acknowledged: what the checkpoints say of these
   * names is gone (it is of an earlier topic), the topic ids are in the list of creations, and the
   * directories in theirs. `partition.metadata` itself reaches the disk when there is time (S2: it
   * is not rebuilt from anything that is not as durable); the names of segments, with the first
   * flush of the log, before which nothing in them is said to be durable.
   */
  #beginCreating(unopened: readonly CreateRequest[]): void {
    const requests = unopened.filter((request) => !this.#isPrepared(request))
    if (requests.length === 0) return
    this.#checkpoints.forget(requests)
    const { disk } = this.#options
    for (const request of requests) {
      this.#lost.delete(partitionDirectoryName(request.topic, request.partition))
      disk.makeDirectory(this.#pathOf(request))
    }
    this.#creations.add(requests)
  }

  /** Once: what comes later may have found it deleted again. */
  #isPrepared(request: CreateRequest): boolean {
    const name = nameOf(request)
    const topicId = this.#prepared.get(name)
    this.#prepared.delete(name)
    return topicId === request.topicId && this.#options.disk.exists(this.#pathOf(request))
  }

  #pathOf({ topic, partition }: PartitionName): string {
    return `${this.#options.directory}/${partitionDirectoryName(topic, partition)}`
  }

  /** `deleteAll` for one. */
  delete(topic: string, partition: number): Promise<void> {
    return this.deleteAll([{ topic, partition }])
  }

  /**
   * Renames the directories to `…-delete`, at once; resolves when that is durable, by one fsync for
   * all that nobody waits for. They are removed `file.delete.delay.ms` later. Until then a power
   * cut may bring them back under their old names, to be set aside as strays. Of one that is
   * missing (`lostLog`) nothing is known any more. What is not there is fine. Rejects with the
   * first DiskError, when all others are done.
   */
  deleteAll(partitions: readonly PartitionName[]): Promise<void> {
    const deletion = this.#deleteAll(partitions)
    const tracked = deletion.finally(() => this.#deletions.delete(tracked))
    this.#deletions.add(tracked)
    return tracked
  }

  async #deleteAll(partitions: readonly PartitionName[]): Promise<void> {
    const delays = new Map(
      partitions.map((of) => [
        of,
        this.get(of.topic, of.partition)?.config['file.delete.delay.ms'],
      ]),
    )
    const lost = partitions.filter((of) =>
      this.#lost.delete(partitionDirectoryName(of.topic, of.partition)),
    )
    if (lost.length > 0) this.#orStop(() => this.#checkpoints.forget(lost))
    const { renamed, error } = this.#renameAway(partitions, 'delete')
    if (renamed.length > 0) await this.#syncDirectory()
    for (const { of, path, forget } of renamed) {
      forget()
      const delayMs = delays.get(of) ?? ORPHAN_DELETE_DELAY_MS
      this.#shared.trash.removeDirectory(path, delayMs, () => this.#forgetDeleted(of))
    }
    if (error) throw error
  }

  /** Off the event loop: those who lead here go on. */
  async #syncDirectory(): Promise<void> {
    const { disk, directory, onFatal } = this.#options
    await this.#shared.syncGate.enter()
    try {
      await syncing(() => disk.syncDirectoryInBackground(directory))
    } catch (thrown) {
      if (thrown instanceof SyncFailed) onFatal(thrown)
      throw thrown
    } finally {
      this.#shared.syncGate.leave()
    }
  }

  /** `setAllAside` for one. */
  setAside(topic: string, partition: number): void {
    this.setAllAside([{ topic, partition }])
  }

  /** Renames the directories to `…-stray` and keeps them: metadata does not know them. */
  setAllAside(partitions: readonly PartitionName[]): void {
    const { disk, directory, logger } = this.#options
    // Or the next start would miss them under their old names.
    this.#orStop(() => this.#checkpoints.forget(partitions))
    const { renamed, error } = this.#renameAway(partitions, 'stray')
    if (renamed.length > 0) this.#orStop(() => syncingNow(() => disk.syncDirectory(directory)))
    for (const { path, forget } of renamed) {
      forget()
      logger.warn({ path }, 'stray directory set aside')
    }
    if (error) throw error
  }

  /** As many as the disk takes; `error` is the first that it refused. Not durable yet. */
  #renameAway(partitions: readonly PartitionName[], why: 'delete' | 'stray') {
    const renamed: RenamedAway[] = []
    let error: DiskError | null = null
    for (const of of partitions)
      try {
        const one = this.#renameOneAway(of, why)
        if (one !== null) renamed.push(one)
      } catch (thrown) {
        if (!(thrown instanceof DiskError)) throw thrown
        error ??= thrown
      }
    return { renamed, error }
  }

  #renameOneAway(of: PartitionName, why: 'delete' | 'stray'): RenamedAway | null {
    const { disk, directory, random } = this.#options
    const name = partitionDirectoryName(of.topic, of.partition)
    const managed = this.#logs.get(name)
    if (!managed && !this.#unopened.why(of)) return null
    const unique = Array.from(random.bytes(16), (byte) => byte.toString(16).padStart(2, '0'))
    const path = `${directory}/${goneDirectoryName(of, unique.join(''), why)}`
    disk.rename(`${directory}/${name}`, path)
    // Not before: when the disk refuses, the log stays, and whoever asks for it again gets it.
    managed?.log.abandon()
    this.#logs.delete(name)
    this.#unopened.forget(of)
    // If a power cut undoes the rename, the list may be the only one that knows its topic id.
    const creation = this.#creations.entries.get(name)
    const forget = () => {
      if (this.#creations.entries.get(name) === creation) this.#creations.forget(name)
    }
    return { of, path, forget }
  }

  /** As long as a checkpoint names a deleted log, its directory must be there to explain it. */
  async #forgetDeleted(of: PartitionName): Promise<void> {
    if (this.get(of.topic, of.partition) || !this.#checkpoints.mayHaveReached(of)) return
    await this.#writer.highWatermarks()
    await this.#writer.bounds()
  }

  /** Gives every log of the topic its new config. */
  updateConfig(topic: string, config: LogConfig): void {
    for (const managed of this.#logs.values())
      if (managed.topic === topic) managed.log.updateConfig(config)
  }

  /** A failed fsync stops the node (S18), whoever else hears of it. */
  #orStop<T>(action: () => T): T {
    return stoppingUnlessSynced(this.#options.onFatal, action)
  }

  #goOffline(error: Error): void {
    if (this.#offline) return
    this.#offline = error
    for (const { log } of this.#logs.values()) log.takeOffline(error)
    this.#options.onOffline?.(error)
  }

  // --- checkpoints

  /** Writes `replication-offset-checkpoint`. */
  checkpointHighWatermarks(): Promise<void> {
    return this.#writer.highWatermarks()
  }

  /** Writes `cleaner-offset-checkpoint`. */
  checkpointCleaned(): Promise<void> {
    return this.#writer.cleaned()
  }

  /** How far `cleaner-offset-checkpoint` says that the partition was compacted (S17). */
  cleanedOffset(of: PartitionName): number {
    return this.#checkpoints.cleanedOffset(of)
  }

  /** Writes the recovery points, the log starts, and where compaction may have left gaps. */
  checkpointRecoveryPoints(): Promise<void> {
    return this.#writer.recoveryPoints()
  }

  /**
   * Makes durable where these logs begin, then removes the segments below; returns how many. A full
   * disk that refuses even what that frees rejects it.
   */
  settleLogStarts(partitions: readonly PartitionName[]): Promise<number> {
    return settleLogStarts(partitions, {
      logOf: ({ topic, partition }) => this.get(topic, partition),
      checkpoints: this.#checkpoints,
      writeLogStarts: () => this.#writer.logStarts(),
    })
  }

  // --- periodic work

  /** Deletes old segments of every log; returns how many. */
  applyRetention(): Promise<number> {
    const nowMs = this.#options.clock.wallMs()
    return this.settleLogStarts([...this.#logs.values()].filter(({ log }) => log.expire(nowMs)))
  }

  /** Begins the periodic work: checkpoints, retention, flush.ms, expiration of producer ids. */
  start(): void {
    assert(this.#loops.length === 0, 'a log manager is started once')
    this.#loops = periodicWork(this, this.#options)
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
    this.#writer.closing()
    await Promise.all(this.#loops.map((loop) => loop.stop()))
    this.#shared.syncGate.widen(SYNCS_AT_CLOSE)
    const closed = await Promise.allSettled(
      Array.from(this.#logs.values(), ({ log }) => log.close()),
    )
    await Promise.allSettled(this.#deletions)
    await this.#shared.trash.close()
    try {
      for (const result of closed) if (result.status === 'rejected') throw asError(result.reason)
      if (this.#offline) throw this.#offline
      await this.checkpointHighWatermarks()
      await this.checkpointRecoveryPoints()
      const notOpened = this.#unopened.all.map(({ topic, partition }) =>
        partitionDirectoryName(topic, partition),
      )
      leaveCleanShutdownMarker(disk, directory, { brokerEpoch, notOpened })
      return true
    } catch (thrown) {
      logger.error({ directory, err: asError(thrown) }, 'the stop is not clean')
      return false
    }
  }
}

const nameOf = ({ topic, partition }: PartitionName) => partitionDirectoryName(topic, partition)
