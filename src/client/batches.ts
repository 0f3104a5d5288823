/**
 * Records that wait to be sent to one partition, gathered into batches in the order they came.
 * Whoever sends takes one batch at a time and puts back what must be sent in smaller pieces. Each
 * record keeps its ordinal, by which its owner knows it. Pure.
 */
import type { RecordToWrite } from '../records/builder.ts'

/** What a record costs beyond its key, value and headers: varints and deltas. */
const RECORD_OVERHEAD_BYTES = 16
const HEADER_OVERHEAD_BYTES = 10

export interface PendingBatch {
  readonly records: RecordToWrite[]
  /** Ascending; as many as records. */
  readonly ordinals: number[]
  sizeBytes: number
  /** Of the first record; null until it is sent for the first time, or when not idempotent. */
  baseSequence: number | null
}

/** About how many bytes a record takes in a batch. */
export function recordBytes({ key, value, headers }: RecordToWrite): number {
  let bytes = RECORD_OVERHEAD_BYTES + (key?.byteLength ?? 0) + (value?.byteLength ?? 0)
  for (const header of headers ?? [])
    bytes += HEADER_OVERHEAD_BYTES + header.key.length * 3 + (header.value?.byteLength ?? 0)
  return bytes
}

export class BatchQueue {
  readonly #batchBytes: number
  readonly #full: PendingBatch[] = []
  #filling: PendingBatch | null = null

  /** `batchBytes`: a batch is full when one more record would pass it. */
  constructor({ batchBytes }: { readonly batchBytes: number }) {
    this.#batchBytes = batchBytes
  }

  /** Whether a batch is full, so that there is nothing to wait for. */
  get hasFull(): boolean {
    return this.#full.length > 0
  }

  get isEmpty(): boolean {
    return this.#full.length === 0 && this.#filling === null
  }

  /** True when the record began a new batch behind a full one. */
  add(record: RecordToWrite, ordinal: number, sizeBytes: number): boolean {
    const filling = this.#filling
    if (filling !== null && filling.sizeBytes + sizeBytes <= this.#batchBytes) {
      filling.records.push(record)
      filling.ordinals.push(ordinal)
      filling.sizeBytes += sizeBytes
      return false
    }
    if (filling !== null) this.#full.push(filling)
    this.#filling = { records: [record], ordinals: [ordinal], sizeBytes, baseSequence: null }
    return filling !== null
  }

  /** The oldest batch, full or not. */
  take(): PendingBatch | null {
    const oldest = this.#full.shift() ?? this.#filling
    if (oldest === this.#filling) this.#filling = null
    return oldest
  }

  /** Puts a batch back in two halves, which keep its sequence numbers, to be taken next. */
  putBackHalved(batch: PendingBatch): void {
    const middle = batch.records.length >> 1
    this.#full.unshift(part(batch, 0, middle), part(batch, middle, batch.records.length))
  }
}

function part({ records, ordinals, baseSequence }: PendingBatch, from: number, to: number) {
  const own = records.slice(from, to)
  return {
    records: own,
    ordinals: ordinals.slice(from, to),
    sizeBytes: own.reduce((sum, record) => sum + recordBytes(record), 0),
    baseSequence: baseSequence === null ? null : (baseSequence + from) % 0x8000_0000,
  }
}
