/** What a command decides: records to be committed, and the answer to give once they are. */
import { LograftError } from '../base/errors.ts'
import type { MetadataRecord } from '../metadata/records.ts'
import type { ErrorName } from '../wire/errors.ts'

export interface CommandResult<Value> {
  /** Empty when nothing has to change. */
  readonly records: readonly MetadataRecord[]
  readonly reply: Value
  /**
   * All in one entry, or none. Otherwise the records may be cut into several entries, in order,
   * each of which leaves a state from which the command can be given again.
   */
  readonly atomic: boolean
}

/** Why one part of a command is refused while its other parts go on: a value, one of many. */
export interface Fault {
  readonly code: ErrorName
  readonly message: string
}

export const fault = (code: ErrorName, message: string): Fault => ({ code, message })

/** A refusal of the whole command, with a code of the error table. Thrown, never returned. */
export function refusal(code: ErrorName, message: string): LograftError<ErrorName> {
  return new LograftError(code, message)
}
