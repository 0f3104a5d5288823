/**
 * OffsetCommit: where a group continues, per partition. The error of the whole group is repeated
 * for every partition: there is no other place for it.
 * v2–4 how long it is kept · v6 leader epochs (KIP-320) · v7 static members (KIP-345) ·
 * v8 flexible. v9 has the layout of v8 and is for members of KIP-848.
 */
import { defineApi } from '../api.ts'
import {
  array,
  between,
  int16,
  int32,
  int64,
  nullable,
  saturatingInt64,
  since,
  string,
  struct,
} from '../schema.ts'

export const offsetCommit = defineApi({
  key: 8,
  name: 'OffsetCommit',
  versions: [2, 8],
  flexibleFrom: 8,
  request: {
    groupId: string,
    /** The generation of the member; −1: of no member. */
    generationIdOrMemberEpoch: since(1, int32, -1),
    memberId: since(1, string, ''),
    groupInstanceId: since(7, nullable(string), null),
    /** −1: as long as the broker says. */
    retentionTimeMs: between(2, 4, saturatingInt64, -1),
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            committedOffset: int64,
            /** Of the last record that was consumed; −1: unknown. */
            committedLeaderEpoch: since(6, int32, -1),
            committedMetadata: nullable(string),
          }),
        ),
      }),
    ),
  },
  response: {
    throttleTimeMs: since(3, int32, 0),
    topics: array(
      struct({
        name: string,
        partitions: array(struct({ partitionIndex: int32, errorCode: int16 })),
      }),
    ),
  },
})
