/**
 * Snapshots from one node to another: the newest one out, and one at a time in. What comes in is
 * gathered in a file of its own, checked as a whole and synced, and counts only when the batch that
 * names it is written (SAFETY S8). A cut transfer goes on where it ended.
 */
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import type { Disk, DiskFile } from '../base/disk.ts'
import { DiskError, isTransient } from '../base/disk.ts'
import type { IncomingSnapshot, OutgoingSnapshot, SnapshotOffer } from './ports.ts'
import type { SnapshotId, SnapshotStore } from './snapshot-store.ts'

/** The file stays open, so that its removal meanwhile does not matter. Close it. */
export function openOutgoing(
  disk: Disk,
  snapshots: SnapshotStore,
  id: SnapshotId,
): OutgoingSnapshot & { close(): void } {
  const file = disk.open(snapshots.pathOf(id), 'read')
  return {
    ...id,
    sizeBytes: file.sizeBytes(),
    read(bytePosition, maxBytes) {
      const bytes = new Uint8Array(maxBytes)
      return bytes.subarray(0, file.readAt(bytes, bytePosition))
    },
    close: () => file.close(),
  }
}

export interface SnapshotReceiverOptions {
  readonly disk: Disk
  readonly clock: Clock
  readonly snapshots: SnapshotStore
  /** The disk is not to be trusted any more (S18). */
  readonly failed: (error: Error) => void
}

/** Bytes of a snapshot at most; more is refused. */
const SNAPSHOT_BYTES_MAX = 16 * 1024 * 1024 * 1024

interface Gathered {
  readonly id: SnapshotId
  readonly sizeBytes: number
  receivedBytes: number
  isChecked: boolean
  isBusy: boolean
  /** A batch on its way to the disk names it. */
  isNamed: boolean
}

export class SnapshotReceiver {
  readonly #options: SnapshotReceiverOptions
  /** The newest that was offered, whole or in part. */
  #gathered: Gathered | null = null

  constructor(options: SnapshotReceiverOptions) {
    this.#options = options
  }

  /** Whether all of that snapshot is here, checked and durable. */
  has({ endOffset, epoch }: SnapshotId): boolean {
    const { id, isChecked } = this.#gathered ?? {}
    return isChecked === true && id?.endOffset === endOffset && id.epoch === epoch
  }

  /** Null: another one is on its way. */
  receive({ endOffset, epoch, sizeBytes }: SnapshotOffer): IncomingSnapshot | null {
    const id = { endOffset, epoch }
    if (sizeBytes > SNAPSHOT_BYTES_MAX || this.#mustKeep) return null
    if (this.#gathered && this.#isSame(this.#gathered, id, sizeBytes))
      return this.#open(this.#gathered)
    this.#drop()
    const isNothing = { receivedBytes: 0, isChecked: false, isBusy: false, isNamed: false }
    this.#gathered = { id, sizeBytes, ...isNothing }
    return this.#open(this.#gathered)
  }

  /** A batch names what was received: it may not go before that batch is written. */
  keepUntilAdopted(): void {
    if (this.#gathered) this.#gathered.isNamed = true
  }

  get #mustKeep(): boolean {
    const gathered = this.#gathered
    if (gathered === null) return false
    return gathered.isBusy || (gathered.isNamed && this.#isThere(gathered))
  }

  #isThere({ id }: Gathered): boolean {
    const { disk, snapshots } = this.#options
    return disk.exists(snapshots.incomingPathOf(id))
  }

  #isSame(gathered: Gathered, { endOffset, epoch }: SnapshotId, sizeBytes: number): boolean {
    const { id } = gathered
    if (id.endOffset !== endOffset || id.epoch !== epoch) return false
    return gathered.sizeBytes === sizeBytes && this.#isThere(gathered)
  }

  #drop(): void {
    const { disk, snapshots } = this.#options
    if (this.#gathered) disk.remove(snapshots.incomingPathOf(this.#gathered.id))
    this.#gathered = null
  }

  #open(gathered: Gathered): IncomingSnapshot {
    const { disk, snapshots } = this.#options
    const file = disk.open(snapshots.incomingPathOf(gathered.id), 'create')
    gathered.isBusy = true
    let isOpen = true
    const close = () => {
      if (!isOpen) return
      isOpen = false
      gathered.isBusy = false
      file.close()
    }
    return {
      receivedBytes: gathered.receivedBytes,
      write: (bytes, bytePosition) => {
        if (!isOpen) throw new DiskError('DISK_FAILED', 'a snapshot that was abandoned')
        if (bytePosition !== gathered.receivedBytes)
          throw new RangeError(`expected byte ${gathered.receivedBytes}, got ${bytePosition}`)
        const written = file.writeAt([bytes], bytePosition)
        if (written < bytes.byteLength)
          throw new DiskError('DISK_FULL', `${file.path}: no space left`)
        gathered.receivedBytes += written
      },
      finish: async () => {
        try {
          await this.#finish(gathered, file)
        } catch (thrown) {
          if (thrown instanceof DiskError && !isTransient(thrown)) this.#options.failed(thrown)
          throw thrown
        } finally {
          close()
          if (!gathered.isChecked && this.#gathered === gathered) this.#drop()
        }
      },
      abandon: close,
    }
  }

  async #finish(gathered: Gathered, file: DiskFile): Promise<void> {
    if (gathered.isChecked) return
    const { id, sizeBytes, receivedBytes } = gathered
    if (receivedBytes !== sizeBytes)
      throw new RangeError(`${receivedBytes} of ${sizeBytes} bytes of a snapshot`)
    const { clock, snapshots } = this.#options
    const parts = snapshots.checkIncoming(id)
    // A pause between parts: a large one takes a while.
    while (parts.next().done !== true) await delay(clock, 0)
    await file.sync()
    gathered.isChecked = true
  }
}
