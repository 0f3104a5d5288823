/**
 * One replica of a partition as it is seen from outside, through all lives of its node: its
 * batches, and how far they are the promised ones. What it holds is read anew as it changes.
 */
import { giveBack } from '../../../src/bytes/loan.ts'
import type { Log } from '../../../src/log/log.ts'
import { errors } from '../../../src/wire/errors.ts'
import { Died } from '../system/mounted-disk.ts'
import type { SeenBatch } from './batches.ts'
import { batchesIn, isSameBatch, toldBatch } from './batches.ts'
import type { Ledger } from './ledger.ts'

/** What is looked at of a partition that a node has open. */
export interface SeenPartition {
  readonly log: SeenLog
  readonly leading: SeenLeading | null
  readonly leaderEpoch: number
}

interface SeenLeading {
  readonly leaderEpoch: number
  readonly partitionEpoch: number
  readonly maximalIsr: readonly number[]
}

export type SeenLog = Pick<
  Log,
  | 'logStartOffset'
  | 'logEndOffset'
  | 'highWatermark'
  | 'flushedOffset'
  | 'truncationGeneration'
  | 'leaderEpochs'
> & {
  read(request: Parameters<Log['read']>[0]): Pick<ReturnType<Log['read']>, 'chunks' | 'errorCode'>
}

/** What becomes of the process that has it open. */
export type Course =
  | 'runs'
  /** It stops, or has failed: its logs may be closed by now, with what came in the same event. */
  | 'stops'
  /** It died, maybe halfway through a truncation. */
  | 'died'

/** Thrown where a log cannot be read any more, before anything of it was noted. */
class Unreadable extends Error {}

/** What a replica's disk holds while nobody has its log open. */
export type Rest =
  /** All that was seen: the process was killed, or stopped. */
  | 'kept'
  /** The same, and what came in the very turn in which its process ended. */
  | 'unseen'
  /** At least what was fsynced: the power went. */
  | 'cut'
  /** Nothing that was there. */
  | 'lost'

/** The worse the later. */
const RESTS: readonly Rest[] = ['kept', 'unseen', 'cut', 'lost']

export class ReplicaView {
  readonly node: number
  readonly #ledger: Ledger
  batches: SeenBatch[] = []
  /** Where each epoch of its batches begins. */
  epochs: { readonly leaderEpoch: number; readonly startOffset: number }[] = []
  /** The log that is open, or null while there is none. */
  log: SeenLog | null = null
  rest: Rest = 'kept'
  logEndOffset = 0
  highWatermark = 0
  /** As its log says, which after a restart knows less than is so. */
  flushedOffset = 0
  /** What some life of its node has fsynced, and nobody has cut since. */
  durableTo = 0
  leaderEpoch = -1
  isLeading = false
  /** From here on anything may be gone: a truncation began, and nobody saw how it ended. */
  #uncertainFrom = Infinity
  #generation = 0
  #matched = 0

  constructor(node: number, ledger: Ledger) {
    this.node = node
    this.#ledger = ledger
  }

  get #who(): string {
    return `node ${this.node + 1}`
  }

  /** Its log is gone from sight; what of it is on the disk, `rest` says. */
  closed(rest: Rest): void {
    const { log } = this
    const isCut = log !== null && log.truncationGeneration !== this.#generation
    const isSeen = log === null || (log.logEndOffset === this.logEndOffset && !isCut)
    if (isCut) this.#isHalfCut()
    const worst = rest === 'kept' && !isSeen ? 'unseen' : rest
    this.log = null
    this.isLeading = false
    if (RESTS.indexOf(worst) > RESTS.indexOf(this.rest)) this.rest = worst
  }

  /** What is promised it holds nevertheless (C11). */
  #isHalfCut(): void {
    this.#uncertainFrom = Math.min(this.#uncertainFrom, this.matchedTo)
  }

  /** Others hold it, and its process may have ended before anybody saw that it holds nothing. */
  mayBeGone(): void {
    this.#uncertainFrom = 0
  }

  /** It holds nothing any more: others do. */
  gone(): void {
    this.log = null
    this.isLeading = false
    this.rest = 'kept'
    this.#uncertainFrom = Infinity
    this.#hold([])
    Object.assign(this, { logEndOffset: 0, highWatermark: 0, flushedOffset: 0, durableTo: 0 })
    this.#matched = 0
  }

  /**
   * Looks at it; true when something has changed. What cannot be read of a process that is about to
   * end stays unseen.
   */
  look(partition: SeenPartition, course: Course): boolean {
    try {
      return this.#look(partition, course)
    } catch (thrown) {
      if (!(thrown instanceof Unreadable || thrown instanceof Died)) throw thrown
      this.#ledger.check(course !== 'runs', 'C16-unreadable', () => {
        return `${this.#who} cannot be read from ${this.logEndOffset} to ${partition.log.logEndOffset}`
      })
      this.closed('unseen')
      return true
    }
  }

  #look(partition: SeenPartition, course: Course): boolean {
    const { log, leading, leaderEpoch } = partition
    if (log !== this.log) this.#opened(log)
    const isTruncated =
      log.truncationGeneration !== this.#generation || log.logEndOffset < this.logEndOffset
    const hasGrown = log.logEndOffset > this.logEndOffset
    const isLeading = leading !== null
    const isNews =
      isTruncated ||
      hasGrown ||
      log.highWatermark !== this.highWatermark ||
      log.flushedOffset !== this.flushedOffset ||
      isLeading !== this.isLeading ||
      leaderEpoch !== this.leaderEpoch
    if (!isNews) return false
    if (isTruncated && course === 'died') throw new Unreadable()
    if (isTruncated) this.#truncated(log)
    else if (hasGrown) this.#grown(log)
    this.#watermark(log, isLeading && this.isLeading && leaderEpoch === this.leaderEpoch)
    this.flushedOffset = log.flushedOffset
    this.durableTo = Math.max(this.durableTo, log.flushedOffset)
    this.leaderEpoch = leaderEpoch
    this.isLeading = isLeading
    return true
  }

  /** D1: a kill costs nothing; a power cut nothing that was fsynced. */
  #opened(log: SeenLog): void {
    const found = this.#read(log, log.logStartOffset, log.logEndOffset)
    const [before, rest] = [this.batches, this.rest]
    const fsynced = rest === 'cut' ? this.durableTo : Infinity
    const keeps = rest === 'lost' ? 0 : Math.min(fsynced, this.#uncertainFrom)
    this.durableTo = Math.min(this.durableTo, keeps)
    this.#uncertainFrom = Infinity
    this.log = log
    this.rest = 'kept'
    this.#generation = log.truncationGeneration
    this.logEndOffset = log.logEndOffset
    this.highWatermark = 0
    this.isLeading = false
    this.#matched = 0
    this.#hold(found)
    for (const [at, batch] of before.entries()) {
      if (batch.nextOffset > keeps) break
      const now = this.batches[at]
      this.#ledger.check(isSameBatch(batch, now), 'D1-recovered', () => {
        const found = now ? toldBatch(now) : 'nothing'
        return `${this.#who} held ${toldBatch(batch)}, and has ${found} after a restart (${rest})`
      })
    }
  }

  #read(log: SeenLog, from: number, upTo: number): SeenBatch[] {
    if (from >= upTo) return []
    const all = { fromOffset: from, upToOffset: upTo, maxBytes: 1e9, atLeastOneBatch: true }
    const { chunks, errorCode } = log.read(all)
    if (errorCode !== errors.NONE) throw new Unreadable()
    const batches = batchesIn(chunks, (at) =>
      this.#ledger.check(false, 'C16-damaged', () => `${this.#who} reads damage at ${at}`),
    )
    for (const chunk of chunks) giveBack(chunk)
    for (const batch of batches) this.#ledger.found(batch, this.#who)
    return batches
  }

  #grown(log: SeenLog): void {
    const grown = this.#read(log, this.logEndOffset, log.logEndOffset)
    this.logEndOffset = log.logEndOffset
    for (const batch of grown) {
      const last = this.batches.at(-1)
      this.#ledger.check((last?.leaderEpoch ?? -1) <= batch.leaderEpoch, 'C10-epochs', () => {
        return `${this.#who} appends ${toldBatch(batch)} behind ${last ? toldBatch(last) : ''}`
      })
      this.#push(batch)
    }
  }

  #hold(batches: readonly SeenBatch[]): void {
    this.batches = []
    this.epochs = []
    for (const batch of batches) this.#push(batch)
  }

  #push(batch: SeenBatch): void {
    const { leaderEpoch, baseOffset: startOffset } = batch
    if (this.epochs.at(-1)?.leaderEpoch !== leaderEpoch)
      this.epochs.push({ leaderEpoch, startOffset })
    this.batches.push(batch)
  }

  /** C11: nothing that is promised is cut off. */
  #truncated(log: SeenLog): void {
    const before = this.batches
    const left = this.#read(log, log.logStartOffset, log.logEndOffset)
    this.#generation = log.truncationGeneration
    this.logEndOffset = log.logEndOffset
    this.#matched = 0
    this.#hold(left)
    const kept = before.findIndex((batch, at) => !isSameBatch(batch, this.batches[at]))
    if (kept >= 0) this.durableTo = Math.min(this.durableTo, before[kept]?.baseOffset ?? 0)
    else this.#isHalfCut()
    for (const [at, batch] of before.entries()) {
      if (isSameBatch(batch, this.batches[at])) continue
      const promised = this.#ledger.batchAt(batch.baseOffset)
      this.#ledger.check(!isSameBatch(batch, promised), 'C11-truncated', () => {
        return `${this.#who} cuts ${toldBatch(batch)}, which is committed`
      })
    }
  }

  /** C2: it never passes the log end, and a leader's never goes back. */
  #watermark(log: SeenLog, isSameLeadership: boolean): void {
    const { highWatermark, logEndOffset, logStartOffset, flushedOffset } = log
    const isInOrder =
      logStartOffset <= highWatermark &&
      highWatermark <= logEndOffset &&
      flushedOffset <= logEndOffset
    this.#ledger.check(isInOrder, 'C2-bounds', () => {
      return `${this.#who}: ${logStartOffset} ≤ ${highWatermark} ≤ ${logEndOffset}, flushed ${flushedOffset}`
    })
    this.#ledger.check(
      !isSameLeadership || highWatermark >= this.highWatermark,
      'C2-watermark-back',
      () => `${this.#who}: a leader's from ${this.highWatermark} to ${highWatermark}`,
    )
    this.highWatermark = highWatermark
  }

  /** The batches from an offset on, below another one. */
  between(from: number, upTo: number): SeenBatch[] {
    return this.batches.filter(
      ({ baseOffset, nextOffset }) => baseOffset >= from && nextOffset <= upTo,
    )
  }

  /** How far its batches are the promised ones, from the first of them on. */
  get matchedTo(): number {
    while (
      this.#matched < this.#ledger.count &&
      isSameBatch(this.#ledger.batch(this.#matched) as SeenBatch, this.batches[this.#matched])
    )
      this.#matched += 1
    return this.#matched === 0 ? 0 : (this.#ledger.batch(this.#matched - 1) as SeenBatch).nextOffset
  }
}
