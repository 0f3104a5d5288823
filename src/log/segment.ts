/**
 * One segment: a `.log` of consecutive batches and its two indexes. It writes bytes where it is
 * told to end, finds batches by offset, and reads them back with CRC, offset order and leader epoch
 * checked (SAFETY S14): wrong bytes never leave it. An index entry is believed only after a look at
 * the batch it points to; an index that lies is rebuilt from the log.
 */
import assert from 'node:assert'
import { DiskError } from '../base/disk.ts'
import { asError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import { lend } from '../bytes/loan.ts'
import { ReusedMemory } from '../bytes/reused-memory.ts'
import { BATCH_HEADER_BYTES, BatchCursor, NO_TIMESTAMP } from '../records/batch.ts'
import { LOG_SUFFIX, OFFSET_INDEX_SUFFIX, TIME_INDEX_SUFFIX, offsetFileName } from './file-names.ts'
import type { FilePool, PooledFile } from './file-pool.ts'
import { OffsetIndex } from './offset-index.ts'
import type { ScanEnd, ScanOptions } from './scan.ts'
import { BatchOrder, headerFault, scanBatches } from './scan.ts'
import { TimeIndex } from './time-index.ts'

const INT32_MAX = 0x7fff_ffff

/** For what is read from files, until it has been sent. */
const readMemory = new ReusedMemory({ spareBytesMax: 8 * 1024 * 1024 })

/** What a segment needs to know of the log it is part of; answers may change with time. */
export interface SegmentRules {
  readonly pool: FilePool
  readonly logger: Logger
  readonly directory: string
  readonly indexIntervalBytes: number
  /** A gap between batches may end at or below this offset; Infinity while compacted. */
  readonly gapsAllowedBelow: number
  /** The leader epoch of an offset as the epoch cache has it, or null when it does not say. */
  epochAt(offset: number): number | null
  /** Makes the batches durable: too many files wait for it. */
  flush(): Promise<void>
  /** An index could not be written: the batches are safe, the disk is not to be trusted. */
  indexFailed(error: Error): void
}

/** Where a batch is, or why it is not. */
export type Located =
  | {
      readonly type: 'found'
      readonly bytePosition: number
      readonly baseOffset: number
      /** Where the batch before it ends; at most the offset that was looked for. */
      readonly endBefore: number
    }
  /** Every batch here ends below the offset. */
  | { readonly type: 'beyond'; readonly nextOffset: number }
  | Damaged

export interface Damaged {
  readonly type: 'damaged'
  readonly bytePosition: number
  /** The offset that was to be found there. */
  readonly offset: number
  readonly reason: string
}

export interface SegmentReadOptions {
  readonly fromOffset: number
  readonly upToOffset: number
  readonly maxBytes: number
  readonly atLeastOneBatch: boolean
}

export type SegmentRead =
  | { readonly type: 'read'; readonly bytes: Uint8Array; readonly nextOffset: number }
  | { readonly type: 'beyond'; readonly nextOffset: number }
  | Damaged

/** An undo that failed: nobody knows what the file holds behind the log end. */
export class UndoFailed extends Error {
  override readonly name = 'UndoFailed'
}

export class Segment {
  readonly baseOffset: number
  readonly log: PooledFile
  readonly offsets: OffsetIndex
  readonly times: TimeIndex
  readonly createdMs: number
  /** Milliseconds by which this segment rolls earlier than `segment.ms` says. */
  readonly rollJitterMs: number
  /** Where the next batch goes; bytes behind it are nobody's. */
  sizeBytes: number
  /** Up to here the file is fsynced. */
  syncedBytes: number
  readonly #rules: SegmentRules
  /** Where the batch of the last offset entry begins, 0 without any. Null: not read yet. */
  #lastEntryAt: number | null = null
  #indexesChecked = false
  /** The first batch's largest timestamp: rolling by time counts from it. Null: not read yet. */
  #firstTimestampMs: number | null = null
  /** Null: not worked out yet. */
  #largest: { timestampMs: number; offset: number } | null = null

  constructor(
    rules: SegmentRules,
    from: {
      readonly baseOffset: number
      readonly sizeBytes: number
      readonly syncedBytes: number
      readonly createdMs: number
      readonly rollJitterMs: number
      /** Behind the names of its files, while they are not those of the log yet. */
      readonly ending?: string
    },
  ) {
    const path = (suffix: string) =>
      `${rules.directory}/${offsetFileName(from.baseOffset, suffix)}${from.ending ?? ''}`
    this.#rules = rules
    this.baseOffset = from.baseOffset
    this.sizeBytes = from.sizeBytes
    this.syncedBytes = from.syncedBytes
    this.createdMs = from.createdMs
    this.rollJitterMs = from.rollJitterMs
    this.log = rules.pool.file(path(LOG_SUFFIX), 'write')
    this.offsets = new OffsetIndex(rules.pool, path(OFFSET_INDEX_SUFFIX), from.baseOffset)
    this.times = new TimeIndex(rules.pool, path(TIME_INDEX_SUFFIX), from.baseOffset)
  }

  /**
   * Makes the files of a new, empty segment. What has these names already is stale, and emptied.
   */
  static create(
    rules: SegmentRules,
    from: { baseOffset: number; createdMs: number; rollJitterMs: number; ending?: string },
  ): Segment {
    const name = offsetFileName(from.baseOffset, LOG_SUFFIX) + (from.ending ?? '')
    const path = `${rules.directory}/${name}`
    const { disk } = rules.pool
    const file = disk.open(path, 'create')
    try {
      if (file.sizeBytes() > 0) file.truncate(0)
      const segment = new Segment(rules, { ...from, sizeBytes: 0, syncedBytes: 0 })
      segment.clearIndexes()
      return segment
    } catch (thrown) {
      // Left behind, it would end the log at its base offset at the next start.
      disk.remove(path)
      throw thrown
    } finally {
      file.close()
    }
  }

  get isDirty(): boolean {
    return this.sizeBytes > this.syncedBytes
  }

  // --- writing

  /**
   * Writes `chunks` behind the last batch, whole or not at all: on a short count or an error the
   * file is cut back to where it ended, and a DiskError is thrown. `UndoFailed` when that fails
   * too. The size is not advanced: `advance` does, when the log has taken note of every batch.
   */
  write(chunks: readonly Uint8Array[], totalBytes: number): void {
    const file = this.log.get()
    let failure: Error
    try {
      const written = file.writeAt(chunks, this.sizeBytes)
      if (written === totalBytes) return
      failure = new DiskError(
        'DISK_FULL',
        `${file.path}: ${written} of ${totalBytes} bytes written`,
      )
    } catch (thrown) {
      failure = asError(thrown)
    }
    try {
      file.truncate(this.sizeBytes)
    } catch (thrown) {
      throw new UndoFailed(
        `${file.path}: ${failure.message}, and cutting back failed: ${asError(thrown).message}`,
        { cause: failure },
      )
    }
    throw failure
  }

  /**
   * Nobody knows how much of it is fsynced: all of it must be, again. The file needs not stay open
   * for that, because these bytes were written before it was opened.
   */
  forgetSynced(): void {
    this.syncedBytes = 0
  }

  /** Takes note of one batch that was written at the end: the indexes, the largest timestamp. */
  advance(batch: BatchCursor): void {
    try {
      this.#index(batch, this.sizeBytes)
    } catch (thrown) {
      // The batch is in the file, whatever becomes of the index.
      if (!(thrown instanceof DiskError)) throw thrown
      this.#rules.indexFailed(thrown)
    }
    this.sizeBytes += batch.sizeBytes
    assert(this.sizeBytes <= INT32_MAX, 'an index entry can say where a batch is')
    this.log.becomeDirty(() => this.#rules.flush())
  }

  /** The bytes in front of `bytePosition` are fsynced. */
  markSynced(bytePosition: number): void {
    this.syncedBytes = Math.max(this.syncedBytes, Math.min(bytePosition, this.sizeBytes))
    if (!this.isDirty) this.log.becomeClean()
  }

  #index(batch: BatchCursor, bytePosition: number): void {
    const timestampMs = batch.maxTimestampMs
    const { lastOffset } = batch
    this.#firstTimestampMs ??= bytePosition === 0 ? timestampMs : null
    const largest = this.#largestSoFar(bytePosition)
    // A hostile timestamp beyond 2^53 has no place in an index; the batch itself is kept as it is.
    if (timestampMs > largest.timestampMs && Number.isSafeInteger(timestampMs)) {
      largest.timestampMs = timestampMs
      largest.offset = lastOffset
    }
    // From the index alone, so that restarts make the same entries as a rebuild.
    this.#lastEntryAt ??= this.offsets.last()?.bytePosition ?? 0
    if (bytePosition - this.#lastEntryAt > this.#rules.indexIntervalBytes) {
      this.offsets.append(lastOffset, bytePosition)
      this.times.maybeAppend(largest.timestampMs, largest.offset)
      this.#lastEntryAt = bytePosition
    }
  }

  /** Reads, once, what appending must know: from then on it only writes. Throws DiskError. */
  prepareToAppend(): void {
    this.firstTimestampMs()
    this.#largestSoFar(this.sizeBytes)
    this.#lastEntryAt ??= this.offsets.last()?.bytePosition ?? 0
  }

  /** See Kafka's LogSegment.shouldRoll: size, age by the batches' own timestamps, full indexes. */
  mustRollBefore(
    batch: {
      readonly sizeBytes: number
      readonly lastOffset: number
      readonly timestampMs: number
    },
    limits: { segmentBytes: number; segmentMs: number; indexBytes: number; nowMs: number },
  ): boolean {
    if (this.sizeBytes === 0) return batch.lastOffset - this.baseOffset > INT32_MAX
    return (
      this.sizeBytes > limits.segmentBytes - batch.sizeBytes ||
      this.ageMs(batch.timestampMs, limits.nowMs) > limits.segmentMs - this.rollJitterMs ||
      this.offsets.isFull(limits.indexBytes) ||
      this.times.isFull(limits.indexBytes) ||
      batch.lastOffset - this.baseOffset > INT32_MAX ||
      this.sizeBytes + batch.sizeBytes > INT32_MAX
    )
  }

  /** How old the segment is when a batch of `timestampMs` comes. */
  ageMs(timestampMs: number, nowMs: number): number {
    const first = this.firstTimestampMs()
    return first >= 0 ? timestampMs - first : nowMs - this.createdMs
  }

  /** The largest timestamp of the first batch, NO_TIMESTAMP when there is none. */
  firstTimestampMs(): number {
    if (this.#firstTimestampMs === null && this.sizeBytes >= BATCH_HEADER_BYTES)
      this.#firstTimestampMs = this.#headerAt(0)?.maxTimestampMs ?? NO_TIMESTAMP
    return this.#firstTimestampMs ?? NO_TIMESTAMP
  }

  /** The largest timestamp, and the last offset of the batch that has it first. */
  largestTimestamp(): { readonly timestampMs: number; readonly offset: number } {
    return this.#largestSoFar(this.sizeBytes)
  }

  /** When the segment's youngest record is from: its timestamp, or the file's own time without. */
  youngestMs(): number {
    const { timestampMs } = this.largestTimestamp()
    return timestampMs >= 0 ? timestampMs : this.#rules.pool.disk.modifiedMs(this.log.path)
  }

  /** No more batches will come: the last timestamp entry, and all entries to the file. */
  becomeInactive(): void {
    const { timestampMs, offset } = this.largestTimestamp()
    if (this.sizeBytes > 0) this.times.maybeAppend(timestampMs, offset)
    this.offsets.close()
    this.times.close()
  }

  // --- finding

  /** The first batch whose last offset is at or above `offset`. */
  locate(offset: number): Located {
    const anchor = this.#anchorBelow(offset)
    const order = new BatchOrder({
      nextOffset: anchor?.baseOffset ?? this.baseOffset,
      leaderEpoch: -1,
      gapsAllowedBelow: this.#rules.gapsAllowedBelow,
    })
    let found = null as Located | null
    const end = this.scan({ from: anchor?.bytePosition ?? 0, whole: false }, (batch, at) => {
      const endBefore = order.nextOffset
      const bad = order.accept(batch)
      if (bad !== null) return { bad }
      if (batch.lastOffset < offset) return 'go-on'
      found = { type: 'found', bytePosition: at, baseOffset: batch.baseOffset, endBefore }
      return 'stop'
    })
    if (found) return found
    if (end.bad !== null) {
      const { bytePosition, bad: reason } = end
      return { type: 'damaged', bytePosition, offset: order.nextOffset, reason }
    }
    return { type: 'beyond', nextOffset: order.nextOffset }
  }

  /** Where a walk for the first record of `timestampMs` or later may begin. */
  positionBefore(timestampMs: number): number {
    this.#checkIndexes()
    for (let attempt = 0; ; attempt += 1) {
      const entry = this.times.before(timestampMs)
      if (entry === null) return 0
      const place = this.#placeOf(entry.offset)
      if (place?.maxTimestampMs === entry.timestampMs) return place.bytePosition
      if (attempt > 0) return 0
      this.rebuildIndexes('the time index does not match the log')
    }
  }

  /** Where a walk over about the last `tailBytes` of the segment may begin, and what is there. */
  positionNearEnd(tailBytes: number): { readonly bytePosition: number; readonly offset: number } {
    this.#checkIndexes()
    const entry =
      this.sizeBytes <= tailBytes ? null : this.offsets.floorByPosition(this.sizeBytes - tailBytes)
    const batch = entry === null ? null : this.#headerAt(entry.bytePosition)
    return entry !== null && batch?.lastOffset === entry.offset
      ? { bytePosition: entry.bytePosition, offset: batch.baseOffset }
      : { bytePosition: 0, offset: this.baseOffset }
  }

  scan(
    range: Pick<ScanOptions, 'from' | 'whole' | 'readBytes'>,
    visit: Parameters<typeof scanBatches>[1],
  ): ScanEnd {
    return scanBatches({ file: this.log.get(), to: this.sizeBytes, ...range }, visit)
  }

  // --- reading

  read(options: SegmentReadOptions): SegmentRead {
    const located = this.locate(options.fromOffset)
    if (located.type !== 'found') return located
    const { bytePosition } = located
    const firstBytes = this.#headerAt(bytePosition)?.sizeBytes ?? 0
    const wanted = options.atLeastOneBatch
      ? Math.max(options.maxBytes, firstBytes)
      : options.maxBytes
    if (wanted < firstBytes) return nothingRead(options.fromOffset)
    const buffer = readMemory.take(Math.min(wanted, this.sizeBytes - bytePosition))
    const count = this.log.get().readAt(buffer, bytePosition)
    const read = this.#check(buffer.subarray(0, count), located, options)
    const giveBack = () => readMemory.giveBack(buffer)
    if (read.type === 'read' && read.bytes.byteLength > 0) lend(read.bytes, giveBack)
    else giveBack()
    return read
  }

  /** The whole batches at the front of `bytes`, each of them sound, up to the wanted offset. */
  #check(
    bytes: Uint8Array,
    { bytePosition, baseOffset }: { bytePosition: number; baseOffset: number },
    { fromOffset, upToOffset }: SegmentReadOptions,
  ): SegmentRead {
    const batch = new BatchCursor(bytes)
    const order = new BatchOrder({
      nextOffset: baseOffset,
      leaderEpoch: -1,
      gapsAllowedBelow: this.#rules.gapsAllowedBelow,
    })
    let nextOffset = fromOffset
    let bad: string | null = null
    for (; batch.hasHeader; batch.next()) {
      bad = headerFault(batch, this.sizeBytes - bytePosition - batch.at)
      if (bad !== null || !batch.isWhole) break
      const isBeyond = batch.nextOffset > upToOffset
      // A batch that is not to be read yet is looked at only where nothing else is returned: its
      // very size may be what is damaged, and a reader must not wait for ever.
      if (isBeyond && batch.at > 0) break
      bad = this.#fault(batch, order)
      if (bad !== null || isBeyond) break
      nextOffset = batch.nextOffset
    }
    // What is sound goes out; the next read begins at the damage and says so.
    if (batch.at > 0) return { type: 'read', bytes: bytes.subarray(0, batch.at), nextOffset }
    if (bad === null && batch.isWhole) return nothingRead(fromOffset)
    return {
      type: 'damaged',
      bytePosition: bytePosition + batch.at,
      offset: order.nextOffset,
      reason: bad ?? 'the file is shorter than it was',
    }
  }

  #fault(batch: BatchCursor, order: BatchOrder): string | null {
    const epoch = this.#rules.epochAt(batch.baseOffset)
    if (epoch !== null && epoch !== batch.partitionLeaderEpoch)
      return `its leader epoch is ${batch.partitionLeaderEpoch}, and ${epoch} was to come`
    if (!batch.crcMatches()) return 'its CRC does not match'
    return order.accept(batch)
  }

  // --- changing its end

  /** Cuts the file at `bytePosition`, the end of the batch before `nextOffset`. Not fsynced yet. */
  cut(bytePosition: number): void {
    this.log.get().truncate(bytePosition)
    this.sizeBytes = bytePosition
    this.syncedBytes = Math.min(this.syncedBytes, bytePosition)
    this.markSynced(this.syncedBytes)
    this.offsets.truncateToPosition(bytePosition)
    const last = this.offsets.last()
    this.times.truncateTo(last === null ? this.baseOffset : last.offset + 1)
    this.#largest = null
    this.#firstTimestampMs = bytePosition === 0 ? null : this.#firstTimestampMs
    this.#lastEntryAt = null
  }

  clearIndexes(): void {
    this.offsets.clear()
    this.times.clear()
    this.#lastEntryAt = 0
    this.#indexesChecked = true
    this.#largest = { timestampMs: NO_TIMESTAMP, offset: this.baseOffset }
    this.#firstTimestampMs = null
  }

  /** For the scan that recovers: one sound batch, in its place, goes into the cleared indexes. */
  reindex(batch: BatchCursor, bytePosition: number): void {
    this.#index(batch, bytePosition)
  }

  /** Makes both indexes anew from the batches, up to the first bad one. */
  rebuildIndexes(reason: string): void {
    this.#rules.logger.warn({ path: this.offsets.path, reason }, 'indexes rebuilt')
    this.clearIndexes()
    const order = new BatchOrder({
      nextOffset: this.baseOffset,
      leaderEpoch: -1,
      gapsAllowedBelow: this.#rules.gapsAllowedBelow,
    })
    this.scan({ from: 0, whole: true }, (batch, bytePosition) => {
      const bad = order.accept(batch)
      if (bad !== null) return { bad }
      this.#index(batch, bytePosition)
      return 'go-on'
    })
  }

  /** All derived entries into their files, and the files closed. */
  close(): void {
    this.offsets.close()
    this.times.close()
    this.log.close()
  }

  /** Closes the files as they are, because they are about to go. */
  abandon(): void {
    this.markSynced(this.sizeBytes)
    this.offsets.abandon()
    this.times.abandon()
    this.log.close()
  }

  // --- indexes, believed only after a look

  /** The batch of the last index entry at or below `offset`; null: begin at the segment's start. */
  #anchorBelow(offset: number): { bytePosition: number; baseOffset: number } | null {
    this.#checkIndexes()
    for (let attempt = 0; ; attempt += 1) {
      const entry = this.offsets.floor(offset)
      if (entry === null) return null
      const batch = this.#headerAt(entry.bytePosition)
      if (batch !== null && batch.lastOffset === entry.offset && entry.offset <= offset)
        return { bytePosition: entry.bytePosition, baseOffset: batch.baseOffset }
      if (attempt > 0) return null
      this.rebuildIndexes('the offset index does not match the log')
    }
  }

  /** The batch whose last offset is exactly `lastOffset`. */
  #placeOf(lastOffset: number): { bytePosition: number; maxTimestampMs: number } | null {
    const located = this.locate(lastOffset)
    if (located.type !== 'found') return null
    const batch = this.#headerAt(located.bytePosition)
    return batch?.lastOffset === lastOffset
      ? { bytePosition: located.bytePosition, maxTimestampMs: batch.maxTimestampMs }
      : null
  }

  /** A sane header at `bytePosition`, or null. */
  #headerAt(bytePosition: number): BatchCursor | null {
    const left = this.sizeBytes - bytePosition
    if (bytePosition < 0 || left < BATCH_HEADER_BYTES) return null
    const header = new Uint8Array(BATCH_HEADER_BYTES)
    if (this.log.get().readAt(header, bytePosition) < BATCH_HEADER_BYTES) return null
    const batch = new BatchCursor(header)
    return headerFault(batch, left) === null ? batch : null
  }

  /** Once in the segment's life: are the index files there, and plausible? */
  #checkIndexes(): void {
    if (this.#indexesChecked) return
    this.#indexesChecked = true
    const reason = this.#indexFault()
    if (reason !== null) this.rebuildIndexes(reason)
  }

  #indexFault(): string | null {
    if (this.sizeBytes === 0) {
      if (this.offsets.count > 0 || this.times.count > 0) return 'an index of nothing'
      return null
    }
    const { offsets, times } = this
    if (!offsets.isWhole || !times.isWhole) return 'an index is missing, or cut in mid-entry'
    const last = offsets.last()
    if (last === null) return this.#wantsEntries() ? 'the offset index is empty' : null
    const batch = this.#headerAt(last.bytePosition)
    return batch?.lastOffset === last.offset ? null : 'the last index entry points to nothing'
  }

  /** Whether a rebuild would make an entry: one giant batch, or a few small ones, have none. */
  #wantsEntries(): boolean {
    const { indexIntervalBytes } = this.#rules
    if (this.sizeBytes <= indexIntervalBytes) return false
    let wanted = false
    this.scan({ from: 0, whole: false }, (_batch, bytePosition) => {
      wanted = bytePosition > indexIntervalBytes
      return wanted ? 'stop' : 'go-on'
    })
    return wanted
  }

  /** The largest timestamp of the batches in front of `bytePosition`, worked out once. */
  #largestSoFar(bytePosition: number): { timestampMs: number; offset: number } {
    if (this.#largest) return this.#largest
    this.#checkIndexes()
    if (this.#largest) return this.#largest
    let largest = { timestampMs: NO_TIMESTAMP, offset: this.baseOffset }
    let from = 0
    const entry = this.times.last()
    if (entry !== null) {
      const place = this.#placeOf(entry.offset)
      if (place?.maxTimestampMs !== entry.timestampMs) {
        this.rebuildIndexes('the time index does not match the log')
        return this.#largest ?? largest
      }
      largest = { ...entry }
      from = place.bytePosition
    }
    this.scan({ from, whole: false }, (batch, at) => {
      if (at >= bytePosition) return 'stop'
      if (batch.maxTimestampMs > largest.timestampMs && Number.isSafeInteger(batch.maxTimestampMs))
        largest = { timestampMs: batch.maxTimestampMs, offset: batch.lastOffset }
      return 'go-on'
    })
    this.#largest = largest
    return largest
  }
}

function nothingRead(nextOffset: number): SegmentRead {
  return { type: 'read', bytes: new Uint8Array(0), nextOffset }
}
