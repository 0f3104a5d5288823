/**
 * Topics that clients create, by request or on first use: the controller's work, without the names
 * that are the cluster's own. Refusals are logged, because many clients show a code and drop the
 * reason.
 */
import type { CreateTopicResult, CreateTopicsRequest } from '../controller/requests.ts'
import { errorName, errors } from '../wire/errors.ts'
import type { Call, Services } from './handler.ts'

/**
 * Where Kafka keeps committed offsets and transactions. What a client had put there could not be
 * trusted later.
 */
const INTERNAL_TOPICS = new Set(['__consumer_offsets', '__transaction_state'])

/** One result per topic name, refused ones included. */
export async function createTopicsForClient(
  { topics, validateOnly }: CreateTopicsRequest,
  { controller, logger }: Services,
  { peer }: Call,
): Promise<readonly CreateTopicResult[]> {
  const own = topics.filter(({ name }) => INTERNAL_TOPICS.has(name)).map(({ name }) => refuse(name))
  const rest = topics.filter(({ name }) => !INTERNAL_TOPICS.has(name))
  const decided =
    rest.length > 0 ? await controller.createTopics({ topics: rest, validateOnly }) : []
  const results = [...decided, ...own]
  for (const result of results) {
    if (!('errorMessage' in result)) continue
    const { name: topic, errorCode, errorMessage: reason } = result
    logger.info({ peer, topic, error: errorName(errorCode), reason }, 'topic not created')
  }
  return results
}

function refuse(name: string): CreateTopicResult {
  const errorMessage = `${name} is a topic of the cluster's own, which clients do not create`
  return { name, topicId: null, errorCode: errors.INVALID_TOPIC_EXCEPTION, errorMessage }
}
