/**
 * Loaded into a broker before anything else (`node --import`), it watches how late the event loop
 * is; at SIGUSR2 it prints the longest that it was since the last time, as one line. It costs a
 * timer of a few milliseconds, so a broker that carries it may be timed.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'

const RESOLUTION_MS = 5
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
delays.enable()

process.on('SIGUSR2', () => {
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS)
  const told = { p99Ms: late(delays.percentile(99)), maxMs: late(delays.max) }
  process.stdout.write(`probe ${JSON.stringify(told)}\n`)
  delays.reset()
})
