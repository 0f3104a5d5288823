/**
 * From one generation to the next: `PreparingRebalance`, in which members join again,
 * `CompletingRebalance`, in which the leader assigns, `Stable`. A generation is stored when it
 * begins, before anybody is told of it, so that no coordinator ever gives its number away again.
 */
import { ImmutableMap } from '../../base/immutable-map.ts'
import { errors } from '../../wire/errors.ts'
import type { Member } from './classic-group.ts'
import {
  electProtocol,
  haveAllJoined,
  metadataFor,
  NO_BYTES,
  rebalanceTimeoutMs,
  withoutMember,
} from './classic-group.ts'
import type { JoinResponse } from './requests.ts'
import { noProtocol, refusedSync } from './requests.ts'
import type { Turn } from './turn.ts'

/** All members have to join again, from whatever state that is called for. */
export function prepareRebalance(turn: Turn): void {
  const { group, nowMs, rules } = turn
  for (const member of group.members.values()) {
    if (member.sync === null) continue
    turn.answerSync(member.sync, refusedSync(errors.REBALANCE_IN_PROGRESS))
    turn.setMember({ ...member, sync: null, deadlineMs: nowMs + member.sessionTimeoutMs })
  }
  turn.set({
    state: 'PreparingRebalance',
    stateSinceMs: nowMs,
    pendingSync: ImmutableMap.empty(),
    syncDeadlineMs: Infinity,
    rebalance: null,
  })
  if (group.state !== 'Empty') {
    if (haveAllJoined(turn.group)) beginGeneration(turn)
    else waitForMembers(turn)
    return
  }
  const stepMs = rules.initialRebalanceDelayMs
  if (stepMs === 0) return beginGeneration(turn)
  const remainingMs = Math.max(0, rebalanceTimeoutMs(turn.group) - stepMs)
  const initial = { stepMs, remainingMs, hasGrown: false }
  turn.set({ rebalance: { deadlineMs: nowMs + stepMs, initial } })
  turn.wakeAt(nowMs + stepMs)
}

function waitForMembers(turn: Turn): void {
  const deadlineMs = turn.nowMs + rebalanceTimeoutMs(turn.group)
  turn.set({ rebalance: { deadlineMs, initial: null } })
  turn.wakeAt(deadlineMs)
}

/** Somebody came, went or was changed: the group rebalances, or is done with waiting. */
export function rebalanceOrComplete(turn: Turn): void {
  if (turn.group.state === 'PreparingRebalance') completeIfAllJoined(turn)
  else prepareRebalance(turn)
}

/** Ends the wait when everybody is there, unless it is the first wait of the group. */
export function completeIfAllJoined(turn: Turn): void {
  const { state, rebalance } = turn.group
  if (state === 'PreparingRebalance' && rebalance?.initial === null && haveAllJoined(turn.group))
    beginGeneration(turn)
}

/** The wait for members is over. */
export function endWait(turn: Turn): void {
  const { nowMs } = turn
  const initial = turn.group.rebalance?.initial ?? null
  if (initial === null || !initial.hasGrown || initial.remainingMs === 0)
    return beginGeneration(turn)
  const stepMs = Math.min(turn.rules.initialRebalanceDelayMs, initial.remainingMs)
  const remainingMs = Math.max(0, initial.remainingMs - stepMs)
  turn.set({
    rebalance: { deadlineMs: nowMs + stepMs, initial: { stepMs, remainingMs, hasGrown: false } },
  })
  turn.wakeAt(nowMs + stepMs)
}

/** The next generation is whoever has joined, and static members that still have their session. */
function beginGeneration(turn: Turn): void {
  const { nowMs } = turn
  for (const { memberId, instanceId, join } of turn.group.members.values())
    if (join === null && instanceId === null) turn.group = withoutMember(turn.group, memberId)

  const { group } = turn
  if (group.members.size === 0) return becomeEmpty(turn)
  // Only static members that are silent: they come back, or their sessions end.
  if (group.joiningCount === 0) return waitForMembers(turn)

  const protocolName = electProtocol(group)
  const syncDeadlineMs = nowMs + rebalanceTimeoutMs(group)
  turn.set({
    state: 'CompletingRebalance',
    stateSinceMs: nowMs,
    generation: group.generation + 1,
    protocolName,
    leaderId: leaderAmongJoined(turn),
    rebalance: null,
    syncDeadlineMs,
  })
  turn.wakeAt(syncDeadlineMs)
  const joined = [...group.members.values()].filter(({ join }) => join !== null)
  turn.set({ pendingSync: ImmutableMap.from(joined.map(({ memberId }) => [memberId, true])) })
  for (const member of group.members.values()) {
    const deadlineMs = member.join === null ? member.deadlineMs : nowMs + member.sessionTimeoutMs
    const isNew = member.isNew && member.join === null
    turn.setMember({ ...member, join: null, isNew, deadlineMs, assignment: NO_BYTES })
  }
  turn.store()
  for (const { memberId, join } of joined)
    if (join !== null) turn.answerJoin(join, currentGeneration(turn, memberId, join.apiVersion))
}

function becomeEmpty(turn: Turn): void {
  turn.set({
    state: 'Empty',
    stateSinceMs: turn.nowMs,
    generation: turn.group.generation + 1,
    protocolName: null,
    leaderId: null,
    rebalance: null,
  })
  turn.store()
}

/** The leader goes on to lead if it joined; otherwise one of those who did. */
function leaderAmongJoined({ group }: Turn): string | null {
  const { leaderId, members } = group
  if (leaderId !== null && members.get(leaderId)?.join) return leaderId
  for (const { memberId, join } of members.values()) if (join !== null) return memberId
  return null
}

/** What a member is told of the generation that is; the leader alone learns who is in it. */
export function currentGeneration(
  { group }: Turn,
  memberId: string,
  apiVersion: number,
): JoinResponse {
  return {
    errorCode: errors.NONE,
    generationId: group.generation,
    protocolType: group.protocolType,
    protocolName: group.protocolName ?? noProtocol(apiVersion),
    leader: group.leaderId ?? '',
    memberId,
    members: group.leaderId === memberId ? membersForLeader(group) : [],
  }
}

export function membersForLeader({
  members,
  protocolName,
}: Turn['group']): JoinResponse['members'] {
  return Array.from(members.values(), (member) => ({
    memberId: member.memberId,
    groupInstanceId: member.instanceId,
    metadata: metadataFor(member, protocolName),
  }))
}

/** Takes a member out, refusing what it waits for. What becomes of the group is the caller's. */
export function removeMember(turn: Turn, member: Member): void {
  turn.refuseParked(member, errors.UNKNOWN_MEMBER_ID)
  turn.group = withoutMember(turn.group, member.memberId)
}
