/**
 * Long work in slices, between which everything else has its turn: a thread that thinks for a
 * second answers nobody meanwhile. The work is a generator, which yields wherever it may pause.
 */
import type { Clock } from './clock.ts'
import { delay } from './clock.ts'

/** Less than anybody notices who waits for something else. */
const SLICE_MS = 5

/** To its end at once, for whoever has the thread to himself. */
export function atOnce<Result>(work: Generator<void, Result, void>): Result {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}

/** Null when `signal` ended it before. */
export async function inSlices<Result>(
  clock: Clock,
  work: Generator<void, Result, void>,
  signal?: AbortSignal,
): Promise<Result | null> {
  for (;;) {
    const untilMs = clock.monotonicMs() + SLICE_MS
    do {
      const step = work.next()
      if (step.done) return step.value
    } while (clock.monotonicMs() < untilMs)
    if (signal?.aborted) return null
    await delay(clock, 0)
  }
}
