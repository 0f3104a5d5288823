/**
 * A fetch over several partitions, for consumers and followers alike: read in the order asked,
 * within the bounds asked; when there is too little, wait, woken by the partitions and never by
 * polling (KIP-74). While it waits it holds no data: it counts what has come, each byte once, and
 * reads when there is enough, within the bounds that hold then.
 *
 * A follower is not kept waiting when the high watermark or the log start moved beyond what it
 * knows (as KAFKA-14145 does for metadata), and it waits for metadata that it has and this broker
 * has not: for a leader epoch that nobody here knows of yet (S26).
 */
import type { Clock, Timer } from '../base/clock.ts'
import type { NodeId } from '../base/ids.ts'
import { giveBack } from '../bytes/loan.ts'
import { BatchCursor } from '../records/batch.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import { isBeyond, type Told } from './fetch-session-state.ts'
import type { Partition } from './partition.ts'
import type { Isolation, ReadResult } from './partition-requests.ts'
import { ReplicaPace } from './replica-pace-state.ts'
import type { ReplicationQuota } from './replication-quota-state.ts'

/** How long a follower waits here for metadata that it has already (S26). */
const EPOCH_WAIT_MS = 500
/**
 * Partitions of which a follower is given records at once: it appends to as many logs in one turn.
 * Some places are kept for those that catch up.
 */
const FED_MAX = 500
const FED_IN_SYNC_MAX = 450

export interface FetchEntry {
  /** Or why this broker cannot serve it. */
  readonly partition: Partition | ErrorCode
  readonly currentLeaderEpoch: number
  readonly fetchOffset: number
  readonly lastFetchedEpoch: number
  /** Most bytes of this partition. */
  readonly maxBytes: number
  /** Of a follower: up to where its log is fsynced. */
  readonly flushedOffset?: number
  /** Of a follower: where its log begins. */
  readonly logStartOffset?: number
  /** What the reader knows already. */
  readonly told: Told
}

/** A broker that fetches as a replica. */
export interface FetchingReplica {
  readonly nodeId: NodeId
  /** -1 when it does not say. */
  readonly brokerEpoch: number
}

/** Whose partitions a fetch reads: all those a request names, or those of a session with news. */
export interface FetchSource<Entry extends FetchEntry> {
  /** There is nothing to wait for. */
  readonly isEmpty: boolean
  /** What is due and was not looked at stays due. */
  readonly mayBeCutShort: boolean
  /** Of a follower's fetches. */
  readonly pace: ReplicaPace
  /** What must be looked at now, in the order in which it may take bytes. No partition twice. */
  due(): readonly Entry[]
  /** What came of reading one of them; said in the turn in which it was read. */
  seen(entry: Entry, result: ReadResult): void
  /** Begins to tell of changes; what it returns stops that. */
  watch(waiting: Waiting<Entry>): () => void
}

/** A fetch that waits, as its source sees it. */
export interface Waiting<Entry> {
  /** Something happened to the entry. */
  readonly woken: (entry: Entry) => void
  /** There is no point in waiting any longer. */
  readonly end: () => void
}

/** One entry and what was read. */
export interface Fetched<Entry> {
  readonly entry: Entry
  readonly result: ReadResult
}

export interface FetchOptions {
  readonly isolation: Isolation
  readonly minBytes: number
  /**
   * Most bytes of the whole answer, asked for at each reading; one batch is returned even if it is
   * larger.
   */
  readonly maxBytes: () => number
  readonly maxWaitMs: number
  /** Without one, a consumer asks. */
  readonly replica?: FetchingReplica | null
  /** Fetch before v10 promises nothing about zstd: such batches are an error then (KIP-110). */
  readonly readsZstd: boolean
  /** Calls `action` later, when the reader is leaving; what it returns takes that back. */
  readonly whenLeaving: (action: () => void) => () => void
}

/** What was due and read; a promise only when it has to wait. */
export function fetch<Entry extends FetchEntry>(
  source: FetchSource<Entry>,
  options: FetchOptions,
  clock: Clock,
): readonly Fetched<Entry>[] | Promise<readonly Fetched<Entry>[]> {
  const first = readDue(source, options, { clock, isReadAgain: () => false })
  if (source.isEmpty || options.maxWaitMs <= 0) return first
  const { isEnough, hasNews } = judge(first, options)
  if (isEnough) return first
  if (hasNews && source.pace.newsDelayMs(clock.monotonicMs()) === 0) {
    source.pace.newsLeft(clock.monotonicMs())
    return first
  }
  return new ParkedFetch(source, options, clock).wait(first, { hasNews })
}

/** The entries of one request, all of them, each time: a fetch outside of sessions. */
export function allOf<Entry extends FetchEntry>(entries: readonly Entry[]): FetchSource<Entry> {
  return {
    isEmpty: entries.length === 0,
    mayBeCutShort: false,
    pace: new ReplicaPace(),
    due: () => entries,
    seen: () => {},
    watch({ woken }) {
      const stops = entries.map((entry) =>
        typeof entry.partition === 'number'
          ? () => {}
          : entry.partition.watch(() => {
              woken(entry)
            }),
      )
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}

/** One fetch that waits; it holds offsets and sizes, and no records. */
class ParkedFetch<Entry extends FetchEntry> {
  readonly #source: FetchSource<Entry>
  readonly #options: FetchOptions
  readonly #clock: Clock
  /** Up to where an entry has been counted and how many bytes that came to; absent: nothing yet. */
  readonly #counted = new Map<Entry, { offset: number; sizeBytes: number }>()
  #totalBytes = 0
  /** Entries woken in this turn; several appends of one turn are looked at once. */
  readonly #woken = new Set<Entry>()
  /** Whose follower knows of a leader epoch that is not known here. */
  readonly #ahead = new Set<Entry>()
  /** News has come, and leaves with the next records or when this fires. */
  #newsTimer: Timer | null = null
  #end: () => void = () => {}
  #hasEnded = false

  constructor(source: FetchSource<Entry>, options: FetchOptions, clock: Clock) {
    this.#source = source
    this.#options = options
    this.#clock = clock
  }

  wait(
    first: readonly Fetched<Entry>[],
    { hasNews }: { readonly hasNews: boolean },
  ): Promise<readonly Fetched<Entry>[]> {
    this.#count(first)
    const { maxWaitMs, whenLeaving } = this.#options
    const waitMs = this.#ahead.size > 0 ? Math.min(maxWaitMs, EPOCH_WAIT_MS) : maxWaitMs
    return new Promise((resolve) => {
      this.#end = () => {
        if (this.#hasEnded) return
        this.#hasEnded = true
        timer.cancel()
        this.#newsTimer?.cancel()
        stopWatching()
        stay()
        // What the others have was noted when they asked; who was ahead has not been heard yet.
        const isReadAgain = (entry: Entry) => !this.#ahead.has(entry)
        resolve(readDue(this.#source, this.#options, { clock: this.#clock, isReadAgain }))
      }
      const timer = this.#clock.timer(waitMs, this.#end)
      const stay = whenLeaving(this.#end)
      const stopWatching = this.#source.watch({
        woken: (entry) => {
          this.#wake(entry)
        },
        end: this.#end,
      })
      if (hasNews && this.#newsCame()) this.#end()
    })
  }

  /** What was read first is given back, and its sizes are kept. */
  #count(first: readonly Fetched<Entry>[]): void {
    for (const { entry, result } of first) {
      drop(result)
      const { partition } = entry
      if (isAhead(result, this.#options)) this.#ahead.add(entry)
      const { sizeBytes } = result
      if (typeof partition === 'number' || sizeBytes === 0) continue
      this.#counted.set(entry, {
        offset: partition.readableEnd(this.#options.isolation),
        sizeBytes,
      })
      this.#totalBytes += sizeBytes
    }
  }

  /** Whether the news leave at once; if not, a timer sees to them. */
  #newsCame(): boolean {
    if (this.#newsTimer !== null) return false
    const { pace } = this.#source
    const delayMs = pace.newsDelayMs(this.#clock.monotonicMs())
    if (delayMs === 0) pace.newsLeft(this.#clock.monotonicMs())
    else
      this.#newsTimer = this.#clock.timer(delayMs, () => {
        pace.newsLeft(this.#clock.monotonicMs())
        this.#end()
      })
    return delayMs === 0
  }

  #wake(entry: Entry): void {
    if (this.#woken.size === 0)
      queueMicrotask(() => {
        const woken = [...this.#woken]
        this.#woken.clear()
        if (!this.#hasEnded && woken.some((each) => this.#mustBeAnswered(each))) this.#end()
      })
    this.#woken.add(entry)
  }

  /** Counts what is new of it; true when there is enough, or for what is answered at once. */
  #mustBeAnswered(entry: Entry): boolean {
    const { partition, maxBytes, fetchOffset } = entry
    if (typeof partition === 'number') return false
    if (this.#ahead.has(entry)) return this.#caughtUpWith(entry)
    const counted = this.#counted.get(entry) ?? { offset: fetchOffset, sizeBytes: 0 }
    // What was counted may have been deleted since: the reader is out of range then.
    if (fetchOffset < partition.log.logStartOffset) return true
    if (counted.sizeBytes >= maxBytes) return false
    const { isolation, replica } = this.#options
    const held = isHeldBack(entry, this.#options, this.#clock.monotonicMs())
    const read = partition.read({
      currentLeaderEpoch: entry.currentLeaderEpoch,
      lastFetchedEpoch: -1,
      fetchOffset: counted.offset,
      isolation,
      maxBytes: held ? 0 : maxBytes - counted.sizeBytes,
      atLeastOneBatch: !held,
    })
    drop(read)
    if (read.errorCode !== errors.NONE) return true
    if (replica && isBeyond(entry.told, read, fetchOffset) && this.#newsCame()) return true
    counted.offset = Math.max(counted.offset, partition.readableEnd(isolation))
    counted.sizeBytes += read.sizeBytes
    this.#counted.set(entry, counted)
    this.#totalBytes += read.sizeBytes
    return this.#totalBytes >= this.#options.minBytes
  }

  /** Its metadata may be here: then it is read as if it had just been asked for. */
  #caughtUpWith(entry: Entry): boolean {
    const result = read(entry, this.#options, {
      ...{ leftBytes: entry.maxBytes, atLeastOneBatch: true, isReadAgain: false },
    })
    if (isAhead(result, this.#options)) return false
    this.#ahead.delete(entry)
    const fetched = [{ entry, result }]
    const { isEnough, hasNews } = judge(fetched, this.#options)
    this.#count(fetched)
    return (hasNews && this.#newsCame()) || isEnough || this.#totalBytes >= this.#options.minBytes
  }
}

function nothing(errorCode: ErrorCode): ReadResult {
  return {
    errorCode,
    highWatermark: -1,
    lastStableOffset: -1,
    logStartOffset: -1,
    chunks: [],
    sizeBytes: 0,
  }
}

/** A follower's partitions in the order it is given them: those it keeps up with come first. */
function inOrder<Entry extends FetchEntry>(
  due: readonly Entry[],
  { replica }: FetchOptions,
): readonly (readonly [Entry, isCatchingUp: boolean])[] {
  const entries = due.map((entry) => [entry, isCatchingUp(entry, replica)] as const)
  return replica ? entries.sort(([, a], [, b]) => Number(a) - Number(b)) : entries
}

function isCatchingUp({ partition }: FetchEntry, replica: FetchOptions['replica']): boolean {
  return replica ? typeof partition !== 'number' && !partition.hasInSync(replica.nodeId) : false
}

function readDue<Entry extends FetchEntry>(
  source: FetchSource<Entry>,
  options: FetchOptions,
  { clock, isReadAgain }: { clock: Clock; isReadAgain: (entry: Entry) => boolean },
): Fetched<Entry>[] {
  const nowMs = clock.monotonicMs()
  const results: Fetched<Entry>[] = []
  let leftBytes = options.maxBytes()
  let catchUpBytes = options.replica ? source.pace.catchUpBytes(nowMs) : Infinity
  let { throttledBytes } = source.pace
  let fed = 0
  for (const [entry, isBehind] of inOrder(source.due(), options)) {
    const isFull = options.replica ? fed >= (isBehind ? FED_MAX : FED_IN_SYNC_MAX) : false
    if (isFull && source.mayBeCutShort) continue
    const quota = throttleOf(entry, options)
    const savedBytes = isBehind ? (quota?.availableBytes(nowMs) ?? Infinity) : Infinity
    const isThrottled = savedBytes < Infinity
    const allowedBytes = isThrottled ? Math.min(savedBytes, throttledBytes) : Infinity
    const result = read(entry, options, {
      leftBytes: isFull ? 0 : Math.min(leftBytes, allowedBytes, isBehind ? catchUpBytes : Infinity),
      // One batch, too, of who may be sent less than that: it waits the longer afterwards.
      atLeastOneBatch:
        !isFull && allowedBytes >= 1 && (fed === 0 || (allowedBytes < leftBytes && leftBytes > 0)),
      isReadAgain: isReadAgain(entry),
    })
    leftBytes -= result.sizeBytes
    if (isThrottled) throttledBytes -= result.sizeBytes
    if (isBehind) catchUpBytes -= result.sizeBytes
    else if (options.replica && result.sizeBytes > 0) source.pace.tailServed(nowMs)
    quota?.took(result.sizeBytes, nowMs)
    source.seen(entry, result)
    results.push({ entry, result })
    if (result.sizeBytes > 0) fed += 1
  }
  return results
}

function throttleOf({ partition }: FetchEntry, { replica }: FetchOptions): ReplicationQuota | null {
  return replica && typeof partition !== 'number' ? partition.throttle('leader') : null
}

/** A throttle keeps a follower that catches up from the next records: nothing ends its wait. */
function isHeldBack(entry: FetchEntry, options: FetchOptions, nowMs: number): boolean {
  return (
    isCatchingUp(entry, options.replica) && (throttleOf(entry, options)?.delayMs(nowMs) ?? 0) > 0
  )
}

function read(
  entry: FetchEntry,
  { isolation, readsZstd, replica }: FetchOptions,
  {
    leftBytes,
    atLeastOneBatch,
    isReadAgain,
  }: { leftBytes: number; atLeastOneBatch: boolean; isReadAgain: boolean },
): ReadResult {
  const { partition, flushedOffset = 0, logStartOffset = -1, maxBytes } = entry
  if (typeof partition === 'number') return nothing(partition)
  const result = partition.read({
    currentLeaderEpoch: entry.currentLeaderEpoch,
    fetchOffset: entry.fetchOffset,
    lastFetchedEpoch: entry.lastFetchedEpoch,
    isolation,
    maxBytes: Math.max(0, Math.min(maxBytes, leftBytes)),
    atLeastOneBatch,
    ...(replica && { follower: { ...replica, flushedOffset, logStartOffset }, isReadAgain }),
  })
  if (!readsZstd && holdsZstd(result)) return nothing(errors.UNSUPPORTED_COMPRESSION_TYPE)
  return result
}

/** What was read is not sent: it was only counted. */
function drop({ chunks }: ReadResult): void {
  for (const chunk of chunks) giveBack(chunk)
}

function holdsZstd({ chunks }: ReadResult): boolean {
  return chunks.some((chunk) => {
    for (const batch = new BatchCursor(chunk); batch.isWhole; batch.next())
      if (batch.codec === 'zstd') return true
    return false
  })
}

/** The follower has metadata that is on its way to this broker. */
function isAhead({ errorCode }: ReadResult, { replica }: FetchOptions): boolean {
  return replica ? errorCode === errors.UNKNOWN_LEADER_EPOCH : false
}

/** Errors and divergences are answered at once, so that nobody waits for what will not come. */
function judge(
  results: readonly Fetched<FetchEntry>[],
  options: FetchOptions,
): { readonly isEnough: boolean; readonly hasNews: boolean } {
  let sizeBytes = 0
  let hasNews = false
  for (const { entry, result } of results) {
    if (isAhead(result, options)) continue
    if (result.errorCode !== errors.NONE || result.divergingEpoch)
      return { isEnough: true, hasNews: true }
    if (options.replica && isBeyond(entry.told, result, entry.fetchOffset)) hasNews = true
    sizeBytes += result.sizeBytes
  }
  return { isEnough: sizeBytes >= options.minBytes, hasNews }
}
