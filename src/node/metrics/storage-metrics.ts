/** Measures of a broker's disk and of the logs on it. */
import type { VolumeBytes } from '../../base/disk.ts'
import { DiskError } from '../../base/disk.ts'
import type { LogCleaner } from '../../log/cleaner/log-cleaner.ts'
import type { LogManager } from '../../log/log-manager.ts'
import type { SyncGate } from '../../log/sync-gate.ts'
import type { TailCache } from '../../log/tail-cache.ts'
import type { Collector } from '../../metrics/collection.ts'

export interface MeasuredStorage {
  /** Throws DiskError. */
  readonly volume: () => VolumeBytes
  readonly syncGate: SyncGate
  readonly tailCache: TailCache
  /** Null before the broker is registered. */
  readonly running: () => { readonly logs: LogManager; readonly cleaner: LogCleaner } | null
}

export function storageMetrics(of: MeasuredStorage): Collector {
  return (put) => {
    const volume = volumeOf(of)
    if (volume !== null) {
      put('lograft_volume_size_bytes', volume.totalBytes)
      put('lograft_volume_free_bytes', volume.usableBytes)
    }
    put('lograft_fsync_duration_seconds', of.syncGate.rounds, 'data')
    put('lograft_tail_cache_bytes', of.tailCache.usedBytes)
    put('lograft_tail_cache_hits_total', of.tailCache.hits)
    put('lograft_tail_cache_misses_total', of.tailCache.misses)
    const running = of.running()
    if (running === null) return
    const { logs, cleaner } = running
    put('lograft_offline_logs', logs.failures.length)
    put('lograft_cleaner_passes_total', cleaner.passes.count)
    put('lograft_cleaner_seconds_total', cleaner.passes.sumMs / 1_000)
    put('lograft_cleaner_removed_bytes_total', cleaner.removedBytes)
    put('lograft_cleaner_failures_total', cleaner.failures)
    put('lograft_cleaner_uncleanable_logs', cleaner.uncleanableCount)
  }
}

/** Null of a disk that fails: the other measures are worth having then. */
function volumeOf({ volume }: MeasuredStorage): VolumeBytes | null {
  try {
    return volume()
  } catch (thrown) {
    if (thrown instanceof DiskError) return null
    throw thrown
  }
}
