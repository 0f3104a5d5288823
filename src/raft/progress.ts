/**
 * What a leader knows of one replica. It *probes*, one append at a time, until it has found where
 * the logs agree; then it *replicates*, sending ahead up to a window; and while a *snapshot* is on
 * its way it sends nothing.
 */
import assert from 'node:assert'
import type { InflightLimits } from './inflight.ts'
import { Inflight } from './inflight.ts'

export class Progress {
  /** Answers that carry another one speak of something this leader has forgotten. */
  readonly session: number
  /** The replica has everything up to here, durably. */
  match = 0
  /** What is sent next. */
  next: number
  state: 'probe' | 'replicate' | 'snapshot' = 'probe'
  /** The commit index it has been told. */
  sentCommit = 0
  /** The newest read that it has confirmed. */
  confirmedRead = 0
  /** When it was last heard of, in the leader's ticks. */
  lastContact: number
  /** When it last had the whole log, in the leader's ticks. */
  lastCaughtUp: number
  readonly #inflight: Inflight
  #probeSent = false

  constructor(of: {
    readonly session: number
    readonly next: number
    readonly now: number
    readonly limits: InflightLimits
  }) {
    this.session = of.session
    this.next = of.next
    this.lastContact = of.now
    this.lastCaughtUp = of.now
    this.#inflight = new Inflight(of.limits)
  }

  get isPaused(): boolean {
    if (this.state === 'snapshot') return true
    return this.state === 'probe' ? this.#probeSent : this.#inflight.isFull
  }

  get inflightCount(): number {
    return this.#inflight.count
  }

  /** An append went out, whose last entry is `lastIndex` (`next` − 1 for one without entries). */
  sent(lastIndex: number, bytes: number): void {
    assert(this.state !== 'snapshot', 'nothing is sent beside a snapshot')
    if (this.state === 'probe') this.#probeSent = true
    else if (lastIndex >= this.next) {
      this.#inflight.add(lastIndex, bytes)
      this.next = lastIndex + 1
    }
  }

  /** Nothing more until the replica is heard of. */
  pause(): void {
    this.#probeSent = true
  }

  /** A probe may be repeated: the last one, or its answer, may be lost. */
  unpause(): void {
    this.#probeSent = false
  }

  /** The replica has everything up to `index`; returns whether that is news. */
  acknowledge(index: number): boolean {
    this.#inflight.release(index)
    this.next = Math.max(this.next, index + 1)
    this.#probeSent = false
    const isNews = index > this.match
    if (isNews) this.match = index
    if (this.state !== 'replicate') this.replicate()
    return isNews
  }

  replicate(): void {
    this.state = 'replicate'
    this.#inflight.clear()
    this.next = this.match + 1
  }

  /** Looks for where the logs agree, from `next` on. */
  probe(next: number): void {
    assert(next > this.match, 'what matches is not asked for again')
    this.state = 'probe'
    this.#inflight.clear()
    this.#probeSent = false
    this.next = next
  }

  waitForSnapshot(): void {
    this.state = 'snapshot'
    this.#inflight.clear()
  }
}
