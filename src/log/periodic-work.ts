/**
 * What the logs of a directory need done from time to time: checkpoints, retention, `flush.ms`,
 * forgetting producers. A disk that fails tells of it by itself; nothing here stops for that.
 */
import type { Background } from '../base/background.ts'
import { every } from '../base/background.ts'
import type { Clock } from '../base/clock.ts'
import { DiskError } from '../base/disk.ts'
import type { Log } from './log.ts'

const HIGH_WATERMARK_CHECKPOINT_INTERVAL_MS = 5_000
const RECOVERY_POINT_CHECKPOINT_INTERVAL_MS = 60_000
const RETENTION_CHECK_INTERVAL_MS = 300_000
const PRODUCER_EXPIRATION_CHECK_INTERVAL_MS = 600_000
const FLUSH_CHECK_INTERVAL_MS = 1_000

/** Milliseconds; defaults are Kafka's. */
export interface PeriodicIntervals {
  readonly highWatermarkCheckpointIntervalMs?: number
  readonly recoveryPointCheckpointIntervalMs?: number
  readonly retentionCheckIntervalMs?: number
}

export interface MaintainedLogs {
  logs(): Iterable<{ readonly log: Log }>
  checkpointHighWatermarks(): Promise<void>
  checkpointRecoveryPoints(): Promise<void>
  applyRetention(): Promise<number>
}

export function periodicWork(
  maintained: MaintainedLogs,
  options: PeriodicIntervals & {
    readonly clock: Clock
    /** A failed fsync, or a bug: the node stops. */
    readonly onFatal: (error: Error) => void
  },
): Background[] {
  const { clock } = options
  const loop = (name: string, intervalMs: number, round: () => void | Promise<void>) =>
    every(clock, { name: `log manager: ${name}`, intervalMs }, round, (error) =>
      options.onFatal(error),
    )
  const survive = (round: () => Promise<unknown>) => async () => {
    await round().catch((thrown: unknown) => {
      if (!(thrown instanceof DiskError)) throw thrown
    })
  }
  return [
    loop(
      'high watermarks',
      options.highWatermarkCheckpointIntervalMs ?? HIGH_WATERMARK_CHECKPOINT_INTERVAL_MS,
      survive(() => maintained.checkpointHighWatermarks()),
    ),
    loop(
      'recovery points',
      options.recoveryPointCheckpointIntervalMs ?? RECOVERY_POINT_CHECKPOINT_INTERVAL_MS,
      survive(() => maintained.checkpointRecoveryPoints()),
    ),
    loop(
      'retention',
      options.retentionCheckIntervalMs ?? RETENTION_CHECK_INTERVAL_MS,
      survive(() => maintained.applyRetention()),
    ),
    loop('flush', FLUSH_CHECK_INTERVAL_MS, () => {
      for (const { log } of maintained.logs()) log.flushIfDue(clock.monotonicMs())
    }),
    loop('producer ids', PRODUCER_EXPIRATION_CHECK_INTERVAL_MS, () => {
      for (const { log } of maintained.logs()) log.expireProducers(clock.wallMs())
    }),
  ]
}
