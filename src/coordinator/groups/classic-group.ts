/**
 * A group of the classic protocol, and who is in it. A value: every change makes a new one, so that
 * what was decided and could not be stored is undone by keeping the old one. Counts that every
 * request would otherwise have to make are kept beside the members; only the functions here change
 * either. A group is never seen dead: it is then no longer there.
 */
import assert from 'node:assert'
import { ImmutableMap } from '../../base/immutable-map.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import type { Ticket } from '../shard.ts'
import type { StoredGroup } from './records.ts'

export type ClassicState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable'

/** One way of assigning that a member can take part in. */
export interface Protocol {
  readonly name: string
  readonly metadata: Uint8Array
}

/** A request that waits in the group for its answer. */
export interface Parked {
  readonly ticket: Ticket
  readonly apiVersion: number
}

export interface Member {
  readonly memberId: string
  /** Null: a dynamic member (KIP-345). */
  readonly instanceId: string | null
  readonly clientId: string
  readonly clientHost: string
  readonly rebalanceTimeoutMs: number
  readonly sessionTimeoutMs: number
  /** The best first, each name once. */
  readonly protocols: readonly Protocol[]
  /** In this generation; empty: nothing, or nothing yet. */
  readonly assignment: Uint8Array
  /** It was not in any generation yet, and so does not know its id for certain. */
  readonly isNew: boolean
  /** When it is given up; Infinity while it waits and cannot send heartbeats. */
  readonly deadlineMs: number
  readonly join: Parked | null
  readonly sync: Parked | null
}

/** How long the group waits for its members to join again. */
export interface Rebalance {
  readonly deadlineMs: number
  /** Out of `Empty`: it is not over when all have joined, others may be about to come. */
  readonly initial: {
    /** How long this wait is, and how long all that may follow are. */
    readonly stepMs: number
    readonly remainingMs: number
    /** Somebody came during this wait. */
    readonly hasGrown: boolean
  } | null
}

export interface ClassicGroup {
  readonly type: 'classic'
  readonly groupId: string
  readonly state: ClassicState
  /** -1: a group without members that only has offsets. */
  readonly stateSinceMs: number
  /** Null: it never had members. */
  readonly protocolType: string | null
  /** 0: none yet. Never goes back, and is stored before anybody is told. */
  readonly generation: number
  readonly protocolName: string | null
  readonly leaderId: string | null
  readonly members: ImmutableMap<string, Member>
  /** Instance id → member id. */
  readonly staticMembers: ImmutableMap<string, string>
  /** Ids that were given away and not used yet (KIP-394) → until when. */
  readonly pendingMembers: ImmutableMap<string, number>
  /** Members of this generation that have not asked for their assignment. */
  readonly pendingSync: ImmutableMap<string, true>
  /** Protocol → how many members support it. */
  readonly supporters: ImmutableMap<string, number>
  /** How many members wait in a JoinGroup. */
  readonly joiningCount: number
  /** Bytes of all protocols of all members. */
  readonly metadataBytes: number
  /** While it prepares a rebalance. */
  readonly rebalance: Rebalance | null
  /** Until when all members must have asked for their assignment. */
  readonly syncDeadlineMs: number
  /** What the records say. */
  readonly stored: StoredGroup | null
  /** False: it certainly has no offset. */
  readonly hasOffsets: boolean
  /** Nothing is due before this; may be too early, never too late. */
  readonly alarmMs: number
}

export const NO_BYTES = new Uint8Array()

export function emptyGroup(groupId: string): ClassicGroup {
  return {
    type: 'classic',
    groupId,
    state: 'Empty',
    stateSinceMs: -1,
    protocolType: null,
    generation: 0,
    protocolName: null,
    leaderId: null,
    members: ImmutableMap.empty(),
    staticMembers: ImmutableMap.empty(),
    pendingMembers: ImmutableMap.empty(),
    pendingSync: ImmutableMap.empty(),
    supporters: ImmutableMap.empty(),
    joiningCount: 0,
    metadataBytes: 0,
    rebalance: null,
    syncDeadlineMs: Infinity,
    stored: null,
    hasOffsets: false,
    alarmMs: Infinity,
  }
}

/** It has nothing that anybody could miss. */
export function isForgettable(group: ClassicGroup): boolean {
  return (
    group.stored === null &&
    !group.hasOffsets &&
    group.members.size === 0 &&
    group.pendingMembers.size === 0
  )
}

/** Adds the member, or puts it in the place of the one with its id. */
export function withMember(group: ClassicGroup, member: Member): ClassicGroup {
  const { memberId, instanceId, protocols } = member
  const before = group.members.get(memberId)
  const sameProtocols = before?.protocols === protocols
  return {
    ...group,
    members: group.members.set(memberId, member),
    staticMembers:
      instanceId === null ? group.staticMembers : group.staticMembers.set(instanceId, memberId),
    pendingMembers: group.pendingMembers.delete(memberId),
    supporters: sameProtocols
      ? group.supporters
      : counted(counted(group.supporters, before?.protocols ?? [], -1), protocols, 1),
    metadataBytes: sameProtocols
      ? group.metadataBytes
      : group.metadataBytes + bytesOf(protocols) - bytesOf(before?.protocols ?? []),
    joiningCount: group.joiningCount + waits(member) - waits(before),
    leaderId: group.leaderId ?? memberId,
    alarmMs: Math.min(group.alarmMs, member.deadlineMs),
  }
}

/** Another member leads when the leader goes; nobody when it was the last. */
export function withoutMember(group: ClassicGroup, memberId: string): ClassicGroup {
  const member = group.members.get(memberId)
  if (member === undefined) return group
  const { instanceId, protocols } = member
  const members = group.members.delete(memberId)
  const holdsInstance = instanceId !== null && group.staticMembers.get(instanceId) === memberId
  const [next] = members.keys()
  return {
    ...group,
    members,
    staticMembers: holdsInstance ? group.staticMembers.delete(instanceId) : group.staticMembers,
    pendingSync: group.pendingSync.delete(memberId),
    supporters: counted(group.supporters, protocols, -1),
    metadataBytes: group.metadataBytes - bytesOf(protocols),
    joiningCount: group.joiningCount - waits(member),
    leaderId: group.leaderId === memberId ? (next ?? null) : group.leaderId,
  }
}

function waits(member: Member | undefined): 0 | 1 {
  return member === undefined || member.join === null ? 0 : 1
}

export function bytesOf(protocols: readonly Protocol[]): number {
  return protocols.reduce((sum, { name, metadata }) => sum + name.length + metadata.byteLength, 0)
}

function counted(
  supporters: ImmutableMap<string, number>,
  protocols: readonly Protocol[],
  by: 1 | -1,
): ImmutableMap<string, number> {
  return protocols.reduce((counts, { name }) => {
    const count = (counts.get(name) ?? 0) + by
    return count === 0 ? counts.delete(name) : counts.set(name, count)
  }, supporters)
}

/** All members wait in a JoinGroup, and nobody was given an id and has yet to come. */
export function haveAllJoined(group: ClassicGroup): boolean {
  return group.joiningCount === group.members.size && group.pendingMembers.size === 0
}

/** The longest that any member asks the others to wait. */
export function rebalanceTimeoutMs(group: ClassicGroup): number {
  let longest = 0
  for (const member of group.members.values())
    longest = Math.max(longest, member.rebalanceTimeoutMs)
  return longest
}

/**
 * Whether the sender is the member it says: UNKNOWN_MEMBER_ID, or FENCED_INSTANCE_ID when another
 * one has taken over its instance id.
 */
export function memberFault(
  group: ClassicGroup,
  memberId: string,
  instanceId: string | null,
): ErrorCode {
  if (instanceId !== null) {
    const holder = group.staticMembers.get(instanceId)
    if (holder === undefined) return errors.UNKNOWN_MEMBER_ID
    if (holder !== memberId) return errors.FENCED_INSTANCE_ID
  }
  return group.members.has(memberId) ? errors.NONE : errors.UNKNOWN_MEMBER_ID
}

/** Whether a member with these protocols can be in the group. */
export function supportsProtocols(
  group: ClassicGroup,
  protocolType: string,
  protocols: readonly { readonly name: string }[],
): boolean {
  if (group.state === 'Empty') return protocolType !== '' && protocols.length > 0
  return (
    group.protocolType === protocolType &&
    protocols.some(({ name }) => (group.supporters.get(name) ?? 0) === group.members.size)
  )
}

/**
 * The protocol of the next generation: among those that all support, each member votes for the one
 * it likes best. Of two with as many votes, the one that comes first in the alphabet.
 */
export function electProtocol(group: ClassicGroup): string {
  const votes = new Map<string, number>()
  for (const { protocols } of group.members.values()) {
    const vote = protocols.find(({ name }) => group.supporters.get(name) === group.members.size)
    if (vote !== undefined) votes.set(vote.name, (votes.get(vote.name) ?? 0) + 1)
  }
  const [winner] = [...votes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  assert(winner, 'all members have a protocol in common')
  return winner[0]
}

/** What the member says for this protocol. */
export function metadataFor(member: Member, protocolName: string | null): Uint8Array {
  return member.protocols.find(({ name }) => name === protocolName)?.metadata ?? NO_BYTES
}

/** The group as its next record says. */
export function storedForm(group: ClassicGroup): StoredGroup {
  return {
    protocolType: group.protocolType,
    generation: group.generation,
    protocolName: group.protocolName,
    leaderId: group.leaderId,
    stateSinceMs: group.stateSinceMs,
    members: Array.from(group.members.values(), (member) => ({
      memberId: member.memberId,
      instanceId: member.instanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      rebalanceTimeoutMs: member.rebalanceTimeoutMs,
      sessionTimeoutMs: member.sessionTimeoutMs,
      subscription: metadataFor(member, group.protocolName),
      assignment: member.assignment,
    })),
    awaitingAssignment: group.state === 'CompletingRebalance',
  }
}

/** The group that its record tells of. Time stands still in it until `started`. */
export function restoredGroup(groupId: string, stored: StoredGroup): ClassicGroup {
  let group: ClassicGroup = {
    ...emptyGroup(groupId),
    protocolType: stored.protocolType,
    generation: stored.generation,
    protocolName: stored.protocolName,
    stateSinceMs: stored.stateSinceMs,
    stored,
  }
  for (const member of stored.members)
    group = withMember(group, {
      memberId: member.memberId,
      instanceId: member.instanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      rebalanceTimeoutMs: member.rebalanceTimeoutMs,
      sessionTimeoutMs: member.sessionTimeoutMs,
      protocols: [{ name: stored.protocolName ?? '', metadata: member.subscription }],
      assignment: member.assignment,
      isNew: false,
      deadlineMs: Infinity,
      join: null,
      sync: null,
    })
  const hasMembers = stored.members.length > 0
  const { awaitingAssignment } = stored
  return {
    ...group,
    leaderId: hasMembers ? (stored.leaderId ?? group.leaderId) : null,
    state: !hasMembers ? 'Empty' : awaitingAssignment ? 'CompletingRebalance' : 'Stable',
    pendingSync: awaitingAssignment
      ? ImmutableMap.from(stored.members.map(({ memberId }) => [memberId, true]))
      : ImmutableMap.empty(),
  }
}

/** A coordinator takes over: every member has its whole session before it. */
export function started(group: ClassicGroup, nowMs: number): ClassicGroup {
  let fresh = group
  for (const member of group.members.values())
    fresh = withMember(fresh, { ...member, deadlineMs: nowMs + member.sessionTimeoutMs })
  if (fresh.state !== 'CompletingRebalance') return fresh
  const syncDeadlineMs = nowMs + rebalanceTimeoutMs(fresh)
  return { ...fresh, syncDeadlineMs, alarmMs: Math.min(fresh.alarmMs, syncDeadlineMs) }
}
