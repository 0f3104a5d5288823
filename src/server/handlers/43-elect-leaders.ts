/**
 * ElectLeaders (KIP-183, KIP-460). v1 names the type of election and has an error of its own · v2
 * flexible. Without topics it means every partition, and tells of those that needed an election.
 */
import type { ElectionType } from '../../controller/requests.ts'
import { electLeaders } from '../../wire/apis/43-elect-leaders.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'
import { byTopic } from '../partition-results.ts'
import { clipped, logRefusals } from '../refusals.ts'

const TYPES: readonly ElectionType[] = ['preferred', 'unclean']

export const handleElectLeaders = handler(
  electLeaders,
  async ({ electionType, topicPartitions }, { controller, logger }, { peer }) => {
    const type = TYPES[electionType]
    if (type === undefined) return { errorCode: errors.INVALID_REQUEST, replicaElectionResults: [] }
    const asked = topicPartitions?.flatMap(({ topic, partitions }) =>
      partitions.map((partition) => ({ topic, partition })),
    )
    const { errorCode, partitions: results } = await controller.electLeaders({
      type,
      partitions: asked ?? null,
    })
    logRefusals(
      { logger, peer, phrase: 'leader not elected' },
      results.filter((result) => result.errorCode !== errors.ELECTION_NOT_NEEDED),
      ({ topic, partition }) => ({ topic, partition }),
    )
    return {
      errorCode,
      replicaElectionResults: byTopic(results).map(([topic, partitions]) => ({
        topic,
        partitionResult: partitions.map(
          ({ partition: partitionId, errorCode: code, errorMessage }) => ({
            partitionId,
            errorCode: code,
            errorMessage: errorMessage === null ? null : clipped(errorMessage),
          }),
        ),
      })),
    }
  },
)
