/**
 * A fetch session (KIP-227): the partitions one client reads, kept between its fetches, so that a
 * fetch costs what has changed and not what is read.
 *
 * Invariant: a partition is *due* (looked at in the next fetch) or *watched*: at rest, everything
 * readable was given and everything else told, and whatever happens to it wakes it. So nothing is
 * missed, and what is at rest costs nothing. A partition that is due is watched only while a fetch
 * waits: a session that nobody uses any more costs each of its partitions one wake in all.
 */
import type { ErrorCode } from '../wire/errors.ts'
import type { FetchEntry, Fetched, FetchingReplica, FetchSource, Waiting } from './fetch.ts'
import type { Told } from './fetch-session-state.ts'
import { isNews, nextEpoch, TOLD_NOTHING, toldBy } from './fetch-session-state.ts'
import type { Partition } from './partition.ts'
import type { Isolation, ReadResult } from './partition-requests.ts'
import { ReplicaPace } from './replica-pace-state.ts'

/** A topic as the client names it: one object for all its partitions in a fetch. */
export interface FetchTopic {
  /** Null when it is named by its id (Fetch v13). */
  readonly name: string | null
  readonly topicId: string | null
}

/** Memory of a partition that is kept and watched, and of a topic but for its name; measured. */
const PARTITION_BYTES = 700
const TOPIC_BYTES = 256

/** What a client asks of a partition. */
export interface FetchWish {
  readonly currentLeaderEpoch: number
  readonly fetchOffset: number
  readonly lastFetchedEpoch: number
  readonly maxBytes: number
  readonly flushedOffset?: number
  /** Of a follower's log; both -1 when it does not say. */
  readonly logStartOffset?: number
  readonly highWatermark?: number
}

/** Finds a partition, or the code that says why this broker cannot serve it. */
export type Locate = (topic: FetchTopic, index: number) => Partition | ErrorCode

/** One partition of a fetch. Outside of sessions it lives as long as its request. */
export class FetchPartition implements FetchEntry {
  readonly topic: FetchTopic
  readonly index: number
  partition: Partition | ErrorCode
  currentLeaderEpoch = -1
  fetchOffset = 0
  lastFetchedEpoch = -1
  maxBytes = 0
  flushedOffset = 0
  logStartOffset = -1
  told: Told = TOLD_NOTHING
  /** Its place in the order of reading. */
  turn = 0
  stopWatching: (() => void) | null = null

  constructor(topic: FetchTopic, index: number, locate: Locate) {
    this.topic = topic
    this.index = index
    this.partition = locate(topic, index)
  }

  wish({
    currentLeaderEpoch,
    fetchOffset,
    lastFetchedEpoch,
    maxBytes,
    flushedOffset = 0,
    highWatermark = -1,
    logStartOffset = -1,
  }: FetchWish): void {
    // What was told may not have arrived; what is known is known.
    if (highWatermark >= 0) this.told = { highWatermark, logStartOffset }
    this.flushedOffset = flushedOffset
    this.logStartOffset = logStartOffset
    this.currentLeaderEpoch = currentLeaderEpoch
    this.fetchOffset = fetchOffset
    this.lastFetchedEpoch = lastFetchedEpoch
    this.maxBytes = maxBytes
  }

  unwatch(): void {
    this.stopWatching?.()
    this.stopWatching = null
  }
}

/** Who fetches, and how; all but the names of topics may change from fetch to fetch. */
export interface SessionContext {
  readonly locate: Locate
  readonly isolation: Isolation
  /** The broker that follows; without one, a consumer asks. */
  readonly replica?: FetchingReplica | null
  /** Of this fetch. */
  readonly nowMs?: number
}

export class FetchSession implements FetchSource<FetchPartition> {
  readonly usesTopicIds: boolean
  readonly mayBeCutShort = true
  readonly pace = new ReplicaPace()
  /** What the next fetch of the session has to say. */
  #epoch = 1
  #isClosed = false
  readonly #topics = new Map<string, Map<number, FetchPartition>>()
  #size = 0
  #sizeBytes = 0
  readonly #due = new Set<FetchPartition>()
  #lastTurn = 0
  #locate: Locate
  #isolation: Isolation
  #replica: FetchingReplica | null
  #fetchedMs: number
  /** The fetch that waits, if one does. */
  #waiting: Waiting<FetchPartition> | null = null

  /** Goes on from a full fetch that was just answered with `results`, all of them. */
  constructor(
    results: readonly Fetched<FetchPartition>[],
    {
      usesTopicIds,
      locate,
      isolation,
      replica = null,
      nowMs = 0,
    }: SessionContext & { usesTopicIds: boolean },
  ) {
    this.usesTopicIds = usesTopicIds
    this.#locate = locate
    this.#isolation = isolation
    this.#replica = replica
    this.#fetchedMs = nowMs
    for (const { entry, result } of results) {
      entry.told = toldBy(result)
      this.#add(entry)
    }
    this.#rotate(results)
  }

  get epoch(): number {
    return this.#epoch
  }

  get size(): number {
    return this.#size
  }

  /** What it holds in memory, about. Names are those topics can have: a byte a character. */
  get sizeBytes(): number {
    return this.#sizeBytes
  }

  get isEmpty(): boolean {
    return this.#size === 0
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Partitions that the next fetch will look at. */
  get dueCount(): number {
    return this.#due.size
  }

  /**
   * Begins the next fetch, in the next epoch. One that still waits is ended: its client has gone on
   * without it.
   */
  begin({ locate, isolation, replica = null, nowMs = 0 }: SessionContext): void {
    this.#epoch = nextEpoch(this.#epoch)
    this.#waiting?.end()
    this.#replica = replica
    this.#fetchedMs = nowMs
    this.#locate = locate
    if (isolation !== this.#isolation) for (const entry of this.#entries()) this.#due.add(entry)
    this.#isolation = isolation
  }

  /** Takes in a partition, or what else is wanted of one that is known. */
  want(topic: FetchTopic, index: number, wish: FetchWish): void {
    let entry = this.#topics.get(keyOf(topic))?.get(index)
    if (entry === undefined) {
      // The topic object of the partitions it has already, so that they are answered together.
      const [sibling] = this.#topics.get(keyOf(topic))?.values() ?? []
      entry = new FetchPartition(sibling?.topic ?? topic, index, this.#locate)
      this.#add(entry)
    }
    entry.wish(wish)
    this.#due.add(entry)
  }

  forget(topic: FetchTopic, index: number): void {
    const partitions = this.#topics.get(keyOf(topic))
    const entry = partitions?.get(index)
    if (!partitions || !entry) return
    partitions.delete(index)
    this.#size -= 1
    this.#sizeBytes -= PARTITION_BYTES
    if (partitions.size === 0) {
      this.#topics.delete(keyOf(topic))
      this.#sizeBytes -= topicBytes(topic)
    }
    this.#due.delete(entry)
    entry.unwatch()
  }

  due(): readonly FetchPartition[] {
    for (const entry of this.#due) {
      const found = this.#locate(entry.topic, entry.index)
      if (found === entry.partition) continue
      entry.unwatch()
      entry.partition = found
    }
    return [...this.#due].sort((a, b) => a.turn - b.turn)
  }

  seen(entry: FetchPartition, result: ReadResult): void {
    if (isNews(entry.told, result) || !this.#isAtRest(entry)) return
    this.#watch(entry)
    this.#due.delete(entry)
  }

  watch(waiting: Waiting<FetchPartition>): () => void {
    for (const entry of this.#due) this.#watch(entry)
    this.#waiting = waiting
    return () => {
      if (this.#waiting === waiting) this.#waiting = null
    }
  }

  /** Those the client must be told of, which it counts as told from now on. */
  tell(results: readonly Fetched<FetchPartition>[]): readonly Fetched<FetchPartition>[] {
    const news = results.filter(({ entry, result }) => isNews(entry.told, result))
    for (const { entry, result } of news) entry.told = toldBy(result)
    this.#rotate(news)
    return news
  }

  /** Lets go of all partitions; who waits is answered. */
  close(): void {
    this.#isClosed = true
    this.#due.clear()
    for (const entry of this.#entries()) entry.unwatch()
    this.#topics.clear()
    this.#size = 0
    this.#sizeBytes = 0
    this.#waiting?.end()
  }

  /** Who got records reads last the next time: no partition keeps the others from their bytes. */
  #rotate(results: readonly Fetched<FetchPartition>[]): void {
    for (const { entry, result } of results)
      if (result.sizeBytes > 0) entry.turn = this.#lastTurn += 1
  }

  #add(entry: FetchPartition): void {
    const key = keyOf(entry.topic)
    let partitions = this.#topics.get(key)
    if (partitions === undefined) {
      partitions = new Map<number, FetchPartition>()
      this.#topics.set(key, partitions)
      this.#sizeBytes += topicBytes(entry.topic)
    }
    partitions.set(entry.index, entry)
    entry.turn = this.#lastTurn += 1
    this.#size += 1
    this.#sizeBytes += PARTITION_BYTES
    this.#due.add(entry)
  }

  /**
   * Nothing more can be read; asked for one that has just been read without an error. A follower
   * that is not in sync is looked at each time, until it is: each time it may be let in.
   */
  #isAtRest({ partition, fetchOffset }: FetchPartition): boolean {
    if (typeof partition === 'number' || fetchOffset < partition.readableEnd(this.#isolation))
      return false
    return this.#replica === null || partition.hasInSync(this.#replica.nodeId)
  }

  #watch(entry: FetchPartition): void {
    const { partition } = entry
    if (typeof partition === 'number') return
    entry.stopWatching ??= partition.watch(() => {
      if (this.#replica && !this.#due.has(entry))
        partition.restedUntil(this.#replica.nodeId, this.#fetchedMs)
      this.#due.add(entry)
      if (this.#waiting) this.#waiting.woken(entry)
      else entry.unwatch()
    })
  }

  *#entries(): Iterable<FetchPartition> {
    for (const partitions of this.#topics.values()) yield* partitions.values()
  }
}

function keyOf({ name, topicId }: FetchTopic): string {
  return name ?? topicId ?? ''
}

function topicBytes(topic: FetchTopic): number {
  return TOPIC_BYTES + keyOf(topic).length
}
