/**
 * A line on the terminal that says how far long work is, written over itself every second. Silent
 * when standard error is not a terminal. Whoever prints something else clears it first.
 */
import { hostClock } from '../host/clock.ts'
import type { Timer } from '../base/clock.ts'

const EVERY_MS = 1_000
const CLEAR = '\r\u001b[K'

export class Progress {
  readonly #describe: () => string
  #timer: Timer | null = null
  #isShown = false

  /** `describe` gives the line. */
  constructor(describe: () => string) {
    this.#describe = describe
    if (process.stderr.isTTY) this.#tick()
  }

  /** Takes the line away; it comes back with the next tick. */
  clear(): void {
    if (this.#isShown) process.stderr.write(CLEAR)
    this.#isShown = false
  }

  stop(): void {
    this.#timer?.cancel()
    this.#timer = null
    this.clear()
  }

  #tick(): void {
    this.#timer = hostClock.timer(EVERY_MS, () => {
      process.stderr.write(`${CLEAR}${this.#describe()}`)
      this.#isShown = true
      this.#tick()
    })
  }
}
