/**
 * Producer ids, given away in blocks that never overlap (invariant B12). A block whose answer is
 * lost is simply never used. Pure.
 */
import type { MetadataImage } from '../metadata/image.ts'
import { requireBroker } from './cluster-control.ts'
import type { BrokerRequest, ProducerIdBlock } from './requests.ts'
import type { CommandResult } from './result.ts'
import { refusal } from './result.ts'

/** Kafka's block size. */
const PRODUCER_IDS_PER_BLOCK = 1_000

/** Refuses with STALE_BROKER_EPOCH; with UNKNOWN_SERVER_ERROR when no ids are left (2^53). */
export function allocateProducerIds(
  image: MetadataImage,
  request: BrokerRequest,
): CommandResult<ProducerIdBlock> {
  const { nodeId, brokerEpoch } = requireBroker(image, request)
  const firstProducerId = image.producerIds.nextProducerId
  const nextProducerId = firstProducerId + PRODUCER_IDS_PER_BLOCK
  if (!Number.isSafeInteger(nextProducerId))
    throw refusal('UNKNOWN_SERVER_ERROR', 'all producer ids were given away')
  return {
    records: [{ type: 'ProducerIds', nodeId, brokerEpoch, nextProducerId }],
    reply: { firstProducerId, count: PRODUCER_IDS_PER_BLOCK },
    atomic: true,
  }
}
