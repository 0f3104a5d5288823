/**
 * How a call to a broker fails: on the way (`ClientError`) or by the broker's own word
 * (`BrokerError`). Both say what the command line needs to give advice; neither retries anything.
 */
import { LograftError } from '../base/errors.ts'
import type { HostPort } from '../config/addresses.ts'
import { formatHostPort } from '../config/addresses.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errorMessage, errorName, errors, isRetriable } from '../wire/errors.ts'

export type ClientErrorCode =
  /** No connection came about: refused, unreachable, unknown host, or too slow. */
  | 'UNREACHABLE'
  /** Something took the connection, and did not answer the first question every broker answers. */
  | 'NO_BROKER'
  /** The connection ended while an answer was awaited; nobody knows what took effect. */
  | 'CONNECTION_LOST'
  /** No answer in time; whether the request took effect is unknown. */
  | 'TIMED_OUT'
  /** What came back is not the answer to what was asked: this is no broker, or a broken one. */
  | 'BAD_RESPONSE'
  /** The broker does not serve the API, or none of the versions we know. */
  | 'NOT_SERVED'
  /** More requests are unanswered on one connection than may be. */
  | 'TOO_MANY_IN_FLIGHT'

export class ClientError extends LograftError<ClientErrorCode> {
  override readonly name = 'ClientError'
  readonly address: HostPort
  readonly #what: string
  /** Whether the request only asked, so that it cannot have taken effect. */
  readonly changesNothing: boolean

  constructor(
    code: ClientErrorCode,
    address: HostPort,
    what: string,
    { changesNothing = false, ...options }: ErrorOptions & { changesNothing?: boolean } = {},
  ) {
    super(code, `${formatHostPort(address)}: ${what}`, options)
    this.address = address
    this.#what = what
    this.changesNothing = changesNothing
  }

  /** The same, of a request that only asks. Several requests share the end of a connection. */
  ofQuestion(code = this.code): ClientError {
    const { address, cause } = this
    return new ClientError(code, address, this.#what, { cause, changesNothing: true })
  }
}

/** A broker understood the request and refused it. `code` is Kafka's name of the error. */
export class BrokerError extends LograftError {
  override readonly name = 'BrokerError'
  readonly errorCode: ErrorCode

  /** `what` was refused; `reason` is the broker's, when it gave one. */
  constructor(errorCode: ErrorCode, what: string, reason: string | null = null) {
    const name = errorName(errorCode)
    super(name, `${what}: ${name}: ${reason ?? errorMessage(errorCode)}`)
    this.errorCode = errorCode
  }
}

/** Throws a BrokerError unless the code says that all went well. */
export function refuseUnlessNone(
  errorCode: ErrorCode,
  what: string,
  reason: string | null = null,
): void {
  if (errorCode !== errors.NONE) throw new BrokerError(errorCode, what, reason)
}

/** Whether the same call may succeed a little later. */
export function mayRetry(thrown: unknown): boolean {
  if (thrown instanceof BrokerError) return isRetriable(thrown.errorCode)
  return (
    thrown instanceof ClientError &&
    // A broker that is only just starting takes connections before it answers.
    ['UNREACHABLE', 'NO_BROKER', 'CONNECTION_LOST', 'TIMED_OUT'].includes(thrown.code)
  )
}

/** Whether the request may have taken effect although it failed. */
export function isOutcomeUnknown(thrown: unknown): boolean {
  if (thrown instanceof BrokerError)
    return (
      thrown.errorCode === errors.REQUEST_TIMED_OUT ||
      thrown.errorCode === errors.NOT_ENOUGH_REPLICAS_AFTER_APPEND
    )
  if (!(thrown instanceof ClientError) || thrown.changesNothing) return false
  return thrown.code === 'CONNECTION_LOST' || thrown.code === 'TIMED_OUT'
}
