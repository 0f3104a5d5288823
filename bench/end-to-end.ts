/**
 * How long a record takes from the moment it was due until a consumer has it: one connection
 * produces at a fixed rate, a batch of one record each, another one fetches with a long poll. Both
 * are in this process, so one clock tells both times; and they count from when a record was due, so
 * that a broker that stalls cannot keep records from being sent and their waiting from being seen
 * (coordinated omission).
 */
import { Histogram } from '../src/cli/bench/histogram.ts'
import { cpuMeter, latencyOf, type LoadResult } from '../src/cli/bench/load-result.ts'
import { RequestSender, type SharedLoad } from '../src/cli/bench/request-sender.ts'
import {
  batchOf,
  fetchedFrom,
  fetchFrame,
  produceSource,
  type Acks,
  type Place,
} from '../src/cli/bench/requests.ts'
import { ResponseReader } from '../src/cli/bench/response-reader.ts'
import { supervise } from '../src/cli/bench/supervise.ts'
import { openLoadSocket, type LoadSocket } from '../src/host/load-socket.ts'
import { asError } from '../src/base/errors.ts'
import { BatchCursor } from '../src/records/batch.ts'

export interface EndToEndOptions extends Place {
  readonly acks: Acks
  readonly recordBytes: number
  readonly ratePerSecond: number
  readonly durationMs: number
  /** Where the log ends: the first record's offset. */
  readonly fromOffset: number
}

const FETCH = { maxBytes: 1 << 20, minBytes: 1, maxWaitMs: 500 }
const CONNECT_TIMEOUT_MS = 10_000
/** So many may be unanswered: a stall of seconds at most rates. */
const IN_FLIGHT_MAX = 4_096

/** Resolves when every record was acknowledged and seen; `latencyMs` is that of being seen. */
export async function runEndToEnd(options: EndToEndOptions): Promise<LoadResult> {
  const { recordBytes, acks, durationMs } = options
  const batch = batchOf(recordBytes, recordBytes)
  const pace = new Pace(options)
  const consumer = await Consumer.open(options, pace)
  const producer = await RequestSender.open(produceSource(options, batch, acks), pace, 0)
  try {
    const cpuSeconds = cpuMeter()
    pace.begin()
    const finished = Promise.all([producer.finished, consumer.finished])
    consumer.fetch()
    pumpByTheClock(producer)
    await supervise(finished, durationMs)
    const { count: requests } = pace
    return {
      ...{ requests, bytes: requests * batch.byteLength, seconds: pace.elapsedMs / 1000 },
      ...{ latencyMs: latencyOf(consumer.histogram), loadCpuSeconds: cpuSeconds() },
    }
  } finally {
    producer.close()
    consumer.close()
  }
}

/** The spinning of an open loop: a timer's millisecond would be most of a latency. */
function pumpByTheClock(producer: RequestSender): void {
  if (producer.isDone) return
  producer.pump()
  setImmediate(pumpByTheClock, producer)
}

/** Record k is due at k / rate. */
class Pace implements SharedLoad {
  readonly inFlight = IN_FLIGHT_MAX
  /** From due until acknowledged. */
  readonly histogram = new Histogram()
  /** Of all records. */
  readonly count: number
  readonly #everyMs: number
  #left: number
  #beganMs = 0

  constructor({ ratePerSecond, durationMs }: EndToEndOptions) {
    this.#everyMs = 1000 / ratePerSecond
    this.count = Math.max(1, Math.floor(durationMs / this.#everyMs))
    this.#left = this.count
  }

  begin(): void {
    this.#beganMs = performance.now()
  }

  get elapsedMs(): number {
    return performance.now() - this.#beganMs
  }

  get isOver(): boolean {
    return this.#left === 0
  }

  claim(wanted: number): number {
    const count = Math.max(0, Math.min(wanted, this.#left))
    this.#left -= count
    return count
  }

  dueBy(nowMs: number): number {
    return Math.floor((nowMs - this.#beganMs) / this.#everyMs) + 1
  }

  dueMs(number: number): number {
    return this.#beganMs + number * this.#everyMs
  }
}

/** Fetches until it has seen every record, each time from where the last answer ended. */
class Consumer {
  /** From due until seen. */
  readonly histogram = new Histogram()
  readonly finished: Promise<void>
  readonly #options: EndToEndOptions
  readonly #pace: Pace
  #seen = 0
  #socket: LoadSocket | null = null
  #resolve: () => void = () => undefined
  #reject: (error: Error) => void = () => undefined

  private constructor(options: EndToEndOptions, pace: Pace) {
    this.#options = options
    this.#pace = pace
    this.finished = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    // Whoever runs the load hears of it; until then it is no unhandled rejection.
    this.finished.catch(() => undefined)
  }

  static async open(options: EndToEndOptions, pace: Pace): Promise<Consumer> {
    const consumer = new Consumer(options, pace)
    const responses = new ResponseReader((response) => consumer.#answered(response))
    consumer.#socket = await openLoadSocket(
      { ...options.address, timeoutMs: CONNECT_TIMEOUT_MS },
      {
        data: (bytes) => {
          try {
            responses.push(bytes)
          } catch (thrown) {
            consumer.#reject(asError(thrown))
          }
        },
        drained: () => undefined,
        closed: (error) => consumer.#reject(error ?? new Error('the broker closed the connection')),
      },
    )
    return consumer
  }

  close(): void {
    this.#socket?.destroy()
  }

  fetch(): void {
    const offset = this.#options.fromOffset + this.#seen
    this.#socket?.write(fetchFrame({ ...this.#options, ...FETCH, offset }))
  }

  #answered(response: Uint8Array): void {
    const nowMs = performance.now()
    for (const chunk of fetchedFrom(response, 'the consumer'))
      for (const batch = new BatchCursor(chunk); batch.isWhole; batch.next()) {
        const end = batch.nextOffset - this.#options.fromOffset
        for (; this.#seen < end; this.#seen += 1)
          this.histogram.record(nowMs - this.#pace.dueMs(this.#seen))
      }
    if (this.#seen >= this.#pace.count) return this.#resolve()
    this.fetch()
  }
}
