/** The machine's time. */
import type { Clock } from '../base/clock.ts'

export const hostClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  timer: (delayMs, action) => {
    if (delayMs <= 0) {
      // One that is not referenced would let the loop sleep first.
      const handle = setImmediate(action)
      return { cancel: () => clearImmediate(handle) }
    }
    const handle = setTimeout(action, delayMs)
    handle.unref()
    return { cancel: () => clearTimeout(handle) }
  },
}

/**
 * Milliseconds that all processes of this machine count alike, also those in other languages (their
 * monotonic clock); never goes back.
 */
export const machineMs = (): number => Number(process.hrtime.bigint()) / 1e6
