/**
 * The gRPC listener of a node. It owns its connections and nothing of what they carry: services are
 * added before it is bound, and end their own streams before it closes. Bounded: messages (here,
 * and by each method), calls of a connection, and the time that a silent connection or a stop may
 * take.
 */
import type * as grpc from '@grpc/grpc-js'
import { logVerbosity, Server, ServerCredentials, setLogVerbosity } from '@grpc/grpc-js'
import type { Clock } from '../base/clock.ts'
import { asError, LograftError } from '../base/errors.ts'
import { NO_TRACER, type Tracer } from '../base/tracing.ts'
import type { HostPort } from '../config/addresses.ts'
import { formatHostPort } from '../config/addresses.ts'
import type { Served } from './handlers.ts'
import { boundedText } from './status.ts'
import { MESSAGE_BYTES_MAX } from './stream.ts'
import { traced } from './traced.ts'

/** Calls of one connection at a time. */
const CALLS_MAX = 1_000

/** A connection that says nothing for so long is asked, and has so long to answer. */
const KEEPALIVE_MS = 10_000
const KEEPALIVE_TIMEOUT_MS = 5_000

/** How long calls may take to end in order when the listener closes. */
const CLOSE_GRACE_MS = 500

export interface RpcServerOptions {
  readonly clock: Clock
  /** Hears what a handler throws that is no LograftError: a broken invariant. */
  readonly fatal: (error: Error) => void
  readonly tracer?: Tracer
}

export class RpcServer {
  readonly #server: grpc.Server
  readonly #options: RpcServerOptions
  #target: string | null = null
  #closing: Promise<void> | null = null

  constructor(options: RpcServerOptions) {
    // It would write to stderr what its callers are told as well.
    setLogVerbosity(logVerbosity.NONE)
    this.#options = options
    this.#server = new Server({
      'grpc.max_receive_message_length': MESSAGE_BYTES_MAX,
      'grpc.max_send_message_length': MESSAGE_BYTES_MAX,
      'grpc.max_concurrent_streams': CALLS_MAX,
      'grpc.keepalive_time_ms': KEEPALIVE_MS,
      'grpc.keepalive_timeout_ms': KEEPALIVE_TIMEOUT_MS,
      'grpc.enable_channelz': 0,
    })
  }

  /** Before `bind`: a call that came too early would be told that its method does not exist. */
  add(services: readonly Served[]): void {
    for (const served of services) {
      const { kind, path } = served.method
      const { fatal, tracer = NO_TRACER } = this.#options
      const handler = traced(served.method, served.handlerFor(fatal), tracer)
      if (!this.#server.register(`/${path}`, handler, asIs, asIs, GRPC_KINDS[kind]))
        throw new Error(`${path} is served already`)
    }
  }

  /**
   * Listens, at any free port for port 0, on every interface for an empty host; the address it got.
   * Rejects with LISTENER_UNAVAILABLE.
   */
  async bind({ host, port }: HostPort): Promise<HostPort> {
    let failure: unknown
    for (const candidate of host === '' ? ['::', '0.0.0.0'] : [host])
      try {
        return { host, port: await this.#bindTo({ host: candidate, port }) }
      } catch (thrown) {
        failure ??= thrown
      }
    const where = formatHostPort({ host, port })
    const why = boundedText(asError(failure).message)
    throw new LograftError('LISTENER_UNAVAILABLE', `cannot listen on ${where}: ${why}`, {
      cause: failure,
    })
  }

  #bindTo({ host, port: wanted }: HostPort): Promise<number> {
    return new Promise((resolve, reject) => {
      const target = formatHostPort({ host, port: wanted })
      this.#server.bindAsync(target, ServerCredentials.createInsecure(), (error, port) => {
        if (error) return reject(error)
        this.#target = formatHostPort({ host, port })
        resolve(port)
      })
    })
  }

  /**
   * Refuses new calls, lets the open ones end for a moment, then cuts them. What answers them is to
   * end its own streams before. Idempotent.
   */
  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      // `forceShutdown` would cut nothing while channelz is off; `drain` does.
      if (this.#target !== null) this.#server.drain(this.#target, CLOSE_GRACE_MS)
      const done = () => {
        last.cancel()
        this.#server.forceShutdown()
        resolve()
      }
      const last = this.#options.clock.timer(2 * CLOSE_GRACE_MS, done)
      this.#server.tryShutdown(done)
    })
    return this.#closing
  }

  /** Cuts everything at once, and answers nobody: as the system does with a process's sockets. */
  kill(): void {
    if (this.#target !== null) this.#server.drain(this.#target, 0)
    this.#server.forceShutdown()
    this.#closing ??= Promise.resolve()
  }
}

const GRPC_KINDS = { unary: 'unary', 'server-stream': 'serverStream', bidi: 'bidi' } as const

/** grpc-js carries bytes: codecs are run where their errors become a status. */
const asIs = (bytes: Buffer) => bytes
