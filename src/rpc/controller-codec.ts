/**
 * What is asked of the active controller, and what it answers, as bytes
 * (proto/lograft/controller/v1/controller.proto): nodes, partitions, configurations, producer ids.
 * Topics are in a file of their own. Pure.
 */
import type { NodeId } from '../base/ids.ts'
import { uuidToBytes } from '../bytes/uuid.ts'
import type {
  AlterConfigsRequest,
  AlterConfigsResult,
  BrokerRequest,
  ConfigChange,
  ConfigOperation,
  ProducerIdBlock,
  RegisterBrokerReply,
  RegisterBrokerRequest,
  RegisterControllerRequest,
  Reply,
  RestartKind,
} from '../controller/requests.ts'
import { lograft } from '../gen/lograft/controller/v1/controller.js'
import type { ConfigResource } from '../metadata/image/configs.ts'
import {
  domainCodec,
  LARGE_REQUEST,
  must,
  nameOf,
  nodeIdOf,
  portOf,
  present,
  uuidOf,
} from './domain-codec.ts'
import type { Codec } from './service.ts'

const wire = lograft.controller.v1

const RESTARTS = {
  clean: wire.RestartKind.RESTART_KIND_CLEAN,
  killed: wire.RestartKind.RESTART_KIND_KILLED,
  unclean: wire.RestartKind.RESTART_KIND_UNCLEAN,
} as const satisfies Record<RestartKind, number>

const RESOURCES = {
  topic: wire.ResourceType.RESOURCE_TYPE_TOPIC,
  broker: wire.ResourceType.RESOURCE_TYPE_BROKER,
} as const satisfies Record<ConfigResource['type'], number>

const OPERATIONS = {
  set: wire.OperationType.OPERATION_TYPE_SET,
  delete: wire.OperationType.OPERATION_TYPE_DELETE,
  append: wire.OperationType.OPERATION_TYPE_APPEND,
  subtract: wire.OperationType.OPERATION_TYPE_SUBTRACT,
} as const satisfies Record<ConfigOperation['type'], number>

// --- nodes

export const replyCodec: Codec<Reply> = domainCodec(
  wire.Reply,
  ({ metadataOffset }: Reply) => ({ metadataOffset }),
  ({ metadataOffset }) => ({ metadataOffset }),
)

export const brokerRequestCodec: Codec<BrokerRequest> = domainCodec(
  wire.BrokerRequest,
  ({ nodeId, brokerEpoch }: BrokerRequest) => ({ nodeId, brokerEpoch }),
  ({ nodeId, brokerEpoch }) => ({ nodeId: nodeIdOf(nodeId), brokerEpoch }),
)

/** What a broker's disk says that knows of no epoch. */
const NO_EPOCH = -1

export const registerBrokerRequestCodec: Codec<RegisterBrokerRequest> = domainCodec(
  wire.RegisterBrokerRequest,
  (request: RegisterBrokerRequest) => ({
    ...request,
    incarnationId: uuidToBytes(request.incarnationId),
    directoryId: uuidToBytes(request.directoryId),
    restart: RESTARTS[request.restart],
    previousBrokerEpoch:
      request.previousBrokerEpoch === NO_EPOCH ? null : request.previousBrokerEpoch,
  }),
  (request) => ({
    nodeId: nodeIdOf(request.nodeId),
    incarnationId: uuidOf(request.incarnationId),
    directoryId: uuidOf(request.directoryId),
    host: request.host,
    port: portOf(request.port),
    rack: request.rack,
    restart: nameOf(RESTARTS, request.restart, 'a kind of restart'),
    previousBrokerEpoch: request.previousBrokerEpoch ?? NO_EPOCH,
  }),
)

export const registerBrokerReplyCodec: Codec<RegisterBrokerReply & Reply> = domainCodec(
  wire.RegisterBrokerReply,
  ({ brokerEpoch, metadataOffset }: RegisterBrokerReply & Reply) => ({
    brokerEpoch,
    metadataOffset,
  }),
  ({ brokerEpoch, metadataOffset }) => ({ brokerEpoch, metadataOffset }),
)

export const brokerIdCodec: Codec<NodeId> = domainCodec(
  wire.BrokerId,
  (nodeId: NodeId) => ({ nodeId }),
  ({ nodeId }) => nodeIdOf(nodeId),
)

export const registerControllerRequestCodec: Codec<RegisterControllerRequest> = domainCodec(
  wire.RegisterControllerRequest,
  (request: RegisterControllerRequest) => ({
    ...request,
    directoryId: uuidToBytes(request.directoryId),
    incarnationId: uuidToBytes(request.incarnationId),
  }),
  (request) => ({
    nodeId: nodeIdOf(request.nodeId),
    directoryId: uuidOf(request.directoryId),
    incarnationId: uuidOf(request.incarnationId),
    host: request.host,
    port: portOf(request.port),
  }),
)

// --- configurations

const resourceToWire = ({ type, name }: ConfigResource) => ({ type: RESOURCES[type], name })

function resourceFromWire(resource: lograft.controller.v1.Resource | null): ConfigResource {
  const { type, name } = present(resource, 'a resource')
  return { type: nameOf(RESOURCES, type, 'a type of resource'), name }
}

export const alterConfigsRequestCodec: Codec<AlterConfigsRequest> = domainCodec(
  wire.AlterConfigsRequest,
  ({ changes, validateOnly }: AlterConfigsRequest) => ({
    changes: changes.map(configChangeToWire),
    validateOnly,
  }),
  ({ changes, validateOnly }) => ({ changes: changes.map(configChangeFromWire), validateOnly }),
  LARGE_REQUEST,
)

export function configChangeToWire({ resource, operations, replacesAll }: ConfigChange) {
  return {
    resource: resourceToWire(resource),
    operations: operations.map((operation) => ({
      ...operation,
      type: OPERATIONS[operation.type],
    })),
    replacesAll,
  }
}

export function configChangeFromWire(change: lograft.controller.v1.ConfigChange): ConfigChange {
  return {
    resource: resourceFromWire(change.resource),
    operations: change.operations.map(operationFromWire),
    replacesAll: change.replacesAll,
  }
}

function operationFromWire(operation: lograft.controller.v1.ConfigOperation): ConfigOperation {
  const type = nameOf(OPERATIONS, operation.type, 'a type of operation')
  const { name, value } = operation
  return type === 'delete' ? { type, name } : { type, name, value }
}

type AlterConfigsReply = Reply & { readonly resources: readonly AlterConfigsResult[] }

export const alterConfigsReplyCodec: Codec<AlterConfigsReply> = domainCodec(
  wire.AlterConfigsReply,
  ({ metadataOffset, resources }: AlterConfigsReply) => ({
    metadataOffset,
    resources: resources.map((result) => ({
      ...result,
      resource: resourceToWire(result.resource),
    })),
  }),
  ({ metadataOffset, resources }) => ({
    metadataOffset,
    resources: resources.map(({ resource, errorCode, errorMessage }) => ({
      resource: resourceFromWire(resource),
      errorCode,
      errorMessage,
    })),
  }),
)

// --- producer ids

type AllocateProducerIdsReply = ProducerIdBlock & Reply

export const allocateProducerIdsReplyCodec: Codec<AllocateProducerIdsReply> = domainCodec(
  wire.AllocateProducerIdsReply,
  ({ firstProducerId, count, metadataOffset }: AllocateProducerIdsReply) => ({
    firstProducerId,
    count,
    metadataOffset,
  }),
  ({ firstProducerId, count, metadataOffset }) => {
    must(count > 0, 'a block of producer ids')
    return { firstProducerId, count, metadataOffset }
  },
)
