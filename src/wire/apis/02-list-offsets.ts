/**
 * ListOffsets: from a timestamp to an offset. −1 latest, −2 earliest, −3 the record with the
 * highest timestamp (v7, KIP-734), −4 earliest held locally (v8, KIP-405).
 * v2 isolation level · v4 leader epochs (KIP-320) · v5 OFFSET_NOT_AVAILABLE · v6 flexible.
 */
import { defineApi } from '../api.ts'
import {
  array,
  defaulted,
  int16,
  int32,
  int64,
  int8,
  saturatingInt64,
  since,
  string,
  struct,
} from '../schema.ts'

export const listOffsets = defineApi({
  key: 2,
  name: 'ListOffsets',
  versions: [1, 8],
  flexibleFrom: 6,
  request: {
    /** −1: a consumer. */
    replicaId: int32,
    isolationLevel: since(2, int8, 0),
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            /** −1: not checked. */
            currentLeaderEpoch: since(4, int32, -1),
            // Clients do ask for Long.MAX_VALUE; it means a time no record has reached.
            timestamp: saturatingInt64,
          }),
        ),
      }),
    ),
  },
  response: {
    throttleTimeMs: since(2, int32, 0),
    topics: array(
      struct({
        name: string,
        partitions: array(
          struct({
            partitionIndex: int32,
            errorCode: int16,
            /** Milliseconds; −1: none, also for latest and earliest. */
            timestamp: defaulted(int64, -1),
            /** −1: no such record, which is no error. */
            offset: defaulted(int64, -1),
            leaderEpoch: since(4, int32, -1),
          }),
        ),
      }),
    ),
  },
})
