/**
 * What a partition remembers of its idempotent producers, so that a batch sent twice is appended
 * once (KIP-98): per producer id the epoch, the last five batches, and the open transaction. A
 * function of the log's batches alone, so followers have it too, and it is rebuilt from a snapshot
 * plus the batches behind it.
 *
 * Pure: time is passed in. A producer's age counts from when its last batch was appended here, not
 * from the timestamps in it, which are the client's.
 */
import type { BatchCursor } from '../records/batch.ts'
import { lastSequenceOf } from '../records/batch.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'

/** Batches remembered per producer: as many as a producer may have in flight. */
const BATCHES_REMEMBERED = 5
/**
 * Producer ids remembered per partition; beyond it those that were silent longest are forgotten.
 */
export const PRODUCERS_MAX = 100_000
const NO_OFFSET = -1

export interface ProducerBatch {
  readonly firstSequence: number
  readonly lastSequence: number
  readonly firstOffset: number
  readonly lastOffset: number
  readonly timestampMs: number
}

export interface ProducerEntry {
  readonly producerId: number
  producerEpoch: number
  /** Of the coordinator that ended its last transaction, -1 when none has. */
  coordinatorEpoch: number
  /** When its last batch was appended. */
  lastActiveMs: number
  /** First offset of the transaction that is open, -1 when none is. */
  openTransactionOffset: number
  /** Oldest first, at most `BATCHES_REMEMBERED`; empty only before the first data batch. */
  batches: ProducerBatch[]
}

export type ProducerVerdict =
  | { readonly type: 'append' }
  | { readonly type: 'duplicate'; readonly of: ProducerBatch }
  | {
      readonly type: 'refuse'
      readonly errorCode: ErrorCode
      /** Last offset of what the producer appended before a gap; else -1. */
      readonly lastOffset: number
    }

const APPEND: ProducerVerdict = { type: 'append' }
function refuse(errorCode: ErrorCode, lastOffset = NO_OFFSET): ProducerVerdict {
  return { type: 'refuse', errorCode, lastOffset }
}

export class ProducerState {
  readonly #entries = new Map<number, ProducerEntry>()
  readonly #open = new Map<number, ProducerEntry>()
  /** Transactions that ended, whose marker may not be below the high watermark yet. */
  #ended: { readonly firstOffset: number; readonly markerOffset: number }[] = []

  get size(): number {
    return this.#entries.size
  }

  entries(): Iterable<ProducerEntry> {
    return this.#entries.values()
  }

  get(producerId: number): ProducerEntry | undefined {
    return this.#entries.get(producerId)
  }

  /** Whether a client's batch with a producer id may be appended. Changes nothing. */
  check(batch: BatchCursor): ProducerVerdict {
    const entry = this.#entries.get(batch.producerId)
    // A producer nobody remembers may begin anywhere: its state expired, or went with retention.
    if (!entry) return APPEND
    const { producerEpoch, baseSequence } = batch
    const lastSequence = lastSequenceOf(baseSequence, batch.lastOffsetDelta)
    if (producerEpoch === entry.producerEpoch) {
      const same = entry.batches.find(
        (known) => known.firstSequence === baseSequence && known.lastSequence === lastSequence,
      )
      if (same) return { type: 'duplicate', of: same }
    }
    if (producerEpoch < entry.producerEpoch) return refuse(errors.INVALID_PRODUCER_EPOCH)
    const last = entry.batches.at(-1)
    if (producerEpoch > entry.producerEpoch) {
      if (baseSequence !== 0) return refuse(errors.OUT_OF_ORDER_SEQUENCE_NUMBER, last?.lastOffset)
    } else if (last && baseSequence !== lastSequenceOf(last.lastSequence, 1)) {
      const isGap = baseSequence > last.lastSequence
      return refuse(errors.OUT_OF_ORDER_SEQUENCE_NUMBER, isGap ? last.lastOffset : NO_OFFSET)
    }
    if (entry.openTransactionOffset !== NO_OFFSET && !batch.isTransactional)
      return refuse(errors.INVALID_TXN_STATE)
    return APPEND
  }

  /** Takes note of a batch that is in the log, whoever appended it. */
  update(batch: BatchCursor, nowMs: number): void {
    const entry = this.#entryOf(batch, nowMs)
    entry.lastActiveMs = nowMs
    if (batch.isControl) return this.#endTransaction(entry, batch)
    entry.batches.push(batchOf(batch))
    if (entry.batches.length > BATCHES_REMEMBERED) entry.batches.shift()
    if (batch.isTransactional && entry.openTransactionOffset === NO_OFFSET) {
      entry.openTransactionOffset = batch.baseOffset
      this.#open.set(entry.producerId, entry)
    }
  }

  /** The first offset whose fate is open, given what is replicated; null when none is. */
  firstUndecidedOffset(highWatermark: number): number | null {
    if (this.#open.size === 0 && this.#ended.length === 0) return null
    if (this.#ended.some(({ markerOffset }) => markerOffset < highWatermark))
      this.#ended = this.#ended.filter(({ markerOffset }) => markerOffset >= highWatermark)
    let first: number | null = null
    for (const { openTransactionOffset } of this.#open.values())
      first = Math.min(first ?? openTransactionOffset, openTransactionOffset)
    for (const { firstOffset } of this.#ended) first = Math.min(first ?? firstOffset, firstOffset)
    return first
  }

  /** Forgets producers that were silent since `sinceMs` and have no transaction open. */
  expire(sinceMs: number): void {
    for (const entry of this.#entries.values())
      if (entry.lastActiveMs < sinceMs && entry.openTransactionOffset === NO_OFFSET)
        this.#entries.delete(entry.producerId)
  }

  /**
   * Undoes the batches at `offset` and above. Returns false when that needs more than is
   * remembered: the caller must then rebuild from a snapshot and the log.
   */
  rollBackTo(offset: number): boolean {
    if (this.#open.size > 0 || this.#ended.length > 0) return false
    for (const entry of this.#entries.values()) {
      const kept = entry.batches.filter(({ lastOffset }) => lastOffset < offset)
      if (kept.length === 0) return false
      entry.batches = kept
    }
    return true
  }

  clear(): void {
    this.#entries.clear()
    this.#open.clear()
    this.#ended = []
  }

  /** From a snapshot; replaces what is known of the producer. */
  restore(entry: ProducerEntry): void {
    this.#entries.set(entry.producerId, entry)
    if (entry.openTransactionOffset !== NO_OFFSET) this.#open.set(entry.producerId, entry)
  }

  /**
   * A snapshot holds only the last batch of each producer. Given the batches in front of it, oldest
   * first, this puts those back that belong to the same epoch and lead up to it.
   */
  refill(
    older: Iterable<
      { readonly producerId: number; readonly producerEpoch: number } & ProducerBatch
    >,
  ) {
    const found = new Map<number, ProducerBatch[]>()
    for (const batch of older) {
      const entry = this.#entries.get(batch.producerId)
      const first = entry?.batches[0]
      if (!entry || !first || batch.producerEpoch !== entry.producerEpoch) continue
      if (batch.lastOffset >= first.firstOffset) continue
      const batches = found.get(batch.producerId) ?? []
      batches.push(batch)
      if (batches.length >= BATCHES_REMEMBERED) batches.shift()
      found.set(batch.producerId, batches)
    }
    for (const [producerId, batches] of found) {
      const entry = this.#entries.get(producerId)
      if (entry) entry.batches = [...batches, ...entry.batches].slice(-BATCHES_REMEMBERED)
    }
  }

  #entryOf(batch: BatchCursor, nowMs: number): ProducerEntry {
    const { producerId, producerEpoch } = batch
    const known = this.#entries.get(producerId)
    if (known) {
      if (known.producerEpoch !== producerEpoch) {
        known.producerEpoch = producerEpoch
        known.batches = []
      }
      return known
    }
    if (this.#entries.size >= PRODUCERS_MAX) this.#forgetSilent()
    const entry: ProducerEntry = {
      producerId,
      producerEpoch,
      coordinatorEpoch: -1,
      lastActiveMs: nowMs,
      openTransactionOffset: NO_OFFSET,
      batches: [],
    }
    this.#entries.set(producerId, entry)
    return entry
  }

  #endTransaction(entry: ProducerEntry, marker: BatchCursor): void {
    const firstOffset = entry.openTransactionOffset
    if (firstOffset === NO_OFFSET) return
    this.#ended.push({ firstOffset, markerOffset: marker.lastOffset })
    entry.openTransactionOffset = NO_OFFSET
    this.#open.delete(entry.producerId)
  }

  /** A tenth at a time, so that a flood of producer ids costs little per id. */
  #forgetSilent(): void {
    const silent = [...this.#entries.values()]
      .filter((entry) => entry.openTransactionOffset === NO_OFFSET)
      .sort((a, b) => a.lastActiveMs - b.lastActiveMs)
    for (const { producerId } of silent.slice(0, Math.ceil(PRODUCERS_MAX / 10)))
      this.#entries.delete(producerId)
  }
}

/** What is remembered of a batch. */
export function batchOf(batch: BatchCursor): ProducerBatch {
  return {
    firstSequence: batch.baseSequence,
    lastSequence: lastSequenceOf(batch.baseSequence, batch.lastOffsetDelta),
    firstOffset: batch.baseOffset,
    lastOffset: batch.lastOffset,
    timestampMs: batch.maxTimestampMs,
  }
}
