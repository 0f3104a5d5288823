/**
 * How long something took, counted into fixed steps: plain numbers that whoever measures adds to
 * and whoever exports reads. Adding costs some nanoseconds and allocates nothing.
 */

/** The upper end of each step, in seconds and inclusive; what took longer has one step more. */
export const STEPS_SECONDS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
] as const

const STEPS_MS = STEPS_SECONDS.map((seconds) => seconds * 1_000)

export class Durations {
  /** Of each step, what took at most that long and longer than the step before. */
  readonly counts = new Float64Array(STEPS_MS.length + 1)
  sumMs = 0

  /** It took so long; `times` times. */
  add(tookMs: number, times = 1): void {
    let step = 0
    while (step < STEPS_MS.length && tookMs > (STEPS_MS[step] as number)) step += 1
    this.counts[step] = (this.counts[step] as number) + times
    this.sumMs += tookMs * times
  }

  get count(): number {
    return this.counts.reduce((sum, count) => sum + count, 0)
  }
}
