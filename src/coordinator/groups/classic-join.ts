/**
 * JoinGroup. A member without an id is given one and has to come again with it (KIP-394, from v4
 * on); one with an instance id takes the place of whoever held that before (KIP-345). Who is let in
 * waits until the next generation begins, see `classic-rebalance.ts`.
 */
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import type { Ticket } from '../shard.ts'
import type { Member, Parked, Protocol } from './classic-group.ts'
import {
  bytesOf,
  electProtocol,
  memberFault,
  NO_BYTES,
  supportsProtocols,
  withoutMember,
} from './classic-group.ts'
import {
  completeIfAllJoined,
  currentGeneration,
  membersForLeader,
  prepareRebalance,
  rebalanceOrComplete,
} from './classic-rebalance.ts'
import {
  ID_PREFIX_CHARACTERS_MAX,
  METADATA_BYTES_MAX,
  NEW_MEMBER_TIMEOUT_MS,
  PENDING_MEMBERS_MAX,
} from './group-rules.ts'
import type { JoinRequest, JoinResponse } from './requests.ts'
import { noProtocol, refusedJoin } from './requests.ts'
import type { Turn } from './turn.ts'

/** The first version whose members have to know their id before they are let in. */
const MEMBER_ID_REQUIRED_SINCE = 4
/** The first version in which a leader can be told not to assign (KIP-814). */
const SKIP_ASSIGNMENT_SINCE = 9

/** What is wrong with the request, whatever the group. */
export function joinFault({ body }: JoinRequest, rules: Turn['rules']): ErrorCode {
  if (body.groupId === '') return errors.INVALID_GROUP_ID
  const { sessionTimeoutMs: timeoutMs } = body
  return timeoutMs < rules.sessionTimeoutMsMin || timeoutMs > rules.sessionTimeoutMsMax
    ? errors.INVALID_SESSION_TIMEOUT
    : errors.NONE
}

export function join(turn: Turn, request: JoinRequest, ticket: Ticket): void {
  const { memberId } = request.body
  if (!hasRoom(turn, request)) {
    refuse(turn, request, ticket, errors.GROUP_MAX_SIZE_REACHED)
    const kickedOut = turn.group.members.get(memberId)
    if (kickedOut === undefined) return
    turn.refuseParked(kickedOut, errors.GROUP_MAX_SIZE_REACHED)
    turn.group = withoutMember(turn.group, memberId)
    rebalanceOrComplete(turn)
  } else if (!supportsProtocols(turn.group, request.body.protocolType, request.body.protocols))
    refuse(turn, request, ticket, errors.INCONSISTENT_GROUP_PROTOCOL)
  else if (memberId === '') joinWithoutId(turn, request, ticket)
  else joinWithId(turn, request, ticket)
}

/**
 * Members that wait are counted where a rebalance is prepared: of a group that is too large, those
 * who come last are left out.
 */
function hasRoom({ group, rules }: Turn, { body }: JoinRequest): boolean {
  const known = group.members.get(body.memberId)
  const bytes = group.metadataBytes - bytesOf(known?.protocols ?? []) + bytesOf(body.protocols)
  if (bytes > METADATA_BYTES_MAX) return false
  switch (group.state) {
    case 'Empty':
      return true
    case 'PreparingRebalance':
      return (known?.join ?? null) !== null || group.joiningCount < rules.membersMax
    case 'CompletingRebalance':
    case 'Stable':
      return known !== undefined || group.members.size < rules.membersMax
  }
}

function joinWithoutId(turn: Turn, request: JoinRequest, ticket: Ticket): void {
  const { apiVersion, body } = request
  const { groupInstanceId: instanceId } = body
  const memberId = newMemberId(request)
  const replacedId = instanceId === null ? undefined : turn.group.staticMembers.get(instanceId)
  const replaced = replacedId === undefined ? undefined : turn.group.members.get(replacedId)
  if (replaced !== undefined) replaceStaticMember(turn, request, ticket, { replaced, memberId })
  else if (instanceId !== null || apiVersion < MEMBER_ID_REQUIRED_SINCE)
    addMember(turn, request, ticket, memberId)
  else {
    awaitMember(turn, memberId, body.sessionTimeoutMs)
    const response = refusedJoin(apiVersion, memberId, errors.MEMBER_ID_REQUIRED)
    turn.answerJoin({ ticket, apiVersion }, response)
  }
}

/** `instance-uuid`, or `client-uuid`, as Kafka's ids look. */
function newMemberId({ body, clientId, uuid }: JoinRequest): string {
  const prefix = (body.groupInstanceId ?? clientId).slice(0, ID_PREFIX_CHARACTERS_MAX)
  // A cut may have left half a character, which no encoding brings back.
  return `${prefix.replace(/[\uD800-\uDBFF]$/, '')}-${uuid}`
}

/** Remembers that an id was given away: the group waits for whoever has it. */
function awaitMember(turn: Turn, memberId: string, sessionTimeoutMs: number): void {
  let { pendingMembers } = turn.group
  if (pendingMembers.size >= PENDING_MEMBERS_MAX) {
    let soonest: readonly [string, number] = ['', Infinity]
    for (const entry of pendingMembers) if (entry[1] < soonest[1]) soonest = entry
    pendingMembers = pendingMembers.delete(soonest[0])
  }
  const deadlineMs = turn.nowMs + sessionTimeoutMs
  turn.set({ pendingMembers: pendingMembers.set(memberId, deadlineMs) })
  turn.wakeAt(deadlineMs)
}

function joinWithId(turn: Turn, request: JoinRequest, ticket: Ticket): void {
  const { group } = turn
  const { memberId, groupInstanceId } = request.body
  if (group.pendingMembers.has(memberId) && groupInstanceId === null)
    return addMember(turn, request, ticket, memberId)
  const fault = memberFault(group, memberId, groupInstanceId)
  const member = group.members.get(memberId)
  if (member === undefined || fault !== errors.NONE)
    return refuse(turn, request, ticket, fault === errors.NONE ? errors.UNKNOWN_MEMBER_ID : fault)
  const mayStay =
    group.state === 'CompletingRebalance' ||
    // Its leader joins again when it wants to assign anew.
    (group.state === 'Stable' && group.leaderId !== memberId)
  if (mayStay && sameProtocols(member.protocols, request.body.protocols)) {
    const { apiVersion } = request
    turn.setMember(alive(turn, member))
    turn.answerJoin({ ticket, apiVersion }, currentGeneration(turn, memberId, apiVersion))
  } else {
    // One that asks again gives up its earlier request, which must not stay without an answer.
    turn.refuseParked(member, errors.REBALANCE_IN_PROGRESS)
    turn.setMember(joining(request, ticket, member))
    rebalanceOrComplete(turn)
  }
}

/** A heartbeat, or anything that counts as one. Who waits sends none. */
export function alive(turn: Turn, member: Member): Member {
  return member.join !== null || member.sync !== null
    ? member
    : { ...member, deadlineMs: turn.nowMs + member.sessionTimeoutMs }
}

function addMember(turn: Turn, request: JoinRequest, ticket: Ticket, memberId: string): void {
  const { state, rebalance, members } = turn.group
  if (members.size === 0) turn.set({ protocolType: request.body.protocolType })
  if (state === 'PreparingRebalance' && rebalance !== null && rebalance.initial !== null)
    turn.set({ rebalance: { ...rebalance, initial: { ...rebalance.initial, hasGrown: true } } })
  turn.setMember({
    ...joining(request, ticket, null),
    memberId,
    deadlineMs: turn.nowMs + NEW_MEMBER_TIMEOUT_MS,
  })
  rebalanceOrComplete(turn)
}

/** The member as the request tells of it, waiting for the next generation. */
function joining(request: JoinRequest, ticket: Ticket, before: Member | null): Member {
  const { body, apiVersion, clientId, clientHost } = request
  const protocols = ownedProtocols(body.protocols)
  return {
    memberId: body.memberId,
    instanceId: before === null ? body.groupInstanceId : before.instanceId,
    clientId,
    clientHost,
    rebalanceTimeoutMs:
      body.rebalanceTimeoutMs < 0 ? body.sessionTimeoutMs : body.rebalanceTimeoutMs,
    sessionTimeoutMs: body.sessionTimeoutMs,
    protocols:
      before !== null && sameProtocols(before.protocols, protocols) ? before.protocols : protocols,
    assignment: before?.assignment ?? NO_BYTES,
    isNew: before?.isNew ?? true,
    deadlineMs: before?.isNew ? before.deadlineMs : Infinity,
    join: { ticket, apiVersion },
    sync: null,
  }
}

/** Each name once, and copied: what a request holds is only lent. */
function ownedProtocols(protocols: readonly Protocol[]): readonly Protocol[] {
  const byName = new Map<string, Protocol>()
  for (const { name, metadata } of protocols)
    if (!byName.has(name)) byName.set(name, { name, metadata: Uint8Array.from(metadata) })
  return [...byName.values()]
}

function sameProtocols(a: readonly Protocol[], b: readonly Protocol[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ name, metadata }, index) => {
      const other = b[index]
      return other?.name === name && Buffer.compare(metadata, other.metadata) === 0
    })
  )
}

/**
 * A static member comes back under a new id. If nothing changes for the group, its generation goes
 * on, and the newcomer has the place of its former self.
 */
function replaceStaticMember(
  turn: Turn,
  request: JoinRequest,
  ticket: Ticket,
  { replaced, memberId }: { readonly replaced: Member; readonly memberId: string },
): void {
  const { group } = turn
  const wasLeader = group.leaderId === replaced.memberId
  const owesSync = group.pendingSync.has(replaced.memberId)
  turn.refuseParked(replaced, errors.FENCED_INSTANCE_ID)
  turn.group = withoutMember(group, replaced.memberId)
  turn.setMember({ ...joining(request, ticket, { ...replaced, join: null }), memberId })
  if (wasLeader) turn.set({ leaderId: memberId })
  if (owesSync) turn.set({ pendingSync: turn.group.pendingSync.set(memberId, true) })

  if (group.state === 'PreparingRebalance') return completeIfAllJoined(turn)
  if (group.state !== 'Stable' || electProtocol(turn.group) !== group.protocolName)
    return prepareRebalance(turn)

  const member = turn.group.members.get(memberId)
  if (member?.join === undefined || member.join === null) return
  const deadlineMs = turn.nowMs + member.sessionTimeoutMs
  turn.setMember({ ...member, join: null, isNew: false, deadlineMs })
  turn.store()
  const former = { leaderId: group.leaderId ?? '', wasLeader }
  turn.answerJoin(member.join, unchangedGeneration(turn, memberId, member.join, former))
}

/** A leader of before v9 is told the id it had, so that it takes itself for a follower. */
function unchangedGeneration(
  turn: Turn,
  memberId: string,
  { apiVersion }: Parked,
  former: { readonly leaderId: string; readonly wasLeader: boolean },
): JoinResponse {
  const { group } = turn
  const canSkip = apiVersion >= SKIP_ASSIGNMENT_SINCE
  return {
    errorCode: errors.NONE,
    generationId: group.generation,
    protocolType: group.protocolType,
    protocolName: group.protocolName ?? noProtocol(apiVersion),
    leader: canSkip ? (group.leaderId ?? '') : former.leaderId,
    skipAssignment: canSkip && former.wasLeader,
    memberId,
    members: canSkip && former.wasLeader ? membersForLeader(group) : [],
  }
}

function refuse(turn: Turn, request: JoinRequest, ticket: Ticket, code: ErrorCode): void {
  const { apiVersion, body } = request
  turn.answerJoin({ ticket, apiVersion }, refusedJoin(apiVersion, body.memberId, code))
}

/** Whether a JoinGroup may bring this group into being. */
export function mayFound({ body }: JoinRequest): boolean {
  return body.memberId === ''
}
