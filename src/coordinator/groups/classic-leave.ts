/**
 * How members stay in a group (Heartbeat), and how they leave it by themselves (LeaveGroup). What
 * time does to them is in `classic-timers.ts`.
 */
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import { memberFault } from './classic-group.ts'
import { alive } from './classic-join.ts'
import { completeIfAllJoined, rebalanceOrComplete, removeMember } from './classic-rebalance.ts'
import type { HeartbeatRequest, LeaveRequest, LeaveResponse } from './requests.ts'
import type { Turn } from './turn.ts'

/** The first version with many members, each with an error of its own. */
const MANY_SINCE = 3

/**
 * UNKNOWN_MEMBER_ID, FENCED_INSTANCE_ID, ILLEGAL_GENERATION, and REBALANCE_IN_PROGRESS, which asks
 * the member to join again. While the leader assigns there is nothing to be done: no error.
 */
export function heartbeat(turn: Turn, { body }: HeartbeatRequest): ErrorCode {
  const { group } = turn
  const fault = memberFault(group, body.memberId, body.groupInstanceId)
  const member = group.members.get(body.memberId)
  if (fault !== errors.NONE || member === undefined) return fault
  if (body.generationId !== group.generation) return errors.ILLEGAL_GENERATION
  turn.setMember(alive(turn, member))
  return group.state === 'PreparingRebalance' ? errors.REBALANCE_IN_PROGRESS : errors.NONE
}

type Leaving = LeaveRequest['body']['members'][number]

export function leave(turn: Turn, { apiVersion, body }: LeaveRequest): LeaveResponse {
  const { size } = turn.group.members
  const many: readonly Leaving[] =
    apiVersion < MANY_SINCE
      ? [{ memberId: body.memberId, groupInstanceId: null, reason: null }]
      : body.members
  const members = many.map((leaving) => {
    const { memberId, groupInstanceId } = leaving
    return { memberId, groupInstanceId, errorCode: leaveOne(turn, leaving) }
  })
  if (turn.group.members.size < size) rebalanceOrComplete(turn)
  else completeIfAllJoined(turn)
  if (apiVersion < MANY_SINCE) return { errorCode: members[0]?.errorCode ?? errors.NONE }
  return { errorCode: errors.NONE, members }
}

/** Of a group that nobody knows. */
export function leaveNothing({ apiVersion, body }: LeaveRequest): LeaveResponse {
  if (apiVersion < MANY_SINCE) return { errorCode: errors.UNKNOWN_MEMBER_ID }
  return {
    errorCode: errors.NONE,
    members: body.members.map(({ memberId, groupInstanceId }) => ({
      memberId,
      groupInstanceId,
      errorCode: errors.UNKNOWN_MEMBER_ID,
    })),
  }
}

function leaveOne(turn: Turn, { memberId, groupInstanceId }: Leaving): ErrorCode {
  const { group } = turn
  if (group.pendingMembers.has(memberId)) {
    turn.set({ pendingMembers: group.pendingMembers.delete(memberId) })
    return errors.NONE
  }
  // An administrator removes a static member by its instance alone.
  const holder = groupInstanceId === null ? undefined : group.staticMembers.get(groupInstanceId)
  const wanted = memberId === '' ? (holder ?? '') : memberId
  const fault = memberFault(group, wanted, groupInstanceId)
  const member = group.members.get(wanted)
  if (fault !== errors.NONE || member === undefined) return fault
  removeMember(turn, member)
  return errors.NONE
}
