/**
 * The one error that refuses to start on what is on disk. Nothing was deleted or changed when it is
 * thrown; the message says which file, what is wrong with it and how the node comes back (S2, S6).
 */
import { LograftError } from '../base/errors.ts'

const COME_BACK = 'let this node come back as a learner, under a new directory id'
/** Ends such messages. */
const WHAT_TO_DO =
  `Nothing was deleted. Restore the directory from a copy, or move it away and ${COME_BACK} ` +
  '(if it is the only controller, that is a new cluster).'
/** Where a copy is what is wrong. */
export const WITHOUT_A_COPY = `Nothing was deleted. Move the directory away and ${COME_BACK}.`

export class MetadataUnusable extends LograftError<'METADATA_UNUSABLE'> {
  override readonly name = 'MetadataUnusable'

  constructor(what: string, options?: ErrorOptions, whatToDo = WHAT_TO_DO) {
    super('METADATA_UNUSABLE', `${what} ${whatToDo}`, options)
  }
}
