/**
 * Changes of the administration in the calls to the active controller, as bytes
 * (proto/lograft/controller/v1/controller.proto). Pure.
 */
import { uuidToBytes } from '../bytes/uuid.ts'
import type {
  ApplyChangesRequest,
  ApplyChangesResult,
  Change,
  ChangeErrorName,
  Expectation,
  WantedChange,
} from '../controller/changes.ts'
import type { Reply } from '../controller/requests.ts'
import { lograft } from '../gen/lograft/controller/v1/controller.js'
import { configChangeFromWire, configChangeToWire } from './controller-codec.ts'
import {
  electionFromWire,
  electionToWire,
  reassignmentFromWire,
  reassignmentToWire,
} from './controller-replica-codec.ts'
import {
  creatableFromWire,
  creatableToWire,
  grownFromWire,
  grownToWire,
} from './controller-topic-codec.ts'
import { domainCodec, LARGE_REQUEST, nodeIdOf, present, topicIdOf } from './domain-codec.ts'
import type { Codec } from './service.ts'

const wire = lograft.controller.v1

export const applyChangesRequestCodec: Codec<ApplyChangesRequest> = domainCodec(
  wire.ApplyChangesRequest,
  ({ changes, validateOnly, requestKey }: ApplyChangesRequest) => ({
    changes: changes.map(({ change, expects }) => ({
      ...changeToWire(change),
      ...(expects && { expects: expectationToWire(expects) }),
    })),
    validateOnly,
    ...(requestKey && { requestKey }),
  }),
  ({ changes, validateOnly, requestKey }) => ({
    changes: changes.map(wantedFromWire),
    validateOnly,
    requestKey: requestKey && { key: requestKey.key, digest: requestKey.digest },
  }),
  LARGE_REQUEST,
)

function changeToWire(change: Change): lograft.controller.v1.IWantedChange {
  switch (change.type) {
    case 'create-topic':
      return { createTopic: creatableToWire(change.topic) }
    case 'delete-topic': {
      const { name, topicId } = change
      return { deleteTopic: { name, topicId: topicId && uuidToBytes(topicId) } }
    }
    case 'add-partitions':
      return { addPartitions: grownToWire(change.topic) }
    case 'alter-configs':
      return { alterConfigs: configChangeToWire(change.change) }
    case 'reassign':
      return { reassign: reassignmentToWire(change.partition) }
    case 'cancel-reassignments':
      return { cancelReassignments: {} }
    case 'elect-leaders': {
      const { election: type, partitions } = change
      return { electLeaders: electionToWire({ type, partitions }) }
    }
    case 'unregister-broker':
      return { unregisterBroker: { nodeId: change.nodeId } }
  }
}

function wantedFromWire(wanted: lograft.controller.v1.WantedChange): WantedChange {
  return {
    change: present(changeFromWire(wanted), 'a change of a kind that is known'),
    expects: wanted.expects && expectationFromWire(wanted.expects),
  }
}

function changeFromWire(wanted: lograft.controller.v1.WantedChange): Change | null {
  if (wanted.createTopic)
    return { type: 'create-topic', topic: creatableFromWire(wanted.createTopic) }
  if (wanted.deleteTopic) {
    const { name, topicId } = wanted.deleteTopic
    return { type: 'delete-topic', name, topicId: topicId && topicIdOf(topicId) }
  }
  if (wanted.addPartitions)
    return { type: 'add-partitions', topic: grownFromWire(wanted.addPartitions) }
  if (wanted.alterConfigs)
    return { type: 'alter-configs', change: configChangeFromWire(wanted.alterConfigs) }
  if (wanted.reassign) return { type: 'reassign', partition: reassignmentFromWire(wanted.reassign) }
  if (wanted.cancelReassignments) return { type: 'cancel-reassignments' }
  if (wanted.electLeaders) {
    const { type: election, partitions } = electionFromWire(wanted.electLeaders)
    return { type: 'elect-leaders', election, partitions }
  }
  if (wanted.unregisterBroker)
    return { type: 'unregister-broker', nodeId: nodeIdOf(wanted.unregisterBroker.nodeId) }
  return null
}

function expectationToWire({ topic, topicId, partitions, configs, replicas }: Expectation) {
  return {
    topic,
    topicId: topicId && uuidToBytes(topicId),
    partitions,
    configs: Array.from(configs, ([name, value]) => ({ name, value })),
    replicas: Array.from(replicas, ([partition, ids]) => ({ partition, brokerIds: [...ids] })),
  }
}

function expectationFromWire(expects: lograft.controller.v1.Expectation): Expectation {
  const { topic, topicId, partitions, configs, replicas } = expects
  return {
    topic,
    topicId: topicId && topicIdOf(topicId),
    partitions,
    configs: new Map(configs.map(({ name, value }) => [name, value])),
    replicas: new Map(replicas.map(({ partition, brokerIds }) => [partition, brokerIds])),
  }
}

type ApplyChangesReply = ApplyChangesResult & Reply

export const applyChangesReplyCodec: Codec<ApplyChangesReply> = domainCodec(
  wire.ApplyChangesReply,
  ({ created, faults, elected, ...reply }: ApplyChangesReply) => ({
    ...reply,
    faults: [...faults],
    created: created.map((topic) => ({ ...topic, topicId: uuidToBytes(topic.topicId) })),
    elected: [...elected],
  }),
  ({ metadataOffset, faults, appliedAt, created, elected }) => ({
    metadataOffset,
    faults: faults.map(({ index, code, message }) => ({
      index,
      code: code as ChangeErrorName,
      message,
    })),
    appliedAt,
    created: created.map(({ name, topicId, partitions, replicationFactor }) => ({
      ...{ name, topicId: topicIdOf(topicId), partitions, replicationFactor },
    })),
    elected: elected.map(({ topic, partition }) => ({ topic, partition })),
  }),
)
