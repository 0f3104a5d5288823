/**
 * What a client's produce must satisfy before its batch is appended, in Kafka's order and with
 * Kafka's errors (KIP-98, KIP-467; produce's version notes for one batch and for zstd).
 *
 * The batch stays closed: header and CRC are all that is looked at, unless the topic needs to see
 * records (compaction's keys, a lower bound for timestamps, another codec). Pure: the time comes
 * with the rules. It patches the given bytes in place where it must change something; it never
 * keeps them. What depends on the log (sequences that follow, the segment's size) is `log/`'s.
 */
import { LograftError } from '../base/errors.ts'
import { MalformedBytes } from '../bytes/malformed.ts'
import { errors } from '../wire/errors.ts'
import { BATCH_HEADER_BYTES, BatchCursor, MAGIC, NO_TIMESTAMP, type Codec } from './batch.ts'
import { withCodec } from './builder.ts'
import { isCompressionError } from './compression/errors.ts'
import { codecReady } from './compression/index.ts'
import { MIN_RECORD_BYTES, RecordCursor, openPayload } from './record.ts'

/** What the topic and the request demand of a batch. */
export interface ProduceRules {
  /** Version of the Produce request. */
  readonly apiVersion: number
  /** `max.message.bytes`: of the whole batch as it is stored. */
  readonly maxMessageBytes: number
  /** `message.timestamp.type` */
  readonly timestampType: 'CreateTime' | 'LogAppendTime'
  /** `message.timestamp.before.max.ms`; Infinity: never refuse. */
  readonly timestampBeforeMaxMs: number
  /** `message.timestamp.after.max.ms`; Infinity: never refuse. */
  readonly timestampAfterMaxMs: number
  /** The broker's wall clock, milliseconds since 1970. */
  readonly nowMs: number
  /** `compression.type`; with zstd, `loadCodec('zstd')` must have resolved. */
  readonly compressionType: 'producer' | 'uncompressed' | Codec
  /** Whether `cleanup.policy` has `compact`. */
  readonly keysRequired: boolean
  /** What a batch that must be opened may decompress to. */
  readonly maxUncompressedBytes: number
}

/** A record that was refused; `batchIndex` counts records from 0 within the batch (KIP-467). */
export interface RecordError {
  readonly batchIndex: number
  readonly message: string
}

export interface AcceptedBatch {
  readonly errorCode: typeof errors.NONE
  /** The bytes given, perhaps patched in place; or a rebuilt batch if its codec had to change. */
  readonly batch: Uint8Array
  /** What the produce response says: −1 with CreateTime. */
  readonly logAppendTimeMs: number
}

type RefusalCode =
  | typeof errors.CORRUPT_MESSAGE
  | typeof errors.MESSAGE_TOO_LARGE
  | typeof errors.INVALID_TIMESTAMP
  | typeof errors.UNSUPPORTED_COMPRESSION_TYPE
  | typeof errors.INVALID_RECORD

export interface RefusedBatch {
  readonly errorCode: RefusalCode
  readonly errorMessage: string
  /** Empty unless single records are at fault; at most `MAX_RECORD_ERRORS`. */
  readonly recordErrors: readonly RecordError[]
}

/** `errorCode` tells the two apart. */
export type ValidatedBatch = AcceptedBatch | RefusedBatch

/** Bounds the response to a batch in which every record is at fault. */
export const MAX_RECORD_ERRORS = 10_000

const NO_RECORD_ERRORS: readonly RecordError[] = []

/**
 * Judges what one partition of a Produce request carries: exactly one batch. Refusals are values:
 * CORRUPT_MESSAGE, INVALID_RECORD, MESSAGE_TOO_LARGE, INVALID_TIMESTAMP and
 * UNSUPPORTED_COMPRESSION_TYPE. Throws CODEC_NOT_LOADED only (see `compressionType`).
 */
export function validateProduce(records: Uint8Array | null, rules: ProduceRules): ValidatedBatch {
  if (records === null || records.byteLength === 0)
    return refuse(errors.INVALID_RECORD, 'A produce needs one record batch per partition.')
  const batch = new BatchCursor(records)
  return (
    refuseFraming(batch, rules) ??
    refuseStored(batch, rules) ??
    refuseHeader(batch) ??
    refuseTimestamps(batch) ??
    (mustOpen(batch, rules) ? openAndAccept(batch, rules) : accept(batch, rules))
  )
}

/** Is there exactly one batch, of a kind that this request may carry? Kafka asks this first. */
function refuseFraming(batch: BatchCursor, rules: ProduceRules): RefusedBatch | null {
  const available = batch.bytes.byteLength
  // Old message sets have their magic at the same place, so they can be named for what they are.
  if (available <= 16) return refuse(errors.CORRUPT_MESSAGE, 'The batch is cut short.')
  const { magic, sizeBytes } = batch
  if (magic === 0 || magic === 1)
    return refuse(errors.INVALID_RECORD, 'Only record batches of version 2 are accepted.')
  if (magic !== MAGIC) return refuse(errors.CORRUPT_MESSAGE, `Magic ${magic} is not known.`)
  if (sizeBytes < BATCH_HEADER_BYTES)
    return refuse(errors.CORRUPT_MESSAGE, `A batch of ${sizeBytes} bytes is impossible.`)
  if (sizeBytes > available)
    return refuse(
      errors.CORRUPT_MESSAGE,
      `The batch is cut short: ${available} of ${sizeBytes} bytes.`,
    )
  if (batch.codec === 'zstd' && rules.apiVersion < 7)
    return refuse(errors.UNSUPPORTED_COMPRESSION_TYPE, 'zstd needs Produce version 7.')
  if (sizeBytes < available) return refuseRest(new BatchCursor(batch.bytes, sizeBytes))
  return null
}

function refuseRest(rest: BatchCursor): RefusedBatch {
  return rest.isWhole
    ? refuse(errors.INVALID_RECORD, 'A produce carries one record batch per partition.')
    : refuse(errors.CORRUPT_MESSAGE, 'The batch is followed by bytes that are none.')
}

/** Is it what the log may store, and what the producer sent? */
function refuseStored(batch: BatchCursor, rules: ProduceRules): RefusedBatch | null {
  if (batch.baseOffset !== 0)
    return refuse(errors.INVALID_RECORD, `The base offset is ${batch.baseOffset} instead of 0.`)
  if (batch.sizeBytes > rules.maxMessageBytes) return refuseSize(batch.sizeBytes, rules)
  if (!batch.crcMatches())
    return refuse(errors.CORRUPT_MESSAGE, 'The checksum does not match the batch.')
  return null
}

function refuseSize(sizeBytes: number, { maxMessageBytes }: ProduceRules): RefusedBatch {
  return refuse(
    errors.MESSAGE_TOO_LARGE,
    `The batch has ${sizeBytes} bytes; max.message.bytes is ${maxMessageBytes}.`,
  )
}

/** Does the header make sense as a client's? Behind the CRC check: so these are no bit flips. */
function refuseHeader(batch: BatchCursor): RefusedBatch | null {
  const { recordCount, lastOffsetDelta, producerId, codec } = batch
  const invalid = (message: string) => refuse(errors.INVALID_RECORD, message)
  if (codec === undefined)
    return refuse(errors.UNSUPPORTED_COMPRESSION_TYPE, `Codec ${batch.codecNumber} is not known.`)
  if (recordCount <= 0 || lastOffsetDelta !== recordCount - 1)
    return invalid(`${recordCount} records with a last offset delta of ${lastOffsetDelta}.`)
  // Says nothing about the records, but keeps a lie from eating two thousand million offsets.
  if (codec === 'none' && recordCount * MIN_RECORD_BYTES > batch.payload.byteLength)
    return invalid(`${recordCount} records do not fit into ${batch.payload.byteLength} bytes.`)
  if (batch.isControl) return invalid('Clients may not write control batches.')
  if (batch.hasDeleteHorizon) return invalid('Only the broker sets a delete horizon.')
  if (!Number.isSafeInteger(producerId))
    return invalid('The producer id is beyond what can be represented.')
  if (batch.isIdempotent && (batch.baseSequence < 0 || batch.producerEpoch < 0))
    return invalid(
      `Producer ${producerId} sent epoch ${batch.producerEpoch}, sequence ${batch.baseSequence}.`,
    )
  if (batch.isTransactional && !batch.isIdempotent)
    return invalid('A transactional batch needs a producer id.')
  return null
}

function refuseTimestamps(batch: BatchCursor): RefusedBatch | null {
  if (batch.timestampType === 'LogAppendTime')
    return refuse(errors.INVALID_TIMESTAMP, 'Only the broker sets the type LogAppendTime.')
  if (!Number.isSafeInteger(batch.baseTimestampMs) || !Number.isSafeInteger(batch.maxTimestampMs))
    return refuse(errors.INVALID_TIMESTAMP, 'A timestamp is beyond what can be represented.')
  return null
}

/**
 * Whether records must be seen. Timestamps too far ahead show in the header's maximum (the records
 * are opened only to name the offenders); so with Kafka's default window, one hour ahead and
 * unbounded behind, batches stay closed. Nothing in the header bounds the earliest timestamp, so a
 * finite `message.timestamp.before.max.ms` costs the opening of every batch. A producer that lies
 * about the maximum misleads lookups by time in what it wrote itself, and nothing else.
 */
function mustOpen(batch: BatchCursor, rules: ProduceRules): boolean {
  if (rules.keysRequired || batch.codec !== targetCodec(batch, rules)) return true
  if (rules.timestampType === 'LogAppendTime') return false
  if (rules.timestampBeforeMaxMs !== Infinity) return true
  const latestMs = Math.max(batch.baseTimestampMs, batch.maxTimestampMs)
  return latestMs - rules.nowMs > rules.timestampAfterMaxMs
}

function targetCodec(batch: BatchCursor, { compressionType }: ProduceRules): Codec {
  if (compressionType === 'producer') return batch.codec ?? 'none'
  return compressionType === 'uncompressed' ? 'none' : compressionType
}

/** The end of every accepted batch; the only place that stamps LogAppendTime. */
function accept(batch: BatchCursor, rules: ProduceRules): AcceptedBatch {
  const isLogAppendTime = rules.timestampType === 'LogAppendTime'
  if (isLogAppendTime) batch.stampLogAppendTime(rules.nowMs)
  return {
    errorCode: errors.NONE,
    batch: batch.bytes,
    logAppendTimeMs: isLogAppendTime ? rules.nowMs : NO_TIMESTAMP,
  }
}

function openAndAccept(batch: BatchCursor, rules: ProduceRules): ValidatedBatch {
  try {
    const payload = openPayload(batch, rules.maxUncompressedBytes)
    const inspection = inspect(payload, batch, rules)
    if (inspection.refusal !== null) return inspection.refusal

    const codec = targetCodec(batch, rules)
    const stored = codec === batch.codec ? batch : recompress(batch, codec, payload)
    // Recompression may have made it larger than the topic allows.
    if (stored.sizeBytes > rules.maxMessageBytes) return refuseSize(stored.sizeBytes, rules)
    // Opened anyway, so a maximum that is not the records' own is put right, as in Kafka.
    if (inspection.maxTimestampMs !== stored.maxTimestampMs)
      stored.stampMaxTimestamp(inspection.maxTimestampMs)
    return accept(stored, rules)
  } catch (thrown) {
    if (thrown instanceof MalformedBytes)
      return refuse(errors.INVALID_RECORD, `The records are malformed: ${thrown.message}.`)
    if (!isCompressionError(thrown)) throw thrown
    // Too large is worth telling apart: producers split such a batch and try again.
    return thrown.code === 'DECOMPRESSED_TOO_LARGE'
      ? refuse(errors.MESSAGE_TOO_LARGE, `The batch cannot be opened: ${thrown.message}.`)
      : refuse(errors.INVALID_RECORD, `The batch cannot be opened: ${thrown.message}.`)
  }
}

function recompress(batch: BatchCursor, codec: Codec, payload: Uint8Array): BatchCursor {
  if (!codecReady(codec))
    throw new LograftError('CODEC_NOT_LOADED', `compression.type=${codec} was not loaded first`)
  return new BatchCursor(withCodec(batch, codec, payload))
}

/** What a walk over the records of an opened batch found. */
interface Inspection {
  readonly refusal: RefusedBatch | null
  readonly maxTimestampMs: number
}

/** Checks an opened batch record by record. Throws `MalformedBytes`. */
function inspect(payload: Uint8Array, batch: BatchCursor, rules: ProduceRules): Inspection {
  const { recordCount, baseTimestampMs } = batch
  const faults = new RecordFaults()
  const cursor = new RecordCursor(payload)
  let maxTimestampMs = NO_TIMESTAMP
  for (let index = 0; index < recordCount; index += 1) {
    cursor.next()
    if (cursor.offsetDelta !== index)
      throw new MalformedBytes(`record ${index} has offset delta ${cursor.offsetDelta}`)
    const timestampMs = baseTimestampMs + cursor.timestampDelta
    maxTimestampMs = Math.max(maxTimestampMs, timestampMs)
    if (rules.keysRequired && !cursor.hasKey) faults.add(index, errors.INVALID_RECORD)
    else if (isOutsideWindow(timestampMs, rules)) faults.add(index, errors.INVALID_TIMESTAMP)
  }
  if (!cursor.atEnd) throw new MalformedBytes(`there are bytes behind ${recordCount} records`)
  return { refusal: faults.refusal(), maxTimestampMs }
}

function isOutsideWindow(timestampMs: number, rules: ProduceRules): boolean {
  if (!Number.isSafeInteger(timestampMs)) return true
  if (rules.timestampType === 'LogAppendTime' || timestampMs === NO_TIMESTAMP) return false
  const ageMs = rules.nowMs - timestampMs
  return ageMs > rules.timestampBeforeMaxMs || -ageMs > rules.timestampAfterMaxMs
}

/** Gathers the records at fault, and sums them up as Kafka does: one bad time decides the code. */
class RecordFaults {
  readonly #recordErrors: RecordError[] = []
  #count = 0
  #errorCode: typeof errors.INVALID_RECORD | typeof errors.INVALID_TIMESTAMP = errors.INVALID_RECORD

  add(batchIndex: number, errorCode: 87 | 32): void {
    this.#count += 1
    if (errorCode === errors.INVALID_TIMESTAMP) this.#errorCode = errorCode
    if (this.#recordErrors.length === MAX_RECORD_ERRORS) return
    const message =
      errorCode === errors.INVALID_TIMESTAMP
        ? 'The timestamp is outside the range that the topic accepts.'
        : 'A compacted topic needs a key in every record.'
    this.#recordErrors.push({ batchIndex, message })
  }

  refusal(): RefusedBatch | null {
    if (this.#count === 0) return null
    return refuse(
      this.#errorCode,
      this.#count === 1 ? 'One record was refused.' : `${this.#count} records were refused.`,
      this.#recordErrors,
    )
  }
}

function refuse(
  errorCode: RefusalCode,
  errorMessage: string,
  recordErrors = NO_RECORD_ERRORS,
): RefusedBatch {
  return { errorCode, errorMessage, recordErrors }
}
