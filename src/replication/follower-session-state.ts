/**
 * The follower's end of a fetch session (KIP-227): what is wanted of each partition, what the
 * leader was told of that, and so what the next request must say. A request costs what has changed.
 * Pure. When the session is lost, or it is open what became of a request, everything is said anew.
 */
import type { TopicId } from '../base/ids.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import { NEW_SESSION_EPOCH, nextEpoch, NO_SESSION } from './fetch-session-state.ts'

export interface FollowedPartition {
  readonly topicId: TopicId
  readonly index: number
}

/** What a follower says of a partition when it asks for it. */
export interface FollowerWish {
  readonly currentLeaderEpoch: number
  readonly fetchOffset: number
  readonly lastFetchedEpoch: number
  readonly logStartOffset: number
  readonly flushedOffset: number
  /** A flushed offset that has moved must be told (S19). */
  readonly tellsFlushed: boolean
  /** Known here; said along with the rest, and never a reason to say anything. */
  readonly highWatermark: number
  readonly maxBytes: number
}

export interface Wanted<P extends FollowedPartition> {
  readonly partition: P
  readonly wish: FollowerWish
}

export interface SessionRequest<P extends FollowedPartition> {
  readonly sessionId: number
  readonly sessionEpoch: number
  readonly wanted: readonly Wanted<P>[]
  readonly forgotten: readonly P[]
}

/** The session is not there any more, or not where this side thinks it is. */
const LOST: readonly ErrorCode[] = [
  errors.FETCH_SESSION_ID_NOT_FOUND,
  errors.INVALID_FETCH_SESSION_EPOCH,
  errors.FETCH_SESSION_TOPIC_ID_ERROR,
]

export class FollowerSession<P extends FollowedPartition> {
  #sessionId = NO_SESSION
  #epoch = NEW_SESSION_EPOCH
  readonly #wanted = new Map<string, Wanted<P>>()
  /** As of the last request. */
  readonly #told = new Map<string, Wanted<P>>()
  /** Where the two may differ. */
  readonly #changed = new Set<string>()

  /** Nothing is wanted. */
  get isEmpty(): boolean {
    return this.#wanted.size === 0
  }

  want(partition: P, wish: FollowerWish): void {
    const key = keyOf(partition)
    this.#wanted.set(key, { partition, wish })
    this.#changed.add(key)
  }

  drop(partition: FollowedPartition): void {
    const key = keyOf(partition)
    this.#wanted.delete(key)
    this.#changed.add(key)
  }

  /** What the last request said of it; null where the leader knows of no wish. */
  told({ topicId, index }: FollowedPartition): Wanted<P> | null {
    return this.#told.get(keyOf({ topicId, index })) ?? null
  }

  /** Whether the leader would have to be told if this were wished now. */
  isNew(partition: FollowedPartition, wish: FollowerWish): boolean {
    const told = this.#told.get(keyOf(partition))
    return told === undefined || !isSame(told.wish, wish)
  }

  /** The next request. From now on it counts as said. */
  next(): SessionRequest<P> {
    const { sessionId, sessionEpoch } = { sessionId: this.#sessionId, sessionEpoch: this.#epoch }
    if (sessionEpoch === NEW_SESSION_EPOCH) {
      this.#told.clear()
      for (const [key, wanted] of this.#wanted) this.#told.set(key, wanted)
      this.#changed.clear()
      return { sessionId, sessionEpoch, wanted: [...this.#wanted.values()], forgotten: [] }
    }
    const wanted: Wanted<P>[] = []
    const forgotten: P[] = []
    for (const key of this.#changed) {
      const now = this.#wanted.get(key)
      const told = this.#told.get(key)
      if (now === undefined) {
        this.#told.delete(key)
        if (told) forgotten.push(told.partition)
      } else if (told === undefined || !isSame(told.wish, now.wish)) {
        this.#told.set(key, now)
        wanted.push(now)
      }
    }
    this.#changed.clear()
    return { sessionId, sessionEpoch, wanted, forgotten }
  }

  /**
   * The answer to the last request, which named every partition if the session was new. False when
   * there is no such session any more: the next request says everything, and is to leave at once.
   */
  answered({ errorCode, sessionId }: { errorCode: ErrorCode; sessionId: number }): boolean {
    if (LOST.includes(errorCode) && this.#epoch !== NEW_SESSION_EPOCH) {
      if (errorCode === errors.FETCH_SESSION_ID_NOT_FOUND) this.#sessionId = NO_SESSION
      this.#epoch = NEW_SESSION_EPOCH
      return false
    }
    this.#sessionId = sessionId
    // A leader without room for a session answers everything each time.
    this.#epoch = sessionId === NO_SESSION ? NEW_SESSION_EPOCH : nextEpoch(this.#epoch)
    return true
  }

  /** The request may have been heard or not: a new session, in place of the one there is. */
  beginAnew(): void {
    this.#epoch = NEW_SESSION_EPOCH
  }
}

function keyOf({ topicId, index }: FollowedPartition): string {
  return `${topicId} ${index}`
}

function isSame(told: FollowerWish, now: FollowerWish): boolean {
  return (
    told.currentLeaderEpoch === now.currentLeaderEpoch &&
    told.fetchOffset === now.fetchOffset &&
    told.lastFetchedEpoch === now.lastFetchedEpoch &&
    told.logStartOffset === now.logStartOffset &&
    told.maxBytes === now.maxBytes &&
    told.tellsFlushed === now.tellsFlushed &&
    (!now.tellsFlushed || told.flushedOffset === now.flushedOffset)
  )
}
