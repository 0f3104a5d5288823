/**
 * DeleteTopics. v4 flexible · v5 error messages · v6 by name or by id (KIP-516). What is deleted
 * stops being served at once; its files are renamed now and removed later.
 */
import { asTopicId } from '../../base/ids.ts'
import { ZERO_UUID } from '../../bytes/uuid.ts'
import type { DeletableTopic } from '../../controller/requests.ts'
import { deleteTopics } from '../../wire/apis/20-delete-topics.ts'
import { errorMessage, errors } from '../../wire/errors.ts'
import { handler } from '../handler.ts'
import { clipped } from '../refusals.ts'

/** First version that knows TOPIC_DELETION_DISABLED. */
const DISABLED_SINCE = 3

export const handleDeleteTopics = handler(
  deleteTopics,
  async (request, { controller, config }, { apiVersion }) => {
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
    const results = await controller.deleteTopics(asked)
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
