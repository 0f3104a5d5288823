/**
 * The services of proto/lograft/admin/v1 but for the quorum's, as server and client share them.
 * Messages are the generated classes: a handler checks what it is given, and `new` makes an answer
 * of the fields that are not as they are by default. Pure.
 */
import type protobuf from 'protobufjs/minimal.js'
import { lograft } from '../../gen/lograft/admin/v1/admin.js'
import { CheckedReader } from '../../metadata/codec.ts'
import { LARGE_REQUEST } from '../domain-codec.ts'
import type { Codec } from '../service.ts'
import { serverStream, unary } from '../service.ts'

const wire = lograft.admin.v1

/** What one entry of the metadata log could not hold is more than this. */
const LARGE = { requestBytesMax: 8 * 1024 * 1024 }
const SMALL = { requestBytesMax: 256 * 1024 }

interface Generated<Message> {
  encode(message: NoInfer<Message>): protobuf.Writer
  decode(reader: protobuf.Reader): Message
}

/** Two bytes of a request may become an object of a hundred: what it may hold has a bound. */
function codec<Message>(type: Generated<Message>): Codec<Message> {
  return {
    encode: (message) => type.encode(message).finish(),
    decode: (bytes) => type.decode(new CheckedReader(bytes, LARGE_REQUEST.fieldsMax)),
  }
}

const call =
  (service: string) =>
  <Request, Response>(
    name: string,
    request: Generated<Request>,
    response: Generated<Response>,
    bounds = SMALL,
  ) =>
    unary(`lograft.admin.v1.${service}/${name}`, codec(request), codec(response), bounds)

const cluster = call('Cluster')
export const clusterMethods = {
  describe: cluster('Describe', wire.DescribeClusterRequest, wire.ClusterDescription),
  describeLogDirs: cluster('DescribeLogDirs', wire.DescribeLogDirsRequest, wire.LogDirsDescription),
  updateFeatures: cluster('UpdateFeatures', wire.UpdateFeaturesRequest, wire.Mutated),
  shutDownBroker: cluster('ShutDownBroker', wire.ShutDownBrokerRequest, wire.ShutDownBrokerReply),
  unregisterBroker: cluster('UnregisterBroker', wire.UnregisterBrokerRequest, wire.Mutated),
}

const topics = call('Topics')
export const topicMethods = {
  list: topics('List', wire.ListTopicsRequest, wire.ListTopicsReply),
  describe: topics('Describe', wire.DescribeTopicRequest, wire.TopicDescription),
  create: topics('Create', wire.CreateTopicsRequest, wire.CreateTopicsReply, LARGE),
  delete: topics('Delete', wire.DeleteTopicsRequest, wire.Mutated, LARGE),
  addPartitions: topics('AddPartitions', wire.AddPartitionsRequest, wire.Mutated, LARGE),
  deleteRecords: topics('DeleteRecords', wire.DeleteRecordsRequest, wire.DeleteRecordsReply),
  listOffsets: topics('ListOffsets', wire.ListOffsetsRequest, wire.ListOffsetsReply),
}

const configs = call('Configs')
export const configMethods = {
  describe: configs('Describe', wire.DescribeConfigsRequest, wire.DescribeConfigsReply),
  alter: configs('Alter', wire.AlterConfigsRequest, wire.Mutated, LARGE),
}

const partitions = call('Partitions')
export const partitionMethods = {
  list: partitions('List', wire.ListPartitionsRequest, wire.ListPartitionsReply),
  electLeaders: partitions('ElectLeaders', wire.ElectLeadersRequest, wire.ElectLeadersReply, LARGE),
  reassign: partitions('Reassign', wire.ReassignRequest, wire.Mutated, LARGE),
  cancelReassignments: partitions(
    'CancelReassignments',
    wire.CancelReassignmentsRequest,
    wire.Mutated,
    LARGE,
  ),
  listReassignments: partitions(
    'ListReassignments',
    wire.ListReassignmentsRequest,
    wire.ListReassignmentsReply,
  ),
  planMoves: partitions('PlanMoves', wire.PlanMovesRequest, wire.PlanMovesReply),
}

const groups = call('Groups')
export const groupMethods = {
  list: groups('List', wire.ListGroupsRequest, wire.ListGroupsReply),
  describe: groups('Describe', wire.DescribeGroupRequest, wire.GroupDescription),
  resetOffsets: groups('ResetOffsets', wire.ResetOffsetsRequest, wire.ResetOffsetsReply),
  delete: groups('Delete', wire.DeleteGroupsRequest, wire.DeleteGroupsReply),
  deleteOffsets: groups('DeleteOffsets', wire.DeleteOffsetsRequest, wire.Mutated),
}

const streamed = <Request, Response>(
  path: string,
  request: Generated<Request>,
  response: Generated<Response>,
  bounds: typeof SMALL,
) => serverStream(`lograft.admin.v1.${path}`, codec(request), codec(response), bounds)

export const changeMethods = {
  watch: streamed('Changes/Watch', wire.WatchRequest, wire.WatchEvent, SMALL),
}

export const planMethods = {
  make: call('Plans')('Make', wire.MakePlanRequest, wire.Plan, LARGE),
  apply: streamed('Plans/Apply', wire.ApplyPlanRequest, wire.ApplyEvent, LARGE),
}
