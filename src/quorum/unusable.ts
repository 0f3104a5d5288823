/**
 * The one error that refuses to start on what is on disk. Nothing was deleted or changed when it is
 * thrown; the message says which file, what is wrong with it and how the node comes back (S2, S6).
 */
import { LograftError } from '../base/errors.ts'

/** Ends every such message. */
const WHAT_TO_DO =
  'Nothing was deleted. Restore the directory from a copy, or move it away and let this node come ' +
  'back as a learner, under a new directory id (if it is the only controller, that is a new cluster).'

export class MetadataUnusable extends LograftError<'METADATA_UNUSABLE'> {
  override readonly name = 'MetadataUnusable'

  constructor(what: string, options?: ErrorOptions) {
    super('METADATA_UNUSABLE', `${what} ${WHAT_TO_DO}`, options)
  }
}
