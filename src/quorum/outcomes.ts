/**
 * Who waits for what: proposals until they are committed *and* delivered here, reads until their
 * index is, changes of the quorum until they are committed. Everybody is told once.
 */
import type { Answer, Refusal, RequestId } from '../raft/types.ts'
import type { AppendOutcome } from './ports.ts'

export type Outcome =
  | { readonly type: 'done'; readonly index: number }
  | { readonly type: 'refused'; readonly reason: Refusal }
  /** It may yet take effect, or not. */
  | { readonly type: 'unknown' }

interface Waiter {
  settle(outcome: Outcome): void
  /** Once this index is delivered it is done; null while it is not known to be committed. */
  index: number | null
}

export class Outcomes {
  #ids: RequestId = 0
  readonly #waiting = new Map<RequestId, Waiter>()
  #applied = 0

  get count(): number {
    return this.#waiting.size
  }

  /** A number for a request, and what will have become of it. */
  expect(): { readonly id: RequestId; readonly outcome: Promise<Outcome> } {
    this.#ids += 1
    const id = this.#ids
    const outcome = new Promise<Outcome>((settle) => {
      this.#waiting.set(id, { settle, index: null })
    })
    return { id, outcome }
  }

  answer(answer: Answer): void {
    switch (answer.type) {
      case 'accepted':
        return
      case 'committed':
      case 'readable':
        return this.#reached(answer.id, answer.index)
      case 'refused':
        return this.#settle(answer.id, { type: 'refused', reason: answer.reason })
      case 'unknown':
        return this.#settle(answer.id, { type: 'unknown' })
    }
  }

  /** Everything up to `index` was delivered. */
  applied(index: number): void {
    this.#applied = index
    for (const [id, waiter] of this.#waiting)
      if (waiter.index !== null && waiter.index <= index)
        this.#settle(id, { type: 'done', index: waiter.index })
  }

  /** Nobody will be told anything any more. */
  end(): void {
    for (const id of [...this.#waiting.keys()]) this.#settle(id, { type: 'unknown' })
  }

  #reached(id: RequestId, index: number): void {
    const waiter = this.#waiting.get(id)
    if (waiter === undefined) return
    waiter.index = index
    if (index <= this.#applied) this.#settle(id, { type: 'done', index })
  }

  #settle(id: RequestId, outcome: Outcome): void {
    this.#waiting.get(id)?.settle(outcome)
    this.#waiting.delete(id)
  }
}

/** As the port has it; a refusal after acceptance does not happen. */
export function asAppendOutcome(outcome: Outcome): AppendOutcome {
  if (outcome.type === 'done') return { outcome: 'ok', offset: outcome.index - 1 }
  return { outcome: 'unknown' }
}
