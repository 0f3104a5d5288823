/**
 * Trying again, with a bound: Kafka's back-off (100 ms, doubled up to 1 s, a fifth more or less by
 * chance) until the time that was given is over. What may be tried again is the caller's to say.
 */
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import type { Random } from '../base/random.ts'
import { mayRetry } from './errors.ts'

const BACKOFF_MS = 100
const BACKOFF_MAX_MS = 1_000

export interface RetryOptions {
  readonly clock: Clock
  readonly random: Random
  /** From now on; the last attempt may begin shortly before it is over. */
  readonly timeoutMs: number
  /** Default: what `mayRetry` says. */
  readonly isWorthIt?: (thrown: unknown) => boolean
  /** Called before each wait. */
  readonly onRetry?: (error: Error) => void
  /** Ends the waiting; the last failure is thrown then. */
  readonly signal?: AbortSignal
}

/** Resolves with the first success, or rejects with the last failure. */
export async function retrying<Result>(
  attempt: () => Promise<Result>,
  { clock, random, timeoutMs, isWorthIt = mayRetry, onRetry, signal }: RetryOptions,
): Promise<Result> {
  const deadlineMs = clock.monotonicMs() + timeoutMs
  for (let backoffMs = BACKOFF_MS; ; backoffMs = Math.min(BACKOFF_MAX_MS, backoffMs * 2)) {
    try {
      return await attempt()
    } catch (thrown) {
      const waitMs = backoffMs * (0.8 + 0.4 * random.next())
      const isLate = clock.monotonicMs() + waitMs >= deadlineMs
      if (!isWorthIt(thrown) || isLate || signal?.aborted) throw thrown
      onRetry?.(asError(thrown))
      await delay(clock, waitMs, signal)
      if (signal?.aborted) throw thrown
    }
  }
}
