/**
 * Where the controllers are: with whom a quorum is founded, whom to ask who leads, and where each
 * is dialled. A server of `controller.quorum.bootstrap.servers` has no node id before it has said
 * it; until then it goes by a negative one, as in Kafka's clients.
 */
import { asNodeId, type NodeId } from '../base/ids.ts'
import type { HostPort, Voter } from '../config/addresses.ts'
import type { NodeConfig, NodeOptionName } from '../config/node-options.ts'
import type { MetadataImage } from '../metadata/image.ts'
import type { MetadataPublisher } from '../metadata/publisher.ts'
import type { VoterAddress } from '../quorum/ports.ts'
import { AddressBook } from '../rpc/address-book.ts'

export interface Controllers {
  /** With whom this node founds a quorum; nobody, when it looks for one that is there. */
  readonly voters: readonly VoterAddress[]
  readonly addresses: AddressBook
  /** Whoever may lead, or know who does. */
  known(): readonly NodeId[]
  /** Learns from committed metadata where controllers are. */
  readonly publisher: MetadataPublisher
}

export function findControllers(
  config: NodeConfig,
  named: ReadonlySet<NodeOptionName>,
): Controllers {
  const voters = votersOf(config, named)
  const bootstrap = config['controller.quorum.bootstrap.servers'].map((place, index) => ({
    nodeId: asNodeId(-1 - index),
    ...place,
  }))
  const configured = [...voters, ...bootstrap]
  const addresses = new AddressBook({
    overrides: placesOf(config['controller.quorum.address.overrides']),
    configured: placesOf(configured),
  })
  let registered: MetadataImage['controllers'] | null = null
  return {
    voters,
    addresses,
    known() {
      const ids = [...(registered?.keys() ?? []), ...configured.map(({ nodeId }) => nodeId)]
      return [...new Set(ids)]
    },
    publisher: {
      name: 'controllers',
      onMetadataUpdate(delta, { controllers }) {
        if (delta.cluster.changedControllers.size === 0) return
        registered = controllers
        addresses.setCommitted(new Map(controllers))
      },
    },
  }
}

function votersOf(config: NodeConfig, named: ReadonlySet<NodeOptionName>): readonly VoterAddress[] {
  const areNamed = named.has('controller.quorum.voters')
  if (!areNamed && config['controller.quorum.bootstrap.servers'].length > 0) return []
  return config['controller.quorum.voters'].map((voter) => ({
    ...voter,
    nodeId: asNodeId(voter.nodeId),
  }))
}

function placesOf(nodes: readonly Voter[]): ReadonlyMap<NodeId, HostPort> {
  return new Map(nodes.map(({ nodeId, host, port }) => [asNodeId(nodeId), { host, port }]))
}
