/** OffsetCommit of a group that may: records, and an answer for every partition. */
import type { ErrorCode } from '../../wire/errors.ts'
import { errors } from '../../wire/errors.ts'
import type { GroupRules } from './group-rules.ts'
import type { CommittedOffset, GroupRecord } from './records.ts'
import type { CommitRequest, CommitResponse } from './requests.ts'

type Partition = CommitRequest['body']['topics'][number]['partitions'][number]

/**
 * OFFSET_METADATA_TOO_LARGE for single partitions, the others are committed. Of a partition that is
 * named twice the last offset holds, as the later record.
 */
export function commitOffsets(
  { body }: CommitRequest,
  nowMs: number,
  { offsetMetadataMax }: GroupRules,
): { readonly records: readonly GroupRecord[]; readonly response: CommitResponse } {
  const { groupId, retentionTimeMs } = body
  const expireTimeMs =
    retentionTimeMs < 0 ? -1 : Math.min(nowMs + retentionTimeMs, Number.MAX_SAFE_INTEGER)
  const records: GroupRecord[] = []
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
    records.push({ type: 'offset', groupId, topic, partition: given.partitionIndex, committed })
    return errors.NONE
  }
  const topics = body.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map((given) => ({
      partitionIndex: given.partitionIndex,
      errorCode: one(name, given),
    })),
  }))
  return { records, response: { topics } }
}
