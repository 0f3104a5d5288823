/**
 * From (a partition, what happens to it) to the record that says so: the end of a reassignment,
 * eligible leader replicas, then the election, then the difference. The one place that decides who
 * leads, so the rules of KIP-966 and of the two epochs are here and nowhere else: naming a leader
 * raises the leader epoch, and it is named when it changes and when replicas are removed;
 * everything raises the partition epoch; what changes nothing gives no record. Pure.
 */
import type { NodeId, TopicId } from '../base/ids.ts'
import type { PartitionRegistration } from '../metadata/image/topics.ts'
import { originalReplicas } from '../metadata/image/topics.ts'
import type { PartitionChangeRecord } from '../metadata/records.ts'
import { NO_LEADER } from '../metadata/records.ts'
import type { Assignment } from './reassignment.ts'
import { completed, without } from './reassignment.ts'

/**
 * `online`: the present leader if it may stay, else the first in preference that may lead.
 * `preferred`: the preferred leader if it may lead, else as `online`.
 * `unclean`: as `online`, then anybody who is active; may lose acknowledged records.
 */
export type Election = 'online' | 'preferred' | 'unclean'

export interface PartitionEvent {
  /** The ISR that is wanted; default: the present one. */
  readonly isr?: readonly NodeId[]
  /** Who shall hold it; default: as now. */
  readonly assignment?: Assignment
  /** Replicas that may have lost records: they stay out of the ELR (S11). */
  readonly dataLosing?: readonly NodeId[]
  /** Those of them that have certainly lost everything: they are not even known as the last. */
  readonly emptied?: readonly NodeId[]
  readonly election: Election
  /** The wanted ISR was chosen although nobody is known to hold everything. */
  readonly mayLoseRecords?: boolean
}

export interface PartitionRules {
  /** Registered, unfenced, not in controlled shutdown. */
  readonly isActive: (nodeId: NodeId) => boolean
  /** `min.insync.replicas` of the topic. */
  readonly minIsr: number
}

/**
 * min(`min.insync.replicas`, replication factor), at least 1. Replicas that are being added do not
 * count, so that neither the beginning nor the taking back of a reassignment changes it.
 */
export function effectiveMinIsr(minIsr: number, assignment: Omit<Assignment, 'removingReplicas'>) {
  return Math.max(1, Math.min(minIsr, originalReplicas(assignment).length))
}

/** The change, or null when there is none to make. */
export function buildPartitionChange(
  at: { readonly topicId: TopicId; readonly partition: number },
  was: PartitionRegistration,
  event: PartitionEvent,
  rules: PartitionRules,
): PartitionChangeRecord | null {
  const wanted = event.assignment ?? was
  const reached = event.isr ?? was.isr
  const assignment = completed(wanted, reached) ?? wanted
  const { replicas } = assignment
  const wantedIsr = reached.filter((id) => replicas.includes(id))
  const minIsr = effectiveMinIsr(rules.minIsr, assignment)
  const wantedElr = eligible(was, { isr: wantedIsr, replicas, minIsr }, event)
  const elected = elect(
    { replicas, leader: was.leader },
    { isr: wantedIsr, elr: wantedElr },
    event.election,
    rules,
  )
  const isr = elected.isr ?? wantedIsr
  // Above min ISR the high watermark may move without them, so nobody else is eligible any more.
  const elr = isr.length >= minIsr || elected.isUnclean ? [] : without(wantedElr, isr)
  const lastKnownElr =
    isr.length >= minIsr || elected.isUnclean ? [] : lastKnown(was, event, { replicas, isr, elr })

  const next = { ...was, ...assignment, isr, elr, lastKnownElr, leader: elected.leader }
  const change = difference(was, next)
  if (Object.keys(change).length === 0) return null
  const isRisky = elected.isUnclean || event.mayLoseRecords
  return { type: 'PartitionChange', ...at, ...change, ...(isRisky && { mayLoseRecords: true }) }
}

const LISTS = [
  ...(['replicas', 'isr', 'elr'] as const),
  ...(['addingReplicas', 'removingReplicas', 'lastKnownElr'] as const),
]

/** What a change record has to say. */
function difference(was: PartitionRegistration, next: PartitionRegistration) {
  const lists: { [List in (typeof LISTS)[number]]?: readonly NodeId[] } = {}
  for (const list of LISTS) if (!sameIds(next[list], was[list])) lists[list] = next[list]
  // Who is removed may still believe that it replicates: a new leader epoch ends that.
  const namesLeader = next.leader !== was.leader || without(was.replicas, next.replicas).length > 0
  return { ...lists, ...(namesLeader && { leader: next.leader }) }
}

/**
 * Eligible leader replicas: whoever was in the ISR, or eligible, when the high watermark froze
 * because the ISR fell below min ISR. They hold every committed record (KIP-966).
 */
function eligible(
  was: PartitionRegistration,
  now: {
    readonly isr: readonly NodeId[]
    readonly replicas: readonly NodeId[]
    readonly minIsr: number
  },
  { dataLosing = [] }: PartitionEvent,
): readonly NodeId[] {
  if (now.isr.length >= now.minIsr) return []
  const held = new Set([...was.elr, ...was.isr])
  return without(
    now.replicas.filter((id) => held.has(id)),
    [...now.isr, ...dataLosing],
  )
}

/** The last that were counted on, and are not any more because of what their disks may lack. */
function lastKnown(
  was: PartitionRegistration,
  { dataLosing = [], emptied = [] }: PartitionEvent,
  now: Pick<PartitionRegistration, 'replicas' | 'isr' | 'elr'>,
): readonly NodeId[] {
  const lost = dataLosing.filter((id) => was.isr.includes(id) || was.elr.includes(id))
  const last = new Set([...was.lastKnownElr, ...lost])
  return without(
    now.replicas.filter((id) => last.has(id)),
    [...now.isr, ...now.elr, ...emptied],
  )
}

interface Elected {
  readonly leader: NodeId | typeof NO_LEADER
  /** Given when the election decides the ISR: the new leader was not in it. */
  readonly isr?: readonly NodeId[]
  readonly isUnclean?: boolean
}

function elect(
  { replicas, leader }: Pick<PartitionRegistration, 'replicas' | 'leader'>,
  wanted: { readonly isr: readonly NodeId[]; readonly elr: readonly NodeId[] },
  election: Election,
  { isActive }: PartitionRules,
): Elected {
  const from = wanted.isr.length > 0 ? wanted.isr : wanted.elr
  const mayLead = (id: NodeId) => isActive(id) && from.includes(id)
  const lead = (id: NodeId): Elected =>
    wanted.isr.includes(id) ? { leader: id } : { leader: id, isr: [id] }

  const [preferred] = replicas
  if (election === 'preferred' && preferred !== undefined && mayLead(preferred))
    return lead(preferred)
  if (leader !== NO_LEADER && mayLead(leader)) return lead(leader)
  const clean = replicas.find(mayLead)
  if (clean !== undefined) return lead(clean)
  const anybody = election === 'unclean' ? replicas.find(isActive) : undefined
  if (anybody === undefined) return { leader: NO_LEADER }
  return { leader: anybody, isr: [anybody], isUnclean: true }
}

function sameIds(some: readonly NodeId[], others: readonly NodeId[]): boolean {
  return some.length === others.length && some.every((id, index) => id === others[index])
}
