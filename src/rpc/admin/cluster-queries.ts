/**
 * The cluster as the node that is asked knows it: its own metadata, and nobody else's word
 * (proto/lograft/admin/v1/cluster.proto).
 */
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { Served } from '../handlers.ts'
import { brokerOf, controllerOf } from './described.ts'
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
      ...brokerOf(broker),
      leaders: leaders.get(broker.nodeId) ?? 0,
      replicas: replicas.get(broker.nodeId) ?? 0,
    })),
    controllers: Array.from(now.controllers.values(), controllerOf),
    features: features.map((feature) => ({
      ...feature,
      level: now.features.get(feature.name) ?? 0,
    })),
    topics: now.topics.byName.size,
    ...{ partitions, underReplicatedPartitions: underReplicated, offlinePartitions: offline },
    ...{ answeredBy: nodeId, version },
  })
}
