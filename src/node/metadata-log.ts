/**
 * The metadata log as `log/` keeps it: the same engine as everybody's data, with settings of its
 * own. It knows neither retention nor compaction (S8): snapshots alone decide what may go.
 */
import type { Clock } from '../base/clock.ts'
import type { Disk } from '../base/disk.ts'
import type { Logger } from '../base/log.ts'
import { Log } from '../log/log.ts'
import type { LogConfig } from '../log/types.ts'
import type { OpenEntryLog } from '../quorum/ports.ts'

/** Kafka's name of the metadata log's only partition, and its directory. */
export const METADATA_LOG = '__cluster_metadata-0'

const SEGMENT_BYTES = 64 * 1024 * 1024

const CONFIG: LogConfig = {
  'cleanup.policy': [],
  'delete.retention.ms': 0,
  'file.delete.delay.ms': 0,
  // The quorum flushes by itself, before every commit.
  'flush.messages': Infinity,
  'flush.ms': Infinity,
  'index.interval.bytes': 4096,
  'max.compaction.lag.ms': Infinity,
  'min.cleanable.dirty.ratio': 1,
  'min.compaction.lag.ms': 0,
  'retention.bytes': Infinity,
  'retention.ms': Infinity,
  'segment.bytes': SEGMENT_BYTES,
  'segment.index.bytes': 10 * 1024 * 1024,
  'segment.jitter.ms': 0,
  'segment.ms': Infinity,
}

export function entryLogs({
  disk,
  clock,
  logger,
  fatal,
}: {
  readonly disk: Disk
  readonly clock: Clock
  readonly logger: Logger
  readonly fatal: (error: Error) => void
}): OpenEntryLog {
  return ({ directory, recovery, recoveryPoint, logStartOffset }) =>
    Log.open({
      disk,
      clock,
      logger,
      directory,
      topicId: null,
      partition: 0,
      config: CONFIG,
      recoveryPoint,
      logStartOffset,
      highWatermark: logStartOffset,
      // Every entry is looked at, whatever the last stop was: what was acknowledged is in them.
      cleanShutdown: false,
      recovery,
      onFatal: fatal,
      onOffline: fatal,
    })
}
