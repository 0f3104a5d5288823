/**
 * From (a partition, what happens to it) to the record that says so: eligible leader replicas, then
 * the election, then the difference. The one place that decides who leads, so the rules of
 * KIP-966 and of the two epochs are here and nowhere else: naming a leader raises the leader
 * epoch, everything raises the partition epoch, what changes nothing gives no record. Pure.
 */
import type { NodeId, TopicId } from '../base/ids.ts'
import type { PartitionRegistration } from '../metadata/image/topics.ts'
import type { PartitionChangeRecord } from '../metadata/records.ts'
import { NO_LEADER } from '../metadata/records.ts'

/**
 * `online`: the present leader if it may stay, else the first in preference that may lead.
 * `preferred`: the preferred leader if it may lead, else as `online`.
 * `unclean`: as `online`, then anybody who is active; may lose acknowledged records.
 */
export type Election = 'online' | 'preferred' | 'unclean'

export interface PartitionEvent {
  /** The ISR that is wanted; default: the present one. */
  readonly isr?: readonly NodeId[]
  /** Replicas that may have lost records: they stay out of the ELR (S11). */
  readonly dataLosing?: readonly NodeId[]
  readonly election: Election
}

export interface PartitionRules {
  /** Registered, unfenced, not in controlled shutdown. */
  readonly isActive: (nodeId: NodeId) => boolean
  /** min(`min.insync.replicas`, replication factor), at least 1. */
  readonly effectiveMinIsr: number
}

/** The change, or null when there is none to make. */
export function buildPartitionChange(
  at: { readonly topicId: TopicId; readonly partition: number },
  was: PartitionRegistration,
  event: PartitionEvent,
  rules: PartitionRules,
): PartitionChangeRecord | null {
  const wantedIsr = event.isr ?? was.isr
  const wantedElr = eligible(was, wantedIsr, event, rules)
  const elected = elect(was, { isr: wantedIsr, elr: wantedElr }, event.election, rules)
  const isr = elected.isr ?? wantedIsr
  // Above min ISR the high watermark may move without them, so nobody else is eligible any more.
  const elr = isr.length >= rules.effectiveMinIsr ? [] : wantedElr.filter((id) => !isr.includes(id))

  const change: PartitionChangeRecord = {
    type: 'PartitionChange',
    topicId: at.topicId,
    partition: at.partition,
    ...(sameIds(isr, was.isr) ? {} : { isr }),
    ...(sameIds(elr, was.elr) ? {} : { elr }),
    ...(elected.leader === was.leader ? {} : { leader: elected.leader }),
  }
  const changesSomething = 'isr' in change || 'elr' in change || 'leader' in change
  return changesSomething ? change : null
}

/**
 * Eligible leader replicas: whoever was in the ISR, or eligible, when the high watermark froze
 * because the ISR fell below min ISR. They hold every committed record (KIP-966).
 */
function eligible(
  was: PartitionRegistration,
  isr: readonly NodeId[],
  { dataLosing = [] }: PartitionEvent,
  { effectiveMinIsr }: PartitionRules,
): readonly NodeId[] {
  if (isr.length >= effectiveMinIsr) return []
  const held = new Set([...was.elr, ...was.isr])
  return was.replicas.filter((id) => held.has(id) && !isr.includes(id) && !dataLosing.includes(id))
}

interface Elected {
  readonly leader: NodeId | typeof NO_LEADER
  /** Given when the election decides the ISR: the new leader was not in it. */
  readonly isr?: readonly NodeId[]
}

function elect(
  { replicas, leader }: PartitionRegistration,
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
  return anybody === undefined ? { leader: NO_LEADER } : { leader: anybody, isr: [anybody] }
}

function sameIds(some: readonly NodeId[], others: readonly NodeId[]): boolean {
  return some.length === others.length && some.every((id, index) => id === others[index])
}
