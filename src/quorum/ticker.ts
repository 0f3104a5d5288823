/**
 * Raft's ticks from the monotonic clock. Before they are counted, what waits in sockets has its
 * turn: a heartbeat that is here already counts. A stall gives all its ticks at once; what they are
 * worth is the core's to say (it lengthens a follower's patience and never a leader's authority).
 */
import type { Clock, Timer } from '../base/clock.ts'

export class Ticker {
  readonly #clock: Clock
  readonly tickMs: number
  readonly #onTicks: (ticks: number) => void
  #timer: Timer | null = null
  /** Up to when ticks were counted. */
  #countedMs = 0

  constructor(clock: Clock, tickMs: number, onTicks: (ticks: number) => void) {
    this.#clock = clock
    this.tickMs = tickMs
    this.#onTicks = onTicks
  }

  start(): void {
    this.#countedMs = this.#clock.monotonicMs()
    this.#wait()
  }

  stop(): void {
    this.#timer?.cancel()
    this.#timer = null
  }

  #wait(): void {
    this.#timer = this.#clock.timer(this.tickMs, () => {
      this.#timer = this.#clock.timer(0, () => {
        this.#wait()
        this.#count()
      })
    })
  }

  #count(): void {
    const ticks = Math.floor((this.#clock.monotonicMs() - this.#countedMs) / this.tickMs)
    if (ticks <= 0) return
    this.#countedMs += ticks * this.tickMs
    this.#onTicks(ticks)
  }
}
