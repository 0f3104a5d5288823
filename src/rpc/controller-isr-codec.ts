/**
 * In-sync replicas in the calls to the active controller, as bytes
 * (proto/lograft/controller/v1/controller.proto). Pure.
 */
import { asNodeId } from '../base/ids.ts'
import { uuidToBytes } from '../bytes/uuid.ts'
import type {
  AlterPartitionRequest,
  AlterPartitionResult,
  LeaveIsrRequest,
  LeaveIsrResult,
  LeaveReason,
  LogEndsRequest,
  Reply,
} from '../controller/requests.ts'
import { lograft } from '../gen/lograft/controller/v1/controller.js'
import { domainCodec, LARGE_REQUEST, must, nameOf, nodeIdOf, topicIdOf } from './domain-codec.ts'
import type { Codec } from './service.ts'

const wire = lograft.controller.v1
/** No broker epoch, and nobody who leads. */
const NONE = -1

export const alterPartitionRequestCodec: Codec<AlterPartitionRequest> = domainCodec(
  wire.AlterPartitionRequest,
  ({ nodeId, brokerEpoch, partitions }: AlterPartitionRequest) => ({
    nodeId,
    brokerEpoch,
    partitions: partitions.map(({ topicId, isr, ...rest }) => ({
      ...rest,
      topicId: uuidToBytes(topicId),
      isr: isr.map(({ nodeId: id, brokerEpoch: epoch }) => ({
        nodeId: id,
        ...(epoch !== NONE && { brokerEpoch: epoch }),
      })),
    })),
  }),
  ({ nodeId, brokerEpoch, partitions }) => ({
    nodeId: nodeIdOf(nodeId),
    brokerEpoch,
    partitions: partitions.map(({ topicId, isr, ...rest }) => ({
      ...{ partition: rest.partition, leaderEpoch: rest.leaderEpoch },
      ...{ partitionEpoch: rest.partitionEpoch, isAskedAgain: rest.isAskedAgain },
      topicId: topicIdOf(topicId),
      isr: isr.map(({ nodeId: id, brokerEpoch: epoch }) => ({
        nodeId: nodeIdOf(id),
        brokerEpoch: epoch ?? NONE,
      })),
    })),
  }),
)

function resultToWire(result: AlterPartitionResult) {
  const { partition, errorCode } = result
  const place = { topicId: uuidToBytes(result.topicId), partition, errorCode }
  if (!('isr' in result)) return { ...place, errorMessage: result.errorMessage }
  const { leader, leaderEpoch, isr, partitionEpoch } = result
  return { ...place, leader, leaderEpoch, isr: [...isr], partitionEpoch }
}

type AlterPartitionReply = Reply & { readonly partitions: readonly AlterPartitionResult[] }

export const alterPartitionReplyCodec: Codec<AlterPartitionReply> = domainCodec(
  wire.AlterPartitionReply,
  ({ metadataOffset, partitions }: AlterPartitionReply) => ({
    metadataOffset,
    partitions: partitions.map(resultToWire),
  }),
  ({ metadataOffset, partitions }) => ({
    metadataOffset,
    partitions: partitions.map((result): AlterPartitionResult => {
      const { partition, errorCode, errorMessage } = result
      const place = { topicId: topicIdOf(result.topicId), partition }
      if (errorCode !== 0) return { ...place, errorCode, errorMessage: errorMessage ?? '' }
      const { leader, leaderEpoch, isr, partitionEpoch } = result
      must(leader >= NONE, 'a leader, or nobody')
      return {
        ...{ ...place, errorCode: 0, leaderEpoch, partitionEpoch },
        leader: leader === NONE ? NONE : asNodeId(leader),
        isr: isr.map(nodeIdOf),
      }
    }),
  }),
)

const { LeaveReason: Reason } = wire
const REASONS: Readonly<Record<LeaveReason, number>> = {
  'corrupt-segment': Reason.CORRUPT_SEGMENT,
  'full-disk': Reason.FULL_DISK,
  'failing-directory': Reason.FAILING_DIRECTORY,
  'records-lost': Reason.RECORDS_LOST,
}

export const leaveIsrRequestCodec: Codec<LeaveIsrRequest> = domainCodec(
  wire.LeaveIsrRequest,
  ({ nodeId, brokerEpoch, partitions }: LeaveIsrRequest) => ({
    nodeId,
    brokerEpoch,
    partitions: partitions.map(({ topicId, reason, ...rest }) => ({
      ...rest,
      topicId: uuidToBytes(topicId),
      reason: REASONS[reason],
    })),
  }),
  ({ nodeId, brokerEpoch, partitions }) => ({
    nodeId: nodeIdOf(nodeId),
    brokerEpoch,
    partitions: partitions.map(({ topicId, partition, leaderEpoch, reason }) => ({
      ...{ topicId: topicIdOf(topicId), partition, leaderEpoch },
      reason: nameOf(REASONS, reason, 'a reason to leave'),
    })),
  }),
)

type LeaveIsrReply = Reply & { readonly partitions: readonly LeaveIsrResult[] }

export const leaveIsrReplyCodec: Codec<LeaveIsrReply> = domainCodec(
  wire.LeaveIsrReply,
  ({ metadataOffset, partitions }: LeaveIsrReply) => ({
    metadataOffset,
    partitions: partitions.map(({ topicId, ...rest }) => ({
      ...rest,
      topicId: uuidToBytes(topicId),
    })),
  }),
  ({ metadataOffset, partitions }) => ({
    metadataOffset,
    partitions: partitions.map(
      ({ topicId, partition, errorCode, errorMessage, hasLeft }): LeaveIsrResult => ({
        ...{ topicId: topicIdOf(topicId), partition },
        ...(errorCode === 0
          ? { errorCode, hasLeft }
          : { errorCode, errorMessage: errorMessage ?? '' }),
      }),
    ),
  }),
)

export const logEndsRequestCodec: Codec<LogEndsRequest> = domainCodec(
  wire.LogEndsRequest,
  ({ nodeId, brokerEpoch, partitions }: LogEndsRequest) => ({
    nodeId,
    brokerEpoch,
    partitions: partitions.map(({ topicId, lastEpoch, ...rest }) => ({
      ...rest,
      topicId: uuidToBytes(topicId),
      ...(lastEpoch !== NONE && { lastEpoch }),
    })),
  }),
  ({ nodeId, brokerEpoch, partitions }) => ({
    nodeId: nodeIdOf(nodeId),
    brokerEpoch,
    partitions: partitions.map((end) => ({
      ...{ topicId: topicIdOf(end.topicId), partition: end.partition },
      ...{ partitionEpoch: end.partitionEpoch, logEndOffset: end.logEndOffset },
      lastEpoch: end.lastEpoch ?? NONE,
    })),
  }),
  LARGE_REQUEST,
)
