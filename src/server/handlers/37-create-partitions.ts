/**
 * CreatePartitions (KIP-195). v1 throttle (KIP-219) · v2 flexible. One topic's failure leaves the
 * others alone; those that succeed are one atomic change. The new partitions can be used at once.
 */
import { createPartitions } from '../../wire/apis/37-create-partitions.ts'
import { errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'
import { isInternalTopic } from '../../metadata/internal-topics.ts'
import { clipped, logRefusals } from '../refusals.ts'

export const handleCreatePartitions = handler(
  createPartitions,
  async ({ topics, validateOnly }, { controller, logger }, { peer }) => {
    const own = topics.filter(({ name }) => isInternalTopic(name))
    const rest = topics.filter(({ name }) => !isInternalTopic(name))
    const asked = rest.map(({ name, count, assignments }) => ({
      name,
      count,
      assignments: assignments?.map(({ brokerIds }) => brokerIds) ?? null,
    }))
    const decided =
      asked.length > 0 ? await controller.createPartitions({ topics: asked, validateOnly }) : []
    const results = [
      ...decided,
      ...new Map(own.map(({ name }) => [name, refusedAsInternal(name)])).values(),
    ]
    logRefusals({ logger, peer, phrase: 'partitions not created' }, results, ({ name: topic }) => ({
      topic,
    }))
    return {
      results: results.map(({ errorMessage, ...result }) => ({
        ...result,
        errorMessage: errorMessage === null ? null : clipped(errorMessage),
      })),
    }
  },
)

function refusedAsInternal(name: string) {
  const errorMessage = `${name} is a topic of the cluster's own, which clients do not change`
  return { name, errorCode: errors.INVALID_TOPIC_EXCEPTION, errorMessage }
}
