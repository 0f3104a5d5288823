/**
 * Removing the files below the log starts, in an order that no crash can harm: first it is durable
 * where the logs begin, then the files go. A restart that finds only some of them allows for gaps
 * below the log start (`recovery-scan.ts`).
 */
import { isTransient } from '../base/disk.ts'
import { asError } from '../base/errors.ts'
import type { LogCheckpoints, PartitionName } from './log-checkpoints.ts'
import type { Log } from './log.ts'

export interface LogStartsPorts {
  readonly logOf: (partition: PartitionName) => Log | undefined
  readonly checkpoints: LogCheckpoints
  /** Rejects with a transient DiskError when the disk is full. */
  readonly writeLogStarts: () => Promise<void>
}

/** Returns how many segments went. Rejects when a full disk refuses even what that frees. */
export async function settleLogStarts(
  partitions: readonly PartitionName[],
  { logOf, checkpoints, writeLogStarts }: LogStartsPorts,
): Promise<number> {
  const write = async () => {
    const isKept = (of: PartitionName) =>
      checkpoints.logStart(of) >= (logOf(of)?.logStartOffset ?? 0)
    if (!partitions.every(isKept)) await writeLogStarts()
  }
  const remove = () =>
    partitions.reduce(
      (count, of) => count + (logOf(of)?.removeExpired(checkpoints.logStart(of)) ?? 0),
      0,
    )
  let removed = 0
  try {
    await write()
  } catch (thrown) {
    if (!isTransient(asError(thrown))) throw thrown
    // Perhaps what goes makes the room.
    removed = remove()
    await write()
  }
  return removed + remove()
}
