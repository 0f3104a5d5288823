/**
 * The real disk: `base/disk.ts` over node:fs. It maps error codes and retries nothing: what a
 * failure means is decided by who asked (S18).
 */
import fs from 'node:fs'
import { dirname } from 'node:path'
import type { Disk, DiskEntry, DiskFile } from '../base/disk.ts'
import { DiskError } from '../base/disk.ts'

/** What a vectored write may carry at most (IOV_MAX on Linux and macOS). */
const CHUNKS_PER_WRITE_MAX = 1024

function translate(thrown: unknown): DiskError {
  const { code, message } = thrown as NodeJS.ErrnoException
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new DiskError('DISK_FULL', message, { cause: thrown })
    case 'EMFILE':
    case 'ENFILE':
      return new DiskError('TOO_MANY_FILES', message, { cause: thrown })
    case 'ENOENT':
      return new DiskError('NOT_FOUND', message, { cause: thrown })
    case 'EEXIST':
      return new DiskError('ALREADY_EXISTS', message, { cause: thrown })
    default:
      return new DiskError('DISK_FAILED', message, { cause: thrown })
  }
}

/** What a failed fsync was about is lost, whatever it says: no space is no reason to go on. */
function syncFailed(thrown: unknown): DiskError {
  return new DiskError('DISK_FAILED', (thrown as Error).message, { cause: thrown })
}

function attemptSync(sync: () => void): void {
  try {
    sync()
  } catch (thrown) {
    throw syncFailed(thrown)
  }
}

function attempt<Result>(action: () => Result): Result {
  try {
    return action()
  } catch (thrown) {
    throw translate(thrown)
  }
}

/** Some file systems say they have no end. */
function countable(bytes: number): number {
  return Math.min(bytes, Number.MAX_SAFE_INTEGER)
}

class HostFile implements DiskFile {
  readonly path: string
  #descriptor: number

  constructor(path: string, descriptor: number) {
    this.path = path
    this.#descriptor = descriptor
  }

  sizeBytes(): number {
    return attempt(() => fs.fstatSync(this.#descriptor).size)
  }

  readAt(target: Uint8Array, bytePosition: number): number {
    return attempt(() => {
      let filled = 0
      while (filled < target.byteLength) {
        const count = fs.readSync(
          this.#descriptor,
          target,
          filled,
          target.byteLength - filled,
          bytePosition + filled,
        )
        if (count === 0) break
        filled += count
      }
      return filled
    })
  }

  writeAt(chunks: readonly Uint8Array[], bytePosition: number): number {
    return attempt(() => {
      if (chunks.length === 1) {
        const [chunk] = chunks as [Uint8Array]
        return fs.writeSync(this.#descriptor, chunk, 0, chunk.byteLength, bytePosition)
      }
      let written = 0
      for (let from = 0; from < chunks.length; from += CHUNKS_PER_WRITE_MAX) {
        const part = chunks.slice(from, from + CHUNKS_PER_WRITE_MAX)
        const wanted = part.reduce((sum, chunk) => sum + chunk.byteLength, 0)
        const count = fs.writevSync(this.#descriptor, part, bytePosition + written)
        written += count
        if (count < wanted) break
      }
      return written
    })
  }

  truncate(sizeBytes: number): void {
    attempt(() => fs.ftruncateSync(this.#descriptor, sizeBytes))
  }

  sync(): Promise<void> {
    return new Promise((resolve, reject) => {
      attempt(() => {
        fs.fdatasync(this.#descriptor, (error) => (error ? reject(syncFailed(error)) : resolve()))
      })
    })
  }

  syncNow(): void {
    attemptSync(() => fs.fdatasyncSync(this.#descriptor))
  }

  close(): void {
    const descriptor = this.#descriptor
    // The system gives the number out again; whoever still held this file would write to another.
    this.#descriptor = -1
    attempt(() => {
      fs.closeSync(descriptor)
    })
  }
}

/**
 * Level by level, from the first that is missing. Node's own way (`recursive`) never ends where the
 * system says of a directory that is there that it is not, as Linux does below /proc.
 */
function makeDirectories(path: string): void {
  try {
    fs.mkdirSync(path)
  } catch (thrown) {
    if (fs.statSync(path, { throwIfNoEntry: false })?.isDirectory()) return
    const above = dirname(path)
    const isMissing = fs.lstatSync(above, { throwIfNoEntry: false }) === undefined
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT' || !isMissing) throw thrown
    makeDirectories(above)
    // Now the one above is there, so this ends.
    makeDirectories(path)
  }
}

const FLAGS = {
  read: fs.constants.O_RDONLY,
  write: fs.constants.O_RDWR,
  create: fs.constants.O_RDWR | fs.constants.O_CREAT,
} as const

export const hostDisk: Disk = {
  open: (path, mode) => attempt(() => new HostFile(path, fs.openSync(path, FLAGS[mode], 0o644))),

  exists: (path) => fs.existsSync(path),

  sizeBytes: (path) => attempt(() => fs.statSync(path, { throwIfNoEntry: false })?.size ?? null),

  list: (directory) =>
    attempt(() =>
      fs
        .readdirSync(directory, { withFileTypes: true })
        .map((entry): DiskEntry => ({ name: entry.name, directory: entry.isDirectory() }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    ),

  makeDirectory: (path) => attempt(() => makeDirectories(path)),

  rename: (from, to) => attempt(() => fs.renameSync(from, to)),

  remove: (path) => attempt(() => fs.rmSync(path, { force: true })),

  removeInBackground: (path) =>
    new Promise((resolve, reject) => {
      fs.unlink(path, (error) =>
        error && error.code !== 'ENOENT' ? reject(translate(error)) : resolve(),
      )
    }),

  removeDirectory: (path) =>
    attempt(() => {
      try {
        fs.rmdirSync(path)
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code !== 'ENOENT') throw thrown
      }
    }),

  syncDirectory: (directory) => {
    const descriptor = attempt(() => fs.openSync(directory, fs.constants.O_RDONLY))
    try {
      attemptSync(() => fs.fsyncSync(descriptor))
    } finally {
      attempt(() => fs.closeSync(descriptor))
    }
  },

  syncDirectoryInBackground: async (directory) => {
    const descriptor = attempt(() => fs.openSync(directory, fs.constants.O_RDONLY))
    try {
      await new Promise<void>((resolve, reject) => {
        fs.fsync(descriptor, (error) => (error ? reject(syncFailed(error)) : resolve()))
      })
    } finally {
      attempt(() => fs.closeSync(descriptor))
    }
  },

  modifiedMs: (path) => attempt(() => fs.statSync(path).mtimeMs),

  volume: (path) =>
    attempt(() => {
      const { bsize, blocks, bavail } = fs.statfsSync(path)
      return { totalBytes: countable(blocks * bsize), usableBytes: countable(bavail * bsize) }
    }),
}
