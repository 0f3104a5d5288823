/**
 * One gRPC stream, the same from either end, in the manner of `base/net.ts`: typed messages instead
 * of bytes. It hides what grpc-js leaves to its users: every call has an `error` listener (without
 * one a peer's reset ends the process), what is not sent yet is counted in bytes, and bytes that
 * are no message end the stream with a status instead of an exception.
 */
import type { ClientDuplexStream, ClientReadableStream, StatusObject } from '@grpc/grpc-js'
import { status } from '@grpc/grpc-js'
import type { ServerDuplexStream, ServerWritableStream } from '@grpc/grpc-js'
import { asError } from '../base/errors.ts'
import type { Codec } from './service.ts'
import { boundedText, errorOf, RpcError, statusOf } from './status.ts'

/** Bytes of any message at most; a method's own bound is usually lower. */
export const MESSAGE_BYTES_MAX = 16 * 1024 * 1024

/** Bytes of one stream that may wait for the connection before `write` says false. */
export const UNSENT_BYTES_HIGH = 1024 * 1024

/** What a stream tells its one owner; never from within the owner's own calls. */
export interface RpcStreamEvents<In> {
  message(message: In): void
  /** What was written has been taken by the connection, after `write` said false. */
  drained?(): void
  /** The other end will send no more. */
  ended?(): void
  /** Once, last. Null when it ended in order. */
  closed(error: RpcError | null): void
}

export interface RpcStream<In, Out> {
  /** `address:port` of the other end; a client knows it once it is connected. */
  readonly peer: string
  readonly unsentBytes: number
  /** Begins delivery. */
  open(events: RpcStreamEvents<In>): void
  /** Queues a message; nothing once the stream is over. False: no more before `drained`. */
  write(message: Out): boolean
  pause(): void
  resume(): void
  /** Nothing more is written. At a server, the call ends once everything is sent. */
  end(): void
  /** Ends the call, at a server with this status. What arrives later is dropped. */
  fail(error: RpcError): void
}

interface StreamOptions<In, Out> {
  readonly incoming: Codec<In>
  readonly outgoing: Codec<Out>
  readonly incomingBytesMax: number
  /** How the ends are called in errors. */
  readonly ends: { readonly from: string; readonly to: string }
  /** Hears what the owner's events throw: a broken invariant. */
  readonly fatal: (error: Error) => void
}

/** What is common to the four kinds of calls that grpc-js has. */
interface Call {
  readonly peer: () => string
  readonly read: { pause(): unknown; resume(): unknown } | null
  readonly write: ((bytes: Buffer, sent: () => void) => unknown) | null
  end(): void
  fail(error: RpcError): void
}

class CallStream<In, Out> implements RpcStream<In, Out> {
  readonly #call: Call
  readonly #options: StreamOptions<In, Out>
  #events: RpcStreamEvents<In> | null = null
  /** How it ended; kept until somebody listens. */
  #over: { readonly error: RpcError | null } | null = null
  /** Why this end gave it up. */
  #failure: RpcError | null = null
  #hasEnded = false
  #isFull = false
  #unsentBytes = 0

  constructor(call: Call, options: StreamOptions<In, Out>) {
    this.#call = call
    this.#options = options
    // Nothing flows before `open`; a listener for data alone would start it.
    call.read?.pause()
  }

  get peer(): string {
    return boundedText(this.#call.peer())
  }

  get unsentBytes(): number {
    return this.#unsentBytes
  }

  open(events: RpcStreamEvents<In>): void {
    this.#events = events
    this.#call.read?.resume()
    const over = this.#over
    if (over) queueMicrotask(() => this.#tell(() => events.closed(over.error)))
  }

  write(message: Out): boolean {
    if (this.#over || this.#failure || this.#hasEnded || !this.#call.write) return true
    const bytes = bufferOf(this.#options.outgoing.encode(message))
    this.#unsentBytes += bytes.byteLength
    this.#isFull ||= this.#unsentBytes >= UNSENT_BYTES_HIGH
    this.#call.write(bytes, () => this.#sent(bytes.byteLength))
    return !this.#isFull
  }

  pause(): void {
    this.#call.read?.pause()
  }

  resume(): void {
    this.#call.read?.resume()
  }

  end(): void {
    if (this.#over || this.#failure || this.#hasEnded) return
    this.#hasEnded = true
    this.#call.end()
  }

  fail(error: RpcError): void {
    if (this.#over || this.#failure) return
    this.#failure = error
    // What comes is read and dropped, so that the end of the call can be seen behind it.
    this.#call.read?.resume()
    this.#call.fail(error)
  }

  // --- what grpc-js tells

  received(bytes: Buffer): void {
    if (this.#over || this.#failure) return
    const { incoming, incomingBytesMax } = this.#options
    if (bytes.byteLength > incomingBytesMax)
      return this.fail(
        new RpcError('RESOURCE_EXHAUSTED', `a message of ${bytes.byteLength} bytes is too large`),
      )
    let message: In
    try {
      message = incoming.decode(bytes)
    } catch (thrown) {
      const why = `not a message of this stream: ${asError(thrown).message}`
      return this.fail(new RpcError('INVALID_ARGUMENT', why, { cause: thrown }))
    }
    this.#tell(() => this.#events?.message(message))
  }

  ended(): void {
    if (!this.#over && !this.#failure) this.#tell(() => this.#events?.ended?.())
  }

  /** The call is over. What this end failed it with explains more than what came back. */
  closed(error: RpcError | null): void {
    if (this.#over) return
    const over = (this.#over = { error: this.#failure ?? error })
    this.#tell(() => this.#events?.closed(over.error))
  }

  get endedInOrder(): boolean {
    return this.#hasEnded && this.#failure === null
  }

  #sent(bytes: number): void {
    this.#unsentBytes -= bytes
    if (!this.#isFull || this.#unsentBytes >= UNSENT_BYTES_HIGH / 2) return
    this.#isFull = false
    if (!this.#over && !this.#failure) this.#tell(() => this.#events?.drained?.())
  }

  #tell(event: () => void): void {
    try {
      event()
    } catch (thrown) {
      this.#options.fatal(asError(thrown))
    }
  }
}

/** The server's end. `ServerWritableStream` has sent its one request already. */
export function serverStreamOf<In, Out>(
  call: ServerDuplexStream<Buffer, Buffer> | ServerWritableStream<Buffer, Buffer>,
  options: StreamOptions<In, Out>,
): RpcStream<In, Out> {
  const stream = new CallStream<In, Out>(
    {
      peer: () => call.getPeer(),
      read: 'pause' in call ? call : null,
      write: (bytes, sent) => call.write(bytes, sent),
      end: () => call.end(),
      // This is how grpc-js is given a status.
      fail: (error) => call.emit('error', statusOf(error)),
    },
    options,
  )
  if ('pause' in call) {
    call.on('data', (bytes: Buffer) => stream.received(bytes))
    call.on('end', () => stream.ended())
  }
  // The status was sent, or the caller has left.
  call.once('cancelled', () => {
    const left = new RpcError('CANCELLED', `${options.ends.from} left`)
    stream.closed(stream.endedInOrder ? null : left)
  })
  return stream
}

/** The client's end. A stream of responses only has no `write`. */
export function clientStreamOf<In, Out>(
  call: ClientDuplexStream<Buffer, Buffer> | ClientReadableStream<Buffer>,
  options: StreamOptions<In, Out>,
): RpcStream<In, Out> {
  const stream = new CallStream<In, Out>(
    {
      peer: () => call.getPeer(),
      read: call,
      write: 'write' in call ? (bytes, sent) => call.write(bytes, sent) : null,
      end: () => 'write' in call && call.end(),
      fail: () => call.cancel(),
    },
    options,
  )
  call.on('data', (bytes: Buffer) => stream.received(bytes))
  let isOk = false
  let hasEnded = false
  const done = () => {
    // A good status may overtake what was received and not read yet.
    if (isOk && hasEnded) stream.closed(null)
  }
  call.on('end', () => {
    hasEnded = true
    stream.ended()
    done()
  })
  call.on('status', (told: StatusObject) => {
    isOk = told.code === status.OK
    if (isOk) done()
    else stream.closed(errorOf(told, options.ends))
  })
  // `status` follows; but an error that nobody listens to ends the process.
  call.on('error', () => {})
  return stream
}

/** The same memory, as grpc-js wants it. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
