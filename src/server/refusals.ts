/**
 * What is refused in an administrative request is told to the client, and logged, because many
 * clients show a code and drop the reason. Bounded both ways: a request may hold a hundred thousand
 * refusals, each of which quotes a name or a value as long as its sender likes.
 */
import { LograftError } from '../base/errors.ts'
import type { LogFields, Logger } from '../base/log.ts'
import type { ErrorCode, ErrorName } from '../wire/errors.ts'
import { errorName, errors } from '../wire/errors.ts'

const LINES_PER_REQUEST_MAX = 20
const TEXT_LENGTH_MAX = 400

/** Fits any string of the protocol, and any line, whatever it quotes. */
export function clipped(text: string): string {
  return text.length > TEXT_LENGTH_MAX ? `${text.slice(0, TEXT_LENGTH_MAX)}…` : text
}

/** What a command that was refused as a whole is answered with. Rethrows what is no refusal. */
export function refusalOf(thrown: unknown): { errorCode: ErrorCode; errorMessage: string } {
  if (!(thrown instanceof LograftError)) throw thrown
  // OVERLOADED is ours and no code of the protocol: to a client it is a request that took too long.
  const { code } = thrown as LograftError
  const errorCode = isErrorName(code) ? errors[code] : errors.REQUEST_TIMED_OUT
  return { errorCode, errorMessage: clipped(thrown.message) }
}

function isErrorName(code: string): code is ErrorName {
  return Object.hasOwn(errors, code)
}

interface Result {
  readonly errorCode: ErrorCode
  readonly errorMessage?: string | null
}

/** One line per refusal, up to a bound, and one that counts those beyond it. */
export function logRefusals<Of extends Result>(
  { logger, peer, phrase }: { logger: Logger; peer: string; phrase: string },
  results: readonly Of[],
  fieldsOf: (result: Of) => LogFields,
): void {
  const refused = results.filter(({ errorCode }) => errorCode !== errors.NONE)
  for (const result of refused.slice(0, LINES_PER_REQUEST_MAX)) {
    const error = errorName(result.errorCode)
    const reason = result.errorMessage ?? null
    logger.info(shortened({ peer, ...fieldsOf(result), error, reason }), phrase)
  }
  const untold = refused.length - LINES_PER_REQUEST_MAX
  if (untold > 0) logger.info({ peer, untold }, `${phrase}: more of the same request`)
}

function shortened(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? clipped(value) : value,
    ]),
  )
}
