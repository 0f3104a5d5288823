/**
 * The logger, as the rest of the broker sees it (pino fits it as it is). The message is a constant
 * phrase; what varies goes into the fields. Errors go under `err`.
 *
 * `fatal` the node stops · `error` data or durability is in question · `warn` an operator should
 * look · `info` a role or membership changed · `debug` one line per decision · `trace` per request.
 */
export type LogFields = Readonly<Record<string, unknown>>

export interface Logger {
  fatal(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  info(fields: LogFields, message: string): void
  debug(fields: LogFields, message: string): void
  trace(fields: LogFields, message: string): void
  child(bindings: LogFields): Logger
}

const nothing = () => {}

/** Says nothing; what embedders and most tests want. */
export const silentLogger: Logger = {
  fatal: nothing,
  error: nothing,
  warn: nothing,
  info: nothing,
  debug: nothing,
  trace: nothing,
  child: () => silentLogger,
}
