/**
 * Whether the controllers lack what an observer holds (SAFETY S9). One that is merely behind will
 * have it soon, or another has it already; so an observer asks the others first, and stops only
 * when somebody who must have every committed entry has not this one, or has another in its place.
 * Pure.
 */
import type { NodeId } from '../base/ids.ts'

/** Controllers have so long to turn out to be merely behind. */
export const LACKING_MAX_MS = 10_000

export interface Verdict {
  readonly nodeId: NodeId
  /** It has another entry at that place, rather than none yet. */
  readonly isOther: boolean
  /** It says that it leads, and in which epoch; null when it does not. */
  readonly leaderEpoch: number | null
}

export class ControllerVerdicts {
  readonly #others = new Set<NodeId>()
  #sinceMs: number | null = null

  /** A controller has what the observer holds. */
  clear(): void {
    this.#others.clear()
    this.#sinceMs = null
  }

  /** Whether it is certain by now that the quorum lacks the entry, which is of epoch `epoch`. */
  add(
    { nodeId, isOther, leaderEpoch }: Verdict,
    {
      epoch,
      nowMs,
      controllers,
    }: { readonly epoch: number; readonly nowMs: number; readonly controllers: readonly NodeId[] },
  ): boolean {
    this.#sinceMs ??= nowMs
    if (isOther) this.#others.add(nodeId)
    const leads = leaderEpoch !== null
    // Two committed entries at one place: of two logs, and the leader's is the quorum's.
    if (isOther && (leads || controllers.every((id) => this.#others.has(id)))) return true
    // A leader of a later epoch began with everything that was committed in earlier ones.
    if (leads && leaderEpoch > epoch) return true
    return leads && nowMs - this.#sinceMs >= LACKING_MAX_MS
  }
}
