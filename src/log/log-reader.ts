/**
 * Reading a log from its files: whole batches across segments, every byte checked, damage answered
 * with an error and never with wrong or missing records (invariant C16). Where the tail in memory
 * begins, it takes over.
 */
import { DiskError, isTransient } from '../base/disk.ts'
import type { Logger } from '../base/log.ts'
import { errors } from '../wire/errors.ts'
import type { Damaged, Segment, SegmentRead, SegmentRules } from './segment.ts'
import type { LogTail } from './tail-cache.ts'
import type { ReadOptions, ReadResult } from './types.ts'

/** Places of damage that are remembered, so that each is reported once. */
const REPORTED_PLACES_MAX = 100

/** The log, as its reader sees it. */
export interface ReadableLog {
  readonly segments: readonly Segment[]
  readonly tail: LogTail
  readonly rules: SegmentRules
  readonly logStartOffset: number
  readonly logEndOffset: number
}

export class LogReader {
  readonly #logger: Logger
  readonly #reported = new Set<string>()
  #damagedAt: number | null = null

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** The least offset at which a batch was to be found and could not be read, or null. */
  get damagedAt(): number | null {
    return this.#damagedAt
  }

  /** The log ends there now, or is empty and begins there. */
  endsAt(offset: number): void {
    if (this.#damagedAt !== null && this.#damagedAt >= offset) this.#damagedAt = null
  }

  /** As `Log.read`; `fromOffset` is in the log and below `upToOffset`, which is not beyond it. */
  read(log: ReadableLog, options: ReadOptions): ReadResult {
    const { upToOffset } = options
    const chunks: Uint8Array[] = []
    let sizeBytes = 0
    let { fromOffset } = options
    for (let index = segmentOf(log.segments, fromOffset); fromOffset < upToOffset;) {
      const maxBytes = options.maxBytes - sizeBytes
      const atLeastOneBatch = options.atLeastOneBatch && sizeBytes === 0
      if (maxBytes <= 0 && !atLeastOneBatch) break
      const rest = { fromOffset, upToOffset, maxBytes, atLeastOneBatch }
      const tail = log.tail.read(fromOffset, rest)
      if (tail) {
        chunks.push(...tail.chunks)
        sizeBytes += tail.sizeBytes
        break
      }
      const read = this.#readSegment(log, index, rest)
      if (read.type === 'beyond') {
        index += 1
        if (index === log.segments.length) break
        continue
      }
      // What is sound goes out; the next read begins at the damage.
      if (read.type === 'damaged' && sizeBytes === 0)
        return { errorCode: errors.KAFKA_STORAGE_ERROR, chunks: [], sizeBytes: 0 }
      if (read.type === 'damaged' || read.bytes.byteLength === 0) break
      chunks.push(read.bytes)
      sizeBytes += read.bytes.byteLength
      fromOffset = read.nextOffset
    }
    return { errorCode: errors.NONE, chunks, sizeBytes }
  }

  /** Says so in the log, once per place. */
  report(segment: Segment, damaged: Damaged): Damaged {
    this.#damagedAt = Math.min(damaged.offset, this.#damagedAt ?? Infinity)
    const key = `${segment.baseOffset} ${damaged.bytePosition}`
    if (this.#reported.has(key) || this.#reported.size >= REPORTED_PLACES_MAX) return damaged
    this.#reported.add(key)
    const { bytePosition, offset, reason } = damaged
    this.#logger.error(
      { path: segment.log.path, bytePosition, offset, reason },
      'damaged batch found',
    )
    return damaged
  }

  /** `beyond` only when the next segment goes on where this one ends; damage is reported. */
  #readSegment(log: ReadableLog, index: number, options: ReadOptions): SegmentRead {
    const segment = log.segments[index] as Segment
    try {
      const read = segment.read(options)
      const next = log.segments[index + 1]
      if (read.type === 'damaged') return this.report(segment, read)
      if (read.type === 'read' || continues(log, read.nextOffset, next)) return read
      return this.report(segment, {
        type: 'damaged',
        bytePosition: segment.sizeBytes,
        offset: read.nextOffset,
        reason: 'the segment ends there, and the log goes on later',
      })
    } catch (thrown) {
      if (!(thrown instanceof DiskError)) throw thrown
      const { message: reason } = thrown
      const { fromOffset: offset } = options
      const unreadable: Damaged = { type: 'damaged', bytePosition: -1, offset, reason }
      // A lack of descriptors says nothing about the bytes.
      return isTransient(thrown) ? unreadable : this.report(segment, unreadable)
    }
  }
}

/** Whether what comes next, or the log end, may follow there. */
function continues(log: ReadableLog, nextOffset: number, next: Segment | undefined): boolean {
  const allowed = Math.max(log.rules.gapsAllowedBelow, log.logStartOffset)
  const goesOnAt = next?.baseOffset ?? log.logEndOffset
  return goesOnAt === nextOffset || goesOnAt <= allowed
}

/** The index of the segment that holds `offset`, or would; 0 when all begin behind it. */
export function segmentOf(segments: readonly Segment[], offset: number): number {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((segments[middle] as Segment).baseOffset <= offset) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}
