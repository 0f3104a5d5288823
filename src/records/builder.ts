/**
 * Builds record batches: for the broker's own topics, for recompression and for tests. What comes
 * from producers is never rebuilt unless its codec must change. Fields that the log stamps (base
 * offset, leader epoch) may be given or left for it.
 */
import assert from 'node:assert'
import { varintBytes, varlongBytes } from '../bytes/varint.ts'
import { Writer } from '../bytes/writer.ts'
import {
  BATCH_HEADER_BYTES,
  BATCH_PREFIX_BYTES,
  BatchCursor,
  CODECS,
  MAGIC,
  NO_PRODUCER_ID,
  NO_TIMESTAMP,
  type Codec,
} from './batch.ts'
import { compress } from './compression/index.ts'

/** A record to be written. */
export interface RecordToWrite {
  readonly key?: Uint8Array | null
  readonly value?: Uint8Array | null
  readonly headers?: readonly { readonly key: string; readonly value: Uint8Array | null }[]
  /** Milliseconds since 1970; default: as the batch says. */
  readonly timestampMs?: number
}

/** A batch to be written; every default is Kafka's "not set". */
export interface BatchToWrite {
  /** Offset of the first record; default 0, as producers send it. */
  readonly baseOffset?: number
  /** Default −1. */
  readonly leaderEpoch?: number
  /** Default `none`; `compress` says what must be true of the others. */
  readonly codec?: Codec
  /** Default −1: not idempotent. */
  readonly producerId?: number
  readonly producerEpoch?: number
  readonly baseSequence?: number
  /** Default CreateTime. With LogAppendTime, readers see the greatest of the timestamps. */
  readonly timestampType?: 'CreateTime' | 'LogAppendTime'
  readonly isTransactional?: boolean
  /** A control batch: transaction markers and the like, never shown to applications. */
  readonly isControl?: boolean
  /** Of the records that have none of their own; default: none (−1). */
  readonly timestampMs?: number
  /** At least one; offsets follow each other without a gap. */
  readonly records: readonly RecordToWrite[]
}

const utf8 = new TextEncoder()

const NO_HEADERS: NonNullable<RecordToWrite['headers']> = []
const NO_KEYS: readonly Uint8Array[] = []

/** The bytes of a whole batch, its CRC included; owned by the caller. */
export function buildBatch(batch: BatchToWrite): Uint8Array {
  const { records, codec = 'none' } = batch
  const [first] = records
  assert(first, 'a batch holds at least one record')
  const { timestampMs: defaultMs = NO_TIMESTAMP } = batch
  const baseTimestampMs = first.timestampMs ?? defaultMs

  const writer = new Writer(BATCH_HEADER_BYTES + 64 * records.length)
  writer.int64(batch.baseOffset ?? 0)
  writer.int32(0) // batchLength: see seal
  writer.int32(batch.leaderEpoch ?? -1)
  writer.int8(MAGIC)
  writer.uint32(0) // crc: see seal
  writer.int16(attributesOf(batch))
  writer.int32(records.length - 1)
  writer.int64(baseTimestampMs)
  writer.int64(maxTimestampMs(records, defaultMs))
  writer.int64(batch.producerId ?? NO_PRODUCER_ID)
  writer.int16(batch.producerEpoch ?? -1)
  writer.int32(batch.baseSequence ?? -1)
  writer.int32(records.length)
  assert.equal(writer.offset, BATCH_HEADER_BYTES)
  records.forEach((record, offsetDelta) => {
    const timestampDelta = (record.timestampMs ?? defaultMs) - baseTimestampMs
    writeRecord(writer, record, { offsetDelta, timestampDelta })
  })

  const bytes = writer.finish()
  const compressed = compress(codec, bytes.subarray(BATCH_HEADER_BYTES))
  const whole = codec === 'none' ? bytes : concat(bytes.subarray(0, BATCH_HEADER_BYTES), compressed)
  return seal(whole)
}

/**
 * The batch at the cursor with `payload` (its own records, opened) compressed by `codec` in the
 * place of what it holds. Everything else of the header stays; the CRC is new.
 */
export function withCodec(batch: BatchCursor, codec: Codec, payload: Uint8Array): Uint8Array {
  const header = batch.bytes.subarray(batch.at, batch.at + BATCH_HEADER_BYTES)
  const rebuilt = concat(header, compress(codec, payload))
  const view = new DataView(rebuilt.buffer)
  view.setInt16(21, (batch.attributes & ~0x07) | CODECS.indexOf(codec))
  return seal(rebuilt)
}

/** Fills in what depends on all the rest: length, then CRC. */
function seal(bytes: Uint8Array): Uint8Array {
  const cursor = new BatchCursor(bytes)
  cursor.view.setInt32(8, bytes.byteLength - BATCH_PREFIX_BYTES)
  cursor.stampCrc()
  return bytes
}

function attributesOf({ codec, timestampType, isTransactional, isControl }: BatchToWrite): number {
  return (
    CODECS.indexOf(codec ?? 'none') |
    (timestampType === 'LogAppendTime' ? 0x08 : 0) |
    (isTransactional ? 0x10 : 0) |
    (isControl ? 0x20 : 0)
  )
}

function maxTimestampMs(records: readonly RecordToWrite[], defaultMs: number): number {
  let max = NO_TIMESTAMP
  for (const { timestampMs = defaultMs } of records) max = Math.max(max, timestampMs)
  return max
}

function writeRecord(
  writer: Writer,
  { key = null, value = null, headers = NO_HEADERS }: RecordToWrite,
  deltas: { offsetDelta: number; timestampDelta: number },
): void {
  const headerKeys =
    headers.length === 0 ? NO_KEYS : headers.map((header) => utf8.encode(header.key))
  let length = 1 + varlongBytes(deltas.timestampDelta) + varintBytes(deltas.offsetDelta)
  length += nullableBytes(key) + nullableBytes(value) + varintBytes(headers.length)
  headers.forEach((header, index) => {
    length += nullableBytes(headerKeys[index] ?? null) + nullableBytes(header.value)
  })

  writer.varint(length)
  writer.int8(0)
  writer.varlong(deltas.timestampDelta)
  writer.varint(deltas.offsetDelta)
  writeNullable(writer, key)
  writeNullable(writer, value)
  writer.varint(headers.length)
  headers.forEach((header, index) => {
    writeNullable(writer, headerKeys[index] ?? null)
    writeNullable(writer, header.value)
  })
}

function nullableBytes(bytes: Uint8Array | null): number {
  return bytes === null ? 1 : varintBytes(bytes.byteLength) + bytes.byteLength
}

function writeNullable(writer: Writer, bytes: Uint8Array | null): void {
  writer.varint(bytes === null ? -1 : bytes.byteLength)
  if (bytes !== null) writer.bytes(bytes)
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(first.byteLength + second.byteLength)
  joined.set(first)
  joined.set(second, first.byteLength)
  return joined
}
