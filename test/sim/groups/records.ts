/** Records as they are found in the log of a compacted partition. */
import { BatchCursor } from '../../../src/records/batch.ts'
import { openPayload, RecordCursor } from '../../../src/records/record.ts'

export interface SeenRecord {
  readonly offset: number
  readonly leaderEpoch: number
  /** One character for each byte. */
  readonly key: string
  readonly value: Uint8Array | null
  readonly timestampMs: number
}

const OPENED_BYTES_MAX = 10_000_000

/** The records in whole batches, but those below `from`; and where the last batch ends. */
export function recordsIn(
  chunks: readonly Uint8Array[],
  from: number,
): { readonly records: readonly SeenRecord[]; readonly nextOffset: number } {
  const records: SeenRecord[] = []
  let nextOffset = from
  for (const chunk of chunks)
    for (const batch = new BatchCursor(chunk); batch.isWhole; batch.next()) {
      if (batch.nextOffset <= from) continue
      nextOffset = batch.nextOffset
      for (const record of recordsOf(batch)) if (record.offset >= from) records.push(record)
    }
  return { records, nextOffset }
}

function* recordsOf(batch: BatchCursor): Generator<SeenRecord> {
  const { baseOffset, partitionLeaderEpoch: leaderEpoch, recordCount, baseTimestampMs } = batch
  const cursor = new RecordCursor(openPayload(batch, OPENED_BYTES_MAX))
  for (let count = 0; count < recordCount; count += 1) {
    cursor.next()
    const { key, value } = cursor
    yield {
      offset: baseOffset + cursor.offsetDelta,
      leaderEpoch,
      key: key === null ? '' : Buffer.from(key).toString('latin1'),
      value: value === null ? null : Uint8Array.from(value),
      timestampMs: baseTimestampMs + cursor.timestampDelta,
    }
  }
}

export function isSameValue(one: Uint8Array | null, other: Uint8Array | null): boolean {
  if (one === null || other === null) return one === other
  return Buffer.compare(one, other) === 0
}

export function told({ offset, leaderEpoch, value }: SeenRecord): string {
  return `the ${value === null ? 'tombstone' : 'record'} at ${offset} of epoch ${leaderEpoch}`
}
