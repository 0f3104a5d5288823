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
    partitions: partitions.map(reassignmentToWire),
  }),
  ({ partitions }) => partitions.map(reassignmentFromWire),
  LARGE_REQUEST,
)

export function reassignmentToWire({ replicas, keepsCount = false, ...name }: Reassignment) {
  const ids = replicas && { replicas: { brokerIds: [...replicas] } }
  return { ...name, keepsCount, ...ids }
}

export function reassignmentFromWire(wanted: lograft.controller.v1.Reassignment): Reassignment {
  const { topic, partition, replicas, keepsCount } = wanted
  return { topic, partition, replicas: replicas?.brokerIds ?? null, keepsCount }
}

export const electLeadersRequestCodec: Codec<ElectLeadersRequest> = domainCodec(
  wire.ElectLeadersRequest,
  electionToWire,
  electionFromWire,
  LARGE_REQUEST,
)

export function electionToWire({ type, partitions }: ElectLeadersRequest) {
  return {
    type: ELECTIONS[type],
    ...(partitions && { partitions: { partitions: [...partitions] } }),
  }
}

export function electionFromWire({
  type,
  partitions,
}: lograft.controller.v1.ElectLeadersRequest): ElectLeadersRequest {
  const names = partitions?.partitions.map(({ topic, partition }) => ({ topic, partition }))
  return { type: nameOf(ELECTIONS, type, 'a type of election'), partitions: names ?? null }
}

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
