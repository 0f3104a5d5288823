/**
 * AlterPartitionReassignments (KIP-455). It begins, replaces or takes back what is under way; when
 * it is over is for whoever asked to find out (46). Each partition succeeds or fails on its own.
 */
import { alterPartitionReassignments } from '../../wire/apis/45-alter-partition-reassignments.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'
import { byTopic } from '../partition-results.ts'
import { clipped, logRefusals } from '../refusals.ts'

export const handleAlterPartitionReassignments = handler(
  alterPartitionReassignments,
  async ({ topics, allowReplicationFactorChange }, { controller, logger }, { peer }) => {
    const keepsCount = !allowReplicationFactorChange
    const asked = topics.flatMap(({ name: topic, partitions }) =>
      partitions.map(({ partitionIndex: partition, replicas }) => {
        return { topic, partition, replicas, keepsCount }
      }),
    )
    const results = asked.length > 0 ? await controller.alterReassignments(asked) : []
    logRefusals(
      { logger, peer, phrase: 'replicas not reassigned' },
      results,
      ({ topic, partition }) => ({ topic, partition }),
    )
    return {
      allowReplicationFactorChange,
      errorCode: errors.NONE,
      errorMessage: null,
      responses: byTopic(results).map(([name, partitions]) => ({
        name,
        partitions: partitions.map(({ partition: partitionIndex, errorCode, errorMessage }) => ({
          partitionIndex,
          errorCode,
          errorMessage: errorMessage === null ? null : clipped(errorMessage),
        })),
      })),
    }
  },
)
