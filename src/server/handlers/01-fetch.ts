/**
 * Fetch. v4 read_committed · v5 log start offset · v7 sessions (KIP-227) · v9 leader epochs
 * (KIP-320) · v10 zstd · v11 rack (KIP-392) · v12 flexible, diverging epochs (KIP-595) · v13 topic
 * ids (KIP-516) · v15 the replica id in a tag (KIP-903) · v16 where the leader is (KIP-951).
 *
 * Which partitions are looked at, and which of them are named in the answer, is decided in
 * `server/fetch-sessions.ts`. Without a session that is every partition asked for.
 */
import { asNodeId, asTopicId } from '../../base/ids.ts'
import { ZERO_UUID } from '../../bytes/uuid.ts'
import type { MetadataImage } from '../../metadata/image.ts'
import type { Fetched, FetchingReplica } from '../../replication/fetch.ts'
import { fetch } from '../../replication/fetch.ts'
import type { FetchPartition, FetchTopic } from '../../replication/fetch-session.ts'
import type { ReadResult } from '../../replication/partition-requests.ts'
import type { RequestOf, ResponseOf } from '../../wire/api.ts'
import { fetch as fetchApi } from '../../wire/apis/01-fetch.ts'
import { errors } from '../../wire/errors.ts'
import { liveBrokers } from '../descriptions.ts'
import { openFetch } from '../fetch-sessions.ts'
import { handler } from '../handler.ts'

type Request = RequestOf<typeof fetchApi>
type Response = ResponseOf<typeof fetchApi>
type PartitionAnswer = Response['responses'][number]['partitions'][number]
type Results = readonly Fetched<FetchPartition>[]

const READ_COMMITTED = 1
/** First version whose clients can read zstd. */
const ZSTD_SINCE = 10
/** First version whose clients look for the new leader in the answer of the old one. */
const LEADERS_SINCE = 16

export const handleFetch = handler(fetchApi, (request, services, call) => {
  const { apiVersion } = call
  const replica = replicaOf(request)
  const readCommitted = replica === null && request.isolationLevel === READ_COMMITTED
  const consumers = readCommitted ? 'read-committed' : 'read-uncommitted'
  const isolation = replica === null ? consumers : 'log-end'
  const opened = openFetch(request, services, { apiVersion, isolation, replica })
  if (typeof opened === 'number') return { errorCode: opened, responses: [] }

  const mostBytes = Math.min(request.maxBytes, services.config['fetch.max.bytes'])
  const results = fetch(
    opened.source,
    {
      isolation,
      minBytes: Math.min(request.minBytes, mostBytes),
      maxBytes: () => Math.min(mostBytes, services.responseBudgetBytes()),
      maxWaitMs: request.maxWaitMs,
      readsZstd: apiVersion >= ZSTD_SINCE,
      whenLeaving: replica === null ? call.whenLeaving : call.whenHurried,
      replica,
    },
    services.clock,
  )
  const respond = (settled: Results): Response => {
    for (const { entry, result } of settled)
      if (typeof entry.partition !== 'number')
        entry.partition.traffic.sent(result.sizeBytes, { toReplica: replica !== null })
    const { told, ...head } = opened.answer(settled)
    const image = apiVersion >= LEADERS_SINCE ? services.metadata() : null
    return { ...head, ...describe(told, { readCommitted, image }) }
  }
  return results instanceof Promise ? results.then(respond) : respond(results)
})

/** The broker that replicates from this one; null for a consumer. From v15 on it is in a tag. */
function replicaOf({ replicaId: before15, replicaState }: Request): FetchingReplica | null {
  const { replicaId, replicaEpoch } = replicaState
  if (replicaId >= 0) return { nodeId: asNodeId(replicaId), brokerEpoch: replicaEpoch }
  return before15 >= 0 ? { nodeId: asNodeId(before15), brokerEpoch: -1 } : null
}

/** The results by topic, in their order; with an image, also where leaders are that moved. */
function describe(
  results: Results,
  { readCommitted, image }: { readCommitted: boolean; image: MetadataImage | null },
): Pick<Response, 'responses' | 'nodeEndpoints'> {
  const partitionsOf = new Map<FetchTopic, PartitionAnswer[]>()
  const leaders = new Set<number>()
  for (const { entry, result } of results) {
    const leader = image && isMoved(result) ? currentLeader(entry, image) : null
    if (leader) leaders.add(leader.leaderId)
    const answer = {
      ...describePartition(entry, result, readCommitted),
      ...(leader && { currentLeader: leader }),
    }
    const siblings = partitionsOf.get(entry.topic)
    if (siblings) siblings.push(answer)
    else partitionsOf.set(entry.topic, [answer])
  }
  return {
    responses: [...partitionsOf].map(([{ name, topicId }, partitions]) => ({
      topic: name ?? '',
      topicId: topicId ?? ZERO_UUID,
      partitions,
    })),
    nodeEndpoints: (image ? liveBrokers(image) : [])
      .filter(({ nodeId }) => leaders.has(nodeId))
      .map(({ nodeId, host, port, rack }) => ({ nodeId, host, port, rack })),
  }
}

function describePartition(
  { index }: FetchPartition,
  result: ReadResult,
  readCommitted: boolean,
): PartitionAnswer {
  const { errorCode, highWatermark, lastStableOffset, logStartOffset } = result
  return {
    partitionIndex: index,
    errorCode,
    highWatermark,
    lastStableOffset,
    logStartOffset,
    ...divergence(result),
    // There are no transactions, so none was aborted; null is for those who did not ask.
    abortedTransactions: readCommitted ? [] : null,
    records: result.chunks,
  }
}

/** Tagged, and left out where the logs agree. */
function divergence({ divergingEpoch }: ReadResult) {
  if (!divergingEpoch) return {}
  const { leaderEpoch: epoch, endOffset } = divergingEpoch
  return { divergingEpoch: { epoch, endOffset } }
}

/** The client's idea of the leader is out of date (KIP-951). */
function isMoved({ errorCode }: ReadResult): boolean {
  return errorCode === errors.NOT_LEADER_OR_FOLLOWER || errorCode === errors.FENCED_LEADER_EPOCH
}

function currentLeader({ topic: { name, topicId }, index }: FetchPartition, image: MetadataImage) {
  const { byName, byId } = image.topics
  const topic = name === null ? byId.get(asTopicId(topicId ?? '')) : byName.get(name)
  const registration = topic?.partitions[index]
  return registration
    ? { leaderId: registration.leader, leaderEpoch: registration.leaderEpoch }
    : null
}
