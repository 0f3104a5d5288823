/**
 * A disk around a disk that fails where it is told to: short writes, a full disk, I/O errors,
 * failing truncation and fsync, and fsyncs that take until somebody lets them end.
 */
import type { Disk, DiskFile } from '../../../src/base/disk.ts'
import { DiskError } from '../../../src/base/disk.ts'

export type FaultPoint =
  'write' | 'truncate' | 'sync' | 'open' | 'read' | 'rename' | 'syncDirectory'

export type Fault =
  /** Throws what a full disk throws. */
  | 'full'
  /** Throws what a broken one throws. */
  | 'broken'
  /** Writes only half of the bytes, and says so. */
  | 'short'
  /** Writes half of the bytes, then throws. */
  | 'short-then-broken'

export interface FaultRule {
  readonly at: FaultPoint
  /** Only for paths that end so. */
  readonly pathEnds?: string
  readonly fault: Fault
}

export class FaultyDisk implements Disk {
  readonly inner: Disk
  rules: FaultRule[] = []
  /** Calls so far, by point. */
  readonly calls = new Map<FaultPoint, number>()
  readonly syncedPaths: string[] = []
  #held: (() => void)[] | null = null

  constructor(inner: Disk) {
    this.inner = inner
  }

  /** From now on fsyncs wait until `release`. */
  holdSyncs(): void {
    this.#held = []
  }

  /** Lets every fsync go that waits, and those to come. */
  release(): void {
    const held = this.#held ?? []
    this.#held = null
    for (const go of held) go()
  }

  get heldSyncs(): number {
    return this.#held?.length ?? 0
  }

  /** For FaultyFile: the fault that is due, if any. */
  due(at: FaultPoint, path: string): Fault | null {
    this.calls.set(at, (this.calls.get(at) ?? 0) + 1)
    return (
      this.rules.find((rule) => rule.at === at && path.endsWith(rule.pathEnds ?? ''))?.fault ?? null
    )
  }

  check(at: FaultPoint, path: string): void {
    const fault = this.due(at, path)
    if (fault === null) return
    throw new DiskError(fault === 'full' ? 'DISK_FULL' : 'DISK_FAILED', `${path}: planted (${at})`)
  }

  async waitForRelease(): Promise<void> {
    const held = this.#held
    if (held) await new Promise<void>((resolve) => held.push(resolve))
  }

  open(path: string, mode: 'read' | 'write' | 'create'): DiskFile {
    this.check('open', path)
    return new FaultyFile(this, this.inner.open(path, mode))
  }

  exists = (path: string) => this.inner.exists(path)
  sizeBytes = (path: string) => this.inner.sizeBytes(path)
  list = (directory: string) => this.inner.list(directory)
  makeDirectory = (path: string) => this.inner.makeDirectory(path)
  remove = (path: string) => this.inner.remove(path)
  removeInBackground = (path: string) => this.inner.removeInBackground(path)
  removeDirectory = (path: string) => this.inner.removeDirectory(path)
  modifiedMs = (path: string) => this.inner.modifiedMs(path)
  volume = (path: string) => this.inner.volume(path)

  rename(from: string, to: string): void {
    this.check('rename', to)
    this.inner.rename(from, to)
  }

  syncDirectory(directory: string): void {
    this.check('syncDirectory', directory)
    this.inner.syncDirectory(directory)
  }

  async syncDirectoryInBackground(directory: string): Promise<void> {
    await this.waitForRelease()
    this.check('syncDirectory', directory)
    await this.inner.syncDirectoryInBackground(directory)
  }
}

class FaultyFile implements DiskFile {
  readonly #disk: FaultyDisk
  readonly #inner: DiskFile

  constructor(disk: FaultyDisk, inner: DiskFile) {
    this.#disk = disk
    this.#inner = inner
  }

  get path(): string {
    return this.#inner.path
  }

  sizeBytes(): number {
    return this.#inner.sizeBytes()
  }

  readAt(target: Uint8Array, bytePosition: number): number {
    this.#disk.check('read', this.path)
    return this.#inner.readAt(target, bytePosition)
  }

  writeAt(chunks: readonly Uint8Array[], bytePosition: number): number {
    const fault = this.#disk.due('write', this.path)
    if (fault === null) return this.#inner.writeAt(chunks, bytePosition)
    if (fault === 'full') throw new DiskError('DISK_FULL', `${this.path}: planted`)
    if (fault === 'broken') throw new DiskError('DISK_FAILED', `${this.path}: planted`)
    const all = Buffer.concat(chunks)
    const written = this.#inner.writeAt([all.subarray(0, all.byteLength >> 1)], bytePosition)
    if (fault === 'short') return written
    throw new DiskError('DISK_FAILED', `${this.path}: planted`)
  }

  truncate(sizeBytes: number): void {
    this.#disk.check('truncate', this.path)
    this.#inner.truncate(sizeBytes)
  }

  async sync(): Promise<void> {
    const done = this.#inner.sync()
    await this.#disk.waitForRelease()
    await done
    this.#disk.check('sync', this.path)
    this.#disk.syncedPaths.push(this.path)
  }

  syncNow(): void {
    this.#disk.check('sync', this.path)
    this.#inner.syncNow()
  }

  close(): void {
    this.#inner.close()
  }
}
