/**
 * What compaction leaves of a batch: the last record of each key, tombstones until their horizon
 * has passed, and of the rest nothing, or a header without records where somebody needs that.
 * Offsets never change: what is left keeps its base offset, its last offset and its sequence.
 *
 * The horizon of a tombstone is written into its batch by the first cleaning that meets it
 * (KIP-534): attribute bit 6, and the base timestamp becomes the horizon. Pure: time comes with the
 * rules. A batch that cannot be opened, and any of a transaction, stays as it is.
 */
import { unzeroedBytes } from '../../bytes/unzeroed.ts'
import { Writer } from '../../bytes/writer.ts'
import { varlongBytes } from '../../bytes/varint.ts'
import { MalformedBytes } from '../../bytes/malformed.ts'
import type { Codec } from '../../records/batch.ts'
import { BATCH_HEADER_BYTES, BATCH_PREFIX_BYTES, BatchCursor, CODECS } from '../../records/batch.ts'
import { writeInt64 } from '../../bytes/int64.ts'
import { isCompressionError } from '../../records/compression/errors.ts'
import { compress } from '../../records/compression/index.ts'
import { RecordCursor, openPayload } from '../../records/record.ts'

const DELETE_HORIZON_BIT = 0x40
const CODEC_MASK = 0x07
/** What opening one compressed batch may cost. */
const OPENED_BYTES_MAX = 128 * 1024 * 1024

/** What a cleaning knows when it looks at a batch. */
export interface FilterRules {
  /** The key's latest offset in the part that was read into the map, -1 when it is not there. */
  latestOffset(key: Uint8Array): number
  /** Exclusive end of the part that was read into the map: records from here on stay. */
  readonly mapEnd: number
  /**
   * Only below it may a tombstone go, once its horizon has passed: so far it is durable that the
   * log was cleaned before, and that may be all that others know of the tombstone (S17).
   */
  readonly cleanedBefore: number
  readonly nowMs: number
  readonly deleteRetentionMs: number
  /** Whether the batch must be left, even without records. */
  keepsEmpty(batch: BatchCursor): boolean
}

/**
 * `same`: the batch as it is. `none`: nothing. Else the batch in its place, lent until the next one
 * is filtered.
 */
export type Filtered =
  | { readonly type: 'same' }
  | { readonly type: 'none' }
  | { readonly type: 'changed'; readonly bytes: Uint8Array }

const SAME: Filtered = { type: 'same' }
const NONE: Filtered = { type: 'none' }

/**
 * Whether a batch's records are the cleaner's business. Those of a transaction are not, before
 * there are transactions: an aborted record must not displace one that was committed.
 */
export function isCleanable(batch: BatchCursor): boolean {
  return !batch.isControl && !batch.isTransactional
}

/** The records of the batch, opened; null when it cannot be read to its end. */
export function openRecords(batch: BatchCursor): Uint8Array | null {
  try {
    const payload = openPayload(batch, OPENED_BYTES_MAX)
    const cursor = new RecordCursor(payload)
    for (let count = 0; count < batch.recordCount; count += 1) {
      cursor.next()
      if (cursor.offsetDelta < 0 || cursor.offsetDelta > batch.lastOffsetDelta) return null
    }
    return cursor.atEnd ? payload : null
  } catch (thrown) {
    if (thrown instanceof MalformedBytes || isCompressionError(thrown)) return null
    throw thrown
  }
}

/** What is left of the batch at the cursor, which is whole and sound. */
export function filterBatch(batch: BatchCursor, rules: FilterRules): Filtered {
  if (batch.baseOffset >= rules.mapEnd) return SAME
  if (batch.recordCount === 0) return rules.keepsEmpty(batch) ? SAME : NONE
  if (!isCleanable(batch)) return SAME
  const payload = openRecords(batch)
  if (payload === null) return SAME

  const kept = selectRecords(batch, payload, rules)
  if (kept.records === 0) return rules.keepsEmpty(batch) ? changed(withoutRecords(batch)) : NONE
  const horizonMs = newHorizonMs(batch, kept, rules)
  if (kept.records === batch.recordCount && horizonMs === null) return SAME
  return changed(rebuilt(batch, payload, kept, horizonMs))
}

const changed = (bytes: Uint8Array): Filtered => ({ type: 'changed', bytes })

interface Selection {
  /** Of each record, in order, whether it stays. */
  readonly stays: readonly boolean[]
  readonly records: number
  readonly tombstones: number
  /** The largest timestamp delta, and the one that is farthest from 0, as a distance. */
  readonly maxDeltaMs: number
  readonly farthestMs: number
}

/** Null: none is to be set. A hostile timestamp near 2^53 cannot be measured from another base. */
function newHorizonMs(batch: BatchCursor, kept: Selection, rules: FilterRules): number | null {
  if (kept.tombstones === 0 || batch.hasDeleteHorizon) return null
  const horizonMs = rules.nowMs + rules.deleteRetentionMs
  const { baseTimestampMs } = batch
  const farthestMs = kept.farthestMs + Math.abs(baseTimestampMs - horizonMs)
  return [baseTimestampMs, horizonMs, farthestMs].every(Number.isSafeInteger) ? horizonMs : null
}

function selectRecords(batch: BatchCursor, payload: Uint8Array, rules: FilterRules): Selection {
  const { baseOffset, recordCount } = batch
  const horizonPassed = batch.hasDeleteHorizon && batch.baseTimestampMs <= rules.nowMs
  const cursor = new RecordCursor(payload)
  const stays: boolean[] = []
  let records = 0
  let tombstones = 0
  let maxDeltaMs = -Infinity
  let farthestMs = 0
  for (let count = 0; count < recordCount; count += 1) {
    cursor.next()
    const offset = baseOffset + cursor.offsetDelta
    const { key, hasValue } = cursor
    const isWanted = staysAt(offset, { key, hasValue, horizonPassed }, rules)
    stays.push(isWanted)
    if (!isWanted) continue
    records += 1
    maxDeltaMs = Math.max(maxDeltaMs, cursor.timestampDelta)
    farthestMs = Math.max(farthestMs, Math.abs(cursor.timestampDelta))
    if (!hasValue && offset < rules.mapEnd) tombstones += 1
  }
  return { stays, records, tombstones, maxDeltaMs, farthestMs }
}

function staysAt(
  offset: number,
  record: {
    readonly key: Uint8Array | null
    readonly hasValue: boolean
    readonly horizonPassed: boolean
  },
  rules: FilterRules,
): boolean {
  if (offset >= rules.mapEnd) return true
  // From before the topic was compacted: nobody could ever replace it.
  if (record.key === null) return false
  if (offset < rules.latestOffset(record.key)) return false
  return record.hasValue || !(record.horizonPassed && offset < rules.cleanedBefore)
}

/** A header that says what the batch was: its offsets, its producer, its greatest timestamp. */
function withoutRecords(batch: BatchCursor): Uint8Array {
  const bytes = batch.bytes.slice(batch.at, batch.at + BATCH_HEADER_BYTES)
  const { view } = new BatchCursor(bytes)
  view.setInt16(21, batch.attributes & ~(DELETE_HORIZON_BIT | CODEC_MASK))
  writeInt64(view, 27, batch.maxTimestampMs)
  return sealed(bytes, 0)
}

/** The records that stay, in a batch of the same offsets; with a horizon, measured from that. */
function rebuilt(
  batch: BatchCursor,
  payload: Uint8Array,
  { stays, records, maxDeltaMs }: Selection,
  horizonMs: number | null,
): Uint8Array {
  const { baseTimestampMs, codecNumber } = batch
  const shiftMs = horizonMs === null ? 0 : baseTimestampMs - horizonMs
  const writer = new Writer(room(BATCH_HEADER_BYTES + payload.byteLength))
  writer.bytes(batch.bytes.subarray(batch.at, batch.at + BATCH_HEADER_BYTES))
  const cursor = new RecordCursor(payload)
  for (const isWanted of stays) {
    cursor.next()
    if (isWanted) copyRecord(writer, payload, cursor, shiftMs)
  }
  const bytes = compressedAs(CODECS[codecNumber] ?? 'none', writer.finish())
  const { view } = new BatchCursor(bytes)
  if (horizonMs !== null) {
    view.setInt16(21, batch.attributes | DELETE_HORIZON_BIT)
    writeInt64(view, 27, horizonMs)
  }
  const maxTimestampMs = baseTimestampMs + maxDeltaMs
  if (batch.timestampType === 'CreateTime' && Number.isSafeInteger(maxTimestampMs))
    writeInt64(view, 35, maxTimestampMs)
  return sealed(bytes, records)
}

/** Used again and again: memory for each batch would be garbage as large as the log. */
let spare = unzeroedBytes(64 * 1024)
const SPARE_BYTES_MAX = 2 * 1024 * 1024

function room(sizeBytes: number): Uint8Array {
  if (sizeBytes <= spare.byteLength) return spare
  const fresh = unzeroedBytes(Math.max(sizeBytes, 2 * spare.byteLength))
  if (fresh.byteLength <= SPARE_BYTES_MAX) spare = fresh
  return fresh
}

/** The same batch with its records compressed. */
function compressedAs(codec: Codec, batch: Uint8Array): Uint8Array {
  if (codec === 'none') return batch
  const compressed = compress(codec, batch.subarray(BATCH_HEADER_BYTES))
  const bytes = new Uint8Array(BATCH_HEADER_BYTES + compressed.byteLength)
  bytes.set(batch.subarray(0, BATCH_HEADER_BYTES))
  bytes.set(compressed, BATCH_HEADER_BYTES)
  return bytes
}

function copyRecord(
  writer: Writer,
  payload: Uint8Array,
  cursor: RecordCursor,
  shiftMs: number,
): void {
  if (shiftMs === 0) return writer.bytes(payload.subarray(cursor.recordAt, cursor.recordEnd))
  const delta = cursor.timestampDelta + shiftMs
  const rest = payload.subarray(cursor.offsetDeltaAt, cursor.recordEnd)
  writer.varint(1 + varlongBytes(delta) + rest.byteLength)
  writer.int8(payload[cursor.attributesAt] as number)
  writer.varlong(delta)
  writer.bytes(rest)
}

/** Length, count of records and CRC, which depend on all the rest. */
function sealed(bytes: Uint8Array, recordCount: number): Uint8Array {
  const cursor = new BatchCursor(bytes)
  cursor.view.setInt32(8, bytes.byteLength - BATCH_PREFIX_BYTES)
  cursor.view.setInt32(57, recordCount)
  cursor.stampCrc()
  return bytes
}
