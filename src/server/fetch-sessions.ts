/**
 * What a Fetch reads and what it is answered with, by the session it names (KIP-227): all of the
 * request for (0, -1), the same and a new session for (x, 0), the session's news for (x, n). A full
 * fetch ends the session it names. Nothing here waits; while a fetch does, its session may be
 * closed or go on without it, so `answer` looks again. A fetch that names what no topic can be
 * called has no session: names may be long, and are kept only where there could be such a topic.
 */
import { asTopicId } from '../base/ids.ts'
import { topicNameFault } from '../controller/topic-control.ts'
import type { Fetched, FetchingReplica, FetchSource } from '../replication/fetch.ts'
import { allOf } from '../replication/fetch.ts'
import type { FetchTopic, Locate, SessionContext } from '../replication/fetch-session.ts'
import { FetchPartition, FetchSession } from '../replication/fetch-session.ts'
import {
  NEW_SESSION_EPOCH,
  NO_SESSION,
  SESSIONLESS_EPOCH,
} from '../replication/fetch-session-state.ts'
import type { Isolation } from '../replication/partition-requests.ts'
import type { RequestOf } from '../wire/api.ts'
import type { fetch as fetchApi } from '../wire/apis/01-fetch.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import type { Services } from './handler.ts'

type Request = RequestOf<typeof fetchApi>
type Results = readonly Fetched<FetchPartition>[]

export interface OpenedFetch {
  readonly source: FetchSource<FetchPartition>
  /** Which of the results the client is told, as part of which session. Called once. */
  answer(results: Results): { errorCode: ErrorCode; sessionId: number; told: Results }
}

interface Context extends SessionContext {
  readonly usesTopicIds: boolean
}

/** First version that names topics by their ids. */
const TOPIC_IDS_SINCE = 13

/** The fetch, or FETCH_SESSION_ID_NOT_FOUND and its like: then all of it is refused. */
export function openFetch(
  request: Request,
  services: Services,
  {
    apiVersion,
    isolation,
    replica,
  }: { apiVersion: number; isolation: Isolation; replica: FetchingReplica | null },
): OpenedFetch | ErrorCode {
  const usesTopicIds = apiVersion >= TOPIC_IDS_SINCE
  const locate: Locate = (topic, index) => locatePartition(services, topic, index)
  const nowMs = services.clock.monotonicMs()
  const context = { locate, isolation, usesTopicIds, replica, nowMs }
  const { sessionEpoch } = request
  return sessionEpoch === NEW_SESSION_EPOCH || sessionEpoch === SESSIONLESS_EPOCH
    ? fullFetch(request, services, context)
    : incrementalFetch(request, services, context)
}

function fullFetch(
  { sessionId, sessionEpoch, topics }: Request,
  { fetchSessions }: Services,
  context: Context,
): OpenedFetch {
  if (sessionId !== NO_SESSION) fetchSessions.close(sessionId)
  return {
    source: allOf(partitionsOf(topics, context)),
    answer(told) {
      const kept =
        sessionEpoch === NEW_SESSION_EPOCH && canBeKept(topics, context)
          ? fetchSessions.create(new FetchSession(told, context), {
              privileged: context.replica !== null,
            })
          : NO_SESSION
      return { errorCode: errors.NONE, sessionId: kept, told }
    },
  }
}

/** A partition asked for twice is read once, as it was asked for last (as in Kafka). */
function partitionsOf(
  topics: Request['topics'],
  { usesTopicIds, locate }: Context,
): FetchPartition[] {
  const entries = new Map<string, { topic: FetchTopic; byIndex: Map<number, FetchPartition> }>()
  for (const asked of topics) {
    const key = usesTopicIds ? asked.topicId : asked.topic
    const { topic, byIndex } = entries.get(key) ?? {
      topic: topicOf(asked, usesTopicIds),
      byIndex: new Map<number, FetchPartition>(),
    }
    entries.set(key, { topic, byIndex })
    for (const { partition: index, partitionMaxBytes: maxBytes, ...wish } of asked.partitions) {
      const entry = byIndex.get(index) ?? new FetchPartition(topic, index, locate)
      byIndex.set(index, entry)
      entry.wish({ ...wish, maxBytes })
    }
  }
  return [...entries.values()].flatMap(({ byIndex }) => [...byIndex.values()])
}

function incrementalFetch(
  { sessionId, sessionEpoch, topics, forgottenTopicsData }: Request,
  { fetchSessions }: Services,
  context: Context,
): OpenedFetch | ErrorCode {
  const session = fetchSessions.get(sessionId)
  if (session === null) return errors.FETCH_SESSION_ID_NOT_FOUND
  if (session.epoch !== sessionEpoch) return errors.INVALID_FETCH_SESSION_EPOCH
  const { usesTopicIds } = context
  if (session.usesTopicIds !== usesTopicIds) return errors.FETCH_SESSION_TOPIC_ID_ERROR
  if (!canBeKept(topics, context)) {
    // The client begins anew, and is answered in full from then on.
    fetchSessions.close(sessionId)
    return errors.FETCH_SESSION_ID_NOT_FOUND
  }

  session.begin(context)
  for (const asked of topics) {
    const topic = topicOf(asked, usesTopicIds)
    for (const { partition: index, partitionMaxBytes: maxBytes, ...wish } of asked.partitions)
      session.want(topic, index, { ...wish, maxBytes })
  }
  for (const forgotten of forgottenTopicsData) {
    const topic = topicOf(forgotten, usesTopicIds)
    for (const index of forgotten.partitions) session.forget(topic, index)
  }
  if (session.isEmpty) {
    fetchSessions.close(sessionId)
    return {
      source: allOf([]),
      answer: (told) => ({ errorCode: errors.NONE, sessionId: NO_SESSION, told }),
    }
  }
  if (!fetchSessions.touch(sessionId)) return errors.FETCH_SESSION_ID_NOT_FOUND
  return { source: session, answer: answerOf(session, sessionId) }
}

function canBeKept(topics: Request['topics'], { usesTopicIds }: Context): boolean {
  return usesTopicIds || topics.every(({ topic }) => topicNameFault(topic) === null)
}

function answerOf(session: FetchSession, sessionId: number): OpenedFetch['answer'] {
  const { epoch } = session
  return (results) => {
    if (session.isClosed)
      return { errorCode: errors.FETCH_SESSION_ID_NOT_FOUND, sessionId: NO_SESSION, told: [] }
    if (session.epoch !== epoch)
      return { errorCode: errors.INVALID_FETCH_SESSION_EPOCH, sessionId, told: [] }
    return { errorCode: errors.NONE, sessionId, told: session.tell(results) }
  }
}

function topicOf(
  { topic, topicId }: { topic: string; topicId: string },
  usesTopicIds: boolean,
): FetchTopic {
  return usesTopicIds ? { name: null, topicId } : { name: topic, topicId: null }
}

/** An id is looked up each time: it is never taken for a later topic of the same name. */
function locatePartition(
  { replicas, metadata }: Services,
  { name, topicId }: FetchTopic,
  index: number,
): ReturnType<Locate> {
  if (name !== null) return replicas.find(name, index)
  const topic = metadata().topics.byId.get(asTopicId(topicId ?? ''))
  if (topic === undefined) return errors.UNKNOWN_TOPIC_ID
  const found = replicas.find(topic.name, index)
  const isOther = typeof found !== 'number' && found.topicId !== topicId
  return isOther ? errors.INCONSISTENT_TOPIC_ID : found
}
