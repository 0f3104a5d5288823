/**
 * What is refused in an administrative request is told to the client, and logged, because many
 * clients show a code and drop the reason. Bounded both ways: a request may hold a hundred thousand
 * refusals, each of which quotes a name or a value as long as its sender likes.
 */
import type { LogFields, Logger } from '../base/log.ts'
import type { ErrorCode } from '../wire/errors.ts'
import { errorName, errors } from '../wire/errors.ts'

const LINES_PER_REQUEST_MAX = 20
const TEXT_LENGTH_MAX = 400

/** Fits any string of the protocol, and any line, whatever it quotes. */
export function clipped(text: string): string {
  return text.length > TEXT_LENGTH_MAX ? `${text.slice(0, TEXT_LENGTH_MAX)}…` : text
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
