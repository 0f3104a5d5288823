/**
 * What a partition has promised: every batch below the greatest high watermark that any leader ever
 * had, and what was acknowledged. Replicas and readers are compared with it and never with each
 * other. A partition that lost records by permission (an unclean election, more disks than it can
 * bear) is tainted, and promises nothing any more.
 */
import { check } from '../invariants/violation.ts'
import type { SeenBatch } from './batches.ts'
import { isSameBatch, toldBatch } from './batches.ts'

export class Ledger {
  readonly name: string
  readonly #batches: SeenBatch[] = []
  /** By base offset. */
  readonly #at = new Map<number, SeenBatch>()
  readonly #bySequence = new Map<string, SeenBatch>()
  /** Every batch that any replica ever held, by where and in which epoch it was written. */
  readonly #written = new Map<string, SeenBatch>()
  readonly #sequences = new Set<string>()
  /** Who led in each epoch: node and life. */
  readonly #leaders = new Map<number, string>()
  acknowledged = 0
  taintedBy: string | null = null

  constructor(name: string) {
    this.name = name
  }

  /** Everything below is promised. */
  get end(): number {
    return this.#batches.at(-1)?.nextOffset ?? 0
  }

  get count(): number {
    return this.#batches.length
  }

  batch(index: number): SeenBatch | undefined {
    return this.#batches[index]
  }

  batchAt(baseOffset: number): SeenBatch | undefined {
    return this.#at.get(baseOffset)
  }

  taint(why: string): void {
    this.taintedBy ??= why
  }

  check(holds: boolean, invariant: string, message: () => string): void {
    if (this.taintedBy === null) check(holds, invariant, () => `${this.name}: ${message()}`)
  }

  /** C1, S3: one process leads in an epoch, for ever. */
  led(leaderEpoch: number, who: string): void {
    const before = this.#leaders.get(leaderEpoch)
    if (before === undefined) this.#leaders.set(leaderEpoch, who)
    else
      check(before === who, 'C1-one-leader', () => {
        return `${this.name}: ${before} and ${who} led in epoch ${leaderEpoch}`
      })
  }

  /** C3: what was written at an offset in an epoch is one thing, wherever it is found. */
  found(batch: SeenBatch, where: string): void {
    const key = `${batch.baseOffset} ${batch.leaderEpoch}`
    const before = this.#written.get(key)
    if (batch.sequence !== null) this.#sequences.add(batch.sequence)
    if (before === undefined) this.#written.set(key, batch)
    else
      this.check(isSameBatch(batch, before), 'C3-log-matching', () => {
        return `${where} holds ${toldBatch(batch)} where ${toldBatch(before)} was written`
      })
  }

  /** A leader's high watermark has come so far: all of this is promised now. */
  publish(batches: readonly SeenBatch[], who: string): void {
    for (const batch of batches) {
      this.check(batch.baseOffset === this.end, 'C3-committed', () => {
        return `${who} commits ${toldBatch(batch)}, and what is committed ends at ${this.end}`
      })
      if (this.taintedBy !== null) return
      const { sequence } = batch
      const before = sequence === null ? undefined : this.#bySequence.get(sequence)
      this.check(before === undefined, 'E1-once', () => {
        return `${toldBatch(batch)} is in the log already: ${before ? toldBatch(before) : ''}`
      })
      this.#batches.push(batch)
      this.#at.set(batch.baseOffset, batch)
      if (sequence !== null) this.#bySequence.set(sequence, batch)
    }
  }

  /** C4: what is acknowledged by all is promised. Tells the offset it is at. */
  acknowledge(sequence: string, baseOffset: number): void {
    this.acknowledged += 1
    const batch = this.#bySequence.get(sequence)
    this.check(batch !== undefined, 'C4-acknowledged-early', () => {
      return `${sequence} was acknowledged at ${baseOffset}, and committed is ${this.end}`
    })
    this.check(batch?.baseOffset === baseOffset, 'C6-offset', () => {
      return `${sequence} was acknowledged at ${baseOffset}, and is ${batch ? toldBatch(batch) : ''}`
    })
  }

  /** C13: what was refused before its append is nowhere. */
  refused(sequence: string, why: string): void {
    const found = this.#sequences.has(sequence)
    this.check(!found, 'C13-refused', () => `${sequence} was refused with ${why}, and is there`)
  }

  /** C5, C16: what a reader is given is what is promised, where it is promised. */
  consumed(batch: SeenBatch, who: string): void {
    this.check(isSameBatch(batch, this.#at.get(batch.baseOffset)), 'C5-read-uncommitted', () => {
      return `${who} was given ${toldBatch(batch)}; committed is up to ${this.end}`
    })
  }

  /** C7: where a reader was led to there is something, or the end. */
  outOfRange(offset: number, who: string): void {
    this.check(false, 'C7-out-of-range', () => `${who}: ${offset}; committed is up to ${this.end}`)
  }

  /** C7: the end never goes back, nor behind what was read. */
  latest(offset: number, atLeast: number, who: string): void {
    this.check(offset >= atLeast, 'C7-latest-back', () => {
      return `${who}: the end is at ${offset}, after ${atLeast}`
    })
  }

  /** S21: two that were sent one after the other on one connection, once each. */
  inOrder(baseOffset: number, nextBaseOffset: number, who: string): void {
    this.check(baseOffset < nextBaseOffset, 'S21-order', () => {
      return `${who}: was answered ${baseOffset}, then ${nextBaseOffset}`
    })
  }

  /** E1: who was acknowledged everything before is never told of a gap. */
  outOfOrder(sequence: string, why: string, who: string): void {
    this.check(false, 'E1-out-of-order', () => `${who}: ${sequence} was answered ${why}`)
  }

  /** Whether a batch of this producer is promised. */
  holds(sequence: string): boolean {
    return this.#bySequence.has(sequence)
  }
}
