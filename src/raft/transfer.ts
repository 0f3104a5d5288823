/** Handing leadership to a voter that has the whole log (Raft thesis §3.10). */
import type { ReplicaKey } from './configuration.ts'
import { isVoter } from './configuration.ts'
import type { Core } from './core.ts'
import type { RequestId } from './types.ts'

export class Transfer {
  readonly #core: Core
  #request: { readonly id: RequestId; readonly to: ReplicaKey } | null = null
  #elapsed = 0

  constructor(core: Core) {
    this.#core = core
  }

  get isUnderWay(): boolean {
    return this.#request !== null
  }

  get to(): ReplicaKey | null {
    return this.#request?.to ?? null
  }

  begin(id: RequestId, to: ReplicaKey): void {
    const { log, self } = this.#core
    if (this.#request) this.#core.refuse(id, 'transferring')
    else if (to === self) this.#core.refuse(id, 'no-change')
    else if (!isVoter(log.configuration, to)) this.#core.refuse(id, 'unknown-replica')
    else {
      this.#request = { id, to }
      this.#elapsed = 0
    }
  }

  /** Proposals are refused meanwhile, so it may not last. */
  tick(ticks: number): void {
    if (!this.#request) return
    this.#elapsed += ticks
    if (this.#elapsed < this.#core.options.electionTicks) return
    this.#core.refuse(this.#request.id, 'timed-out')
    this.#request = null
  }

  /** Somebody else leads, or will; whether it is the one is seen from the next leader. */
  end(): void {
    if (this.#request) this.#core.answer({ type: 'unknown', id: this.#request.id })
  }
}
