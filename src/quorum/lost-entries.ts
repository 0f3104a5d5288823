/**
 * Notices that this replica lacks entries that it has acknowledged: somebody put an old copy of the
 * directory back, or the disk lost what it said it had fsynced. A leader goes back to where the
 * logs agree (Raft §5.3), but never behind what was acknowledged to it: it would offer the same
 * entries, and they would be refused, for ever. Such a replica may have forgotten its vote, too; it
 * must not go on.
 *
 * A heartbeat says how far the leader knows this replica's log to be its own. To refuse what
 * follows on an entry up to there is proof. Only what is committed can be known so, and only by the
 * leader to which it was acknowledged: one that is elected later compares the logs anew. Pure.
 */
import type { Message } from '../raft/messages.ts'
import { MetadataUnusable, WITHOUT_A_COPY } from './unusable.ts'

export class LostEntries {
  #leader: string | null = null
  #term = -1
  /** What this term's leader knows to be here. */
  #known = 0

  received(message: Message): void {
    if (message.type !== 'heartbeat') return
    if (message.term !== this.#term || message.from !== this.#leader) this.#known = 0
    this.#leader = message.from
    this.#term = message.term
    this.#known = Math.max(this.#known, message.commit)
  }

  /** Looks at what is about to be sent; not null: that this replica must stop, and why. */
  sending(message: Message): MetadataUnusable | null {
    if (message.type !== 'append-rejection') return null
    const { to, term, previousIndex, hintIndex } = message
    const isToThem = to === this.#leader && term === this.#term
    if (!isToThem || previousIndex > this.#known) return null
    return new MetadataUnusable(
      `The leader of the metadata quorum counts on entries up to ${this.#known} here, and this ` +
        `log agrees with it only up to ${hintIndex}: what this node had acknowledged is gone. An ` +
        `old copy of the directory was put back, or its disk lost what it had fsynced.`,
      {},
      WITHOUT_A_COPY,
    )
  }
}
