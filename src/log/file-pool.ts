/**
 * The open files of all logs, bounded: an idle partition costs no descriptor, an active one at most
 * its `.log` and two index files. Files are opened when they are needed and closed when others
 * need the place. A pinned file stays open: one with bytes that are not fsynced must, because
 * closing it may lose the report of a failed write-back. So when there are too many of those, the
 * oldest are flushed, and when even that is too slow, nothing more is opened: sockets and
 * checkpoints need descriptors too.
 */
import assert from 'node:assert'
import type { Disk, DiskFile } from '../base/disk.ts'
import { DiskError } from '../base/disk.ts'

/** What is assumed when nobody says how many descriptors the process may have. */
const OPEN_FILES_LIMIT = 1_024
const OPEN_FILES_MIN = 32
const OPEN_FILES_MAX = 2_000

/** Flushes what a file belongs to; rejections are somebody else's to tell. */
type Flush = () => Promise<void>

export class FilePool {
  readonly disk: Disk
  /** Above it files that are not needed are closed. */
  readonly #openMax: number
  /** Above it nothing is opened. */
  readonly #refuseAbove: number
  /** Above it the files that have been dirty longest are flushed. */
  readonly #dirtyMax: number
  #openCount = 0
  /**
   * Open and not pinned, in the order of opening; the place of a file that was used since is
   * renewed (second chance).
   */
  readonly #closable = new Set<PooledFile>()
  /** Pinned by bytes that are not fsynced, longest first; those being flushed are not here. */
  readonly #dirty = new Map<PooledFile, Flush>()
  readonly #flushing = new Set<PooledFile>()

  /**
   * `openFilesLimit`: how many descriptors the process may have. The pool takes half of them, at
   * most 2,000; while more files are dirty than that, up to three quarters.
   */
  constructor({ disk, openFilesLimit }: { disk: Disk; openFilesLimit?: number | undefined }) {
    const limit = openFilesLimit ?? OPEN_FILES_LIMIT
    this.disk = disk
    this.#openMax = Math.min(Math.max(Math.floor(limit / 2), OPEN_FILES_MIN), OPEN_FILES_MAX)
    this.#refuseAbove = Math.max(this.#openMax, Math.floor((limit * 3) / 4))
    this.#dirtyMax = Math.floor(this.#openMax / 2)
  }

  get openCount(): number {
    return this.#openCount
  }

  /** A file that opens itself; `create` makes it when it is missing. */
  file(path: string, mode: 'write' | 'create'): PooledFile {
    return new PooledFile(this, path, mode)
  }

  /** Closes every file that may be closed: somebody found no descriptor. Returns how many. */
  makeRoom(): number {
    const { size } = this.#closable
    for (const file of this.#closable) file.closeNow()
    this.#closable.clear()
    this.#openCount -= size
    return size
  }

  // --- for PooledFile only

  /** Throws TOO_MANY_FILES when nearly all descriptors are taken by files that must stay open. */
  open(path: string, mode: 'write' | 'create'): DiskFile {
    this.#closeSome()
    if (this.#openCount >= this.#refuseAbove)
      throw new DiskError(
        'TOO_MANY_FILES',
        `${path}: not opened, ${this.#openCount} files wait for their fsync`,
      )
    const file = this.#openOrMakeRoom(path, mode)
    this.#openCount += 1
    return file
  }

  #openOrMakeRoom(path: string, mode: 'write' | 'create'): DiskFile {
    try {
      return this.disk.open(path, mode)
    } catch (thrown) {
      const isCrowded = thrown instanceof DiskError && thrown.code === 'TOO_MANY_FILES'
      if (!isCrowded || this.makeRoom() === 0) throw thrown
      return this.disk.open(path, mode)
    }
  }

  mayClose(file: PooledFile, may: boolean): void {
    if (may) this.#closable.add(file)
    else this.#closable.delete(file)
  }

  closed(file: PooledFile): void {
    this.#closable.delete(file)
    this.#openCount -= 1
  }

  becameDirty(file: PooledFile, flush: Flush): void {
    this.#dirty.set(file, flush)
    while (this.#dirty.size > this.#dirtyMax) {
      const [oldest] = this.#dirty
      if (!oldest) return
      this.#flush(...oldest)
    }
  }

  becameClean(file: PooledFile): void {
    this.#dirty.delete(file)
    this.#flushing.delete(file)
  }

  #flush(file: PooledFile, flush: Flush): void {
    this.#dirty.delete(file)
    this.#flushing.add(file)
    // What came meanwhile, or a failure, leaves it dirty: it is asked again in its turn.
    const ended = () => {
      if (this.#flushing.delete(file)) this.#dirty.set(file, flush)
    }
    flush().then(ended, ended)
  }

  /** Makes the place for one more. */
  #closeSome(): void {
    let looks = this.#closable.size * 2
    for (const file of this.#closable) {
      if (this.#openCount < this.#openMax || looks === 0) return
      looks -= 1
      this.#closable.delete(file)
      if (file.takeChance()) this.#closable.add(file)
      else {
        this.#openCount -= 1
        file.closeNow()
      }
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
  #dirty = false
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
    this.#file = this.#pool.open(this.path, this.#mode)
    if (this.#pins === 0) this.#pool.mayClose(this, true)
    return this.#file
  }

  pin(): void {
    this.#pins += 1
    this.#pool.mayClose(this, false)
  }

  unpin(): void {
    assert(this.#pins > 0, 'a file is unpinned once per pin')
    this.#pins -= 1
    if (this.#pins > 0) return
    if (this.#closeWhenUnpinned) this.close()
    else if (this.#file) this.#pool.mayClose(this, true)
  }

  /** Pins it until `becomeClean`; `flush` makes durable what it holds, when the pool needs that. */
  becomeDirty(flush: Flush): void {
    if (this.#dirty) return
    this.#dirty = true
    this.pin()
    this.#pool.becameDirty(this, flush)
  }

  becomeClean(): void {
    if (!this.#dirty) return
    this.#dirty = false
    this.#pool.becameClean(this)
    this.unpin()
  }

  /** For the pool: whether it was used since it was last asked. */
  takeChance(): boolean {
    const used = this.#used
    this.#used = false
    return used
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
