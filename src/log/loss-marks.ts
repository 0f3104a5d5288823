/**
 * Files in a partition's directory that say: records that were here, and may have been
 * acknowledged, are gone (SAFETY S11). The one is ours; with the other an operator began the log
 * anew. They stay until nobody takes this log for one that holds those records, however often the
 * process dies.
 */
import type { Disk } from '../base/disk.ts'
import { BEGIN_ANEW_FILE, RECORDS_LOST_FILE } from './file-names.ts'

export class LossMarks {
  readonly #disk: Disk
  readonly #directory: string
  #names: readonly string[]

  /** `files`: what is in the directory, by name. */
  constructor(disk: Disk, directory: string, files: readonly string[]) {
    this.#disk = disk
    this.#directory = directory
    this.#names = files.filter((name) => name === BEGIN_ANEW_FILE || name === RECORDS_LOST_FILE)
  }

  get any(): boolean {
    return this.#names.length > 0
  }

  /** Before anything is cut. Throws DiskError. */
  add(): void {
    if (this.any) return
    this.#disk.open(`${this.#directory}/${RECORDS_LOST_FILE}`, 'create').close()
    this.#names = [RECORDS_LOST_FILE]
  }

  /** Throws DiskError. */
  forget(): void {
    for (const name of this.#names) this.#disk.remove(`${this.#directory}/${name}`)
    this.#names = []
  }
}
