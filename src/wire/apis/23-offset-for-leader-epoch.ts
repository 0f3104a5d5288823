/**
 * OffsetForLeaderEpoch: where an epoch ended in the leader's log, so that a client or follower can
 * see whether its own log diverged (KIP-101, KIP-279, KIP-320).
 * v2 fencing by the current leader epoch · v3 replica id · v4 flexible.
 */
import { defineApi } from '../api.ts'
import { array, defaulted, int16, int32, int64, since, string, struct } from '../schema.ts'

export const offsetForLeaderEpoch = defineApi({
  key: 23,
  name: 'OffsetForLeaderEpoch',
  versions: [2, 4],
  flexibleFrom: 4,
  request: {
    /** −1: a consumer · −2: not said. */
    replicaId: since(3, int32, -2),
    topics: array(
      struct({
        topic: string,
        partitions: array(
          struct({
            partition: int32,
            /** −1: not checked. */
            currentLeaderEpoch: defaulted(int32, -1),
            leaderEpoch: int32,
          }),
        ),
      }),
    ),
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    topics: array(
      struct({
        topic: string,
        partitions: array(
          struct({
            errorCode: int16,
            partition: int32,
            /** The largest epoch not above the one asked for; −1: none. */
            leaderEpoch: defaulted(int32, -1),
            /** Where it ended, exclusive; −1: unknown. */
            endOffset: defaulted(int64, -1),
          }),
        ),
      }),
    ),
  },
})
