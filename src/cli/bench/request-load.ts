/**
 * Sends one pre-encoded request again and again over some connections, and times the answers.
 *
 * Closed loop: as many as may be in flight, always. Open loop (`ratePerSecond`): request k is due
 * at k / rate, whether or not earlier ones were answered, and its latency counts from then, so a
 * broker that stalls cannot hide the requests it kept from being sent (coordinated omission).
 */
import { hostClock } from '../../host/clock.ts'
import { Histogram } from './histogram.ts'
import type { LoadResult } from './load-result.ts'
import { LoadFailed, cpuMeter, latencyOf } from './load-result.ts'
import type { RequestSource, SharedLoad } from './request-sender.ts'
import { RequestSender } from './request-sender.ts'
import { supervise } from './supervise.ts'

export interface RequestLoadOptions {
  /** Requests in flight on each connection, at most. */
  readonly inFlight: number
  /** It ends at whichever of these two comes first. */
  readonly durationMs: number
  readonly requestsMax?: number
  /** Over all connections together; undefined: as fast as it goes. */
  readonly ratePerSecond?: number
  /** Told now and then how many requests were sent. */
  readonly onProgress?: (requests: number) => void
  /** Ends the load early, in good order. */
  readonly signal?: AbortSignal
}

/**
 * Rejects when a connection or a request fails, or the end does not come; with a LoadFailed when
 * something was answered before.
 */
export async function runRequests(
  sources: readonly RequestSource[],
  options: RequestLoadOptions,
): Promise<LoadResult> {
  const load = new RequestLoad(options, sources.length)
  const senders: RequestSender[] = []
  try {
    for (const [index, source] of sources.entries())
      senders.push(await RequestSender.open(source, load, index))
    return await load.run(senders)
  } finally {
    for (const sender of senders) sender.close()
  }
}

class RequestLoad implements SharedLoad {
  readonly inFlight: number
  readonly histogram = new Histogram()
  readonly #options: RequestLoadOptions
  readonly #connections: number
  /** Requests that may still be sent. */
  #left: number
  #stopped = false
  #startMs = 0

  constructor(options: RequestLoadOptions, connections: number) {
    const { inFlight, requestsMax = Infinity, ratePerSecond = Infinity, durationMs } = options
    this.inFlight = inFlight
    this.#options = options
    this.#connections = connections
    this.#left = Math.min(requestsMax, Math.max(1, Math.floor((ratePerSecond * durationMs) / 1000)))
  }

  get isOver(): boolean {
    return this.#stopped || this.#left <= 0
  }

  claim(wanted: number): number {
    const count = this.isOver ? 0 : Math.max(0, Math.min(wanted, this.#left))
    this.#left -= count
    return count
  }

  dueBy(nowMs: number, index: number): number {
    const { ratePerSecond } = this.#options
    if (ratePerSecond === undefined) return Infinity
    const allDue = ((nowMs - this.#startMs) * ratePerSecond) / 1000
    return allDue < index ? 0 : Math.floor((allDue - index) / this.#connections) + 1
  }

  dueMs(number: number, index: number): number | null {
    const { ratePerSecond } = this.#options
    if (ratePerSecond === undefined) return null
    return this.#startMs + ((number * this.#connections + index) * 1000) / ratePerSecond
  }

  async run(senders: readonly RequestSender[]): Promise<LoadResult> {
    const cpuSeconds = cpuMeter()
    this.#startMs = hostClock.monotonicMs()
    const result = () => ({
      requests: senders.reduce((sum, { answered }) => sum + answered, 0),
      bytes: senders.reduce((sum, { bytes }) => sum + bytes, 0),
      seconds: (hostClock.monotonicMs() - this.#startMs) / 1000,
      latencyMs: latencyOf(this.histogram),
      loadCpuSeconds: cpuSeconds(),
    })
    try {
      await this.#untilFinished(senders)
    } catch (thrown) {
      const produced = result()
      throw produced.requests > 0 ? new LoadFailed(thrown, { produced }) : thrown
    }
    return result()
  }

  async #untilFinished(senders: readonly RequestSender[]): Promise<void> {
    const { durationMs, ratePerSecond, onProgress, signal } = this.#options
    const pumpAll = () => {
      for (const sender of senders) sender.pump()
    }
    const stopNow = () => {
      this.#stopped = true
      pumpAll()
    }
    // In an open loop everything that was due is sent, however late.
    const stop = ratePerSecond === undefined ? hostClock.timer(durationMs, stopNow) : null
    signal?.addEventListener('abort', stopNow, { once: true })
    const finished = Promise.all(senders.map((sender) => sender.finished))
    const sent = () => senders.reduce((sum, sender) => sum + sender.sent, 0)
    const supervised = supervise(finished, durationMs, onProgress && (() => onProgress(sent())))
    if (ratePerSecond === undefined) pumpAll()
    else pumpByTheClock(senders)
    try {
      await supervised
    } finally {
      stop?.cancel()
      signal?.removeEventListener('abort', stopNow)
    }
  }
}

/** An open loop asks the clock all the time: a timer's millisecond would be most of a latency. */
function pumpByTheClock(senders: readonly RequestSender[]): void {
  if (senders.every(({ isDone }) => isDone)) return
  for (const sender of senders) sender.pump()
  setImmediate(pumpByTheClock, senders)
}
