/**
 * A disk that its user can lose: after `kill` every call fails, nothing more is written, and what
 * was under way is never heard of. The files that were open are closed then, as the system does.
 */
import { DiskError, type Disk, type DiskFile } from '../base/disk.ts'
import { asError } from '../base/errors.ts'

export class MortalDisk implements Disk {
  readonly #real: Disk
  readonly #files = new Set<MortalFile>()
  /** What other threads do for the user. */
  readonly #underWay = new Set<Promise<unknown>>()
  #isDead = false

  constructor(real: Disk) {
    this.#real = real
  }

  open(path: string, mode: 'read' | 'write' | 'create'): DiskFile {
    const file = new MortalFile(this.#living.open(path, mode), {
      isDead: () => this.#isDead,
      awaited: (action) => this.#awaited(action),
      closed: () => this.#files.delete(file),
    })
    this.#files.add(file)
    return file
  }

  exists(path: string): boolean {
    return this.#living.exists(path)
  }

  sizeBytes(path: string): number | null {
    return this.#living.sizeBytes(path)
  }

  list(directory: string) {
    return this.#living.list(directory)
  }

  makeDirectory(path: string): void {
    this.#living.makeDirectory(path)
  }

  rename(from: string, to: string): void {
    this.#living.rename(from, to)
  }

  remove(path: string): void {
    this.#living.remove(path)
  }

  removeInBackground(path: string): Promise<void> {
    return this.#awaited(this.#living.removeInBackground(path))
  }

  removeDirectory(path: string): void {
    this.#living.removeDirectory(path)
  }

  syncDirectory(directory: string): void {
    this.#living.syncDirectory(directory)
  }

  syncDirectoryInBackground(directory: string): Promise<void> {
    return this.#awaited(this.#living.syncDirectoryInBackground(directory))
  }

  modifiedMs(path: string): number {
    return this.#living.modifiedMs(path)
  }

  volume(path: string) {
    return this.#living.volume(path)
  }

  /** At once; resolves when nothing is under way any more and all is closed. */
  async kill(): Promise<void> {
    this.#isDead = true
    // A descriptor that is closed under another thread may be somebody else's by then.
    await Promise.allSettled(this.#underWay)
    for (const file of this.#files) file.abandon()
    this.#files.clear()
  }

  get #living(): Disk {
    if (this.#isDead) throw killed()
    return this.#real
  }

  /** The same, and never settled once its user is dead. */
  #awaited<Result>(action: Promise<Result>): Promise<Result> {
    this.#underWay.add(action)
    return new Promise((resolve, reject) => {
      const over = (settle: () => void) => () => {
        this.#underWay.delete(action)
        if (!this.#isDead) settle()
      }
      action.then(
        (result) => over(() => resolve(result))(),
        (error: unknown) => over(() => reject(asError(error)))(),
      )
    })
  }
}

interface Owner {
  isDead(): boolean
  awaited<Result>(action: Promise<Result>): Promise<Result>
  closed(): void
}

class MortalFile implements DiskFile {
  readonly path: string
  readonly #real: DiskFile
  readonly #owner: Owner

  constructor(real: DiskFile, owner: Owner) {
    this.path = real.path
    this.#real = real
    this.#owner = owner
  }

  sizeBytes(): number {
    return this.#living.sizeBytes()
  }

  readAt(target: Uint8Array, bytePosition: number): number {
    return this.#living.readAt(target, bytePosition)
  }

  writeAt(chunks: readonly Uint8Array[], bytePosition: number): number {
    return this.#living.writeAt(chunks, bytePosition)
  }

  truncate(sizeBytes: number): void {
    this.#living.truncate(sizeBytes)
  }

  sync(): Promise<void> {
    return this.#owner.awaited(this.#living.sync())
  }

  syncNow(): void {
    this.#living.syncNow()
  }

  close(): void {
    this.#living.close()
    this.#owner.closed()
  }

  /** What the system does with the files of a process that is gone. */
  abandon(): void {
    this.#real.close()
  }

  get #living(): DiskFile {
    if (this.#owner.isDead()) throw killed()
    return this.#real
  }
}

function killed(): DiskError {
  return new DiskError('DISK_FAILED', 'this node was killed')
}
