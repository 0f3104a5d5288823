/**
 * What a directory of clusters holds from before: a directory for each broker, named by its number,
 * whose `meta.properties` say which cluster it is of. Only looked at, before anything is started.
 */
import { LograftError } from '../base/errors.ts'
import { hostDisk } from '../host/disk.ts'
import { readMetaProperties } from '../node/meta-properties.ts'

interface KeptBroker {
  readonly id: number
  readonly path: string
  /** Null before it was a member of any cluster, and when its identity cannot be read. */
  readonly clusterId: string | null
}

/** In the order of their numbers. */
export function keptIn(directory: string): readonly KeptBroker[] {
  if (!hostDisk.exists(directory)) return []
  return hostDisk
    .list(directory)
    .filter((entry) => entry.directory && /^[1-9]\d{0,5}$/.test(entry.name))
    .flatMap(({ name }) => keptAs(Number(name), `${directory}/${name}`))
    .sort((one, other) => one.id - other.id)
}

/** None where nobody has started. What cannot be read is for the broker itself to refuse. */
function keptAs(id: number, path: string): readonly KeptBroker[] {
  const known = readMetaProperties(hostDisk, path)
  if (known === 'missing') return []
  return [{ id, path, clusterId: known === 'bad' ? null : known.clusterId }]
}

/**
 * Throws DIRECTORY_FOREIGN for the data of a cluster that has other brokers than 1 to `brokers`:
 * their quorum would wait for voters who are not there, or who know nothing of it.
 */
export function refuseOtherBrokers(directory: string, brokers: number): void {
  const kept = keptIn(directory)
  if (kept.every(({ clusterId }) => clusterId === null)) return
  const isWhole = kept.every(({ id }, index) => id === index + 1)
  if (isWhole && kept.length === brokers) return
  const [last] = kept.slice(-1)
  throw new LograftError(
    'DIRECTORY_FOREIGN',
    isWhole
      ? `${directory} holds a cluster of ${inWords(kept.length)}, not ${brokers}. Start as many, ` +
          'or choose another directory'
      : `${directory} holds brokers ${kept.map(({ id }) => id).join(', ')} of a cluster of at ` +
          `least ${last?.id}: others are missing. Restore them from a copy, or choose another ` +
          'directory',
  )
}

const inWords = (brokers: number) => (brokers === 1 ? '1 broker' : `${brokers} brokers`)
