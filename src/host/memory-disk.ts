/**
 * A disk in memory: `base/disk.ts` for clusters that live no longer than their process. What was
 * written is there for whoever opens the path next, so a node that is killed and started again on
 * the same disk finds what the page cache of a machine would still have. Nothing is ever lost but
 * with the process, so syncing does nothing.
 */
import { totalmem } from 'node:os'
import { dirname } from 'node:path'
import { DiskError, type Disk, type DiskEntry, type DiskFile } from '../base/disk.ts'
import { LograftError } from '../base/errors.ts'
import { MemoryContent, type MemorySpace } from './memory-content.ts'
import { MemoryStore } from './memory-store.ts'

export interface MemoryDiskOptions {
  /** Of all files together; writes beyond are short, as on any full disk. All memory by default. */
  readonly capacityBytes?: number
}

/** A held directory, with the store that is in it. */
export interface MemoryLock {
  readonly store: MemoryStore
  /** What is in memory is not damaged. */
  readonly thrownAway: null
  close(): Promise<void>
}

/** What an open file may do. */
type Mode = Parameters<Disk['open']>[1]

export class MemoryDisk implements Disk {
  readonly #space: MemorySpace
  readonly #capacityBytes: number
  /** Null: a directory. A root is its own parent, and always there. */
  readonly #entries = new Map<string, MemoryContent | null>()
  readonly #locked = new Set<string>()
  /** What LevelDB would have on a disk, by the directory that it is in. */
  readonly #stores = new Map<string, Awaited<ReturnType<typeof MemoryStore.create>>>()

  constructor({ capacityBytes = totalmem() }: MemoryDiskOptions = {}) {
    this.#capacityBytes = capacityBytes
    this.#space = { freeBytes: capacityBytes }
  }

  open(path: string, mode: Mode): DiskFile {
    const found = this.#entries.get(path)
    if (found === null || isRoot(path)) throw failed(path, 'is a directory')
    if (found !== undefined) return new MemoryFile(path, found, mode)
    if (mode !== 'create') throw new DiskError('NOT_FOUND', `${path}: no such file`)
    this.#directory(dirname(path))
    const content = new MemoryContent(this.#space)
    this.#entries.set(path, content)
    return new MemoryFile(path, content, mode)
  }

  exists(path: string): boolean {
    return isRoot(path) || this.#entries.has(path)
  }

  sizeBytes(path: string): number | null {
    const found = this.#entries.get(path)
    return found === undefined ? null : (found?.sizeBytes ?? 0)
  }

  list(directory: string): readonly DiskEntry[] {
    this.#directory(directory)
    const entries = this.#inside(directory).map(([path, content]): DiskEntry => {
      return { name: path.slice(dirname(path).length).replace(/^[\\/]/, ''), directory: !content }
    })
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  makeDirectory(path: string): void {
    if (isRoot(path)) return
    const found = this.#entries.get(path)
    if (found) throw new DiskError('ALREADY_EXISTS', `${path}: is a file`)
    this.makeDirectory(dirname(path))
    this.#entries.set(path, null)
  }

  rename(from: string, to: string): void {
    const moved = this.#entries.get(from)
    if (moved === undefined) throw new DiskError('NOT_FOUND', `${from}: no such file or directory`)
    this.#directory(dirname(to))
    if (from === to) return
    const replaced = this.#entries.get(to)
    if (replaced !== undefined) this.#replace(moved, { path: to, replaced })
    this.#entries.delete(from)
    this.#entries.set(to, moved)
    if (moved) return
    const below = [...this.#entries].filter(([path]) => isBelow(path, from))
    for (const [path, content] of below) {
      this.#entries.delete(path)
      this.#entries.set(to + path.slice(from.length), content)
    }
  }

  remove(path: string): void {
    const found = this.#entries.get(path)
    if (found === null) throw failed(path, 'is a directory')
    this.#entries.delete(path)
    found?.unlink()
  }

  async removeInBackground(path: string): Promise<void> {
    await Promise.resolve()
    this.remove(path)
  }

  removeDirectory(path: string): void {
    const found = this.#entries.get(path)
    if (found === undefined) return
    if (found) throw failed(path, 'is no directory')
    if (this.#inside(path).length > 0) throw failed(path, 'is not empty')
    this.#entries.delete(path)
  }

  syncDirectory(directory: string): void {
    this.#directory(directory)
  }

  async syncDirectoryInBackground(directory: string): Promise<void> {
    await Promise.resolve()
    this.syncDirectory(directory)
  }

  modifiedMs(path: string): number {
    const found = this.#entries.get(path)
    if (found === undefined) throw new DiskError('NOT_FOUND', `${path}: no such file`)
    return found?.modifiedMs ?? 0
  }

  volume(path: string) {
    if (!this.exists(path)) throw new DiskError('NOT_FOUND', `${path}: no such file or directory`)
    return { totalBytes: this.#capacityBytes, usableBytes: this.#space.freeBytes }
  }

  /** The lock on a data directory: one holder at a time. Throws DIRECTORY_LOCKED. */
  async lock(directory: string): Promise<MemoryLock> {
    if (this.#locked.has(directory))
      throw new LograftError('DIRECTORY_LOCKED', `${directory} is in use by another node.`)
    this.#locked.add(directory)
    const stored = this.#stores.get(directory) ?? (await MemoryStore.create())
    this.#stores.set(directory, stored)
    const store = MemoryStore.of(stored)
    const close = () => {
      this.#locked.delete(directory)
      return store.close()
    }
    return { store, thrownAway: null, close }
  }

  /** Throws unless it is there. */
  #directory(path: string): void {
    if (isRoot(path)) return
    const found = this.#entries.get(path)
    if (found === undefined) throw new DiskError('NOT_FOUND', `${path}: no such directory`)
    if (found) throw failed(path, 'is no directory')
  }

  #inside(directory: string): [string, MemoryContent | null][] {
    return [...this.#entries].filter(([path]) => dirname(path) === directory)
  }

  /** A file may take the place of a file by a rename, a directory that of an empty one. */
  #replace(
    moved: MemoryContent | null,
    { path, replaced }: { readonly path: string; readonly replaced: MemoryContent | null },
  ): void {
    if (moved && replaced) return replaced.unlink()
    if (moved ?? replaced) throw failed(path, replaced ? 'is no directory' : 'is a directory')
    this.removeDirectory(path)
  }
}

class MemoryFile implements DiskFile {
  readonly path: string
  readonly #content: MemoryContent
  readonly #isWritable: boolean
  #isClosed = false

  constructor(path: string, content: MemoryContent, mode: Mode) {
    this.path = path
    this.#content = content
    this.#isWritable = mode !== 'read'
    content.opened()
  }

  sizeBytes(): number {
    return this.#open().sizeBytes
  }

  readAt(target: Uint8Array, bytePosition: number): number {
    return this.#open().read(target, bytePosition)
  }

  writeAt(chunks: readonly Uint8Array[], bytePosition: number): number {
    const content = this.#writable()
    let written = 0
    for (const chunk of chunks) {
      const count = content.write(chunk, bytePosition + written)
      written += count
      if (count < chunk.byteLength) break
    }
    if (written === 0 && chunks.some(({ byteLength }) => byteLength > 0))
      throw new DiskError('DISK_FULL', `${this.path}: no space left`)
    return written
  }

  truncate(sizeBytes: number): void {
    this.#writable().resize(sizeBytes)
  }

  async sync(): Promise<void> {
    this.#open()
    await Promise.resolve()
  }

  syncNow(): void {
    this.#open()
  }

  close(): void {
    this.#open().closed()
    this.#isClosed = true
  }

  #open(): MemoryContent {
    if (this.#isClosed) throw failed(this.path, 'is closed')
    return this.#content
  }

  #writable(): MemoryContent {
    if (!this.#isWritable) throw failed(this.path, 'is open for reading only')
    return this.#open()
  }
}

function failed(path: string, what: string): DiskError {
  return new DiskError('DISK_FAILED', `${path}: ${what}`)
}

function isRoot(path: string): boolean {
  return dirname(path) === path
}

function isBelow(path: string, directory: string): boolean {
  return path.startsWith(directory) && /^[\\/]/.test(path.slice(directory.length))
}
