/**
 * pino behind base/log.ts. One JSON object a line on standard error, or lines for people when that
 * is a terminal. Writes synchronously: the last lines before a crash are the ones that matter, and
 * no worker thread delays the start. Nothing here decides what is logged.
 */
import pino from 'pino'
import type { Logger } from '../base/log.ts'

const STDERR = 2

/** `level` is the least severe that is written; `silent` writes nothing. */
export async function openLogger(level: string): Promise<Logger> {
  const options: pino.LoggerOptions = {
    level,
    // Neither pid nor host name: a supervisor knows both, and the node binds its id.
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  }
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: STDERR, sync: true }))
  const { default: pretty } = await import('pino-pretty')
  const stream = pretty({
    destination: STDERR,
    sync: true,
    colorize: true,
    translateTime: 'SYS:HH:MM:ss.l',
  })
  return pino(options, stream)
}
