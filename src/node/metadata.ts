/**
 * The metadata side of a node, plugged together: log → quorum → controller and loader → publishers.
 * It starts with everything that was committed replayed, and this node the active controller of a
 * cluster that has an id.
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
import type { RegisterBrokerRequest } from '../controller/requests.ts'
import type { MetadataImage } from '../metadata/image.ts'
import { MetadataLoader } from '../metadata/loader.ts'
import type { MetadataPublisher } from '../metadata/publisher.ts'
import { Quorum } from '../quorum/quorum.ts'
import type { FoundingPeers, RaftTransport } from '../quorum/ports.ts'
import { configRulesOf } from './config-rules.ts'
import { METADATA_LOG, entryLogs } from './metadata-log.ts'

export interface MetadataPorts {
  readonly disk: Disk
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  readonly fatal: (error: Error) => void
  readonly publishers: readonly MetadataPublisher[]
}

export interface Metadata {
  readonly clusterId: string
  readonly controller: Controller
  readonly loader: MetadataLoader
  /** What this node's publishers have been told. */
  image(): MetadataImage
  close(): Promise<void>
}

const NO_PEERS: RaftTransport & FoundingPeers = {
  open() {},
  setPeers() {},
  send() {},
  sendSnapshot: () => Promise.resolve(false),
  close: () => Promise.resolve(),
  introduce: () => Promise.reject(new Error('nobody')),
  onIntroduction() {},
}

export async function openMetadata(
  node: {
    readonly nodeId: NodeId
    readonly directoryId: string
    readonly incarnationId: string
    readonly directory: string
  },
  config: NodeConfig,
  { named, ...ports }: MetadataPorts & { readonly named: ReadonlySet<NodeOptionName> },
): Promise<Metadata> {
  const { disk, clock, random, logger, fatal } = ports
  const loader = new MetadataLoader({
    publishers: ports.publishers,
    // A broker that has not done what metadata says would answer from another state than it shows.
    onFault: (_publisher, error) => {
      fatal(error)
    },
  })
  const quorum = new Quorum({
    disk,
    clock,
    random,
    logger,
    directory: `${node.directory}/${METADATA_LOG}`,
    self: node,
    incarnationId: node.incarnationId,
    voters: [{ nodeId: node.nodeId, host: '127.0.0.1', port: 9093 }],
    transport: NO_PEERS,
    foundingPeers: NO_PEERS,
    electionTimeoutMs: 1000,
    openLog: entryLogs({ disk, clock, logger: logger.child({ component: 'log' }), fatal }),
    snapshotSource: loader,
    maxBytesBetweenSnapshots: config['metadata.log.max.record.bytes.between.snapshots'],
    onFatal: fatal,
  })
  // The loader hears first: what the controller answers is then already on its way to publishers.
  quorum.subscribe(loader)
  const controller = new Controller({
    quorum,
    random,
    logger,
    settings: {
      defaultPartitions: config['num.partitions'],
      defaultReplicationFactor: config['default.replication.factor'],
      foundingConfigs: new Map(SAFETY_SETTINGS.map((name) => [name, String(config[name])])),
    },
    configRules: configRulesOf(config, named),
    onFatal: fatal,
  })
  await quorum.start()
  const close = async () => {
    controller.close()
    await quorum.close()
  }
  try {
    const clusterId = await founded(loader)
    refuseOtherSafetySettings(loader.committedImage, config, named)
    return { clusterId, controller, loader, image: () => loader.publishedImage, close }
  } catch (thrown) {
    await close()
    throw thrown
  }
}

/** Registers a broker and waits until this node's own publishers know; returns its epoch. */
export async function registerBroker(
  { controller, loader }: Metadata,
  request: Omit<RegisterBrokerRequest, 'restart' | 'previousBrokerEpoch'>,
): Promise<number> {
  const { brokerEpoch, metadataOffset } = await controller.registerBroker({
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
  { controller, loader }: Metadata,
  broker: { readonly nodeId: NodeId; readonly brokerEpoch: number },
): Promise<void> {
  const { metadataOffset } = await controller.unfenceBroker(broker)
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
