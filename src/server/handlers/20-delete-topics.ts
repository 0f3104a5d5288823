/**
 * DeleteTopics. v4 flexible · v5 error messages · v6 by name or by id (KIP-516). What is deleted
 * stops being served at once; its files are renamed now and removed later. The cluster's own topics
 * are refused, where Kafka lets whoever may: with them all groups would lose their places.
 */
import { asTopicId } from '../../base/ids.ts'
import { ZERO_UUID } from '../../bytes/uuid.ts'
import type { DeletableTopic, FailedTopic } from '../../controller/requests.ts'
import type { MetadataImage } from '../../metadata/image.ts'
import { deleteTopics } from '../../wire/apis/20-delete-topics.ts'
import { errorMessage, errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'
import { isInternalTopic } from '../../metadata/internal-topics.ts'
import { clipped, logRefusals } from '../refusals.ts'

/** First version that knows TOPIC_DELETION_DISABLED. */
const DISABLED_SINCE = 3

export const handleDeleteTopics = handler(
  deleteTopics,
  async (request, { controller, config, metadata, logger }, { apiVersion, peer }) => {
    const asked: DeletableTopic[] = [
      ...request.topicNames.map((name) => ({ name, topicId: null })),
      ...request.topics.map(({ name, topicId }) => ({
        name,
        topicId: topicId === ZERO_UUID ? null : asTopicId(topicId),
      })),
    ]
    if (!config['delete.topic.enable']) {
      const errorCode =
        apiVersion < DISABLED_SINCE ? errors.INVALID_REQUEST : errors.TOPIC_DELETION_DISABLED
      return {
        responses: asked.map(({ name, topicId }) => ({
          name: name ?? (apiVersion < 6 ? '' : null),
          topicId: topicId ?? ZERO_UUID,
          errorCode,
          errorMessage: errorMessage(errorCode),
        })),
      }
    }
    const image = metadata()
    const own = asked.flatMap((topic) => refusedAsInternal(topic, image) ?? [])
    const rest = asked.filter((topic) => refusedAsInternal(topic, image) === null)
    const decided = rest.length > 0 ? await controller.deleteTopics(rest) : []
    logRefusals({ logger, peer, phrase: 'topic not deleted' }, own, ({ name }) => ({
      topic: name,
    }))
    const results = [...decided, ...own]
    return {
      responses: results.map((result) => ({
        name: result.name,
        topicId: result.topicId ?? ZERO_UUID,
        errorCode: result.errorCode,
        errorMessage: 'errorMessage' in result ? clipped(result.errorMessage) : null,
      })),
    }
  },
)

/** The answer for a topic of the cluster's own, however it is named; null for any other. */
function refusedAsInternal(
  { name, topicId }: DeletableTopic,
  { topics }: MetadataImage,
): FailedTopic | null {
  const byId = topicId === null ? undefined : topics.byId.get(topicId)?.name
  const own = [name, byId].find((called) => isInternalTopic(called ?? ''))
  if (own === undefined) return null
  return {
    ...{ name, topicId, errorCode: errors.INVALID_TOPIC_EXCEPTION },
    errorMessage: `${own} is a topic of the cluster's own, which clients do not delete`,
  }
}
