/**
 * The service `lograft.controller.v1.Controller`: one method for each of `ControllerCommands`, as
 * server and client share them. Pure.
 */
import {
  allocateProducerIdsReplyCodec,
  alterConfigsReplyCodec,
  alterConfigsRequestCodec,
  brokerRequestCodec,
  registerBrokerReplyCodec,
  registerBrokerRequestCodec,
  registerControllerRequestCodec,
  replyCodec,
  brokerIdCodec,
} from './controller-codec.ts'
import { applyChangesReplyCodec, applyChangesRequestCodec } from './controller-changes-codec.ts'
import {
  createPartitionsReplyCodec,
  createPartitionsRequestCodec,
  createTopicsReplyCodec,
  createTopicsRequestCodec,
  deleteTopicsReplyCodec,
  deleteTopicsRequestCodec,
} from './controller-topic-codec.ts'
import {
  alterReassignmentsRequestCodec,
  electLeadersRequestCodec,
  partitionResultsReplyCodec,
} from './controller-replica-codec.ts'
import {
  alterPartitionReplyCodec,
  alterPartitionRequestCodec,
  leaveIsrReplyCodec,
  leaveIsrRequestCodec,
  logEndsRequestCodec,
} from './controller-isr-codec.ts'
import type { Codec } from './service.ts'
import { unary } from './service.ts'

/** Bytes of a request at most: what one entry of the metadata log could not hold is more. */
const REQUEST_BYTES_MAX = 8 * 1024 * 1024

const declare = <Request, Response>(
  name: string,
  request: Codec<Request>,
  response: Codec<Response>,
) =>
  unary(`lograft.controller.v1.Controller/${name}`, request, response, {
    requestBytesMax: REQUEST_BYTES_MAX,
  })

export const controllerMethods = {
  registerBroker: declare('RegisterBroker', registerBrokerRequestCodec, registerBrokerReplyCodec),
  shutDownBroker: declare('ShutDownBroker', brokerIdCodec, replyCodec),
  unregisterBroker: declare('UnregisterBroker', brokerIdCodec, replyCodec),
  registerController: declare('RegisterController', registerControllerRequestCodec, replyCodec),
  createTopics: declare('CreateTopics', createTopicsRequestCodec, createTopicsReplyCodec),
  createPartitions: declare(
    'CreatePartitions',
    createPartitionsRequestCodec,
    createPartitionsReplyCodec,
  ),
  deleteTopics: declare('DeleteTopics', deleteTopicsRequestCodec, deleteTopicsReplyCodec),
  alterConfigs: declare('AlterConfigs', alterConfigsRequestCodec, alterConfigsReplyCodec),
  alterReassignments: declare(
    'AlterReassignments',
    alterReassignmentsRequestCodec,
    partitionResultsReplyCodec,
  ),
  applyChanges: declare('ApplyChanges', applyChangesRequestCodec, applyChangesReplyCodec),
  electLeaders: declare('ElectLeaders', electLeadersRequestCodec, partitionResultsReplyCodec),
  allocateProducerIds: declare(
    'AllocateProducerIds',
    brokerRequestCodec,
    allocateProducerIdsReplyCodec,
  ),
  alterPartition: declare('AlterPartition', alterPartitionRequestCodec, alterPartitionReplyCodec),
  leaveIsr: declare('LeaveIsr', leaveIsrRequestCodec, leaveIsrReplyCodec),
  tellLogEnds: declare('TellLogEnds', logEndsRequestCodec, replyCodec),
}
