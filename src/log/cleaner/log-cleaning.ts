/**
 * One log, as its cleaner sees it: what may be cleaned of it, and how cleaned segments take the
 * place of others. The log goes on meanwhile; whoever cleans asks after every await whether what it
 * began still holds (`isCurrent`).
 */
import { DiskError } from '../../base/disk.ts'
import type { ProducerEntry } from '../producer-state.ts'
import type { LogSegments } from '../log-segments.ts'
import type { Damaged, Segment, SegmentRules } from '../segment.ts'
import { Segment as LogSegment } from '../segment.ts'
import type { SyncGate } from '../sync-gate.ts'
import type { LogConfig } from '../types.ts'
import type { CleanableRange } from './selection.ts'
import { cleanableRange, isCompacted } from './selection.ts'
import { CLEANED_SUFFIX } from './swap-files.ts'

export interface CleanedLog {
  readonly directory: string
  readonly config: LogConfig
  readonly logStartOffset: number
  readonly lastStableOffset: number
  readonly flushedOffset: number
  readonly truncationGeneration: number
  readonly damagedAt: number | null
}

export interface LogCleaningPorts {
  readonly log: CleanedLog
  readonly segments: LogSegments
  readonly rules: SegmentRules
  readonly syncGate: SyncGate
  readonly cleanedOffset: number
  producers(): Iterable<ProducerEntry>
  /** And online. */
  isOpen(): boolean
  /** It is durable where the epochs began, which the batches may not tell any more afterwards. */
  epochsKept(): boolean
  /** Below this offset the files hold other batches now than were appended. */
  replacedBelow(offset: number): void
  damaged(segment: Segment, damaged: Damaged): void
  /** The disk is not to be trusted. */
  failed(error: Error): void
}

/** What was there when a cleaning began. */
export interface CleaningStart {
  readonly generation: number
}

/** The last batch of each producer: its last offset; null when only a marker is known of it. */
export type LastBatches = ReadonlyMap<number, number | null>

export class LogCleaning {
  readonly #ports: LogCleaningPorts
  #cleanedOffset: number

  constructor(ports: LogCleaningPorts) {
    this.#ports = ports
    this.#cleanedOffset = ports.cleanedOffset
  }

  /** Everything below it was cleaned once. It is what `cleaner-offset-checkpoint` is to say. */
  get cleanedOffset(): number {
    return this.#cleanedOffset
  }

  get isCompacted(): boolean {
    return isCompacted(this.#ports.log.config)
  }

  get config(): LogConfig {
    return this.#ports.log.config
  }

  get directory(): string {
    return this.#ports.log.directory
  }

  get syncGate(): SyncGate {
    return this.#ports.syncGate
  }

  /**
   * Null when nothing of it may be cleaned now. `limit`: not beyond this offset. Throws DiskError.
   */
  range({ nowMs, limit }: { nowMs: number; limit: number }): CleanableRange | null {
    const { log, segments } = this.#ports
    // A damaged log is fetched anew; cleaning it would copy the damage, or hide it.
    if (!this.#isCleanable() || log.damagedAt !== null) return null
    const { logStartOffset, lastStableOffset, flushedOffset, config } = log
    const bounds = { logStartOffset, lastStableOffset, flushedOffset, limit, nowMs }
    const { cleanedOffset } = this
    return cleanableRange(segments.all, { ...bounds, cleanedOffset }, config)
  }

  begin(): CleaningStart {
    return { generation: this.#ports.log.truncationGeneration }
  }

  /** Whether these segments are still what was to be cleaned, and cleaning is still wanted. */
  isCurrent({ generation }: CleaningStart, segments: readonly Segment[]): boolean {
    const { log } = this.#ports
    return (
      this.#isCleanable() &&
      generation === log.truncationGeneration &&
      segments.every((segment) => this.#ports.segments.all.includes(segment))
    )
  }

  /** The segments in front of the active one that begin below `endOffset`. */
  segmentsBelow(endOffset: number): readonly Segment[] {
    const { all, active } = this.#ports.segments
    return all.filter((one) => one !== active && one.baseOffset < endOffset)
  }

  /** Without these batches a producer's next one would be taken for a duplicate, or for a gap. */
  lastBatches(): LastBatches {
    const last = new Map<number, number | null>()
    for (const { producerId, batches } of this.#ports.producers())
      last.set(producerId, batches.at(-1)?.lastOffset ?? null)
    return last
  }

  /** An empty segment beside the log, for what is left of `group`. Throws DiskError. */
  createCleaned([first]: readonly Segment[]): Segment {
    const { baseOffset, createdMs, rollJitterMs } = first as Segment
    const from = { baseOffset, createdMs, rollJitterMs, ending: CLEANED_SUFFIX }
    return LogSegment.create(this.#ports.rules, from)
  }

  /**
   * Puts `cleaned`, which is whole, closed and fsynced, in the place of `group`; resolves to
   * whether it did, durably: not when the log was truncated or closed meanwhile. A crash leaves the
   * old segments or, from the first fsync of the directory on, ends with the new one.
   */
  async replace(
    start: CleaningStart,
    group: readonly Segment[],
    cleaned: Segment,
  ): Promise<boolean> {
    const { segments } = this.#ports
    if (!this.isCurrent(start, group)) return false
    segments.beginSwap(cleaned)
    await this.#syncDirectory()
    if (!this.isCurrent(start, group)) {
      // The directory of a closed log may be another's; its next start finishes the swap.
      if (this.#ports.isOpen()) segments.cancelSwap()
      return false
    }
    // Who reads on in the files must not have begun in memory: a tombstone may be gone from them.
    this.#ports.replacedBelow(segments.finishSwap(group, cleaned))
    await this.#syncDirectory()
    return true
  }

  /** A deleted log's directory is renamed under it. */
  async #syncDirectory(): Promise<void> {
    try {
      await this.#ports.segments.syncDirectoryInBackground()
    } catch (thrown) {
      const isGone = thrown instanceof DiskError && thrown.code === 'NOT_FOUND'
      if (!isGone || this.#ports.isOpen()) throw thrown
    }
  }

  #isCleanable(): boolean {
    return this.isCompacted && this.#ports.isOpen() && this.#ports.epochsKept()
  }

  damaged(segment: Segment, damaged: Damaged): void {
    this.#ports.damaged(segment, damaged)
  }

  failed(error: Error): void {
    this.#ports.failed(error)
  }

  /** A cleaning that began with `start` has come to its end, at `offset`. */
  cleanedUpTo({ generation }: CleaningStart, offset: number): void {
    if (generation !== this.#ports.log.truncationGeneration) return
    this.#cleanedOffset = Math.max(this.#cleanedOffset, offset)
  }

  truncatedTo(offset: number): void {
    this.#cleanedOffset = Math.min(this.#cleanedOffset, offset)
  }
}
