/**
 * In-sync replicas in the calls to the active controller, as bytes
 * (proto/lograft/controller/v1/controller.proto). Pure.
 */
import { asNodeId } from '../base/ids.ts'
import { uuidToBytes } from '../bytes/uuid.ts'
import type { AlterPartitionRequest, AlterPartitionResult, Reply } from '../controller/requests.ts'
import { lograft } from '../gen/lograft/controller/v1/controller.js'
import { domainCodec, must, nodeIdOf, topicIdOf } from './domain-codec.ts'
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
    partitions: partitions.map(({ topicId, partition, leaderEpoch, partitionEpoch, isr }) => ({
      ...{ topicId: topicIdOf(topicId), partition, leaderEpoch, partitionEpoch },
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
