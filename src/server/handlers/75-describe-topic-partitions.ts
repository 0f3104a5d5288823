/**
 * DescribeTopicPartitions (KIP-966): topics in the order of their names, a page of partitions at a
 * time, with eligible leader replicas. Never creates a topic.
 *
 * A page has at most `max.request.partition.size.limit` partitions. The cursor names the first one
 * that did not fit; given back, it begins the next page. A limit below 1, a partition below 0 and,
 * among named topics, a cursor that is none of them are INVALID_REQUEST. The response has no place
 * for an error of its own, so every topic gets it.
 */
import type { MetadataImage } from '../../metadata/image.ts'
import type { RequestOf, ResponseOf } from '../../wire/api.ts'
import { describeTopicPartitions } from '../../wire/apis/75-describe-topic-partitions.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import { TOPIC_OPERATIONS } from '../authorized-operations.ts'
import { ZERO_UUID } from '../../bytes/uuid.ts'
import { absence, describePartition } from '../descriptions.ts'
import { handler } from '../handler.ts'
import { isInternalTopic } from '../../metadata/internal-topics.ts'

type Request = RequestOf<typeof describeTopicPartitions>
type Response = ResponseOf<typeof describeTopicPartitions>
type Topic = Response['topics'][number]

export const handleDescribeTopicPartitions = handler(
  describeTopicPartitions,
  (request, { metadata, config }) => {
    const names = new Set(request.topics.map(({ name }) => name))
    if (!isValid(request, names)) return refused(request, names)
    const limit = Math.min(
      request.responsePartitionLimit,
      config['max.request.partition.size.limit'],
    )
    const image = metadata()
    const from = request.cursor?.topicName ?? ''
    const all = names.size === 0 ? image.topics.byName.keys() : names
    const wanted = [...all].filter((name) => name >= from).sort()
    return page(wanted, { image, limit, cursor: request.cursor })
  },
)

function isValid({ responsePartitionLimit, cursor }: Request, names: ReadonlySet<string>): boolean {
  if (responsePartitionLimit < 1) return false
  if (cursor === null) return true
  return cursor.partitionIndex >= 0 && (names.size === 0 || names.has(cursor.topicName))
}

function refused({ cursor }: Request, names: ReadonlySet<string>): Response {
  const named = names.size > 0 ? [...names] : [cursor?.topicName ?? null]
  return { topics: named.map((name) => failed(name, errors.INVALID_REQUEST)), nextCursor: null }
}

/** From the cursor on, as many partitions as the limit allows. */
function page(
  names: readonly string[],
  { image, limit, cursor }: { image: MetadataImage; limit: number; cursor: Request['cursor'] },
): Response {
  const topics: Topic[] = []
  let left = limit
  for (const name of names) {
    const topic = image.topics.byName.get(name)
    if (topic === undefined) {
      topics.push(failed(name, absence(name)))
      continue
    }
    const from = name === cursor?.topicName ? cursor.partitionIndex : 0
    const upTo = Math.min(topic.partitions.length, from + left)
    if (left === 0) return { topics, nextCursor: { topicName: name, partitionIndex: from } }
    const partitions = []
    for (let index = from; index < upTo; index += 1)
      partitions.push({
        ...describePartition(topic, index, image),
        eligibleLeaderReplicas: [...(topic.partitions[index]?.elr ?? [])],
        lastKnownElr: [...(topic.partitions[index]?.lastKnownElr ?? [])],
      })
    topics.push({
      errorCode: errors.NONE,
      name,
      topicId: topic.topicId,
      isInternal: isInternalTopic(name),
      partitions,
      topicAuthorizedOperations: TOPIC_OPERATIONS,
    })
    left -= partitions.length
    if (upTo < topic.partitions.length)
      return { topics, nextCursor: { topicName: name, partitionIndex: upTo } }
  }
  return { topics, nextCursor: null }
}

function failed(name: string | null, errorCode: ErrorCode): Topic {
  return { errorCode, name, topicId: ZERO_UUID, isInternal: false, partitions: [] }
}
