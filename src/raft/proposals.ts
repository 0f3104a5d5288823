/** What a leader has accepted and not committed yet: bounded, and each told what became of it. */
import type { Core } from './core.ts'
import { sizeOf } from './raft-log.ts'
import type { Entry } from './entry.ts'
import type { Refusal, RequestId } from './types.ts'

export class Proposals {
  readonly #core: Core
  #waiting: { readonly id: RequestId; readonly index: number; readonly bytes: number }[] = []
  #bytes = 0

  constructor(core: Core) {
    this.#core = core
  }

  refusal(data: Uint8Array): Refusal | null {
    const { entryBytes, uncommittedBytes } = this.#core.options.bounds
    if (data.byteLength > entryBytes) return 'too-large'
    const isOver = this.#bytes + data.byteLength > uncommittedBytes
    // One always may: a bound below the size of an entry would stop everything.
    return isOver && this.#waiting.length > 0 ? 'overloaded' : null
  }

  accept(id: RequestId, entry: Entry): void {
    const { index, term } = entry
    const bytes = sizeOf(entry)
    this.#waiting.push({ id, index, bytes })
    this.#bytes += bytes
    this.#core.answer({ type: 'accepted', id, index, term })
  }

  committed(upTo: number): void {
    let count = 0
    for (const { id, index, bytes } of this.#waiting) {
      if (index > upTo) break
      this.#core.answer({ type: 'committed', id, index })
      this.#bytes -= bytes
      count += 1
    }
    this.#waiting.splice(0, count)
  }

  /** A later leader may commit them, or not. */
  end(): void {
    for (const { id } of this.#waiting) this.#core.answer({ type: 'unknown', id })
    this.#waiting = []
  }
}
