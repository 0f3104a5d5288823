/**
 * What options must be to each other, and what this release cannot do yet whatever they say. Each
 * option has already been checked by itself. Pure. Messages say what to do next.
 */
import type { Listener } from './addresses.ts'
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
    const places = [
      ...forClients(config.listeners).map((place) => ['listeners', place] as const),
      ['grpc.listener', config['grpc.listener']] as const,
      ['http.listener', config['http.listener']] as const,
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
  problem: (config) => {
    const id = config['node.id']
    const quorum = config['controller.quorum.voters']
    const ids = quorum.map(({ nodeId }) => nodeId)
    if (new Set(ids).size < ids.length) return 'each voter has a node id of its own'
    if (!ids.includes(id))
      return `this node (node.id=${id}) is a controller and not among the voters; name it, such as controller.quorum.voters=${id}@127.0.0.1:9093`
    return ids.length === 1 ? null : 'a quorum of one node, in this release'
  },
}

const roles: Check = {
  options: ['process.roles'],
  problem: ({ 'process.roles': wanted }) =>
    wanted.length === 2 ? null : 'a node is broker and controller at once, in this release',
}

const directories: Check = {
  options: ['log.dirs'],
  problem: ({ 'log.dirs': wanted }) =>
    wanted.length === 1 ? null : 'one directory, in this release',
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
  roles,
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
  compactionLag,
]
