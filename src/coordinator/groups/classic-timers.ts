/**
 * What time does to a group: ids that nobody used are forgotten, silent members are taken out,
 * waits end. When that is next due the group knows by `alarmMs`.
 */
import type { ClassicGroup } from './classic-group.ts'
import {
  completeIfAllJoined,
  endWait,
  prepareRebalance,
  rebalanceOrComplete,
  removeMember,
} from './classic-rebalance.ts'
import type { Turn } from './turn.ts'

export function expire(turn: Turn): void {
  forgetPending(turn)
  removeSilent(turn)
  const { nowMs } = turn
  if ((turn.group.rebalance?.deadlineMs ?? Infinity) <= nowMs) endWait(turn)
  if (turn.group.syncDeadlineMs <= nowMs) removeUnsynced(turn)
  turn.set({ alarmMs: nextDeadlineMs(turn.group) })
}

function forgetPending(turn: Turn): void {
  const { pendingMembers } = turn.group
  let kept = pendingMembers
  for (const [memberId, deadlineMs] of pendingMembers)
    if (deadlineMs <= turn.nowMs) kept = kept.delete(memberId)
  if (kept === pendingMembers) return
  turn.set({ pendingMembers: kept })
  completeIfAllJoined(turn)
}

/** Members whose session is over, and new ones that have waited for too long. */
function removeSilent(turn: Turn): void {
  const { members } = turn.group
  for (const member of members.values())
    if (member.deadlineMs <= turn.nowMs) removeMember(turn, member)
  if (turn.group.members !== members) rebalanceOrComplete(turn)
}

/** Who has been told of the generation and does not ask for its assignment is not there. */
function removeUnsynced(turn: Turn): void {
  turn.set({ syncDeadlineMs: Infinity })
  const { pendingSync, members } = turn.group
  if (pendingSync.size === 0) return
  for (const memberId of pendingSync.keys()) {
    const member = members.get(memberId)
    if (member !== undefined) removeMember(turn, member)
  }
  prepareRebalance(turn)
}

function nextDeadlineMs(group: ClassicGroup): number {
  let next = Math.min(group.rebalance?.deadlineMs ?? Infinity, group.syncDeadlineMs)
  for (const { deadlineMs } of group.members.values()) next = Math.min(next, deadlineMs)
  for (const deadlineMs of group.pendingMembers.values()) next = Math.min(next, deadlineMs)
  return next
}
