/** CreatePartitions: a topic gets more of them (KIP-195). v1 throttle (KIP-219) · v2 flexible. */
import { defineApi } from '../api.ts'
import { array, bool, defaulted, int16, int32, nullable, string, struct } from '../schema.ts'

export const createPartitions = defineApi({
  key: 37,
  name: 'CreatePartitions',
  versions: [0, 3],
  flexibleFrom: 2,
  request: {
    topics: array(
      struct({
        name: string,
        /** How many there shall be in all. */
        count: int32,
        /** The replicas of each new partition; null: the controller places them. */
        assignments: nullable(array(struct({ brokerIds: array(int32) }))),
      }),
    ),
    timeoutMs: int32,
    validateOnly: bool,
  },
  response: {
    throttleTimeMs: defaulted(int32, 0),
    results: array(
      struct({
        name: string,
        errorCode: int16,
        errorMessage: defaulted(nullable(string), null),
      }),
    ),
  },
})
