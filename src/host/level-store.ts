/**
 * The node's LevelDB, in `store/` of its data directory. Its LOCK file, held by the kernel for as
 * long as the process lives, is also the lock on the whole directory (S4): a pid file would be
 * fooled by reused pids and by containers.
 */
import { join } from 'node:path'
import type { Level as HostLevel } from 'level'
import { LograftError, asError } from '../base/errors.ts'

export type Store = HostLevel<Uint8Array, Uint8Array>

/**
 * Opens the store and thereby locks `directory`, which must exist.
 * Throws DIRECTORY_LOCKED when another process holds it, STORE_FAILED for anything else.
 */
export async function openStore(directory: string): Promise<Store> {
  const { Level } = await import('level')
  const path = join(directory, 'store')
  const store = new Level<Uint8Array, Uint8Array>(path, {
    keyEncoding: 'view',
    valueEncoding: 'view',
  })
  try {
    await store.open()
  } catch (thrown) {
    const cause = (asError(thrown).cause ?? thrown) as { code?: string; message?: string }
    if (cause.code === 'LEVEL_LOCKED')
      throw new LograftError(
        'DIRECTORY_LOCKED',
        `${directory} is in use by another process. Stop that one first, or give this node a ` +
          'directory of its own (log.dirs).',
        { cause: thrown },
      )
    throw new LograftError('STORE_FAILED', `${path} cannot be opened: ${cause.message ?? ''}`, {
      cause: thrown,
    })
  }
  return store
}
