/**
 * Reassignments and elections in the calls to the active controller, as bytes
 * (proto/lograft/controller/v1/controller.proto). Pure.
 */
import type {
  ElectionType,
  ElectLeadersRequest,
  PartitionResult,
  Reassignment,
  Reply,
} from '../controller/requests.ts'
import { lograft } from '../gen/lograft/controller/v1/controller.js'
import { domainCodec, LARGE_REQUEST, nameOf } from './domain-codec.ts'
import type { Codec } from './service.ts'

const wire = lograft.controller.v1

const ELECTIONS = {
  preferred: wire.ElectionType.ELECTION_TYPE_PREFERRED,
  unclean: wire.ElectionType.ELECTION_TYPE_UNCLEAN,
} as const satisfies Record<ElectionType, number>

export const alterReassignmentsRequestCodec: Codec<readonly Reassignment[]> = domainCodec(
  wire.AlterReassignmentsRequest,
  (partitions: readonly Reassignment[]) => ({
    partitions: partitions.map(({ topic, partition, replicas, keepsCount = false }) => ({
      ...{ topic, partition, keepsCount },
      ...(replicas && { replicas: { brokerIds: [...replicas] } }),
    })),
  }),
  ({ partitions }) =>
    partitions.map(({ topic, partition, replicas, keepsCount }) => ({
      ...{ topic, partition, keepsCount },
      replicas: replicas?.brokerIds ?? null,
    })),
  LARGE_REQUEST,
)

export const electLeadersRequestCodec: Codec<ElectLeadersRequest> = domainCodec(
  wire.ElectLeadersRequest,
  ({ type, partitions }: ElectLeadersRequest) => ({
    type: ELECTIONS[type],
    ...(partitions && { partitions: { partitions: [...partitions] } }),
  }),
  ({ type, partitions }) => ({
    type: nameOf(ELECTIONS, type, 'a type of election'),
    partitions:
      partitions?.partitions.map(({ topic, partition }) => ({ topic, partition })) ?? null,
  }),
  LARGE_REQUEST,
)

type PartitionResultsReply = Reply & { readonly partitions: readonly PartitionResult[] }

export const partitionResultsReplyCodec: Codec<PartitionResultsReply> = domainCodec(
  wire.PartitionResultsReply,
  ({ metadataOffset, partitions }: PartitionResultsReply) => ({
    metadataOffset,
    partitions: [...partitions],
  }),
  ({ metadataOffset, partitions }) => ({
    metadataOffset,
    partitions: partitions.map(({ topic, partition, errorCode, errorMessage }) => {
      return { topic, partition, errorCode, errorMessage }
    }),
  }),
)
