/** A follower's part: taking entries, commit indexes and snapshots from the leader of its term. */
import assert from 'node:assert'
import type { Core } from './core.ts'
import type { Message } from './messages.ts'

type MessageOf<Type extends Message['type']> = Extract<Message, { readonly type: Type }>

export class Following {
  readonly #core: Core

  constructor(core: Core) {
    this.#core = core
  }

  onAppend(message: MessageOf<'append'>): void {
    const { from, session, previousIndex, previousTerm, entries, commit } = message
    const { log } = this.#core
    // What is committed here the leader has too (Raft §5.4), whether or not it is still in the log.
    const isCommitted = previousIndex <= log.commit
    if (!isCommitted && log.termAt(previousIndex) !== previousTerm) {
      const hint = log.agreesAtMost(previousIndex, previousTerm)
      const [hintIndex, hintTerm] = [hint.index, hint.term]
      const rejection = { type: 'append-rejection', session, previousIndex } as const
      return this.#core.send(from, { ...rejection, hintIndex, hintTerm })
    }
    log.merge(entries.filter(({ index }) => index > log.commit))
    const matched = Math.max(log.commit, previousIndex + entries.length)
    this.#core.matched = Math.max(this.#core.matched, matched)
    log.commitTo(Math.min(commit, matched))
    this.#acknowledge(message, matched)
  }

  onHeartbeat({ from, session, commit, read }: MessageOf<'heartbeat'>): void {
    const core = this.#core
    // What is behind `matched` may be of a leader that was deposed.
    core.log.commitTo(Math.min(commit, core.matched))
    const matched = Math.max(core.matched, core.log.commit)
    core.send(from, { type: 'heartbeat-response', session, read, matched })
  }

  /** The snapshot is on this disk already. */
  onSnapshot(message: MessageOf<'snapshot'>): void {
    const core = this.#core
    const { index, term } = message.snapshot
    assert(core.role !== 'leader', 'a leader takes no snapshot')
    if (index > core.log.commit) {
      if (core.log.termAt(index) === term) core.log.commitTo(index)
      else core.log.restore(message.snapshot)
      core.matched = Math.max(core.matched, index)
    }
    this.#acknowledge(message, Math.max(index, core.log.commit))
  }

  #acknowledge({ from, session }: MessageOf<'append' | 'snapshot'>, index: number): void {
    this.#core.send(from, { type: 'append-response', session, index })
  }
}
