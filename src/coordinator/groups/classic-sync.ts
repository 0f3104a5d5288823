/**
 * SyncGroup: the leader says who gets what, once; everybody else waits for it. Nobody learns an
 * assignment before it is stored.
 */
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import type { Ticket } from '../shard.ts'
import type { ClassicGroup, Member } from './classic-group.ts'
import { memberFault, NO_BYTES } from './classic-group.ts'
import { alive } from './classic-join.ts'
import type { SyncRequest, SyncResponse } from './requests.ts'
import { refusedSync } from './requests.ts'
import type { Turn } from './turn.ts'

export function sync(turn: Turn, request: SyncRequest, ticket: Ticket): void {
  const { apiVersion, body } = request
  const parked = { ticket, apiVersion }
  const member = turn.group.members.get(body.memberId)
  const fault = syncFault(turn.group, request)
  if (fault !== errors.NONE || member === undefined)
    return turn.answerSync(parked, refusedSync(fault))

  turn.set({ pendingSync: turn.group.pendingSync.delete(body.memberId) })
  if (turn.group.state === 'Stable') {
    turn.setMember(alive(turn, member))
    return turn.answerSync(parked, assignmentOf(turn.group, member))
  }
  // One that asks again gives up its earlier request, which must not stay without an answer.
  turn.refuseParked(member, errors.REBALANCE_IN_PROGRESS)
  turn.setMember({ ...member, sync: parked, deadlineMs: Infinity })
  if (turn.group.leaderId === body.memberId) assign(turn, body.assignments)
}

/**
 * UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION, INCONSISTENT_GROUP_PROTOCOL, and
 * REBALANCE_IN_PROGRESS where members join again.
 */
function syncFault(group: ClassicGroup, { body }: SyncRequest): ErrorCode {
  const fault = memberFault(group, body.memberId, body.groupInstanceId)
  if (fault !== errors.NONE) return fault
  if (body.generationId !== group.generation) return errors.ILLEGAL_GENERATION
  const { protocolType, protocolName } = body
  if (
    (protocolType !== null && protocolType !== group.protocolType) ||
    (protocolName !== null && protocolName !== group.protocolName)
  )
    return errors.INCONSISTENT_GROUP_PROTOCOL
  return group.state === 'PreparingRebalance' ? errors.REBALANCE_IN_PROGRESS : errors.NONE
}

/** Whom the leader leaves out gets nothing; whom it names and nobody knows does not matter. */
function assign(turn: Turn, assignments: SyncRequest['body']['assignments']): void {
  const byMember = new Map(assignments.map(({ memberId, assignment }) => [memberId, assignment]))
  turn.set({ state: 'Stable', stateSinceMs: turn.nowMs })
  const waiting: Member[] = []
  for (const member of turn.group.members.values()) {
    const given = byMember.get(member.memberId)
    // Copied: what a request holds is only lent.
    const assignment = given === undefined ? NO_BYTES : Uint8Array.from(given)
    if (member.sync !== null) waiting.push({ ...member, assignment })
    const { sessionTimeoutMs } = member
    const deadlineMs = member.sync === null ? member.deadlineMs : turn.nowMs + sessionTimeoutMs
    turn.setMember({ ...member, assignment, deadlineMs, sync: null })
  }
  turn.store()
  for (const member of waiting)
    if (member.sync !== null) turn.answerSync(member.sync, assignmentOf(turn.group, member))
}

function assignmentOf(group: ClassicGroup, { assignment }: Member): SyncResponse {
  const { protocolType, protocolName } = group
  return { errorCode: errors.NONE, protocolType, protocolName, assignment }
}
