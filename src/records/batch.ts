/**
 * The record batch, version 2, as a view over bytes that are not its own: 61 header bytes, then the
 * records, which stay closed. `baseOffset` and `partitionLeaderEpoch` lie outside the CRC, so the
 * broker stamps them in place without touching the rest (KIP-98).
 *
 *   0 baseOffset i64 · 8 batchLength i32 · 12 partitionLeaderEpoch i32 · 16 magic i8 · 17 crc u32
 *   21 attributes i16 · 23 lastOffsetDelta i32 · 27 baseTimestamp i64 · 35 maxTimestamp i64
 *   43 producerId i64 · 51 producerEpoch i16 · 53 baseSequence i32 · 57 recordCount i32
 *   61 records
 */
import { crc32c } from '../bytes/crc32c.ts'
import { readInt64, writeInt64 } from '../bytes/int64.ts'

/** Bytes of a batch header. */
export const BATCH_HEADER_BYTES = 61
/** baseOffset and batchLength: what must be readable before a batch's size is known. */
export const BATCH_PREFIX_BYTES = 12
/** Where the CRC's coverage begins. */
const CRC_COVERS_FROM = 21
export const MAGIC = 2

/** "Not an idempotent producer" (the only thing that decides it: KIP-98). */
export const NO_PRODUCER_ID = -1
export const NO_TIMESTAMP = -1

export const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const
export type Codec = (typeof CODECS)[number]

const TIMESTAMP_TYPE_BIT = 0x08
const TRANSACTIONAL_BIT = 0x10
const CONTROL_BIT = 0x20
const DELETE_HORIZON_BIT = 0x40
const CODEC_MASK = 0x07

/**
 * A cursor over consecutive batches in one array. Move it with `next()` or by setting `at`; its
 * getters read the batch at `at`. It checks nothing: `records/validate.ts` and `log/` do. 64-bit
 * getters may give unsafe integers for hostile input (see `readInt64`).
 */
export class BatchCursor {
  readonly bytes: Uint8Array
  readonly view: DataView
  /** Byte position of the current batch in `bytes`. */
  at: number

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.at = at
  }

  /** Whether a whole header lies at `at`. */
  get hasHeader(): boolean {
    return this.bytes.byteLength - this.at >= BATCH_HEADER_BYTES
  }

  /** Whether the whole batch, as long as it says it is, lies at `at`. */
  get isWhole(): boolean {
    return (
      this.hasHeader &&
      this.sizeBytes >= BATCH_HEADER_BYTES &&
      this.bytes.byteLength - this.at >= this.sizeBytes
    )
  }

  /** Steps to the batch behind this one; meaningful only while `isWhole`. */
  next(): void {
    this.at += this.sizeBytes
  }

  get baseOffset(): number {
    return readInt64(this.view, this.at)
  }

  /** The batch's whole size in bytes, its prefix included (batchLength + 12). */
  get sizeBytes(): number {
    return this.view.getInt32(this.at + 8) + BATCH_PREFIX_BYTES
  }

  get partitionLeaderEpoch(): number {
    return this.view.getInt32(this.at + 12)
  }

  get magic(): number {
    return this.view.getInt8(this.at + 16)
  }

  get crc(): number {
    return this.view.getUint32(this.at + 17)
  }

  get attributes(): number {
    return this.view.getInt16(this.at + 21)
  }

  get lastOffsetDelta(): number {
    return this.view.getInt32(this.at + 23)
  }

  /** Offset of the batch's last record (after compaction: of the last record it once had). */
  get lastOffset(): number {
    return this.baseOffset + this.lastOffsetDelta
  }

  get nextOffset(): number {
    return this.lastOffset + 1
  }

  /** Milliseconds since 1970; the delete horizon instead when that attribute is set (KIP-534). */
  get baseTimestampMs(): number {
    return readInt64(this.view, this.at + 27)
  }

  get maxTimestampMs(): number {
    return readInt64(this.view, this.at + 35)
  }

  get producerId(): number {
    return readInt64(this.view, this.at + 43)
  }

  get producerEpoch(): number {
    return this.view.getInt16(this.at + 51)
  }

  get baseSequence(): number {
    return this.view.getInt32(this.at + 53)
  }

  get recordCount(): number {
    return this.view.getInt32(this.at + 57)
  }

  /** The codec's number, 0 … 7; only 0 … 4 are codecs. */
  get codecNumber(): number {
    return this.attributes & CODEC_MASK
  }

  get codec(): Codec | undefined {
    return CODECS[this.codecNumber]
  }

  get timestampType(): 'CreateTime' | 'LogAppendTime' {
    return this.attributes & TIMESTAMP_TYPE_BIT ? 'LogAppendTime' : 'CreateTime'
  }

  get isTransactional(): boolean {
    return (this.attributes & TRANSACTIONAL_BIT) !== 0
  }

  get isControl(): boolean {
    return (this.attributes & CONTROL_BIT) !== 0
  }

  get hasDeleteHorizon(): boolean {
    return (this.attributes & DELETE_HORIZON_BIT) !== 0
  }

  get isIdempotent(): boolean {
    return this.producerId >= 0
  }

  /** The whole batch, borrowed. */
  get batch(): Uint8Array {
    return this.bytes.subarray(this.at, this.at + this.sizeBytes)
  }

  /** The records behind the header, borrowed: one compressed blob when the codec is not `none`. */
  get payload(): Uint8Array {
    return this.bytes.subarray(this.at + BATCH_HEADER_BYTES, this.at + this.sizeBytes)
  }

  /** Whether the CRC in the header is the one of the bytes it covers. */
  crcMatches(): boolean {
    return this.crc === this.computeCrc()
  }

  computeCrc(): number {
    return crc32c(this.bytes.subarray(this.at + CRC_COVERS_FROM, this.at + this.sizeBytes))
  }

  /** Stamps the two fields that are the broker's; neither is under the CRC. */
  stamp({ baseOffset, leaderEpoch }: { baseOffset: number; leaderEpoch: number }): void {
    writeInt64(this.view, this.at, baseOffset)
    this.view.setInt32(this.at + 12, leaderEpoch)
  }

  /** Turns the batch into LogAppendTime at `timestampMs`; computes the CRC anew. */
  stampLogAppendTime(timestampMs: number): void {
    this.view.setInt16(this.at + 21, this.attributes | TIMESTAMP_TYPE_BIT)
    writeInt64(this.view, this.at + 35, timestampMs)
    this.stampCrc()
  }

  /** Sets the greatest timestamp; computes the CRC anew. */
  stampMaxTimestamp(timestampMs: number): void {
    writeInt64(this.view, this.at + 35, timestampMs)
    this.stampCrc()
  }

  /** Writes the CRC that `computeCrc` gives. */
  stampCrc(): void {
    this.view.setUint32(this.at + 17, this.computeCrc())
  }
}

/** Sequence of a batch's last record: 2^31 − 1 is followed by 0 (KIP-98). */
export function lastSequenceOf(baseSequence: number, lastOffsetDelta: number): number {
  const last = baseSequence + lastOffsetDelta
  return last > 0x7fff_ffff ? last - 0x8000_0000 : last
}
