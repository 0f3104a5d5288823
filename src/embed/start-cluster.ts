/**
 * From options to a running cluster: which ports, where the data goes, what each broker runs in. A
 * start that fails gives everything back.
 */
import { LograftError } from '../base/errors.ts'
import { asNodeId } from '../base/ids.ts'
import { silentLogger } from '../base/log.ts'
import { hostClock } from '../host/clock.ts'
import { HeldPort } from '../host/held-port.ts'
import { openLogger } from '../host/logger.ts'
import { MemoryDisk } from '../host/memory-disk.ts'
import { tempDirectory } from '../host/temp-directory.ts'
import { thisMachine, type Host } from '../node/machine.ts'
import type { StartClusterOptions } from './api.ts'
import { EmbeddedBroker, type Place } from './broker.ts'
import { EmbeddedCluster } from './cluster.ts'
import { refuseOtherBrokers } from './kept-data.ts'
import type { BrokerPlan, Life } from './life.ts'
import { Links } from './links.ts'
import { beginLocalLife } from './local-life.ts'
import { idsOf, refuseUnfit, topicsOf } from './options.ts'
import { controllersOf, planOf, refuseOurs } from './plan.ts'
import { beginProcessLife } from './process-life.ts'
import { Undo } from './undo.ts'
import { ClusterView } from './view.ts'

const TIMEOUT_MS = 30_000
/**
 * Controllers of one process stall together, if at all: none of them calls an election for that.
 */
const OF_ONE_PROCESS = { 'controller.quorum.election.timeout.ms': 250 }
const LOOPBACK = '127.0.0.1'
/** Of a broker in memory, on its own disk. */
const MEMORY_DIRECTORY = '/lograft'

/** What only commands of this package decide. */
export interface ClusterSite {
  /** Where each broker listens; any free ports otherwise. */
  readonly places?: ReadonlyMap<number, Place>
  /** A broker began, is in service, or is gone. */
  readonly onChange?: (broker: EmbeddedBroker) => void
}

export async function start(
  options: StartClusterOptions,
  site: ClusterSite = {},
): Promise<EmbeddedCluster> {
  refuseUnfit(options)
  refuseOurs(options.config ?? {})
  const ids = idsOf(options)
  const topics = topicsOf(options)
  if (options.directory !== undefined) refuseOtherBrokers(options.directory, ids.length)
  const release = new Undo()
  let cluster: EmbeddedCluster | null = null
  try {
    cluster = await build(ids, { options, site, release })
    await cluster.start(topics)
    return cluster
  } catch (thrown) {
    await (cluster ? cluster.stop() : release.all())
    throw thrown
  }
}

interface Parts {
  readonly options: StartClusterOptions
  readonly site: ClusterSite
  /** What the cluster gives back at its end. */
  readonly release: Undo
}

async function build(
  ids: readonly number[],
  { options, site, release }: Parts,
): Promise<EmbeddedCluster> {
  const places = site.places ?? (await freePlaces(ids, release))
  const links = options.links === true ? await Links.open(ids) : null
  if (links) release.later(() => links.close())
  const lives = await livesOf(options, release)
  const controllers = controllersOf(ids).map(
    (id) => [asNodeId(id), (places.get(id) as Place).grpc] as const,
  )
  const view = new ClusterView(new Map(controllers), { clock: hostClock, logger: silentLogger })
  const brokers = ids.map((id) => {
    const config = { ...(options.processes !== true && OF_ONE_PROCESS), ...options.config }
    const { faults = false } = options
    const plan = planOf(id, { places, links, config, faults, directoryOf: lives.directoryOf })
    const disk = new MemoryDisk()
    return new EmbeddedBroker({
      id,
      place: places.get(id) as Place,
      hasFaults: faults,
      begin: () => lives.begin(plan, disk),
      reached: async (place) => links?.leadTo(id, place),
      onChange: (broker) => {
        view.changed()
        site.onChange?.(broker)
      },
    })
  })
  const { timeoutMs = TIMEOUT_MS, directory } = options
  return new EmbeddedCluster({
    ...{ brokers, view, links, timeoutMs },
    keepsData: directory !== undefined,
    release: () => release.all(),
  })
}

/** How brokers live. */
interface Lives {
  readonly directoryOf: (id: number) => string
  readonly begin: (plan: BrokerPlan, disk: MemoryDisk) => Life
}

async function livesOf(options: StartClusterOptions, release: Undo): Promise<Lives> {
  const { processes = false, log = 'silent' } = options
  if (processes) {
    if (typeof log !== 'string')
      throw new LograftError('INVALID_CONFIG', 'log: with `processes` a level, not a logger')
    const root = options.directory ?? (await temporary(release))
    return {
      directoryOf: (id) => `${root}/${id}`,
      begin: (plan) => beginProcessLife(plan, log),
    }
  }
  const logger = typeof log === 'string' ? await loggerOf(log) : log
  const { directory } = options
  return {
    directoryOf: (id) => (directory === undefined ? MEMORY_DIRECTORY : `${directory}/${id}`),
    begin(plan, disk) {
      const host = directory === undefined ? inMemory(disk) : thisMachine
      return beginLocalLife(plan, { host, logger: logger.child({ broker: plan.nodeId }) })
    },
  }
}

const loggerOf = async (level: string) =>
  level === 'silent' ? silentLogger : await openLogger(level)

/** A machine whose files are in memory. */
function inMemory(disk: MemoryDisk): Host {
  return { ...thisMachine, disk, lock: (directory) => disk.lock(directory) }
}

async function temporary(release: Undo): Promise<string> {
  const directory = await tempDirectory('lograft')
  release.later(() => directory.remove())
  return directory.path
}

/** On ports that stay ours while a broker does not run. */
async function freePlaces(
  ids: readonly number[],
  release: Undo,
): Promise<ReadonlyMap<number, Place>> {
  const places = ids.map(async (id): Promise<[number, Place]> => {
    const [kafka, grpc] = await Promise.all([HeldPort.take(), HeldPort.take()])
    for (const port of [kafka, grpc]) release.later(() => port[Symbol.asyncDispose]())
    const at = ({ port }: HeldPort) => ({ host: LOOPBACK, port })
    return [id, { kafka: at(kafka), grpc: at(grpc) }]
  })
  return new Map(await Promise.all(places))
}
