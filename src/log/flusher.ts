/**
 * Group commit for one log: one round of fsyncs at a time, and whoever comes while it runs shares
 * the next one. What a round made durable is what had been appended when it *began*; a truncation
 * meanwhile voids it (SAFETY S7). A failed fsync is never tried again: the node must stop (S18).
 */
import type { SyncGate } from './sync-gate.ts'
import { asSyncFailed, neverBegan } from './sync-failed.ts'

/** The log, as its flusher sees it. */
export interface FlushTarget {
  /**
   * Notes what there is to be synced now, and how to sync it. Pins what must stay open. What it
   * throws rejects the round and is no failed fsync: the next round tries again.
   */
  beginFlush(): FlushRound
}

export interface FlushRound {
  /** The fsyncs, in the order in which they must happen. */
  readonly syncs: readonly (() => Promise<void>)[]
  /** Asked before each of them and at the end: nothing of the round is to be done any more. */
  isVoid(): boolean
  /** All of them succeeded. Never called when one failed, or the round became void. */
  succeeded(): void
  /** Always called, last. */
  ended(): void
}

export class Flusher {
  readonly #target: FlushTarget
  readonly #gate: SyncGate
  readonly #onFailure: (error: Error) => void
  #running: Promise<void> = Promise.resolve()
  #next: Promise<void> | null = null
  #failure: Error | null = null
  #isOwed = false

  constructor(target: FlushTarget, gate: SyncGate, onFailure: (error: Error) => void) {
    this.#target = target
    this.#gate = gate
    this.#onFailure = onFailure
  }

  /** The last round could not begin or go on, without an fsync that failed: to be tried again. */
  get isOwed(): boolean {
    return this.#isOwed && this.#failure === null
  }

  /** Joins the next round. Rejects when a fsync failed, now or ever. */
  flush(): Promise<void> {
    if (this.#next) return this.#next
    const round = this.#running.then(() => this.#round())
    this.#next = round
    this.#running = round.catch(() => {})
    return round
  }

  /** Resolves when no round is running or waiting; never rejects. */
  async idle(): Promise<void> {
    while (this.#next) await this.#next.catch(() => {})
    await this.#running
  }

  async #round(): Promise<void> {
    await this.#gate.enter()
    try {
      // From here on a newcomer's bytes may be too late for these fsyncs: it takes the next round.
      this.#next = null
      this.#isOwed = true
      await this.#gate.measured(() => this.#sync())
      this.#isOwed = false
    } finally {
      this.#gate.leave()
    }
  }

  async #sync(): Promise<void> {
    if (this.#failure) throw this.#failure
    const round = this.#target.beginFlush()
    try {
      for (const sync of round.syncs) {
        if (round.isVoid()) return
        await sync()
      }
      if (!round.isVoid()) round.succeeded()
    } catch (thrown) {
      if (neverBegan(thrown)) throw thrown
      this.#failure = asSyncFailed(thrown)
      this.#onFailure(this.#failure)
      throw this.#failure
    } finally {
      round.ended()
    }
  }
}
