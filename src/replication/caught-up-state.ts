/**
 * Until when a follower had all that its leader had then: the clock of `replica.lag.time.max.ms`.
 * Pure. By log ends the rule is Kafka's: who has now what there was at its last fetch was caught up
 * at that time. By what is fsynced (S19), where several fetches pass before one fsync ends, what
 * there was is remembered until it is reached; else a disk under load would never seem to keep up.
 */
export class CaughtUp {
  readonly #isPatient: boolean
  #untilMs: number
  /** What there was to reach, and when. */
  #endThen = 0
  #thenMs = -Infinity

  /** @param isPatient what there was to reach stays until it is reached */
  constructor(untilMs: number, { isPatient }: { readonly isPatient: boolean }) {
    this.#untilMs = untilMs
    this.#isPatient = isPatient
  }

  /** -Infinity: not since it has to catch up. */
  get untilMs(): number {
    return this.#untilMs
  }

  /** It has everything below `held` now. */
  reached(held: number, { nowMs, logEndOffset }: { nowMs: number; logEndOffset: number }): void {
    const hasWhatWas = held >= this.#endThen
    if (held >= logEndOffset) this.#untilMs = nowMs
    else if (hasWhatWas) this.#untilMs = Math.max(this.#untilMs, this.#thenMs)
    if (this.#isPatient && !hasWhatWas && this.#endThen !== Infinity) return
    this.#endThen = logEndOffset
    this.#thenMs = nowMs
  }

  /** Nothing was new until `atMs` for one that had everything below `held`. */
  rested(held: number, atMs: number): void {
    if (held < this.#endThen) return
    this.#untilMs = Math.max(this.#untilMs, atMs)
    this.#thenMs = Math.max(this.#thenMs, atMs)
  }

  /** Nothing that it had until now counts. */
  beginAgain(): void {
    this.#untilMs = -Infinity
    this.#thenMs = -Infinity
    this.#endThen = Infinity
  }
}
