/**
 * Walking the batches of a file, one after the other, believing nothing: a header must be whole, of
 * magic 2 and of a size that fits, and, where the caller wants whole batches, the CRC must match.
 * What order offsets and epochs must have is the visitor's to say (S5).
 */
import type { DiskFile } from '../base/disk.ts'
import { unzeroedBytes } from '../bytes/unzeroed.ts'
import { BATCH_HEADER_BYTES, BATCH_PREFIX_BYTES, BatchCursor, MAGIC } from '../records/batch.ts'

const HEADER_BUFFER_BYTES = 4 * 1024
const WHOLE_BUFFER_BYTES = 1024 * 1024

/**
 * Called for each sound batch: go on, stop behind it (`last`) or before it (`stop`), or a reason
 * why it is bad after all.
 */
export type BatchVisitor = (
  /** At the batch; borrowed until the next one. Without `whole`, only its header may be read. */
  batch: BatchCursor,
  bytePosition: number,
) => 'go-on' | 'last' | 'stop' | { readonly bad: string }

export interface ScanOptions {
  readonly file: DiskFile
  readonly from: number
  /** Exclusive; normally the file's size. */
  readonly to: number
  /** Read all bytes and check CRCs, rather than jump from header to header. */
  readonly whole: boolean
  /** So much is read ahead altogether; beyond it, only what each batch needs. */
  readonly readBytes?: number
}

export interface ScanEnd {
  /** Where the first batch begins that was not accepted; `to` when all were. */
  readonly bytePosition: number
  /** Why the batch there is bad; null at the end or after a stop. */
  readonly bad: string | null
}

/** Kept between scans; a scan inside a scan takes another one. */
let spareHeaderBuffer: Uint8Array | null = null
let spareWholeBuffer: Uint8Array | null = null

export function scanBatches(options: ScanOptions, visit: BatchVisitor): ScanEnd {
  const { whole } = options
  const spare = whole ? spareWholeBuffer : spareHeaderBuffer
  if (whole) spareWholeBuffer = null
  else spareHeaderBuffer = null
  const scan = new Scan(
    options,
    spare ?? unzeroedBytes(whole ? WHOLE_BUFFER_BYTES : HEADER_BUFFER_BYTES),
  )
  try {
    return scan.run(visit)
  } finally {
    // A giant batch made it grow: that memory goes back.
    if (scan.buffer.byteLength <= WHOLE_BUFFER_BYTES) {
      if (whole) spareWholeBuffer = scan.buffer
      else spareHeaderBuffer = scan.buffer
    }
  }
}

class Scan {
  buffer: Uint8Array
  readonly #file: DiskFile
  readonly #to: number
  readonly #whole: boolean
  #readBytesLeft: number
  #cursor: BatchCursor
  /** The part of the file that the buffer holds. */
  #start = 0
  #end = 0
  #position: number

  constructor({ file, from, to, whole, readBytes = Infinity }: ScanOptions, buffer: Uint8Array) {
    this.#file = file
    this.#to = to
    this.#whole = whole
    this.#readBytesLeft = readBytes
    this.#position = from
    this.buffer = buffer
    this.#cursor = new BatchCursor(buffer)
  }

  run(visit: BatchVisitor): ScanEnd {
    while (this.#position < this.#to) {
      const bad = this.#checkBatch()
      if (bad !== null) return { bytePosition: this.#position, bad }
      const sizeBytes = this.#cursor.sizeBytes
      const verdict = visit(this.#cursor, this.#position)
      if (verdict === 'stop') break
      if (typeof verdict === 'object') return { bytePosition: this.#position, bad: verdict.bad }
      this.#position += sizeBytes
      if (verdict === 'last') break
    }
    return { bytePosition: this.#position, bad: null }
  }

  #checkBatch(): string | null {
    const left = this.#to - this.#position
    if (left < BATCH_HEADER_BYTES) return `${left} bytes are left, too few for a header`
    if (!this.#fill(BATCH_HEADER_BYTES)) return 'the file is shorter than it was'
    const reason = headerFault(this.#cursor, left)
    if (reason !== null) return reason
    if (!this.#whole) return null
    if (!this.#fill(this.#cursor.sizeBytes)) return 'the file is shorter than it was'
    return this.#cursor.crcMatches() ? null : 'its CRC does not match'
  }

  /** Brings at least `count` bytes from the position on into the buffer, and points at them. */
  #fill(count: number): boolean {
    if (this.#position < this.#start || this.#position + count > this.#end) {
      if (count > this.buffer.byteLength) {
        this.buffer = unzeroedBytes(count)
        this.#cursor = new BatchCursor(this.buffer)
      }
      const atOnce = Math.min(this.buffer.byteLength, Math.max(count, this.#readBytesLeft))
      const wanted = Math.min(atOnce, this.#to - this.#position)
      const read = this.#file.readAt(this.buffer.subarray(0, wanted), this.#position)
      this.#readBytesLeft -= read
      this.#start = this.#position
      this.#end = this.#position + read
      if (read < count) return false
    }
    this.#cursor.at = this.#position - this.#start
    return true
  }
}

/** What is wrong with a header by itself, given the bytes that are left; null when nothing is. */
export function headerFault(batch: BatchCursor, bytesLeft: number): string | null {
  const { sizeBytes } = batch
  if (sizeBytes < BATCH_HEADER_BYTES) return `it says it is ${sizeBytes - BATCH_PREFIX_BYTES} long`
  if (batch.magic !== MAGIC) return `its magic is ${batch.magic}`
  if (!Number.isSafeInteger(batch.baseOffset) || batch.baseOffset < 0 || batch.lastOffsetDelta < 0)
    return 'its offsets are none'
  // Last: an incomplete batch is told from a damaged one by this.
  if (sizeBytes > bytesLeft) return `it is ${sizeBytes} bytes long, and ${bytesLeft} are left`
  return null
}

/** What order a log's batches must have (S5); feed it every batch. */
export class BatchOrder {
  /** Where the next batch begins, or, where gaps are allowed, at the earliest. */
  nextOffset: number
  leaderEpoch: number
  readonly #gapsAllowedBelow: number

  constructor(from: {
    readonly nextOffset: number
    readonly leaderEpoch: number
    /** A gap may end at or below this offset; Infinity while the log is compacted. */
    readonly gapsAllowedBelow: number
  }) {
    this.nextOffset = from.nextOffset
    this.leaderEpoch = from.leaderEpoch
    this.#gapsAllowedBelow = from.gapsAllowedBelow
  }

  /** Why this batch may not come next, or null; then it is the last one. */
  accept(batch: BatchCursor): string | null {
    const { baseOffset, partitionLeaderEpoch } = batch
    if (baseOffset < this.nextOffset)
      return `its base offset is ${baseOffset}, and ${this.nextOffset} was to come`
    if (baseOffset > this.nextOffset && baseOffset > this.#gapsAllowedBelow)
      return `its base offset is ${baseOffset}, and ${this.nextOffset} was to come`
    if (partitionLeaderEpoch < this.leaderEpoch)
      return `its leader epoch is ${partitionLeaderEpoch}, after ${this.leaderEpoch}`
    this.nextOffset = batch.nextOffset
    this.leaderEpoch = partitionLeaderEpoch
    return null
  }
}
