/**
 * Kafka's own properties that Lograft knows and does not honour, with the reason a person is given.
 * Accepting them in silence would promise what is not done. A name that is in neither this file nor
 * the tables is misspelt. Pure.
 */

const NO_ZOOKEEPER = 'Lograft has no ZooKeeper; metadata is kept by controller.quorum.voters'
const NO_THREADS = 'Lograft has no such threads to count; leave it out'
const NO_SECURITY = 'TLS, SASL and ACLs are not built yet, and every listener is PLAINTEXT'
const NO_TIERS = 'there is no tiered storage'
const NO_JVM = 'Lograft runs on Node.js and loads no Java classes'
const NOT_YET_REPLICATED = 'several nodes are not built yet, and one has nothing to replicate'
const NO_GROUPS = 'consumer groups are not built yet'
const NO_TRANSACTIONS = 'transactions are not built yet'
const NO_CLEANER = 'compaction is not performed yet'
const NO_QUOTAS = 'quotas are not built yet'
const OWN_LISTENER = 'controllers and brokers find each other at grpc.listener'
const OLD_FORMAT = 'Kafka 4 has removed it, and Lograft never had it'

const nodeReasons: Readonly<Record<string, string>> = {
  'broker.id': 'use node.id',
  'broker.id.generation.enable': 'use node.id',
  'reserved.broker.max.id': 'use node.id',
  port: 'use listeners',
  'host.name': 'use listeners',
  'advertised.host.name': 'use advertised.listeners',
  'advertised.port': 'use advertised.listeners',
  'controller.listener.names': OWN_LISTENER,
  'control.plane.listener.name': OWN_LISTENER,
  'inter.broker.listener.name': 'brokers reach each other at their one listener',
  'inter.broker.protocol.version': OLD_FORMAT,
  'security.inter.broker.protocol': NO_SECURITY,
  'listener.security.protocol.map': 'there is one listener, and its name is PLAINTEXT',
  'early.start.listeners': OWN_LISTENER,
  'controller.quorum.bootstrap.servers': 'use controller.quorum.voters',
  'metadata.log.dir': 'the metadata log is kept in log.dirs',
  'cordoned.log.dirs': 'there is one directory; see log.dirs',
  'socket.send.buffer.bytes': 'Node.js leaves socket buffers to the operating system',
  'socket.receive.buffer.bytes': 'Node.js leaves socket buffers to the operating system',
  'socket.listen.backlog.size': 'the backlog is what Node.js asks for, 511',
  'queued.max.requests': 'each connection is bounded by itself: connection.max.inflight.requests',
  'queued.max.request.bytes': 'each connection is bounded by itself: connection.max.buffered.bytes',
  'max.connections.per.ip.overrides': 'one bound holds for every address: max.connections.per.ip',
  'max.connection.creation.rate': 'connections are bounded in number: max.connections',
  'max.request.partition.size.limit': 'a request is bounded in bytes: socket.request.max.bytes',
  'max.incremental.fetch.session.cache.slots': 'fetch sessions are not kept; clients do without',
  'background.threads': NO_THREADS,
  'num.io.threads': NO_THREADS,
  'num.network.threads': NO_THREADS,
  'num.recovery.threads.per.data.dir': NO_THREADS,
  'num.replica.fetchers': NO_THREADS,
  'num.replica.alter.log.dirs.threads': NO_THREADS,
  'log.preallocate': 'log files grow as they are written',
  'log.message.format.version': OLD_FORMAT,
  'log.message.timestamp.difference.max.ms':
    'use log.message.timestamp.before.max.ms and log.message.timestamp.after.max.ms',
  'log.message.downconversion.enable': OLD_FORMAT,
  'log.dir.failure.timeout.ms': 'a node whose directory fails stops at once',
  'compression.gzip.level': 'a codec recompresses at its own usual level',
  'compression.lz4.level': 'a codec recompresses at its own usual level',
  'compression.zstd.level': 'a codec recompresses at its own usual level',
  'controlled.shutdown.enable': 'SIGTERM always stops a node in good order',
  'controlled.shutdown.max.retries': 'SIGTERM always stops a node in good order',
  'controlled.shutdown.retry.backoff.ms': 'SIGTERM always stops a node in good order',
  'auto.leader.rebalance.enable': NOT_YET_REPLICATED,
  'request.timeout.ms': NOT_YET_REPLICATED,
  'unclean.leader.election.interval.ms': NOT_YET_REPLICATED,
  'principal.builder.class': NO_JVM,
  'authorizer.class.name': NO_SECURITY,
  'super.users': NO_SECURITY,
  'allow.everyone.if.no.acl.found': NO_SECURITY,
}

/** Families of names. The first that fits decides. */
const nodeFamilies: readonly (readonly [prefix: string, reason: string])[] = [
  ['zookeeper.', NO_ZOOKEEPER],
  ['ssl.', NO_SECURITY],
  ['sasl.', NO_SECURITY],
  ['security.', NO_SECURITY],
  ['delegation.token.', NO_SECURITY],
  ['password.encoder.', NO_SECURITY],
  ['connections.max.reauth.', NO_SECURITY],
  ['connection.failed.authentication.', NO_SECURITY],
  ['remote.', NO_TIERS],
  ['log.local.retention.', NO_TIERS],
  ['log.remote.', NO_TIERS],
  ['log.cleaner.', NO_CLEANER],
  ['metadata.log.', 'the metadata log is trimmed by its snapshots alone'],
  ['metadata.max.', 'the metadata log is trimmed by its snapshots alone'],
  ['controller.quorum.', 'the quorum has one member in this release'],
  ['broker.heartbeat.', NOT_YET_REPLICATED],
  ['broker.session.', NOT_YET_REPLICATED],
  ['initial.broker.', NOT_YET_REPLICATED],
  ['leader.imbalance.', NOT_YET_REPLICATED],
  ['replica.', NOT_YET_REPLICATED],
  ['group.', NO_GROUPS],
  ['offsets.', NO_GROUPS],
  ['offset.', NO_GROUPS],
  ['share.', 'share groups are not built yet'],
  ['transaction.', NO_TRANSACTIONS],
  ['transactional.', NO_TRANSACTIONS],
  ['quota.', NO_QUOTAS],
  ['controller.quota.', NO_QUOTAS],
  ['replication.quota.', NO_QUOTAS],
  ['alter.log.dirs.replication.quota.', NO_QUOTAS],
  ['client.quota.', NO_QUOTAS],
  ['create.topic.policy.', NO_JVM],
  ['alter.config.policy.', NO_JVM],
  ['metric.reporters', NO_JVM],
  ['metrics.', NO_JVM],
  ['kafka.metrics.', NO_JVM],
  ['auto.include.jmx.', NO_JVM],
  ['telemetry.', NO_JVM],
  ['confluent.', 'it belongs to another product'],
  ['listener.name.', 'there is one listener, and its name is PLAINTEXT'],
]

const topicReasons: Readonly<Record<string, string>> = {
  preallocate: 'log files grow as they are written',
  'compression.gzip.level': 'a codec recompresses at its own usual level',
  'compression.lz4.level': 'a codec recompresses at its own usual level',
  'compression.zstd.level': 'a codec recompresses at its own usual level',
  'leader.replication.throttled.replicas': NO_QUOTAS,
  'follower.replication.throttled.replicas': NO_QUOTAS,
  'message.format.version': OLD_FORMAT,
  'message.downconversion.enable': OLD_FORMAT,
  'message.timestamp.difference.max.ms':
    'use message.timestamp.before.max.ms and message.timestamp.after.max.ms',
  'remote.storage.enable': NO_TIERS,
  'remote.log.copy.disable': NO_TIERS,
  'remote.log.delete.on.disable': NO_TIERS,
  'local.retention.ms': NO_TIERS,
  'local.retention.bytes': NO_TIERS,
  'internal.segment.bytes': 'use segment.bytes, which may be small',
}

/** Why exactly this property of Kafka's is not honoured; null when the name is not listed. */
export function unsupportedNodeOption(name: string): string | null {
  return Object.hasOwn(nodeReasons, name) ? (nodeReasons[name] ?? null) : null
}

/**
 * Why no property of this family of Kafka's is honoured; null when the name is of no such family.
 */
export function unsupportedNodeFamily(name: string): string | null {
  return nodeFamilies.find(([prefix]) => name.startsWith(prefix))?.[1] ?? null
}

/** Why this topic property of Kafka's is not honoured; null when the name is not one of those. */
export function unsupportedTopicOption(name: string): string | null {
  return Object.hasOwn(topicReasons, name) ? (topicReasons[name] ?? null) : null
}

type Reasons = readonly (readonly [name: string, reason: string])[]

/** All of the above for nodes, families as `prefix*`. */
export function unsupportedNodeOptions(): Reasons {
  return [
    ...Object.entries(nodeReasons),
    ...nodeFamilies.map(([prefix, reason]) => [`${prefix}*`, reason] as const),
  ]
}

/** All of the above for topics. */
export function unsupportedTopicOptions(): Reasons {
  return Object.entries(topicReasons)
}
