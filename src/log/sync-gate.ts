/**
 * How many fsyncs of data may be in flight at once (S20): libuv's pool has four threads, and two
 * stay free for everything that must not queue behind a slow disk. First come, first served.
 */
import assert from 'node:assert'
import type { Clock } from '../base/clock.ts'
import { Durations } from '../base/durations.ts'

/** The thread pool's size, less two. */
const DATA_SYNCS_MAX = 2

export class SyncGate {
  readonly #waiting: (() => void)[] = []
  /** Of rounds of fsyncs that succeeded; nothing without a clock. */
  readonly rounds = new Durations()
  readonly #clock: Pick<Clock, 'monotonicMs'> | null
  #permits: number
  #free: number

  constructor({
    permits = DATA_SYNCS_MAX,
    clock = null,
  }: { permits?: number; clock?: Pick<Clock, 'monotonicMs'> | null } = {}) {
    assert(permits > 0, 'a gate without permits would never open')
    this.#clock = clock
    this.#permits = permits
    this.#free = permits
  }

  /** Resolves when it is our turn; `leave` must follow, whatever happens. */
  enter(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1
      return Promise.resolve()
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Runs a round of fsyncs for which it is our turn, and measures it. */
  async measured(round: () => Promise<void>): Promise<void> {
    const beganMs = this.#clock?.monotonicMs() ?? 0
    await round()
    if (this.#clock) this.rounds.add(this.#clock.monotonicMs() - beganMs)
  }

  /** Lets so many in at once from now on: at the stop nobody else needs the threads. */
  widen(permits: number): void {
    for (let more = permits - this.#permits; more > 0; more -= 1) this.leave()
    this.#permits = Math.max(this.#permits, permits)
  }

  leave(): void {
    const next = this.#waiting.shift()
    // The permit goes from hand to hand, so a newcomer cannot overtake.
    if (next) next()
    else this.#free += 1
  }
}
