/**
 * The open files of all logs, bounded: an idle partition costs no descriptor, an active one at most
 * its `.log` and two index files. Files are opened when they are needed and closed when others
 * need the place. A pinned file stays open: one with bytes that are not fsynced must, because
 * closing it may lose the report of a failed write-back.
 */
import assert from 'node:assert'
import type { Disk, DiskFile } from '../base/disk.ts'

/** Open files by default, pinned ones not counted. */
const OPEN_FILES_MAX = 2_000

export class FilePool {
  readonly disk: Disk
  readonly #openMax: number
  /**
   * In the order of opening; the place of a file that was used since is renewed (second chance).
   */
  readonly #open = new Set<PooledFile>()

  constructor({ disk, openMax = OPEN_FILES_MAX }: { disk: Disk; openMax?: number }) {
    this.disk = disk
    this.#openMax = openMax
  }

  get openCount(): number {
    return this.#open.size
  }

  /** A file that opens itself; `create` makes it when it is missing. */
  file(path: string, mode: 'write' | 'create'): PooledFile {
    return new PooledFile(this, path, mode)
  }

  /** For PooledFile only. */
  opened(file: PooledFile): void {
    this.#open.add(file)
    if (this.#open.size > this.#openMax) this.#closeSome()
  }

  /** For PooledFile only. */
  closed(file: PooledFile): void {
    this.#open.delete(file)
  }

  #closeSome(): void {
    let looks = this.#open.size * 2
    for (const file of this.#open) {
      if (this.#open.size <= this.#openMax || looks === 0) return
      looks -= 1
      this.#open.delete(file)
      if (file.mayClose()) file.closeNow()
      else this.#open.add(file)
    }
  }
}

export class PooledFile {
  readonly path: string
  readonly #pool: FilePool
  readonly #mode: 'write' | 'create'
  #file: DiskFile | null = null
  #used = false
  #pins = 0
  #closeWhenUnpinned = false

  constructor(pool: FilePool, path: string, mode: 'write' | 'create') {
    this.#pool = pool
    this.path = path
    this.#mode = mode
  }

  /** The open file; borrowed until the next call into the pool unless it is pinned. */
  get(): DiskFile {
    this.#used = true
    if (this.#file) return this.#file
    this.#file = this.#pool.disk.open(this.path, this.#mode)
    const file = this.#file
    // A full pool must not close the file it is being asked for.
    this.pin()
    this.#pool.opened(this)
    this.unpin()
    return file
  }

  pin(): void {
    this.#pins += 1
  }

  unpin(): void {
    assert(this.#pins > 0, 'a file is unpinned once per pin')
    this.#pins -= 1
    if (this.#pins === 0 && this.#closeWhenUnpinned) this.close()
  }

  /** For the pool: whether it may be closed now. Takes the second chance away. */
  mayClose(): boolean {
    if (this.#pins > 0) return false
    const used = this.#used
    this.#used = false
    return !used
  }

  /** For the pool. */
  closeNow(): void {
    const file = this.#file
    this.#file = null
    file?.close()
  }

  /** Closes it if it is open, once nobody pins it; it opens again when it is needed. */
  close(): void {
    this.#closeWhenUnpinned = this.#pins > 0
    if (!this.#file || this.#pins > 0) return
    this.#pool.closed(this)
    this.closeNow()
  }
}
