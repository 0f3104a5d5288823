/**
 * What answers a method: a typed handler, wrapped for grpc-js. Nothing that a codec or a handler
 * throws reaches grpc-js, which would tell the caller and forget it: expected errors become the
 * call's status, anything else is a broken invariant and stops the node (ADR 7).
 */
import type * as grpc from '@grpc/grpc-js'
import { asError } from '../base/errors.ts'
import type { Bidi, Method, ServerStream, Unary } from './service.ts'
import { isExpected, RpcError, statusOf } from './status.ts'
import type { RpcStream } from './stream.ts'
import { bufferOf, serverStreamOf } from './stream.ts'

/** Hears of what is no LograftError. */
type Fatal = (error: Error) => void

/** Who calls. */
export interface Caller {
  /** `address:port`. */
  readonly peer: string
  /** Aborts when the caller has left or its deadline has passed. */
  readonly signal: AbortSignal
  /** By the wall clock; Infinity for none. What is asked of others for it gets what is left. */
  readonly deadlineMs: number
}

/** A method and its handler, ready for `RpcServer.add`. */
export interface Served {
  readonly method: Pick<Method<unknown, unknown>, 'kind' | 'path'>
  handlerFor(fatal: Fatal): grpc.UntypedHandleCall
}

/** `handler` throws, or rejects with, a LograftError when it refuses. */
export function serveUnary<Request, Response>(
  method: Unary<Request, Response>,
  handler: (request: Request, caller: Caller) => Response | Promise<Response>,
): Served {
  const answer = async (call: grpc.ServerUnaryCall<Buffer, Buffer>) => {
    const abort = new AbortController()
    call.once('cancelled', () => abort.abort())
    if (call.cancelled) abort.abort()
    const request = decoded(method, call.request)
    const deadlineMs = Number(call.getDeadline())
    const caller = { peer: call.getPeer(), signal: abort.signal, deadlineMs }
    return bufferOf(method.response.encode(await handler(request, caller)))
  }
  return {
    method,
    handlerFor:
      (fatal) =>
      (call: grpc.ServerUnaryCall<Buffer, Buffer>, respond: grpc.sendUnaryData<Buffer>) =>
        void answer(call).then(
          (response) => respond(null, response),
          (thrown: unknown) => respond(told(thrown, fatal)),
        ),
  }
}

/** `handler` opens the stream before it returns, or throws a LograftError when it refuses. */
export function serveStream<Request, Response>(
  method: ServerStream<Request, Response>,
  handler: (request: Request, stream: RpcStream<never, Response>) => void,
): Served {
  return {
    method,
    handlerFor: (fatal) => (call: grpc.ServerWritableStream<Buffer, Buffer>) =>
      guarded(call, fatal, () => {
        const incoming = { encode: neverRead, decode: neverRead }
        const options = { ...streamOptions(method, call.getPeer(), fatal), incoming }
        const request = decoded(method, call.request)
        handler(request, serverStreamOf<never, Response>(call, options))
      }),
  }
}

/** `handler` opens the stream before it returns, or throws a LograftError when it refuses. */
export function serveBidi<Request, Response>(
  method: Bidi<Request, Response>,
  handler: (stream: RpcStream<Request, Response>) => void,
): Served {
  return {
    method,
    handlerFor: (fatal) => (call: grpc.ServerDuplexStream<Buffer, Buffer>) =>
      guarded(call, fatal, () =>
        handler(
          serverStreamOf<Request, Response>(call, {
            ...streamOptions(method, call.getPeer(), fatal),
            incoming: method.request,
          }),
        ),
      ),
  }
}

function streamOptions<Request, Response>(
  { path, response, requestBytesMax }: Method<Request, Response>,
  peer: string,
  fatal: Fatal,
) {
  const ends = { from: peer, to: path }
  return { outgoing: response, incomingBytesMax: requestBytesMax, ends, fatal }
}

const neverRead = (): never => {
  throw new Error('the only request was read already')
}

function decoded<Request>(
  { path, request, requestBytesMax }: Method<Request, unknown>,
  bytes: Buffer,
): Request {
  if (bytes.byteLength > requestBytesMax)
    throw new RpcError(
      'RESOURCE_EXHAUSTED',
      `a request of ${bytes.byteLength} bytes is too large; ${requestBytesMax} are allowed`,
      { reason: 'POLICY_VIOLATION' },
    )
  try {
    return request.decode(bytes)
  } catch (thrown) {
    // It says which field is wrong.
    if (isExpected(thrown) && thrown.field !== null) throw thrown
    const why = `not a request of ${path}: ${asError(thrown).message}`
    throw new RpcError('INVALID_ARGUMENT', why, { reason: 'INVALID_REQUEST', cause: thrown })
  }
}

function guarded(
  call: { emit(event: 'error', status: unknown): unknown },
  fatal: Fatal,
  act: () => void,
): void {
  try {
    act()
  } catch (thrown) {
    call.emit('error', told(thrown, fatal))
  }
}

/** What the caller is told of something thrown. */
function told(thrown: unknown, fatal: Fatal) {
  if (isExpected(thrown)) return statusOf(thrown)
  fatal(asError(thrown))
  return statusOf(new RpcError('INTERNAL', 'the node stops: see its log'))
}
