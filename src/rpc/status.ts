/**
 * gRPC's status codes and our errors. A failed call is an `RpcError`: its code is the status's
 * name, its message names both ends, and `reason` is the code of the `LograftError` that the other
 * end threw, if it was one. Texts that travel are bounded and hold nothing a header could not
 * carry.
 */
import { Metadata, status } from '@grpc/grpc-js'
import type { StatusObject } from '@grpc/grpc-js'
import { isLograftError, LograftError, type LograftErrorOptions } from '../base/errors.ts'
import { explained, type StatusName } from './error-table.ts'
import { DETAILS_TRAILER, statusDetails } from './status-details.ts'

/** Characters of a status's text at most. */
export const STATUS_TEXT_MAX = 400

/** Our trailers: `lograft-code` is the reason, `lograft-field` and `-hint` are the error's. */
const TRAILER_PREFIX = 'lograft-'

/** Other short texts that travel with a status as trailers, by the name behind the prefix. */
type Facts = Readonly<Record<string, string>>

interface RpcErrorOptions extends LograftErrorOptions {
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
  const { code: reason, message, field, hint } = error
  const options = { reason, field, hint, cause: error }
  return new RpcError(explained(reason)?.status ?? 'INTERNAL', message, options)
}

/** An expected error as the status that a caller gets. */
export function statusOf(error: LograftError): Partial<StatusObject> {
  const metadata = new Metadata()
  const { code: name, reason, facts, field, message, ...rest } = asRpcError(error)
  const code = status[name]
  const details = boundedText(message)
  const hint = rest.hint ?? (reason === null ? null : (explained(reason)?.hint ?? null))
  for (const [fact, value] of Object.entries({ ...facts, code: reason, field, hint }))
    if (value !== null) metadata.set(TRAILER_PREFIX + fact, trailerText(value))
  if (reason !== null)
    metadata.set(DETAILS_TRAILER, statusDetails({ code, message: details, reason, field, hint }))
  return { code, details, metadata }
}

/** The status of a call that failed, as an error that says who asked whom. */
export function errorOf(
  { code, details, metadata }: Pick<StatusObject, 'code' | 'details' | 'metadata'>,
  { from, to }: { readonly from: string; readonly to: string },
): RpcError {
  const name = nameOf(code)
  const text = boundedText(plainly(details))
  const { code: reason = null, field = null, hint = null, ...facts } = factsOf(metadata)
  const message = `${from} to ${to}: ${name}: ${text}`
  return new RpcError(name, message, { reason, field, hint, facts, text })
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

/** What a trailer can carry: ASCII only, where a status's own text is percent-encoded. */
function trailerText(text: string): string {
  return boundedText(text).replace(/[^\x20-\x7e]/gu, '?')
}

/** At most `STATUS_TEXT_MAX` characters, none of them a control character or half of a pair. */
export function boundedText(text: string): string {
  const cut = text.length > STATUS_TEXT_MAX ? `${text.slice(0, STATUS_TEXT_MAX - 1)}…` : text
  return cut.replace(/[\p{Cc}\p{Cs}]/gu, '?')
}
