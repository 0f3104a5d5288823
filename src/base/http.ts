/**
 * HTTP, as the rest of the broker sees it: whole answers to requests that carry nothing but a
 * method and a path. `host/http.ts` is Node's; it keeps the bounds.
 */

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD'
  /** Without the query. */
  readonly path: string
}

export interface HttpAnswer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

export interface HttpBounds {
  /** One more, and of those that were asked nothing yet or nothing more the oldest is closed. */
  readonly connections: number
  readonly headerBytes: number
  /** From the first byte of a question to the end of its headers. */
  readonly questionMs: number
  /** For a silent or slow peer. */
  readonly silenceMs: number
}

export interface HttpServer {
  readonly host: string
  /** The real port, also when port 0 was asked for. */
  readonly port: number
  /** Stops accepting, closes idle connections at once and the others in time. Idempotent. */
  close(): Promise<void>
  /** Cuts all connections at once. */
  kill(): void
}

export interface Http {
  /**
   * Listens; rejects with the system's error when the port is taken. `answer` is asked for GET and
   * HEAD only; what it throws is told to `failed` and answered with 500.
   */
  serve(
    options: { readonly host: string; readonly port: number; readonly bounds: HttpBounds },
    answer: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer>,
    failed: (error: Error) => void,
  ): Promise<HttpServer>
}
