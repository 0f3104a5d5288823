/**
 * Committed metadata as every node has it, whoever told it: the loader and its publishers, the
 * cluster's id, and a broker's registration in it.
 */
import { LograftError } from '../base/errors.ts'
import type { NodeConfig, NodeOptionName } from '../config/node-options.ts'
import { SAFETY_SETTINGS, safetyDifferences } from '../controller/config-control.ts'
import type { BrokerRequest, RegisterBrokerRequest } from '../controller/requests.ts'
import { isActive } from '../metadata/image/cluster.ts'
import { MetadataLoader } from '../metadata/loader.ts'
import type { MetadataPublisher } from '../metadata/publisher.ts'
import type { ActiveController } from '../rpc/active-controller.ts'

export function createLoader(
  publishers: readonly MetadataPublisher[],
  fatal: (error: Error) => void,
): MetadataLoader {
  return new MetadataLoader({
    publishers,
    // A broker that has not done what metadata says would answer from another state than it shows.
    onFault: (_publisher, error) => {
      fatal(error)
    },
  })
}

/** The cluster as this node reaches it: the active controller, and what is committed. */
export interface Cluster {
  readonly commands: ActiveController
  readonly loader: MetadataLoader
}

/**
 * A node that starts waits for a controller, however long the other nodes take: if it gave up, it
 * would take its own vote away from those that wait for it. Ended by the stop of the node.
 */
const FOR_EVER = { timeoutMs: Infinity }

/** Registers a broker and waits until this node's own publishers know; returns its epoch. */
export async function registerBroker(
  { commands, loader }: Cluster,
  request: Omit<RegisterBrokerRequest, 'restart' | 'previousBrokerEpoch'>,
): Promise<number> {
  // Nothing on disk proves more yet; a partition with one replica depends on neither (S11).
  const restart = { restart: 'unclean', previousBrokerEpoch: -1 } as const
  const asked = { ...request, ...restart }
  const { brokerEpoch, metadataOffset } = await commands.registerBroker(asked, FOR_EVER)
  await loader.published(metadataOffset)
  return brokerEpoch
}

/** Resolves once this broker may lead, and this node's own publishers know. */
export async function untilInService(
  loader: MetadataLoader,
  { nodeId, brokerEpoch }: BrokerRequest,
): Promise<void> {
  for (;;) {
    const { brokers, metadataOffset } = loader.publishedImage
    const broker = brokers.get(nodeId)
    if (broker?.brokerEpoch === brokerEpoch && isActive(broker)) return
    await loader.published(metadataOffset + 1)
  }
}

/** The cluster's id, once the entry that founds it is committed and known here. */
export async function clusterIdOf(loader: MetadataLoader): Promise<string> {
  for (;;) {
    const { clusterId, metadataOffset } = loader.committedImage
    if (clusterId !== null) return clusterId
    await loader.published(metadataOffset + 1)
  }
}

/** Throws INVALID_CONFIG when this node's own settings contradict the cluster's (S12). */
export function refuseOtherSafetySettings(
  { committedImage }: MetadataLoader,
  { config, named }: { config: NodeConfig; named: ReadonlySet<NodeOptionName> },
): void {
  const stated = SAFETY_SETTINGS.filter((name) => named.has(name))
  const differences = safetyDifferences(
    committedImage,
    new Map(stated.map((name) => [name, String(config[name])])),
  )
  if (differences.length > 0) throw new LograftError('INVALID_CONFIG', differences.join('\n'))
}
