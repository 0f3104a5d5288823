/**
 * What a request can come to. Most handlers simply return the response, or a promise of it; the
 * connection starts nothing else meanwhile. A handler whose effect is done while its answer is not
 * (a produce that waits for followers) returns `Later`, and the next request may start (S21).
 */

/** Encoded response chunks, or null for silence (acks=0). */
export type Answer = readonly Uint8Array[] | null

/** The effect has happened; only the answer is outstanding. */
export class Later<Value> {
  readonly answer: Promise<Value>

  constructor(answer: Promise<Value>) {
    this.answer = answer
  }
}

/** What a handler may return for a response type. */
export type Reply<Response> = Now<Response> | Promise<Now<Response>>
type Now<Response> = Response | null | Later<Response | null>

/** What a dispatched frame comes to. */
export type Outcome = Answer | Later<Answer> | Promise<Answer | Later<Answer>>

/**
 * Thrown for what has no answer in the protocol: the connection is closed, with `message` in one
 * log line. Kafka does so for unknown keys and versions, and for a failed produce with acks=0.
 */
export class CloseConnection extends Error {
  override readonly name = 'CloseConnection'
}

/** The same on purpose: a fault switch closes the connection, and its peer did nothing. */
export class ClosedByFault extends CloseConnection {}
