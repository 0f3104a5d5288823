/**
 * Says what a command waits for, once that lasts: who sees nothing for ten seconds takes the
 * command for broken, and not the cluster.
 */
import type { Timer } from '../base/clock.ts'
import { hostClock } from '../host/clock.ts'

/** Leaders move, and coordinators, in less. */
const QUIET_MS = 3_000
/** What failed so long ago is another story. */
const APART_MS = 10_000

export class Waiting {
  readonly #say: (what: string) => void
  readonly #explain: (error: Error) => string
  #timer: Timer | null = null
  #firstMs = -Infinity
  #lastMs = -Infinity
  #said = ''

  constructor(of: {
    readonly explain: (error: Error) => string
    /** Prints a line. */
    readonly say: (what: string) => void
  }) {
    this.#say = of.say
    this.#explain = of.explain
  }

  /** What is waited for from now on, unless something else is said of it meanwhile. */
  begin(what: string): void {
    this.#timer = hostClock.timer(QUIET_MS, () => {
      if (this.#said === '') this.#tell(`waiting for ${what}`)
    })
  }

  /** Something failed, and is tried again. */
  note(error: Error): void {
    const nowMs = hostClock.monotonicMs()
    if (nowMs - this.#lastMs > APART_MS) {
      this.#firstMs = nowMs
      this.#said = ''
    }
    this.#lastMs = nowMs
    if (nowMs - this.#firstMs >= QUIET_MS) this.#tell(`waiting: ${this.#explain(error)}`)
  }

  end(): void {
    this.#timer?.cancel()
  }

  #tell(what: string): void {
    if (this.#said === what) return
    this.#said = what
    this.#say(what)
  }
}
