/**
 * Follows one leader: a connection, and on it one fetch after the other for all partitions that
 * follow that broker. What comes is appended as it is; where the logs parted, the own one is cut
 * (KIP-101, KIP-279). A partition that cannot go on waits by itself, and newer metadata ends its
 * waiting (S26). It decides nothing about leadership: every answer is compared with the epoch that
 * holds when it arrives.
 */
import { background, type Background } from '../base/background.ts'
import type { Clock } from '../base/clock.ts'
import { delay } from '../base/clock.ts'
import { DiskError } from '../base/disk.ts'
import { LograftError } from '../base/errors.ts'
import type { NodeId } from '../base/ids.ts'
import type { Logger } from '../base/log.ts'
import type { Net } from '../base/net.ts'
import { Connection } from '../client/connection.ts'
import type { IncomingResponse } from '../wire/api.ts'
import { fetch as fetchApi } from '../wire/apis/01-fetch.ts'
import { listOffsets } from '../wire/apis/02-list-offsets.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errorName, errors } from '../wire/errors.ts'
import type { Partition } from './partition.ts'
import { EARLIEST } from './partition-requests.ts'
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

type Response = IncomingResponse<typeof fetchApi>
type Answer = Response['responses'][number]['partitions'][number]

/** Topic ids and the replica's broker epoch; where the leader is would be for clients. */
const FETCH_VERSION = 15
const LIST_OFFSETS_VERSION = 6
const CONNECT_TIMEOUT_MS = 2_000
const REQUEST_TIMEOUT_MS = 30_000
const BACKOFF_MIN_MS = 10
const BACKOFF_MAX_MS = 1_000

interface Followed {
  readonly partition: Partition
  /** Not before; 0 while all is well. */
  retryAtMs: number
  backoffMs: number
}

/** What was asked for, to be compared with what holds when the answer comes. */
interface Wanted {
  readonly followed: Followed
  readonly leaderEpoch: number
  readonly fetchOffset: number
}

export class Fetcher {
  readonly #options: FetcherOptions
  readonly #followed = new Map<Partition, Followed>()
  #connection: Connection | null = null
  #task: Background | null = null
  #news: (() => void) | null = null

  constructor(options: FetcherOptions) {
    this.#options = options
  }

  get isIdle(): boolean {
    return this.#followed.size === 0
  }

  /** From now on, or anew: what it waited for may have come. */
  follow(partition: Partition): void {
    this.#followed.set(partition, { partition, retryAtMs: 0, backoffMs: BACKOFF_MIN_MS })
    const { leader, fatal } = this.#options
    this.#task ??= background(`fetcher of node ${leader}`, (signal) => this.#run(signal), fatal)
    // A fetch that waits for records of others would keep this one waiting.
    this.#connection?.close()
    this.#connection = null
    this.#news?.()
  }

  unfollow(partition: Partition): void {
    this.#followed.delete(partition)
  }

  async stop(): Promise<void> {
    this.#connection?.close()
    this.#news?.()
    await this.#task?.stop()
  }

  async #run(signal: AbortSignal): Promise<void> {
    let backoffMs = BACKOFF_MIN_MS
    while (!signal.aborted) {
      const wanted = this.#wanted()
      if (wanted.length === 0) {
        await this.#pause(signal)
        continue
      }
      try {
        await this.#fetch(wanted)
        backoffMs = BACKOFF_MIN_MS
      } catch (thrown) {
        if (!(thrown instanceof LograftError)) throw thrown
        const { leader, logger, clock } = this.#options
        this.#connection?.close()
        this.#connection = null
        // Not when it was closed here, for newer partitions.
        if (signal.aborted || this.#wanted().length > wanted.length) continue
        logger.debug({ leader, err: thrown }, 'a fetch from the leader failed')
        await delay(clock, backoffMs, signal)
        backoffMs = Math.min(2 * backoffMs, BACKOFF_MAX_MS)
      }
    }
  }

  /** Until there is news, or the first of those that wait may try again. */
  #pause(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options
    const nextMs = Math.min(...[...this.#followed.values()].map(({ retryAtMs }) => retryAtMs))
    const waitMs = Number.isFinite(nextMs)
      ? Math.max(1, nextMs - clock.monotonicMs())
      : BACKOFF_MAX_MS
    const abort = new AbortController()
    this.#news = () => abort.abort()
    return delay(clock, waitMs, AbortSignal.any([abort.signal, signal])).finally(() => {
      this.#news = null
    })
  }

  #wanted(): Wanted[] {
    const nowMs = this.#options.clock.monotonicMs()
    return [...this.#followed.values()]
      .filter(({ retryAtMs }) => retryAtMs <= nowMs)
      .map((followed) => ({
        followed,
        leaderEpoch: followed.partition.leaderEpoch,
        fetchOffset: followed.partition.log.logEndOffset,
      }))
  }

  async #connected(): Promise<Connection> {
    const { self, address, net, clock } = this.#options
    if (this.#connection?.isOpen) return this.#connection
    const clientId = `replica-${self}`
    const options = { net, clock, address, clientId, connectTimeoutMs: CONNECT_TIMEOUT_MS }
    this.#connection = await Connection.open(options)
    return this.#connection
  }

  async #fetch(wanted: readonly Wanted[]): Promise<void> {
    const { self, brokerEpoch, limits } = this.#options
    const connection = await this.#connected()
    const request = {
      replicaState: { replicaId: self, replicaEpoch: brokerEpoch() },
      ...{ maxWaitMs: limits.waitMs, minBytes: 1, maxBytes: limits.totalBytes },
      topics: byTopic(wanted).map(([topicId, ofTopic]) => ({
        topicId,
        partitions: ofTopic.map(({ followed: { partition }, leaderEpoch, fetchOffset }) => ({
          partition: partition.index,
          currentLeaderEpoch: leaderEpoch,
          fetchOffset,
          lastFetchedEpoch: partition.log.latestEpoch,
          logStartOffset: partition.log.logStartOffset,
          flushedOffset: partition.log.flushedOffset,
          partitionMaxBytes: limits.bytes,
        })),
      })),
    }
    const timeoutMs = REQUEST_TIMEOUT_MS
    const response = await connection.request(fetchApi, FETCH_VERSION, request, { timeoutMs })
    const answers = new Map<string, Answer>()
    for (const { topicId, partitions } of response.responses)
      for (const answer of partitions) answers.set(`${topicId} ${answer.partitionIndex}`, answer)
    for (const each of wanted) {
      const { topicId, index } = each.followed.partition
      const answer = answers.get(`${topicId} ${index}`)
      if (answer) await this.#take(each, answer, connection)
    }
  }

  /** Only what answers the state that still holds is used. */
  async #take(wanted: Wanted, answer: Answer, connection: Connection): Promise<void> {
    const { followed, leaderEpoch, fetchOffset } = wanted
    const { partition } = followed
    const holds = () =>
      this.#followed.get(partition) === followed &&
      partition.leaderEpoch === leaderEpoch &&
      partition.log.logEndOffset === fetchOffset
    if (!holds()) return
    try {
      if (answer.errorCode === errors.OFFSET_OUT_OF_RANGE) {
        const start = await this.#leaderStart(partition, leaderEpoch, connection)
        if (!holds()) return
        return this.#beginAgain(followed, start)
      }
      if (answer.errorCode !== errors.NONE) return this.#backOff(followed, answer.errorCode)
      const { epoch, endOffset } = answer.divergingEpoch
      if (epoch >= 0) partition.truncateAfter({ leaderEpoch: epoch, endOffset })
      else this.#append(followed, leaderEpoch, answer)
    } catch (thrown) {
      if (!(thrown instanceof DiskError)) throw thrown
      this.#options.logger.warn({ topic: partition.topic, err: thrown }, 'a follower cannot write')
      this.#backOff(followed, errors.KAFKA_STORAGE_ERROR)
    }
  }

  #append(followed: Followed, leaderEpoch: number, answer: Answer): void {
    const { highWatermark, logStartOffset, records: chunks } = answer
    const fetched = { leaderEpoch, chunks, highWatermark, logStartOffset }
    const errorCode = followed.partition.appendFetched(fetched)
    if (errorCode !== errors.NONE) this.#backOff(followed, errorCode)
    else followed.backoffMs = BACKOFF_MIN_MS
  }

  /** What the leader still has begins behind everything that is here. */
  #beginAgain(followed: Followed, leaderStart: number): void {
    const { partition } = followed
    const { topic, index, log } = partition
    if (leaderStart <= log.logEndOffset) return this.#backOff(followed, errors.OFFSET_OUT_OF_RANGE)
    this.#options.logger.warn({ topic, partition: index, leaderStart }, 'a follower begins again')
    log.truncateFullyAndStartAt(leaderStart)
  }

  async #leaderStart(
    partition: Partition,
    currentLeaderEpoch: number,
    connection: Connection,
  ): Promise<number> {
    const { self } = this.#options
    const { index: partitionIndex, topic: name } = partition
    const partitions = [{ partitionIndex, currentLeaderEpoch, timestamp: EARLIEST }]
    const request = { replicaId: self, topics: [{ name, partitions }] }
    const timeoutMs = REQUEST_TIMEOUT_MS
    const response = await connection.request(listOffsets, LIST_OFFSETS_VERSION, request, {
      timeoutMs,
    })
    return response.topics[0]?.partitions[0]?.offset ?? -1
  }

  #backOff(followed: Followed, errorCode: ErrorCode): void {
    const { clock, logger, leader } = this.#options
    const { topic, index } = followed.partition
    const why = errorName(errorCode)
    logger.debug({ topic, partition: index, leader, why }, 'a follower waits')
    followed.retryAtMs = clock.monotonicMs() + followed.backoffMs
    followed.backoffMs = Math.min(2 * followed.backoffMs, BACKOFF_MAX_MS)
  }
}

function byTopic(wanted: readonly Wanted[]): (readonly [string, readonly Wanted[]])[] {
  const topics = new Map<string, Wanted[]>()
  for (const each of wanted) {
    const { topicId } = each.followed.partition
    const ofTopic = topics.get(topicId)
    if (ofTopic) ofTopic.push(each)
    else topics.set(topicId, [each])
  }
  return [...topics]
}
