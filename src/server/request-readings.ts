/**
 * What the Kafka port was asked and how it answered, API by API: plain counts, for whoever exports
 * them.
 */
import { Durations } from '../base/durations.ts'
import { errorCodesOf, type ErrorCodesOf } from '../wire/error-codes.ts'
import type { Handler } from './handler.ts'

export class ApiReadings {
  readonly name: string
  /** By version of the request. */
  readonly requests = new Map<number, number>()
  /** Of those that were answered, silence included. */
  readonly durations = new Durations()
  /** How often each code but NONE was told, also for one of many things in a response. */
  readonly errors = new Map<number, number>()
  readonly #codesOf: ErrorCodesOf
  #firstCode = 0
  readonly #note = (code: number) => {
    if (this.#firstCode === 0) this.#firstCode = code
    this.errors.set(code, (this.errors.get(code) ?? 0) + 1)
  }

  constructor({ api }: Handler) {
    this.name = api.name
    this.#codesOf = errorCodesOf(api.responseFields)
  }

  asked(version: number): void {
    this.requests.set(version, (this.requests.get(version) ?? 0) + 1)
  }

  /** The first code in it that is not NONE; NONE when there is none. */
  answered(response: unknown, tookMs: number): number {
    this.durations.add(tookMs)
    this.#firstCode = 0
    this.#codesOf(response, this.#note)
    return this.#firstCode
  }
}

/** Bytes and connections of a listener since it was bound. */
export class ListenerReadings {
  receivedBytes = 0
  sentBytes = 0
  accepted = 0
  /** Over the limits on connections. */
  refused = 0
  /** Closed for what the peer sent: malformed, or not served. */
  expelled = 0
}
