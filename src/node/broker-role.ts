/**
 * The broker role of a node, from a bound Kafka listener to a broker that serves: it registers with
 * the active controller, waits until this node's own metadata shows it, and opens its doors.
 */
import { LograftError } from '../base/errors.ts'
import type { Logger } from '../base/log.ts'
import type { Tracer } from '../base/tracing.ts'
import type { HostPort } from '../config/addresses.ts'
import type { NodeConfig, NodeOptionName } from '../config/node-options.ts'
import type { RestartKind } from '../controller/requests.ts'
import type { WantedTopic } from '../coordinator/ports.ts'
import type { ViewStore } from '../coordinator/view/ports.ts'
import type { LogManagerOptions } from '../log/log-manager.ts'
import { LogManager } from '../log/log-manager.ts'
import { LogCleaner } from '../log/cleaner/log-cleaner.ts'
import { SyncGate } from '../log/sync-gate.ts'
import { TailCache } from '../log/tail-cache.ts'
import type { Collector } from '../metrics/collection.ts'
import { LeaderLease, type LeaseMoment } from '../replication/lease-state.ts'
import type { IsrAnswer, IsrWish, LeaveAnswer, Leaving, LogEnd } from '../replication/ports.ts'
import type { Heartbeats } from '../rpc/heartbeats.ts'
import type { FaultSwitches } from '../server/faults/fault-switches.ts'
import { errors } from '../wire/errors.ts'
import { Broker } from './broker.ts'
import type { NodeIdentity } from './cluster-options.ts'
import type { ClusterMember } from './cluster.ts'
import { controllerClient } from './controller-client.ts'
import { openKafkaListener, type KafkaListener } from './kafka-listener.ts'
import { noteLife, readLastLife } from './last-life.ts'
import { registerBroker, untilInService, type Cluster } from './metadata.ts'
import type { Host } from './machine.ts'
import { groupMetrics } from './metrics/group-metrics.ts'
import { listenerMetrics } from './metrics/listener-metrics.ts'
import { partitionMetrics } from './metrics/partition-metrics.ts'
import { storageMetrics } from './metrics/storage-metrics.ts'
import type { Readiness } from './readiness.ts'

export interface BrokerRoleOptions extends NodeIdentity {
  /** The node's data directory. */
  readonly directory: string
  readonly config: NodeConfig
  readonly named: ReadonlySet<NodeOptionName>
}

export interface BrokerRolePorts {
  readonly host: Host
  /** For the views of coordinators; sound, or empty. */
  readonly store: ViewStore
  readonly logger: Logger
  readonly fatal: (error: Error) => void
  readonly readiness: Readiness
  readonly tracer: Tracer
  /** Null where there are none. */
  readonly faults: FaultSwitches | null
  /** Somebody asked the cluster to have this process end. */
  readonly onMustShutDown?: () => void
}

export class BrokerRole {
  /** Hears of metadata from the start on, and acts once this broker is registered (S3). */
  readonly publisher: Broker
  readonly #options: BrokerRoleOptions
  readonly #ports: BrokerRolePorts
  readonly #listener: KafkaListener
  readonly #lease: LeaderLease
  #registered: { readonly cluster: Cluster; readonly brokerEpoch: number } | null = null
  /** How it ended. */
  #lastLife: RestartKind = 'unclean'
  readonly #tailCache: TailCache
  readonly #syncGate: SyncGate
  #heartbeats: Heartbeats | null = null
  #isServing = false

  private constructor(options: BrokerRoleOptions, ports: BrokerRolePorts, listener: KafkaListener) {
    const { config, directory } = options
    const { host, logger, fatal } = ports
    this.#options = options
    this.#ports = ports
    this.#listener = listener
    this.#lease = new LeaderLease(config['broker.session.timeout.ms'])
    this.#tailCache = new TailCache({ budgetBytes: config['log.tail.cache.bytes'] })
    this.#syncGate = new SyncGate({ clock: host.clock })
    ports.readiness.take('broker', () => this.#whyNotServing)
    this.publisher = new Broker(options, config, {
      clock: host.clock,
      net: host.net,
      logger: logger.child({ component: 'replication' }),
      controller: {
        alterPartition: (wishes) => this.#alterPartition(wishes),
        leaveIsr: (leaving) => this.#leaveIsr(leaving),
        tellLogEnds: (logEnds, signal) => this.#tellLogEnds(logEnds, signal),
      },
      holdsLease: () => this.#holdsLease(),
      fatal,
      random: host.random,
      store: ports.store,
      topicCreator: { createTopic: (topic) => this.#createTopic(topic) },
      openLogs: (configOf) => {
        const unsyncedMayBeGone = this.#lastLife === 'unclean'
        const shared = { tailCache: this.#tailCache, syncGate: this.#syncGate }
        const of = { path: directory, configOf, unsyncedMayBeGone }
        return openLogs(config, { ...of, ...shared, host, logger, fatal })
      },
      cleanerOf: (logs) =>
        new LogCleaner({
          ...{ logs, disk: host.disk, clock: host.clock, random: host.random },
          logger: logger.child({ component: 'cleaner' }),
          backoffMs: config['log.cleaner.backoff.ms'],
          mapBytes: config['log.cleaner.dedupe.buffer.size'],
          bytesPerSecond: config['log.cleaner.io.max.bytes.per.second'],
          onFatal: fatal,
        }),
    })
  }

  async #createTopic({ configs, ...topic }: WantedTopic) {
    const { cluster, asker } = this.#asker
    const [created] = await controllerClient(cluster, asker).createTopics({
      topics: [
        {
          ...topic,
          assignments: [],
          configs: Array.from(configs, ([name, value]) => ({ name, value })),
        },
      ],
      validateOnly: false,
    })
    const reason = created !== undefined && 'errorMessage' in created ? created.errorMessage : null
    return { errorCode: created?.errorCode ?? errors.UNKNOWN_SERVER_ERROR, reason }
  }

  async #alterPartition(partitions: readonly IsrWish[]): Promise<readonly IsrAnswer[]> {
    const { cluster, asker } = this.#asker
    const timeoutMs = this.#options.config['controller.quorum.request.timeout.ms']
    const asked = cluster.commands.alterPartition({ ...asker, partitions }, { timeoutMs })
    return (await asked).partitions
  }

  async #leaveIsr(partitions: readonly Leaving[]): Promise<readonly LeaveAnswer[]> {
    const { cluster, asker } = this.#asker
    const reply = await cluster.commands.leaveIsr({ ...asker, partitions })
    return reply.partitions.map(({ topicId, partition, errorCode, ...rest }) => ({
      ...{ topicId, partition, errorCode },
      hasLeft: 'hasLeft' in rest && rest.hasLeft,
    }))
  }

  async #tellLogEnds(partitions: readonly LogEnd[], signal: AbortSignal): Promise<void> {
    const { cluster, asker } = this.#asker
    await cluster.commands.tellLogEnds({ ...asker, partitions }, { signal })
  }

  /** Throws NOT_CONTROLLER before this broker is registered. */
  get #asker() {
    const registered = this.#registered
    if (registered === null)
      throw new LograftError('NOT_CONTROLLER', 'this broker has not heard its epoch yet')
    const { cluster, brokerEpoch } = registered
    return { cluster, asker: { nodeId: this.#options.nodeId, brokerEpoch } }
  }

  #holdsLease(): boolean {
    const applied = this.#registered?.cluster.loader.publishedImage.metadataOffset
    return applied !== undefined && this.#lease.holds(this.#moment, applied)
  }

  get #moment(): LeaseMoment {
    const { clock } = this.#ports.host
    return { monotonicMs: clock.monotonicMs(), wallMs: clock.wallMs() }
  }

  /** Binds the listener; rejects with the system's error when its port is taken. */
  static async open(options: BrokerRoleOptions, ports: BrokerRolePorts): Promise<BrokerRole> {
    const listener = await openKafkaListener(options.config, { ...ports.host, ...ports })
    return new BrokerRole(options, ports, listener)
  }

  /** Where it listens. */
  get address(): HostPort {
    return this.#listener.address
  }

  /** Registers; resolves with what undoes it. */
  async register(cluster: ClusterMember): Promise<{ readonly brokerEpoch: number }> {
    const { nodeId, incarnationId, directoryId, config, directory } = this.#options
    const { disk, bootId } = this.#ports.host
    const sent = this.#moment
    const lastLife = readLastLife(disk, directory, bootId())
    this.#lastLife = lastLife.restart
    const brokerEpoch = await registerBroker(cluster, {
      ...{ nodeId, incarnationId, directoryId },
      ...this.#listener.advertised,
      ...lastLife,
      rack: config['broker.rack'],
    })
    noteLife(disk, directory, { bootId: bootId(), brokerEpoch })
    this.#registered = { cluster, brokerEpoch }
    this.#ports.readiness.changed()
    // Its session begins with its registration, at the offset that is its epoch.
    this.#lease.answered({ sent, committedOffset: brokerEpoch })
    return { brokerEpoch }
  }

  async serve(cluster: ClusterMember, { brokerEpoch }: { brokerEpoch: number }): Promise<void> {
    const { nodeId, config, named, directory: path } = this.#options
    const { host, logger, readiness, tracer } = this.#ports
    this.#heartbeats = cluster.beginHeartbeats({
      ...{ brokerEpoch, kafka: this.address },
      mustLeaveFirst: () => this.publisher.mustLeaveFirst,
      onProof: (sent, { committedOffset }) => this.#lease.answered({ sent, committedOffset }),
      onMustShutDown: () => this.#ports.onMustShutDown?.(),
    })
    await untilInService(cluster.loader, { nodeId, brokerEpoch })
    this.#isServing = true
    this.#listener.serve({
      ...{ nodeId, config, named, clock: host.clock, tracer },
      logger: logger.child({ component: 'server' }),
      ...this.publisher.running,
      controller: controllerClient(cluster, { nodeId, brokerEpoch }),
      quorum: cluster.quorum,
      activeControllerId: () => cluster.activeControllerId(),
      metadata: () => cluster.image(),
      logDirectory: { path, volume: () => host.disk.volume(path) },
    })
    readiness.changed()
  }

  get metrics(): readonly Collector[] {
    const { directory } = this.#options
    const { disk } = this.#ports.host
    const begun = () => this.publisher.begun
    return [
      listenerMetrics(this.#listener),
      partitionMetrics(() => begun()?.replicas ?? null),
      storageMetrics({
        ...{ tailCache: this.#tailCache, syncGate: this.#syncGate, running: begun },
        volume: () => disk.volume(directory),
      }),
      groupMetrics(begun),
    ]
  }

  /** What keeps it from serving, in words; null for nothing. */
  get #whyNotServing(): string | null {
    const registered = this.#registered
    if (registered === null) return 'not registered with the active controller yet'
    const { cluster, brokerEpoch } = registered
    const broker = cluster.loader.publishedImage.brokers.get(this.#options.nodeId)
    if (broker?.brokerEpoch !== brokerEpoch) return 'its registration is not in its metadata'
    if (broker.inControlledShutdown) return 'in controlled shutdown'
    if (broker.fenced) return 'fenced'
    if (!this.#isServing) return 'its listener is about to open'
    return this.#holdsLease() ? null : 'the active controller has not answered it for a session'
  }

  /**
   * First others take over, when it `handsOver`; then nothing new starts, whoever waits is
   * answered, and the logs close.
   */
  async close(
    registration: { readonly brokerEpoch: number },
    { handsOver }: { readonly handsOver: boolean },
  ): Promise<void> {
    if (this.#isServing && handsOver) await this.#heartbeats?.shutDown()
    const quiet = this.stopListening()
    this.publisher.resign()
    try {
      await quiet
      await this.publisher.close(registration)
    } finally {
      await this.#heartbeats?.close()
    }
  }

  stopListening(): Promise<void> {
    return this.#listener.stop()
  }
}

function openLogs(
  config: NodeConfig,
  {
    path,
    configOf,
    unsyncedMayBeGone,
    host,
    logger,
    fatal,
    ...shared
  }: {
    readonly path: string
    readonly configOf: LogManagerOptions['configOf']
    readonly unsyncedMayBeGone: boolean
    readonly host: Host
    readonly logger: Logger
    readonly fatal: (error: Error) => void
    readonly tailCache: TailCache
    readonly syncGate: SyncGate
  },
): LogManager {
  const { disk, clock, random } = host
  return LogManager.open({
    disk,
    clock,
    random,
    logger: logger.child({ component: 'log' }),
    directory: path,
    configOf,
    unsyncedMayBeGone,
    onFatal: fatal,
    openFilesLimit: host.openFilesLimit(),
    ...shared,
    producerIdExpirationMs: config['producer.id.expiration.ms'],
    highWatermarkCheckpointIntervalMs: config['replica.high.watermark.checkpoint.interval.ms'],
    recoveryPointCheckpointIntervalMs: config['log.flush.offset.checkpoint.interval.ms'],
    retentionCheckIntervalMs: config['log.retention.check.interval.ms'],
  })
}
