/**
 * The node's LevelDB, in `store/` of its data directory. Its LOCK file, held by the kernel for as
 * long as the process lives, is also the lock on the whole directory (S4): a pid file would be
 * fooled by reused pids and by containers. What is kept is in a second one, `store/views/`, that
 * can be thrown away while the lock is held: it is derived (docs/adr/0006).
 */
import { cp, readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Level as HostLevel } from 'level'
import { LograftError, asError } from '../base/errors.ts'
import { isIntactTable } from './level-table.ts'
import { tempDirectory } from './temp-directory.ts'

export type Store = HostLevel<Uint8Array, Uint8Array>

/** The lock on a data directory, and the store in it. */
export interface LockedStore {
  readonly store: Store
  /** Why all that was in the store was thrown away when it was opened; null: nothing was. */
  readonly thrownAway: string | null
  close(): Promise<void>
}

/** These say nothing about what is in it. */
const SYSTEM_REFUSED = /no space|quota|permission|too many open|read-only file system|not a dir/i
const VIEWS = 'views'
const TABLE_SUFFIX = /\.(ldb|sst)$/

/**
 * Locks `directory`, which must exist, then opens the store in it: empty, if what is there cannot
 * be opened or read, or `whyUnsound` has something against it.
 * Throws DIRECTORY_LOCKED when another process holds it, STORE_FAILED for anything else.
 */
export async function lockStore(
  directory: string,
  whyUnsound: (store: Store) => Promise<string | null>,
): Promise<LockedStore> {
  const lock = await openStore(directory)
  try {
    const { store, thrownAway } = await openSound(join(directory, 'store', VIEWS), whyUnsound)
    const close = async () => {
      await store.close()
      await lock.close()
    }
    return { store, thrownAway, close }
  } catch (thrown) {
    await lock.close()
    throw thrown
  }
}

/**
 * Opens the outer store and thereby locks `directory`, which must exist. Nothing is in it, so what
 * cannot be opened is made anew. Throws as `lockStore`.
 */
export async function openStore(directory: string): Promise<Store> {
  const path = join(directory, 'store')
  try {
    return await openLevel(path)
  } catch (thrown) {
    const { code } = (asError(thrown).cause ?? thrown) as { code?: string }
    if (code === 'LEVEL_LOCKED')
      throw new LograftError(
        'DIRECTORY_LOCKED',
        `${directory} is in use by another process. Stop that one first, or give this node a ` +
          'directory of its own (log.dirs).',
        { cause: thrown },
      )
    const files = await readdir(path).catch(() => null)
    if (files === null || isRefused(thrown)) throw failed(path, thrown)
    for (const name of files) if (name !== 'LOCK' && name !== VIEWS) await rm(join(path, name))
  }
  return openLevel(path).catch((thrown: unknown) => {
    throw failed(path, thrown)
  })
}

async function openSound(
  path: string,
  whyUnsound: (store: Store) => Promise<string | null>,
): Promise<Omit<LockedStore, 'close'>> {
  const opened = await openIfSound(path, whyUnsound)
  if (typeof opened !== 'string') return { store: opened, thrownAway: null }
  try {
    await rm(path, { recursive: true, force: true })
    return { store: await openLevel(path), thrownAway: opened }
  } catch (thrown) {
    throw failed(path, thrown)
  }
}

/** Or why it must be thrown away. */
async function openIfSound(
  path: string,
  whyUnsound: (store: Store) => Promise<string | null>,
): Promise<Store | string> {
  let store: Store
  try {
    await removeDamagedTables(path)
    store = await openLevel(path)
  } catch (thrown) {
    if (isRefused(thrown)) throw failed(path, thrown)
    return reasonOf(thrown)
  }
  const why = await whyUnsound(store).catch(reasonOf)
  if (why === null) return store
  await store.close()
  return why
}

/**
 * LevelDB will miss those that it needs, and says so. The others were being written, or removed,
 * when the node died.
 */
async function removeDamagedTables(path: string): Promise<void> {
  const names = await readdir(path).catch(() => [])
  for (const name of names) {
    if (!TABLE_SUFFIX.test(name)) continue
    const table = join(path, name)
    if (!isIntactTable(await readFile(table))) await rm(table)
  }
}

async function openLevel(path: string): Promise<Store> {
  const { Level } = await import('level')
  const store = new Level<Uint8Array, Uint8Array>(path, {
    keyEncoding: 'view',
    valueEncoding: 'view',
    // See level-table.ts.
    compression: false,
  })
  await store.open()
  return store
}

const isRefused = (thrown: unknown) => SYSTEM_REFUSED.test(reasonOf(thrown))

function reasonOf(thrown: unknown): string {
  return asError(asError(thrown).cause ?? thrown).message
}

function failed(path: string, thrown: unknown): LograftError {
  return new LograftError('STORE_FAILED', `${path} cannot be opened: ${reasonOf(thrown)}`, {
    cause: thrown,
  })
}

/**
 * A copy of what is kept in the store at `path`, opened; somebody may have that open, so the copy
 * may be torn. Rejects when it is damaged.
 */
export async function openStoreCopy(path: string): Promise<Omit<LockedStore, 'thrownAway'>> {
  const directory = await tempDirectory('lograft-store')
  try {
    const copy = join(directory.path, VIEWS)
    await cp(join(path, VIEWS), copy, { recursive: true })
    await removeDamagedTables(copy)
    const store = await openLevel(copy)
    const close = async () => {
      await store.close()
      await directory.remove()
    }
    return { store, close }
  } catch (thrown) {
    await directory.remove()
    throw thrown
  }
}
