/**
 * The metadata side of a node, plugged together: log → quorum → controller and loader → publishers.
 * It has started when there is a cluster with an id, and what was committed is known here.
 */
import type { Clock } from '../base/clock.ts'
import type { Disk } from '../base/disk.ts'
import { LograftError } from '../base/errors.ts'
import type { NodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { Random } from '../base/random.ts'
import type { NodeConfig, NodeOptionName } from '../config/node-options.ts'
import { SAFETY_SETTINGS, safetyDifferences } from '../controller/config-control.ts'
import { Controller } from '../controller/controller.ts'
import type { ControllerCommands, RegisterBrokerRequest } from '../controller/requests.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { MetadataLoader } from '../metadata/loader.ts'
import type { MetadataPublisher } from '../metadata/publisher.ts'
import { Quorum } from '../quorum/quorum.ts'
import type { FoundingPeers, RaftTransport, VoterAddress } from '../quorum/ports.ts'
import { configRulesOf } from './config-rules.ts'
import { METADATA_LOG, entryLogs } from './metadata-log.ts'

/** Until followers fetch from leaders. */
const REPLICATION_FACTOR_MAX = 1

export interface MetadataOptions {
  readonly nodeId: NodeId
  readonly directoryId: string
  readonly incarnationId: string
  /** The node's data directory. */
  readonly directory: string
  /** Whom to found the quorum with; empty for a node that waits to be added to one. */
  readonly voters: readonly VoterAddress[]
  readonly config: NodeConfig
  readonly named: ReadonlySet<NodeOptionName>
}

export interface MetadataPorts {
  readonly disk: Disk
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  readonly fatal: (error: Error) => void
  readonly peers: RaftTransport & FoundingPeers
  readonly publishers: readonly MetadataPublisher[]
}

/** A controller's side of the metadata: it votes, and leads when it is elected. */
export class ControllerMetadata {
  readonly loader: MetadataLoader
  readonly quorum: Quorum
  readonly controller: Controller
  readonly #options: MetadataOptions

  /** Nothing is read or said before `start`. */
  constructor(options: MetadataOptions, ports: MetadataPorts) {
    const { nodeId, directoryId, incarnationId, voters, config, named } = options
    const { disk, clock, random, logger, fatal, peers } = ports
    this.#options = options
    this.loader = new MetadataLoader({
      publishers: ports.publishers,
      // A broker that has not done what metadata says would answer from another state than it shows.
      onFault: (_publisher, error) => {
        fatal(error)
      },
    })
    this.quorum = new Quorum({
      ...{ disk, clock, random, logger, voters, incarnationId },
      directory: `${options.directory}/${METADATA_LOG}`,
      self: { nodeId, directoryId },
      openLog: entryLogs({ disk, clock, logger: logger.child({ component: 'log' }), fatal }),
      transport: peers,
      foundingPeers: peers,
      snapshotSource: this.loader,
      maxBytesBetweenSnapshots: config['metadata.log.max.record.bytes.between.snapshots'],
      electionTimeoutMs: config['controller.quorum.election.timeout.ms'],
      onFatal: fatal,
    })
    // The loader hears first: what the controller answers is then already on its way to publishers.
    this.quorum.subscribe(this.loader)
    this.controller = new Controller({
      quorum: this.quorum,
      random,
      logger,
      settings: {
        defaultPartitions: config['num.partitions'],
        defaultReplicationFactor: config['default.replication.factor'],
        replicationFactorMax: REPLICATION_FACTOR_MAX,
        foundingConfigs: new Map(SAFETY_SETTINGS.map((name) => [name, String(config[name])])),
      },
      configRules: configRulesOf(config, named),
      onFatal: fatal,
    })
  }

  /** What this node's publishers have been told. */
  get image(): MetadataImage {
    return this.loader.publishedImage
  }

  /** Resolves with the cluster's id, once there is a cluster and this node has heard of it. */
  async start(): Promise<string> {
    const { config, named } = this.#options
    await this.quorum.start()
    const clusterId = await founded(this.loader)
    refuseOtherSafetySettings(this.loader.committedImage, config, named)
    return clusterId
  }

  async close(): Promise<void> {
    this.controller.close()
    await this.quorum.close()
  }
}

/** The cluster as this node reaches it: the active controller, and what is committed. */
export interface Cluster {
  readonly commands: ControllerCommands
  readonly loader: MetadataLoader
}

/** Registers a broker and waits until this node's own publishers know; returns its epoch. */
export async function registerBroker(
  { commands, loader }: Cluster,
  request: Omit<RegisterBrokerRequest, 'restart' | 'previousBrokerEpoch'>,
): Promise<number> {
  const { brokerEpoch, metadataOffset } = await commands.registerBroker({
    ...request,
    // Nothing on disk proves more yet; a partition with one replica depends on neither (S11).
    restart: 'unclean',
    previousBrokerEpoch: -1,
  })
  await loader.published(metadataOffset)
  return brokerEpoch
}

/** Lets a registered broker lead, and waits until this node's own publishers know. */
export async function unfenceBroker(
  { commands, loader }: Cluster,
  broker: { readonly nodeId: NodeId; readonly brokerEpoch: number },
): Promise<void> {
  const { metadataOffset } = await commands.unfenceBroker(broker)
  await loader.published(metadataOffset)
}

/** The cluster's id, once the entry that founds it is committed. */
async function founded(loader: MetadataLoader): Promise<string> {
  for (;;) {
    const { clusterId, metadataOffset } = loader.committedImage
    if (clusterId !== null) return clusterId
    await loader.published(metadataOffset + 1)
  }
}

function refuseOtherSafetySettings(
  image: MetadataImage,
  config: NodeConfig,
  named: ReadonlySet<NodeOptionName>,
): void {
  const stated = SAFETY_SETTINGS.filter((name) => named.has(name))
  const differences = safetyDifferences(
    image,
    new Map(stated.map((name) => [name, String(config[name])])),
  )
  if (differences.length > 0) throw new LograftError('INVALID_CONFIG', differences.join('\n'))
}
