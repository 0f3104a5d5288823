/** What a replica is to its partition, as metadata last told it; what is wrong with it. Pure. */
import type { NodeId } from '../base/ids.ts'
import type { Log } from '../log/log.ts'
import type { PartitionRegistration } from '../metadata/image/topics.ts'
import type { Leaving } from './ports.ts'

export interface Standing {
  /** In the ISR: what is produced waits for this replica. */
  readonly isInSync: boolean
  /** In sync, or eligible to lead. */
  readonly counts: boolean
  /** There is no other replica. */
  readonly isAlone: boolean
}

/** Of who was told nothing yet. */
export const STRANGER: Standing = { isInSync: false, counts: false, isAlone: true }

export function standingOf(nodeId: NodeId, registration: PartitionRegistration): Standing {
  const isInSync = registration.isr.includes(nodeId)
  const counts = isInSync || registration.elr.includes(nodeId)
  return { isInSync, counts, isAlone: registration.replicas.length === 1 }
}

/** Why it should not count (S14), or null. */
export function ailmentOf(log: Log): Leaving['reason'] | null {
  if (log.offline) return 'failing-directory'
  if (log.damagedAt !== null) return 'corrupt-segment'
  return log.isFull ? 'full-disk' : null
}
