/**
 * gRPC's status codes and our errors. A failed call is an `RpcError`: its code is the status's
 * name, its message names both ends, and `reason` is the code of the `LograftError` that the other
 * end threw, if it was one. Texts that travel are bounded and hold nothing a header could not
 * carry.
 */
import { Metadata, status } from '@grpc/grpc-js'
import type { StatusObject } from '@grpc/grpc-js'
import { isLograftError, LograftError } from '../base/errors.ts'

/** `UNAVAILABLE`, `INVALID_ARGUMENT`, …; never `OK`. */
export type StatusName = Exclude<keyof typeof status, 'OK'>

/** Characters of a status's text at most. */
export const STATUS_TEXT_MAX = 400

/** Our trailers, `lograft-NAME`. */
const TRAILER_PREFIX = 'lograft-'
/** The trailer that carries the code of the error behind a status. */
const REASON_TRAILER = `${TRAILER_PREFIX}code`

/** What errors of other folders are as a status; all others are INTERNAL. */
const STATUS_OF_CODE: Readonly<Record<string, StatusName>> = {
  DISK_FULL: 'RESOURCE_EXHAUSTED',
  TOO_MANY_FILES: 'RESOURCE_EXHAUSTED',
  OVERLOADED: 'RESOURCE_EXHAUSTED',
  KAFKA_STORAGE_ERROR: 'RESOURCE_EXHAUSTED',
  NOT_CONTROLLER: 'UNAVAILABLE',
  REQUEST_TIMED_OUT: 'DEADLINE_EXCEEDED',
  POLICY_VIOLATION: 'INVALID_ARGUMENT',
  INVALID_REQUEST: 'INVALID_ARGUMENT',
  STALE_BROKER_EPOCH: 'FAILED_PRECONDITION',
  INVALID_REGISTRATION: 'FAILED_PRECONDITION',
  DUPLICATE_BROKER_REGISTRATION: 'ALREADY_EXISTS',
  INCONSISTENT_CLUSTER_ID: 'FAILED_PRECONDITION',
  INVALID_VOTER_KEY: 'FAILED_PRECONDITION',
  VOTER_NOT_FOUND: 'NOT_FOUND',
  DUPLICATE_VOTER: 'ALREADY_EXISTS',
}

/** Short texts that travel with a status as trailers, by the name behind the prefix. */
type Facts = Readonly<Record<string, string>>

interface RpcErrorOptions extends ErrorOptions {
  readonly reason?: string | null
  readonly facts?: Facts
  readonly text?: string
}

export class RpcError extends LograftError<StatusName> {
  override readonly name = 'RpcError'
  /** The code of the error behind it (`NOT_CONTROLLER`, `DISK_FULL`, …), if it has one. */
  readonly reason: string | null
  /** What the other end says beside it. */
  readonly facts: Facts
  /** The other end's own words, without the names of both ends. */
  readonly text: string

  constructor(code: StatusName, message: string, options: RpcErrorOptions = {}) {
    super(code, message, options)
    this.reason = options.reason ?? null
    this.facts = options.facts ?? {}
    this.text = options.text ?? message
  }
}

/** Whether anything thrown may be told to the caller; else it is a broken invariant. */
export function isExpected(thrown: unknown): thrown is LograftError {
  return isLograftError(thrown)
}

/** An expected error as the failure of a call. */
export function asRpcError(error: LograftError): RpcError {
  if (error instanceof RpcError) return error
  const { code: reason, message } = error
  return new RpcError(STATUS_OF_CODE[reason] ?? 'INTERNAL', message, { reason, cause: error })
}

/** An expected error as the status that a caller gets. */
export function statusOf(error: LograftError): Partial<StatusObject> {
  const metadata = new Metadata()
  const { code: name, reason, facts, message } = asRpcError(error)
  for (const [fact, value] of Object.entries(facts))
    metadata.set(TRAILER_PREFIX + fact, boundedText(value))
  if (reason !== null) metadata.set(REASON_TRAILER, boundedText(reason))
  return { code: status[name], details: boundedText(message), metadata }
}

/** The status of a call that failed, as an error that says who asked whom. */
export function errorOf(
  { code, details, metadata }: Pick<StatusObject, 'code' | 'details' | 'metadata'>,
  { from, to }: { readonly from: string; readonly to: string },
): RpcError {
  const name = nameOf(code)
  const text = boundedText(plainly(details))
  const [reason] = metadata.get(REASON_TRAILER)
  return new RpcError(name, `${from} to ${to}: ${name}: ${text}`, {
    reason: typeof reason === 'string' ? boundedText(reason) : null,
    facts: factsOf(metadata),
    text,
  })
}

/**
 * What grpc-js says of a connection that failed, without what is different every time (the same
 * failure is said once) or says nothing.
 */
function plainly(details: string): string {
  return details
    .replace(/ \(\d{4}-\d\d-\d\dT[\d:.]+Z\)/g, '')
    .replace(/^No connection established\. Last error: (Error: )?/, '')
    .replace(/\. Resolution note: $/, '')
}

function factsOf(metadata: Metadata): Facts {
  const ours = Object.entries(metadata.getMap()).filter(
    ([key, value]) => key.startsWith(TRAILER_PREFIX) && typeof value === 'string',
  )
  return Object.fromEntries(
    ours.map(([key, value]) => [key.slice(TRAILER_PREFIX.length), boundedText(String(value))]),
  )
}

/** The number of a status. */
export function grpcCodeOf(name: StatusName): number {
  return status[name]
}

function nameOf(code: number): StatusName {
  const name = status[code] as keyof typeof status | undefined
  return name === undefined || name === 'OK' ? 'UNKNOWN' : name
}

/** At most `STATUS_TEXT_MAX` characters, none of them a control character or half of a pair. */
export function boundedText(text: string): string {
  const cut = text.length > STATUS_TEXT_MAX ? `${text.slice(0, STATUS_TEXT_MAX - 1)}…` : text
  return cut.replace(/[\p{Cc}\p{Cs}]/gu, '?')
}
