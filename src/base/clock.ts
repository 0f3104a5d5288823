/**
 * Time, as the rest of the broker sees it. The simulator has its own; production's is
 * `host/clock.ts`. Nothing else may ask the machine what time it is.
 */
export interface Timer {
  /** Idempotent; a timer that has fired may be cancelled too. */
  cancel(): void
}

export interface Clock {
  /** Milliseconds since 1970, as record timestamps count them. May jump either way. */
  wallMs(): number
  /** Milliseconds from an arbitrary origin; never goes back. */
  monotonicMs(): number
  /**
   * Calls `action` once after `delayMs`; for 0, as soon as what came from outside has had its turn.
   * Timers do not keep the process alive by themselves.
   */
  timer(delayMs: number, action: () => void): Timer
}

/** Waits on `clock`; resolves early, without an error, when `signal` aborts. */
export function delay(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const done = () => {
      timer.cancel()
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = clock.timer(delayMs, done)
    signal?.addEventListener('abort', done, { once: true })
  })
}
