/**
 * Moving a partition from some replicas to others, as lists (kraft: adding and removing replicas).
 * While it is under way both sets are replicas; it is complete once all that shall stay are in
 * sync. The original replicas are always those that are not being added, so that whatever happens
 * in between can be taken back. Pure.
 */
import type { NodeId } from '../base/ids.ts'
import type { PartitionRegistration } from '../metadata/image/topics.ts'
import { originalReplicas } from '../metadata/image/topics.ts'

/** Who holds a partition, and who comes and goes. */
export type Assignment = Pick<
  PartitionRegistration,
  'replicas' | 'addingReplicas' | 'removingReplicas'
>

export function isReassigning({ addingReplicas, removingReplicas }: Assignment): boolean {
  return addingReplicas.length > 0 || removingReplicas.length > 0
}

/** The replicas there shall be in the end. */
export function targetReplicas({ replicas, removingReplicas }: Assignment): readonly NodeId[] {
  return without(replicas, removingReplicas)
}

/**
 * The way to `target` begins. What an earlier reassignment was adding and this one does not want is
 * dropped at once: it never was one of the original replicas.
 */
export function startOf(was: Assignment, target: readonly NodeId[]): Assignment {
  const original = originalReplicas(was)
  const removingReplicas = without(original, target)
  return {
    replicas: [...target, ...removingReplicas],
    addingReplicas: without(target, original),
    removingReplicas,
  }
}

/** Back to the original replicas. */
export function cancelled(was: Assignment): Assignment {
  return { replicas: originalReplicas(was), addingReplicas: [], removingReplicas: [] }
}

/** The end of it, when with this ISR it has come; null before, and where none is under way. */
export function completed(was: Assignment, isr: readonly NodeId[]): Assignment | null {
  if (!isReassigning(was)) return null
  const replicas = targetReplicas(was)
  const areInSync = replicas.length > 0 && replicas.every((id) => isr.includes(id))
  return areInSync ? { replicas, addingReplicas: [], removingReplicas: [] } : null
}

/** `ids` but for those of `others`. */
export function without(ids: readonly NodeId[], others: readonly NodeId[]): readonly NodeId[] {
  return others.length === 0 ? ids : ids.filter((id) => !others.includes(id))
}
