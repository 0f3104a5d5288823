/**
 * A client's connection to one address. It mends what grpc-js leaves broken: a peer that accepts
 * TCP and never speaks keeps a channel CONNECTING for ever, so one that is not READY in time is
 * closed, which fails the calls that wait for it, and the next call makes a new one. Connections
 * are never shared between channels, and no environment variable sends them through a proxy.
 */
import type { ClientOptions } from '@grpc/grpc-js'
import { Client, connectivityState, credentials } from '@grpc/grpc-js'
import type { Clock, Timer } from '../base/clock.ts'
import { asError } from '../base/errors.ts'
import { NO_TRACER, type Tracer } from '../base/tracing.ts'
import type { HostPort } from '../config/addresses.ts'
import { formatHostPort } from '../config/addresses.ts'
import type { Bidi, Codec, ServerStream, Unary } from './service.ts'
import { errorOf, RpcError } from './status.ts'
import type { RpcStream } from './stream.ts'
import { bufferOf, clientStreamOf, MESSAGE_BYTES_MAX } from './stream.ts'
import { outgoingMetadata } from './traced.ts'

/** A channel that began to connect is READY after so long, or closed. */
const CONNECT_TIMEOUT_MS = 2_000

const RECONNECT_BACKOFF_MIN_MS = 50
const RECONNECT_BACKOFF_MAX_MS = 1_000
/** Between two lookups of a peer's name: where pods are, it means another address tomorrow. */
const RESOLVE_AGAIN_MS = 1_000

export interface Keepalive {
  /** After so long without a word the other end is asked whether it lives. */
  readonly timeMs: number
  /** It has so long to answer; then the connection is given up. */
  readonly timeoutMs: number
}

/**
 * Between replicas: one that stopped is noticed within two seconds. Who had no turn itself for a
 * while (a busy machine, a slow disk) finds its own clock run out before it finds the answer in its
 * socket, so it must not give up too soon: every call under way would be lost.
 */
export const PEER_KEEPALIVE: Keepalive = { timeMs: 500, timeoutMs: 1_500 }

export interface RpcChannelOptions {
  readonly to: HostPort
  /** How this end and the other are called in errors: `node 1`, `node 2 at 127.0.0.1:9093`. */
  readonly ends: { readonly from: string; readonly to: string }
  readonly clock: Clock
  readonly keepalive: Keepalive
  /** Hears what the owner of a stream throws from its events: a broken invariant. */
  readonly fatal: (error: Error) => void
  readonly tracer?: Tracer
}

interface Cancellable {
  cancel(): void
}

export class RpcChannel {
  readonly #options: RpcChannelOptions
  /** Those that are not over. */
  readonly #calls = new Set<Cancellable>()
  #client: Client | null = null
  #watchdog: Timer | null = null
  #isClosed = false

  constructor(options: RpcChannelOptions) {
    this.#options = options
  }

  /**
   * Connects, unless it is connected. Rejects with an RpcError as soon as an attempt fails: whoever
   * asks only after this knows of what failed before that it was never sent.
   */
  ready({
    timeoutMs,
    signal,
  }: {
    readonly timeoutMs: number
    readonly signal?: AbortSignal
  }): Promise<void> {
    const channel = this.#connected().getChannel()
    const { clock } = this.#options
    const { READY, TRANSIENT_FAILURE, SHUTDOWN } = connectivityState
    return new Promise((resolve, reject) => {
      let isOver = false
      const end = (error: RpcError | null) => {
        isOver = true
        timer.cancel()
        signal?.removeEventListener('abort', abort)
        if (error === null) return resolve()
        // The next attempt dials anew, instead of waiting until this one would try again.
        const hasFailed = error.code !== 'CANCELLED'
        if (hasFailed && this.#client?.getChannel() === channel) this.#drop()
        reject(error)
      }
      const abort = () => end(this.#error('CANCELLED', 'not asked any more'))
      const timer = clock.timer(timeoutMs, () =>
        end(this.#error('UNAVAILABLE', `no connection within ${Math.round(timeoutMs)} ms`)),
      )
      signal?.addEventListener('abort', abort, { once: true })
      const look = () => {
        if (isOver) return
        if (signal?.aborted) return abort()
        const state = channel.getConnectivityState(true)
        if (state === READY) return end(null)
        if (state === TRANSIENT_FAILURE || state === SHUTDOWN)
          return end(this.#error('UNAVAILABLE', 'no connection'))
        channel.watchConnectivityState(state, Infinity, look)
      }
      look()
    })
  }

  /** Rejects with an RpcError; CANCELLED when `signal` aborts first. */
  unary<Request, Response>(
    { path, request: requestCodec, response: responseCodec }: Unary<Request, Response>,
    request: Request,
    { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal },
  ): Promise<Response> {
    const { clock, ends } = this.#options
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(this.#error('CANCELLED', 'not asked any more'))
      const bytes = bufferOf(requestCodec.encode(request))
      const deadline = clock.wallMs() + timeoutMs
      const abort = () => call.cancel()
      const call = this.#connected().makeUnaryRequest<Buffer, Buffer>(
        `/${path}`,
        asIs,
        asIs,
        bytes,
        outgoingMetadata(this.#options.tracer ?? NO_TRACER),
        { deadline },
        (error, response) => {
          this.#calls.delete(call)
          signal?.removeEventListener('abort', abort)
          if (error) return reject(errorOf(error, ends))
          try {
            resolve(responseCodec.decode(response ?? Buffer.alloc(0)))
          } catch (thrown) {
            reject(this.#error('INTERNAL', `not a response: ${asError(thrown).message}`))
          }
        },
      )
      this.#calls.add(call)
      signal?.addEventListener('abort', abort, { once: true })
    })
  }

  /** The stream's other end is not asked before something is written, or `open` called. */
  stream<Request, Response>(method: Bidi<Request, Response>): RpcStream<Response, Request> {
    const { path } = method
    const call = this.#connected().makeBidiStreamRequest<Buffer, Buffer>(`/${path}`, asIs, asIs)
    return clientStreamOf(this.#tracked(call), {
      ...this.#streamOptions(method.response),
      outgoing: method.request,
    })
  }

  /** The responses to one request; nothing can be written. */
  responses<Request, Response>(
    { path, request: requestCodec, response }: ServerStream<Request, Response>,
    request: Request,
  ): RpcStream<Response, never> {
    const bytes = bufferOf(requestCodec.encode(request))
    const client = this.#connected()
    const call = client.makeServerStreamRequest<Buffer, Buffer>(`/${path}`, asIs, asIs, bytes)
    return clientStreamOf(this.#tracked(call), {
      ...this.#streamOptions(response),
      outgoing: { encode: neverWritten, decode: neverWritten },
    })
  }

  /** Fails what is under way. Idempotent. */
  close(): void {
    this.#isClosed = true
    // grpc-js would let them go on.
    for (const call of this.#calls) call.cancel()
    this.#drop()
  }

  // --- the connection

  #connected(): Client {
    if (this.#isClosed) throw this.#error('UNAVAILABLE', 'the channel is closed')
    if (this.#client) return this.#client
    const { to, keepalive } = this.#options
    // The scheme, lest a host's name be taken for one.
    const target = `dns:${formatHostPort(to)}`
    const client = new Client(target, credentials.createInsecure(), optionsFor(keepalive))
    this.#client = client
    this.#watch(client.getChannel())
    return client
  }

  /** Follows the channel's state for as long as it lives; the watchdog runs while it connects. */
  #watch(channel: ReturnType<Client['getChannel']>): void {
    if (this.#client?.getChannel() !== channel) return
    const state = channel.getConnectivityState(false)
    const { READY, IDLE, SHUTDOWN } = connectivityState
    if (state === SHUTDOWN) return
    if (state === READY || state === IDLE) {
      this.#watchdog?.cancel()
      this.#watchdog = null
    } else
      this.#watchdog ??= this.#options.clock.timer(CONNECT_TIMEOUT_MS, () => {
        this.#watchdog = null
        this.#drop()
      })
    channel.watchConnectivityState(state, Infinity, () => this.#watch(channel))
  }

  #tracked<Stream extends Cancellable & { once(event: 'status', heard: () => void): unknown }>(
    call: Stream,
  ): Stream {
    this.#calls.add(call)
    call.once('status', () => this.#calls.delete(call))
    return call
  }

  #drop(): void {
    this.#watchdog?.cancel()
    this.#watchdog = null
    const client = this.#client
    this.#client = null
    client?.close()
  }

  #streamOptions<Response>(incoming: Codec<Response>) {
    const { ends, fatal } = this.#options
    return { incoming, incomingBytesMax: MESSAGE_BYTES_MAX, ends, fatal }
  }

  #error(code: 'UNAVAILABLE' | 'CANCELLED' | 'INTERNAL', text: string): RpcError {
    const { from, to } = this.#options.ends
    return new RpcError(code, `${from} to ${to}: ${code}: ${text}`)
  }
}

/** grpc-js carries bytes: codecs are run where their errors become one of ours. */
const asIs = (bytes: Buffer) => bytes

const neverWritten = (): never => {
  throw new Error('the only request was sent already')
}

function optionsFor({ timeMs, timeoutMs }: Keepalive): ClientOptions {
  return {
    'grpc.keepalive_time_ms': timeMs,
    'grpc.keepalive_timeout_ms': timeoutMs,
    'grpc.keepalive_permit_without_calls': 1,
    'grpc.initial_reconnect_backoff_ms': RECONNECT_BACKOFF_MIN_MS,
    'grpc.max_reconnect_backoff_ms': RECONNECT_BACKOFF_MAX_MS,
    'grpc.dns_min_time_between_resolutions_ms': RESOLVE_AGAIN_MS,
    'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
    'grpc.max_send_message_length': MESSAGE_BYTES_MAX,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.enable_http_proxy': 0,
    'grpc.service_config_disable_resolution': 1,
    'grpc.enable_retries': 0,
    // Else a call takes what it is given at once, and nobody sees that the peer does not read.
    'grpc.per_rpc_retry_buffer_size': 0,
    'grpc.enable_channelz': 0,
  }
}
