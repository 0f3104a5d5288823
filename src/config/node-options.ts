/**
 * The one table of node options. From it come the loader, `--help`, the page docs/CONFIGURATION.md
 * and the type of a node's configuration. Names, types, bounds and defaults are Kafka 4's; where a
 * default is not, the row says how and why. A row is here only if the node honours it, or at least
 * reads and checks it; Kafka's other names are in unsupported.ts. Pure: holds values only.
 */
import { hostPort, hostPortOrNone, listener, voter } from './addresses.ts'
import { groupOptions } from './group-options.ts'
import { logOptions } from './log-options.ts'
import type { ValuesOf } from './option.ts'
import { boolean, int, list, long, oneOf, option, string } from './option.ts'
import { replicationOptions } from './replication-options.ts'

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** Who the node is. */
const identity = {
  'node.id': option({
    type: int({ min: 0 }),
    default: 1,
    doc: 'The number of this node, unique in the cluster. Written into log.dirs at the first start and compared ever after.',
    update: 'read-only',
    differsFromKafka: 'Kafka has no default; a single node should start without a file.',
  }),
  'process.roles': option({
    type: list(oneOf('broker', 'controller')),
    default: ['broker', 'controller'],
    doc: 'What this process does: broker keeps records and serves clients, controller keeps the cluster metadata.',
    update: 'read-only',
    differsFromKafka: 'Kafka has no default; a single node should start without a file.',
  }),
  'broker.rack': option({
    type: string,
    default: null,
    doc: 'Where this broker stands. Replicas of a partition are spread over racks, and clients may be told of it.',
    update: 'read-only',
  }),
  'log.level': option({
    type: oneOf(...LOG_LEVELS),
    default: 'info',
    doc: 'The least severe log line that is written to standard error. The flag --log-level is short for it.',
    update: 'read-only',
    lograftOnly: true,
  }),
  'fault.switches.enable': option({
    type: boolean,
    default: false,
    doc: 'Whether this broker can be made to fail on purpose, by whoever reaches its grpc.listener: for tests only. The flag --enable-faults is short for it.',
    update: 'read-only',
    lograftOnly: true,
  }),
}

/** Where the node listens, and what it grants a connection. */
const network = {
  listeners: option({
    type: list(listener),
    default: [{ name: 'PLAINTEXT', host: '127.0.0.1', port: 9092 }],
    doc: 'Where Kafka clients connect. Port 0 takes any free port; an empty host or 0.0.0.0 listens on every interface.',
    update: 'read-only',
    differsFromKafka: 'Kafka listens on every interface; Lograft on loopback until told otherwise.',
  }),
  'advertised.listeners': option({
    type: list(listener),
    inherited: { option: 'listeners', doc: 'the value of listeners' },
    doc: 'The address clients are told to connect to, where it differs from listeners. Port 0 becomes the port really listened on.',
    update: 'read-only',
  }),
  'grpc.listener': option({
    type: hostPort,
    default: { host: '127.0.0.1', port: 9093 },
    doc: 'Where the other nodes and the administration calls connect, by gRPC. Port 0 takes any free port; an empty host or 0.0.0.0 listens on every interface.',
    update: 'read-only',
    lograftOnly: true,
  }),
  'advertised.grpc.listener': option({
    type: hostPort,
    inherited: { option: 'grpc.listener', doc: 'the value of grpc.listener' },
    doc: 'Where other nodes are told to connect by gRPC, where it differs from grpc.listener. Port 0 becomes the port really listened on.',
    update: 'read-only',
    lograftOnly: true,
  }),
  'http.listener': option({
    type: hostPortOrNone,
    default: { host: '127.0.0.1', port: 9094 },
    doc: 'Where /metrics, /healthz and /readyz are served by HTTP. Port 0 takes any free port; nothing listens for an empty value. Who reaches it needs no password: an address that others reach is for a network you trust.',
    update: 'read-only',
    lograftOnly: true,
  }),
  'max.connections': option({
    type: int({ min: 0 }),
    default: 2_147_483_647,
    doc: 'Connections of all clients together; a further one is closed as soon as it is accepted.',
    update: 'read-only',
  }),
  'max.connections.per.ip': option({
    type: int({ min: 0 }),
    default: 2_147_483_647,
    doc: 'Connections from one address; a further one is closed as soon as it is accepted.',
    update: 'read-only',
  }),
  'connections.max.idle.ms': option({
    type: long({ min: -1, minusOneIsNever: true }),
    default: 600_000,
    unit: 'ms',
    doc: 'A connection on which nothing happened for this long is closed.',
    update: 'read-only',
  }),
  'socket.request.max.bytes': option({
    type: int({ min: 1 }),
    default: 104_857_600,
    unit: 'bytes',
    doc: 'The largest request. A larger one closes its connection before memory is set aside for it.',
    update: 'read-only',
  }),
  'connection.max.inflight.requests': option({
    type: int({ min: 1 }),
    default: 64,
    doc: 'Requests of one connection that are started and not answered. At the bound its socket is not read.',
    update: 'read-only',
    lograftOnly: true,
  }),
  'connection.max.buffered.bytes': option({
    type: int({ min: 1 }),
    default: 1_048_576,
    unit: 'bytes',
    doc: 'Bytes received on one connection beyond the request being read. At the bound its socket is not read.',
    update: 'read-only',
    lograftOnly: true,
  }),
  'connection.max.unsent.bytes': option({
    // A socket tells that it has sent everything only if it held more than its own mark, which is
    // 16 KiB in Node 20 and 64 KiB later. Below that nobody would be told to go on.
    type: int({ min: 65_536 }),
    default: 1_048_576,
    unit: 'bytes',
    doc: 'Bytes of answers one client has not taken yet. At the bound none of its further requests is started.',
    update: 'read-only',
    lograftOnly: true,
  }),
  'fetch.max.bytes': option({
    type: int({ min: 1024 }),
    default: 57_671_680,
    unit: 'bytes',
    doc: 'The most one Fetch is answered with, whatever the client asks for; the first batch is always whole.',
    update: 'read-only',
  }),
  'max.incremental.fetch.session.cache.slots': option({
    type: int({ min: 0 }),
    default: 1_000,
    doc: 'Fetch sessions kept at the same time. A consumer without one is answered in full each time.',
    update: 'read-only',
  }),
  'max.request.partition.size.limit': option({
    type: int({ min: 1 }),
    default: 2_000,
    doc: 'Partitions described in one page of DescribeTopicPartitions, however many the client asks for.',
    update: 'read-only',
  }),
  'message.max.bytes': option({
    type: int({ min: 0 }),
    default: 1_048_588,
    unit: 'bytes',
    doc: 'The largest record batch, as it was sent (compressed, if it is).',
    update: 'cluster-wide',
  }),
}

/** The metadata quorum: who is in it, and how long it waits for whom. */
const quorum = {
  'controller.quorum.voters': option({
    type: list(voter),
    inherited: {
      option: 'node.id',
      text: (id) => `${id}@127.0.0.1:9093`,
      doc: '<node.id>@127.0.0.1:9093',
    },
    doc: 'The nodes that found the metadata quorum, as id@host:port of their grpc.listener, the same on each of them. Once it is founded, who votes is changed with `lograft quorum`, and these are addresses to begin with.',
    update: 'read-only',
    differsFromKafka: 'Kafka has no default; a single node should start without a file.',
  }),
  'controller.quorum.bootstrap.servers': option({
    type: list(hostPort, { mayBeEmpty: true }),
    default: [],
    doc: 'Where controllers are found, as host:port of their grpc.listener, by a node that founds no quorum: a controller that waits to be added to one, or a broker. Without controller.quorum.voters.',
    update: 'read-only',
  }),
  'controller.quorum.election.timeout.ms': option({
    type: int({ min: 20, max: 600_000 }),
    default: 1_000,
    unit: 'ms',
    doc: 'A voter that hears no leader calls an election after between one and two of these; a leader that hears no majority steps down after one. Heartbeats go out ten times as often. A leader whose process is seen to be gone is not waited for.',
    update: 'read-only',
  }),
  'broker.heartbeat.interval.ms': option({
    type: int({ min: 1, max: 600_000 }),
    default: 2_000,
    unit: 'ms',
    doc: 'How often a broker tells the active controller that it is there; at once when there is news.',
    update: 'read-only',
  }),
  'broker.session.timeout.ms': option({
    type: int({ min: 1, max: 600_000 }),
    default: 9_000,
    unit: 'ms',
    doc: 'A broker that was silent for so long is fenced by the active controller, whose value counts. One whose process is seen to be gone is not waited for.',
    update: 'read-only',
  }),
  'controller.quorum.request.timeout.ms': option({
    type: int({ min: 1, max: 600_000 }),
    default: 2_000,
    unit: 'ms',
    doc: 'How long one request to a controller may take before another one is looked for.',
    update: 'read-only',
  }),
  'controller.quorum.address.overrides': option({
    type: list(voter, { mayBeEmpty: true }),
    default: [],
    doc: 'Where this node dials other nodes by gRPC, as id@host:port, whatever they say themselves: for tunnels, address translation and proxies that inject faults.',
    update: 'read-only',
    lograftOnly: true,
  }),
  'metadata.log.max.record.bytes.between.snapshots': option({
    type: long({ min: 1 }),
    default: 20_971_520,
    unit: 'bytes',
    doc: 'Metadata records appended since the last metadata snapshot, at which a new one is written.',
    update: 'read-only',
  }),
}

/** What a topic is when nobody says otherwise. */
const cluster = {
  'auto.create.topics.enable': option({
    type: boolean,
    default: true,
    doc: 'Whether a client that asks for a topic by name, and permits it, creates the topic.',
    update: 'read-only',
  }),
  'delete.topic.enable': option({
    type: boolean,
    default: true,
    doc: 'Whether topics can be deleted.',
    update: 'read-only',
  }),
  'num.partitions': option({
    type: int({ min: 1 }),
    default: 1,
    doc: 'Partitions of a topic created without a number of them.',
    update: 'read-only',
  }),
  'default.replication.factor': option({
    type: int({ min: 1, max: 32_767 }),
    default: null,
    unsetDoc: '3, or the number of brokers when there are fewer',
    doc: 'Replicas of each partition of a topic created without a number of them.',
    update: 'read-only',
    differsFromKafka: 'Kafka says 1, which loses records with their disk.',
  }),
  'min.insync.replicas': option({
    type: int({ min: 1 }),
    default: 2,
    doc: 'In-sync replicas (all of them, when the topic has fewer) without which a produce with acks=all is refused.',
    update: 'cluster-wide',
    seedsMetadata: true,
    differsFromKafka: 'Kafka says 1, which acknowledges what a single disk holds.',
  }),
  'unclean.leader.election.enable': option({
    type: boolean,
    default: false,
    doc: 'Whether a replica that is not in sync may lead when no other is left, which loses acknowledged records. It leads at once: then also a rolling restart loses what only one replica in sync has.',
    update: 'cluster-wide',
    seedsMetadata: true,
  }),
  'unclean.leader.election.interval.ms': option({
    type: long({ min: 1 }),
    default: 300_000,
    unit: 'ms',
    doc: 'How often the active controller looks for partitions that nobody leads and somebody may.',
    update: 'read-only',
  }),
  'unclean.recovery.timeout.ms': option({
    type: long({ min: 1 }),
    default: 300_000,
    unit: 'ms',
    doc: 'When power was cut from all replicas that were in sync: how long to wait until each replica has told how far its log reaches. Then the farthest of those that told leads.',
    update: 'read-only',
    lograftOnly: true,
  }),
  'auto.leader.rebalance.enable': option({
    type: boolean,
    default: true,
    doc: 'Whether the first replica of a partition leads it again once it is in sync again.',
    update: 'read-only',
  }),
  'leader.imbalance.check.interval.seconds': option({
    type: long({ min: 1 }),
    default: 300,
    unit: 'seconds',
    doc: 'How often that is looked at besides, 1,000 partitions at a time.',
    update: 'read-only',
  }),
  'producer.id.expiration.ms': option({
    type: int({ min: 1 }),
    default: 86_400_000,
    unit: 'ms',
    doc: 'How long a partition remembers an idempotent producer that has stopped writing.',
    update: 'read-only',
  }),
  'replica.high.watermark.checkpoint.interval.ms': option({
    type: long({ min: 1 }),
    default: 5_000,
    unit: 'ms',
    doc: 'How often the high watermarks are written to replication-offset-checkpoint.',
    update: 'read-only',
  }),
}

/** The table in the order in which people are shown it. */
export const nodeOptionGroups = [
  { title: 'The node', options: identity },
  { title: 'Network', options: network },
  { title: 'Metadata quorum', options: quorum },
  { title: 'Topics', options: cluster },
  { title: 'Logs', options: logOptions },
  { title: 'Replication', options: replicationOptions },
  { title: 'Consumer groups', options: groupOptions },
] as const

/** The table, by name. */
export const nodeOptions = {
  ...identity,
  ...network,
  ...quorum,
  ...cluster,
  ...logOptions,
  ...replicationOptions,
  ...groupOptions,
}

export type NodeOptionName = keyof typeof nodeOptions

/** A node's configuration, checked: `config['log.segment.bytes']` is a number. */
export type NodeConfig = ValuesOf<typeof nodeOptions>

/** Every name of the table, in its order. */
export const nodeOptionNames = Object.keys(nodeOptions) as readonly NodeOptionName[]

export function isNodeOption(name: string): name is NodeOptionName {
  return Object.hasOwn(nodeOptions, name)
}
