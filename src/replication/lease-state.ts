/**
 * How long a leader may answer what only leadership justifies (SAFETY S22): for one session from
 * the moment it *sent* the last heartbeat that was answered, and only when it has applied what the
 * answer says is committed. A process that slept finds its lease run out before it answers
 * anything. It narrows what acks=1 may lose; no safety rests on it. Who is told that he has left
 * the ISR leads no more, whatever his lease says (`unwell-replicas.ts`). Pure.
 */

/** The same moment on two clocks: the monotonic one stops while a machine is suspended. */
export interface LeaseMoment {
  readonly monotonicMs: number
  readonly wallMs: number
}

interface Proof {
  readonly sent: LeaseMoment
  /** It counts when everything up to here is applied. */
  readonly committedOffset: number
}

export class LeaderLease {
  readonly #sessionMs: number
  #from: LeaseMoment | null = null
  /** Not applied yet: the oldest, and the newest behind it. */
  #older: Proof | null = null
  #newer: Proof | null = null

  /** @param sessionMs `broker.session.timeout.ms` */
  constructor(sessionMs: number) {
    this.#sessionMs = sessionMs
  }

  /** The heartbeat that was sent then is answered. */
  answered(proof: Proof): void {
    if (this.#older === null) this.#older = proof
    else this.#newer = proof
  }

  holds(now: LeaseMoment, appliedOffset: number): boolean {
    while (this.#older !== null && this.#older.committedOffset <= appliedOffset) {
      this.#from = this.#older.sent
      this.#older = this.#newer
      this.#newer = null
    }
    return this.#from !== null && elapsedMs(this.#from, now) < this.#sessionMs
  }
}

/** A wall clock that was set back tells nothing; one that was set forward costs a heartbeat. */
function elapsedMs(from: LeaseMoment, now: LeaseMoment): number {
  return Math.max(now.monotonicMs - from.monotonicMs, now.wallMs - from.wallMs)
}
