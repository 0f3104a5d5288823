/**
 * The disk, as the rest of the broker sees it: what Node's file system does, narrowed to what a log
 * needs. `host/disk.ts` is the real one; a simulated one can lose unsynced writes, tear the last
 * one, fail a sync or fill up. Paths are absolute. Failures are `DiskError`s.
 *
 * Everything but fsync and unlinking is synchronous on purpose (docs/adr/0003): a write into the
 * page cache costs microseconds, and code that does not await cannot be overtaken.
 */
import { LograftError } from './errors.ts'

export type DiskErrorCode =
  /** ENOSPC, EDQUOT, EFBIG: refuse writes, recover by itself when space returns (S18). */
  | 'DISK_FULL'
  /** EMFILE, ENFILE: no descriptor is left; nothing was changed, and it is as transient. */
  | 'TOO_MANY_FILES'
  | 'NOT_FOUND'
  | 'ALREADY_EXISTS'
  /** Everything else, EIO first of all: the directory is not to be trusted any more. */
  | 'DISK_FAILED'

export class DiskError extends LograftError<DiskErrorCode> {
  override readonly name = 'DiskError'
}

/** Whether the same call may succeed later: refuse it, never stop or go offline for it (S18). */
export function isTransient(thrown: unknown): thrown is DiskError {
  return (
    thrown instanceof DiskError && (thrown.code === 'DISK_FULL' || thrown.code === 'TOO_MANY_FILES')
  )
}

export interface DiskFile {
  readonly path: string
  sizeBytes(): number
  /** Fills `target` from `bytePosition`; returns the bytes read, fewer only at the file's end. */
  readAt(target: Uint8Array, bytePosition: number): number
  /**
   * Writes all chunks at `bytePosition`, in order and as one vector; returns the bytes written.
   * A nearly full disk gives a short count *without* an error (S18): the caller must compare.
   */
  writeAt(chunks: readonly Uint8Array[], bytePosition: number): number
  truncate(sizeBytes: number): void
  /**
   * Makes all that was written before the call durable. Never retried after a failure, whose code
   * is never a transient one: an fsync that found no space has lost what was written.
   */
  sync(): Promise<void>
  /** As `sync`, holding the event loop: for start, stop and truncation only. */
  syncNow(): void
  close(): void
}

export interface DiskEntry {
  readonly name: string
  readonly directory: boolean
}

/** A volume's size, and what of it is free for us. */
export interface VolumeBytes {
  readonly totalBytes: number
  readonly usableBytes: number
}

export interface Disk {
  /**
   * `read` and `write` want an existing file; `create` makes it when missing, keeps it when not.
   */
  open(path: string, mode: 'read' | 'write' | 'create'): DiskFile
  exists(path: string): boolean
  /** The size of a file without opening it; null when there is none. */
  sizeBytes(path: string): number | null
  /** The entries of a directory, sorted by name. */
  list(directory: string): readonly DiskEntry[]
  /** Creates missing parents too; an existing directory is fine. */
  makeDirectory(path: string): void
  /** Atomic within one file system; replaces an existing target. */
  rename(from: string, to: string): void
  /** A missing file is fine. */
  remove(path: string): void
  /** As `remove`, off the event loop: unlinking a gigabyte takes a while. */
  removeInBackground(path: string): Promise<void>
  /** Removes an empty directory; DISK_FAILED when it is not empty. A missing one is fine. */
  removeDirectory(path: string): void
  /**
   * Makes creations, renames and removals in `directory` durable. TOO_MANY_FILES when it could not
   * begin; else as a failed `sync`.
   */
  syncDirectory(directory: string): void
  /** As `syncDirectory`, off the event loop. Never retried after a failure. */
  syncDirectoryInBackground(directory: string): Promise<void>
  /** Last modification, milliseconds since 1970. */
  modifiedMs(path: string): number
  /** Of the volume that `path` is on. */
  volume(path: string): VolumeBytes
}

/** The whole of a small file, or null when there is none. */
export function readFile(disk: Disk, path: string): Uint8Array | null {
  if (!disk.exists(path)) return null
  const file = disk.open(path, 'read')
  try {
    const bytes = new Uint8Array(file.sizeBytes())
    return bytes.subarray(0, file.readAt(bytes, 0))
  } finally {
    file.close()
  }
}

/**
 * Replaces a small file so that a crash leaves the old or the new content, never a mixture: write
 * beside it, fsync, rename, fsync the directory.
 */
export function writeFileAtomically(disk: Disk, path: string, bytes: Uint8Array): void {
  const temporary = `${path}.tmp`
  const file = disk.open(temporary, 'create')
  try {
    file.truncate(0)
    const written = file.writeAt([bytes], 0)
    if (written !== bytes.byteLength)
      throw new DiskError(
        'DISK_FULL',
        `${temporary}: wrote ${written} of ${bytes.byteLength} bytes`,
      )
    file.syncNow()
  } finally {
    file.close()
  }
  disk.rename(temporary, path)
  disk.syncDirectory(path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))))
}
