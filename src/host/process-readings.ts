/** What this process takes of the machine, as the system says now. */
import fs from 'node:fs'
import { performance } from 'node:perf_hooks'

export interface ProcessReadings {
  readonly cpuSeconds: number
  /** In seconds since 1970. */
  readonly startedSeconds: number
  readonly residentBytes: number
  readonly heapUsedBytes: number
  readonly heapTotalBytes: number
  readonly externalBytes: number
  /** Null where the system does not list them. */
  readonly openFiles: number | null
  /** Time in which the event loop was not idle. */
  readonly loopBusySeconds: number
}

export function processReadings(): ProcessReadings {
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed, heapTotal, external } = process.memoryUsage()
  return {
    cpuSeconds: (user + system) / 1e6,
    startedSeconds: performance.timeOrigin / 1_000,
    residentBytes: rss,
    heapUsedBytes: heapUsed,
    heapTotalBytes: heapTotal,
    externalBytes: external,
    openFiles: openFiles(),
    loopBusySeconds: performance.eventLoopUtilization().active / 1_000,
  }
}

function openFiles(): number | null {
  try {
    // Not counted: the descriptor of the reading itself.
    return fs.readdirSync('/proc/self/fd').length - 1
  } catch {
    return null
  }
}
