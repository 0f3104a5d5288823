/**
 * The controller role of a node: its replica of the metadata log, the controller that is active
 * while that replica leads, and what it serves to other nodes by gRPC.
 */
import { background, type Background } from '../base/background.ts'
import { delay } from '../base/clock.ts'
import { LograftError } from '../base/errors.ts'
import type { HostPort } from '../config/addresses.ts'
import { SAFETY_SETTINGS } from '../controller/config-control.ts'
import { BrokerLiveness } from '../controller/broker-liveness.ts'
import { Controller } from '../controller/controller.ts'
import { LeaderUpkeep } from '../controller/leader-upkeep.ts'
import type { MetadataLoader } from '../metadata/loader.ts'
import { QuorumCommittedLog } from '../quorum/committed-log.ts'
import { Membership } from '../quorum/membership.ts'
import type { Leadership, QuorumListener } from '../quorum/ports.ts'
import { Quorum } from '../quorum/quorum.ts'
import type { ActiveController } from '../rpc/active-controller.ts'
import { controllerService } from '../rpc/controller-service.ts'
import type { Served } from '../rpc/handlers.ts'
import { heartbeatService } from '../rpc/heartbeat-service.ts'
import { MetadataService } from '../rpc/metadata-service.ts'
import { areGone } from '../rpc/probe.ts'
import { RaftRpc } from '../rpc/raft-transport.ts'
import { configRulesOf } from './config-rules.ts'
import type { Controllers } from './controllers.ts'
import type { ClusterOptions, ClusterPorts } from './cluster-options.ts'
import type { MetadataSource } from './metadata-source.ts'
import { METADATA_LOG, entryLogs } from './metadata-log.ts'

/** Between two attempts to register, each of which has looked for the leader for a while. */
const REGISTRATION_RETRY_MS = 1_000

export class ControllerRole implements MetadataSource {
  readonly controller: Controller
  readonly administration: Membership
  readonly liveness: BrokerLiveness
  readonly quorum: Quorum
  readonly #options: ClusterOptions
  readonly #ports: ClusterPorts
  readonly #raft: RaftRpc
  readonly #upkeep: LeaderUpkeep
  readonly #observers: MetadataService
  #registration: Background | null = null

  /** Nothing is read or said before `start`. */
  constructor(
    options: ClusterOptions,
    ports: ClusterPorts & {
      readonly controllers: Controllers
      readonly loader: MetadataLoader
      /** Where this node's gRPC listener is reached. */
      readonly address: () => HostPort
    },
  ) {
    const { nodeId, directoryId, incarnationId, config, named } = options
    const { host, logger, fatal, controllers, loader } = ports
    const { voters, addresses } = controllers
    const self = { nodeId, directoryId }
    this.#options = options
    this.#ports = ports
    this.#raft = new RaftRpc({
      ...{ ...host, logger, fatal, self, incarnationId, addresses, address: ports.address },
      clusterId: () => loader.committedImage.clusterId ?? options.clusterId,
    })
    this.quorum = new Quorum({
      ...{ ...host, logger, self, voters, incarnationId },
      directory: `${options.directory}/${METADATA_LOG}`,
      openLog: entryLogs({ ...host, logger: logger.child({ component: 'log' }), fatal }),
      transport: this.#raft,
      foundingPeers: this.#raft,
      snapshotSource: loader,
      maxBytesBetweenSnapshots: config['metadata.log.max.record.bytes.between.snapshots'],
      electionTimeoutMs: config['controller.quorum.election.timeout.ms'],
      onFatal: fatal,
    })
    // The loader hears first: what the controller answers is then already on its way to publishers.
    this.quorum.subscribe(loader)
    this.controller = new Controller({
      ...{ quorum: this.quorum, random: host.random, logger, onFatal: fatal },
      settings: {
        defaultPartitions: config['num.partitions'],
        defaultReplicationFactor: config['default.replication.factor'],
        foundingConfigs: new Map(SAFETY_SETTINGS.map((name) => [name, String(config[name])])),
      },
      configRules: configRulesOf(config, named),
    })
    this.liveness = new BrokerLiveness({
      ...{ controller: this.controller, clock: host.clock, logger },
      sessionTimeoutMs: config['broker.session.timeout.ms'],
      isGone: ({ kafka, grpc }, signal) => areGone(host, [kafka, grpc], signal),
      reachedAt: (other) => this.#raft.reachedAt(other),
    })
    this.quorum.subscribe(this.liveness)
    this.#upkeep = new LeaderUpkeep({
      ...{ controller: this.controller, clock: host.clock, logger },
      rebalanceIntervalMs: config['auto.leader.rebalance.enable']
        ? config['leader.imbalance.check.interval.seconds'] * 1_000
        : null,
      sweepIntervalMs: config['unclean.leader.election.interval.ms'],
      recoveryTimeoutMs: config['unclean.recovery.timeout.ms'],
    })
    this.quorum.subscribe(this.#upkeep)
    const image = () => loader.committedImage
    this.administration = new Membership({
      ...{ quorum: this.quorum, clock: host.clock, peers: this.#raft, image },
      register: (found) => this.controller.registerController(found),
      fence: (broker) => this.controller.fenceBroker(broker),
    })
    const log = new QuorumCommittedLog({ quorum: this.quorum, image })
    this.quorum.subscribe(log)
    this.#observers = new MetadataService({ log, clock: host.clock, logger, fatal })
    ports.readiness.take('controller', () => this.#whyNotServing)
  }

  get leadership(): Leadership {
    return this.quorum.leadership
  }

  get services(): readonly Served[] {
    return [
      ...this.#raft.services,
      ...controllerService(this.controller, () => this.leadership),
      heartbeatService(this.liveness, () => this.leadership),
      ...this.#observers.services,
    ]
  }

  subscribe(listener: QuorumListener): void {
    this.quorum.subscribe(listener)
  }

  /** Throws MetadataUnusable. */
  start(): Promise<void> {
    return this.quorum.start()
  }

  get #whyNotServing(): string | null {
    return this.leadership.leaderId === null ? 'knows no leader of the metadata quorum' : null
  }

  /** Has it committed where this controller is found, for those it does not talk to itself. */
  register(commands: ActiveController, address: HostPort): void {
    const { nodeId, directoryId, incarnationId } = this.#options
    const self = { nodeId, directoryId, incarnationId, ...address }
    const { logger, fatal, host } = this.#ports
    const attempt = async (signal: AbortSignal) => {
      while (!signal.aborted)
        try {
          await commands.registerController(self, { signal })
          return
        } catch (thrown) {
          if (!(thrown instanceof LograftError)) throw thrown
          logger.debug({ err: thrown }, 'not registered as a controller yet')
          await delay(host.clock, REGISTRATION_RETRY_MS, signal)
        }
    }
    this.#registration = background('registration of a controller', attempt, fatal)
  }

  disconnect(): void {
    void this.#raft.close()
  }

  /** Gives leadership up, and closes the log. */
  async close(): Promise<void> {
    await this.#registration?.stop()
    this.liveness.close()
    this.#upkeep.close()
    this.controller.close()
    this.#observers.close()
    await this.quorum.close()
  }
}
