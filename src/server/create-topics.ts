/**
 * Topics that clients create, by request or on first use: the controller's work, without the names
 * that are the cluster's own. Refusals are logged, because many clients show a code and drop the
 * reason.
 */
import type { CreateTopicResult, CreateTopicsRequest } from '../controller/requests.ts'
import { errors } from '../wire/errors.ts'
import type { Call, Services } from './handler.ts'
import { isInternalTopic } from '../metadata/internal-topics.ts'
import { logRefusals } from './refusals.ts'

/** One result per topic name, refused ones included. */
export async function createTopicsForClient(
  { topics, validateOnly }: CreateTopicsRequest,
  { controller, logger }: Services,
  { peer }: Call,
): Promise<readonly CreateTopicResult[]> {
  const own = topics.filter(({ name }) => isInternalTopic(name)).map(({ name }) => refuse(name))
  const rest = topics.filter(({ name }) => !isInternalTopic(name))
  const decided =
    rest.length > 0 ? await controller.createTopics({ topics: rest, validateOnly }) : []
  const results = [...decided, ...own]
  logRefusals({ logger, peer, phrase: 'topic not created' }, results, ({ name }) => ({
    topic: name,
  }))
  return results
}

function refuse(name: string): CreateTopicResult {
  const errorMessage = `${name} is a topic of the cluster's own, which clients do not create`
  return { name, topicId: null, errorCode: errors.INVALID_TOPIC_EXCEPTION, errorMessage }
}
