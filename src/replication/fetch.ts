/**
 * A fetch over several partitions, for consumers and followers alike: read in the order asked,
 * within the bounds asked; when there is too little, wait, woken by the partitions and never by
 * polling (KIP-74). While it waits it holds no data: it counts what has come, each byte once, and
 * reads when there is enough, within the bounds that hold then.
 */
import type { Clock } from '../base/clock.ts'
import { BatchCursor } from '../records/batch.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errors } from '../wire/errors.ts'
import type { Isolation, Partition, ReadResult } from './partition.ts'

export interface FetchEntry {
  /** Or why this broker cannot serve it. */
  readonly partition: Partition | ErrorCode
  readonly currentLeaderEpoch: number
  readonly fetchOffset: number
  readonly lastFetchedEpoch: number
  /** Most bytes of this partition. */
  readonly maxBytes: number
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
  /** Fetch before v10 promises nothing about zstd: such batches are an error then (KIP-110). */
  readonly readsZstd: boolean
}

/**
 * The results, in the order of the entries; a promise only when it has to wait. No two entries may
 * be of one partition.
 */
export function fetch(
  entries: readonly FetchEntry[],
  options: FetchOptions,
  clock: Clock,
): readonly ReadResult[] | Promise<readonly ReadResult[]> {
  const first = readAll(entries, options)
  if (entries.length === 0 || options.maxWaitMs <= 0 || isEnough(first, options)) return first
  return new ParkedFetch(entries, first, options).wait(clock)
}

/** One fetch that waits; it holds offsets and sizes, and no records. */
class ParkedFetch {
  readonly #entries: readonly FetchEntry[]
  readonly #options: FetchOptions
  /** Up to where each entry has been counted, and how many bytes that came to. */
  readonly #counted: { offset: number; sizeBytes: number }[]
  #totalBytes = 0
  /** Entries woken in this turn; several appends of one turn are looked at once. */
  readonly #woken = new Set<number>()
  #stopWatching: (() => void)[] = []

  constructor(entries: readonly FetchEntry[], first: readonly ReadResult[], options: FetchOptions) {
    this.#entries = entries
    this.#options = options
    this.#counted = entries.map(({ fetchOffset, partition }, at) => {
      const sizeBytes = first[at]?.sizeBytes ?? 0
      this.#totalBytes += sizeBytes
      const isServed = typeof partition !== 'number' && sizeBytes > 0
      return {
        offset: isServed ? partition.readableEnd(options.isolation) : fetchOffset,
        sizeBytes,
      }
    })
  }

  wait(clock: Clock): Promise<readonly ReadResult[]> {
    return new Promise((resolve) => {
      const end = () => {
        timer.cancel()
        for (const stop of this.#stopWatching.splice(0)) stop()
        resolve(readAll(this.#entries, this.#options))
      }
      const timer = clock.timer(this.#options.maxWaitMs, end)
      this.#stopWatching = this.#entries.flatMap(({ partition }, at) =>
        typeof partition === 'number' ? [] : [partition.watch(() => this.#wake(at, end))],
      )
    })
  }

  #wake(at: number, end: () => void): void {
    if (this.#woken.size === 0)
      queueMicrotask(() => {
        const woken = [...this.#woken]
        this.#woken.clear()
        if (this.#stopWatching.length > 0 && this.#isEnoughNow(woken)) end()
      })
    this.#woken.add(at)
  }

  /** Counts what is new of the woken entries; true also for what must be answered at once. */
  #isEnoughNow(woken: readonly number[]): boolean {
    for (const at of woken) {
      const entry = this.#entries[at] as FetchEntry
      const counted = this.#counted[at] as { offset: number; sizeBytes: number }
      const { partition, maxBytes } = entry
      if (typeof partition === 'number' || counted.sizeBytes >= maxBytes) continue
      const { isolation } = this.#options
      const read = partition.read({
        ...entry,
        lastFetchedEpoch: -1,
        fetchOffset: counted.offset,
        isolation,
        maxBytes: maxBytes - counted.sizeBytes,
        atLeastOneBatch: true,
      })
      if (read.errorCode !== errors.NONE) return true
      counted.offset = Math.max(counted.offset, partition.readableEnd(isolation))
      counted.sizeBytes += read.sizeBytes
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

function readAll(entries: readonly FetchEntry[], options: FetchOptions): ReadResult[] {
  let leftBytes = options.maxBytes()
  let empty = true
  return entries.map(({ partition, ...entry }) => {
    if (typeof partition === 'number') return nothing(partition)
    const result = partition.read({
      ...entry,
      isolation: options.isolation,
      maxBytes: Math.max(0, Math.min(entry.maxBytes, leftBytes)),
      atLeastOneBatch: empty,
    })
    if (!options.readsZstd && holdsZstd(result)) return nothing(errors.UNSUPPORTED_COMPRESSION_TYPE)
    leftBytes -= result.sizeBytes
    if (result.sizeBytes > 0) empty = false
    return result
  })
}

function holdsZstd({ chunks }: ReadResult): boolean {
  return chunks.some((chunk) => {
    for (const batch = new BatchCursor(chunk); batch.isWhole; batch.next())
      if (batch.codec === 'zstd') return true
    return false
  })
}

/** Errors and divergences are answered at once, so that nobody waits for what will not come. */
function isEnough(results: readonly ReadResult[], { minBytes }: FetchOptions): boolean {
  let sizeBytes = 0
  for (const result of results) {
    if (result.errorCode !== errors.NONE || result.divergingEpoch) return true
    sizeBytes += result.sizeBytes
  }
  return sizeBytes >= minBytes
}
