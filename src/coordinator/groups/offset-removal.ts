/** Which offsets of a group are to go: they grew old, their topic did, or somebody asks for it. */
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import type { Group } from './group.ts'
import { offsetAge, subscriptions } from './group.ts'
import { CONSUMER_PROTOCOL_TYPE } from '../../wire/consumer-protocol.ts'
import type { OffsetDeleteRequest, OffsetDeleteResponse, StoredOffset } from './requests.ts'

/**
 * Offsets that nobody has used for so long (KIP-211). An offset with a time of its own goes by
 * that, but no offset goes while the group may be about to use it. The verdict rests on records and
 * the clock, so that every coordinator comes to the same.
 */
export function expiredOffsets(
  group: Group,
  offsets: readonly StoredOffset[],
  { nowMs, retentionMs }: { readonly nowMs: number; readonly retentionMs: number },
): readonly StoredOffset[] {
  const age = offsetAge(group)
  if (age.counts === 'never') return []
  const topics =
    age.counts === 'from-commit' && age.unlessSubscribed ? subscriptions(group) : new Set()
  return offsets.filter(({ topic, committed: { commitTimeMs, expireTimeMs } }) => {
    if (topics === null || topics.has(topic)) return false
    if (expireTimeMs !== -1) return nowMs >= expireTimeMs
    const sinceMs =
      age.counts === 'from-commit-and' ? Math.max(age.sinceMs, commitTimeMs) : commitTimeMs
    return nowMs - sinceMs >= retentionMs
  })
}

/**
 * OffsetDelete: GROUP_SUBSCRIBED_TO_TOPIC for what is still read; what is not there is no error.
 */
export function deletedOffsets(
  group: Group,
  { body, offsets }: OffsetDeleteRequest,
): { readonly removed: readonly StoredOffset[]; readonly response: OffsetDeleteResponse } {
  const topics = group.state === 'Empty' ? new Set<string>() : subscriptions(group)
  const isRead = (topic: string) =>
    topics === null ? group.protocolType === CONSUMER_PROTOCOL_TYPE : topics.has(topic)
  const wanted = new Set<string>()
  const one = (topic: string, partition: number): ErrorCode => {
    if (isRead(topic)) return errors.GROUP_SUBSCRIBED_TO_TOPIC
    wanted.add(`${topic}:${partition}`)
    return errors.NONE
  }
  const response = {
    errorCode: errors.NONE,
    topics: body.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        errorCode: one(name, partitionIndex),
      })),
    })),
  }
  const removed = offsets.filter(({ topic, partition }) => wanted.has(`${topic}:${partition}`))
  return { removed, response }
}
