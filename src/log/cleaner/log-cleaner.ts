/**
 * The one owner of compaction on a node: every `log.cleaner.backoff.ms` it cleans the logs that are
 * due, the dirtiest first, one at a time, and makes durable how far it came before it goes on. It
 * holds one map of keys at a time, takes turns with everything else, and ends cleanly when it is
 * stopped.
 */
import type { Background } from '../../base/background.ts'
import { every } from '../../base/background.ts'
import type { Clock } from '../../base/clock.ts'
import type { Disk } from '../../base/disk.ts'
import { Durations } from '../../base/durations.ts'
import { DiskError } from '../../base/disk.ts'
import type { Logger } from '../../base/log.ts'
import type { Random } from '../../base/random.ts'
import { loadCodec } from '../../records/compression/index.ts'
import type { PartitionName } from '../log-checkpoints.ts'
import type { LogManager } from '../log-manager.ts'
import type { ManagedLog } from '../managed-log.ts'
import { partitionDirectoryName } from '../file-names.ts'
import { MapTooSmall, cleanLog } from './cleaning-pass.ts'
import { Pace } from './pace.ts'
import type { CleanableRange } from './selection.ts'

const SECRET_BYTES = 16

export interface LogCleanerOptions {
  readonly logs: LogManager
  readonly disk: Disk
  readonly clock: Clock
  readonly logger: Logger
  readonly random: Random
  /** `log.cleaner.backoff.ms` */
  readonly backoffMs: number
  /** `log.cleaner.dedupe.buffer.size`: memory for the keys of one pass. */
  readonly mapBytes: number
  /** `log.cleaner.io.max.bytes.per.second`: read and written together. */
  readonly bytesPerSecond: number
  /** The loop died of what is no failure of a disk. */
  readonly onFatal: (error: Error) => void
}

/** Whoever folds a log says how far it has, durably; it is asked before every pass. */
export type AppliedOffset = () => number

export class LogCleaner {
  readonly #options: LogCleanerOptions
  readonly #pace: Pace
  readonly #limits = new Map<string, AppliedOffset>()
  /** Of each log of which something is wrong, what was last told. */
  readonly #told = new Map<string, string>()
  #loop: Background | null = null
  /** Of passes that came to their end, durably. */
  readonly passes = new Durations()
  /** By which those passes made logs smaller. */
  removedBytes = 0
  failures = 0

  constructor(options: LogCleanerOptions) {
    const { clock, bytesPerSecond } = options
    this.#options = options
    this.#pace = new Pace({ clock, bytesPerSecond })
  }

  /** Logs with which something is wrong, so that they are not compacted. */
  get uncleanableCount(): number {
    return this.#told.size
  }

  /**
   * The partition is not cleaned beyond what `applied` says, whatever folds it may need the rest
   * (S17). Returns how to end that. One at a time for each partition.
   */
  holdBack({ topic, partition }: PartitionName, applied: AppliedOffset): () => void {
    const name = partitionDirectoryName(topic, partition)
    this.#limits.set(name, applied)
    return () => {
      if (this.#limits.get(name) === applied) this.#limits.delete(name)
    }
  }

  /** Begins the periodic work. */
  start(): void {
    const { clock, backoffMs: intervalMs, onFatal } = this.#options
    const abort = new AbortController()
    const round = every(
      clock,
      { name: 'log cleaner', intervalMs },
      async () => void (await this.cleanDue(abort.signal)),
      onFatal,
    )
    this.#loop = {
      name: round.name,
      stop: () => {
        abort.abort()
        return round.stop()
      },
    }
  }

  /** Ends the periodic work; resolves when nothing of it is under way. */
  async stop(): Promise<void> {
    await this.#loop?.stop()
  }

  /** Cleans, one after the other, all logs that are due; returns how many passes that were. */
  async cleanDue(signal: AbortSignal): Promise<number> {
    // What failed, or made no way, waits for the next round.
    const tried = new Set<ManagedLog>()
    let passes = 0
    while (!signal.aborted) {
      const next = this.#dirtiest(tried)
      if (next === null) break
      if (await this.#clean(next.managed, next.range, signal)) passes += 1
      else tried.add(next.managed)
    }
    return passes
  }

  #dirtiest(
    tried: ReadonlySet<ManagedLog>,
  ): { readonly managed: ManagedLog; readonly range: CleanableRange } | null {
    let best: { readonly managed: ManagedLog; readonly range: CleanableRange } | null = null
    for (const managed of this.#options.logs.logs()) {
      if (tried.has(managed) || !managed.log.cleaning.isCompacted) continue
      const range = this.#rangeOf(managed)
      if (range?.isDue && isDirtier(range, best?.range)) best = { managed, range }
    }
    return best
  }

  #rangeOf(managed: ManagedLog): CleanableRange | null {
    const { topic, partition, log } = managed
    const limit = this.#limits.get(partitionDirectoryName(topic, partition))?.() ?? Infinity
    try {
      return log.cleaning.range({ nowMs: this.#options.clock.wallMs(), limit })
    } catch (thrown) {
      if (!(thrown instanceof DiskError)) throw thrown
      this.#tell(managed, thrown)
      return null
    }
  }

  /** Returns whether it came to its end, durably. */
  async #clean(managed: ManagedLog, range: CleanableRange, signal: AbortSignal): Promise<boolean> {
    const { logs, disk, clock, random, logger, mapBytes } = this.#options
    const { log } = managed
    const beganMs = clock.monotonicMs()
    try {
      await loadCodec('zstd')
      const report = await cleanLog(log.cleaning, {
        ...{ disk, pace: this.#pace, signal, range, mapBytes },
        nowMs: clock.wallMs(),
        cleanedOnDisk: logs.cleanedOffset(managed),
        secret: random.bytes(SECRET_BYTES),
      })
      if (report === null) return false
      await logs.checkpointCleaned()
      this.#told.delete(log.directory)
      const tookMs = Math.round(clock.monotonicMs() - beganMs)
      this.passes.add(tookMs)
      this.removedBytes += report.bytesBefore - report.bytesAfter
      logger.info({ directory: log.directory, ...report, tookMs }, 'log compacted')
      return true
    } catch (thrown) {
      if (!(thrown instanceof DiskError || thrown instanceof MapTooSmall)) throw thrown
      this.#tell(managed, thrown)
      return false
    }
  }

  /** Once, as long as it is the same. */
  #tell({ log: { directory } }: ManagedLog, error: Error): void {
    this.failures += 1
    if (this.#told.get(directory) === error.message) return
    this.#told.set(directory, error.message)
    this.#options.logger.warn({ directory, err: error }, 'log not compacted; tried again later')
  }
}

/** What waits too long comes first. */
function isDirtier(range: CleanableRange, than: CleanableRange | undefined): boolean {
  if (than === undefined) return true
  if (range.isOverdue !== than.isOverdue) return range.isOverdue
  return range.dirtyRatio > than.dirtyRatio
}
