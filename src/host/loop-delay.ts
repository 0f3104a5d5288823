/**
 * How late the event loop is: Node's own monitor, which wakes up every 20 ms and costs next to
 * nothing. It knows quantiles of all it has seen; what is kept here are counts, which can be added
 * up and subtracted.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Durations } from '../base/durations.ts'

const RESOLUTION_MS = 20

export interface LoopDelay {
  /** What was seen until now. */
  read(): Durations
  stop(): void
}

export function watchLoopDelay(): LoopDelay {
  const delays = new Durations()
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  monitor.enable()
  return {
    read() {
      // Up to each percentile so many were at most so late; what lies between two is of the later.
      let counted = 0
      for (const [percentile, delayNs] of monitor.percentiles) {
        const upTo = Math.round((monitor.count * percentile) / 100)
        // It measures from one wake-up to the next, which are that far apart without any delay.
        const lateMs = Math.max(0, delayNs / 1e6 - RESOLUTION_MS)
        if (upTo > counted) delays.add(lateMs, upTo - counted)
        counted = Math.max(counted, upTo)
      }
      monitor.reset()
      return delays
    },
    stop: () => void monitor.disable(),
  }
}
