/**
 * How cleaning takes turns with everything else in the process, and how fast it may go. A turn ends
 * after a millisecond or 256 KiB; before the next one it rests for three times as long as the turn
 * was, so that others have most of the event loop, and of the processor, whatever they do. Hence an
 * answer of a mebibyte, which takes some rounds of the event loop, meets one turn and not one in
 * each round. A rest is longer while the bytes so far are more than the rate allows.
 */
import type { Clock } from '../../base/clock.ts'
import { delay } from '../../base/clock.ts'

const TURN_MS = 1
const REST_OF_TURN = 3
/** A rest makes up for a turn that was held up by the system, but not for all of that. */
const REST_MS_MAX = 10

/** What is read and looked at in one turn, about: one batch may be larger. */
export const TURN_BYTES = 256 * 1024

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

  /** A turn begins. */
  begin(): void {
    this.#turnBeganMs = this.#clock.monotonicMs()
  }

  /** Whether the turn has been long enough, when so many bytes were seen in it. */
  isTurnOver(bytes: number): boolean {
    return bytes >= TURN_BYTES || this.#clock.monotonicMs() - this.#turnBeganMs >= TURN_MS
  }

  /** Ends a turn in which so many bytes were read and written; resolves when the next begins. */
  async nextTurn(bytes: number, signal: AbortSignal): Promise<void> {
    const nowMs = this.#clock.monotonicMs()
    this.#paidMs = Math.max(this.#paidMs, nowMs) + (bytes * 1_000) / this.#bytesPerSecond
    const restMs = Math.min((nowMs - this.#turnBeganMs) * REST_OF_TURN, REST_MS_MAX)
    await delay(this.#clock, Math.max(restMs, Math.floor(this.#paidMs - nowMs)), signal)
    this.begin()
  }
}
