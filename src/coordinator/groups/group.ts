/**
 * What every kind of group is asked that is not part of its own protocol: may this offset be
 * committed, which offsets are still needed, how does it look from outside. Today there is one
 * kind; the groups of KIP-848 will be the second, and have their place in each of these.
 */
import type { ResponseOf } from '../../wire/api.ts'
import type { describeGroups } from '../../wire/apis/15-describe-groups.ts'
import type { listGroups } from '../../wire/apis/16-list-groups.ts'
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import type { ClassicGroup } from './classic-group.ts'
import { memberFault, metadataFor, NO_BYTES } from './classic-group.ts'
import { CONSUMER_PROTOCOL_TYPE, subscribedTopics } from '../../wire/consumer-protocol.ts'
import type { CommitRequest } from './requests.ts'

export type Group = ClassicGroup

/**
 * Whether the sender may commit. Members do, in their generation; others only to a group without
 * members. A generation that is not assigned yet has nothing to commit: REBALANCE_IN_PROGRESS,
 * which lets the member go on. While a rebalance is prepared, members of the last generation still
 * commit.
 */
export function commitFault(group: Group, { body }: CommitRequest): ErrorCode {
  const { generationIdOrMemberEpoch: generation, memberId, groupInstanceId } = body
  if (generation < 0 && group.state === 'Empty') return errors.NONE
  if (generation < 0 && memberId === '' && groupInstanceId === null) return errors.UNKNOWN_MEMBER_ID
  const fault = memberFault(group, memberId, groupInstanceId)
  if (fault !== errors.NONE) return fault
  if (generation !== group.generation) return errors.ILLEGAL_GENERATION
  return group.state === 'CompletingRebalance' ? errors.REBALANCE_IN_PROGRESS : errors.NONE
}

/** From when on an unused offset of this group grows old. */
export type OffsetAge =
  /** Never: somebody may be about to use it. */
  | { readonly counts: 'never' }
  /** From its commit, unless its topic is subscribed to. */
  | { readonly counts: 'from-commit'; readonly unlessSubscribed: boolean }
  /** From the commit, and not before this: when the last member left. */
  | { readonly counts: 'from-commit-and'; readonly sinceMs: number }

export function offsetAge(group: Group): OffsetAge {
  if (group.protocolType === null) return { counts: 'from-commit', unlessSubscribed: false }
  if (group.state === 'Empty') return { counts: 'from-commit-and', sinceMs: group.stateSinceMs }
  const isUnderstood = subscriptions(group) !== null
  return group.state === 'Stable' && isUnderstood
    ? { counts: 'from-commit', unlessSubscribed: true }
    : { counts: 'never' }
}

/** The topics of all members; null when they are not consumers, or not to be understood. */
export function subscriptions(group: Group): ReadonlySet<string> | null {
  if (group.protocolType !== CONSUMER_PROTOCOL_TYPE) return null
  const topics = new Set<string>()
  for (const member of group.members.values()) {
    const own = subscribedTopics(metadataFor(member, group.protocolName))
    if (own === null) return null
    for (const topic of own) topics.add(topic)
  }
  return topics
}

/** Why none of the group's offsets may be deleted by request; otherwise NONE. */
export function offsetDeletionFault(group: Group): ErrorCode {
  return group.state === 'Empty' || group.protocolType === CONSUMER_PROTOCOL_TYPE
    ? errors.NONE
    : errors.NON_EMPTY_GROUP
}

export function deletionFault(group: Group): ErrorCode {
  return group.state === 'Empty' ? errors.NONE : errors.NON_EMPTY_GROUP
}

export type DescribedGroup = ResponseOf<typeof describeGroups>['groups'][number]
export type ListedGroup = ResponseOf<typeof listGroups>['groups'][number]

/** Metadata and assignments are shown while they hold: in a stable group. */
export function describe(groupId: string, group: Group | undefined): DescribedGroup {
  if (group === undefined) return { ...NOTHING, groupId }
  const isStable = group.state === 'Stable'
  const protocolName = isStable ? group.protocolName : null
  return {
    errorCode: errors.NONE,
    groupId,
    groupState: group.state,
    protocolType: group.protocolType ?? '',
    protocolData: protocolName ?? '',
    members: Array.from(group.members.values(), (member) => ({
      memberId: member.memberId,
      groupInstanceId: member.instanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      memberMetadata: isStable ? metadataFor(member, protocolName) : NO_BYTES,
      memberAssignment: isStable ? member.assignment : NO_BYTES,
    })),
  }
}

const NOTHING: Omit<DescribedGroup, 'groupId'> = {
  errorCode: errors.NONE,
  groupState: 'Dead',
  protocolType: '',
  protocolData: '',
  members: [],
}

export function listed({ groupId, protocolType, state }: Group): ListedGroup {
  return { groupId, protocolType: protocolType ?? '', groupState: state }
}

/**
 * Whether a ListGroups asks for groups in this state. States are compared without regard to case.
 */
export function isWanted({ state }: Group, statesFilter: readonly string[]): boolean {
  return (
    statesFilter.length === 0 ||
    statesFilter.some((wanted) => wanted.toLowerCase() === state.toLowerCase())
  )
}
