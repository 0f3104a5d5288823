/**
 * The open files of all logs, bounded: an idle partition holds no descriptor. Files with bytes that
 * are not fsynced stay open, because closing one may lose the report of a failed write-back.
 */
import type { Disk } from '../base/disk.ts'

export class FilePool {
  readonly disk: Disk
  readonly openMax: number

  constructor({ disk, openMax }: { disk: Disk; openMax: number }) {
    this.disk = disk
    this.openMax = openMax
  }
}
