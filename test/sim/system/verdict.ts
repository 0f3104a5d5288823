/**
 * What a run has broken first. Checks run inside the code under test, which may catch what they
 * throw: so it is kept here, and looked at after every event.
 */
import { Violation } from '../invariants/violation.ts'

export class Verdict {
  #first: Error | null = null

  get first(): Error | null {
    return this.#first
  }

  /** Runs what checks. */
  guard<T>(run: () => T): T {
    try {
      return run()
    } catch (thrown) {
      if (thrown instanceof Error) this.#first ??= thrown
      throw thrown
    }
  }

  /** The same, where nobody would catch what it throws. */
  note(run: () => void): void {
    try {
      this.guard(run)
    } catch {
      // Looked at after this event.
    }
  }

  /** Something failed that had no reason to. */
  report(error: Error, kind: 'fatal' | 'S6-refused'): void {
    if (error instanceof Violation || error.cause instanceof Violation) return
    const { cause } = error
    const root = cause instanceof Error ? cause : error
    const message = root.message.slice(0, 80)
    const isAssertion = root.name === 'AssertionError'
    const invariant = isAssertion
      ? `assert: ${message}`
      : kind === 'fatal'
        ? `fatal: ${message}`
        : kind
    this.#first ??= new Violation(invariant, root.stack ?? '')
  }
}
