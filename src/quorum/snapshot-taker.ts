/**
 * Snapshots of this node's own: when enough was committed since the last one, the committed image
 * is written, piece by piece, and the log behind the older of the two that are kept is forgotten.
 * A full disk costs a snapshot, not the node.
 */
import assert from 'node:assert'
import { isTransient } from '../base/disk.ts'
import { asError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import { imageRecords } from '../metadata/snapshot.ts'
import type { SnapshotMark } from '../raft/entry.ts'
import type { Applier } from './applier.ts'
import type { SnapshotSource } from './ports.ts'
import type { SnapshotStore } from './snapshot-store.ts'
import type { Storage } from './storage.ts'

export interface SnapshotTakerOptions {
  readonly storage: Storage
  readonly snapshots: SnapshotStore
  readonly source: SnapshotSource
  readonly logger: Logger
  readonly maxBytesBetweenSnapshots: number
  /** The core is to read nothing at or before it any more; called before it is forgotten. */
  readonly compacted: (start: SnapshotMark) => void
  readonly failed: (error: Error) => void
}

export class SnapshotTaker {
  readonly #options: SnapshotTakerOptions
  #running: Promise<void> | null = null
  #isStopped = false

  constructor(options: SnapshotTakerOptions) {
    this.#options = options
  }

  /** Something was delivered to the listeners. */
  consider(applier: Applier): void {
    if (this.#isStopped || this.#running !== null) return
    if (applier.bytesSinceSnapshot < this.#options.maxBytesBetweenSnapshots) return
    // A node that was never told who votes has nothing to say about it.
    if (applier.configuration === null) return
    this.#running = this.#take(applier).finally(() => {
      this.#running = null
    })
  }

  /** Never rejects. */
  async stop(): Promise<void> {
    this.#isStopped = true
    await this.#running
  }

  async #take(applier: Applier): Promise<void> {
    const { storage, snapshots, source, logger, failed } = this.#options
    const { configuration } = applier
    const image = source.committedImage
    const id = { endOffset: image.metadataOffset + 1, epoch: image.controllerEpoch }
    try {
      assert(configuration && id.endOffset === applier.index, 'a snapshot is of what is applied')
      applier.snapshotTaken()
      // A segment that ends about where the snapshot does can be forgotten as a whole later.
      storage.roll()
      await snapshots.write(id, { configuration, records: imageRecords(image) })
      storage.tookSnapshot(id)
      logger.info(id, 'metadata snapshot taken')
      this.#forget()
    } catch (thrown) {
      if (!isTransient(thrown)) failed(asError(thrown))
      else logger.warn({ err: thrown }, 'no space for a metadata snapshot')
    }
  }

  #forget(): void {
    const { storage, compacted } = this.#options
    const start = storage.forgettable()
    if (start === null) return
    compacted(start)
    storage.forgetBefore(start)
  }
}
