/**
 * Answers that wait until what they rest on is committed, in the order of the log. One that waits
 * for too long is refused, and whether its records will be committed is open, as after any timeout.
 */
import type { Clock, Timer } from '../../base/clock.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'

interface HeldAnswer {
  readonly requiredOffset: number
  readonly deadlineMs: number
  readonly settle: (code: ErrorCode) => void
}

export class Held {
  readonly #clock: Clock
  readonly #timeoutMs: number
  #answers: HeldAnswer[] = []
  #timer: Timer | null = null

  constructor(clock: Clock, timeoutMs: number) {
    this.#clock = clock
    this.#timeoutMs = timeoutMs
  }

  add(requiredOffset: number, settle: (code: ErrorCode) => void): void {
    const deadlineMs = this.#clock.monotonicMs() + this.#timeoutMs
    this.#answers.push({ requiredOffset, deadlineMs, settle })
    this.#watchDeadline()
  }

  /** Settles those that rest on what is committed. */
  release(isCommitted: (requiredOffset: number) => boolean): void {
    let count = 0
    for (const { requiredOffset } of this.#answers) {
      if (!isCommitted(requiredOffset)) break
      count += 1
    }
    for (const { settle } of this.#answers.splice(0, count)) settle(errors.NONE)
    this.#watchDeadline()
  }

  /** Refuses all that wait, and all that come. */
  end(code: ErrorCode): void {
    this.#timer?.cancel()
    for (const { settle } of this.#answers.splice(0)) settle(code)
  }

  /** Deadlines are in the order of the answers. */
  #watchDeadline(): void {
    const [first] = this.#answers
    if (this.#timer !== null || first === undefined) return
    const leftMs = Math.max(0, first.deadlineMs - this.#clock.monotonicMs())
    this.#timer = this.#clock.timer(leftMs, () => {
      this.#timer = null
      const nowMs = this.#clock.monotonicMs()
      const late = this.#answers.filter(({ deadlineMs }) => deadlineMs <= nowMs)
      this.#answers = this.#answers.slice(late.length)
      for (const { settle } of late) settle(errors.COORDINATOR_NOT_AVAILABLE)
      this.#watchDeadline()
    })
  }
}
