/**
 * Where the cluster of `npm start` has its place on this machine: fixed ports and directories,
 * looked at before anything is started or written, so that what is in the way is named with its
 * cure.
 */
import { LograftError } from '../base/errors.ts'
import { formatHostPort, type HostPort } from '../config/addresses.ts'
import type { Place } from '../embed/broker.ts'
import { hostDisk } from '../host/disk.ts'
import { hostNet } from '../host/net.ts'
import { readMetaProperties } from '../node/meta-properties.ts'

const LOOPBACK = '127.0.0.1'
const PORT_MAX = 65_535

/**
 * From the first port on, two for each broker: for Kafka clients, and for other brokers. Null for
 * 0: any ports that are free.
 */
export function placesFrom(firstPort: number, brokers: number): ReadonlyMap<number, Place> | null {
  if (firstPort === 0) return null
  const last = firstPort + 2 * brokers - 1
  if (!Number.isInteger(firstPort) || firstPort < 1 || last > PORT_MAX)
    throw new LograftError(
      'INVALID_CONFIG',
      `--port: the first of ${2 * brokers} ports, at most ${PORT_MAX - 2 * brokers + 1}; 0 for any`,
    )
  const places = Array.from({ length: brokers }, (_, index): [number, Place] => {
    const port = firstPort + 2 * index
    const at = (port: number) => ({ host: LOOPBACK, port })
    return [index + 1, { kafka: at(port), grpc: at(port + 1) }]
  })
  return new Map(places)
}

/** Throws PORT_TAKEN. */
export async function refuseTakenPorts(places: ReadonlyMap<number, Place>): Promise<void> {
  for (const { kafka, grpc } of places.values())
    for (const address of [kafka, grpc]) await refuseTaken(address)
}

async function refuseTaken(address: HostPort): Promise<void> {
  try {
    const server = await hostNet.listen(address, (stream) => stream.destroy())
    await server.close()
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw thrown
    throw new LograftError(
      'PORT_TAKEN',
      `${formatHostPort(address)} is taken by another program, perhaps by another Lograft. Stop ` +
        'that one, or begin at another port: npm start -- --port 19092',
      { cause: thrown },
    )
  }
}

/** Throws DIRECTORY_FOREIGN when what is there is not a whole cluster of so many brokers. */
export function refuseOtherData(directory: string, brokers: number): void {
  const ids = Array.from({ length: brokers }, (_, index) => index + 1)
  const found = ids.map((id) => ({
    path: `${directory}/${id}`,
    ...identityOf(`${directory}/${id}`),
  }))
  const joined = found.filter(({ clusterId }) => clusterId !== null)
  const empty = found.filter(({ isClaimed }) => !isClaimed)
  if (joined.length === 0) return
  const clusterIds = new Set(joined.map(({ clusterId }) => clusterId))
  if (clusterIds.size === 1 && empty.length === 0) return
  const [first] = joined
  throw new LograftError(
    'DIRECTORY_FOREIGN',
    brokers > 1 && joined.length === 1 && empty.length === brokers - 1
      ? `${first?.path} holds the data of a node that is a cluster by itself; npm start runs ` +
          `${brokers} brokers now. Serve it with: npx lograft start --set log.dirs=${first?.path}` +
          '\nOr leave it there, and choose another place: npm start -- --directory data/cluster'
      : clusterIds.size > 1
        ? `${directory} holds data of different clusters: ${list(joined)}. Choose another place: ` +
          'npm start -- --directory data/cluster'
        : `${list(empty)} is empty, and ${list(joined)} hold data of a cluster. Restore it from a ` +
          'copy, or begin anew in another place: npm start -- --directory data/cluster',
  )
}

interface Identity {
  readonly isClaimed: boolean
  readonly clusterId: string | null
}

/** What cannot be read is for the node itself to refuse. */
function identityOf(path: string): Identity {
  const known = hostDisk.exists(path) ? readMetaProperties(hostDisk, path) : 'missing'
  if (known === 'bad') return { isClaimed: true, clusterId: null }
  return known === 'missing'
    ? { isClaimed: false, clusterId: null }
    : { isClaimed: true, clusterId: known.clusterId }
}

const list = (found: readonly { readonly path: string }[]) =>
  found.map(({ path }) => path).join(', ')
