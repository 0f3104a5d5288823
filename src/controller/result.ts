/** What a command decides: records to be committed, and the answer to give once they are (D5). */
import type { MetadataRecord } from '../metadata/records.ts'

export interface CommandResult<Reply> {
  /** One atomic entry; empty when nothing has to change. */
  readonly records: readonly MetadataRecord[]
  readonly reply: Reply
}
