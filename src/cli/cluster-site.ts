/**
 * Where the cluster of `npm start` has its place on this machine: fixed ports and directories,
 * looked at before anything is started or written, so that what is in the way is named with its
 * cure.
 */
import { resolve } from 'node:path'
import { isLograftError, LograftError } from '../base/errors.ts'
import { formatHostPort, type HostPort } from '../config/addresses.ts'
import type { Place } from '../embed/broker.ts'
import { keptIn } from '../embed/kept-data.ts'
import { hostDisk } from '../host/disk.ts'
import { hostNet } from '../host/net.ts'
import { thisMachine } from '../node/machine.ts'

const LOOPBACK = '127.0.0.1'
const PORT_MAX = 65_535
export const PORT_DEFAULT = 9092
/** Between a broker's port for Kafka clients and the one for metrics: 9100 is others' by habit. */
const HTTP_ABOVE = 100
export const DIRECTORY_DEFAULT = 'data'
/** Where a second cluster may begin, when nobody is there. */
const OTHER_PORTS = [19_092, 29_092, 39_092, 49_092]
const OTHER_DIRECTORIES = ['data/second', 'data/third', 'data/fourth']

interface Site {
  /** As it was given. */
  readonly directory: string
  /** 0: any. */
  readonly firstPort: number
  readonly brokers: number
}

/**
 * Throws DIRECTORY_FOREIGN when what is there is not a whole cluster of so many brokers,
 * DIRECTORY_LOCKED when another Lograft serves it, PORT_TAKEN.
 */
export async function refuseOccupied(site: Site): Promise<void> {
  refuseOtherData(site)
  await refuseLocked(site)
  const taken = await takenOf(placesFrom(site.firstPort, site.brokers))
  if (taken === null) return
  throw new LograftError(
    'PORT_TAKEN',
    `${formatHostPort(taken)} is taken by another program. Stop that one, or begin at another ` +
      `port: ${commandFor({ ...site, firstPort: await freePort(site) })}`,
  )
}

/**
 * From the first port on, two for each broker: for Kafka clients, and for other brokers; a hundred
 * above the first of them, one for metrics and health. Null for 0: any ports that are free, and
 * none for metrics.
 */
export function placesFrom(firstPort: number, brokers: number): ReadonlyMap<number, Place> | null {
  if (firstPort === 0) return null
  const last = HTTP_ABOVE + 2 * (brokers - 1)
  if (!Number.isInteger(firstPort) || firstPort < 1 || firstPort + last > PORT_MAX)
    throw new LograftError(
      'INVALID_CONFIG',
      `--port: the first of ${3 * brokers} ports, at most ${PORT_MAX - last}; 0 for any`,
    )
  const places = Array.from({ length: brokers }, (_, index): [number, Place] => {
    const port = firstPort + 2 * index
    const at = (port: number) => ({ host: LOOPBACK, port })
    return [index + 1, { kafka: at(port), grpc: at(port + 1), http: at(port + HTTP_ABOVE) }]
  })
  return new Map(places)
}

/** The first address where something listens; null when there is none. */
async function takenOf(places: ReadonlyMap<number, Place> | null): Promise<HostPort | null> {
  for (const { kafka, grpc, http } of places?.values() ?? [])
    for (const address of [kafka, grpc, http])
      if (address && (await isTaken(address))) return address
  return null
}

async function isTaken(address: HostPort): Promise<boolean> {
  try {
    const server = await hostNet.listen(address, (stream) => stream.destroy())
    await server.close()
    return false
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EADDRINUSE') return true
    throw thrown
  }
}

async function refuseLocked(site: Site): Promise<void> {
  const { brokers, firstPort } = site
  for (const { path } of keptIn(resolve(site.directory))) {
    if (!(await isLocked(path))) continue
    const taken = await takenOf(placesFrom(firstPort, brokers))
    const beside = { ...site, directory: freeDirectory() }
    const port = taken === null ? firstPort : await freePort(site)
    throw new LograftError(
      'DIRECTORY_LOCKED',
      `${path} is in use by another Lograft. Stop that one, or start a second cluster beside it: ` +
        commandFor({ ...beside, firstPort: port }),
    )
  }
}

/** By a process that runs. What else is wrong with it is for the broker itself to say. */
async function isLocked(path: string): Promise<boolean> {
  try {
    const held = await thisMachine.lock(path)
    await held.close()
    return false
  } catch (thrown) {
    return isLograftError(thrown) && thrown.code === 'DIRECTORY_LOCKED'
  }
}

function refuseOtherData(site: Site): void {
  const { brokers } = site
  const directory = resolve(site.directory)
  const kept = keptIn(directory)
  const joined = kept.filter(({ clusterId }) => clusterId !== null)
  const missing = Array.from({ length: brokers }, (_, index) => index + 1)
    .filter((id) => kept.every((other) => other.id !== id))
    .map((id) => ({ path: `${directory}/${id}` }))
  if (joined.length === 0) return
  const areOfOne = new Set(joined.map(({ clusterId }) => clusterId)).size === 1
  if (areOfOne && missing.length === 0 && kept.length === brokers) return
  const elsewhere = commandFor({ ...site, directory: freeDirectory() })
  const [first] = joined
  throw new LograftError(
    'DIRECTORY_FOREIGN',
    brokers > 1 && first?.id === 1 && kept.length === 1
      ? `${first.path} holds the data of a node that is a cluster by itself; this runs ` +
          `${brokers} brokers. Serve it with: npx lograft start --set log.dirs=${first.path}` +
          `\nOr leave it there, and choose another place: ${elsewhere}`
      : !areOfOne
        ? `${directory} holds data of different clusters: ${list(joined)}. Choose another place: ` +
          elsewhere
        : missing.length === 0
          ? `${directory} holds a cluster of more than ${brokers} brokers: ${list(kept)}. Choose ` +
            `another place: ${elsewhere}`
          : `${list(missing)} is empty, and ${list(joined)} hold data of a cluster. Restore it ` +
            `from a copy, or begin anew in another place: ${elsewhere}`,
  )
}

/** Where all the ports are free; any port, when none is known to be. */
async function freePort({ brokers }: Site): Promise<number> {
  for (const port of OTHER_PORTS)
    if ((await takenOf(placesFrom(port, brokers))) === null) return port
  return 0
}

const freeDirectory = () =>
  OTHER_DIRECTORIES.find((path) => !hostDisk.exists(resolve(path))) ?? 'data/another'

/** What to type for a cluster there: as this one was started. */
function commandFor({ directory, firstPort }: Site): string {
  const { npm_lifecycle_event: script, npm_package_name: packageName } = process.env
  const isScript = script === 'start' && packageName === 'lograft'
  const flags = [
    ...(directory === DIRECTORY_DEFAULT ? [] : ['--directory', directory]),
    ...(firstPort === PORT_DEFAULT ? [] : ['--port', firstPort]),
  ]
  return [isScript ? 'npm start --' : 'npx lograft quickstart', ...flags].join(' ')
}

const list = (found: readonly { readonly path: string }[]) =>
  found.map(({ path }) => path).join(', ')
