/**
 * A clock that stands still until a test moves it. Timers fire in the order of their deadlines, and
 * in the order they were set when those are equal; each sees the time it was set for.
 */
import type { Clock, Timer } from '../../../src/base/clock.ts'

interface Pending {
  readonly atMs: number
  readonly action: () => void
}

export class ManualClock implements Clock {
  #nowMs = 0
  readonly #pending = new Set<Pending>()

  /** Timers that are set and have neither fired nor been cancelled. */
  get timers(): number {
    return this.#pending.size
  }

  wallMs(): number {
    return this.#nowMs
  }

  monotonicMs(): number {
    return this.#nowMs
  }

  timer(delayMs: number, action: () => void): Timer {
    const pending = { atMs: this.#nowMs + delayMs, action }
    this.#pending.add(pending)
    return { cancel: () => void this.#pending.delete(pending) }
  }

  /** Moves time on, firing what falls due, and lets the promises that wakes run. */
  async advance(byMs: number): Promise<void> {
    const until = this.#nowMs + byMs
    for (;;) {
      const due = [...this.#pending].filter(({ atMs }) => atMs <= until)
      const next = due.sort((a, b) => a.atMs - b.atMs)[0]
      if (!next) break
      this.#pending.delete(next)
      this.#nowMs = next.atMs
      next.action()
      await settle()
    }
    this.#nowMs = until
    await settle()
  }
}

/** Lets every promise that can make progress without outside events do so. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}
