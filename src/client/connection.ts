/**
 * One connection to a broker: requests leave at once and are answered in their order (Kafka's
 * promise), each within its time. It never retries, reconnects or queues: at its bound it refuses.
 * Once an answer is late or malformed, nothing behind it can be told apart, so the connection ends
 * and everything that was awaited fails with it.
 */
import type { Clock, Timer } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import type { Net, Stream, StreamEvents } from '../base/net.ts'
import { Reader } from '../bytes/reader.ts'
import { ReusedMemory } from '../bytes/reused-memory.ts'
import type { HostPort } from '../config/addresses.ts'
import type { Api, IncomingResponse, OutgoingRequest } from '../wire/api.ts'
import { FrameReader } from '../wire/frame.ts'
import { readResponse, requestFrame } from '../wire/message.ts'
import { ClientError } from './errors.ts'
import type { ClientErrorCode } from './errors.ts'

/** The largest answer taken: a fetch whose first batch is a giant is returned whole. */
const RESPONSE_BYTES_MAX = 1024 * 1024 * 1024
/** Requests that may be unanswered at once; whoever sends more has lost count. */
const IN_FLIGHT_MAX = 1_000
/** A requester without answers (acks=0) waits while more than this is unsent. */
const UNSENT_BYTES_MAX = 4 * 1024 * 1024

export interface ConnectionOptions {
  readonly net: Net
  readonly clock: Clock
  readonly address: HostPort
  /** Told to the broker with every request. */
  readonly clientId: string
  readonly connectTimeoutMs: number
}

interface Pending {
  readonly correlationId: number
  readonly timer: Timer
  resolve(frame: Uint8Array): void
  reject(error: Error): void
}

/** Frames are their takers' own; of those that were only lent, some are kept for the next ones. */
const memory = new ReusedMemory({ spareBytesMax: 8 * 1024 * 1024 })

export class Connection implements StreamEvents {
  readonly address: HostPort
  /** Resolves when the connection has ended, for whatever reason; never rejects. */
  readonly end: Promise<void>
  readonly #stream: Stream
  readonly #clock: Clock
  readonly #clientId: string
  readonly #frames = new FrameReader({ maxBytes: RESPONSE_BYTES_MAX, memory })
  readonly #pending: Pending[] = []
  #onDrained: (() => void)[] = []
  #correlationId = 0
  #ended: ClientError | null = null
  #tellEnd: () => void = () => undefined

  private constructor(stream: Stream, { clock, address, clientId }: ConnectionOptions) {
    this.#stream = stream
    this.#clock = clock
    this.#clientId = clientId
    this.address = address
    this.end = new Promise((resolve) => (this.#tellEnd = resolve))
    stream.open(this)
  }

  /** Dials; throws UNREACHABLE, with the system's error as its cause. */
  static async open(options: ConnectionOptions): Promise<Connection> {
    const { net, clock, address, connectTimeoutMs } = options
    const abort = new AbortController()
    const timer = clock.timer(connectTimeoutMs, () => {
      abort.abort(new Error(`no connection within ${connectTimeoutMs} ms`))
    })
    try {
      return new Connection(await net.connect(address, abort.signal), options)
    } catch (thrown) {
      const { message } = asError(thrown)
      throw new ClientError('UNREACHABLE', address, message || 'no connection', { cause: thrown })
    } finally {
      timer.cancel()
    }
  }

  get isOpen(): boolean {
    return this.#ended === null
  }

  /** Sends a request and resolves with its answer, which borrows from a frame of its own. */
  async request<A extends Api>(
    api: A,
    version: number,
    body: OutgoingRequest<A>,
    { timeoutMs }: { readonly timeoutMs: number },
  ): Promise<IncomingResponse<A>> {
    return this.#read(api, version, await this.exchange(api, version, body, { timeoutMs }))
  }

  /**
   * As `request`, for large answers, one after the other: `use` has it, and nobody may look at its
   * bytes when that has returned, for they are used again (ADR 11).
   */
  async requestLent<A extends Api, Value>(
    api: A,
    version: number,
    body: OutgoingRequest<A>,
    { timeoutMs }: { readonly timeoutMs: number },
    use: (response: IncomingResponse<A>) => Value,
  ): Promise<Value> {
    const frame = await this.exchange(api, version, body, { timeoutMs })
    try {
      return use(this.#read(api, version, frame))
    } finally {
      memory.giveBack(frame)
    }
  }

  #read<A extends Api>(api: A, version: number, frame: Uint8Array): IncomingResponse<A> {
    try {
      return readResponse(api, version, frame).response
    } catch (thrown) {
      throw this.#end('BAD_RESPONSE', asError(thrown).message, thrown)
    }
  }

  /** As `request`, for an answer whose version is not certain: its frame, without the size. */
  exchange<A extends Api>(
    api: A,
    version: number,
    body: OutgoingRequest<A>,
    { timeoutMs }: { readonly timeoutMs: number },
  ): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== null) return reject(this.#ended)
      if (this.#pending.length >= IN_FLIGHT_MAX)
        return reject(
          new ClientError('TOO_MANY_IN_FLIGHT', this.address, `${IN_FLIGHT_MAX} are unanswered`),
        )
      const correlationId = this.#send(api, version, body)
      const timer = this.#clock.timer(timeoutMs, () => {
        this.#end('TIMED_OUT', `no answer to ${api.name} within ${timeoutMs} ms`)
      })
      this.#pending.push({ correlationId, timer, resolve, reject })
    })
  }

  /** Sends a request that is not answered; resolves when there is room for the next one. */
  notify<A extends Api>(api: A, version: number, body: OutgoingRequest<A>): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== null) return reject(this.#ended)
      this.#send(api, version, body)
      if (this.#stream.unsentBytes <= UNSENT_BYTES_MAX) return resolve()
      this.#onDrained.push(() => (this.#ended === null ? resolve() : reject(this.#ended)))
    })
  }

  /** Closes once what was sent has left; what is unanswered fails. */
  close(): void {
    if (this.#ended !== null) return
    this.#fail(new ClientError('CONNECTION_LOST', this.address, 'closed by this side'))
    this.#stream.end()
  }

  data(bytes: Uint8Array): void {
    if (this.#ended !== null) return
    this.#frames.push(bytes)
    // Answers are read later, and by whoever asked: each frame has memory of its own.
    this.#frames.keep()
    try {
      for (let frame = this.#frames.next(); frame !== null; frame = this.#frames.next())
        this.#take(frame)
    } catch (thrown) {
      this.#end('BAD_RESPONSE', `it does not speak Kafka: ${asError(thrown).message}`, thrown)
    }
  }

  drained(): void {
    const waiting = this.#onDrained
    this.#onDrained = []
    for (const go of waiting) go()
  }

  ended(): void {
    this.#end('CONNECTION_LOST', 'the broker closed the connection')
  }

  closed(error: Error | null): void {
    this.#end('CONNECTION_LOST', error?.message ?? 'the connection closed', error)
  }

  #send<A extends Api>(api: A, version: number, body: OutgoingRequest<A>): number {
    this.#correlationId = (this.#correlationId + 1) & 0x7fff_ffff
    const header = { correlationId: this.#correlationId, clientId: this.#clientId }
    this.#stream.write(requestFrame(api, version, header, body))
    return header.correlationId
  }

  #take(frame: Uint8Array): void {
    const pending = this.#pending.shift()
    const correlationId = new Reader(frame).int32()
    if (pending?.correlationId !== correlationId) {
      if (pending) this.#pending.unshift(pending)
      throw new Error(`an answer to request ${correlationId}, which was not the next one`)
    }
    pending.timer.cancel()
    pending.resolve(frame)
  }

  /** Ends the connection at once. */
  #end(code: ClientErrorCode, what: string, cause?: unknown): ClientError {
    const error = new ClientError(code, this.address, what, cause ? { cause } : undefined)
    if (this.#ended !== null) return error
    this.#fail(error)
    this.#stream.destroy()
    return error
  }

  #fail(error: ClientError): void {
    this.#ended = error
    for (const pending of this.#pending.splice(0)) {
      pending.timer.cancel()
      pending.reject(error)
    }
    this.drained()
    this.#tellEnd()
  }
}
