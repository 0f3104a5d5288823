/**
 * Notices that this replica lacks entries that it has acknowledged: somebody put an old copy of the
 * directory back, or the disk lost what it said it had fsynced. A leader goes back to where the logs
 * agree (Raft §5.3), but never behind what was acknowledged to it: it offers the same entries again
 * and again, and they are refused for ever. Such a replica may have forgotten its vote, too; it must
 * not go on. Pure.
 */
import type { Message } from '../raft/messages.ts'
import { MetadataUnusable, WITHOUT_A_COPY } from './unusable.ts'

/** A sound leader offers something else after one refusal, or a few that crossed. */
const REFUSALS_MAX = 10

type Rejection = Extract<Message, { readonly type: 'append-rejection' }>

export class LostEntries {
  #last: Rejection | null = null
  #times = 0

  /** Looks at what is about to be sent; not null: that this replica must stop, and why. */
  sending(message: Message): MetadataUnusable | null {
    if (message.type === 'append-response') this.#last = null
    if (message.type !== 'append-rejection') return null
    this.#times = isSame(this.#last, message) ? this.#times + 1 : 1
    this.#last = message
    if (this.#times < REFUSALS_MAX) return null
    const { previousIndex, hintIndex } = message
    return new MetadataUnusable(
      `The leader of the metadata quorum counts on entries up to ${previousIndex} here, and this ` +
        `log agrees with it only up to ${hintIndex}: what this node had acknowledged is gone. An ` +
        `old copy of the directory was put back, or its disk lost what it had fsynced.`,
      {},
      WITHOUT_A_COPY,
    )
  }
}

function isSame(last: Rejection | null, now: Rejection): boolean {
  return (
    last?.to === now.to &&
    last.term === now.term &&
    last.session === now.session &&
    last.previousIndex === now.previousIndex
  )
}
