/**
 * Time in which this process could have heard somebody. A process that was stopped, or whose event
 * loop was busy, does not know how long others were silent meanwhile: such a gap counts as one
 * step.
 */
import type { Clock } from '../base/clock.ts'

export class HeardTime {
  readonly #clock: Clock
  readonly #stepMaxMs: number
  #readMs: number
  #heardMs = 0

  /** It is read at least once in each `stepMaxMs` by a process that runs. */
  constructor(clock: Clock, stepMaxMs: number) {
    this.#clock = clock
    this.#stepMaxMs = stepMaxMs
    this.#readMs = clock.monotonicMs()
  }

  /** Milliseconds; never goes back. */
  get nowMs(): number {
    const readMs = this.#clock.monotonicMs()
    this.#heardMs += Math.min(readMs - this.#readMs, this.#stepMaxMs)
    this.#readMs = readMs
    return this.#heardMs
  }
}
