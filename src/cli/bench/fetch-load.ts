/**
 * Reads partitions as a consumer does: one fetch at a time on each connection, the next from where
 * the last one ended. Batches are walked over by their headers and stay closed.
 */
import { asError } from '../../base/errors.ts'
import { hostClock } from '../../host/clock.ts'
import type { LoadSocket } from '../../host/load-socket.ts'
import { openLoadSocket } from '../../host/load-socket.ts'
import { BatchCursor } from '../../records/batch.ts'
import { Histogram } from './histogram.ts'
import type { FetchResult } from './load-result.ts'
import { LoadFailed, cpuMeter, latencyOf } from './load-result.ts'
import type { Place } from './requests.ts'
import { fetchedFrom, fetchFrame } from './requests.ts'
import { ResponseReader } from './response-reader.ts'
import { supervise } from './supervise.ts'

/** What one connection reads. */
export interface FetchSource extends Place {
  readonly fromOffset: number
  /** Where reading ends, exclusive; undefined: at the end of what there is, if at all. */
  readonly untilOffset?: number
}

export interface FetchLoadOptions {
  readonly durationMs: number
  /** Over all connections. */
  readonly recordsMax?: number
  /** Of one answer. */
  readonly maxBytes: number
  readonly minBytes: number
  readonly maxWaitMs: number
  /** At the end of what there is: stop, begin again, or wait for more up to `untilOffset`. */
  readonly atEnd: 'stop' | 'again' | 'wait'
  readonly onProgress?: (records: number) => void
  /** Ends the load early, in good order. */
  readonly signal?: AbortSignal
}

const CONNECT_TIMEOUT_MS = 10_000

/**
 * Rejects when a connection or a fetch fails, or the end does not come; with a LoadFailed when
 * something was answered before.
 */
export async function runFetches(
  sources: readonly FetchSource[],
  options: FetchLoadOptions,
): Promise<FetchResult> {
  const load = new FetchLoad(options)
  const readers: PartitionReader[] = []
  try {
    for (const source of sources) readers.push(await PartitionReader.open(source, load))
    return await load.run(readers)
  } finally {
    for (const reader of readers) reader.close()
  }
}

class FetchLoad {
  readonly options: FetchLoadOptions
  readonly histogram = new Histogram()
  requests = 0
  bytes = 0
  records = 0
  #stopped = false

  constructor(options: FetchLoadOptions) {
    this.options = options
  }

  get isOver(): boolean {
    const { signal } = this.options
    return (
      this.#stopped ||
      signal?.aborted === true ||
      this.records >= (this.options.recordsMax ?? Infinity)
    )
  }

  async run(readers: readonly PartitionReader[]): Promise<FetchResult> {
    const { durationMs, onProgress } = this.options
    const cpuSeconds = cpuMeter()
    const startMs = hostClock.monotonicMs()
    const stop = hostClock.timer(durationMs, () => (this.#stopped = true))
    const finished = Promise.all(readers.map((reader) => reader.run()))
    const result = () => ({
      requests: this.requests,
      bytes: this.bytes,
      records: this.records,
      seconds: (hostClock.monotonicMs() - startMs) / 1000,
      latencyMs: latencyOf(this.histogram),
      loadCpuSeconds: cpuSeconds(),
    })
    try {
      await supervise(finished, durationMs, onProgress && (() => onProgress(this.records)))
      return result()
    } catch (thrown) {
      throw this.requests > 0 ? new LoadFailed(thrown, { fetched: result() }) : thrown
    } finally {
      stop.cancel()
    }
  }
}

class PartitionReader {
  readonly #source: FetchSource
  readonly #load: FetchLoad
  readonly #what: string
  #socket: LoadSocket | null = null
  #offset: number
  #sentMs = 0
  #resolve: () => void = () => undefined
  #reject: (error: Error) => void = () => undefined
  readonly #finished: Promise<void>

  private constructor(source: FetchSource, load: FetchLoad) {
    this.#source = source
    this.#load = load
    this.#what = `fetching ${source.topic}-${source.partition}`
    this.#offset = source.fromOffset
    this.#finished = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // Whoever runs the load hears of it; until then it is no unhandled rejection.
    this.#finished.catch(() => undefined)
  }

  static async open(source: FetchSource, load: FetchLoad): Promise<PartitionReader> {
    const reader = new PartitionReader(source, load)
    const responses = new ResponseReader((response) => reader.#answered(response))
    reader.#socket = await openLoadSocket(
      { ...source.address, timeoutMs: CONNECT_TIMEOUT_MS },
      {
        data: (bytes) => {
          try {
            responses.push(bytes)
          } catch (thrown) {
            reader.#reject(asError(thrown))
          }
        },
        drained: () => undefined,
        closed: (error) => reader.#reject(error ?? new Error('the broker closed the connection')),
      },
    )
    return reader
  }

  run(): Promise<void> {
    this.#next()
    return this.#finished
  }

  close(): void {
    this.#socket?.destroy()
  }

  #next(): void {
    if (this.#load.isOver) return this.#resolve()
    const { maxBytes, minBytes, maxWaitMs } = this.#load.options
    const { address, topic, partition } = this.#source
    const bounds = { maxBytes, minBytes, maxWaitMs }
    this.#sentMs = hostClock.monotonicMs()
    this.#socket?.write(fetchFrame({ address, topic, partition, offset: this.#offset, ...bounds }))
  }

  #answered(response: Uint8Array): void {
    this.#load.histogram.record(hostClock.monotonicMs() - this.#sentMs)
    this.#load.requests += 1
    let came = 0
    for (const chunk of fetchedFrom(response, this.#what)) came += this.#take(chunk)
    const { fromOffset, untilOffset = Infinity } = this.#source
    const { atEnd } = this.#load.options
    const isAtEnd = this.#offset >= untilOffset || (came === 0 && atEnd !== 'wait')
    if (isAtEnd && atEnd !== 'again') return this.#resolve()
    if (isAtEnd) this.#offset = fromOffset
    this.#next()
  }

  /** Steps over the whole batches of a chunk; how many bytes they are. */
  #take(chunk: Uint8Array): number {
    const batch = new BatchCursor(chunk)
    while (batch.isWhole) {
      // The first batch may begin before the offset asked for.
      this.#load.records += batch.nextOffset - Math.max(this.#offset, batch.baseOffset)
      this.#offset = batch.nextOffset
      batch.next()
    }
    this.#load.bytes += batch.at
    return batch.at
  }
}
