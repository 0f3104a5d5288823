/** Measures of the process, which all nodes in it share. */
import { processReadings } from '../../host/process-readings.ts'
import type { LoopDelay } from '../../host/loop-delay.ts'
import type { Collector } from '../../metrics/collection.ts'
import { VERSION } from '../../version.ts'

export function processMetrics(loopDelay: LoopDelay, openFilesLimit: number): Collector {
  return (put) => {
    put('lograft_build_info', 1, VERSION, process.version)
    put('lograft_event_loop_delay_seconds', loopDelay.read())
    const now = processReadings()
    put('lograft_event_loop_busy_seconds_total', now.loopBusySeconds)
    put('process_cpu_seconds_total', now.cpuSeconds)
    put('process_start_time_seconds', now.startedSeconds)
    put('process_resident_memory_bytes', now.residentBytes)
    if (now.openFiles !== null) put('process_open_fds', now.openFiles)
    put('process_max_fds', openFilesLimit)
    put('nodejs_heap_size_used_bytes', now.heapUsedBytes)
    put('nodejs_heap_size_total_bytes', now.heapTotalBytes)
    put('nodejs_external_memory_bytes', now.externalBytes)
  }
}
