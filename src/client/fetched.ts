/**
 * From the bytes a fetch returned to the records a reader may see: whole batches with a right CRC,
 * opened, without control records, without what an aborted transaction wrote (KIP-98), from the
 * position on. Pure.
 */
import { LograftError } from '../base/errors.ts'
import { Reader } from '../bytes/reader.ts'
import type { BatchCursor } from '../records/batch.ts'
import { BATCH_PREFIX_BYTES, BatchCursor as Cursor, MAGIC } from '../records/batch.ts'
import type { LogRecord } from '../records/record.ts'
import { readRecords } from '../records/record.ts'

/** Bytes that one batch may decompress to. */
const OPENED_BYTES_MAX = 1024 * 1024 * 1024

/** A batch that came over the wire and is not what its header says. */
export class FetchedDataError extends LograftError<'FETCHED_CORRUPT' | 'FETCHED_OLD_FORMAT'> {
  override readonly name = 'FetchedDataError'
}

export interface AbortedTransaction {
  readonly producerId: number
  readonly firstOffset: number
}

/** A batch without those of its records that are not to be seen. */
export interface ReadableBatch {
  /** The position behind the batch. */
  readonly nextOffset: number
  /** Lazy; borrowed from the fetched bytes. Throws FetchedDataError. */
  readonly records: Iterable<LogRecord>
}

const NO_RECORDS: readonly LogRecord[] = []

export interface Window {
  /** The first offset wanted. */
  readonly position: number
  /** The first one not wanted any more; null: all. */
  readonly end: number | null
  /** Null for a reader of uncommitted records. */
  readonly aborted: readonly AbortedTransaction[] | null
}

/**
 * The whole batches in `bytes` that reach into the window, each with its records within it. A last
 * batch that is cut short is not there yet.
 */
export function* readableBatches(
  bytes: Uint8Array,
  { position, end, aborted }: Window,
): Generator<ReadableBatch, void, undefined> {
  const transactions = new AbortedTransactions(aborted ?? [])
  const window = { from: position, to: end ?? Infinity }
  for (const cursor = new Cursor(bytes); hasBatch(cursor); cursor.next()) {
    check(cursor)
    const { nextOffset } = cursor
    const isHidden = transactions.isAborted(cursor) || cursor.isControl
    if (nextOffset <= position) continue
    const batch = new Cursor(bytes, cursor.at)
    yield { nextOffset, records: isHidden ? NO_RECORDS : recordsWithin(batch, window) }
  }
}

/** Whether a whole batch is there; an old one has a shorter header, and is refused by `check`. */
function hasBatch(cursor: BatchCursor): boolean {
  const left = cursor.bytes.byteLength - cursor.at
  return left > BATCH_PREFIX_BYTES + 4 && left >= cursor.sizeBytes
}

function check(batch: BatchCursor): void {
  const where = `the batch at offset ${batch.baseOffset}`
  if (batch.magic !== MAGIC)
    throw new FetchedDataError(
      'FETCHED_OLD_FORMAT',
      `${where} has the old format ${batch.magic}, which is not read here`,
    )
  if (!batch.isWhole || !batch.crcMatches())
    throw new FetchedDataError('FETCHED_CORRUPT', `${where} is damaged: its CRC does not match`)
}

function* recordsWithin(
  batch: BatchCursor,
  { from, to }: { readonly from: number; readonly to: number },
): Generator<LogRecord> {
  try {
    for (const record of readRecords(batch, { maxBytes: OPENED_BYTES_MAX }))
      if (record.offset >= from && record.offset < to) yield record
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown)
    throw new FetchedDataError(
      'FETCHED_CORRUPT',
      `the batch at offset ${batch.baseOffset} cannot be opened: ${why}`,
      { cause: thrown },
    )
  }
}

/** Follows the batches of a fetch and knows which belong to a transaction that was aborted. */
class AbortedTransactions {
  readonly #coming: AbortedTransaction[]
  readonly #open = new Set<number>()

  constructor(aborted: readonly AbortedTransaction[]) {
    this.#coming = [...aborted].sort((a, b) => a.firstOffset - b.firstOffset)
  }

  isAborted(batch: BatchCursor): boolean {
    const { lastOffset, producerId } = batch
    for (let next = this.#coming[0]; next && next.firstOffset <= lastOffset; [next] = this.#coming)
      this.#open.add((this.#coming.shift() as AbortedTransaction).producerId)
    if (batch.isControl && isAbortMarker(batch)) this.#open.delete(producerId)
    return batch.isTransactional && this.#open.has(producerId)
  }
}

/** The key of a control record: version int16, type int16; type 0 aborts. */
function isAbortMarker(batch: BatchCursor): boolean {
  const [marker] = readRecords(batch, { maxBytes: OPENED_BYTES_MAX })
  const key = marker?.key
  return (
    key !== null && key !== undefined && key.byteLength >= 4 && new Reader(key, 2).int16() === 0
  )
}
