/**
 * The segment that is being written in the place of others: batches are gathered and written
 * together, its indexes made on the way. It is nobody's until it is swapped in.
 */
import type { Disk } from '../../base/disk.ts'
import { unzeroedBytes } from '../../bytes/unzeroed.ts'
import { BatchCursor } from '../../records/batch.ts'
import type { Segment } from '../segment.ts'
import { syncing } from '../sync-failed.ts'
import type { SyncGate } from '../sync-gate.ts'

/** What a turn gathers, with something to spare; a giant batch makes it grow. */
const BUFFER_BYTES = 2 * 1024 * 1024
/** An fsync of more holds up those of others (S20). */
const UNSYNCED_BYTES_MAX = 16 * 1024 * 1024

export class CleanedSegment {
  readonly segment: Segment
  readonly #syncGate: SyncGate
  #buffer = unzeroedBytes(BUFFER_BYTES)
  #used = 0

  constructor(segment: Segment, syncGate: SyncGate) {
    this.segment = segment
    this.#syncGate = syncGate
  }

  get sizeBytes(): number {
    return this.segment.sizeBytes + this.#used
  }

  /** Copies one batch. Nothing is written before `settle`. */
  append(batch: Uint8Array): void {
    const wanted = this.#used + batch.byteLength
    if (wanted > this.#buffer.byteLength) {
      const grown = unzeroedBytes(Math.max(wanted, this.#buffer.byteLength * 2))
      grown.set(this.#buffer.subarray(0, this.#used))
      this.#buffer = grown
    }
    this.#buffer.set(batch, this.#used)
    this.#used += batch.byteLength
  }

  /**
   * Writes what was gathered, and fsyncs it when that is much; all of it, and for good, when it is
   * finished. Throws DiskError.
   */
  async settle({ finished }: { readonly finished: boolean }): Promise<void> {
    const { segment } = this
    this.#write()
    const { sizeBytes } = segment
    if (!finished && sizeBytes - segment.syncedBytes < UNSYNCED_BYTES_MAX) return
    await this.#syncGate.enter()
    try {
      const file = segment.log.get()
      segment.log.pin()
      try {
        await syncing(() => file.sync())
      } finally {
        segment.log.unpin()
      }
      segment.markSynced(sizeBytes)
    } finally {
      this.#syncGate.leave()
    }
    if (!finished) return
    segment.becomeInactive()
    segment.close()
  }

  /** Removes what is left of it: it is not to be. */
  discard(disk: Disk): void {
    this.segment.abandon()
    for (const { path } of [this.segment.log, this.segment.offsets, this.segment.times])
      disk.remove(path)
  }

  #write(): void {
    const bytes = this.#buffer.subarray(0, this.#used)
    this.#used = 0
    if (bytes.byteLength === 0) return
    this.segment.write([bytes], bytes.byteLength)
    for (const batch = new BatchCursor(bytes); batch.at < bytes.byteLength; batch.next())
      this.segment.advance(batch)
  }
}
