/**
 * Records inside a batch, read lazily and never copied. A record is
 *
 *   length varint · attributes i8 · timestampDelta varlong · offsetDelta varint
 *   · key (varint length, −1 null) · value (likewise) · headers (varint count; key, value each)
 *
 * Reading checks structure only: lengths that fit, as many records as the header counts, nothing
 * behind them. What a producer must keep to beyond that is `validate.ts`'s (KIP-98, KIP-82).
 */
import { MalformedBytes } from '../bytes/malformed.ts'
import { Reader } from '../bytes/reader.ts'
import type { BatchCursor } from './batch.ts'
import { corruptData } from './compression/errors.ts'
import { decompress } from './compression/index.ts'

export interface RecordHeader {
  /** Bytes that are not UTF-8 read as U+FFFD: Kafka takes any, so a reader must not choke. */
  readonly key: string
  readonly value: Uint8Array | null
}

/** One record. Bytes are borrowed from the batch, or from its decompressed payload. */
export interface LogRecord {
  readonly offset: number
  /** Milliseconds since 1970, −1 for none; the batch's maximum when that is LogAppendTime. */
  readonly timestampMs: number
  readonly key: Uint8Array | null
  readonly value: Uint8Array | null
  readonly headers: readonly RecordHeader[]
}

/** A record's bytes at least: seven one-byte fields. */
export const MIN_RECORD_BYTES = 7

const headerText = new TextDecoder('utf-8', { ignoreBOM: true })
const NO_HEADERS: readonly RecordHeader[] = []

/**
 * The records of the batch at the cursor, in order; the cursor may move on meanwhile. A compressed
 * batch is opened first, by at most `maxBytes` (errors: see `decompress`). Throws `MalformedBytes`
 * where the records end.
 */
export function readRecords(
  batch: BatchCursor,
  { maxBytes }: { maxBytes: number },
): Iterable<LogRecord> {
  return iterate(openPayload(batch, maxBytes), {
    recordCount: batch.recordCount,
    baseOffset: batch.baseOffset,
    baseTimestampMs: batch.baseTimestampMs,
    logAppendTimeMs: batch.timestampType === 'LogAppendTime' ? batch.maxTimestampMs : null,
  })
}

/** The batch's records, decompressed if need be: by at most `maxBytes`, errors as `decompress`. */
export function openPayload(batch: BatchCursor, maxBytes: number): Uint8Array {
  const { codec } = batch
  if (codec === undefined) throw corruptData(`codec ${batch.codecNumber}`, 'there is no such codec')
  return decompress(codec, batch.payload, maxBytes)
}

interface BatchFrame {
  readonly recordCount: number
  readonly baseOffset: number
  readonly baseTimestampMs: number
  readonly logAppendTimeMs: number | null
}

function* iterate(payload: Uint8Array, frame: BatchFrame): Generator<LogRecord, void, undefined> {
  const cursor = new RecordCursor(payload)
  for (let count = 0; count < frame.recordCount; count += 1) {
    cursor.next()
    yield {
      offset: frame.baseOffset + cursor.offsetDelta,
      timestampMs: frame.logAppendTimeMs ?? frame.baseTimestampMs + cursor.timestampDelta,
      key: cursor.key,
      value: cursor.value,
      headers: cursor.headers(),
    }
  }
  if (!cursor.atEnd) throw new MalformedBytes(`bytes behind ${frame.recordCount} records`)
}

/**
 * A cursor over an uncompressed payload that allocates nothing per record. After `next()` its
 * fields are those of the record it read.
 */
export class RecordCursor {
  readonly #reader: Reader
  timestampDelta = 0
  offsetDelta = 0
  /** Where the record begins, its length included, and where its fields are. */
  recordAt = 0
  attributesAt = 0
  offsetDeltaAt = 0
  recordEnd = 0
  #keyAt = 0
  #keyBytes = -1
  #valueAt = 0
  #valueBytes = -1
  #headersAt = 0
  #headerCount = 0

  constructor(payload: Uint8Array) {
    this.#reader = new Reader(payload)
  }

  get atEnd(): boolean {
    return this.#reader.remaining === 0
  }

  /** Steps to the next record. Throws `MalformedBytes` when there is none, or not a whole one. */
  next(): void {
    const reader = this.#reader
    this.recordAt = reader.offset
    const length = reader.varint()
    const end = reader.offset + length
    this.recordEnd = end
    this.attributesAt = reader.offset
    if (length < 0 || end > reader.end)
      throw new MalformedBytes(`a record of ${length} bytes, ${reader.remaining} left`)
    reader.skip(1)
    this.timestampDelta = reader.varlong()
    this.offsetDeltaAt = reader.offset
    this.offsetDelta = reader.varint()
    this.#keyBytes = nullableLength(reader)
    this.#keyAt = skipNullable(reader, this.#keyBytes)
    this.#valueBytes = nullableLength(reader)
    this.#valueAt = skipNullable(reader, this.#valueBytes)
    this.#headerCount = reader.varint()
    this.#headersAt = reader.offset
    if (this.#headerCount < 0)
      throw new MalformedBytes(`a record with ${this.#headerCount} headers`)
    for (let count = 0; count < this.#headerCount; count += 1) {
      reader.skip(reader.varint())
      skipNullable(reader, nullableLength(reader))
    }
    if (reader.offset !== end)
      throw new MalformedBytes(`a record ends ${reader.offset - end} bytes behind its length`)
  }

  get hasKey(): boolean {
    return this.#keyBytes >= 0
  }

  get hasValue(): boolean {
    return this.#valueBytes >= 0
  }

  /** Borrowed; null when there is none, which is not the same as an empty one. */
  get key(): Uint8Array | null {
    return this.#view(this.#keyAt, this.#keyBytes)
  }

  /** Borrowed; null for a tombstone. */
  get value(): Uint8Array | null {
    return this.#view(this.#valueAt, this.#valueBytes)
  }

  headers(): readonly RecordHeader[] {
    if (this.#headerCount === 0) return NO_HEADERS
    const reader = new Reader(this.#reader.source, this.#headersAt)
    const headers: RecordHeader[] = []
    for (let count = 0; count < this.#headerCount; count += 1) {
      const key = headerText.decode(reader.bytes(reader.varint()))
      const length = nullableLength(reader)
      headers.push({ key, value: length < 0 ? null : reader.bytes(length) })
    }
    return headers
  }

  #view(at: number, length: number): Uint8Array | null {
    return length < 0 ? null : this.#reader.source.subarray(at, at + length)
  }
}

/** −1 is null; anything below means nothing. */
function nullableLength(reader: Reader): number {
  const length = reader.varint()
  if (length < -1) throw new MalformedBytes(`a length of ${length}`)
  return length
}

/** Skips a field of `length` bytes and returns where it begins. */
function skipNullable(reader: Reader, length: number): number {
  const at = reader.offset
  if (length > 0) reader.skip(length)
  return at
}
