/**
 * Kafka's own properties that Lograft knows and does not honour, each with the reason a person is
 * given. Those whose absence nobody can notice (a count of threads there are none of) have no
 * effect, and a file that sets them draws one warning. The others would promise what is not done,
 * so setting one is an error. A name that is neither here nor in the tables is misspelt. Pure.
 */

/** What becomes of a node property that is set and not honoured. */
export interface Verdict {
  readonly effect: 'refused' | 'none'
  /** Part of a sentence, for people. */
  readonly reason: string
}

const NO_THREADS = 'Lograft has no such threads to count'
const NO_SECURITY = 'TLS, SASL and ACLs are not built yet, and every listener is PLAINTEXT'
const NO_TIERS = 'there is no tiered storage'
const NO_JVM = 'Lograft runs on Node.js and loads no Java classes'
const NO_JVM_METRICS = 'these are settings of the JVM client library'
const NO_ZOOKEEPER = 'leave it out, there is no ZooKeeper'
const OWN_REPLICATION = 'replication goes its own ways, and takes no setting for this'
const PUSHED =
  'the leader sends the metadata log by itself; see controller.quorum.election.timeout.ms'
const NO_NEW_GROUPS = 'groups of this protocol are not built yet'
const NOT_FOR_THE_COORDINATOR = 'the coordinator takes no setting for this'
const NO_SHARES = 'share groups are not built yet'
const NO_TRANSACTIONS = 'transactions are not built yet'
const ONE_CLEANER = 'compaction takes turns with everything else, in one thread'
const NO_QUOTAS = 'quotas of clients are not built yet'
const NO_PURGATORY = 'requests that wait are woken one by one'
const OWN_LISTENER = 'controllers are reached at grpc.listener'
const ONE_LISTENER = 'there is one listener, and its name and protocol are PLAINTEXT'
const ONE_FORMAT = 'there is one format, the one of Kafka 4'
const OWN_LEVEL = 'a codec recompresses at its own usual level'
const SYSTEM_BUFFERS = 'Node.js leaves socket buffers to the operating system'
const SNAPSHOTS_TRIM = 'the metadata log is trimmed by its snapshots alone'
const ALWAYS_IN_ORDER = 'SIGTERM always stops a node in good order'

type Reasons = Readonly<Record<string, string>>
/** The first prefix that fits decides. */
type Families = readonly (readonly [prefix: string, reason: string])[]

/** Silence about one of these would change what the node does, or how safe it is. */
const refused: Reasons = {
  'zookeeper.connect': NO_ZOOKEEPER,
  'broker.id': 'use node.id',
  'broker.id.generation.enable': 'use node.id',
  port: 'use listeners',
  'host.name': 'use listeners',
  'advertised.host.name': 'use advertised.listeners',
  'advertised.port': 'use advertised.listeners',
  'control.plane.listener.name': OWN_LISTENER,
  'inter.broker.listener.name': ONE_LISTENER,
  'security.inter.broker.protocol': ONE_LISTENER,
  'listener.security.protocol.map': ONE_LISTENER,
  'metadata.log.dir': 'the metadata log is kept in log.dirs',
  'cordoned.log.dirs': 'there is one directory; see log.dirs',
  'queued.max.request.bytes': 'each connection is bounded by itself: connection.max.buffered.bytes',
  'max.connections.per.ip.overrides': 'one bound holds for every address: max.connections.per.ip',
  'max.connection.creation.rate': 'connections are bounded in number: max.connections',
  'log.message.timestamp.difference.max.ms':
    'use log.message.timestamp.before.max.ms and log.message.timestamp.after.max.ms',
  'replica.selector.class': NO_JVM,
  'principal.builder.class': NO_JVM,
  'authorizer.class.name': NO_SECURITY,
  'super.users': NO_SECURITY,
  'allow.everyone.if.no.acl.found': NO_SECURITY,
}

const refusedFamilies: Families = [
  ['zookeeper.', NO_ZOOKEEPER],
  ['ssl.', NO_SECURITY],
  ['sasl.', NO_SECURITY],
  ['security.', NO_SECURITY],
  ['delegation.token.', NO_SECURITY],
  ['password.encoder.', NO_SECURITY],
  ['connections.max.reauth.', NO_SECURITY],
  ['connection.failed.authentication.', NO_SECURITY],
  ['listener.name.', ONE_LISTENER],
  ['controller.quorum.auto.join.', 'nodes are added with `lograft quorum add`'],
  ['remote.', NO_TIERS],
  ['log.local.retention.', NO_TIERS],
  ['log.remote.', NO_TIERS],
  ['quota.', NO_QUOTAS],
  ['controller.quota.', NO_QUOTAS],
  ['replication.quota.', 'what throttled replicas do not use is saved for half a second'],
  ['alter.log.dirs.replication.quota.', NO_QUOTAS],
  ['client.quota.', NO_QUOTAS],
  ['create.topic.policy.', NO_JVM],
  ['alter.config.policy.', NO_JVM],
  ['metric.reporters', NO_JVM],
  ['kafka.metrics.reporters', NO_JVM],
  ['confluent.', 'it belongs to another product'],
]

/** What these tune is not there to be tuned, or is as they ask whatever they say. */
const withoutEffect: Reasons = {
  'zookeeper.connection.timeout.ms': NO_ZOOKEEPER,
  'zookeeper.session.timeout.ms': NO_ZOOKEEPER,
  'zookeeper.sync.time.ms': NO_ZOOKEEPER,
  'zookeeper.max.in.flight.requests': NO_ZOOKEEPER,
  'reserved.broker.max.id': 'node.id is always given',
  'controller.listener.names': OWN_LISTENER,
  'early.start.listeners': OWN_LISTENER,
  'inter.broker.protocol.version': ONE_FORMAT,
  'socket.send.buffer.bytes': SYSTEM_BUFFERS,
  'socket.receive.buffer.bytes': SYSTEM_BUFFERS,
  'socket.listen.backlog.size': 'the backlog is what Node.js asks for, 511',
  'queued.max.requests': 'each connection is bounded by itself: connection.max.inflight.requests',
  'fetch.purgatory.purge.interval.requests': NO_PURGATORY,
  'producer.purgatory.purge.interval.requests': NO_PURGATORY,
  'delete.records.purgatory.purge.interval.requests': NO_PURGATORY,
  'background.threads': NO_THREADS,
  'num.io.threads': NO_THREADS,
  'num.network.threads': NO_THREADS,
  'num.recovery.threads.per.data.dir': NO_THREADS,
  'num.replica.fetchers': NO_THREADS,
  'num.replica.alter.log.dirs.threads': NO_THREADS,
  'log.preallocate': 'log files grow as they are written',
  'log.initial.task.delay.ms': 'each task first runs after an interval of its own',
  'log.message.format.version': ONE_FORMAT,
  'log.message.downconversion.enable': ONE_FORMAT,
  'log.dir.failure.timeout.ms': 'a node whose directory fails stops at once',
  'producer.id.expiration.check.interval.ms': 'producers are looked over as logs are',
  'compression.gzip.level': OWN_LEVEL,
  'compression.lz4.level': OWN_LEVEL,
  'compression.zstd.level': OWN_LEVEL,
  'controlled.shutdown.enable': ALWAYS_IN_ORDER,
  'controlled.shutdown.max.retries': ALWAYS_IN_ORDER,
  'controlled.shutdown.retry.backoff.ms': ALWAYS_IN_ORDER,
  'request.timeout.ms': OWN_REPLICATION,
  'controller.quorum.append.linger.ms': 'while one fsync runs, the next group forms by itself',
  'controller.quorum.election.backoff.max.ms': 'a pre-vote comes first, and costs nobody a term',
  'controller.quorum.fetch.timeout.ms': PUSHED,
  'controller.quorum.fetch.snapshot.max.bytes': PUSHED,
  'controller.quorum.fetch.max.bytes': PUSHED,
  'controller.quorum.retry.backoff.ms': PUSHED,
}

const familiesWithoutEffect: Families = [
  ['log.cleaner.', ONE_CLEANER],
  ['metadata.log.', SNAPSHOTS_TRIM],
  ['metadata.max.', SNAPSHOTS_TRIM],
  ['initial.broker.', OWN_REPLICATION],
  ['leader.imbalance.', 'every preferred leader leads again, however few are missing'],
  ['replica.', OWN_REPLICATION],
  ['group.coordinator.', NOT_FOR_THE_COORDINATOR],
  ['group.', NO_NEW_GROUPS],
  ['offsets.', NOT_FOR_THE_COORDINATOR],
  ['share.', NO_SHARES],
  ['transaction.', NO_TRANSACTIONS],
  ['transactional.', NO_TRANSACTIONS],
  ['metrics.', NO_JVM_METRICS],
  ['kafka.metrics.', NO_JVM_METRICS],
  ['auto.include.jmx.', NO_JVM_METRICS],
  ['telemetry.', NO_JVM_METRICS],
]

const isPlaintext = (text: string) => text.trim().toUpperCase() === 'PLAINTEXT'

/** Kafka's own map, and names of listeners that are PLAINTEXT: no word of any other protocol. */
function mapsToPlaintext(text: string): boolean {
  return text.split(',').every((entry) => {
    const [name, protocol, ...more] = entry.split(':').map((part) => part.trim().toUpperCase())
    const isDefault = name === protocol && /^(SSL|SASL_PLAINTEXT|SASL_SSL)$/.test(name ?? '')
    return more.length === 0 && (protocol === 'PLAINTEXT' || isDefault)
  })
}

/** Refused ones that ask for nothing when they say what is so anyway. */
const agreeing: Readonly<Record<string, (text: string) => boolean>> = {
  'broker.id.generation.enable': (text) => text.trim().toLowerCase() === 'false',
  'inter.broker.listener.name': isPlaintext,
  'security.inter.broker.protocol': isPlaintext,
  'listener.security.protocol.map': mapsToPlaintext,
}

/** The names that are refused only when they ask for something else than what is so. */
export const agreeingNames: readonly string[] = Object.keys(agreeing)

const topicReasons: Reasons = {
  preallocate: 'log files grow as they are written',
  'compression.gzip.level': OWN_LEVEL,
  'compression.lz4.level': OWN_LEVEL,
  'compression.zstd.level': OWN_LEVEL,
  'message.format.version': ONE_FORMAT,
  'message.downconversion.enable': ONE_FORMAT,
  'message.timestamp.difference.max.ms':
    'use message.timestamp.before.max.ms and message.timestamp.after.max.ms',
  'remote.storage.enable': NO_TIERS,
  'remote.log.copy.disable': NO_TIERS,
  'remote.log.delete.on.disable': NO_TIERS,
  'local.retention.ms': NO_TIERS,
  'local.retention.bytes': NO_TIERS,
  'internal.segment.bytes': 'use segment.bytes, which may be small',
}

function lookUp(reasons: Reasons, name: string): string | undefined {
  return Object.hasOwn(reasons, name) ? reasons[name] : undefined
}

/** What becomes of exactly this property of Kafka's, set to `text`; null when it is not listed. */
export function unsupportedNodeOption(name: string, text: string): Verdict | null {
  const whyRefused = lookUp(refused, name)
  if (whyRefused !== undefined)
    return { effect: agreeing[name]?.(text) ? 'none' : 'refused', reason: whyRefused }
  const whyIgnored = lookUp(withoutEffect, name)
  return whyIgnored === undefined ? null : { effect: 'none', reason: whyIgnored }
}

/** What becomes of any property of this family of Kafka's; null when it is of no such family. */
export function unsupportedNodeFamily(name: string): Verdict | null {
  const fits = ([prefix]: Families[number]) => name.startsWith(prefix)
  const [, whyRefused] = refusedFamilies.find(fits) ?? []
  if (whyRefused !== undefined) return { effect: 'refused', reason: whyRefused }
  const [, whyIgnored] = familiesWithoutEffect.find(fits) ?? []
  return whyIgnored === undefined ? null : { effect: 'none', reason: whyIgnored }
}

/** Why this topic property of Kafka's is not honoured; null when the name is not one of those. */
export function unsupportedTopicOption(name: string): string | null {
  return lookUp(topicReasons, name) ?? null
}

type Rows = readonly (readonly [name: string, reason: string])[]

/** All node properties that have this effect when they are set, families as `prefix*`. */
export function unsupportedNodeOptions(effect: Verdict['effect']): Rows {
  const [reasons, families] =
    effect === 'refused' ? [refused, refusedFamilies] : [withoutEffect, familiesWithoutEffect]
  return [
    ...Object.entries(reasons),
    ...families.map(([prefix, reason]) => [`${prefix}*`, reason] as const),
  ]
}

/** All of the above for topics; each is refused. */
export function unsupportedTopicOptions(): Rows {
  return Object.entries(topicReasons)
}
