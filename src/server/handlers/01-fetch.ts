/**
 * Fetch. v4 read_committed · v5 log start offset · v7 sessions (KIP-227) · v9 leader epochs
 * (KIP-320) · v10 zstd · v11 rack (KIP-392) · v12 flexible, diverging epochs (KIP-595).
 *
 * Sessions are refused by answering session id 0, which the protocol allows for ever; so every
 * response is full and names every partition asked for.
 */
import { ZERO_UUID } from '../../bytes/uuid.ts'
import { errors } from '../../wire/errors.ts'
import type { RequestOf } from '../../wire/api.ts'
import { fetch as fetchApi } from '../../wire/apis/01-fetch.ts'
import type { FetchEntry } from '../../replication/fetch.ts'
import { fetch } from '../../replication/fetch.ts'
import type { ReadResult } from '../../replication/partition.ts'
import { handler } from '../handler.ts'

type Topics = RequestOf<typeof fetchApi>['topics']

const READ_COMMITTED = 1
/** First version whose clients can read zstd. */
const ZSTD_SINCE = 10

export const handleFetch = handler(
  fetchApi,
  (request, { replicas, clock, config, responseBudgetBytes }, { apiVersion }) => {
    // Incremental, of a session this broker never made.
    if (request.sessionEpoch > 0)
      return { errorCode: errors.FETCH_SESSION_ID_NOT_FOUND, responses: [] }

    const topics = withoutRepeats(request.topics)
    const entries = topics.flatMap(({ topic, partitions }) =>
      partitions.map((asked): FetchEntry => ({
        // No broker replicates from this one, so whoever says it does is mistaken.
        partition:
          request.replicaId >= 0
            ? errors.NOT_LEADER_OR_FOLLOWER
            : replicas.find(topic, asked.partition),
        currentLeaderEpoch: asked.currentLeaderEpoch,
        fetchOffset: asked.fetchOffset,
        lastFetchedEpoch: asked.lastFetchedEpoch,
        maxBytes: asked.partitionMaxBytes,
      })),
    )
    const mostBytes = Math.min(request.maxBytes, config['fetch.max.bytes'])
    const readCommitted = request.isolationLevel === READ_COMMITTED
    const results = fetch(
      entries,
      {
        isolation: readCommitted ? 'read-committed' : 'read-uncommitted',
        minBytes: request.minBytes,
        maxBytes: () => Math.min(mostBytes, responseBudgetBytes()),
        maxWaitMs: request.maxWaitMs,
        readsZstd: apiVersion >= ZSTD_SINCE,
      },
      clock,
    )
    return results instanceof Promise
      ? results.then((settled) => respond(topics, settled, readCommitted))
      : respond(topics, results, readCommitted)
  },
  { versions: [4, 12] },
)

/** A partition asked for twice is answered once, as it was asked for last (as in Kafka). */
function withoutRepeats(topics: Topics): Topics {
  if (topics.length === 1 && topics[0]?.partitions.length === 1) return topics
  const byTopic = new Map<string, Map<number, Topics[number]['partitions'][number]>>()
  for (const { topic, partitions } of topics) {
    const asked = byTopic.get(topic) ?? new Map<number, Topics[number]['partitions'][number]>()
    byTopic.set(topic, asked)
    for (const partition of partitions) asked.set(partition.partition, partition)
  }
  return [...byTopic].map(([topic, partitions]) => ({
    topic,
    topicId: ZERO_UUID,
    partitions: [...partitions.values()],
  }))
}

/** Tagged, and left out where the logs agree. */
function divergence({ divergingEpoch }: ReadResult) {
  if (!divergingEpoch) return {}
  const { leaderEpoch: epoch, endOffset } = divergingEpoch
  return { divergingEpoch: { epoch, endOffset } }
}

function respond(topics: Topics, results: readonly ReadResult[], readCommitted: boolean) {
  let next = 0
  return {
    throttleTimeMs: 0,
    errorCode: errors.NONE,
    sessionId: 0,
    responses: topics.map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ partition: partitionIndex }) => {
        const result = results[next++] as ReadResult
        return {
          partitionIndex,
          errorCode: result.errorCode,
          highWatermark: result.highWatermark,
          lastStableOffset: result.lastStableOffset,
          logStartOffset: result.logStartOffset,
          ...divergence(result),
          // There are no transactions, so none was aborted; null is for those who did not ask.
          abortedTransactions: readCommitted ? [] : null,
          records: result.chunks,
        }
      }),
    })),
  }
}
