/**
 * OffsetFetch: the committed offsets of a group. What was never committed is −1 and no error.
 * v2 null asks for all, error of the group · v5 leader epochs (KIP-320) · v6 flexible ·
 * v7 stable offsets only (KIP-447) · v8 many groups at once, both change shape (KIP-709).
 */
import { defineApi } from '../api.ts'
import {
  array,
  between,
  bool,
  int16,
  int32,
  int64,
  nullable,
  nullableSince,
  since,
  string,
  struct,
  until,
} from '../schema.ts'

export const offsetFetch = defineApi({
  key: 9,
  name: 'OffsetFetch',
  versions: [1, 8],
  flexibleFrom: 6,
  request: {
    groupId: until(7, string, ''),
    /** Null: all partitions of the group. */
    topics: until(
      7,
      nullableSince(2, array(struct({ name: string, partitionIndexes: array(int32) }))),
      [],
    ),
    groups: since(
      8,
      array(
        struct({
          groupId: string,
          topics: nullable(array(struct({ name: string, partitionIndexes: array(int32) }))),
        }),
      ),
      [],
    ),
    /** Refuse with UNSTABLE_OFFSET_COMMIT what an open transaction may still change. */
    requireStable: since(7, bool, false),
  },
  response: {
    throttleTimeMs: since(3, int32, 0),
    topics: until(
      7,
      array(
        struct({
          name: string,
          partitions: array(
            struct({
              partitionIndex: int32,
              committedOffset: int64,
              committedLeaderEpoch: between(5, 7, int32, -1),
              metadata: nullable(string),
              errorCode: int16,
            }),
          ),
        }),
      ),
      [],
    ),
    errorCode: between(2, 7, int16, 0),
    groups: since(
      8,
      array(
        struct({
          groupId: string,
          topics: array(
            struct({
              name: string,
              partitions: array(
                struct({
                  partitionIndex: int32,
                  /** −1: none. */
                  committedOffset: int64,
                  committedLeaderEpoch: since(5, int32, -1),
                  metadata: nullable(string),
                  errorCode: int16,
                }),
              ),
            }),
          ),
          errorCode: int16,
        }),
      ),
      [],
    ),
  },
})
