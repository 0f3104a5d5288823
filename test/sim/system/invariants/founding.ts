/**
 * S1: whatever is lost while a cluster is founded, there is one at most. Everybody who knows the
 * quorum to be founded names the same founders; nobody leads a log that others began.
 */
import type { ReplicaKey } from '../../../../src/raft/configuration.ts'
import { check } from '../../invariants/violation.ts'
import type { FoundState } from '../disk-view.ts'

export class Founding {
  #founders: readonly ReplicaKey[] | null = null

  /** Those of the one cluster; null before it is founded. */
  get founders(): readonly ReplicaKey[] | null {
    return this.#founders
  }

  /** A replica's durable state, whenever it has changed. */
  found(key: ReplicaKey, { founders, founded }: FoundState, before: FoundState): void {
    check(
      before.founders === null || same(before.founders, founders),
      'S1-bound-once',
      () => `${key} was bound to ${before.founders?.join() ?? ''}, now ${founders?.join() ?? ''}`,
    )
    check(
      founders === null || founders.includes(key),
      'S1-bound',
      () => `${key} is bound to found without itself`,
    )
    if (!founded || founders === null) return
    const known = this.#founders
    check(
      known === null || same(known, founders),
      'S1-one-founding',
      () => `${key} founds with ${founders.join()}; there are ${known?.join() ?? ''}`,
    )
    this.#founders = founders
  }
}

function same(one: readonly ReplicaKey[], other: readonly ReplicaKey[] | null): boolean {
  return other !== null && [...one].sort().join() === [...other].sort().join()
}
