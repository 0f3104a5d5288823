/** The machine's time. */
import type { Clock } from '../base/clock.ts'

export const hostClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  timer: (delayMs, action) => {
    const handle = setTimeout(action, delayMs)
    handle.unref()
    return { cancel: () => clearTimeout(handle) }
  },
}
