/**
 * One cleaning of one log: the latest offset of each key in the part that was never cleaned goes
 * into a map of bounded memory; then everything up to where the map reaches is rewritten, group of
 * segments by group, without what a later record has made superfluous. If not all keys fit, the
 * rest waits for the next pass.
 *
 * The log goes on meanwhile. A pass that finds that it was truncated, closed, or is not to be
 * compacted any more, stops and leaves no trace; what it has swapped in is as good as before.
 */
import { DiskError, isTransient } from '../../base/disk.ts'
import type { Disk } from '../../base/disk.ts'
import type { BatchCursor } from '../../records/batch.ts'
import { RecordCursor } from '../../records/record.ts'
import { BatchOrder } from '../scan.ts'
import type { Segment } from '../segment.ts'
import { UndoFailed } from '../segment.ts'
import { filterBatch, isCleanable, openRecords } from './batch-filter.ts'
import type { FilterRules } from './batch-filter.ts'
import { CleanedSegment } from './cleaned-segment.ts'
import type { CleaningStart, LogCleaning } from './log-cleaning.ts'
import { OffsetMap } from './offset-map.ts'
import type { Pace } from './pace.ts'
import { TURN_BYTES } from './pace.ts'
import { groupSegments } from './selection.ts'
import type { CleanableRange } from './selection.ts'

const INT32_MAX = 0x7fff_ffff

export interface PassOptions {
  readonly disk: Disk
  readonly pace: Pace
  readonly signal: AbortSignal
  readonly nowMs: number
  readonly range: CleanableRange
  /** What `cleaner-offset-checkpoint` says of the log. */
  readonly cleanedOnDisk: number
  readonly mapBytes: number
  /** Sixteen random bytes. */
  readonly secret: Uint8Array
}

export interface PassReport {
  readonly firstDirty: number
  /** Where the map reached: everything below was cleaned. */
  readonly endOffset: number
  readonly keys: number
  readonly bytesBefore: number
  readonly bytesAfter: number
}

/** What was begun holds no longer: truncated, closed, switched off. */
class Void extends Error {}
/** A batch cannot be read; it was reported. */
class DamageFound extends Error {}

/** The log holds a batch with more keys than the whole map takes. */
export class MapTooSmall extends Error {
  override readonly name = 'MapTooSmall'
}

/**
 * Cleans what `range` says. Null: it was called off. Throws MapTooSmall; DiskError when the disk is
 * full or no descriptor is left, and after any other failure, which the log knows of.
 */
export async function cleanLog(
  cleaning: LogCleaning,
  options: PassOptions,
): Promise<PassReport | null> {
  try {
    return await new CleaningPass(cleaning, options).run()
  } catch (thrown) {
    if (thrown instanceof Void || thrown instanceof DamageFound) return null
    const isOfDisk = thrown instanceof DiskError || thrown instanceof UndoFailed
    if (isOfDisk && !isTransient(thrown)) cleaning.failed(thrown)
    throw thrown
  }
}

class CleaningPass {
  readonly #cleaning: LogCleaning
  readonly #options: PassOptions
  readonly #start: CleaningStart
  #map: OffsetMap | null = null
  #mapEnd: number
  #bytesBefore = 0
  #bytesAfter = 0
  /** Written in this turn. */
  #written = 0

  constructor(cleaning: LogCleaning, options: PassOptions) {
    this.#cleaning = cleaning
    this.#options = options
    this.#start = cleaning.begin()
    this.#mapEnd = options.range.endOffset
  }

  async run(): Promise<PassReport> {
    const { pace, range } = this.#options
    const { firstDirty, endOffset } = range
    pace.begin()
    const all = this.#cleaning.segmentsBelow(endOffset)
    const dirty = all.filter((_, index) => (all[index + 1]?.baseOffset ?? endOffset) > firstDirty)
    await this.#fillMap(dirty)
    if (this.#mapEnd <= firstDirty)
      throw new MapTooSmall(`one batch at offset ${firstDirty} has more keys than the map takes`)
    const segments = all.filter(({ baseOffset }) => baseOffset < this.#mapEnd)
    const lastEnd = all[segments.length]?.baseOffset ?? endOffset
    const segmentBytes = this.#cleaning.config['segment.bytes']
    const groups = groupSegments(segments, { segmentBytes, endOffset })
    for (const [index, group] of groups.entries())
      await this.#cleanGroup(group, groups[index + 1]?.[0]?.baseOffset ?? lastEnd)
    this.#cleaning.cleanedUpTo(this.#start, this.#mapEnd)
    return {
      firstDirty,
      endOffset: this.#mapEnd,
      keys: this.#map?.size ?? 0,
      bytesBefore: this.#bytesBefore,
      bytesAfter: this.#bytesAfter,
    }
  }

  async #fillMap(dirty: readonly Segment[]): Promise<void> {
    const { firstDirty } = this.#options.range
    let keys = 0
    for (const segment of dirty)
      await this.#walk([segment], segment, { whole: false }, (batch) => {
        keys += batch.lastOffset < firstDirty ? 0 : Math.max(0, batch.recordCount)
      })
    const { mapBytes: budgetBytes, secret } = this.#options
    const map = new OffsetMap({ keys, budgetBytes, secret })
    this.#map = map
    for (const segment of dirty) {
      if (segment.baseOffset >= this.#mapEnd) return
      await this.#walk([segment], segment, { whole: true }, (batch) => {
        if (batch.lastOffset < firstDirty || !isCleanable(batch)) return 'go-on'
        const payload = openRecords(batch)
        if (payload === null) return 'go-on'
        if (batch.recordCount > map.room) {
          this.#mapEnd = batch.baseOffset
          return 'stop'
        }
        putKeys(map, batch, payload)
        return 'go-on'
      })
    }
  }

  async #cleanGroup(group: readonly Segment[], groupEnd: number): Promise<void> {
    const { disk } = this.#options
    const groupBytes = group.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    const { syncGate } = this.#cleaning
    const output = new CleanedSegment(this.#cleaning.createCleaned(group), syncGate)
    let isSwapped = false
    try {
      const rules = this.#rules(groupEnd)
      let bytesLeft = groupBytes
      let isChanged = group.length > 1
      for (const segment of group)
        await this.#walk(
          group,
          segment,
          { whole: true },
          (batch) => {
            bytesLeft -= batch.sizeBytes
            isChanged = this.#filter(batch, rules, { output, bytesLeft }) || isChanged
          },
          output,
        )
      if (isChanged) {
        await output.settle({ finished: true })
        this.#check(group)
        isSwapped = await this.#cleaning.replace(this.#start, group, output.segment)
        if (!isSwapped) throw new Void()
      }
      this.#bytesBefore += groupBytes
      this.#bytesAfter += isChanged ? output.sizeBytes : groupBytes
    } finally {
      if (!isSwapped) output.discard(disk)
    }
  }

  /** Writes what is left of the batch; returns whether that is not the batch itself. */
  #filter(
    batch: BatchCursor,
    rules: FilterRules,
    { output, bytesLeft }: { readonly output: CleanedSegment; readonly bytesLeft: number },
  ): boolean {
    const filtered = filterBatch(batch, rules)
    if (filtered.type === 'none') return true
    const isChanged =
      filtered.type === 'changed' &&
      // A horizon makes a batch a little larger; a segment may not grow beyond its index.
      output.sizeBytes + filtered.bytes.byteLength + bytesLeft <= INT32_MAX
    const bytes = isChanged ? filtered.bytes : batch.batch
    output.append(bytes)
    this.#written += bytes.byteLength
    return isChanged
  }

  #rules(groupEnd: number): FilterRules {
    const { range, cleanedOnDisk, nowMs } = this.#options
    const map = this.#map as OffsetMap
    const lastBatches = this.#cleaning.lastBatches()
    return {
      latestOffset: (key) => map.get(key),
      mapEnd: this.#mapEnd,
      cleanedBefore: Math.min(cleanedOnDisk, range.firstDirty),
      nowMs,
      deleteRetentionMs: this.#cleaning.config['delete.retention.ms'],
      keepsEmpty: (batch) =>
        // A segment ends where the next one begins, or nobody could tell what it lost from what was
        // compacted; and whoever copies the log could not reach its end.
        batch.nextOffset === groupEnd ||
        (batch.isIdempotent && lastBatches.get(batch.producerId) === batch.lastOffset),
    }
  }

  /**
   * Visits the batches of a segment in turns. `held`: the segments that must be in the log still
   * when a turn begins.
   */
  async #walk(
    held: readonly Segment[],
    segment: Segment,
    { whole }: { readonly whole: boolean },
    visit: (batch: BatchCursor) => 'go-on' | 'stop' | void,
    output?: CleanedSegment,
  ): Promise<void> {
    const { pace, signal } = this.#options
    const order = new BatchOrder({
      nextOffset: segment.baseOffset,
      leaderEpoch: -1,
      gapsAllowedBelow: Infinity,
    })
    let isStopped = false
    for (let from = 0; from < segment.sizeBytes && !isStopped;) {
      this.#check(held)
      let bytes = 0
      const end = this.#reading(segment, from, () =>
        segment.scan({ from, whole, readBytes: TURN_BYTES }, (batch) => {
          const bad = order.accept(batch)
          if (bad !== null) return { bad }
          bytes += whole ? batch.sizeBytes : HEADER_COST_BYTES
          isStopped = visit(batch) === 'stop'
          if (isStopped) return 'stop'
          return pace.isTurnOver(bytes) ? 'last' : 'go-on'
        }),
      )
      if (end.bad !== null) {
        const { bytePosition, bad: reason } = end
        this.#damaged(segment, { bytePosition, offset: order.nextOffset, reason })
      }
      from = end.bytePosition
      await output?.settle({ finished: false })
      const written = this.#written
      this.#written = 0
      await pace.nextTurn(bytes + written, signal)
    }
    this.#check(held)
  }

  /** What cannot be read, for whatever reason but a lack of descriptors, is damage. */
  #reading<Result>(segment: Segment, bytePosition: number, read: () => Result): Result {
    try {
      return read()
    } catch (thrown) {
      if (!(thrown instanceof DiskError) || isTransient(thrown)) throw thrown
      const { message: reason } = thrown
      return this.#damaged(segment, { bytePosition, offset: segment.baseOffset, reason })
    }
  }

  #damaged(
    segment: Segment,
    at: { readonly bytePosition: number; readonly offset: number; readonly reason: string },
  ): never {
    this.#cleaning.damaged(segment, { type: 'damaged', ...at })
    throw new DamageFound()
  }

  #check(held: readonly Segment[]): void {
    const isWanted = !this.#options.signal.aborted
    if (!isWanted || !this.#cleaning.isCurrent(this.#start, held)) throw new Void()
  }
}

/** A header is read with a few kilobytes around it. */
const HEADER_COST_BYTES = 512

function putKeys(map: OffsetMap, batch: BatchCursor, payload: Uint8Array): void {
  const { baseOffset, recordCount } = batch
  const cursor = new RecordCursor(payload)
  for (let count = 0; count < recordCount; count += 1) {
    cursor.next()
    const { key } = cursor
    if (key !== null) map.put(key, baseOffset + cursor.offsetDelta)
  }
}
