/**
 * What the load sent, what was acknowledged, and what a log must therefore hold. Pure: it is told
 * what was sent, answered and read, and returns the faults it finds as sentences. A record's value
 * is computed from who wrote it and its number, so a wrong byte anywhere is seen.
 */
import type { BatchCursor } from '../src/records/batch.ts'
import type { RecordToWrite } from '../src/records/builder.ts'
import { readRecords } from '../src/records/record.ts'

/** A batch that was sent at least once. */
export interface SentBatch {
  readonly writer: number
  readonly partition: number
  /** The number of its first record: of this writer, in this partition, from 0 without a gap. */
  readonly firstNumber: number
  readonly count: number
  /** Where the broker said it is; null: nobody knows whether it was written. */
  acknowledgedAt: number | null
  /** Where the last reading found it; null: it was not there. */
  foundAt: number | null
}

export interface Writer {
  readonly id: number
  /** Repeats what was not acknowledged; every batch must be there once in the end. */
  readonly idempotent: boolean
}

export interface Finding {
  readonly lost: number
  readonly duplicated: number
  readonly faults: readonly string[]
}

const FILLER = 'the quick brown fox jumps over the lazy dog. '.repeat(30)
const UNCOMPRESSED_MAX_BYTES = 64 << 20
const text = new TextDecoder()

const keyOf = (writer: number, number: number) => `${writer}:${number}`

/** The value of a record: different for every one, of different lengths. */
export function valueOf(writer: number, partition: number, number: number): string {
  const length = (writer * 7919 + partition * 104_729 + number * 31) % 1200
  return `writer ${writer} partition ${partition} number ${number} ${FILLER.slice(0, length)}`
}

const BEGIN_MS = 1_700_000_000_000

/** The records of a batch, as `buildBatch` takes them. */
export function recordsOf(batch: SentBatch): RecordToWrite[] {
  const encoder = new TextEncoder()
  return Array.from({ length: batch.count }, (_, index) => {
    const number = batch.firstNumber + index
    return {
      key: encoder.encode(keyOf(batch.writer, number)),
      value: encoder.encode(valueOf(batch.writer, batch.partition, number)),
      timestampMs: BEGIN_MS + number,
    }
  })
}

/** One partition's ledger. */
export class Ledger {
  readonly partition: number
  readonly #writers: readonly Writer[]
  /** By writer, in the order of numbers. */
  readonly #sent = new Map<number, SentBatch[]>()
  /** CRC by base offset of the batches that a consumer has seen: they may never change again. */
  readonly #consumed = new Map<number, number>()
  #highWatermarkSeen = 0

  constructor(partition: number, writers: readonly Writer[]) {
    this.partition = partition
    this.#writers = writers
    for (const { id } of writers) this.#sent.set(id, [])
  }

  /** Notes a batch before it is sent for the first time. */
  send(writer: number, count: number): SentBatch {
    const batches = this.#sent.get(writer) as SentBatch[]
    const last = batches.at(-1)
    const batch: SentBatch = {
      writer,
      partition: this.partition,
      firstNumber: last ? last.firstNumber + last.count : 0,
      count,
      acknowledgedAt: null,
      foundAt: null,
    }
    batches.push(batch)
    return batch
  }

  /** Notes an acknowledgement; a fault when it contradicts what was read. */
  acknowledge(batch: SentBatch, offset: number): string | null {
    const { foundAt } = batch
    batch.acknowledgedAt = offset
    if (foundAt === null || foundAt === offset) return null
    return `${this.#name(batch)} is at offset ${foundAt}, its repeat was answered with ${offset}`
  }

  /** Notes what a consumer was given. */
  consume(batch: BatchCursor): string | null {
    const known = this.#consumed.get(batch.baseOffset)
    this.#consumed.set(batch.baseOffset, batch.crc)
    if (known === undefined || known === batch.crc) return null
    return `partition ${this.partition}: offset ${batch.baseOffset} was consumed with other bytes`
  }

  noteHighWatermark(offset: number): void {
    this.#highWatermarkSeen = Math.max(this.#highWatermarkSeen, offset)
  }

  get acknowledgedRecords(): number {
    let sum = 0
    for (const batches of this.#sent.values()) {
      for (const batch of batches) if (batch.acknowledgedAt !== null) sum += batch.count
    }
    return sum
  }

  /** Compares a whole reading of the partition, from offset 0 to its high watermark. */
  check(reading: {
    readonly batches: Iterable<BatchCursor>
    readonly logStartOffset: number
    readonly highWatermark: number
  }): Finding {
    const faults: string[] = []
    const found = new Map<SentBatch, number[]>()
    let offset = 0
    for (const batch of reading.batches) {
      if (batch.baseOffset !== offset) {
        faults.push(
          `partition ${this.partition}: expected offset ${offset}, is ${batch.baseOffset}`,
        )
      }
      if (batch.recordCount !== batch.lastOffsetDelta + 1) {
        faults.push(`partition ${this.partition}: the batch at ${offset} has gaps`)
      }
      const consumed = this.#consumed.get(batch.baseOffset)
      if (consumed !== undefined && consumed !== batch.crc) {
        faults.push(`partition ${this.partition}: offset ${offset} changed after it was consumed`)
      }
      const sent = this.#identify(batch, faults)
      if (sent) found.set(sent, [...(found.get(sent) ?? []), batch.baseOffset])
      offset = batch.nextOffset
    }
    if (reading.logStartOffset !== 0) {
      faults.push(`partition ${this.partition}: log start is ${reading.logStartOffset}, was 0`)
    }
    if (offset !== reading.highWatermark || offset < this.#highWatermarkSeen) {
      faults.push(
        `partition ${this.partition}: ends at ${offset}, high watermark ${reading.highWatermark}, ` +
          `seen before ${this.#highWatermarkSeen}`,
      )
    }
    return { ...this.#judge(found, faults), faults }
  }

  /** Finds out which sent batch this is, comparing every byte of every record. */
  #identify(batch: BatchCursor, faults: string[]): SentBatch | null {
    const where = `partition ${this.partition}, offset ${batch.baseOffset}`
    let sent: SentBatch | null = null
    let index = 0
    for (const record of readRecords(batch, { maxBytes: UNCOMPRESSED_MAX_BYTES })) {
      const key = text.decode(record.key ?? undefined)
      if (!sent) {
        const [writer, number] = key.split(':').map(Number) as [number, number]
        sent = this.#find(writer, number)
        if (!sent || sent.count !== batch.recordCount) {
          faults.push(`${where}: record ${key} was never sent in a batch of ${batch.recordCount}`)
          return null
        }
      }
      const number = sent.firstNumber + index
      const value = valueOf(sent.writer, this.partition, number)
      if (key !== keyOf(sent.writer, number) || text.decode(record.value ?? undefined) !== value) {
        faults.push(`${where}: record ${index} is not number ${number} of writer ${sent.writer}`)
        return null
      }
      index += 1
    }
    return sent
  }

  /** The batch of `writer` that begins with `number` (binary search). */
  #find(writer: number, number: number): SentBatch | null {
    const batches = this.#sent.get(writer) ?? []
    let low = 0
    let high = batches.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const batch = batches[middle] as SentBatch
      if (batch.firstNumber === number) return batch
      if (batch.firstNumber < number) low = middle + 1
      else high = middle - 1
    }
    return null
  }

  #judge(found: ReadonlyMap<SentBatch, readonly number[]>, faults: string[]) {
    let lost = 0
    let duplicated = 0
    for (const { id, idempotent } of this.#writers) {
      let previous = -1
      let missing: SentBatch | null = null
      for (const batch of this.#sent.get(id) ?? []) {
        const offsets = found.get(batch) ?? []
        const [at] = offsets
        batch.foundAt = at ?? null
        if (offsets.length > 1) {
          duplicated += batch.count * (offsets.length - 1)
          faults.push(
            `${this.#name(batch)} is there ${offsets.length} times: ${offsets.join(', ')}`,
          )
        }
        if (batch.acknowledgedAt !== null && at !== batch.acknowledgedAt) {
          lost += batch.count
          const place = at === undefined ? 'is not there' : `is at offset ${at}`
          faults.push(`${this.#name(batch)}, acknowledged at ${batch.acknowledgedAt}, ${place}`)
        }
        if (at === undefined) {
          missing ??= batch
          continue
        }
        if (at <= previous) faults.push(`${this.#name(batch)} stands before the one before it`)
        if (idempotent && missing) {
          faults.push(`${this.#name(batch)} is there, but not ${this.#name(missing)} before it`)
        }
        previous = at
      }
    }
    return { lost, duplicated }
  }

  #name({ writer, firstNumber, count }: SentBatch): string {
    return `batch ${firstNumber}+${count} of writer ${writer} in partition ${this.partition}`
  }
}
