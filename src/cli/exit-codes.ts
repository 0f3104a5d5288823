/**
 * How the process ends: the one table of exit codes, part of the command's interface. A supervisor
 * may restart after 1 and 5; after 2, 3 and 4 a restart meets the same trouble until a person acts.
 */
export const exitCodes = {
  clean: { code: 0, doc: 'stopped in good order, or printed what was asked for' },
  failure: {
    code: 1,
    doc: 'failed for a reason that has no code of its own, a taken port for one',
  },
  usage: { code: 2, doc: 'a flag, a property or a value is unknown or does not fit' },
  damaged: { code: 3, doc: 'what is on disk is damaged; the message says where' },
  refused: {
    code: 4,
    doc: 'refused to start: log.dirs is in use, or belongs to another node or a newer release',
  },
  stopped: { code: 5, doc: 'the node stopped itself: going on could have lost records' },
  unreachable: { code: 6, doc: 'no broker answered' },
  unacknowledged: { code: 7, doc: 'not all records were acknowledged; the message says which' },
  undecided: { code: 8, doc: 'the verdict is unknown: not everything could be looked at' },
} as const

/**
 * With 128 + the signal's number: a second SIGINT or SIGTERM ends any command at once; the first
 * one ends a `produce` whose input was not read to its end.
 */
export const FORCED = { SIGINT: 130, SIGTERM: 143 } as const

/** The codes of LograftErrors that end a command, and what each ends the process with. */
const byErrorCode: Readonly<Record<string, keyof typeof exitCodes>> = {
  INVALID_CONFIG: 'usage',
  LOG_CORRUPT: 'damaged',
  METADATA_UNUSABLE: 'damaged',
  METADATA_CORRUPT: 'damaged',
  IDENTITY_LOST: 'damaged',
  UNSUPPORTED_VERSION: 'refused',
  DIRECTORY_DAMAGED: 'damaged',
  DIRECTORY_LOCKED: 'refused',
  DIRECTORY_FOREIGN: 'refused',
  UNREACHABLE: 'unreachable',
  NO_BROKER: 'unreachable',
  BAD_RESPONSE: 'unreachable',
  USAGE: 'usage',
  BAD_SCENARIO: 'usage',
  BAD_SCHEDULE: 'usage',
  BAD_HISTORY: 'damaged',
}

/** Kafka's names of errors that say that a value which was given does not fit. */
const WRONG_VALUES: ReadonlySet<string> = new Set([
  'INVALID_CONFIG',
  'INVALID_GROUP_ID',
  'INVALID_PARTITIONS',
  'INVALID_REPLICA_ASSIGNMENT',
  'INVALID_REPLICATION_FACTOR',
  'INVALID_TOPIC_EXCEPTION',
  'OFFSET_OUT_OF_RANGE',
  'UNSUPPORTED_COMPRESSION_TYPE',
])

export const isWrongValue = (errorName: string): boolean => WRONG_VALUES.has(errorName)

/** What a failure ends with. */
export function exitCodeOf(error: unknown): number {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown }
  // A broker of several that did not start: for what reason.
  if (code === 'NOT_STARTED' && cause !== undefined) return exitCodeOf(cause)
  if (typeof code !== 'string') return exitCodes.failure.code
  if (isWrongValue(code) || isWrongValue(reasonOf(error))) return exitCodes.usage.code
  return exitCodes[(Object.hasOwn(byErrorCode, code) && byErrorCode[code]) || 'failure'].code
}

/** Of a refusal by gRPC, Kafka's name is beside the status. */
function reasonOf(error: unknown): string {
  const { reason } = (error ?? {}) as { reason?: unknown }
  return typeof reason === 'string' ? reason : ''
}

/** The table, for --help. */
export function describeExitCodes(): string {
  const rows = Object.values(exitCodes).map(({ code, doc }) => `  ${code}  ${doc}`)
  return ['Exit codes:', ...rows, '  130, 143  SIGINT or SIGTERM ended it before its end'].join(
    '\n',
  )
}
