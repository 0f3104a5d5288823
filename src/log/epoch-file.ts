/**
 * `leader-epoch-checkpoint` of one log, as it is written: with the flushes, when the epochs
 * changed. It spares the next start a walk over all batches, which say the same; of a compacted log
 * it says what the batches do not any more: where an epoch began whose first batches are gone.
 */
import type { Disk } from '../base/disk.ts'
import { DiskError, isTransient } from '../base/disk.ts'
import { CheckpointFile, printEpochCheckpoint } from './checkpoint.ts'
import { LEADER_EPOCH_FILE } from './file-names.ts'
import type { EpochEntry } from './leader-epoch-cache.ts'
import { sameEpochs } from './leader-epoch-cache.ts'
import { SyncFailed } from './sync-failed.ts'

export interface EpochFilePorts {
  /** A full disk or a lack of descriptors, the first of a row. */
  refused(error: DiskError): void
  /** The disk is not to be trusted. */
  failed(error: DiskError): void
}

export class EpochFile {
  readonly #file: CheckpointFile
  readonly #ports: EpochFilePorts
  #onDisk: readonly EpochEntry[]
  #isRefused = false

  constructor(
    disk: Disk,
    { directory, onDisk }: { readonly directory: string; readonly onDisk: readonly EpochEntry[] },
    ports: EpochFilePorts,
  ) {
    this.#file = new CheckpointFile(disk, `${directory}/${LEADER_EPOCH_FILE}`)
    this.#onDisk = onDisk
    this.#ports = ports
  }

  /** Whether these are the epochs on disk. */
  holds(epochs: readonly EpochEntry[]): boolean {
    return sameEpochs(this.#onDisk, epochs)
  }

  /** Whether it says where each of these epochs began that begins below `offset`. */
  covers(epochs: readonly EpochEntry[], offset: number): boolean {
    return epochs.every(({ leaderEpoch, startOffset }, index) => {
      if (startOffset >= offset) return true
      const known = this.#onDisk.findLast((entry) => entry.startOffset <= startOffset)
      // Where the log begins, the first of them may have begun long before.
      const isPlace = index === 0 || known?.startOffset === startOffset
      return known?.leaderEpoch === leaderEpoch && isPlace
    })
  }

  /**
   * Only a failed fsync is thrown: the batches say the same, so a full disk may put this off, and
   * it never holds up what they were flushed for.
   */
  async write(epochs: readonly EpochEntry[], isWanted: () => boolean): Promise<void> {
    try {
      if (!(await this.#file.write(printEpochCheckpoint(epochs), isWanted))) return
      this.#onDisk = epochs
      this.#isRefused = false
    } catch (thrown) {
      if (thrown instanceof SyncFailed || !(thrown instanceof DiskError)) throw thrown
      if (!isTransient(thrown)) this.#ports.failed(thrown)
      else if (!this.#isRefused) this.#ports.refused(thrown)
      this.#isRefused ||= isTransient(thrown)
    }
  }
}
