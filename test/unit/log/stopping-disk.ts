/** A disk that stops at its k-th operation, for tests that crash at every one of them. */
import type { Disk, DiskFile } from '../../../src/base/disk.ts'
import type { MemoryDisk } from './memory-disk.ts'

export class PowerOff extends Error {}

/** Lets `operations` calls through, then fails every one, as a machine that is gone. */
export class StoppingDisk implements Disk {
  readonly inner: MemoryDisk
  operations = 0
  readonly #stopAt: number

  constructor(inner: MemoryDisk, stopAt: number) {
    this.inner = inner
    this.#stopAt = stopAt
  }

  step(): void {
    this.operations += 1
    if (this.operations > this.#stopAt) throw new PowerOff()
  }

  open(path: string, mode: 'read' | 'write' | 'create'): DiskFile {
    if (mode === 'create') this.step()
    const file = this.inner.open(path, mode)
    const step = () => this.step()
    return {
      path,
      sizeBytes: () => file.sizeBytes(),
      readAt: (target, at) => file.readAt(target, at),
      writeAt: (chunks, at) => {
        // Half of it may get through.
        if (this.operations === this.#stopAt) {
          const all = Buffer.concat(chunks)
          file.writeAt([all.subarray(0, all.byteLength >> 1)], at)
        }
        step()
        return file.writeAt(chunks, at)
      },
      truncate: (sizeBytes) => {
        step()
        file.truncate(sizeBytes)
      },
      sync: async () => {
        step()
        await file.sync()
      },
      syncNow: () => {
        step()
        file.syncNow()
      },
      close: () => file.close(),
    }
  }

  exists = (path: string) => this.inner.exists(path)
  sizeBytes = (path: string) => this.inner.sizeBytes(path)
  list = (directory: string) => this.inner.list(directory)
  modifiedMs = () => 0
  volume = () => this.inner.volume()

  makeDirectory(path: string): void {
    this.step()
    this.inner.makeDirectory(path)
  }
  rename(from: string, to: string): void {
    this.step()
    this.inner.rename(from, to)
  }
  remove(path: string): void {
    this.step()
    this.inner.remove(path)
  }
  async removeInBackground(path: string): Promise<void> {
    this.step()
    await this.inner.removeInBackground(path)
  }
  removeDirectory(path: string): void {
    this.step()
    this.inner.removeDirectory(path)
  }
  syncDirectory(path: string): void {
    this.step()
    this.inner.syncDirectory(path)
  }
  async syncDirectoryInBackground(path: string): Promise<void> {
    this.step()
    await this.inner.syncDirectoryInBackground(path)
  }
}

/** mulberry32: small, seeded, good enough to tear pages. */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
