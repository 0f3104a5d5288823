/**
 * Operating errors: expected, named, and part of the API. `code` is stable, the message is for
 * people. Broken invariants are not errors of this kind but `assert`s: the node stops.
 */
export class LograftError<Code extends string = string> extends Error {
  override readonly name: string = 'LograftError'
  readonly code: Code
  /** The path of what is wrong in a request: `topics[2].partitions`. */
  readonly field: string | null
  /** What to do about it, for people, where that is more than the code says anyway. */
  readonly hint: string | null

  constructor(code: Code, message: string, options: LograftErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.field = options.field ?? null
    this.hint = options.hint ?? null
  }
}

export interface LograftErrorOptions extends ErrorOptions {
  readonly field?: string | null
  readonly hint?: string | null
}

/** Whether something caught is an operating error, with a code. */
export function isLograftError(thrown: unknown): thrown is LograftError {
  return thrown instanceof LograftError
}

/** `unknown` from a catch clause as an Error, without losing what it was. */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown })
}
