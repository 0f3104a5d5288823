/**
 * The wall clock as it was at the beginning, and since then the monotonic one: sessions do not end
 * because somebody sets the time. When both have parted, whoever uses it begins anew.
 */
import type { Clock } from '../../base/clock.ts'

const JUMP_MS = 60_000

export class SteadyTime {
  readonly #clock: Clock
  readonly #originMs: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#originMs = clock.wallMs() - clock.monotonicMs()
  }

  /** Whole milliseconds since 1970. */
  nowMs(): number {
    return Math.floor(this.#originMs + this.#clock.monotonicMs())
  }

  hasJumped(): boolean {
    return Math.abs(this.#clock.wallMs() - this.nowMs()) > JUMP_MS
  }
}
