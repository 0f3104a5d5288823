/**
 * A call that may change something, to one address. What matters is what is known of it afterwards:
 * an error says that certainly nothing was done (NOT_CONTROLLER, or a refusal of the other end), or
 * that it is open whether it took effect (REQUEST_TIMED_OUT). So the connection is made first, and
 * from then on everything that is no refusal is open. It never asks twice.
 */
import { LograftError } from '../base/errors.ts'
import type { RpcChannel } from './channel.ts'
import { leaderIn, NotControllerError } from './not-controller.ts'
import type { Codec, Unary } from './service.ts'
import { RpcError } from './status.ts'

export interface CommandLimits {
  /** For the connection, when there is none. */
  readonly connectTimeoutMs: number
  /** For all of it. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/** Rejects with a LograftError. */
export async function callCommand<Request, Response>(
  channel: RpcChannel,
  method: Unary<Request, Response>,
  request: Request,
  { connectTimeoutMs, timeoutMs, signal }: CommandLimits,
): Promise<Response> {
  const bytes = encoded(method, request)
  const cancelled = signal && { signal }
  await connected(channel, { timeoutMs: Math.min(connectTimeoutMs, timeoutMs), ...cancelled })
  try {
    return await channel.unary({ ...method, request: AS_IT_IS }, bytes, {
      timeoutMs,
      ...cancelled,
    })
  } catch (thrown) {
    throw thrown instanceof RpcError ? outcomeOf(thrown) : thrown
  }
}

/** Rejects with a NotControllerError: without a connection nothing was asked. */
export async function connected(
  channel: RpcChannel,
  limits: { readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<void> {
  try {
    await channel.ready(limits)
  } catch (thrown) {
    if (!(thrown instanceof RpcError)) throw thrown
    throw new NotControllerError(thrown.message, null, { cause: thrown, isUnreachable: true })
  }
}

/** What is too large is not sent, as its refusal would look like a lost answer. */
function encoded<Request>(
  { path, request: codec, requestBytesMax }: Unary<Request, unknown>,
  request: Request,
): Uint8Array {
  const bytes = codec.encode(request)
  if (bytes.byteLength <= requestBytesMax) return bytes
  const size = `${bytes.byteLength} bytes, where ${requestBytesMax} are allowed`
  throw new LograftError('POLICY_VIOLATION', `a request of ${path} has ${size}; nothing was done`)
}

const AS_IT_IS: Codec<Uint8Array> = { encode: (bytes) => bytes, decode: (bytes) => bytes }

/** What is known after a call that was sent and failed. */
export function outcomeOf(error: RpcError): LograftError {
  const { code, reason, text, message, field, hint } = error
  const options = { cause: error, field, hint }
  if (reason === 'NOT_CONTROLLER') return new NotControllerError(text, leaderIn(error), options)
  if (reason !== null) return new LograftError(reason, text, options)
  // It is no controller, and has no such method.
  if (code === 'UNIMPLEMENTED') return new NotControllerError(message, null, options)
  // It could not read the request, and did not begin with it.
  if (code === 'INVALID_ARGUMENT') return new LograftError('INVALID_REQUEST', text, options)
  const open = `${message}; whether this took effect is open`
  return new LograftError('REQUEST_TIMED_OUT', open, options)
}
