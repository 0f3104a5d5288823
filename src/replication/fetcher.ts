/**
 * Follows one leader: a connection, and on it one fetch after the other for all partitions that
 * follow that broker, in a session, so that a fetch costs what has changed. What comes is taken by
 * `follower-answer.ts`. A partition that cannot go on waits by itself, and newer metadata ends its
 * waiting (S26). It decides nothing about leadership: an answer counts only if what was asked for
 * still holds when it arrives.
 *
 * When there is something to say while a fetch waits at the leader (another partition, another
 * epoch, an fsync that has ended), an empty fetch is sent behind it: the leader lets nobody wait
 * who has sent more.
 */
import { background, type Background } from '../base/background.ts'
import type { Clock, Timer } from '../base/clock.ts'
import { LograftError } from '../base/errors.ts'
import { asTopicId, type NodeId, type TopicId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { Net } from '../base/net.ts'
import { Connection } from '../client/connection.ts'
import { BrokerError } from '../client/errors.ts'
import type { IncomingResponse } from '../wire/api.ts'
import { fetch as fetchApi } from '../wire/apis/01-fetch.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errorName, errors } from '../wire/errors.ts'
import { SESSIONLESS_EPOCH } from './fetch-session-state.ts'
import type { FetchAnswer, Taken } from './follower-answer.ts'
import { comeIntoRange, takeAnswer } from './follower-answer.ts'
import type { FollowerWish, SessionRequest, Wanted } from './follower-session-state.ts'
import { FollowerSession } from './follower-session-state.ts'
import { leaderRange } from './leader-range.ts'
import type { Partition } from './partition.ts'
import type { BrokerAddress } from './ports.ts'

export interface FetcherOptions {
  readonly self: NodeId
  readonly leader: NodeId
  readonly address: BrokerAddress
  readonly brokerEpoch: () => number
  /** `replica.fetch.wait.max.ms`, `replica.fetch.max.bytes`, `replica.fetch.response.max.bytes`. */
  readonly limits: { readonly waitMs: number; readonly bytes: number; readonly totalBytes: number }
  readonly net: Net
  readonly clock: Clock
  readonly logger: Logger
  readonly fatal: (error: Error) => void
}

/** Topic ids and the replica's broker epoch; where the leader is would be for clients. */
const FETCH_VERSION = 15
const CONNECT_TIMEOUT_MS = 2_000
/** Beyond what the leader may wait: a link that was cut and is whole again is dialled anew. */
const ANSWER_TIMEOUT_MS = 10_000
const BACKOFF_MIN_MS = 10
const BACKOFF_MAX_MS = 1_000
/** What is sent behind a fetch that waits. */
const HURRY = {
  ...{ maxWaitMs: 0, minBytes: 0, maxBytes: 0 },
  ...{ sessionId: 0, sessionEpoch: SESSIONLESS_EPOCH, topics: [] },
}

/**
 * Whose disk was full, and who has left the ISR, stays away for so long when it is placed anew:
 * with nothing new to take in it would be in sync at once, and be elected again by those whose
 * disks are full, too (S14). Who is in the ISR is waited for.
 */
const FULL_DISK_MS = 1_000

interface Followed {
  readonly partition: Partition
  /** Ends its back-off; null while all is well. */
  retry: Timer | null
  /** Newer metadata will follow it anew, and nothing else helps. */
  isFenced: boolean
  /** There was more, when it last heard; so is who was told nothing yet. */
  isBehind: boolean
  backoffMs: number
  readonly stopWatching: () => void
}

export class Fetcher {
  readonly #options: FetcherOptions
  readonly #followed = new Map<Partition, Followed>()
  readonly #session = new FollowerSession<Partition>()
  /** Of whom there may be something new to say. */
  readonly #changed = new Set<Followed>()
  #connection: Connection | null = null
  /** A fetch is at the leader, and was not hurried yet. */
  #waits = false
  #task: Background | null = null
  /** Ends a pause. */
  #go: (() => void) | null = null

  constructor(options: FetcherOptions) {
    this.#options = options
  }

  get #timeoutMs(): number {
    return this.#options.limits.waitMs + ANSWER_TIMEOUT_MS
  }

  get isIdle(): boolean {
    return this.#followed.size === 0
  }

  /** From now on, or anew: what it waited for may have come. */
  follow(partition: Partition): void {
    this.unfollow(partition)
    const followed: Followed = {
      ...{ partition, retry: null, isFenced: false, isBehind: true, backoffMs: BACKOFF_MIN_MS },
      stopWatching: partition.watch(() => {
        this.#changed.add(followed)
        if (this.#waits && this.#session.isNew(partition, this.#wishOf(followed))) this.#hurry()
      }),
    }
    this.#followed.set(partition, followed)
    this.#changed.add(followed)
    const { ailment, standing } = partition
    if (ailment === 'full-disk' && !standing.isInSync) this.#retryIn(followed, FULL_DISK_MS)
    const { leader, fatal } = this.#options
    this.#task ??= background(`fetcher of node ${leader}`, (signal) => this.#run(signal), fatal)
    this.#hurry()
  }

  unfollow(partition: Partition): void {
    const followed = this.#followed.get(partition)
    if (followed === undefined) return
    followed.retry?.cancel()
    followed.stopWatching()
    this.#followed.delete(partition)
    this.#changed.delete(followed)
    this.#session.drop(partition)
  }

  async stop(): Promise<void> {
    for (const partition of [...this.#followed.keys()]) this.unfollow(partition)
    const stopped = this.#task?.stop()
    this.#connection?.close()
    this.#go?.()
    await stopped
  }

  // --- rounds

  async #run(signal: AbortSignal): Promise<void> {
    let backoffMs = BACKOFF_MIN_MS
    while (!signal.aborted) {
      this.#sayWhatChanged()
      if (this.#session.isEmpty) {
        await this.#pause(null)
        continue
      }
      try {
        await this.#round(signal)
        backoffMs = BACKOFF_MIN_MS
      } catch (thrown) {
        if (!(thrown instanceof LograftError)) throw thrown
        const { leader, logger } = this.#options
        this.#connection?.close()
        this.#connection = null
        this.#session.beginAnew()
        if (signal.aborted) return
        logger.debug({ leader, err: thrown }, 'a fetch from the leader failed')
        await this.#pause(backoffMs)
        backoffMs = Math.min(2 * backoffMs, BACKOFF_MAX_MS)
      }
    }
  }

  /** Until there is news or, with a time, until that has passed. */
  #pause(forMs: number | null): Promise<void> {
    return new Promise((resolve) => {
      const go = () => {
        timer?.cancel()
        this.#go = null
        resolve()
      }
      const timer = forMs === null ? null : this.#options.clock.timer(forMs, go)
      this.#go = go
    })
  }

  /** There is something new to say, which does not wait. */
  #hurry(): void {
    this.#go?.()
    if (!this.#waits) return
    this.#waits = false
    const timeoutMs = this.#timeoutMs
    // That it failed, the fetch in front of it tells.
    this.#connection?.request(fetchApi, FETCH_VERSION, HURRY, { timeoutMs }).catch(() => {})
  }

  #sayWhatChanged(): void {
    for (const followed of this.#changed) {
      const { partition, retry, isFenced } = followed
      if (retry !== null || isFenced || this.#isHeldBack(followed)) this.#session.drop(partition)
      else this.#session.want(partition, this.#wishOf(followed))
    }
    this.#changed.clear()
  }

  #wishOf({ partition }: Followed): FollowerWish {
    const { log, leaderEpoch: currentLeaderEpoch, countsFlushed: tellsFlushed } = partition
    return {
      ...{ currentLeaderEpoch, tellsFlushed, maxBytes: this.#options.limits.bytes },
      fetchOffset: log.logEndOffset,
      lastFetchedEpoch: log.latestEpoch,
      logStartOffset: log.logStartOffset,
      flushedOffset: log.flushedOffset,
      highWatermark: log.highWatermark,
    }
  }

  async #connected(): Promise<Connection> {
    const { self, address, net, clock } = this.#options
    if (this.#connection?.isOpen) return this.#connection
    const clientId = `replica-${self}`
    const options = { net, clock, address, clientId, connectTimeoutMs: CONNECT_TIMEOUT_MS }
    this.#connection = await Connection.open(options)
    return this.#connection
  }

  async #round(signal: AbortSignal): Promise<void> {
    const connection = await this.#connected()
    if (signal.aborted) return connection.close()
    // While it was dialled, more may have come.
    this.#sayWhatChanged()
    if (this.#session.isEmpty) return
    const request = this.#requestOf(this.#session.next())
    const timeoutMs = this.#timeoutMs
    this.#waits = true
    const asked = connection.requestLent(
      fetchApi,
      FETCH_VERSION,
      request,
      { timeoutMs },
      (response) => {
        this.#waits = false
        return this.#answered(response)
      },
    )
    const outOfRange = await asked.finally(() => (this.#waits = false))
    for (const wanted of outOfRange) await this.#comeIntoRange(wanted, connection)
  }

  /** Takes what came, whose bytes are only lent; gives back who is out of the leader's range. */
  #answered(response: IncomingResponse<typeof fetchApi>): readonly Wanted<Partition>[] {
    const { errorCode } = response
    if (!this.#session.answered(response)) {
      const { leader, logger } = this.#options
      logger.debug({ leader, why: errorName(errorCode) }, 'a fetch session is lost')
      return []
    }
    if (errorCode !== errors.NONE) throw new BrokerError(errorCode, 'a fetch')
    const outOfRange: Wanted<Partition>[] = []
    for (const { topicId, partitions } of response.responses)
      for (const answer of partitions) {
        const wanted = this.#session.told({
          topicId: asTopicId(topicId),
          index: answer.partitionIndex,
        })
        if (wanted !== null && this.#take(wanted, answer)) outOfRange.push(wanted)
      }
    return outOfRange
  }

  #requestOf({ sessionId, sessionEpoch, wanted, forgotten }: SessionRequest<Partition>) {
    const { self, brokerEpoch, limits } = this.#options
    return {
      replicaState: { replicaId: self, replicaEpoch: brokerEpoch() },
      ...{ maxWaitMs: limits.waitMs, minBytes: 1, maxBytes: limits.totalBytes },
      ...{ sessionId, sessionEpoch },
      topics: byTopic(wanted, ({ partition }) => partition).map(([topicId, ofTopic]) => ({
        topicId,
        partitions: ofTopic.map(({ partition: { index: partition }, wish }) => {
          const { maxBytes: partitionMaxBytes, ...said } = wish
          return { partition, partitionMaxBytes, ...said }
        }),
      })),
      forgottenTopicsData: byTopic(forgotten, (partition) => partition).map(
        ([topicId, ofTopic]) => ({ topicId, partitions: ofTopic.map(({ index }) => index) }),
      ),
    }
  }

  // --- answers

  /** Whether it is out of the leader's range. */
  #take(wanted: Wanted<Partition>, answer: FetchAnswer): boolean {
    const followed = this.#holding(wanted)
    if (followed === null) return false
    const { leaderEpoch } = wanted.partition
    const taken = takeAnswer(wanted.partition, leaderEpoch, answer, this.#options.logger)
    this.#goOn(followed, taken)
    this.#count(followed, answer)
    return taken.type === 'out of range'
  }

  async #comeIntoRange(wanted: Wanted<Partition>, connection: Connection): Promise<void> {
    const { self, logger } = this.#options
    const { partition } = wanted
    try {
      const timeoutMs = this.#timeoutMs
      const range = await leaderRange(connection, partition, { self, timeoutMs })
      const followed = this.#holding(wanted)
      if (followed) this.#goOn(followed, comeIntoRange(partition, range, logger))
    } catch (thrown) {
      if (!(thrown instanceof BrokerError)) throw thrown
      const followed = this.#holding(wanted)
      if (followed) this.#goOn(followed, { type: 'backs off', errorCode: thrown.errorCode })
    }
  }

  /** Who it was asked for, if everything still is as it was then; otherwise it is asked anew. */
  #holding({ partition, wish }: Wanted<Partition>): Followed | null {
    const followed = this.#followed.get(partition)
    if (followed === undefined) return null
    const holds =
      partition.leaderEpoch === wish.currentLeaderEpoch &&
      partition.log.logEndOffset === wish.fetchOffset &&
      partition.log.latestEpoch === wish.lastFetchedEpoch
    if (!holds) this.#changed.add(followed)
    return holds ? followed : null
  }

  #goOn(followed: Followed, taken: Taken): void {
    this.#changed.add(followed)
    if (taken.type === 'goes on') followed.backoffMs = BACKOFF_MIN_MS
    else if (taken.type === 'waits for metadata') followed.isFenced = true
    else if (taken.type === 'backs off') this.#backOff(followed, taken.errorCode)
  }

  #count(followed: Followed, { errorCode, records, highWatermark }: FetchAnswer): void {
    if (errorCode !== errors.NONE) return
    const { partition } = followed
    const sizeBytes = records.reduce((sum, { byteLength }) => sum + byteLength, 0)
    partition.throttle('follower')?.took(sizeBytes, this.#options.clock.monotonicMs())
    followed.isBehind = highWatermark > partition.log.logEndOffset
  }

  /**
   * Who catches up waits for its throttle, and only who catches up. Who is in the ISR never does,
   * also not while it is told nothing yet by a new leader: what is produced would wait for it.
   */
  #isHeldBack(followed: Followed): boolean {
    if (!followed.isBehind || followed.partition.standing.isInSync) return false
    const nowMs = this.#options.clock.monotonicMs()
    const delayMs = followed.partition.throttle('follower')?.delayMs(nowMs) ?? 0
    if (delayMs > 0) this.#retryIn(followed, Math.min(delayMs, BACKOFF_MAX_MS))
    return delayMs > 0
  }

  #backOff(followed: Followed, errorCode: ErrorCode): void {
    const { logger, leader } = this.#options
    const { topic, index } = followed.partition
    const why = errorName(errorCode)
    logger.debug({ topic, partition: index, leader, why }, 'a follower waits')
    this.#retryIn(followed, followed.backoffMs)
    followed.backoffMs = Math.min(2 * followed.backoffMs, BACKOFF_MAX_MS)
  }

  #retryIn(followed: Followed, delayMs: number): void {
    followed.retry?.cancel()
    followed.retry = this.#options.clock.timer(delayMs, () => {
      followed.retry = null
      this.#changed.add(followed)
      this.#hurry()
    })
  }
}

function byTopic<Each>(
  all: readonly Each[],
  partitionOf: (each: Each) => Partition,
): (readonly [TopicId, readonly Each[]])[] {
  const topics = new Map<TopicId, Each[]>()
  for (const each of all) {
    const { topicId } = partitionOf(each)
    const ofTopic = topics.get(topicId)
    if (ofTopic) ofTopic.push(each)
    else topics.set(topicId, [each])
  }
  return [...topics]
}
