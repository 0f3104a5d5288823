/** OffsetCommit of a group that may: records, and an answer for every partition. */
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import type { GroupRules } from './group-rules.ts'
import { COMMIT_BYTES_MAX } from './group-rules.ts'
import type { CommittedOffset, GroupRecord } from './records.ts'
import type { CommitRequest, CommitResponse } from './requests.ts'

type Partition = CommitRequest['body']['topics'][number]['partitions'][number]

/** What a record takes beside the names in its key and the metadata in its value, about. */
const RECORD_BYTES = 60

/** INVALID_COMMIT_OFFSET_SIZE: so much is not stored at once. */
export function sizeFault({ body }: CommitRequest): ErrorCode {
  const { groupId, topics } = body
  let sizeBytes = 0
  for (const { name, partitions } of topics) {
    sizeBytes += partitions.length * (RECORD_BYTES + groupId.length + name.length)
    for (const { committedMetadata } of partitions) sizeBytes += committedMetadata?.length ?? 0
  }
  return sizeBytes > COMMIT_BYTES_MAX ? errors.INVALID_COMMIT_OFFSET_SIZE : errors.NONE
}

/**
 * OFFSET_METADATA_TOO_LARGE for single partitions, the others are committed. Of a partition that is
 * named twice the last offset holds, and no other is stored.
 */
export function commitOffsets(
  { body }: CommitRequest,
  nowMs: number,
  { offsetMetadataMax }: GroupRules,
): { readonly records: readonly GroupRecord[]; readonly response: CommitResponse } {
  const { groupId, retentionTimeMs } = body
  const expireTimeMs =
    retentionTimeMs < 0 ? -1 : Math.min(nowMs + retentionTimeMs, Number.MAX_SAFE_INTEGER)
  const latest = new Map<string, GroupRecord>()
  const one = (topic: string, given: Partition): ErrorCode => {
    const metadata = given.committedMetadata ?? ''
    if (metadata.length > offsetMetadataMax) return errors.OFFSET_METADATA_TOO_LARGE
    const committed: CommittedOffset = {
      offset: given.committedOffset,
      leaderEpoch: given.committedLeaderEpoch,
      metadata,
      commitTimeMs: nowMs,
      expireTimeMs,
    }
    const partition = given.partitionIndex
    latest.set(`${topic}:${partition}`, { type: 'offset', groupId, topic, partition, committed })
    return errors.NONE
  }
  const topics = body.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map((given) => ({
      partitionIndex: given.partitionIndex,
      errorCode: one(name, given),
    })),
  }))
  return { records: [...latest.values()], response: { topics } }
}
