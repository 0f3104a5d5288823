/**
 * A fetch over several partitions, for consumers and followers alike: read in the order asked,
 * within the bounds asked; when there is too little, wait, woken by the partitions and never by
 * polling (KIP-74). While it waits it holds no data: it counts what has come, each byte once, and
 * reads when there is enough, within the bounds that hold then.
 */
import type { Clock } from '../base/clock.ts'
import type { NodeId } from '../base/ids.ts'
import { giveBack } from '../bytes/loan.ts'
import { BatchCursor } from '../records/batch.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import type { Partition } from './partition.ts'
import type { Isolation, ReadResult } from './partition-requests.ts'

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

/** What was due and read, in that order; a promise only when it has to wait. */
export function fetch<Entry extends FetchEntry>(
  source: FetchSource<Entry>,
  options: FetchOptions,
  clock: Clock,
): readonly Fetched<Entry>[] | Promise<readonly Fetched<Entry>[]> {
  const first = readDue(source, options)
  if (source.isEmpty || options.maxWaitMs <= 0 || isEnough(first, options)) return first
  return new ParkedFetch(source, first, options).wait(clock)
}

/** The entries of one request, all of them, each time: a fetch outside of sessions. */
export function allOf<Entry extends FetchEntry>(entries: readonly Entry[]): FetchSource<Entry> {
  return {
    isEmpty: entries.length === 0,
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
  /** Up to where an entry has been counted and how many bytes that came to; absent: nothing yet. */
  readonly #counted = new Map<Entry, { offset: number; sizeBytes: number }>()
  #totalBytes = 0
  /** Entries woken in this turn; several appends of one turn are looked at once. */
  readonly #woken = new Set<Entry>()
  #hasEnded = false

  constructor(source: FetchSource<Entry>, first: readonly Fetched<Entry>[], options: FetchOptions) {
    this.#source = source
    this.#options = options
    for (const { entry, result } of first) {
      drop(result)
      const { partition } = entry
      const { sizeBytes } = result
      if (typeof partition === 'number' || sizeBytes === 0) continue
      this.#counted.set(entry, { offset: partition.readableEnd(options.isolation), sizeBytes })
      this.#totalBytes += sizeBytes
    }
  }

  wait(clock: Clock): Promise<readonly Fetched<Entry>[]> {
    return new Promise((resolve) => {
      const end = () => {
        if (this.#hasEnded) return
        this.#hasEnded = true
        timer.cancel()
        stopWatching()
        stay()
        resolve(readDue(this.#source, this.#options))
      }
      const timer = clock.timer(this.#options.maxWaitMs, end)
      const stay = this.#options.whenLeaving(end)
      const stopWatching = this.#source.watch({
        woken: (entry) => {
          this.#wake(entry, end)
        },
        end,
      })
    })
  }

  #wake(entry: Entry, end: () => void): void {
    if (this.#woken.size === 0)
      queueMicrotask(() => {
        const woken = [...this.#woken]
        this.#woken.clear()
        if (!this.#hasEnded && this.#isEnoughNow(woken)) end()
      })
    this.#woken.add(entry)
  }

  /** Counts what is new of the woken entries; true also for what must be answered at once. */
  #isEnoughNow(woken: readonly Entry[]): boolean {
    for (const entry of woken) {
      const { partition, maxBytes, fetchOffset } = entry
      const counted = this.#counted.get(entry) ?? { offset: fetchOffset, sizeBytes: 0 }
      if (typeof partition === 'number') continue
      // What was counted may have been deleted since: the reader is out of range then.
      if (fetchOffset < partition.log.logStartOffset) return true
      if (counted.sizeBytes >= maxBytes) continue
      const { isolation } = this.#options
      const read = partition.read({
        currentLeaderEpoch: entry.currentLeaderEpoch,
        lastFetchedEpoch: -1,
        fetchOffset: counted.offset,
        isolation,
        maxBytes: maxBytes - counted.sizeBytes,
        atLeastOneBatch: true,
      })
      drop(read)
      if (read.errorCode !== errors.NONE) return true
      counted.offset = Math.max(counted.offset, partition.readableEnd(isolation))
      counted.sizeBytes += read.sizeBytes
      this.#counted.set(entry, counted)
      this.#totalBytes += read.sizeBytes
    }
    return this.#totalBytes >= this.#options.minBytes
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

function readDue<Entry extends FetchEntry>(
  source: FetchSource<Entry>,
  options: FetchOptions,
): Fetched<Entry>[] {
  let leftBytes = options.maxBytes()
  let isEmpty = true
  return source.due().map((entry) => {
    const result = read(entry, options, { leftBytes, atLeastOneBatch: isEmpty })
    leftBytes -= result.sizeBytes
    if (result.sizeBytes > 0) isEmpty = false
    source.seen(entry, result)
    return { entry, result }
  })
}

function read(
  { partition, flushedOffset = 0, maxBytes, ...entry }: FetchEntry,
  { isolation, readsZstd, replica }: FetchOptions,
  { leftBytes, atLeastOneBatch }: { leftBytes: number; atLeastOneBatch: boolean },
): ReadResult {
  if (typeof partition === 'number') return nothing(partition)
  const result = partition.read({
    currentLeaderEpoch: entry.currentLeaderEpoch,
    fetchOffset: entry.fetchOffset,
    lastFetchedEpoch: entry.lastFetchedEpoch,
    isolation,
    maxBytes: Math.max(0, Math.min(maxBytes, leftBytes)),
    atLeastOneBatch,
    ...(replica && { follower: { ...replica, flushedOffset } }),
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

/** Errors and divergences are answered at once, so that nobody waits for what will not come. */
function isEnough(results: readonly Fetched<unknown>[], { minBytes }: FetchOptions): boolean {
  let sizeBytes = 0
  for (const { result } of results) {
    if (result.errorCode !== errors.NONE || result.divergingEpoch) return true
    sizeBytes += result.sizeBytes
  }
  return sizeBytes >= minBytes
}
