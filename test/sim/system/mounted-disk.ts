/**
 * A machine's disk as one process on it sees it. Syncs take time; the process may die before any
 * single change, and from then on nothing it does has an effect, nor does anything it waits for
 * come. A full disk writes half of what it is given or throws; a sync may fail, once, and then has
 * lost what it was to make durable.
 */
import type { Disk, DiskEntry, DiskFile } from '../../../src/base/disk.ts'
import { DiskError } from '../../../src/base/disk.ts'
import { asError } from '../../../src/base/errors.ts'
import type { MachineDisk, MachineFile } from './machine-disk.ts'
import { parentOf } from './machine-disk.ts'

/** Thrown in a process in place of what it was about to do when it died. */
export class Died extends Error {
  override readonly name = 'Died'
}

export interface Mounting {
  readonly machine: MachineDisk
  readonly isAlive: () => boolean
  /** Before something at that path changes; the process may die of it. */
  readonly touched: (path: string) => void
  /** Calls back when a sync that begins now is over, in this life. */
  readonly afterSync: (run: () => void) => void
  /** Half of a write that finds no space is done; else none. */
  readonly writesHalf: () => boolean
  /** A sync was made to fail. */
  readonly failed: () => void
  readonly renamed: (from: string, to: string) => void
}

export class MountedDisk implements Disk {
  readonly #of: Mounting

  constructor(of: Mounting) {
    this.#of = of
  }

  get #machine(): MachineDisk {
    if (!this.#of.isAlive()) throw new Died('the process is gone')
    return this.#of.machine
  }

  /** Before every change. */
  #touch(path: string): MachineDisk {
    this.#of.touched(path)
    const machine = this.#machine
    machine.changes += 1
    return machine
  }

  open(path: string, mode: 'read' | 'write' | 'create'): DiskFile {
    const machine = this.#machine
    const found = machine.files.get(path)
    if (found) return new MountedFile(this.#of, path, found)
    if (mode !== 'create' || !machine.directories.has(parentOf(path)))
      throw new DiskError('NOT_FOUND', path)
    this.#touch(path)
    if (machine.isFull) throw new DiskError('DISK_FULL', `${path}: no space left`)
    return new MountedFile(this.#of, path, machine.link(path))
  }

  exists(path: string): boolean {
    return this.#machine.files.has(path) || this.#machine.directories.has(path)
  }

  sizeBytes(path: string): number | null {
    return this.#machine.files.get(path)?.sizeBytes ?? null
  }

  list(directory: string): readonly DiskEntry[] {
    const { files, directories } = this.#machine
    if (!directories.has(directory)) throw new DiskError('NOT_FOUND', directory)
    const inside = (path: string) => path !== directory && parentOf(path) === directory
    const entry = (path: string, isDirectory: boolean) => ({
      name: path.slice(path.lastIndexOf('/') + 1),
      directory: isDirectory,
    })
    return [
      ...[...files.keys()].filter(inside).map((path) => entry(path, false)),
      ...[...directories].filter(inside).map((path) => entry(path, true)),
    ].sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  makeDirectory(path: string): void {
    const machine = this.#touch(path)
    if (machine.isFull) throw new DiskError('DISK_FULL', `${path}: no space left`)
    machine.directories.add(path)
  }

  rename(from: string, to: string): void {
    const file = this.#machine.files.get(from)
    if (this.#machine.directories.has(from)) return this.#touch(to).renameDirectory(from, to)
    if (!file) throw new DiskError('NOT_FOUND', from)
    this.#touch(to).rename(from, to, file)
    this.#of.renamed(from, to)
  }

  remove(path: string): void {
    if (this.#machine.files.has(path)) this.#touch(path).unlink(path)
  }

  removeInBackground(path: string): Promise<void> {
    return this.#after(() => this.remove(path))
  }

  removeDirectory(path: string): void {
    this.#touch(path).directories.delete(path)
  }

  syncDirectory(directory: string): void {
    const machine = this.#touch(directory)
    this.#failIfPlanned(directory)
    machine.entriesSynced(directory, machine.entriesEnd(directory))
  }

  syncDirectoryInBackground(directory: string): Promise<void> {
    const machine = this.#touch(directory)
    const end = machine.entriesEnd(directory)
    return this.#after(() => {
      this.#failIfPlanned(directory)
      machine.entriesSynced(directory, end)
    })
  }

  #failIfPlanned(path: string): void {
    const { machine, failed } = this.#of
    if (!machine.failsSync) return
    machine.failsSync = false
    failed()
    throw new DiskError('DISK_FAILED', `${path}: EIO`)
  }

  #after(act: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#of.afterSync(() => {
        try {
          act()
          resolve()
        } catch (thrown) {
          reject(asError(thrown))
        }
      })
    })
  }

  modifiedMs(): number {
    return 0
  }

  volume() {
    return { totalBytes: 1 << 30, usableBytes: 1 << 29 }
  }
}

class MountedFile implements DiskFile {
  readonly path: string
  readonly #of: Mounting
  readonly #file: MachineFile
  #isClosed = false

  constructor(of: Mounting, path: string, file: MachineFile) {
    this.#of = of
    this.path = path
    this.#file = file
  }

  get #live(): MachineFile {
    if (!this.#of.isAlive()) throw new Died('the process is gone')
    if (this.#isClosed) throw new DiskError('DISK_FAILED', `${this.path}: bad file descriptor`)
    return this.#file
  }

  /** Before every change. */
  #touch(): MachineFile {
    this.#of.touched(this.path)
    const live = this.#live
    this.#of.machine.changes += 1
    return live
  }

  sizeBytes(): number {
    return this.#live.sizeBytes
  }

  readAt(target: Uint8Array, bytePosition: number): number {
    return this.#live.readAt(target, bytePosition)
  }

  writeAt(chunks: readonly Uint8Array[], bytePosition: number): number {
    const file = this.#touch()
    const bytes = Buffer.concat(chunks)
    if (!this.#of.machine.isFull || bytePosition + bytes.byteLength <= file.sizeBytes) {
      file.change({ type: 'write', at: bytePosition, bytes })
      return bytes.byteLength
    }
    if (!this.#of.writesHalf()) throw new DiskError('DISK_FULL', `${this.path}: no space left`)
    const half = bytes.subarray(0, bytes.byteLength >> 1)
    file.change({ type: 'write', at: bytePosition, bytes: half })
    return half.byteLength
  }

  truncate(sizeBytes: number): void {
    this.#touch().change({ type: 'truncate', sizeBytes })
  }

  /** What is written while it runs is not its business. */
  sync(): Promise<void> {
    const file = this.#touch()
    const end = file.syncEnd
    return new Promise((resolve, reject) => {
      this.#of.afterSync(() => {
        const error = this.#finish(file, end)
        if (error) reject(error)
        else resolve()
      })
    })
  }

  syncNow(): void {
    const file = this.#touch()
    const error = this.#finish(file, file.syncEnd)
    if (error) throw error
  }

  #finish(file: MachineFile, end: number): DiskError | null {
    const { machine, failed } = this.#of
    const fails = machine.failsSync
    machine.failsSync = false
    file.synced(end, fails)
    machine.version += 1
    if (!fails) return null
    failed()
    return new DiskError('DISK_FAILED', `${this.path}: EIO`)
  }

  close(): void {
    if (this.#of.isAlive()) this.#isClosed = true
  }
}
