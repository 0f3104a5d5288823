/**
 * What is behind a status in the form that clients of all languages know: `google.rpc.Status` with
 * `ErrorInfo` and `BadRequest` (proto/google/rpc/), beside our own trailers. Pure.
 */
import { google } from '../gen/google/rpc/status.js'

const { BadRequest, ErrorInfo, Status } = google.rpc

export const DETAILS_TRAILER = 'grpc-status-details-bin'

const DOMAIN = 'lograft'

export interface Detailed {
  /** The number of the status. */
  readonly code: number
  readonly message: string
  readonly reason: string
  readonly field: string | null
  readonly hint: string | null
}

/** The bytes of the trailer. */
export function statusDetails({ code, message, reason, field, hint }: Detailed): Buffer {
  const info = ErrorInfo.encode({ reason, domain: DOMAIN, metadata: hint === null ? {} : { hint } })
  const violations = field === null ? [] : [{ field, description: message }]
  const bad = BadRequest.encode({ fieldViolations: violations })
  const details = [any('ErrorInfo', info), ...(field === null ? [] : [any('BadRequest', bad)])]
  return Buffer.from(Status.encode({ code, message, details }).finish())
}

function any(name: string, message: { finish(): Uint8Array }) {
  return { type_url: `type.googleapis.com/google.rpc.${name}`, value: message.finish() }
}
