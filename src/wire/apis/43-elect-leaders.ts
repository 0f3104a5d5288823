/**
 * ElectLeaders: another leader for partitions (KIP-183). v1 also uncleanly (KIP-460) · v2 flexible.
 */
import { defineApi } from '../api.ts'
import { array, defaulted, int16, int32, int8, nullable, since, string, struct } from '../schema.ts'

export const electLeaders = defineApi({
  key: 43,
  name: 'ElectLeaders',
  versions: [0, 2],
  flexibleFrom: 2,
  request: {
    /** 0: the preferred leader · 1: anybody, where nobody leads. */
    electionType: since(1, int8, 0),
    /** Null: every partition there is. */
    topicPartitions: nullable(array(struct({ topic: string, partitions: array(int32) }))),
    timeoutMs: int32,
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    errorCode: since(1, int16, 0),
    replicaElectionResults: array(
      struct({
        topic: string,
        partitionResult: array(
          struct({ partitionId: int32, errorCode: int16, errorMessage: nullable(string) }),
        ),
      }),
    ),
  },
})
