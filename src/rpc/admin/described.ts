/** Parts of the metadata as the messages of proto/lograft/admin/v1. Pure. */
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import type { BrokerRegistration, ControllerRegistration } from '../../metadata/image/cluster.ts'
import type { ConfigResource } from '../../metadata/image/configs.ts'
import { CLUSTER_RESOURCE } from '../../metadata/image/configs.ts'
import type { PartitionRegistration } from '../../metadata/image/topics.ts'
import { NO_LEADER } from '../../metadata/records.ts'

const wire = lograft.admin.v1
const { BrokerState, ResourceType } = wire

/** What a broker has of itself, without what it holds. */
export function brokerOf(broker: BrokerRegistration) {
  const { nodeId, host, port, rack, brokerEpoch, incarnationId, directoryId } = broker
  return {
    ...{ brokerId: nodeId, state: stateOf(broker), listener: new wire.HostPort({ host, port }) },
    ...(rack !== null && { rack }),
    ...{ brokerEpoch, incarnationId, directoryId },
  }
}

function stateOf({ fenced, inControlledShutdown }: BrokerRegistration) {
  if (fenced) return BrokerState.BROKER_STATE_FENCED
  if (inControlledShutdown) return BrokerState.BROKER_STATE_SHUTTING_DOWN
  return BrokerState.BROKER_STATE_IN_SERVICE
}

export function controllerOf({ nodeId, host, port, directoryId }: ControllerRegistration) {
  const listener = new wire.HostPort({ host, port })
  return new wire.ControllerDescription({ nodeId, listener, directoryId })
}

export function partitionOf(
  { topic, partition }: { readonly topic: string; readonly partition: number },
  registration: PartitionRegistration,
) {
  const { leader, leaderEpoch, partitionEpoch } = registration
  const { replicas, isr, elr, addingReplicas, removingReplicas } = registration
  return new wire.PartitionDescription({
    ...{ topic, partition, leaderEpoch, partitionEpoch },
    ...(leader !== NO_LEADER && { leader }),
    replicas: [...replicas],
    isr: [...isr],
    elr: [...elr],
    adding: [...addingReplicas],
    removing: [...removingReplicas],
  })
}

export function resourceOf({ type, name }: ConfigResource) {
  if (type === 'topic') return new wire.Resource({ type: ResourceType.RESOURCE_TYPE_TOPIC, name })
  return name === CLUSTER_RESOURCE.name
    ? new wire.Resource({ type: ResourceType.RESOURCE_TYPE_CLUSTER })
    : new wire.Resource({ type: ResourceType.RESOURCE_TYPE_BROKER, name })
}
