/**
 * Records and batches of every shape, for property tests; golden files; views made comparable.
 * Nothing here is random by itself: fast-check shrinks what it made.
 */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { CODECS } from '../../../src/records/batch.ts'
import type { BatchToWrite, RecordToWrite } from '../../../src/records/builder.ts'
import type { LogRecord } from '../../../src/records/record.ts'

/** Enough for whatever these tests make. */
export const MAX_BYTES = 16 * 1024 * 1024

const bytesOrNull = fc.option(fc.uint8Array({ maxLength: 300 }))

export const anyRecord: fc.Arbitrary<RecordToWrite> = fc.record({
  key: bytesOrNull,
  value: bytesOrNull,
  headers: fc.array(fc.record({ key: fc.string({ unit: 'grapheme' }), value: bytesOrNull }), {
    maxLength: 4,
  }),
  timestampMs: fc.oneof(
    fc.constant(-1),
    fc.integer({ min: 0, max: 2 ** 31 }),
    // Both halves of the safe range: their difference, a delta, must be safe as well.
    fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER - 1 }),
  ),
})

export const anyBatch: fc.Arbitrary<BatchToWrite> = fc.record({
  baseOffset: fc.maxSafeNat().map((offset) => Math.floor(offset / 2)),
  leaderEpoch: fc.integer({ min: -1, max: 2 ** 31 - 1 }),
  codec: fc.constantFrom(...CODECS),
  producerId: fc.integer({ min: -1, max: 2 ** 40 }),
  producerEpoch: fc.integer({ min: -1, max: 2 ** 15 - 1 }),
  baseSequence: fc.integer({ min: -1, max: 2 ** 31 - 1 }),
  isTransactional: fc.boolean(),
  isControl: fc.boolean(),
  records: fc.array(anyRecord, { minLength: 1, maxLength: 20 }),
})

/** What must be read back of `batch`. */
export function expectedRecords({ baseOffset = 0, records }: BatchToWrite): LogRecord[] {
  return records.map(({ key = null, value = null, headers = [], timestampMs = -1 }, index) => ({
    offset: baseOffset + index,
    timestampMs,
    key,
    value,
    headers,
  }))
}

/** A file of test/golden/records; its README says who wrote it. */
export function golden(name: string): Uint8Array<ArrayBuffer> {
  // A copy: what `readFileSync` gives may be a view of a pool.
  return Uint8Array.from(readFileSync(new URL(`../../golden/records/${name}`, import.meta.url)))
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
export const text = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : new TextDecoder().decode(bytes)

/** Plain views compare by content, whatever subclass the codec gave. */
export function plain(records: Iterable<LogRecord>): LogRecord[] {
  const copy = (bytes: Uint8Array | null) => (bytes === null ? null : Uint8Array.from(bytes))
  return [...records].map((record) => ({
    ...record,
    key: copy(record.key),
    value: copy(record.value),
    headers: record.headers.map(({ key, value }) => ({ key, value: copy(value) })),
  }))
}
