/**
 * The `%020d.snapshot` files of one log. Written at a roll and at the close, not fsynced (a torn
 * one is known by its CRC); those of batches that are gone must go before anything takes their
 * place (SAFETY S7), so removals count once the caller has fsynced the directory.
 */
import type { Disk } from '../base/disk.ts'
import { DiskError, isTransient } from '../base/disk.ts'
import { SNAPSHOT_SUFFIX, offsetFileName } from './file-names.ts'
import { printProducerSnapshot } from './producer-snapshot.ts'
import type { ProducerState } from './producer-state.ts'

/** Kept whatever segments there are: the newest, and one more should it be torn. */
const NEWEST_KEPT = 2

export class ProducerSnapshots {
  readonly #disk: Disk
  readonly #directory: string
  #offsets: readonly number[]

  constructor(disk: Disk, directory: string, offsets: readonly number[]) {
    this.#disk = disk
    this.#directory = directory
    this.#offsets = offsets
  }

  /** Each stands for all batches below it. Ascending. */
  get offsets(): readonly number[] {
    return this.#offsets
  }

  /**
   * Writes what `producers` are at `offset`, the log end. A full disk does without. Older ones go,
   * but for those at the base of a segment: truncation may fall back on them.
   */
  take(offset: number, producers: ProducerState, segmentBases: ReadonlySet<number>): void {
    // Nobody has produced to a log that holds nothing.
    if ((this.#offsets.at(-1) ?? 0) === offset) return
    try {
      this.#write(offset, printProducerSnapshot(producers.entries()))
      this.#offsets = [...this.#offsets, offset]
    } catch (thrown) {
      if (!isTransient(thrown)) throw thrown
    }
    const newestFrom = this.#offsets.length - NEWEST_KEPT
    this.#keep((taken, index) => segmentBases.has(taken) || index >= newestFrom)
  }

  /** Not durable before the directory is fsynced. */
  dropAbove(offset: number): void {
    this.#keep((taken) => taken <= offset)
  }

  #keep(wanted: (offset: number, index: number) => boolean): void {
    const dropped = this.#offsets.filter((offset, index) => !wanted(offset, index))
    if (dropped.length === 0) return
    this.#offsets = this.#offsets.filter(wanted)
    for (const offset of dropped) this.#disk.remove(this.#path(offset))
  }

  #write(offset: number, bytes: Uint8Array): void {
    const path = this.#path(offset)
    const file = this.#disk.open(path, 'create')
    let written = 0
    try {
      file.truncate(0)
      written = file.writeAt([bytes], 0)
      if (written < bytes.byteLength)
        throw new DiskError('DISK_FULL', `${path}: ${written} of ${bytes.byteLength} bytes written`)
    } finally {
      file.close()
      if (written < bytes.byteLength) this.#disk.remove(path)
    }
  }

  #path(offset: number): string {
    return `${this.#directory}/${offsetFileName(offset, SNAPSHOT_SUFFIX)}`
  }
}
