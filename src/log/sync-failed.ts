/**
 * The one disk error after which nothing may be tried again: an fsync that failed. Nobody knows
 * what reached the disk then, so the node stops (SAFETY S18). It is told apart from errors of
 * opening, writing and renaming, which refuse, or take a directory offline.
 */
import { DiskError } from '../base/disk.ts'
import { asError } from '../base/errors.ts'

/** Its code is never DISK_FULL: an fsync that found no space lost bytes that were written. */
export class SyncFailed extends DiskError {
  constructor(error: Error) {
    const code = error instanceof DiskError ? error.code : 'DISK_FAILED'
    super(code === 'DISK_FULL' ? 'DISK_FAILED' : code, `fsync failed: ${error.message}`, {
      cause: error,
    })
  }
}

/**
 * What an fsync threw, as SyncFailed; a broken invariant stays what it is, and so does a directory
 * that would not open for want of a descriptor: that fsync never began.
 */
export function asSyncFailed(thrown: unknown): Error {
  const error = asError(thrown)
  return error instanceof DiskError && !(error instanceof SyncFailed) && !neverBegan(error)
    ? new SyncFailed(error)
    : error
}

/** Whether it is the answer of an fsync that had no descriptor to begin with. */
export function neverBegan(thrown: unknown): boolean {
  return thrown instanceof DiskError && thrown.code === 'TOO_MANY_FILES'
}

/** Runs an fsync; throws SyncFailed. */
export function syncingNow(sync: () => void): void {
  try {
    sync()
  } catch (thrown) {
    throw asSyncFailed(thrown)
  }
}

/** The same in the background. */
export async function syncing(sync: () => Promise<void>): Promise<void> {
  try {
    await sync()
  } catch (thrown) {
    throw asSyncFailed(thrown)
  }
}

/**
 * Does what may need an fsync. Whoever hears that it failed may go on without what it was for; the
 * node may not, so `stop` is told as well.
 */
export function stoppingUnlessSynced<T>(stop: (error: SyncFailed) => void, action: () => T): T {
  try {
    return action()
  } catch (thrown) {
    if (thrown instanceof SyncFailed) stop(thrown)
    throw thrown
  }
}
