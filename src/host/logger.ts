/**
 * pino behind base/log.ts. One JSON object a line on standard error, or lines for people when that
 * is a terminal. Writes synchronously: the last lines before a crash are the ones that matter, and
 * no worker thread delays the start. Nothing here decides what is logged.
 *
 * A LograftError is expected, and its code and message say all: it is written without a stack. What
 * nobody foresaw (an AssertionError, a TypeError) keeps its own.
 */
import pino from 'pino'
import { LograftError } from '../base/errors.ts'
import type { LogFields, Logger } from '../base/log.ts'

const STDERR = 2

/** `level` is the least severe that is written; `silent` writes nothing. */
export async function openLogger(level: string): Promise<Logger> {
  const options: pino.LoggerOptions = {
    level,
    // Neither pid nor host name: a supervisor knows both, and the node binds its id.
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: serializeError },
  }
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: STDERR, sync: true }))
  const { default: pretty } = await import('pino-pretty')
  const stream = pretty({
    destination: STDERR,
    sync: true,
    colorize: true,
    translateTime: 'SYS:HH:MM:ss.l',
    singleLine: true,
  })
  const formatters = { ...options.formatters, log: inOneLine }
  return pino({ ...options, formatters }, stream)
}

function serializeError(error: unknown): unknown {
  if (!(error instanceof LograftError)) return pino.stdSerializers.err(error as Error)
  const { name, code, message } = error as LograftError
  return { type: name, code, message }
}

/** pino-pretty gives every `err` lines of its own; one without a stack has no need of them. */
function inOneLine(fields: LogFields): LogFields {
  const { err, ...others } = fields
  return err instanceof LograftError ? { ...others, reason: `${err.code}: ${err.message}` } : fields
}
