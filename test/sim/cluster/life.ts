/**
 * One life of a node's process: what `node/node.ts` puts together, on a simulated machine. Real are
 * the controller and who it believes to be there, the loader of metadata, and the whole broker:
 * listener, handlers, replication, logs. Simulated are the metadata log and the words between nodes
 * that travel by gRPC.
 */
import { LograftError } from '../../../src/base/errors.ts'
import { asNodeId } from '../../../src/base/ids.ts'
import type { Logger } from '../../../src/base/log.ts'
import type { Net } from '../../../src/base/net.ts'
import { NO_TRACER } from '../../../src/base/tracing.ts'
import type { Random } from '../../../src/base/random.ts'
import { uuidToString } from '../../../src/bytes/uuid.ts'
import { BrokerLiveness } from '../../../src/controller/broker-liveness.ts'
import { SAFETY_SETTINGS } from '../../../src/controller/config-control.ts'
import { Controller } from '../../../src/controller/controller.ts'
import type { Beat, BeatAnswer, BrokerLine } from '../../../src/controller/heartbeats.ts'
import type { NodeConfig } from '../../../src/config/node-options.ts'
import type { ViewStore } from '../../../src/coordinator/view/ports.ts'
import { LeaderUpkeep } from '../../../src/controller/leader-upkeep.ts'
import type { MetadataLoader } from '../../../src/metadata/loader.ts'
import { BrokerRole } from '../../../src/node/broker-role.ts'
import { Readiness } from '../../../src/node/readiness.ts'
import type { ClusterMember } from '../../../src/node/cluster.ts'
import { configRulesOf } from '../../../src/node/config-rules.ts'
import { clusterIdOf, createLoader } from '../../../src/node/metadata.ts'
import type { Partition } from '../../../src/replication/partition.ts'
import type { ReplicaManager } from '../../../src/replication/replica-manager.ts'
import { areGone } from '../../../src/rpc/probe.ts'
import type { MountedDisk } from '../system/mounted-disk.ts'
import type { Process } from '../system/process.ts'
import { SimulatedCommands, type CommandsOptions } from './commands.ts'
import type { Answered, HeartbeatsOptions } from './heartbeats.ts'
import { SimulatedHeartbeats } from './heartbeats.ts'
import { DATA_DIRECTORY, MIN_ISR, PORT } from './node-config.ts'
import type { NodeQuorum } from './node-quorum.ts'
import { hostOf } from './wires.ts'

export interface LifeOptions {
  readonly node: number
  readonly directoryId: string
  readonly bootId: string
  readonly config: NodeConfig
  readonly process: Process
  readonly disk: MountedDisk
  readonly net: Net
  readonly logger: Logger
  /** Sound, or empty. */
  readonly store: ViewStore
  readonly quorum: NodeQuorum
  readonly commands: Omit<CommandsOptions, 'machine' | 'process' | 'leader'>
  /** Carries a beat to the leader this node knows, and its answer back. */
  readonly sendBeat: (from: Life, beat: Beat, answered: Answered) => void
  readonly onFatal: (error: Error) => void
}

interface Beginning extends Pick<HeartbeatsOptions, 'onProof'> {
  readonly brokerEpoch: number
  readonly mustLeaveFirst: () => boolean
}

export class Life {
  readonly node: number
  readonly process: Process
  readonly incarnationId: string
  readonly controller: Controller
  readonly liveness: BrokerLiveness
  readonly loader: MetadataLoader
  readonly quorum: NodeQuorum
  readonly commands: SimulatedCommands
  /** Of brokers, by the life that speaks on it. */
  readonly lines = new Map<Life, BrokerLine>()
  readonly #of: LifeOptions
  readonly #role: BrokerRole
  readonly #upkeep: LeaderUpkeep
  #heartbeats: SimulatedHeartbeats | null = null
  #registration: { readonly brokerEpoch: number } | null = null
  #replicas: ReplicaManager | null = null
  isServing = false
  /** Stopping, stopped, or failed. */
  isOver = false

  static async begin(of: LifeOptions): Promise<Life> {
    const random = randomOf(of.process)
    const incarnationId = uuidToString(random.bytes(16))
    const { disk, process: clock, net, logger, onFatal: fatal, config, directoryId } = of
    const host = {
      ...{ disk, clock, net, random },
      http: { serve: () => Promise.reject(new Error('nobody asks over HTTP')) },
      bootId: () => of.bootId,
      openFilesLimit: () => 1_024,
      lock: () => Promise.reject(new Error('the machine has one process')),
    }
    const identity = { nodeId: asNodeId(of.node + 1), directoryId, incarnationId }
    const role = await BrokerRole.open(
      { ...identity, directory: DATA_DIRECTORY, config, named: new Set() },
      {
        host,
        logger,
        fatal,
        store: of.store,
        readiness: new Readiness(['broker']),
        tracer: NO_TRACER,
        faults: null,
      },
    )
    return new Life(of, role, { incarnationId, random })
  }

  private constructor(
    of: LifeOptions,
    role: BrokerRole,
    { incarnationId, random }: { readonly incarnationId: string; readonly random: Random },
  ) {
    const { node, process, logger, onFatal, config, quorum } = of
    this.node = node
    this.process = process
    this.incarnationId = incarnationId
    this.#of = of
    this.#role = role
    this.quorum = quorum
    const standing = {
      name: 'heartbeats',
      onMetadataUpdate: () => this.#heartbeats?.soon(),
    }
    this.loader = createLoader([role.publisher, standing], onFatal)
    quorum.subscribe(this.loader)
    this.controller = new Controller({
      ...{ quorum, random, logger, onFatal, configRules: configRulesOf(config, new Set()) },
      settings: {
        defaultPartitions: 1,
        defaultReplicationFactor: null,
        foundingConfigs: new Map(
          SAFETY_SETTINGS.map((name) => {
            return [name, String(name === 'min.insync.replicas' ? MIN_ISR : config[name])]
          }),
        ),
      },
    })
    this.liveness = new BrokerLiveness({
      ...{ controller: this.controller, clock: process, logger },
      sessionTimeoutMs: config['broker.session.timeout.ms'],
      isGone: ({ kafka }, signal) => areGone({ net: of.net, clock: process }, [kafka], signal),
      reachedAt: (nodeId) => ({ host: hostOf(nodeId - 1), port: 1 }),
    })
    quorum.subscribe(this.liveness)
    this.#upkeep = new LeaderUpkeep({
      ...{ controller: this.controller, clock: process, logger },
      rebalanceIntervalMs: config['leader.imbalance.check.interval.seconds'] * 1_000,
      sweepIntervalMs: config['unclean.leader.election.interval.ms'],
      recoveryTimeoutMs: config['unclean.recovery.timeout.ms'],
    })
    quorum.subscribe(this.#upkeep)
    this.commands = new SimulatedCommands({
      ...{ ...of.commands, machine: node, process },
      leader: () => {
        const { leaderId } = quorum.leadership
        return leaderId === null ? null : leaderId - 1
      },
    })
  }

  /** From a bound listener to a broker that serves. */
  async run(): Promise<void> {
    this.quorum.start()
    await clusterIdOf(this.loader)
    const member = this.#member()
    this.#registration = await this.#role.register(member)
    await this.#role.serve(member, this.#registration)
    this.isServing = true
  }

  /** The part of the cluster that the broker sees; of what is not here it asks for nothing. */
  #member(): ClusterMember {
    const { quorum, loader, commands } = this
    const member = {
      ...{ loader, commands, grpcAddress: { host: hostOf(this.node), port: 1 } },
      activeControllerId: () => quorum.leadership.leaderId,
      image: () => loader.publishedImage,
      beginHeartbeats: (broker: Beginning) => this.#beginHeartbeats(broker),
    }
    return member as unknown as ClusterMember
  }

  #beginHeartbeats({ brokerEpoch, onProof, mustLeaveFirst }: Beginning): SimulatedHeartbeats {
    const { config, process: clock, onFatal, sendBeat } = this.#of
    const identity = {
      ...{ nodeId: asNodeId(this.node + 1), brokerEpoch, incarnationId: this.incarnationId },
    }
    this.#heartbeats = new SimulatedHeartbeats({
      ...{ clock, onFatal, onProof },
      intervalMs: config['broker.heartbeat.interval.ms'],
      beat: () => {
        const { metadataOffset } = this.loader.publishedImage
        // As the broker's standing tells it (S11).
        const told = mustLeaveFirst() ? Math.min(metadataOffset, brokerEpoch - 1) : metadataOffset
        return { ...identity, metadataOffset: told }
      },
      send: (beat, answered) => {
        if (this.process.isAlive) sendBeat(this, beat, answered)
      },
    })
    return this.#heartbeats
  }

  /** A broker speaks to this controller. Throws what the controller refuses with. */
  hear(from: Life, beat: Beat): BeatAnswer {
    let line = this.lines.get(from)
    if (!line) {
      line = this.liveness.open(() => this.lines.delete(from))
      this.lines.set(from, line)
    }
    const kafka = { host: hostOf(from.node), port: PORT }
    return line.beat(beat, { kafka, grpc: kafka })
  }

  /** What has connected a broker's process to this one is broken. */
  lost(from: Life): void {
    const line = this.lines.get(from)
    this.lines.delete(from)
    line?.broke()
  }

  /** Stops in order; rejects when something could not be. */
  async stop({ hasFailed }: { readonly hasFailed: boolean }): Promise<void> {
    this.isOver = true
    if (this.#registration) await this.#role.close(this.#registration, { handsOver: !hasFailed })
    else await this.#role.stopListening()
    this.liveness.close()
    this.#upkeep.close()
    this.controller.close()
  }

  /** The partitions that are open here. */
  partitions(): Iterable<Partition> {
    this.#replicas ??= this.#begun()
    return this.#replicas?.partitions() ?? []
  }

  #begun(): ReplicaManager | null {
    const registered = this.loader.committedImage.brokers.get(asNodeId(this.node + 1))
    if (registered?.incarnationId !== this.incarnationId) return null
    try {
      return this.#role.publisher.running.replicas
    } catch {
      return null
    }
  }

  /** Whether it knows that it is to hold this partition. */
  isReplicaOf(topic: string, index: number): boolean {
    const { topics } = this.loader.publishedImage
    const registration = topics.byName.get(topic)?.partitions[index]
    return registration?.replicas.includes(asNodeId(this.node + 1)) === true
  }

  /** It serves, and is being told, or was, that it is not to hold this partition. */
  wasToldToLeave(topic: string, index: number): boolean {
    const { topics } = this.loader.committedImage
    const registration = topics.byName.get(topic)?.partitions[index]
    return (
      this.registeredEpoch !== null && !registration?.replicas.includes(asNodeId(this.node + 1))
    )
  }

  /** Whether metadata knows this very process. */
  get registeredEpoch(): number | null {
    return this.#registration?.brokerEpoch ?? null
  }
}

export function isRefusal(error: Error, code: string): boolean {
  return error instanceof LograftError && error.code === code
}

function randomOf(process: Process): Random {
  return {
    next: () => process.draw(2),
    bytes: (count) => Uint8Array.from({ length: count }, () => Math.floor(process.draw(3) * 256)),
  }
}
