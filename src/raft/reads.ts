/**
 * Linearizable reads without an entry (ReadIndex, Raft thesis §6.4): the commit index at the time
 * of asking, given out once a quorum has confirmed, later than that, that this is still the leader.
 * Before it has committed an entry of its own term a leader does not know what is committed.
 */
import type { Core } from './core.ts'
import type { RequestId } from './types.ts'

export class Reads {
  readonly #core: Core
  /** Asked before this leader knew the commit index. */
  #early: RequestId[] = []
  #waiting: { readonly id: RequestId; readonly index: number; readonly read: number }[] = []
  #newest = 0

  constructor(core: Core) {
    this.#core = core
  }

  /** The number of the newest read; heartbeats carry it. 0 for none. */
  get newest(): number {
    return this.#newest
  }

  ask(id: RequestId): void {
    if (this.#early.length + this.#waiting.length >= this.#core.options.bounds.reads)
      return this.#core.refuse(id, 'overloaded')
    this.#early.push(id)
  }

  /** Gives those that were asked so far their index; returns whether there is a new number. */
  serve(): boolean {
    const { log, term } = this.#core
    if (this.#early.length === 0 || log.termAt(log.commit) !== term) return false
    this.#newest += 1
    for (const id of this.#early) this.#waiting.push({ id, index: log.commit, read: this.#newest })
    this.#early = []
    return true
  }

  /** A quorum has confirmed everything up to that number. */
  confirmed(read: number): void {
    let count = 0
    for (const waiting of this.#waiting) {
      if (waiting.read > read) break
      this.#core.answer({ type: 'readable', id: waiting.id, index: waiting.index })
      count += 1
    }
    this.#waiting.splice(0, count)
  }

  end(): void {
    for (const { id } of this.#waiting) this.#core.refuse(id, 'not-leader')
    for (const id of this.#early) this.#core.refuse(id, 'not-leader')
  }
}
