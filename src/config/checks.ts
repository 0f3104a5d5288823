/**
 * What options must be to each other, and what this release cannot do yet whatever they say. Each
 * option has already been checked by itself. Pure. Messages say what to do next.
 */
import type { HostPort, Listener } from './addresses.ts'
import { collide, isWildcard, listener } from './addresses.ts'
import type { NodeConfig, NodeOptionName } from './node-options.ts'

export interface Check {
  /**
   * The options it looks at; it is skipped when one of them could not be read. The first of them
   * that was set is the place of the problem.
   */
  readonly options: readonly NodeOptionName[]
  /** One sentence, or null when all is well. `isSet`: not merely a default. */
  readonly problem: (config: NodeConfig, isSet: (name: NodeOptionName) => boolean) => string | null
}

/** In Kafka's own file a listener beside the one for clients; other checks look past it. */
const isForControllers = ({ name }: Listener) => name === 'CONTROLLER'
const forClients = (listeners: readonly Listener[]) =>
  listeners.filter((each) => !isForControllers(each))

type ListenersOption = 'listeners' | 'advertised.listeners'

const noControllerListener = (option: ListenersOption): Check => ({
  options: [option],
  problem: (config, isSet) => {
    const found = isSet(option) && config[option].find(isForControllers)
    return found
      ? `leave out ${listener.print(found)}; controllers are reached at grpc.listener`
      : null
  },
})

const onePlaintextListener = (option: ListenersOption): Check => ({
  options: [option],
  problem: (config, isSet) => {
    // A default of advertised.listeners would only say once more what is wrong with listeners.
    if (!isSet(option)) return null
    const listeners = forClients(config[option])
    const [first, ...others] = listeners
    if (!first) return 'name the listener for clients, such as PLAINTEXT://127.0.0.1:9092'
    const { host, port } = listeners.find(({ name }) => name === 'PLAINTEXT') ?? first
    const plaintext = listener.print({ name: 'PLAINTEXT', host, port })
    if (others.length > 0) return `one listener for clients, in this release; keep ${plaintext}`
    if (first.name === 'PLAINTEXT') return null
    return /^(SSL|SASL_.*)$/.test(first.name)
      ? `TLS and SASL are not built yet; use ${plaintext}`
      : `the listener for clients is named PLAINTEXT, in this release; use ${plaintext}`
  },
})

const reachable: Check = {
  options: ['listeners', 'advertised.listeners'],
  problem: ({ 'advertised.listeners': advertised }) => {
    const unreachable = forClients(advertised).find(({ host }) => isWildcard(host))
    if (!unreachable) return null
    return `no client can connect to "${unreachable.host}", which means every interface; set advertised.listeners to a name or address of this machine, such as PLAINTEXT://broker1.example.org:${unreachable.port || 9092}`
  },
}

const portsDiffer: Check = {
  options: ['listeners', 'grpc.listener', 'http.listener'],
  problem: (config) => {
    const http = config['http.listener']
    const places = [
      ...forClients(config.listeners).map((place) => ['listeners', place] as const),
      ['grpc.listener', config['grpc.listener']] as const,
      ...(http === 'none' ? [] : [['http.listener', http] as const]),
    ]
    for (const [index, [name, place]] of places.entries())
      for (const [other, there] of places.slice(index + 1))
        if (collide(place, there))
          return `${name} and ${other} both want port ${place.port}; give one of them another, or 0 for any free one`
    return null
  },
}

const voters: Check = {
  options: ['controller.quorum.voters', 'node.id', 'process.roles'],
  problem: (config, isSet) => {
    if (!isSet('controller.quorum.voters')) return null
    const id = config['node.id']
    const quorum = config['controller.quorum.voters']
    const ids = quorum.map(({ nodeId }) => nodeId)
    if (new Set(ids).size < ids.length) return 'each voter has a node id of its own'
    const isController = config['process.roles'].includes('controller')
    if (isController && !ids.includes(id))
      return `this node (node.id=${id}) is a controller and not among the voters; name it, such as controller.quorum.voters=${id}@127.0.0.1:9093, or, to add it to a quorum that is there, name its controllers in controller.quorum.bootstrap.servers instead`
    if (!isController && ids.includes(id))
      return `this node (node.id=${id}) votes and is no controller; add controller to process.roles`
    return null
  },
}

/** Port 0 is for listening; nobody can be dialled there. */
const dialable = (name: 'controller.quorum.bootstrap.servers'): Check => ({
  options: [name],
  problem: (config) =>
    config[name].some(({ host, port }) => port === 0 || isWildcard(host))
      ? 'name the hosts and ports to connect to, such as 127.0.0.1:9093'
      : null,
})

const findsControllers: Check = {
  options: ['process.roles', 'controller.quorum.voters', 'controller.quorum.bootstrap.servers'],
  problem: (config, isSet) => {
    const isController = config['process.roles'].includes('controller')
    const namesThem =
      isSet('controller.quorum.voters') || config['controller.quorum.bootstrap.servers'].length > 0
    if (isController || namesThem) return null
    return 'a broker alone has to be told where the controllers are: controller.quorum.bootstrap.servers'
  },
}

/** Kafka's own file names the node itself there: it would wait for ever to be added to itself. */
const othersAreThere: Check = {
  options: ['controller.quorum.bootstrap.servers', 'grpc.listener', 'advertised.grpc.listener'],
  problem: (config) => {
    const servers = config['controller.quorum.bootstrap.servers']
    const own = [config['grpc.listener'], config['advertised.grpc.listener']]
    const isSelf = ({ host, port }: HostPort) =>
      own.some((place) => place.port === port && (place.host === host || isLoopback(host)))
    return servers.length > 0 && servers.every(isSelf)
      ? 'leave it out: it names only this node, which then founds a quorum of its own'
      : null
  },
}

const isLoopback = (host: string) => ['localhost', '127.0.0.1', '::1'].includes(host)

const oneWayToControllers: Check = {
  options: ['controller.quorum.bootstrap.servers', 'controller.quorum.voters'],
  problem: (config, isSet) =>
    isSet('controller.quorum.voters') && config['controller.quorum.bootstrap.servers'].length > 0
      ? 'leave it out where controller.quorum.voters is set'
      : null,
}

const reachableByNodes: Check = {
  options: ['advertised.grpc.listener', 'grpc.listener', 'controller.quorum.voters'],
  problem: (config, isSet) => {
    const { host } = config['advertised.grpc.listener']
    if (!isWildcard(host) || !isSet('controller.quorum.voters')) return null
    return `no node can connect to "${host}", which means every interface; set advertised.grpc.listener to a name or address of this machine`
  },
}

const directories: Check = {
  options: ['log.dirs'],
  problem: ({ 'log.dirs': wanted }) =>
    wanted.length === 1 ? null : 'one directory, in this release',
}

/** A broker that beats less often would be fenced between two beats, again and again. */
const beatsWithinSession: Check = {
  options: ['broker.heartbeat.interval.ms', 'broker.session.timeout.ms'],
  problem: (config) =>
    config['broker.heartbeat.interval.ms'] < config['broker.session.timeout.ms']
      ? null
      : 'broker.heartbeat.interval.ms must be less than broker.session.timeout.ms',
}

const compactionLag: Check = {
  options: ['log.cleaner.min.compaction.lag.ms', 'log.cleaner.max.compaction.lag.ms'],
  problem: (config) =>
    config['log.cleaner.min.compaction.lag.ms'] <= config['log.cleaner.max.compaction.lag.ms']
      ? null
      : 'log.cleaner.min.compaction.lag.ms must be no more than log.cleaner.max.compaction.lag.ms',
}

/** Zero would delete everything as soon as it is written; Kafka refuses it for a whole node too. */
const retentionIsNotZero = (name: NodeOptionName): Check => ({
  options: [name],
  problem: (config) => (config[name] === 0 ? 'must be -1 (for ever) or at least 1' : null),
})

export const checks: readonly Check[] = [
  findsControllers,
  othersAreThere,
  oneWayToControllers,
  dialable('controller.quorum.bootstrap.servers'),
  reachableByNodes,
  noControllerListener('listeners'),
  noControllerListener('advertised.listeners'),
  onePlaintextListener('listeners'),
  onePlaintextListener('advertised.listeners'),
  reachable,
  portsDiffer,
  voters,
  directories,
  retentionIsNotZero('log.retention.ms'),
  retentionIsNotZero('log.retention.minutes'),
  retentionIsNotZero('log.retention.hours'),
  beatsWithinSession,
  compactionLag,
]
