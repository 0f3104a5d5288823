/**
 * The node's data directory: locked before anything is read (S4), and whose it is. The first start
 * claims it with node id and a fresh directory id, fsynced before the node says a word (S1). A
 * directory of another node or cluster is refused, never adopted, never deleted; one whose identity
 * is missing beside data is refused too, because guessing it could make two lives of one disk (S2).
 */
import type { Disk } from '../base/disk.ts'
import { LograftError } from '../base/errors.ts'
import type { NodeId } from '../base/ids.ts'
import type { Random } from '../base/random.ts'
import { uuidFromRandom } from '../bytes/uuid.ts'
import type { ViewStore } from '../coordinator/view/ports.ts'
import type { MetaProperties } from './meta-properties.ts'
import { META_PROPERTIES_FILE, readMetaProperties, writeMetaProperties } from './meta-properties.ts'

/** An open lock; the kernel releases it with the process at the latest. */
export interface DirectoryLock {
  /** For what is folded from logs. Sound, or empty. */
  readonly store: ViewStore
  /** Why what was in the store before was thrown away; null: it was not. */
  readonly thrownAway: string | null
  close(): Promise<void>
}

export interface DataDirectory {
  readonly path: string
  /** Which disk contents these are; a wiped disk gets another (KIP-858). */
  readonly directoryId: string
  /** Null until the node first joined a cluster. */
  readonly clusterId: string | null
  /** See `DirectoryLock`. */
  readonly store: ViewStore
  readonly thrownAway: string | null
  /** Writes whose a fresh directory is, durably; nothing, when it says so already. */
  claim(): void
  /** Notes the cluster once it is known; throws DIRECTORY_FOREIGN when it was another. */
  joinCluster(clusterId: string): void
  close(): Promise<void>
}

export interface DirectoryPorts {
  readonly disk: Disk
  readonly random: Random
  readonly lock: (directory: string) => Promise<DirectoryLock>
}

/**
 * Names that may stand in a directory nobody has started in: the lock's own, and the file system's.
 */
const NOT_DATA = new Set(['store', 'lost+found', `${META_PROPERTIES_FILE}.tmp`])

/** Throws DIRECTORY_LOCKED, DIRECTORY_FOREIGN or DIRECTORY_DAMAGED; then nothing was changed. */
export async function openDataDirectory(
  path: string,
  nodeId: NodeId,
  { disk, random, lock }: DirectoryPorts,
): Promise<DataDirectory> {
  disk.makeDirectory(path)
  const held = await lock(path)
  try {
    const known = identify(path, nodeId, disk)
    const directoryId = known?.directoryId ?? uuidFromRandom(random.bytes(16))
    let identity = known ?? { clusterId: null, nodeId, directoryId }
    return {
      path,
      directoryId,
      clusterId: identity.clusterId,
      store: held.store,
      thrownAway: held.thrownAway,
      claim() {
        if (known === null) writeMetaProperties(disk, path, identity)
        // A process killed behind its rename may have left the name in the page cache only.
        else disk.syncDirectory(path)
      },
      joinCluster(clusterId) {
        if (identity.clusterId === clusterId) return
        if (identity.clusterId !== null)
          throw new LograftError(
            'DIRECTORY_FOREIGN',
            `${path} belongs to cluster ${identity.clusterId}, but its metadata log says ` +
              `${clusterId}. Directories were mixed up: give this node its own (log.dirs).`,
          )
        identity = { ...identity, clusterId }
        writeMetaProperties(disk, path, identity)
      },
      close: () => held.close(),
    }
  } catch (thrown) {
    await held.close()
    throw thrown
  }
}

/** Null: nobody's yet, and empty. */
function identify(path: string, nodeId: NodeId, disk: Disk): MetaProperties | null {
  const known = readMetaProperties(disk, path)
  if (known !== 'missing' && known !== 'bad') {
    if (known.nodeId === nodeId) return known
    throw new LograftError(
      'DIRECTORY_FOREIGN',
      `${path} belongs to node ${known.nodeId}, this is node ${nodeId}. ` +
        'Correct node.id, or give this node a directory of its own (log.dirs).',
    )
  }
  const data = disk.list(path).find(({ name }) => !NOT_DATA.has(name))
  if (data)
    throw new LograftError(
      'DIRECTORY_DAMAGED',
      `${path} holds ${data.name}, but its ${META_PROPERTIES_FILE} is ${known}, so whose it is ` +
        `cannot be known. Restore ${META_PROPERTIES_FILE} from a copy, or name an empty directory ` +
        'in log.dirs. Nothing was changed.',
    )
  return null
}
