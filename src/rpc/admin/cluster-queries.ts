/**
 * The cluster as the node that is asked knows it: its own metadata, and nobody else's word
 * (proto/lograft/admin/v1/cluster.proto).
 */
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { MetadataImage } from '../../metadata/image.ts'
import type { BrokerRegistration } from '../../metadata/image/cluster.ts'
import type { Served } from '../handlers.ts'
import { clusterMethods } from './methods.ts'
import type { AdminNode } from './ports.ts'
import { serveAdmin } from './serving.ts'
import { clusterCounts } from './topic-descriptions.ts'

const wire = lograft.admin.v1

type Answering = Pick<AdminNode, 'image' | 'nodeId' | 'version' | 'leadership' | 'features'>

export function clusterQueries(node: Answering): readonly Served[] {
  return [serveAdmin(clusterMethods.describe, () => describe(node))]
}

function describe({ image, nodeId, version, leadership, features }: Answering) {
  const now = image()
  const { leaderId, epoch } = leadership()
  const { partitions, underReplicated, offline, leaders, replicas } = clusterCounts(now)
  return new wire.ClusterDescription({
    clusterId: now.clusterId ?? '',
    // Nothing is known before the cluster is founded.
    metadataOffset: Math.max(0, now.metadataOffset),
    activeControllerId: leaderId,
    controllerEpoch: epoch,
    brokers: Array.from(now.brokers.values(), (broker) => ({
      ...brokerDescription(broker),
      leaders: leaders.get(broker.nodeId) ?? 0,
      replicas: replicas.get(broker.nodeId) ?? 0,
    })),
    controllers: controllersIn(now),
    features: features.map((feature) => ({
      ...feature,
      level: now.features.get(feature.name) ?? 0,
    })),
    topics: now.topics.byName.size,
    ...{ partitions, underReplicatedPartitions: underReplicated, offlinePartitions: offline },
    ...{ answeredBy: nodeId, version },
  })
}

/** Without what its partitions make of it. */
export function brokerDescription(broker: BrokerRegistration) {
  const { nodeId, host, port, rack, brokerEpoch, incarnationId, directoryId } = broker
  return {
    ...{ brokerId: nodeId, state: stateOf(broker), listener: { host, port } },
    ...{ rack, brokerEpoch, incarnationId, directoryId },
  }
}

function controllersIn({ controllers }: MetadataImage) {
  return Array.from(controllers.values(), ({ nodeId, host, port, directoryId }) => ({
    ...{ nodeId, listener: { host, port }, directoryId },
  }))
}

function stateOf({ fenced, inControlledShutdown }: BrokerRegistration) {
  const { BrokerState } = wire
  if (fenced) return BrokerState.BROKER_STATE_FENCED
  return inControlledShutdown
    ? BrokerState.BROKER_STATE_SHUTTING_DOWN
    : BrokerState.BROKER_STATE_IN_SERVICE
}
