/**
 * A disk in memory that keeps apart what was written and what would outlive a power cut, and that
 * can stop the world before its Nth operation. File contents and directory entries become durable
 * separately, as on a real file system, and unsynced ones survive in any combination. It models
 * only what small-file code needs; positions of single blocks are not its business.
 */
import assert from 'node:assert'
import type { Disk, DiskEntry, DiskFile } from '../../../src/base/disk.ts'
import { DiskError } from '../../../src/base/disk.ts'

/** Thrown instead of the operation at which the machine stops. */
export class Crash extends Error {
  override readonly name = 'Crash'
}

interface Content {
  written: Uint8Array
  durable: Uint8Array
}

/** What the unsynced part of the world looks like after the crash. */
export interface Survival {
  /** Directory entries: those since the last sync of the directory, or only the synced ones. */
  readonly entries: 'written' | 'durable'
  /** Contents: all that was written, half of what was not synced, or only what was synced. */
  readonly contents: 'written' | 'torn' | 'durable'
}

export const SURVIVALS: readonly Survival[] = (['written', 'durable'] as const).flatMap((entries) =>
  (['written', 'torn', 'durable'] as const).map((contents) => ({ entries, contents })),
)

const EMPTY = new Uint8Array(0)
const parentOf = (path: string) => path.slice(0, path.lastIndexOf('/'))

export class CrashDisk implements Disk {
  #entries = new Map<string, Content>()
  #durableEntries = new Map<string, Content>()
  /** Operations that change the disk, so far. */
  operations = 0
  /** The operation before which the machine stops. */
  crashAt = Number.POSITIVE_INFINITY
  /** Bytes a single write may take before it comes back short. */
  writeBytesMax = Number.POSITIVE_INFINITY
  failSync = false

  #step(): void {
    if (this.operations >= this.crashAt) throw new Crash(`stopped before ${this.operations}`)
    this.operations += 1
  }

  #content(path: string): Content {
    const content = this.#entries.get(path)
    if (!content) throw new DiskError('NOT_FOUND', path)
    return content
  }

  /** The same disk after the crash and a reboot. */
  afterCrash({ entries, contents }: Survival): CrashDisk {
    const rebooted = new CrashDisk()
    for (const [path, { written, durable }] of entries === 'written'
      ? this.#entries
      : this.#durableEntries) {
      const half = written.subarray(0, (durable.byteLength + written.byteLength) >> 1)
      const kept = { written, durable, torn: written === durable ? written : half }[contents]
      const content = { written: kept, durable: kept }
      rebooted.#entries.set(path, content)
      rebooted.#durableEntries.set(path, content)
    }
    return rebooted
  }

  open(path: string, mode: 'read' | 'write' | 'create'): DiskFile {
    if (mode === 'create' && !this.#entries.has(path)) {
      this.#step()
      this.#entries.set(path, { written: EMPTY, durable: EMPTY })
    }
    const content = this.#content(path)
    const step = () => {
      this.#step()
    }
    const syncNow = () => {
      step()
      if (this.failSync) throw new DiskError('DISK_FAILED', `${path}: EIO`)
      content.durable = content.written
    }
    return {
      path,
      sizeBytes: () => content.written.byteLength,
      readAt: (target, bytePosition) => {
        const found = content.written.subarray(bytePosition, bytePosition + target.byteLength)
        target.set(found)
        return found.byteLength
      },
      writeAt: (chunks, bytePosition) => {
        step()
        const bytes = Buffer.concat(chunks).subarray(0, this.writeBytesMax)
        const end = Math.max(content.written.byteLength, bytePosition + bytes.byteLength)
        const written = new Uint8Array(end)
        written.set(content.written)
        written.set(bytes, bytePosition)
        content.written = written
        return bytes.byteLength
      },
      truncate: (sizeBytes) => {
        step()
        content.written = content.written.slice(0, sizeBytes)
      },
      sync: () => new Promise((resolve) => resolve(syncNow())),
      syncNow,
      close: () => undefined,
    }
  }

  exists(path: string): boolean {
    return this.#entries.has(path)
  }

  sizeBytes(path: string): number | null {
    return this.#entries.get(path)?.written.byteLength ?? null
  }

  list(directory: string): readonly DiskEntry[] {
    return [...this.#entries.keys()]
      .filter((path) => parentOf(path) === directory)
      .map((path) => ({ name: path.slice(directory.length + 1), directory: false }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  makeDirectory(): void {
    this.#step()
  }

  rename(from: string, to: string): void {
    const content = this.#content(from)
    this.#step()
    this.#entries.delete(from)
    this.#entries.set(to, content)
  }

  remove(path: string): void {
    this.#step()
    this.#entries.delete(path)
  }

  removeInBackground(path: string): Promise<void> {
    return new Promise((resolve) => {
      resolve(this.remove(path))
    })
  }

  removeDirectory(directory: string): void {
    this.#step()
    for (const path of this.#entries.keys())
      if (path.startsWith(`${directory}/`))
        throw new DiskError('DISK_FAILED', `${directory}: not empty`)
  }

  syncDirectory(directory: string): void {
    assert(directory.startsWith('/'), 'paths are absolute')
    this.#step()
    const elsewhere = [...this.#durableEntries].filter(([path]) => parentOf(path) !== directory)
    const here = [...this.#entries].filter(([path]) => parentOf(path) === directory)
    this.#durableEntries = new Map([...elsewhere, ...here])
  }

  syncDirectoryInBackground(directory: string): Promise<void> {
    return new Promise((resolve) => {
      resolve(this.syncDirectory(directory))
    })
  }

  modifiedMs(path: string): number {
    this.#content(path)
    return 0
  }

  volume() {
    return { totalBytes: 1 << 30, usableBytes: 1 << 29 }
  }
}
