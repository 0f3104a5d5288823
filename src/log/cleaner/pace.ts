/**
 * How cleaning takes turns with everything else in the process, and how fast it may go. A turn ends
 * after a few milliseconds or a mebibyte; before the next one whatever came from outside has its
 * own, and more time passes while the bytes so far are more than the rate allows.
 */
import type { Clock } from '../../base/clock.ts'
import { delay } from '../../base/clock.ts'

const TURN_MS = 3
const TURN_BYTES = 1024 * 1024

export class Pace {
  readonly #clock: Clock
  readonly #bytesPerSecond: number
  #turnBeganMs: number
  /** When the bytes so far are within the rate. */
  #paidMs: number

  /** `bytesPerSecond`: read and written together. */
  constructor({ clock, bytesPerSecond }: { clock: Clock; bytesPerSecond: number }) {
    this.#clock = clock
    this.#bytesPerSecond = bytesPerSecond
    this.#turnBeganMs = clock.monotonicMs()
    this.#paidMs = this.#turnBeganMs
  }

  /** Whether the turn has been long enough, when so many bytes were seen in it. */
  isTurnOver(bytes: number): boolean {
    return bytes >= TURN_BYTES || this.#clock.monotonicMs() - this.#turnBeganMs >= TURN_MS
  }

  /** Ends a turn in which so many bytes were read and written; resolves when the next begins. */
  async nextTurn(bytes: number, signal: AbortSignal): Promise<void> {
    const nowMs = this.#clock.monotonicMs()
    this.#paidMs = Math.max(this.#paidMs, nowMs) + (bytes * 1_000) / this.#bytesPerSecond
    await delay(this.#clock, Math.floor(this.#paidMs - nowMs), signal)
    this.#turnBeganMs = this.#clock.monotonicMs()
  }
}
