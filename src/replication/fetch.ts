/**
 * A fetch over several partitions, for consumers and followers alike: read in the order asked,
 * within the bounds asked; when there is too little, wait, woken by the partitions and never by
 * polling (KIP-74).
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
  /** Most bytes of the whole answer; one batch is returned even if it is larger. */
  readonly maxBytes: number
  readonly maxWaitMs: number
  /** Fetch before v10 promises nothing about zstd: such batches are an error then (KIP-110). */
  readonly readsZstd: boolean
}

/** The results, in the order of the entries; a promise only when it has to wait. */
export function fetch(
  entries: readonly FetchEntry[],
  options: FetchOptions,
  clock: Clock,
): readonly ReadResult[] | Promise<readonly ReadResult[]> {
  const first = readAll(entries, options)
  if (entries.length === 0 || options.maxWaitMs <= 0 || isEnough(first, options)) return first
  return new Promise((resolve) => {
    const stopWatching: (() => void)[] = []
    let woken = false
    const end = (results: readonly ReadResult[]) => {
      timer.cancel()
      for (const stop of stopWatching) stop()
      stopWatching.length = 0
      resolve(results)
    }
    const timer = clock.timer(options.maxWaitMs, () => end(readAll(entries, options)))
    // Several appends of one turn wake once, when the turn is over.
    const wake = () => {
      if (woken) return
      woken = true
      queueMicrotask(() => {
        woken = false
        if (stopWatching.length === 0) return
        const results = readAll(entries, options)
        if (isEnough(results, options)) end(results)
      })
    }
    for (const { partition } of entries)
      if (typeof partition !== 'number') stopWatching.push(partition.watch(wake))
  })
}

const UNREADABLE = nothing(errors.UNSUPPORTED_COMPRESSION_TYPE)

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

function holdsZstd({ chunks }: ReadResult): boolean {
  return chunks.some((chunk) => {
    for (const batch = new BatchCursor(chunk); batch.isWhole; batch.next())
      if (batch.codec === 'zstd') return true
    return false
  })
}

function readAll(entries: readonly FetchEntry[], options: FetchOptions): ReadResult[] {
  let leftBytes = options.maxBytes
  let empty = true
  return entries.map(({ partition, ...entry }) => {
    if (typeof partition === 'number') return nothing(partition)
    const result = partition.read({
      ...entry,
      isolation: options.isolation,
      maxBytes: Math.max(0, Math.min(entry.maxBytes, leftBytes)),
      atLeastOneBatch: empty,
    })
    if (!options.readsZstd && holdsZstd(result)) return UNREADABLE
    leftBytes -= result.sizeBytes
    if (result.sizeBytes > 0) empty = false
    return result
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
