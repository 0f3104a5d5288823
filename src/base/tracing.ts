/**
 * Tracing, as the rest of the broker sees it: work that has a beginning, an end and a name, and may
 * be part of other work, also on another node. Nothing is begun while nobody traces.
 */

export interface Work {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | number>>
  /** What came along with the request that says of which work this is a part. */
  readonly carrier?: Carrier
}

/** Headers such as `traceparent`. */
export type Carrier = Readonly<Record<string, string>>

export interface Span {
  /** What this does, and what follows from it, is part of this work. */
  within<Result>(act: () => Result): Result
  /** Once. `failure` is the name of what it ended with; null: it did what was asked. */
  end(failure: string | null): void
}

export interface Tracer {
  /** Whether it is worth to describe work. Asked for every request. */
  readonly isOn: boolean
  /** Null while nobody traces. */
  begin(work: Work): Span | null
  /** What is to go along with a request to another node; null while nobody traces. */
  outgoing(): Carrier | null
}

export const NO_TRACER: Tracer = { isOn: false, begin: () => null, outgoing: () => null }
