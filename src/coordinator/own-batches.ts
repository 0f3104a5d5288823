/**
 * The batches that a coordinator's records are appended in: as few as `max.message.bytes` allows,
 * and all in one array, since an append is whole or nothing.
 */
import { BATCH_HEADER_BYTES } from '../records/batch.ts'
import { buildBatch } from '../records/builder.ts'
import type { CoordinatorRecord } from './shard.ts'

/** Of a record, beside its key and its value, at the most. */
const RECORD_OVERHEAD_BYTES = 32

function sizeOf({ key, value }: CoordinatorRecord): number {
  return RECORD_OVERHEAD_BYTES + key.byteLength + (value?.byteLength ?? 0)
}

/** Some record alone may be too large for any batch. */
export function hasRoomFor(records: readonly CoordinatorRecord[], maxBytes: number): boolean {
  return records.every((record) => BATCH_HEADER_BYTES + sizeOf(record) <= maxBytes)
}

/** At least one record is needed. A record that is too large has a batch of its own. */
export function ownBatches(
  records: readonly CoordinatorRecord[],
  { timestampMs, maxBytes }: { readonly timestampMs: number; readonly maxBytes: number },
): Uint8Array {
  const batches: Uint8Array[] = []
  let from = 0
  let sizeBytes = BATCH_HEADER_BYTES
  const close = (to: number) => {
    batches.push(buildBatch({ records: records.slice(from, to), timestampMs }))
    from = to
    sizeBytes = BATCH_HEADER_BYTES
  }
  for (const [index, record] of records.entries()) {
    const ownBytes = sizeOf(record)
    if (index > from && sizeBytes + ownBytes > maxBytes) close(index)
    sizeBytes += ownBytes
  }
  close(records.length)
  return joined(batches)
}

function joined(batches: readonly Uint8Array[]): Uint8Array {
  const [first] = batches
  if (batches.length === 1 && first !== undefined) return first
  const whole = new Uint8Array(batches.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const batch of batches) {
    whole.set(batch, at)
    at += batch.byteLength
  }
  return whole
}
