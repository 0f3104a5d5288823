/**
 * What options must be to each other, and what this release cannot do yet whatever they say. Each
 * option has already been checked by itself. Pure. Messages say what to do next.
 */
import { collide, formatHostPort, isWildcard } from './addresses.ts'
import type { NodeConfig, NodeOptionName } from './node-options.ts'

export interface Check {
  /** The options it looks at; it is skipped when one of them could not be read. */
  readonly options: readonly NodeOptionName[]
  /** One sentence, or null when all is well. */
  readonly problem: (config: NodeConfig) => string | null
}

const listenerName: Check = {
  options: ['listeners'],
  problem: ({ listeners }) => {
    const [first] = listeners
    const foreign = listeners.find(({ name }) => name !== 'PLAINTEXT')
    if (foreign?.name === 'CONTROLLER')
      return 'a CONTROLLER listener is not needed: controllers are reached at grpc.listener; keep only the PLAINTEXT one'
    if (foreign)
      return `a listener named ${foreign.name} is not supported: TLS and SASL are not built yet, use PLAINTEXT://${formatHostPort(foreign)}`
    return listeners.length === 1 && first ? null : 'one listener, in this release'
  },
}

const advertisedListener: Check = {
  options: ['listeners', 'advertised.listeners'],
  problem: ({ listeners, 'advertised.listeners': advertised }) => {
    const unreachable = advertised.find(({ host }) => isWildcard(host))
    if (unreachable)
      return `no client can connect to "${unreachable.host}", which means every interface; set advertised.listeners to a name or address of this machine, such as PLAINTEXT://broker1.example.org:${unreachable.port || 9092}`
    const missing = listeners.find(({ name }) => !advertised.some((other) => other.name === name))
    if (missing || advertised.length !== listeners.length)
      return 'advertised.listeners must name exactly the listeners that listeners names'
    return null
  },
}

const portsDiffer: Check = {
  options: ['listeners', 'grpc.listener', 'http.listener'],
  problem: (config) => {
    const places = [
      ...config.listeners.map((place) => ['listeners', place] as const),
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
  options: ['node.id', 'process.roles', 'controller.quorum.voters'],
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
  listenerName,
  advertisedListener,
  portsDiffer,
  voters,
  directories,
  retentionIsNotZero('log.retention.ms'),
  retentionIsNotZero('log.retention.minutes'),
  retentionIsNotZero('log.retention.hours'),
  compactionLag,
]
