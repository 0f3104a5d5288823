/**
 * So many bytes a second, and no more: a bucket that fills up as time passes. Several may take from
 * it; whoever asks first is given what there is.
 */
import type { Clock } from '../base/clock.ts'
import type { Grant } from './one-way.ts'

/** What a bucket holds at most, so that a pause is not made good for by a flood. */
const BURST_MS = 50
/** To wait for less costs more than it is worth. */
const AGAIN_MS_MIN = 5

export class Pace {
  readonly bytesPerSecond: number
  readonly #clock: Clock
  readonly #burst: number
  #bytes: number
  #filledMs: number

  constructor(bytesPerSecond: number, clock: Clock) {
    this.bytesPerSecond = bytesPerSecond
    this.#clock = clock
    this.#burst = Math.max(1, (bytesPerSecond * BURST_MS) / 1_000)
    this.#bytes = this.#burst
    this.#filledMs = clock.monotonicMs()
  }

  grant(bytes: number): Grant {
    const nowMs = this.#clock.monotonicMs()
    const filled = ((nowMs - this.#filledMs) * this.bytesPerSecond) / 1_000
    this.#bytes = Math.min(this.#burst, this.#bytes + filled)
    this.#filledMs = nowMs
    const granted = Math.min(bytes, Math.floor(this.#bytes))
    this.#bytes -= granted
    const wanted = Math.min(bytes - granted, this.#burst)
    const againMs = ((wanted - this.#bytes) * 1_000) / this.bytesPerSecond
    return { bytes: granted, againMs: Math.max(AGAIN_MS_MIN, Math.ceil(againMs)) }
  }
}
