/**
 * What each broker of a cluster is started with: who votes, where it listens and whom it dials. All
 * ports are known before the first broker starts.
 */
import { LograftError } from '../base/errors.ts'
import { formatHostPort } from '../config/addresses.ts'
import { readNodeConfig } from '../config/load.ts'
import type { Setting } from './api.ts'
import type { Place } from './broker.ts'
import type { BrokerPlan } from './life.ts'
import type { Links } from './links.ts'

/** More voters make nothing safer than five. */
const CONTROLLERS_MAX = 5
/** Kafka wants a port in a node's own entry; nobody dials it. */
const OWN_PORT = 1

/** What the cluster decides itself, and the option that says so. */
const OURS: ReadonlyMap<string, string> = new Map([
  ['node.id', ''],
  ['process.roles', ''],
  ['log.dirs', ': use the option `directory`'],
  ['listeners', ''],
  ['advertised.listeners', ''],
  ['grpc.listener', ''],
  ['advertised.grpc.listener', ''],
  ['http.listener', ''],
  ['controller.quorum.voters', ''],
  ['controller.quorum.bootstrap.servers', ''],
  ['controller.quorum.address.overrides', ': use the option `links`'],
  ['inter.broker.address.overrides', ': use the option `links`'],
  ['log.level', ': use the option `log`'],
  ['fault.switches.enable', ': use the option `faults`'],
])

export interface PlanOptions {
  readonly places: ReadonlyMap<number, Place>
  readonly links: Links | null
  /** Where a broker keeps its data. */
  readonly directoryOf: (id: number) => string
  readonly config: Readonly<Record<string, Setting>>
  /** Brokers have fault switches. */
  readonly faults: boolean
}

/** Throws INVALID_CONFIG. */
export function refuseOurs(config: Readonly<Record<string, Setting>>): void {
  const name = Object.keys(config).find((key) => OURS.has(key))
  if (name === undefined) return
  const instead = OURS.get(name) ?? ''
  throw new LograftError('INVALID_CONFIG', `config: ${name} is decided by the cluster${instead}`)
}

/** Those of the brokers that are controllers too: an odd number, if there are so many. */
export function controllersOf(ids: readonly number[]): readonly number[] {
  if (ids.length <= 3) return ids
  return ids.slice(0, ids.length < CONTROLLERS_MAX ? 3 : CONTROLLERS_MAX)
}

/** Throws INVALID_CONFIG for what no broker would start with. */
export function planOf(id: number, options: PlanOptions): BrokerPlan {
  const { places, config, directoryOf, faults } = options
  const { kafka, grpc, http } = places.get(id) as Place
  const settings = {
    ...config,
    'node.id': id,
    'log.dirs': directoryOf(id),
    listeners: `PLAINTEXT://${formatHostPort(kafka)}`,
    'grpc.listener': formatHostPort(grpc),
    'http.listener': http ? formatHostPort(http) : '',
    ...(faults && { 'fault.switches.enable': true }),
    ...quorumOf(id, options),
    ...detoursOf(id, options),
  }
  const flags = Object.entries(settings).map(([key, value]) => `${key}=${value}`)
  readNodeConfig({ flags })
  return { nodeId: id, flags }
}

function quorumOf(id: number, { places, links }: PlanOptions): Record<string, string> {
  const controllers = controllersOf([...places.keys()])
  const dialled = (to: number) => {
    if (links === null) return (places.get(to) as Place).grpc
    return to === id ? { host: '127.0.0.1', port: OWN_PORT } : links.between(id, to).grpc
  }
  const address = (to: number) => formatHostPort(dialled(to))
  return controllers.includes(id)
    ? {
        'process.roles': 'broker,controller',
        'controller.quorum.voters': controllers.map((to) => `${to}@${address(to)}`).join(),
      }
    : {
        'process.roles': 'broker',
        'controller.quorum.bootstrap.servers': controllers.map(address).join(),
      }
}

/** Whatever others say of where they are, they are dialled by the links. */
function detoursOf(id: number, { places, links }: PlanOptions): Record<string, string> {
  const others = [...places.keys()].filter((to) => to !== id)
  if (links === null || others.length === 0) return {}
  const by = (listener: 'kafka' | 'grpc') =>
    others.map((to) => `${to}@${formatHostPort(links.between(id, to)[listener])}`).join()
  return {
    'controller.quorum.address.overrides': by('grpc'),
    'inter.broker.address.overrides': by('kafka'),
  }
}
