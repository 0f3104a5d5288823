/** From options to a running cluster: who votes, which ports, where the data goes. */
import { LograftError } from '../base/errors.ts'
import { asNodeId } from '../base/ids.ts'
import { silentLogger, type Logger } from '../base/log.ts'
import { formatHostPort } from '../config/addresses.ts'
import { hostClock } from '../host/clock.ts'
import { HeldPort } from '../host/held-port.ts'
import { openLogger } from '../host/logger.ts'
import { MemoryDisk } from '../host/memory-disk.ts'
import { thisMachine, type Host } from '../node/machine.ts'
import type { StartClusterOptions, TopicOptions } from './api.ts'
import { EmbeddedBroker, type Place } from './broker.ts'
import { EmbeddedCluster } from './cluster.ts'
import type { BrokerPlan } from './life.ts'
import { beginLocalLife } from './local-life.ts'
import { ClusterView } from './view.ts'

const TIMEOUT_MS = 30_000
const BROKERS_MAX = 20
/** Controllers of one process stall together, if at all: none of them calls an election for that. */
const ELECTION_TIMEOUT_MS = 250
/** More voters make nothing safer than five. */
const CONTROLLERS_MAX = 5
const LOOPBACK = '127.0.0.1'
/** Of a broker in memory, on its own disk. */
const MEMORY_DIRECTORY = '/lograft'

/** What the cluster decides itself. */
const OURS = new Set([
  'node.id',
  'process.roles',
  'log.dirs',
  'listeners',
  'advertised.listeners',
  'grpc.listener',
  'advertised.grpc.listener',
  'http.listener',
  'controller.quorum.voters',
  'controller.quorum.bootstrap.servers',
  'controller.quorum.address.overrides',
  'log.level',
])

export async function start(options: StartClusterOptions): Promise<EmbeddedCluster> {
  const ids = idsOf(options)
  refuseOurs(options)
  const topics = topicsOf(options)
  const logger = await loggerOf(options)
  const ports = await holdPorts(2 * ids.length)
  const places = ids.map((_, index): Place => {
    const [kafka, grpc] = [ports[2 * index]?.port ?? 0, ports[2 * index + 1]?.port ?? 0]
    return { kafka: { host: LOOPBACK, port: kafka }, grpc: { host: LOOPBACK, port: grpc } }
  })
  const controllers = ids.slice(0, controllersOf(ids.length))
  const view = new ClusterView(
    new Map(controllers.map((id) => [asNodeId(id), (places[id - 1] as Place).grpc])),
    { clock: hostClock, logger: silentLogger },
  )
  const brokers = ids.map((id) => {
    const plan = planOf(id, { places, controllers, options })
    const host = options.directory === undefined ? inMemory(new MemoryDisk()) : thisMachine
    const ports = { host, logger: logger.child({ broker: id }) }
    return new EmbeddedBroker({
      id,
      place: places[id - 1] as Place,
      begin: () => beginLocalLife(plan, ports),
      onChange: () => view.changed(),
    })
  })
  const release = async () => {
    await Promise.all(ports.map((port) => port[Symbol.asyncDispose]()))
  }
  const { timeoutMs = TIMEOUT_MS } = options
  const keepsData = options.directory !== undefined
  const cluster = new EmbeddedCluster({ brokers, view, timeoutMs, keepsData, release })
  try {
    await cluster.start(topics)
    return cluster
  } catch (thrown) {
    await cluster.stop()
    throw thrown
  }
}

function idsOf({ brokers = 3 }: StartClusterOptions): readonly number[] {
  if (!Number.isInteger(brokers) || brokers < 1 || brokers > BROKERS_MAX)
    throw new LograftError(
      'INVALID_CONFIG',
      `brokers: a number from 1 to ${BROKERS_MAX}, not ${String(brokers)}`,
    )
  return Array.from({ length: brokers }, (_, index) => index + 1)
}

function refuseOurs({ config = {} }: StartClusterOptions): void {
  const name = Object.keys(config).find((key) => OURS.has(key))
  if (name === undefined) return
  const instead: Readonly<Record<string, string>> = {
    'log.dirs': ': use the option `directory`',
    'log.level': ': use the option `log`',
  }
  throw new LograftError(
    'INVALID_CONFIG',
    `config: ${name} is decided by startCluster${instead[name] ?? ''}`,
  )
}

function topicsOf({ topics = {} }: StartClusterOptions): ReadonlyMap<string, TopicOptions> {
  return new Map(
    Object.entries(topics).map(([name, topic]) => [
      name,
      typeof topic === 'number' ? { partitions: topic } : topic,
    ]),
  )
}

async function loggerOf({ log = 'silent' }: StartClusterOptions): Promise<Logger> {
  if (typeof log !== 'string') return log
  return log === 'silent' ? silentLogger : openLogger(log)
}

/** An odd number of all, if there are so many. */
function controllersOf(brokers: number): number {
  if (brokers <= 3) return brokers
  return brokers < CONTROLLERS_MAX ? 3 : CONTROLLERS_MAX
}

async function holdPorts(count: number): Promise<readonly HeldPort[]> {
  return Promise.all(Array.from({ length: count }, () => HeldPort.take()))
}

/** A machine whose files are in memory. */
function inMemory(disk: MemoryDisk): Host {
  return { ...thisMachine, disk, lock: (directory) => disk.lock(directory) }
}

function planOf(
  nodeId: number,
  {
    places,
    controllers,
    options: { directory, config = {} },
  }: {
    readonly places: readonly Place[]
    readonly controllers: readonly number[]
    readonly options: StartClusterOptions
  },
): BrokerPlan {
  const { kafka, grpc } = places[nodeId - 1] as Place
  const addressOf = (id: number) => formatHostPort((places[id - 1] as Place).grpc)
  const quorum = controllers.includes(nodeId)
    ? {
        'process.roles': 'broker,controller',
        'controller.quorum.voters': controllers.map((id) => `${id}@${addressOf(id)}`).join(),
      }
    : {
        'process.roles': 'broker',
        'controller.quorum.bootstrap.servers': controllers.map(addressOf).join(),
      }
  const settings = {
    'controller.quorum.election.timeout.ms': ELECTION_TIMEOUT_MS,
    ...config,
    'node.id': nodeId,
    'log.dirs': directory === undefined ? MEMORY_DIRECTORY : `${directory}/${nodeId}`,
    listeners: `PLAINTEXT://${formatHostPort(kafka)}`,
    'grpc.listener': formatHostPort(grpc),
    'http.listener': `${LOOPBACK}:0`,
    ...quorum,
  }
  return { nodeId, flags: Object.entries(settings).map(([key, value]) => `${key}=${value}`) }
}
