/**
 * The fold of a piece of a log: the last record of each key, and whether all its records are there
 * or compaction has been at it. Control batches hold no records, and transactional ones count when
 * there are transactions, as for the log cleaner. A batch that cannot be opened is left out on
 * every replica alike. Pure.
 */
import { BatchCursor } from '../../records/batch.ts'
import type { Codec } from '../../records/batch.ts'
import { RecordCursor } from '../../records/record.ts'
import { isCleanable, openRecords } from '../../log/cleaner/batch-filter.ts'
import type { CoordinatorRecord } from '../shard.ts'

export interface Folded {
  /** The last record of each key, by the key as text. What is in it is borrowed from the log. */
  readonly records: ReadonlyMap<string, CoordinatorRecord>
  /** Where the piece ends. */
  readonly endOffset: number
  /** Of the last batch. */
  readonly leaderEpoch: number
  /** Whether every offset from the first to the end has its record. */
  readonly isWhole: boolean
  /** The first offset of a batch that could not be opened, or null. */
  readonly unreadableAt: number | null
}

/** Folds whole batches, but what is below `fromOffset`. Their codecs are loaded. */
export function foldBatches(chunks: readonly Uint8Array[], fromOffset: number): Folded {
  const records = new Map<string, CoordinatorRecord>()
  let endOffset = fromOffset
  let leaderEpoch = -1
  let isWhole = true
  let unreadableAt: number | null = null
  for (const batch of batchesIn(chunks)) {
    if (batch.nextOffset <= endOffset) continue
    isWhole &&= batch.baseOffset <= endOffset && batch.recordCount === batch.lastOffsetDelta + 1
    const payload = isCleanable(batch) ? openRecords(batch) : NO_RECORDS
    if (payload === null) unreadableAt ??= batch.baseOffset
    else if (payload.byteLength > 0) foldBatch(records, batch, { payload, fromOffset })
    endOffset = batch.nextOffset
    leaderEpoch = batch.partitionLeaderEpoch
  }
  return { records, endOffset, leaderEpoch, isWhole, unreadableAt }
}

/** The codecs of these batches. */
export function codecsOf(chunks: readonly Uint8Array[]): ReadonlySet<Codec> {
  const codecs = new Set<Codec>()
  for (const { codec } of batchesIn(chunks)) if (codec !== undefined) codecs.add(codec)
  return codecs
}

const NO_RECORDS = new Uint8Array()

/** The same cursor again and again. */
function* batchesIn(chunks: readonly Uint8Array[]): Generator<BatchCursor> {
  for (const chunk of chunks)
    for (const batch = new BatchCursor(chunk); batch.at < chunk.byteLength; batch.next())
      yield batch
}

function foldBatch(
  records: Map<string, CoordinatorRecord>,
  { baseOffset, recordCount }: BatchCursor,
  { payload, fromOffset }: { readonly payload: Uint8Array; readonly fromOffset: number },
): void {
  const cursor = new RecordCursor(payload)
  for (let count = 0; count < recordCount; count += 1) {
    cursor.next()
    const { key, value } = cursor
    if (key === null || baseOffset + cursor.offsetDelta < fromOffset) continue
    records.set(textOf(key), { key, value })
  }
}

/** One character for each byte. */
const textOf = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
