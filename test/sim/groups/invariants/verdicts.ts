/** What a commit deserves, by what is stored of its group. */
import type { StoredGroup } from '../../../../src/coordinator/groups/records.ts'
import type { ErrorCode } from '../../../../src/wire/errors.ts'
import { errors } from '../../../../src/wire/errors.ts'
import type { Attempt } from '../commits.ts'

/** Nobody is in it: it may be written to by anybody, and its offsets grow old. */
export function hasNoMembers(group: StoredGroup | null): boolean {
  return group === null || group.members.length === 0
}

export function verdictOn(
  { memberId, generation, instanceId }: Attempt,
  group: StoredGroup | null,
): ErrorCode {
  if (generation < 0 && hasNoMembers(group)) return errors.NONE
  if (group === null) return errors.ILLEGAL_GENERATION
  if (generation < 0 && memberId === '' && instanceId === null) return errors.UNKNOWN_MEMBER_ID
  const { members } = group
  const holder = instanceId && members.find((member) => member.instanceId === instanceId)
  if (instanceId && !holder) return errors.UNKNOWN_MEMBER_ID
  if (holder && holder.memberId !== memberId) return errors.FENCED_INSTANCE_ID
  if (!members.some((member) => member.memberId === memberId)) return errors.UNKNOWN_MEMBER_ID
  if (generation !== group.generation) return errors.ILLEGAL_GENERATION
  return group.awaitingAssignment ? errors.REBALANCE_IN_PROGRESS : errors.NONE
}
