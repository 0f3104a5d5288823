/**
 * When the checkpoints of a log directory are written, and what happens when the disk refuses: what
 * a full disk or a lack of descriptors refuses leaves the older checkpoint, which is as good; a
 * failed fsync stops the node (S18). What is in them: `log-checkpoints.ts`.
 */
import type { Disk } from '../base/disk.ts'
import { DiskError, isTransient } from '../base/disk.ts'
import { asError } from '../base/errors.ts'
import type { TopicId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { CreationList } from './creations.ts'
import type { FilePool } from './file-pool.ts'
import type { LogCheckpoints } from './log-checkpoints.ts'
import type { ManagedLog } from './managed-log.ts'
import { finishPartitionMetadata } from './partition-metadata.ts'
import type { SyncGate } from './sync-gate.ts'

/** New directories whose identity is made durable with each checkpoint of the recovery points. */
const IDENTITIES_PER_CHECKPOINT = 100

interface Ports {
  readonly disk: Disk
  readonly directory: string
  readonly logger: Logger
  /** Anything but a full disk or a lack of descriptors: stop the node. */
  readonly onFatal: (error: Error) => void
}

interface Written {
  /** Those that are open, by directory. */
  readonly logs: ReadonlyMap<string, ManagedLog>
  readonly checkpoints: LogCheckpoints
  readonly creations: CreationList
  readonly syncGate: SyncGate
  readonly files: FilePool
}

export class CheckpointWriter {
  readonly #ports: Ports
  readonly #written: Written
  /** Of a row of checkpoints that were refused, only the first is told. */
  #isRefused = false
  #isClosing = false

  constructor(ports: Ports, written: Written) {
    this.#ports = ports
    this.#written = written
  }

  /** Writes `replication-offset-checkpoint`. Each of these rejects when it was not written. */
  highWatermarks(): Promise<void> {
    return this.#gated(() => this.#written.checkpoints.writeHighWatermarks())
  }

  /** Writes `cleaner-offset-checkpoint`. */
  cleaned(): Promise<void> {
    return this.#gated(() => this.#written.checkpoints.writeCleaned())
  }

  /** Writes `log-start-offset-checkpoint`. */
  logStarts(): Promise<void> {
    return this.#gated(() => this.#written.checkpoints.writeLogStarts())
  }

  /** Writes the recovery points, the log starts, where gaps may be, and the list of creations. */
  async recoveryPoints(): Promise<void> {
    const { logs, creations } = this.#written
    const finished = await this.#finishCreations()
    await this.bounds()
    // Not before there is a recovery point: until then the list says that it is 0.
    for (const [name, topicId] of finished)
      if (logs.get(name)?.topicId === topicId) creations.forget(name)
    await this.#gated(() => creations.write())
  }

  /** Writes the recovery points, the log starts, and where compaction may have left gaps. */
  async bounds(): Promise<void> {
    const { checkpoints } = this.#written
    // First the gaps: below a recovery point one that nothing explains is damage.
    await this.#gated(() => checkpoints.writeGaps())
    await this.#gated(() => checkpoints.writeRecoveryPoints())
    await this.logStarts()
  }

  /** The stop tells by itself of what is not written from here on. */
  closing(): void {
    this.#isClosing = true
  }

  /** Makes some identities durable in their own directories; returns which. */
  async #finishCreations(): Promise<ReadonlyMap<string, TopicId>> {
    const { disk, directory } = this.#ports
    const { logs, creations } = this.#written
    const finished = new Map<string, TopicId>()
    if (this.#isClosing) return finished
    for (const [name, { topicId }] of [...creations.entries].slice(0, IDENTITIES_PER_CHECKPOINT))
      await this.#gated(async () => {
        if (logs.get(name)?.topicId !== topicId) return
        try {
          await finishPartitionMetadata(disk, `${directory}/${name}`)
          finished.set(name, topicId)
        } catch (thrown) {
          // Deleted meanwhile.
          if (!(thrown instanceof DiskError && thrown.code === 'NOT_FOUND')) throw thrown
        }
      })
    return finished
  }

  async #gated(write: () => Promise<void>): Promise<void> {
    const { logger, onFatal } = this.#ports
    const { syncGate } = this.#written
    await syncGate.enter()
    try {
      await write()
      if (this.#isRefused) logger.info({}, 'checkpoints are written again')
      this.#isRefused = false
    } catch (thrown) {
      const error = asError(thrown)
      if (isTransient(error)) this.#refused(error)
      else onFatal(error)
      throw error
    } finally {
      syncGate.leave()
    }
  }

  #refused(error: DiskError): void {
    if (error.code === 'TOO_MANY_FILES') this.#written.files.makeRoom()
    if (!this.#isRefused && !this.#isClosing)
      this.#ports.logger.warn({ err: error }, 'checkpoint not written; tried again later')
    this.#isRefused = true
  }
}
